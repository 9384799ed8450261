//! Edits of a document: which of its bytes are replaced, and by what.
//!
//! Edits name offsets of the original, are sorted and disjoint, and are spliced once; every byte
//! outside their spans stays as it was. A block that moves is named, not copied, so that moving a
//! million of them costs no second document.

use std::io::{self, Write};

use smallvec::{SmallVec, smallvec};

use super::{Bytes, Growing, Span};

/// Bytes that a document does not have: a few, such as the word for a level, take no memory beside their piece.
pub type New = SmallVec<[u8; 16]>;

/// What an edit puts in place, in order: most often one piece, which takes no memory beside its edit.
pub type Pieces = SmallVec<[Piece; 1]>;

/// A run of bytes that an edit puts in place: some of the original's, or new ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the original, unchanged.
    Kept(Span),
    /// Bytes that the original does not have.
    New(New),
}

impl Piece {
    /// These bytes as new ones.
    pub fn new(bytes: impl AsRef<[u8]>) -> Piece {
        Piece::New(New::from_slice(bytes.as_ref()))
    }

    /// Its bytes, where it is put into a text that is `base` before.
    pub fn of<'a>(&'a self, base: &'a [u8]) -> &'a [u8] {
        match self {
            Piece::Kept(span) => span.of(base),
            Piece::New(bytes) => bytes,
        }
    }

    /// Takes what stands behind it into it, where that goes on from it; gives it back where it does not.
    pub(super) fn joined(&mut self, next: Piece) -> Option<Piece> {
        match (self, next) {
            (Piece::Kept(span), Piece::Kept(next)) if span.end == next.start => span.end = next.end,
            (Piece::New(bytes), Piece::New(next)) => bytes.extend_from_slice(&next),
            (_, next) => return Some(next),
        }
        None
    }

    /// How many bytes it has.
    pub(super) fn length(&self) -> u32 {
        match self {
            Piece::Kept(span) => span.end - span.start,
            Piece::New(bytes) => Span::whole(bytes).end,
        }
    }
}

/// One replacement: the bytes of `span` give way to `pieces`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is inserted.
    pub span: Span,
    /// What stands there afterwards, in order.
    pub pieces: Pieces,
}

impl Edit {
    /// Replaces `span` by these bytes.
    pub fn replace(span: Span, with: impl AsRef<[u8]>) -> Edit {
        Edit { span, pieces: smallvec![Piece::new(with)] }
    }

    /// Puts these bytes before offset `at`.
    pub fn insert(at: u32, with: impl AsRef<[u8]>) -> Edit {
        Edit::replace(Span::new(at, at), with)
    }

    /// Takes `span` out.
    pub fn delete(span: Span) -> Edit {
        Edit { span, pieces: Pieces::new() }
    }

    /// Whether it puts back into `base` what it takes away.
    pub fn is_idle(&self, base: &[u8]) -> bool {
        let mut rest = self.span.of(base);
        let stands = |piece: &Piece| {
            let left = rest.strip_prefix(piece.of(base));
            rest = left.unwrap_or_default();
            left.is_some()
        };
        let all_stand = self.pieces.iter().all(stands);
        all_stand && rest.is_empty()
    }
}

/// Two edits that claim the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The first offset that both claim.
    pub at: u32,
}

impl std::fmt::Display for Overlap {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "two changes claim the bytes at {}", self.at)
    }
}

impl std::error::Error for Overlap {}

/// Edits of one document, sorted by where they stand and disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Sorts the edits; those at one offset keep their order, insertions first.
    ///
    /// # Errors
    /// When two of them claim the same bytes.
    pub fn new(mut edits: Vec<Edit>) -> Result<Edits, Overlap> {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let clash = edits.windows(2).find(|pair| pair[1].span.start < pair[0].span.end);
        match clash {
            Some(pair) => Err(Overlap { at: pair[1].span.start }),
            None => Ok(Edits(edits)),
        }
    }

    /// Whether the document stays as it is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The edits in the order of the document, to be put among others.
    pub fn into_edits(self) -> Vec<Edit> {
        self.0
    }

    /// The edits in the order of the document.
    pub fn iter(&self) -> impl Iterator<Item = &Edit> {
        self.0.iter()
    }

    /// The pieces that make up `span` of the edited document; edits must not reach across its ends.
    pub fn pieces(&self, span: Span) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.put_pieces(span, &mut 0, &mut pieces);
        pieces
    }

    /// Puts the same behind other pieces. `near` is an edit that the first in the span may be; then it is the one behind
    /// the last.
    pub fn put_pieces(&self, span: Span, near: &mut usize, pieces: &mut Vec<Piece>) {
        let is_before = |edit: &Edit| edit.span.start < span.start;
        let is_first =
            self.0[..*near].last().is_none_or(is_before) && !self.0.get(*near).is_some_and(is_before);
        let first = if is_first { *near } else { self.0.partition_point(is_before) };
        let edits = self.0[first..].iter().take_while(|edit| edit.span.end <= span.end);
        let mut at = span.start;
        *near = first;
        for edit in edits {
            push_kept(pieces, Span::new(at, edit.span.start));
            pieces.extend(edit.pieces.iter().cloned());
            at = edit.span.end;
            *near += 1;
        }
        push_kept(pieces, Span::new(at, span.end));
    }

    /// Those for which this holds of their spans, which it is asked in the order of the document, and the others.
    pub fn split(self, mut is_such: impl FnMut(Span) -> bool) -> (Edits, Edits) {
        let (such, others) = self.0.into_iter().partition(|edit| is_such(edit.span));
        (Edits(such), Edits(others))
    }

    /// Writes the edited document, streaming what is kept straight from `base`.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, base: &[u8], out: &mut impl Write) -> io::Result<()> {
        self.put_together(Span::whole(base), &mut Streamed { base, out })
    }

    /// Puts the edited document together, from the first offset of `span` on, which no edit stands before, to the end
    /// of the original, which is that of `span`.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn put_together(&self, span: Span, out: &mut impl Assembly) -> io::Result<()> {
        let mut at = span.start;
        for edit in &self.0 {
            out.keep(Span::new(at, edit.span.start))?;
            for piece in &edit.pieces {
                match piece {
                    Piece::Kept(span) => out.keep(*span)?,
                    Piece::New(bytes) => out.add(bytes)?,
                }
            }
            at = edit.span.end;
        }
        out.keep(Span::new(at, span.end))
    }

    /// How many bytes the edited document has.
    pub fn length(&self, base: &[u8]) -> usize {
        let added = self.0.iter().flat_map(|edit| &edit.pieces).map(|piece| piece.length() as usize);
        let removed = self.0.iter().map(|edit| edit.span.len());
        base.len() + added.sum::<usize>() - removed.sum::<usize>()
    }

    /// Whether the edited document is the one before.
    pub fn are_idle(&self, base: &[u8]) -> bool {
        let Some(first) = self.0.first() else { return true };
        let rest = Span::new(first.span.start, Span::whole(base).end);
        let mut same = Same(rest.of(base));
        let put_together = self.put_together(rest, &mut Streamed { base, out: &mut same });
        put_together.is_ok() && same.0.is_empty()
    }

    /// The edited document as bytes that know what they are known by.
    pub fn applied(&self, base: &[u8]) -> Bytes {
        let mut bytes = Growing::with_room_for(self.length(base));
        self.write_to(base, &mut bytes).expect("there is room for all of them");
        bytes.done()
    }

    /// The edited document.
    pub fn apply(&self, base: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(base.len() + self.0.len() * 16);
        self.write_to(base, &mut out).expect("writing to memory does not fail");
        out
    }
}

/// What an edited document is put together in, part by part in its order.
pub trait Assembly {
    /// Takes bytes of the original, perhaps none.
    ///
    /// # Errors
    /// Where they cannot be taken.
    fn keep(&mut self, span: Span) -> io::Result<()>;

    /// Takes bytes that the original does not have.
    ///
    /// # Errors
    /// Where they cannot be taken.
    fn add(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// An edited document as it is written, given the original.
struct Streamed<'a, W> {
    base: &'a [u8],
    out: &'a mut W,
}

impl<W: Write> Assembly for Streamed<'_, W> {
    fn keep(&mut self, span: Span) -> io::Result<()> {
        self.out.write_all(span.of(self.base))
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }
}

/// What is still to be written for it to be all of a document; anything else is an error.
struct Same<'a>(&'a [u8]);

impl Write for Same<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or(io::ErrorKind::InvalidData)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn push_kept(pieces: &mut Vec<Piece>, span: Span) {
    if !span.is_empty() {
        pieces.push(Piece::Kept(span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_outside_the_edits_stay_as_they_were() {
        let base = b"\xFFone two\r\nthree";
        let edits = Edits::new(vec![
            Edit::replace(Span::new(5, 8), "2"),
            Edit::insert(0, "> "),
            Edit::delete(Span::new(10, 12)),
        ]);
        assert_eq!(edits.unwrap().apply(base), b"> \xFFone 2\r\nree");
        assert_eq!(Edits::default().apply(base), base);
    }

    /// A report would be replaced for nothing, or one that changes would not.
    #[test]
    fn edits_are_idle_where_together_they_change_nothing() {
        let base = b"one one two";
        let of = |edits: Vec<Edit>| Edits::new(edits).unwrap();
        let moved =
            |to: u32, span: Span| Edit { span: Span::empty(to), pieces: vec![Piece::Kept(span)].into() };
        let idle = [
            of(vec![]),
            of(vec![Edit::replace(Span::new(4, 7), "one")]),
            of(vec![Edit::delete(Span::new(0, 4)), moved(8, Span::new(0, 4))]),
        ];
        idle.iter().for_each(|edits| assert!(edits.are_idle(base), "{edits:?}"));
        let active = [
            of(vec![Edit::insert(11, "!")]),
            of(vec![Edit::delete(Span::new(10, 11))]),
            of(vec![Edit::delete(Span::new(0, 4)), moved(11, Span::new(0, 4))]),
        ];
        for edits in &active {
            assert!(!edits.are_idle(base), "{edits:?}");
            assert_eq!(edits.length(base), edits.apply(base).len());
        }
    }

    #[test]
    fn a_moved_block_takes_its_own_edits_along() {
        let base = b"a[b]c";
        let inner = Edits::new(vec![Edit::replace(Span::new(2, 3), "X")]).unwrap();
        let moved = Edit { span: Span::new(5, 5), pieces: inner.pieces(Span::new(1, 4)).into() };
        let edits = Edits::new(vec![moved, Edit::delete(Span::new(1, 4))]).unwrap();
        assert_eq!(edits.apply(base), b"ac[X]");
    }

    /// A block that moves would lose what is written into it, or have what is written into the one before.
    #[test]
    fn a_block_has_its_own_edits_in_whatever_order_blocks_are_asked_for() {
        let edits = Edits::new([1, 3, 3, 4, 8].map(|at| Edit::insert(at, "x")).to_vec()).unwrap();
        let mut near = 0;
        for (start, end) in [(0, 3), (3, 5), (5, 6), (6, 9), (3, 4), (0, 2), (8, 8), (8, 9)] {
            let (span, mut pieces) = (Span::new(start, end), Vec::new());
            edits.put_pieces(span, &mut near, &mut pieces);
            assert_eq!(pieces, edits.pieces(span));
        }
    }

    /// What is written into a block would be lost where it moves, or written where it stood.
    #[test]
    fn edits_are_split_into_those_within_and_those_beside() {
        let edits = Edits::new([9, 2, 5].map(|at| Edit::insert(at, "x")).to_vec()).unwrap();
        let (within, beside) = edits.split(|span| Span::new(3, 7).covers(span));
        let places = |edits: Edits| edits.into_edits().iter().map(|edit| edit.span.start).collect::<Vec<_>>();
        assert_eq!((places(within), places(beside)), (vec![5], vec![2, 9]));
    }

    #[test]
    fn two_edits_of_the_same_bytes_are_refused() {
        let twice = vec![Edit::delete(Span::new(1, 4)), Edit::replace(Span::new(3, 5), "x")];
        assert_eq!(Edits::new(twice), Err(Overlap { at: 3 }));
    }
}

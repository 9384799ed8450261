//! Edits of a document and then of what they have made of it, as edits of the document itself; and where its bytes
//! have come to stand.
//!
//! What stays in place in both stays in place, and nothing else does: what has moved is named as what has moved.

use super::Span;
use super::edit::{Edit, Edits, Piece, Pieces};
use super::way_back::kept;

impl Edits {
    /// The edits of `base` that do what these do, and then to what they make of it what `next` does.
    #[must_use]
    pub fn then(self, base: &[u8], next: Edits) -> Edits {
        if self.is_empty() || next.is_empty() {
            return if next.is_empty() { self } else { next };
        }
        let made = placed(self.parts(Span::whole(base)));
        let length = made.last().map_or(0, |(span, _)| span.end);
        let parts = next.parts(Span::new(0, length)).into_iter().flat_map(|part| match part.piece {
            Piece::New(_) => vec![part],
            Piece::Kept(span) => cut(&made, span, part.stays),
        });
        spliced(base, parts)
    }

    /// Where the bytes of `base` stand once it is edited.
    pub fn places(&self, base: &[u8]) -> Places {
        Places(kept(self, Span::whole(base)))
    }

    /// The edited stretch in parts.
    fn parts(&self, span: Span) -> Vec<Part> {
        let (mut parts, mut at) = (Vec::new(), span.start);
        for edit in self.iter() {
            parts.push(Part { piece: Piece::Kept(Span::new(at, edit.span.start)), stays: true });
            parts.extend(edit.pieces.iter().map(|piece| Part { piece: piece.clone(), stays: false }));
            at = edit.span.end;
        }
        parts.push(Part { piece: Piece::Kept(Span::new(at, span.end)), stays: true });
        parts.retain(|part| part.piece.length() > 0);
        parts
    }
}

/// Where the bytes of a document stand once it is edited.
#[derive(Clone, Debug)]
pub struct Places(Vec<(Span, u32)>);

impl Places {
    /// Where the first byte of a stretch stands that is still there.
    pub fn of(&self, span: Span) -> Option<u32> {
        let first = self.0.partition_point(|(kept, _)| kept.end <= span.start);
        let (kept, place) = self.0[first..].iter().find(|(kept, _)| !kept.is_empty())?;
        let start = kept.start.max(span.start);
        (start < span.end).then(|| place + (start - kept.start))
    }

    /// Where the last byte that stands before a place, and is still there, ends: what stood at the place stands from there on.
    pub fn before(&self, at: u32) -> u32 {
        let until = self.0.partition_point(|(kept, _)| kept.start < at);
        let last = self.0[..until].iter().rfind(|(kept, _)| !kept.is_empty());
        last.map_or(0, |(kept, place)| place + (kept.end.min(at) - kept.start))
    }
}

/// A piece, and whether it stands where it stood to those beside it that do, too.
#[derive(Clone, Debug)]
struct Part {
    piece: Piece,
    stays: bool,
}

/// The parts of a document, each with where it stands.
fn placed(parts: Vec<Part>) -> Vec<(Span, Part)> {
    let place = |at: &mut u32, part: Part| {
        let span = Span::new(*at, *at + part.piece.length());
        *at = span.end;
        Some((span, part))
    };
    parts.into_iter().scan(0, place).collect()
}

/// A stretch of a document in parts of what it was made from.
fn cut(made: &[(Span, Part)], span: Span, stays: bool) -> Vec<Part> {
    let first = made.partition_point(|(at, _)| at.end <= span.start);
    let part = |(at, part): &(Span, Part)| {
        let within = Span::new(span.start.max(at.start), span.end.min(at.end));
        let range = (within.start - at.start) as usize..(within.end - at.start) as usize;
        let piece = match &part.piece {
            Piece::Kept(span) => Piece::Kept(span.part(range)),
            Piece::New(bytes) => Piece::new(&bytes[range]),
        };
        Part { piece, stays: stays && part.stays }
    };
    made[first..].iter().take_while(|(at, _)| at.start < span.end).map(part).collect()
}

/// The edits of a document that make it of these parts.
fn spliced(base: &[u8], parts: impl Iterator<Item = Part>) -> Edits {
    let (mut edits, mut waiting, mut at) = (Vec::new(), Pieces::new(), 0);
    for Part { piece, stays } in parts {
        match piece {
            Piece::Kept(span) if stays => {
                edits.push(Edit { span: Span::new(at, span.start), pieces: std::mem::take(&mut waiting) });
                at = span.end;
            }
            piece => add(&mut waiting, piece),
        }
    }
    edits.push(Edit { span: Span::new(at, Span::whole(base).end), pieces: waiting });
    edits.retain(|edit| !edit.is_idle(base));
    Edits::new(edits).expect("each edit begins where the one before has ended")
}

/// Puts a piece behind others, in one with the last where it goes on from it.
fn add(pieces: &mut Pieces, piece: Piece) {
    let apart = match pieces.last_mut() {
        Some(last) => last.joined(piece),
        None => Some(piece),
    };
    pieces.extend(apart);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::way_back::tests::{BASE, edits_of};
    use super::*;

    proptest! {
        #[test]
        fn two_edits_in_one_make_what_they_make_one_after_the_other(
            (first, next) in edits_of(BASE.len() as u32).prop_flat_map(|first| {
                let length = first.apply(BASE).len() as u32;
                (Just(first), edits_of(length))
            })
        ) {
            let document = first.apply(BASE);
            let after = next.apply(&document);
            prop_assert_eq!(first.clone().then(BASE, next).apply(BASE), after);
            let places = first.places(BASE);
            for at in 0..BASE.len() as u32 {
                if let Some(place) = places.of(Span::new(at, at + 1)) {
                    prop_assert_eq!(document[place as usize], BASE[at as usize]);
                }
            }
        }
    }

    /// What somebody looks at before they save would show the wrong bug as the one that moves.
    #[test]
    fn what_moved_is_what_moves() {
        let moved = Edit { span: Span::empty(8), pieces: vec![Piece::Kept(Span::new(0, 6))].into() };
        let first = Edits::new(vec![Edit::delete(Span::new(0, 6)), moved]).unwrap();
        let both = first.then(b"longer, x", Edits::new(vec![Edit::insert(2, "!")]).unwrap());
        assert_eq!(both.apply(b"longer, x"), b", !longerx");
        let first = both.iter().next().unwrap();
        assert_eq!((first.span, first.pieces.is_empty()), (Span::new(0, 6), true));
    }
}

//! How an edited document becomes again what it was, byte for byte.
//!
//! A way back leads from one document alone, which it knows by its hash, and takes from it what is still there: what
//! moved goes back, and only what the edits took away is kept as bytes. It may come from a file that anybody can
//! write, so it names no byte that the document does not have, and makes of it no more than there was.

use std::sync::Arc;

use super::edit::{Edit, Edits, Piece, Pieces};
use super::{Span, sum};

/// How an edited document becomes again what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayBack {
    /// What the document that it leads from is known by.
    of: String,
    /// Shared by whoever knows the way: many bugs that move make many pieces.
    edits: Arc<Edits>,
}

impl WayBack {
    /// The way from `document`, which `now` makes of `base` and is known by this [`sum`], to what `before` makes of it.
    pub fn between(base: &[u8], (now, document, of): (&Edits, &[u8], &str), before: &Edits) -> WayBack {
        let whole = Span::whole(base);
        let (kept, mut splice) = (kept(now, whole), Splice::default());
        for piece in before.pieces(whole) {
            match piece {
                Piece::New(_) => splice.put(piece),
                Piece::Kept(span) => found(base, &kept, span, |piece| splice.put(piece)),
            }
        }
        let mut edits = splice.done(Span::whole(document).end);
        edits.retain(|edit| !edit.is_idle(document));
        WayBack { of: of.to_owned(), edits: Arc::new(disjoint(edits)) }
    }

    /// A way that was written down; `None` where its edits contradict each other.
    pub fn noted(of: String, edits: Vec<Edit>) -> Option<WayBack> {
        Some(WayBack { of, edits: Edits::new(edits).ok()?.into() })
    }

    /// What the document that it leads from is known by.
    pub fn of(&self) -> &str {
        &self.of
    }

    /// What it does to that document.
    pub fn edits(&self) -> &Edits {
        &self.edits
    }

    /// Whether it leads from the document that is known by this [`sum`].
    pub fn leads_from(&self, sum: &str) -> bool {
        self.of == sum
    }

    /// The edits of `base` that do what `so_far` does and then go this way; `None` where `so_far` makes another
    /// document than the one that it leads from.
    pub fn after(&self, base: &[u8], so_far: &Edits) -> Option<Edits> {
        let document = so_far.apply(base);
        if !self.leads_from(&sum(&document)) || !self.is_within(document.len()) {
            return None;
        }
        Some(so_far.clone().then(base, Edits::clone(&self.edits)))
    }

    /// Whether it names only bytes that a document of this length has, and no more of them than that.
    fn is_within(&self, length: usize) -> bool {
        let pieces = self.edits.iter().flat_map(|edit| &edit.pieces);
        let kept = pieces.filter_map(|piece| if let Piece::Kept(span) = piece { Some(*span) } else { None });
        let kept: Vec<Span> = kept.collect();
        let mut spans = self.edits.iter().map(|edit| edit.span).chain(kept.iter().copied());
        spans.all(|span| span.end as usize <= length)
            && kept.into_iter().map(Span::len).sum::<usize>() <= length
    }
}

fn disjoint(edits: Vec<Edit>) -> Edits {
    Edits::new(edits).expect("each edit begins where the one before has ended")
}

/// The stretches of the original, which is so long, that these edits leave, in the order of the original, each with where
/// it stands then.
pub(super) fn kept(edits: &Edits, whole: Span) -> Vec<(Span, u32)> {
    let (mut kept, mut place, mut at) = (Vec::new(), 0, whole.start);
    let mut put = |piece: &Piece, place: &mut u32| {
        if let Piece::Kept(span) = piece
            && !span.is_empty()
        {
            kept.push((*span, *place));
        }
        *place += piece.length();
    };
    for edit in edits.iter() {
        put(&Piece::Kept(Span::new(at, edit.span.start)), &mut place);
        edit.pieces.iter().for_each(|piece| put(piece, &mut place));
        at = edit.span.end;
    }
    put(&Piece::Kept(Span::new(at, whole.end)), &mut place);
    kept.sort();
    kept
}

/// Puts a stretch of the original, taken from where a document still has it, and as bytes where it has it no more.
fn found(base: &[u8], kept: &[(Span, u32)], span: Span, mut put: impl FnMut(Piece)) {
    let mut at = span.start;
    let first = kept.partition_point(|(kept, _)| kept.end <= span.start);
    for (kept, place) in kept[first..].iter().take_while(|(kept, _)| kept.start < span.end) {
        let part = Span::new(kept.start.max(at), kept.end.min(span.end));
        if part.is_empty() {
            continue;
        }
        put(Piece::new(Span::new(at, part.start).of(base)));
        let place = place + (part.start - kept.start);
        put(Piece::Kept(Span::new(place, place + part.len() as u32)));
        at = part.end;
    }
    put(Piece::new(Span::new(at, span.end).of(base)));
}

/// The edits that make a document of pieces of another, which come one after the other.
#[derive(Default)]
struct Splice {
    edits: Vec<Edit>,
    /// What stands behind the last edit, and in place of what comes next of the document.
    waiting: Pieces,
    /// Where of the document that begins.
    at: u32,
    /// What came last, which the next may go on from.
    last: Option<Piece>,
}

impl Splice {
    fn put(&mut self, piece: Piece) {
        if piece.length() == 0 {
            return;
        }
        let apart = match &mut self.last {
            Some(last) => last.joined(piece),
            None => Some(piece),
        };
        if let Some(piece) = apart {
            let whole = self.last.replace(piece);
            whole.into_iter().for_each(|piece| self.place(piece));
        }
    }

    /// What would leave more out than it is long is taken for moved.
    fn place(&mut self, piece: Piece) {
        match piece {
            Piece::Kept(span) if span.start >= self.at && (span.start - self.at) as usize <= span.len() => {
                let gone = Span::new(self.at, span.start);
                self.edits.push(Edit { span: gone, pieces: std::mem::take(&mut self.waiting) });
                self.at = span.end;
            }
            piece => self.waiting.push(piece),
        }
    }

    /// The edits of a document of this length that make all that was put.
    fn done(mut self, length: u32) -> Vec<Edit> {
        let last = self.last.take();
        last.into_iter().for_each(|piece| self.place(piece));
        self.edits.push(Edit { span: Span::new(self.at, length), pieces: self.waiting });
        self.edits
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in crate::text) const BASE: &[u8] = b"# A\n\none\n\n---\n\ntwo\n\n# B\r\n\xFFthree\n";

    /// Edits of [`BASE`] that replace, delete and move.
    fn edits() -> impl Strategy<Value = Edits> {
        edits_of(BASE.len() as u32)
    }

    /// The same of a document of this length.
    pub(in crate::text) fn edits_of(length: u32) -> impl Strategy<Value = Edits> {
        let cuts = prop::collection::btree_set(0..=length, 0..8);
        (cuts, prop::collection::vec((0..4u8, "[a-c]{0,3}"), 8)).prop_map(move |(cuts, kinds)| {
            let cuts: Vec<u32> = cuts.into_iter().collect();
            let spans: Vec<Span> = cuts.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect();
            let moved: Vec<Span> =
                spans.iter().zip(&kinds).filter(|(_, kind)| kind.0 == 0).map(|(s, _)| *s).collect();
            let mut edits: Vec<Edit> = spans
                .iter()
                .zip(&kinds)
                .map(|(span, (kind, text))| match kind {
                    0 => Edit::delete(*span),
                    1 => Edit::insert(span.start, text.as_str()),
                    _ => Edit::replace(*span, text.as_str()),
                })
                .collect();
            edits.push(Edit {
                span: Span::empty(length),
                pieces: moved.into_iter().rev().map(Piece::Kept).collect(),
            });
            Edits::new(edits).unwrap()
        })
    }

    proptest! {
        #[test]
        fn the_way_back_gives_the_bytes_that_were_there(now in edits(), before in edits()) {
            let document = now.apply(BASE);
            let way = WayBack::between(BASE, (&now, &document, &sum(&document)), &before);
            prop_assert_eq!(way.edits().apply(&document), before.apply(BASE));
            let after = way.after(BASE, &now).unwrap();
            prop_assert_eq!(after.apply(BASE), before.apply(BASE));
            prop_assert_eq!(way.after(&document, &Edits::default()).unwrap().apply(&document), before.apply(BASE));
        }
    }

    #[test]
    fn what_is_still_there_is_taken_from_there_and_nothing_is_done_without_need() {
        let moved =
            Edit { span: Span::empty(BASE.len() as u32), pieces: vec![Piece::Kept(Span::new(5, 9))].into() };
        let now = Edits::new(vec![Edit::delete(Span::new(5, 9)), moved]).unwrap();
        let document = now.apply(BASE);
        let now = (&now, &*document, &*sum(&document));
        let way = WayBack::between(BASE, now, &Edits::default());
        let pieces: Vec<&Piece> = way.edits().iter().flat_map(|edit| &edit.pieces).collect();
        assert!(matches!(pieces[..], [Piece::Kept(span)] if span.len() == 4), "{pieces:?}");
        assert!(WayBack::between(BASE, now, now.0).edits().is_empty());
    }

    /// A log that somebody made would write what they like, or fill all memory.
    #[test]
    fn a_way_leads_from_its_document_alone_and_makes_no_more_of_it() {
        let of = |edits| WayBack::noted(sum(BASE), edits).unwrap().after(BASE, &Edits::default());
        let whole = Piece::Kept(Span::whole(BASE));
        assert!(of(vec![Edit { span: Span::whole(BASE), pieces: vec![whole.clone()].into() }]).is_some());
        assert_eq!(of(vec![Edit { span: Span::empty(0), pieces: vec![whole.clone(), whole].into() }]), None);
        assert_eq!(of(vec![Edit::delete(Span::new(0, BASE.len() as u32 + 1))]), None);
        assert_eq!(WayBack::noted(sum(b"other"), Vec::new()).unwrap().after(BASE, &Edits::default()), None);
        let twice = vec![Edit::delete(Span::new(0, 4)), Edit::delete(Span::new(2, 5))];
        assert_eq!(WayBack::noted(sum(BASE), twice), None);
    }
}

//! Where a report speaks of a bug again: rows of index tables that refer to a bug standing elsewhere.
//!
//! A row refers to a bug by its id or, where one of both has none, by its title. `#3`, `Bug 3` and `Issue #3`
//! are one id. A plain number is an id only together with a title alike: every list counts from one.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use super::bug::{Bug, BugIx};
use crate::text::Span;

/// How many letters of a title tell it from others, where one of two titles is cut short.
const TELLING: usize = 12;

/// A row elsewhere that speaks of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The bug it speaks of.
    pub(super) bug: BugIx,
    /// The row.
    pub(super) row: Span,
}

/// The bugs of a report by what they are called.
pub(super) struct Names<'a> {
    base: &'a [u8],
    ids: HashMap<Id<'a>, Vec<(BugIx, Span)>>,
    titles: HashMap<u64, BugIx>,
}

impl<'a> Names<'a> {
    pub(super) fn of(base: &'a [u8], bugs: &[Bug]) -> Names<'a> {
        let mut names = Names { base, ids: HashMap::new(), titles: HashMap::new() };
        for (bug, at) in bugs.iter().zip(0..) {
            names.add(BugIx(at), bug.id, bug.title);
        }
        names
    }

    pub(super) fn add(&mut self, bug: BugIx, id: Span, title: Span) {
        if !id.is_empty() {
            self.ids.entry(Id::of(id.of(self.base))).or_default().push((bug, title));
        }
        if let Some(key) = title_key(title.of(self.base)) {
            self.titles.entry(key).or_insert(bug);
        }
    }

    /// The bug that something with this id and this title speaks of.
    pub(super) fn find(&self, id: Span, title: Span) -> Option<BugIx> {
        let id = Id::of(id.of(self.base));
        let title = title.of(self.base);
        let called = self.ids.get(&id).map_or(&[][..], Vec::as_slice);
        let alike = called.iter().find(|(_, other)| are_alike(title, other.of(self.base)));
        let by_id = alike.or_else(|| called.first().filter(|_| id.is_telling)).map(|(bug, _)| *bug);
        by_id
            .or_else(|| title_key(title).and_then(|key| self.titles.get(&key).copied()))
            .or_else(|| self.led(title).filter(|_| id.core.is_empty()))
    }

    /// The bug whose id a title without one begins with: `BUG-001 It breaks`.
    fn led(&self, title: &[u8]) -> Option<BugIx> {
        let id = Id::of(first_word(title));
        let called =
            self.ids.get(&id).filter(|_| id.is_telling && id.core.last().is_some_and(u8::is_ascii_digit))?;
        called.first().map(|(bug, _)| *bug)
    }
}

/// What an id is compared by.
pub(super) fn core(id: &[u8]) -> &[u8] {
    Id::of(id).core
}

/// The word that a text begins with, without what sets it off.
fn first_word(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| b" :,;".contains(byte)).unwrap_or(text.len());
    &text[..end]
}

/// What ids are compared by.
#[derive(Clone, Copy, Debug)]
struct Id<'a> {
    /// The id without what may stand before its number in one place and not in another.
    core: &'a [u8],
    /// Whether it tells a bug without its title: it is more than a number.
    is_telling: bool,
}

impl<'a> Id<'a> {
    fn of(id: &'a [u8]) -> Id<'a> {
        let is_mark = |byte: &u8| b"*[]`~ ".contains(byte);
        let start = id.iter().take_while(|byte| is_mark(byte)).count();
        let end = id.iter().rev().take_while(|byte| is_mark(byte)).count();
        let id = &id[start.min(id.len() - end)..id.len() - end];
        let digits = id.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let (label, number) = id.split_at(id.len() - digits);
        let is_label = label.is_empty() || matches!(label.last(), Some(b'#' | b' '));
        let core = if is_label && digits > 0 { number } else { id };
        Id { core, is_telling: !label.is_empty() }
    }
}

impl PartialEq for Id<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

impl Eq for Id<'_> {}

impl Hash for Id<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.core.hash(state);
    }
}

/// What titles are compared by: their letters and digits; none for one that is too short to tell.
pub(super) fn title_key(title: &[u8]) -> Option<u64> {
    let letters = letters(title);
    (letters.chars().count() >= TELLING).then(|| xxh3_64(letters.as_bytes()))
}

fn letters(title: &[u8]) -> String {
    String::from_utf8_lossy(title)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether one title goes on from the other, or most words of the shorter one are in the longer.
pub(super) fn are_alike(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let pairs = |text: &str| text.chars().zip(text.chars().skip(1)).collect::<std::collections::HashSet<_>>();
    let (short, long) = (pairs(short), pairs(long));
    !short.is_empty() && short.intersection(&long).count() * 3 >= short.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::bug::{Form, Source};

    #[test]
    fn a_row_is_known_by_its_id_or_its_title() {
        let base =
            b"BUG-1 3 The parser loses its last line | Another title altogether #3 parser loses last line";
        let span = |text: &str| {
            let at = memchr::memmem::find(base, text.as_bytes()).expect("it is there");
            Span::new(at as u32, (at + text.len()) as u32)
        };
        let nothing = Span::empty(0);
        let bug = |id, title| Bug {
            block: Span::whole(base),
            body: 0,
            id,
            title,
            severity: nothing,
            level: None,
            source: Source::Nothing,
            section: None,
            form: Form::Heading,
        };
        let bugs =
            [bug(span("BUG-1"), span("Another")), bug(span("3"), span("The parser loses its last line"))];
        let names = Names::of(base, &bugs);
        assert_eq!(names.find(span("BUG-1"), nothing), Some(BugIx(0)));
        assert_eq!(names.find(span("#3"), span("parser loses last line")), Some(BugIx(1)));
        assert_eq!(names.find(span("3"), span("Another title altogether")), None);
        assert_eq!(names.find(span("#3"), span("Another title altogether")), Some(BugIx(1)));
        assert_eq!(names.find(nothing, span("The parser loses its last line")), Some(BugIx(1)));
        assert_eq!(names.find(nothing, span("BUG-1 3 The")), Some(BugIx(0)));
        assert_eq!(names.find(nothing, span("3 The parser")), None);
    }
}

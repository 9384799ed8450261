//! Where a report speaks of a bug again: rows of index tables that refer to a bug standing elsewhere.
//!
//! A row refers to a bug by its id or, where one of both has none, by its title. `#3`, `Bug 3` and `Issue #3`
//! are one id. A plain number is an id only together with a title alike: every list counts from one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::bug::{Bug, BugIx};
use super::table::RowEntry;
use crate::text::Span;

/// How many letters of a title tell it from others, where one of two titles is cut short.
const TELLING: usize = 12;

/// How many rows are looked up at a time on one core.
const TOGETHER: usize = 64;

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
    /// The bugs that it begins with.
    bugs: &'a [Bug],
    /// Made when first asked for: in many reports nothing can speak of the bugs under headings.
    known: OnceLock<Known<'a>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(base: &'a [u8], bugs: &'a [Bug]) -> Names<'a> {
        Names { base, bugs, known: OnceLock::new() }
    }

    pub(super) fn add(&mut self, bug: BugIx, id: Span, title: Span) {
        self.known();
        let key = title_key(title.of(self.base));
        if let Some(known) = self.known.get_mut() {
            known.add(self.base, (bug, id, title), key);
        }
    }

    /// The bug that something with this id and this title speaks of.
    pub(super) fn find(&self, id: Span, title: Span) -> Option<BugIx> {
        let known = self.known();
        let id = Id::of(id.of(self.base));
        let title = title.of(self.base);
        let called = known.called(&id);
        let only = called.clone().next().filter(|_| id.is_telling && called.clone().nth(1).is_none());
        let alike = || called.clone().find(|(_, other)| are_alike(title, other.of(self.base)));
        let first = || called.clone().next().filter(|_| id.is_telling);
        let by_id = only.or_else(alike).or_else(first).map(|(bug, _)| bug);
        by_id
            .or_else(|| title_key(title).and_then(|key| known.titles.get(&key).copied()))
            .or_else(|| known.led(title).filter(|_| id.core.is_empty()))
    }

    /// The bugs that rows speak of.
    pub(super) fn find_all(&self, rows: &[RowEntry]) -> Vec<Option<BugIx>> {
        self.known();
        rows.par_iter().with_min_len(TOGETHER).map(|row| self.find(row.id, row.title)).collect()
    }

    fn known(&self) -> &Known<'a> {
        self.known.get_or_init(|| {
            let keys: Vec<Option<u64>> =
                self.bugs.par_iter().map(|bug| title_key(bug.title.of(self.base))).collect();
            let mut known = Known::default();
            known.ids.reserve(keys.len());
            known.titles.reserve(keys.len());
            for ((bug, at), key) in self.bugs.iter().zip(0..).zip(keys) {
                known.add(self.base, (BugIx(at), bug.id, bug.title), key);
            }
            known
        })
    }
}

/// A bug and its title.
type Titled = (BugIx, Span);

/// Bugs looked up by id and by title.
#[derive(Default)]
struct Known<'a> {
    /// The first bug of each id.
    ids: HashMap<Id<'a>, Titled>,
    /// Those that share the id of an earlier one.
    further: HashMap<Id<'a>, Vec<Titled>>,
    titles: HashMap<u64, BugIx>,
}

impl<'a> Known<'a> {
    fn add(&mut self, base: &'a [u8], (bug, id, title): (BugIx, Span, Span), key: Option<u64>) {
        if !id.is_empty() {
            let id = Id::of(id.of(base));
            match self.ids.entry(id) {
                Entry::Occupied(_) => self.further.entry(id).or_default().push((bug, title)),
                Entry::Vacant(free) => _ = free.insert((bug, title)),
            }
        }
        if let Some(key) = key {
            self.titles.entry(key).or_insert(bug);
        }
    }

    /// The bugs of an id, in the order in which they were added.
    fn called(&self, id: &Id<'a>) -> impl Iterator<Item = Titled> + Clone {
        let further = self.further.get(id).map_or(&[][..], Vec::as_slice);
        self.ids.get(id).into_iter().chain(further).copied()
    }

    /// The bug whose id a title without one begins with: `BUG-001 It breaks`.
    fn led(&self, title: &[u8]) -> Option<BugIx> {
        let id = Id::of(first_word(title));
        let is_telling = id.is_telling && id.core.last().is_some_and(u8::is_ascii_digit);
        self.called(&id).next().filter(|_| is_telling).map(|(bug, _)| bug)
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
    (letters.chars().take(TELLING).count() == TELLING).then(|| xxh3_64(letters.as_bytes()))
}

fn letters(title: &[u8]) -> String {
    let mut letters = String::with_capacity(title.len());
    if title.is_ascii() {
        let ascii = title.iter().filter(|byte| byte.is_ascii_alphanumeric());
        letters.extend(ascii.map(|byte| char::from(byte.to_ascii_lowercase())));
    } else {
        let any = String::from_utf8_lossy(title);
        letters.extend(any.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
    letters
}

/// Whether one title goes on from the other, or most words of the shorter one are in the longer.
pub(super) fn are_alike(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return a.chars().nth(1).is_some();
    }
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

    #[test]
    fn of_bugs_that_share_an_id_the_one_with_the_title_is_meant() {
        let base = b"A1 The parser loses a line | The lexer hangs at once | lexer hangs at once | It stops";
        let (id, first, second) = (Span::new(0, 2), Span::new(3, 26), Span::new(29, 52));
        let mut names = Names::of(base, &[]);
        names.add(BugIx(0), id, first);
        names.add(BugIx(1), id, second);
        assert_eq!(names.find(id, Span::new(55, 74)), Some(BugIx(1)));
        assert_eq!(names.find(id, Span::new(77, 85)), Some(BugIx(0)));
    }
}

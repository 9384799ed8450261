//! Where a report speaks of a bug again: rows of index tables that refer to a bug standing elsewhere.
//!
//! A row refers to a bug by its id or, where one of both has none, by its title. `#3`, `Bug 3` and `Issue #3`
//! are one id. A plain number is an id only together with a title alike: every list counts from one.

mod alike;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use rayon::prelude::*;

use self::alike::are_alike;
pub(super) use self::alike::{Sharing, title_key};
use super::bug::{Bug, BugIx};
use super::inline::before_number;
use crate::text::Span;
use crate::text::fetch::{self, fetch};

/// How many rows are looked up at a time on one core.
const TOGETHER: usize = 64;

/// How many rows are looked up by going through the bugs, which costs less than looking up all of them.
const FEW: usize = 256;

/// How often that may be done.
const PASSES: usize = 4;

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
    /// Made when first needed: in many reports little or nothing can speak of the bugs under headings.
    known: Option<Known<'a>>,
    /// Those found since that nobody has asked for yet.
    added: Vec<(BugIx, Span, Span)>,
    /// How often the bugs were gone through instead.
    passes: usize,
    /// Bugs that the report has besides, where some were left out of it.
    left_out: Option<Box<Names<'a>>>,
    /// Whether any that was asked for is among those.
    are_missed: bool,
}

impl<'a> Names<'a> {
    pub(super) fn of(base: &'a [u8], bugs: &'a [Bug]) -> Names<'a> {
        let (left_out, are_missed) = (None, false);
        Names { base, bugs, known: None, added: Vec::new(), passes: 0, left_out, are_missed }
    }

    /// The names of a report that has these bugs besides.
    pub(super) fn without(self, left_out: &'a [Bug]) -> Names<'a> {
        let left_out = (!left_out.is_empty()).then(|| Box::new(Names::of(self.base, left_out)));
        Names { left_out, ..self }
    }

    /// How many bugs were left out.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.as_ref().map_or(0, |names| names.bugs.len())
    }

    /// Has it that one of those was asked for.
    pub(super) fn miss(&mut self) {
        self.are_missed = true;
    }

    /// Whether a bug was asked for that was left out.
    pub(super) fn are_missed(&self) -> bool {
        self.are_missed
    }

    pub(super) fn add(&mut self, bug: BugIx, id: Span, title: Span) {
        self.added.push((bug, id, title));
    }

    /// The bugs that others with these ids and titles speak of.
    pub(super) fn find_all(&mut self, others: &[Name]) -> Vec<Option<BugIx>> {
        if let Some(left_out) = &mut self.left_out {
            self.are_missed |= left_out.find_all(others).iter().any(Option::is_some);
        }
        let is_new = self.known.is_none() && self.added.is_empty();
        if is_new && others.len() <= FEW && self.passes < PASSES {
            self.passes += 1;
            let wanted = Wanted::of(self.base, others);
            let known = self.known_of(|bug| wanted.may_be(self.base, bug));
            return others.iter().map(|(id, title)| known.find(self.base, *id, *title)).collect();
        }
        let base = self.base;
        let known = self.all_known();
        let find = |(id, title): &Name| known.find(base, *id, *title);
        others.par_iter().with_min_len(TOGETHER).map(find).collect()
    }

    fn all_known(&mut self) -> &Known<'a> {
        let base = self.base;
        let mut known = self.known.take().unwrap_or_else(|| self.known_of(|_| true));
        let key = |(.., title): &(BugIx, Span, Span)| title_key(title.of(base));
        let keys: Vec<Option<u64>> = self.added.par_iter().map(key).collect();
        self.added.drain(..).zip(keys).for_each(|(bug, key)| known.add(base, bug, key));
        self.known.insert(known)
    }

    fn known_of(&self, is_wanted: impl Fn(&Bug) -> bool + Sync) -> Known<'a> {
        let key = |bug: &Bug| title_key(bug.title.of(self.base));
        let wanted = self.bugs.par_chunks(fetch::TOGETHER).enumerate().flat_map_iter(|(nth, bugs)| {
            fetch(self.base, bugs.iter().map(|bug| bug.title.start));
            let placed = (nth * fetch::TOGETHER..).zip(bugs);
            placed.filter(|(_, bug)| is_wanted(bug)).map(|(at, bug)| (at, key(bug)))
        });
        let keyed: Vec<(usize, Option<u64>)> = wanted.collect();
        let mut known = Known::default();
        known.ids.reserve(keyed.len());
        known.titles.reserve(keyed.len());
        for (at, key) in keyed {
            let Bug { id, title, .. } = self.bugs[at];
            known.add(self.base, (BugIx(at as u32), id, title), key);
        }
        known
    }
}

/// What something is called: an id and a title.
pub(super) type Name = (Span, Span);

/// What rows could be speaking of.
struct Wanted<'a> {
    cores: HashSet<&'a [u8]>,
    /// Which lengths those have, a bit each, the last for all that are longer.
    lengths: u64,
    /// Which letters and digits those end with, a bit for each remainder of 64.
    lasts: u64,
    /// Which letters the titles begin with, a bit for each remainder of 64.
    initials: u64,
    /// Which letters more of them begin with, sorted; `None` where one of them does not tell at a glance.
    openings: Option<Vec<u32>>,
}

impl<'a> Wanted<'a> {
    fn of(base: &'a [u8], others: &[Name]) -> Wanted<'a> {
        let names = |(id, title): &Name| [id.of(base), first_word(title.of(base))];
        let cores: HashSet<&[u8]> = others.iter().flat_map(names).map(|name| Id::of(name).core).collect();
        let lengths = cores.iter().fold(0, |all, core| all | length_bit(core));
        let lasts = cores.iter().filter_map(|core| core.last()).fold(0, |all, last| all | byte_bit(*last));
        let titles =
            others.iter().map(|(_, title)| title.of(base)).filter(|title| title_key(title).is_some());
        let initials = titles.clone().fold(0, |all, title| all | initial_bits(title));
        let mut openings: Option<Vec<u32>> = titles.map(opening).collect();
        openings.iter_mut().for_each(|openings| openings.sort_unstable());
        Wanted { cores, lengths, lasts, initials, openings }
    }

    /// Whether a row may speak of this bug.
    fn may_be(&self, base: &[u8], bug: &Bug) -> bool {
        let id = bug.id.of(base);
        let may_end = |last: &u8| !last.is_ascii_alphanumeric() || self.lasts & byte_bit(*last) != 0;
        let is_called = || {
            let core = Id::of(id).core;
            !core.is_empty() && self.lengths & length_bit(core) != 0 && self.cores.contains(core)
        };
        let title = bug.title.of(base);
        self.initials & initial_bits(title) != 0 && self.may_open(title)
            || id.last().is_some_and(may_end) && is_called()
    }

    fn may_open(&self, title: &[u8]) -> bool {
        let known = self.openings.as_ref().zip(opening(title));
        known.is_none_or(|(openings, opening)| openings.binary_search(&opening).is_ok())
    }
}

fn length_bit(core: &[u8]) -> u64 {
    1 << core.len().min(63)
}

fn byte_bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

/// A bit for the first letter or digit of a title; all of them where that is none that is told at a glance.
fn initial_bits(title: &[u8]) -> u64 {
    match title.iter().find(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric()) {
        Some(byte) if byte.is_ascii() => byte_bit(byte.to_ascii_lowercase()),
        _ => u64::MAX,
    }
}

/// The first four letters or digits of a title, in lower case; `None` where others may be among them.
fn opening(title: &[u8]) -> Option<u32> {
    let mut letters = title.iter().filter(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric());
    letters.by_ref().take(4).try_fold(0, |opening, letter| {
        letter.is_ascii().then(|| opening << 8 | u32::from(letter.to_ascii_lowercase()))
    })
}

/// Bugs looked up by id and by title.
#[derive(Default)]
struct Known<'a> {
    /// The first bug of each id, and its title.
    ids: HashMap<Id<'a>, (BugIx, Span)>,
    /// All bugs of those ids that more than one has.
    shared: HashMap<Id<'a>, Sharing<'a, BugIx>>,
    titles: HashMap<u64, BugIx>,
}

impl<'a> Known<'a> {
    fn add(&mut self, base: &'a [u8], (bug, id, title): (BugIx, Span, Span), key: Option<u64>) {
        if !id.is_empty() {
            let id = Id::of(id.of(base));
            match self.ids.entry(id) {
                Entry::Vacant(free) => _ = free.insert((bug, title)),
                Entry::Occupied(taken) => {
                    let shared = self.shared.entry(id).or_insert_with(|| {
                        let (first, title) = *taken.get();
                        let mut shared = Sharing::default();
                        shared.add(first, title.of(base));
                        shared
                    });
                    shared.add(bug, title.of(base));
                }
            }
        }
        if let Some(key) = key {
            self.titles.entry(key).or_insert(bug);
        }
    }

    /// The bug that something with this id and this title speaks of.
    fn find(&self, base: &[u8], id: Span, title: Span) -> Option<BugIx> {
        if self.ids.is_empty() && self.titles.is_empty() {
            return None;
        }
        let (id, title) = (Id::of(id.of(base)), title.of(base));
        self.called(base, &id, title)
            .or_else(|| title_key(title).and_then(|key| self.titles.get(&key).copied()))
            .or_else(|| self.led(title).filter(|_| id.core.is_empty()))
    }

    /// The bug of an id: the one that has a title alike, else the first, where the id tells a bug without one.
    fn called(&self, base: &[u8], id: &Id<'a>, title: &[u8]) -> Option<BugIx> {
        let (first, called) = *self.ids.get(id)?;
        let alike = match self.shared.get(id) {
            Some(shared) => shared.find(title),
            None => (id.is_telling || are_alike(title, called.of(base))).then_some(first),
        };
        alike.or(id.is_telling.then_some(first))
    }

    /// The bug whose id a title without one begins with: `BUG-001 It breaks`.
    fn led(&self, title: &[u8]) -> Option<BugIx> {
        let id = Id::of(first_word(title));
        let is_telling = id.is_telling && id.core.last().is_some_and(u8::is_ascii_digit);
        self.ids.get(&id).filter(|_| is_telling).map(|(bug, _)| *bug)
    }
}

/// What an id is compared by.
pub(super) fn core(id: &[u8]) -> &[u8] {
    Id::of(id).core
}

/// The word that a text begins with, without what sets it off.
fn first_word(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b' ' | b':' | b',' | b';')).unwrap_or(text.len());
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
        let is_mark = |byte: &u8| matches!(byte, b'*' | b'[' | b']' | b'`' | b'~' | b' ');
        let start = id.iter().take_while(|byte| is_mark(byte)).count();
        let end = id.iter().rev().take_while(|byte| is_mark(byte)).count();
        let id = &id[start.min(id.len() - end)..id.len() - end];
        let (label, number) = id.split_at(before_number(id).len());
        let is_label = label.is_empty() || matches!(label.last(), Some(b'#' | b' '));
        let core = if is_label && !number.is_empty() { number } else { id };
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::bug::{Form, Source};

    /// An id or a title as reports have them, often the same again in other clothes.
    fn name() -> impl Strategy<Value = String> {
        let ids = vec!["", "", "3", "#3", "Bug 3", "**BUG-3**", "BUG-3", "M-07", "bug-3", "`M-07`"];
        let titles = vec![
            "The parser loses a line",
            "the parser loses a LINE",
            "Ärger im Importmodul",
            "BUG-3 it breaks",
        ];
        let title = prop::sample::select(titles);
        (prop::sample::select(ids), title, 0..12_usize).prop_map(|(id, title, cut)| {
            let end = title.floor_char_boundary(title.len() - cut);
            format!("{id}|{}", &title[..end])
        })
    }

    proptest! {
        /// A shortcut that forgot a bug would make a second one of the row that speaks of it.
        #[test]
        fn few_rows_find_what_many_find(
            bugs in prop::collection::vec(name(), 0..12),
            rows in prop::collection::vec(name(), 0..12),
        ) {
            let mut base = Vec::new();
            let mut spans = |name: &String| {
                let (id, title) = name.split_once('|').expect("an id and a title");
                let place = |base: &mut Vec<u8>, text: &str| {
                    let start = base.len() as u32;
                    base.extend_from_slice(text.as_bytes());
                    Span::new(start, base.len() as u32)
                };
                (place(&mut base, id), place(&mut base, title))
            };
            let (bugs, rows): (Vec<_>, Vec<_>) =
                (bugs.iter().map(&mut spans).collect(), rows.iter().map(&mut spans).collect());
            let bugs: Vec<Bug> = bugs.into_iter().map(|(id, title)| bug(&base, id, title)).collect();
            let mut all = Names::of(&base, &bugs);
            let each: Vec<_> = rows.iter().map(|row| find(&mut all, row.0, row.1)).collect();
            prop_assert_eq!(&Names::of(&base, &bugs).find_all(&rows), &each);
            let mut added = Names::of(&base, &[]);
            (0..).map(BugIx).zip(&bugs).for_each(|(at, bug)| added.add(at, bug.id, bug.title));
            prop_assert_eq!(added.find_all(&rows), each);
        }
    }

    fn bug(base: &[u8], id: Span, title: Span) -> Bug {
        Bug {
            block: Span::whole(base),
            body: 0,
            id,
            title,
            severity: Span::empty(0),
            level: None,
            source: Source::Nothing,
            section: None,
            form: Form::Heading,
        }
    }

    /// The bug that something speaks of, looked up among all.
    fn find(names: &mut Names<'_>, id: Span, title: Span) -> Option<BugIx> {
        let base = names.base;
        names.all_known().find(base, id, title)
    }

    #[test]
    fn a_row_is_known_by_its_id_or_its_title() {
        let base =
            b"BUG-1 3 The parser loses its last line | Another title altogether #3 parser loses last line";
        let span = |text: &str| {
            let at = memchr::memmem::find(base, text.as_bytes()).expect("it is there");
            Span::new(at as u32, (at + text.len()) as u32)
        };
        let nothing = Span::empty(0);
        let bug = |id, title| bug(base, id, title);
        let bugs =
            [bug(span("BUG-1"), span("Another")), bug(span("3"), span("The parser loses its last line"))];
        let mut names = Names::of(base, &bugs);
        assert_eq!(find(&mut names, span("BUG-1"), nothing), Some(BugIx(0)));
        assert_eq!(find(&mut names, span("#3"), span("parser loses last line")), Some(BugIx(1)));
        assert_eq!(find(&mut names, span("3"), span("Another title altogether")), None);
        assert_eq!(find(&mut names, span("#3"), span("Another title altogether")), Some(BugIx(1)));
        assert_eq!(find(&mut names, nothing, span("The parser loses its last line")), Some(BugIx(1)));
        assert_eq!(find(&mut names, nothing, span("BUG-1 3 The")), Some(BugIx(0)));
        assert_eq!(find(&mut names, nothing, span("3 The parser")), None);
    }

    #[test]
    fn of_bugs_that_share_an_id_the_one_with_the_title_is_meant() {
        let base = b"A1 The parser loses a line | The lexer hangs at once | lexer hangs at once | It stops";
        let (id, first, second) = (Span::new(0, 2), Span::new(3, 26), Span::new(29, 52));
        let mut names = Names::of(base, &[]);
        names.add(BugIx(0), id, first);
        names.add(BugIx(1), id, second);
        assert_eq!(find(&mut names, id, Span::new(55, 74)), Some(BugIx(1)));
        assert_eq!(find(&mut names, id, Span::new(77, 85)), Some(BugIx(0)));
    }
}

//! What a list says of itself: how many of its items are like bugs, and what else it could be.

use std::collections::HashSet;

use rayon::prelude::*;

use super::gather::RawList;
use super::lead::Read;
use super::{Hint, Marker, each};
use crate::methodology::{FieldKind, HeadingWord, LevelId, Methodology};
use crate::report::claim::Count;
use crate::report::field::Field;
use crate::report::inline::{bracketed, marks, separator};
use crate::report::section::has_words;
use crate::report::table::{grade, identify};
use crate::text::{Span, line};

/// What the items of a list are, as far as the list itself tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum ListKind {
    /// They could be bugs.
    Entries,
    /// Levels or statuses, and what they mean.
    Legend,
    /// Levels, and how many bugs each has.
    Claims,
    /// Links and nothing else.
    Contents,
    /// Levels, and the ids of their bugs.
    Index,
    /// Names and values: fields of what stands above.
    Fields,
    /// Cells between bars: a table that Markdown does not see.
    Rows,
    /// Numbered, and nothing that bugs have.
    Steps,
}

/// What a later decision needs of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Evidence {
    /// What its items are.
    pub(in crate::report) kind: ListKind,
    /// How many items have a level beside their title.
    pub(in crate::report) levels: u32,
    /// How many have an id that is more than their number.
    pub(in crate::report) ids: u32,
    /// How many have their title in bold, or in a field of its name.
    pub(in crate::report) bold: u32,
    /// How many have a box.
    pub(in crate::report) tasks: u32,
    /// How many have a field for their severity or status.
    pub(in crate::report) fields: u32,
}

impl Evidence {
    pub(super) fn of(base: &[u8], raw: &RawList, items: &[Read], methodology: &Methodology) -> Evidence {
        let count =
            |is_such: &dyn Fn(&Read) -> bool| items.iter().filter(|item| is_such(item)).count() as u32;
        let mut evidence = Evidence {
            kind: ListKind::Entries,
            levels: count(&|item| item.entry.hint == Hint::Decoration),
            ids: count(&|item| item.has_id),
            bold: count(&|item| item.is_bold),
            tasks: raw.items.iter().filter(|item| item.task.is_some()).count() as u32,
            fields: count(&|item| item.fields > 0),
        };
        let leads = each(&raw.items).map(|item| Begun::of(base, item.text, methodology)).collect();
        let facts = Facts { leads };
        evidence.kind = match raw.marker {
            Marker::Field | Marker::Printed => ListKind::Entries,
            _ => facts.kind().unwrap_or_else(|| {
                let described = count(&|item| item.is_described);
                evidence.plain(raw.marker, items.len() as u32, described)
            }),
        };
        evidence
    }

    /// What a list is that is neither levels nor links.
    fn plain(&self, marker: Marker, items: u32, described: u32) -> ListKind {
        let nothing = self.levels + self.ids + self.tasks + self.fields == 0
            && self.bold * 2 < items
            && described * 2 < items;
        let numbered = matches!(marker, Marker::Number | Marker::Paragraph);
        if nothing && numbered { ListKind::Steps } else { ListKind::Entries }
    }
}

/// How an item begins.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    what: What,
    /// The level or status it begins with, in lower case.
    word: String,
    level: Option<LevelId>,
    /// Whether that word is a range of two levels: `Low/Medium`.
    is_range: bool,
}

/// What an item consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// A level and a number.
    Counted,
    /// A level and ids.
    Listed,
    /// A level or a status, and words.
    Explained,
    /// A link.
    Linked,
    /// A name and a value; not the name of a title.
    Named,
    /// The name of a title and one.
    Titled,
    /// Cells between bars.
    Barred,
    /// Something else.
    Other,
}

impl Begun {
    fn of(base: &[u8], text: Span, methodology: &Methodology) -> Begun {
        let bytes = text.of(base);
        let plain = |what| Begun { what, word: String::new(), level: None, is_range: false };
        if is_link(bytes) {
            return plain(What::Linked);
        }
        match name(base, text, methodology) {
            Some((FieldKind::Title, _)) => return plain(What::Titled),
            Some((_, name)) => {
                let word = String::from_utf8_lossy(name.of(base)).to_lowercase();
                return Begun { word, ..plain(What::Named) };
            }
            None => {}
        }
        let has_bars = memchr::memchr(b'|', bytes).is_some();
        if has_bars && memchr::memmem::find_iter(bytes, b" | ").count() >= 2 && !bytes.contains(&b'\n') {
            return plain(What::Barred);
        }
        let is_level = |word: Span| bytes.get(marks(bytes)) != Some(&b'[') && !begins_an_id(base, text, word);
        match grade(base, text, methodology).filter(|graded| is_level(graded.word)) {
            Some(graded) => Begun {
                what: after_level(base, Span::new(graded.word.end, text.end), methodology),
                word: String::from_utf8_lossy(graded.word.of(base)).to_lowercase(),
                level: Some(graded.level),
                is_range: is_range(graded.word.of(base), methodology),
            },
            None => Begun::of_status(bytes, methodology).unwrap_or_else(|| plain(What::Other)),
        }
    }

    /// An item that begins with a status and says what it means.
    fn of_status(text: &[u8], methodology: &Methodology) -> Option<Begun> {
        let found = methodology.read_status(text)?;
        let word = &text[found.span.clone()];
        let leads = !has_words(&text[..found.span.start]) && has_words(word);
        separator(&text[found.span.end..]).filter(|_| leads)?;
        let word = String::from_utf8_lossy(word).to_lowercase();
        Some(Begun { what: What::Explained, word, level: None, is_range: false })
    }
}

/// Whether a run of words names two levels: `Low/Medium`, but not `P0/Critical`.
fn is_range(words: &[u8], methodology: &Methodology) -> bool {
    let level = |text: &[u8]| methodology.leading_level(text).map(|found| found.level);
    let joint = words.iter().position(|byte| *byte == b'/');
    joint.is_some_and(|at| level(words) != level(words[at + 1..].trim_ascii_start()))
}

/// Whether the word that a text begins with is no more than the beginning of an id: `P0-1`.
fn begins_an_id(base: &[u8], text: Span, word: Span) -> bool {
    identify(base, text).is_some_and(|id| id.start <= word.start && word.end < id.end)
}

/// What the name says of the field that a text is, and the name.
fn name(base: &[u8], text: Span, methodology: &Methodology) -> Option<(FieldKind, Span)> {
    let line = line::at(base, text.start).text;
    let field = Field::read(base, Span::new(text.start, line.end.min(text.end)), line)?;
    Some((methodology.fields().kind_of(field.name.of(base))?, field.name))
}

/// What follows a level that an item begins with.
fn after_level(base: &[u8], rest: Span, methodology: &Methodology) -> What {
    let Some((start, rest)) = behind_remark(base, rest).map(|value| (rest, value)) else {
        return if is_remark(rest.of(base)) { What::Explained } else { What::Other };
    };
    let called = Span::new(start.start, rest.start).of(base);
    let text = rest.of(base);
    let names = identify(base, rest).is_some_and(|id| has_words(id.of(base)) && id.start <= rest.start + 3);
    let counted = || begins_with_count(text) && calls_bugs(called, methodology);
    match (counts(text, methodology) || counted(), names) {
        (true, _) => What::Counted,
        (_, true) => What::Listed,
        _ if has_words(text) => What::Explained,
        _ => What::Other,
    }
}

/// Whether nothing but words in brackets is left of a text: ` (nobody can work)`.
fn is_remark(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    bracketed(text).is_some_and(|(inside, end)| end == text.len() && has_words(&text[inside]))
}

/// Whether a text begins with a number of bugs: nothing is counted that is called otherwise.
fn counts(text: &[u8], methodology: &Methodology) -> bool {
    let length = text.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'*').count();
    let after = &text[length..];
    let after = &after[marks(after)..];
    let names_bugs = || methodology.headings().has(after, HeadingWord::Bug);
    let is_over = after.first().is_none_or(|byte| byte.is_ascii_punctuation() || *byte == b'\n');
    begins_with_count(text) && (is_over || names_bugs())
}

/// Whether what stands between a level and its value says that bugs are counted: `Critical issues: 6 that users see`.
fn calls_bugs(text: &[u8], methodology: &Methodology) -> bool {
    [HeadingWord::Bug, HeadingWord::Grade].iter().any(|word| methodology.headings().has(text, *word))
}

fn begins_with_count(text: &[u8]) -> bool {
    let length = text.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'*').count();
    Count::read(&text[..length]) != Count::Unknown
}

/// What stands behind the separator after a level, a remark in brackets and further words of its name passed
/// over: `P0 (Critical): 3`, `High priority: 3`.
fn behind_remark(base: &[u8], rest: Span) -> Option<Span> {
    let text = rest.of(base);
    let line = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len()).min(64);
    let after = (0..line).filter(|at| text.get(*at).is_some_and(|byte| byte.is_ascii() || *byte >= 0xc0));
    let mut found = after.filter_map(|at| separator(&text[at..]).map(|length| at + length));
    let start = found.next()?;
    Some(Span::new(rest.start + (start + marks(&text[start..])) as u32, rest.end))
}

/// Whether a text is one link to somewhere in this document.
fn is_link(text: &[u8]) -> bool {
    let local = memchr::memmem::find(text, b"](#");
    text.first() == Some(&b'[') && local.is_some() && text.last() == Some(&b')')
}

/// How the items of a list begin.
struct Facts {
    leads: Vec<Begun>,
}

impl Facts {
    fn kind(&self) -> Option<ListKind> {
        if self.are_mostly(What::Linked) {
            return Some(ListKind::Contents);
        }
        if self.are_mostly(What::Barred) {
            return Some(ListKind::Rows);
        }
        if self.are_fields() {
            return Some(ListKind::Fields);
        }
        let once = self.are_once();
        match (
            self.are_mostly(What::Counted),
            self.are_mostly(What::Listed),
            self.are_mostly(What::Explained),
        ) {
            (true, ..) if once => Some(ListKind::Claims),
            (_, true, _) if once => Some(ListKind::Index),
            (.., true) if once && self.leads.len() >= 3 && self.fall() && !self.has_range() => {
                Some(ListKind::Legend)
            }
            _ => None,
        }
    }

    fn are_mostly(&self, what: What) -> bool {
        self.count(what) * 10 >= self.leads.len() * 6
    }

    fn count(&self, what: What) -> usize {
        self.leads.iter().filter(|lead| lead.what == what).count()
    }

    /// Whether most are names and values; one of them may name a title, for several are entries.
    fn are_fields(&self) -> bool {
        let (named, titled) = (self.count(What::Named), self.count(What::Titled));
        let titled = if titled == 1 && named > 0 { 1 } else { 0 };
        (named + titled) * 10 >= self.leads.len() * 6 && !self.are_alike()
    }

    /// Whether several are named alike, and nothing is named otherwise: each is of something else.
    fn are_alike(&self) -> bool {
        let mut words = self.leads.iter().filter(|lead| lead.what == What::Named).map(|lead| &lead.word);
        let first = words.next();
        let others = words.clone().count();
        others > 0 && words.all(|word| Some(word) == first)
    }

    /// Whether no level and no status begins two items.
    fn are_once(&self) -> bool {
        let words: Vec<&str> =
            self.leads.iter().map(|lead| &*lead.word).filter(|word| !word.is_empty()).collect();
        words.iter().collect::<HashSet<_>>().len() == words.len()
    }

    /// Whether one of them names two levels: no such word is explained, a bug is between them.
    fn has_range(&self) -> bool {
        self.leads.iter().any(|lead| lead.is_range)
    }

    /// Whether the levels stand in their order, either way.
    fn fall(&self) -> bool {
        let levels: Vec<LevelId> = self.leads.iter().filter_map(|lead| lead.level).collect();
        levels.is_sorted() || levels.iter().rev().is_sorted()
    }
}

//! Codes that could be levels or ids: `S1`, `S2`, `S3` or `P1`, `P2` before titles.
//!
//! A level is written more than once sooner or later; what counts up without repeating itself counts bugs. So do codes that
//! stand beside other ids, are the ids of a table, or that most of the bugs themselves contradict.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::Around;
use super::tree::Tree;
use crate::methodology::{LevelId, Methodology};
use crate::report::entry::IdKind;
use crate::report::field::Weight;
use crate::report::part::{self, Part};
use crate::report::render::severity::words_before;
use crate::text::{Span, line};

/// From how many headings with nothing but their codes on they are taken to count.
const COUNTED: usize = 3;

/// How many letters and digits the ids have that codes are ids beside: `M1`, `SP12`.
const SHORT: usize = 4;

/// Makes ids of the codes before the titles of headings as deep as each other, where none stands twice and they are told
/// to be such. Whether there are codes at all, each of which may be one or the other by what the others are.
pub(super) fn settle(
    base: &[u8],
    parts: &mut [Part],
    doubtful: &[usize],
    (tree, around): (&Tree, &impl Around),
    methodology: &Methodology,
) -> bool {
    let mut coded: HashMap<u8, Vec<usize>> = HashMap::new();
    let is_coded = |at: &usize| is_coded(base, &parts[*at], methodology) && !heads_entries(parts, tree, *at);
    let all: Vec<usize> = doubtful.par_iter().copied().filter(is_coded).collect();
    all.into_iter().for_each(|at| coded.entry(parts[at].heading.level).or_default().push(at));
    let has_codes = !coded.is_empty();
    for (depth, all) in coded {
        let codes: HashSet<&[u8]> = all.iter().map(|at| parts[*at].entry.severity.of(base)).collect();
        let are_distinct = codes.len() == all.len();
        let coded = Coded { base, parts, depth, coded: &all, codes };
        if are_distinct && coded.are_ids(around, methodology) {
            all.into_iter().for_each(|at| make_id(base, &mut parts[at], methodology));
        }
    }
    has_codes
}

/// Headings as deep as each other with codes before their titles.
struct Coded<'a> {
    base: &'a [u8],
    parts: &'a [Part],
    depth: u8,
    coded: &'a [usize],
    codes: HashSet<&'a [u8]>,
}

impl Coded<'_> {
    /// Whether codes none of which stands twice are ids.
    fn are_ids(&self, around: &impl Around, methodology: &Methodology) -> bool {
        let of = |letter: u8| self.codes.iter().filter(|code| code[0] == letter).count();
        let (s, p) = (of(b'S'), of(b'P'));
        s > 0 && p > 0
            || s >= COUNTED
            || self.are_contradicted(methodology)
            || self.stand_beside_ids(methodology)
            || self.are_listed(around)
    }

    /// Whether at least half of the fields of several such headings name another level, or did before they were set anew.
    fn are_contradicted(&self, methodology: &Methodology) -> bool {
        let (mut agree, mut differ) = (0, 0);
        for part in self.coded.iter().map(|at| &self.parts[*at]) {
            let Some(stated) = part.stated.filter(|stated| stated.weight == Weight::Severity) else {
                continue;
            };
            let levels = [stated.level, level_before(self.base, stated.word, methodology)];
            let says_other = levels.into_iter().flatten().any(|level| Some(level) != part.entry.level);
            *(if says_other { &mut differ } else { &mut agree }) += 1;
        }
        self.coded.len() > 1 && differ > 0 && differ >= agree
    }

    /// Whether headings as deep as these have ids of a letter or two and a number, such as `M1`.
    fn stand_beside_ids(&self, methodology: &Methodology) -> bool {
        let is_such = |part: &Part| {
            let id = part.entry.id.of(self.base);
            let letters = id.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
            part.entry.id_kind == IdKind::Short
                && id.len() <= SHORT
                && (1..=2).contains(&letters)
                && id[letters..].iter().all(u8::is_ascii_digit)
                && methodology.leading_level(id).is_none()
        };
        self.parts.iter().any(|part| part.heading.level == self.depth && is_such(part))
    }

    /// Whether a table has one of them for an id.
    fn are_listed(&self, around: &impl Around) -> bool {
        around.listed().iter().flatten().any(|id| self.codes.contains(id.of(self.base)))
    }
}

/// The level that a note behind a word says a bug had before.
fn level_before(base: &[u8], word: Span, methodology: &Methodology) -> Option<LevelId> {
    let rest = Span::new(word.start, line::at(base, word.end).text.end);
    words_before(rest.of(base), methodology).map(|(level, _)| level)
}

/// Whether headings with ids stand below one: then it is a section.
fn heads_entries(parts: &[Part], tree: &Tree, at: usize) -> bool {
    tree.below(at).any(|below| parts[below].entry.id_kind > IdKind::Range)
}

/// Whether `S` or `P` and a number stand before a title that has no other id.
fn is_coded(base: &[u8], part: &Part, methodology: &Methodology) -> bool {
    let entry = &part.entry;
    matches!(entry.severity.of(base).first(), Some(b'S' | b'P'))
        && leads_by_code(base, part)
        && !entry.is_bare_level(base, methodology)
}

/// Whether a letter and a number that name a level stand before a title that has no other id.
pub(super) fn leads_by_code(base: &[u8], part: &Part) -> bool {
    let entry = &part.entry;
    entry.id.is_empty()
        && !entry.title.is_empty()
        && entry.severity.end <= entry.title.start
        && matches!(entry.severity.of(base), [b'A'..=b'Z', digits @ ..]
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}

/// Makes an id of the code of a heading; what else names a level there, such as `(High)` at its end, is its severity.
pub(super) fn make_id(base: &[u8], part: &mut Part, methodology: &Methodology) {
    let other = part::entry(base, part.heading.text, methodology).echoes[0];
    let entry = &mut part.entry;
    (entry.id, entry.id_kind) = (entry.severity, IdKind::Short);
    entry.severity = if other.is_empty() { Span::empty(entry.severity.start) } else { other };
    entry.level = methodology.read_level(other.of(base)).map(|found| found.level);
}

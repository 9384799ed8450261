//! Which headings of a report are bugs, which are sections, and which belong to the bug above them.
//!
//! No heading is judged alone: what repeats decides. A heading that states a severity is a bug unless
//! bugs stand below it; one that does not is a bug where it stands among such, is counted with them,
//! or stands in a section that names a level.

mod alike;
mod closed;
mod code;
mod counted;
mod family;
mod flat;
mod group;
mod listed;
mod named;
mod overview;
mod passed;
mod rated;
mod remark;
mod restart;
mod section;
mod sign;
mod split;
mod suffix;
mod tree;
mod unsaid;

use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::entry::IdKind;
use super::field::Weight;
use super::mention::Name;
use super::part::{Fielded, Flat, Part, Stated};
use super::topic::Topic;
use crate::methodology::{HeadingWord, Methodology};
use crate::text::{Span, passing};
pub(super) use listed::Called;
use split::Split;
use tree::{NONE, Tree};

/// How often a title stands without an id before it is one of those that every bug has, such as `Impact`.
const REPEATS: u32 = 3;

/// What is counted as steps are and may have failed.
const TESTED: [&str; 2] = ["test", "case"];

/// What a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A bug, and why.
    Bug(Why),
    /// A section.
    Section,
    /// A part of what stands above it.
    Inner,
}

/// Why something is taken for a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// One of its fields states a severity.
    Field,
    /// Its own text names a level.
    Level,
    /// It has an id.
    Id,
    /// It is counted like other bugs.
    Family,
    /// It stands in a section that names a level.
    Section,
    /// It stands, counted, in a section of findings.
    Findings,
    /// A table of severities lists it.
    Listed,
    /// It is a row of a table of bugs.
    Row,
    /// It is an item of a list of bugs.
    Item,
}

impl Role {
    pub(super) fn is_bug(self) -> bool {
        matches!(self, Role::Bug(_))
    }
}

/// What stands outside the headings of a report, as far as they have to do with it.
pub(super) trait Around: Sync {
    /// Whether bugs stand outside headings.
    fn tells_bugs(&self) -> bool;

    /// Whether the text below a heading has rows or items that are bugs by themselves.
    fn splits(&self, part: &Part) -> bool;

    /// Whether it is nothing but a list.
    fn is_list(&self, part: &Part) -> bool;

    /// What the items of its lists begin with.
    fn leads(&self, part: &Part) -> Vec<Span>;

    /// What stands before its lists, and what their items are called, where each has an id.
    fn named_items(&self, part: &Part) -> Option<(Span, Vec<Name>)>;

    /// Whether it has items that state their severity or status each.
    fn splits_by_fields(&self, part: &Part) -> bool;

    /// Whether it has items that tell how severe they are each, be it beside their titles.
    fn grades_items(&self, part: &Part) -> bool;

    /// The ids in each table that lists bugs.
    fn listed(&self) -> Vec<Vec<Span>>;

    /// What each table calls its bugs that says how severe they are and has at most so many rows.
    fn graded(&self, most: usize) -> Vec<Vec<Called>>;
}

/// What each part is.
#[derive(Debug)]
pub(super) struct Roles {
    pub(super) of: Vec<Role>,
    /// Whether bugs that stand elsewhere had a say in it by more than being there.
    pub(super) by_others: bool,
}

/// What each part is.
pub(super) fn roles(
    base: &[u8],
    parts: &mut [Part],
    methodology: &Methodology,
    around: &impl Around,
) -> Roles {
    let doubtful: Vec<usize> =
        (0..parts.len()).into_par_iter().filter(|at| parts[*at].is_doubtful()).collect();
    let suffixed = suffix::settle(base, parts, &doubtful);
    sign::settle(base, parts, &doubtful, methodology);
    flat::settle(base, parts, &doubtful, methodology);
    named::settle_entries(base, parts, &doubtful, methodology);
    let tree = Tree::of(parts);
    named::settle_titles(base, parts, &doubtful, &tree, methodology);
    settle_level_headings(parts, &doubtful, &tree, around);
    let are_rated = rated::settle(base, parts, &doubtful, (&tree, around), methodology);
    lend_fields(parts, &doubtful, &tree);
    overview::settle(base, parts, &doubtful, &tree, methodology);
    lend_fields(parts, &doubtful, &tree);
    let has_codes = code::settle(base, parts, &doubtful, (&tree, around), methodology);
    let by_others = remark::settle(base, parts, &doubtful, methodology) || has_codes || suffixed || are_rated;
    debug_assert!(
        (0..parts.len()).all(|at| !parts[at].is_doubtful() || doubtful.binary_search(&at).is_ok()),
        "what is settled of some makes no others doubtful",
    );
    let (roles, others, levels) = (Vec::new(), Vec::new(), Vec::new());
    let titles = Titles::of(base, parts, &doubtful, &tree, methodology);
    let (bare, coded, called) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
    let (split, steps_plan) = (Split::default(), true);
    let mut layout = Layout {
        base,
        parts,
        doubtful,
        methodology,
        titles,
        roles,
        others,
        levels,
        tree,
        bare,
        coded,
        called,
        split,
        steps_plan,
        by_others,
    };
    layout.seed();
    if !around.tells_bugs() && layout.has_bugs_in_steps_alone() {
        layout.steps_plan = false;
        layout.seed();
    }
    layout.by_others |= layout.coded.get().is_some() || layout.called.get().is_some();
    layout.settle_groups(around);
    layout.settle_lists_by_level(around);
    layout.settle_emptied();
    layout.find_others();
    layout.name_levels();
    layout.levels = layout.levels_around();
    layout.take_sections(around);
    layout.take_families();
    layout.take_closed();
    layout.take_restarts();
    layout.take_listed(around);
    layout.take_told(around);
    layout.take_alike();
    if !around.tells_bugs() && !layout.has_bugs() {
        layout.take_failed_tests();
    }
    if !around.tells_bugs() && !layout.has_bugs() {
        layout.take_counted(around);
    }
    if !around.tells_bugs() {
        layout.take_described();
    }
    layout.settle_mentions();
    layout.settle_failed();
    layout.finish()
}

/// Makes sections of headings such as `### Severity: High` below which bugs stand: as rows, items or counted
/// headings; or where one heading has several such below it, for no bug has two severities.
fn settle_level_headings(parts: &mut [Part], doubtful: &[usize], tree: &Tree, outside: &impl Around) {
    let rates = |part: &Part| {
        let says = |stated: Stated| stated.weight == Weight::Severity && stated.level.is_some();
        part.lends().is_some_and(says)
    };
    let rating: Vec<usize> = doubtful.par_iter().copied().filter(|at| rates(&parts[*at])).collect();
    let mut below: HashMap<Option<usize>, u32> = HashMap::new();
    rating.iter().for_each(|at| *below.entry(tree.parent(*at)).or_insert(0) += 1);
    let holds = |at: usize| {
        below[&tree.parent(at)] > 1
            || tree.below(at).any(|below| parts[below].entry.id_kind > IdKind::Range)
            || outside.splits(&parts[at])
    };
    let sections: Vec<usize> = rating.iter().copied().filter(|at| holds(*at)).collect();
    for at in sections {
        let part = &mut parts[at];
        let is_name = part.field == Fielded::Name;
        if is_name {
            part.field = Fielded::Nothing;
        }
        if let Some(stated) = part.stated.take().filter(|_| !is_name) {
            (part.field, part.level, part.level_word) = (Fielded::Nothing, stated.level, stated.word);
        }
    }
}

/// Gives what a heading such as `### Severity: P0` states to the part it stands below.
fn lend_fields(parts: &mut [Part], doubtful: &[usize], tree: &Tree) {
    let lends = |at: &usize| Some((parts[*at].lends()?, tree.parent(*at)?));
    let lent: Vec<(Stated, usize)> = doubtful.par_iter().filter_map(lends).collect();
    for (stated, above) in lent {
        let above = &mut parts[above];
        if above.stated.is_none_or(|known| known.weight < stated.weight) {
            above.stated = Some(stated);
        }
    }
}

/// What the titles of all parts say by their words, read at most once, for it is asked for again and again.
struct Titles {
    /// What each says by its first word, once it is asked for.
    topics: Vec<OnceLock<Option<Topic>>>,
    /// What stands below each: prose or a step, where its title says so.
    heads: Vec<Option<HeadingWord>>,
    /// Whether each stands often without an id: `Impact`, `Fix`.
    repeated: Vec<bool>,
}

impl Titles {
    fn of(base: &[u8], parts: &[Part], doubtful: &[usize], tree: &Tree, methodology: &Methodology) -> Titles {
        let topics = passing::filled(OnceLock::new(), parts.len());
        let is_aside = |word: &HeadingWord| matches!(word, HeadingWord::Prose | HeadingWord::Step);
        let heads = |(at, part): (usize, &Part)| match tree.below(at).is_empty() {
            true => None,
            false => part.section_word(base, methodology).filter(is_aside),
        };
        let heads = passing::collected(parts.par_iter().enumerate().map(heads));
        Titles { topics, heads, repeated: repeated(base, parts, doubtful) }
    }
}

/// Which parts have no id and a title that stands often so.
fn repeated(base: &[u8], parts: &[Part], doubtful: &[usize]) -> Vec<bool> {
    let has_none = |at: &usize| parts[*at].entry.id.is_empty();
    let open = doubtful.par_iter().copied().filter(has_none);
    let keys: Vec<(usize, u64)> = open.map(|at| (at, title_key(base, &parts[at]))).collect();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    keys.iter().for_each(|(_, key)| *counts.entry(*key).or_insert(0) += 1);
    let mut repeated = passing::filled(false, parts.len());
    keys.iter().for_each(|(at, key)| repeated[*at] = counts[key] >= REPEATS);
    repeated
}

/// What a title is told from others by, however its letters are written.
fn title_key(base: &[u8], part: &Part) -> u64 {
    xxh3_64(&part.entry.title.of(base).to_ascii_lowercase())
}

/// Whether an id is a number behind a letter and a digit: `P0-1`.
fn is_counted_code(id: &[u8]) -> bool {
    matches!(id, [letter, digit, b'-', number @ ..]
        if letter.is_ascii_uppercase() && digit.is_ascii_digit()
            && !number.is_empty() && number.iter().all(u8::is_ascii_digit))
}

/// A report whose headings are being told apart.
struct Layout<'a> {
    base: &'a [u8],
    parts: &'a mut [Part],
    /// Those whose headings are more, or less, than an id and a title.
    doubtful: Vec<usize>,
    methodology: &'a Methodology,
    titles: Titles,
    roles: Vec<Option<Role>>,
    /// Those that are no bugs by a field of their own; what is none is never made one.
    others: Vec<usize>,
    /// The nearest part around each that names a level for it, or none.
    levels: Vec<u32>,
    tree: Tree,
    /// How many headings of each depth say nothing but a level; counted when first asked for.
    bare: OnceLock<[u32; 8]>,
    /// The same of those that are counted behind a code.
    coded: OnceLock<[u32; 8]>,
    /// The same of those that are counted behind what reports call their entries.
    called: OnceLock<[u32; 8]>,
    /// Which parts are split into bugs, as far as it was asked for.
    split: Split,
    /// Whether steps are what is to be done about bugs that stand elsewhere; else bugs stand in them.
    steps_plan: bool,
    /// Whether other bugs were looked at one by one.
    by_others: bool,
}

/// What each heading says by itself.
impl Layout<'_> {
    fn seed(&mut self) {
        self.roles = passing::collected((0..self.parts.len()).into_par_iter().map(|at| self.seed_of(at)));
    }

    fn find_others(&mut self) {
        let is_other = |at: &usize| self.roles[*at] != Some(Role::Bug(Why::Field));
        self.others = (0..self.parts.len()).into_par_iter().filter(is_other).collect();
    }

    fn seed_of(&self, at: usize) -> Option<Role> {
        let part = &self.parts[at];
        let has_id = part.entry.id_kind > IdKind::Range;
        if part.field != Fielded::Nothing && self.tree.parent(at).is_some() {
            return Some(Role::Inner);
        }
        if part.flat == Flat::Group
            || part.is_rated()
            || part.is_passed_test(self.base, self.methodology)
            || part.counts_level(self.base)
            || part.entry.id_kind == IdKind::Range
            || self.tree.is_title(at) && !has_id
        {
            return Some(Role::Section);
        }
        let asks = |stated: Stated| stated.weight == Weight::Priority && self.is_among_prose(at);
        let is_aside = |stated: Stated| match stated.weight {
            Weight::Severity => self.is_wholly_other(at),
            _ => self.is_other(at),
        };
        let states =
            |stated: Stated| stated.weight > Weight::Risk && !asks(stated) && (has_id || !is_aside(stated));
        let is_count = part.entry.id_kind == IdKind::Number && part.entry.title.is_empty();
        let is_one_of_levels = || (!has_id || is_count) && self.is_bare(at) && self.has_bare_siblings(at);
        if part.stated.is_some_and(states) && !is_one_of_levels() {
            return Some(Role::Bug(Why::Field));
        }
        let is_other = || self.is_wholly_other(at) || self.is_counted(at) || self.is_among_prose(at);
        if part.entry.level.is_some() && !self.is_bare(at) && (has_id || !is_other()) && !self.is_repeated(at)
        {
            return Some(Role::Bug(Why::Level));
        }
        let is_named = part.entry.id_kind == IdKind::Name || self.is_one_of_codes(at);
        let is_other = || self.names_several(at) || self.is_called_otherwise(at) || self.is_planned(at);
        let is_bug = is_named && !is_other();
        is_bug.then_some(Role::Bug(Why::Id))
    }

    fn topic(&self, at: usize) -> Option<Topic> {
        *self.titles.topics[at].get_or_init(|| self.parts[at].topic(self.base, self.methodology))
    }

    /// Whether it says nothing but a level.
    fn is_bare(&self, at: usize) -> bool {
        self.parts[at].entry.is_bare_level(self.base, self.methodology)
    }

    /// Whether several headings as deep say nothing but a level.
    fn has_bare_siblings(&self, at: usize) -> bool {
        let counts = self.bare.get_or_init(|| self.count(|at| self.is_bare(at)));
        counts[usize::from(self.parts[at].heading.level)] > 1
    }

    /// Whether a word counts it that calls no bug, where others are counted as such: `Feature #1` beside `Bug #1`.
    fn is_called_otherwise(&self, at: usize) -> bool {
        let is_counted =
            |at: usize| memchr::memmem::find(self.parts[at].entry.id.of(self.base), b" #").is_some();
        is_counted(at) && !self.is_called(at) && {
            let counts = self.called.get_or_init(|| self.count(|at| is_counted(at) && self.is_called(at)));
            counts.iter().sum::<u32>() > 1
        }
    }

    /// Whether its id begins with a word for what is planned, divided or decided: `Phase-1`, `ADR-7`. A test may have failed.
    fn is_planned(&self, at: usize) -> bool {
        let id = self.parts[at].entry.id.of(self.base);
        let word = &id[..id.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()];
        let found = self.methodology.headings().leading(word).filter(|(_, length)| *length == word.len());
        let counts = |word| matches!(word, HeadingWord::Step | HeadingWord::Part | HeadingWord::Prose);
        found.is_some_and(|(word, _)| counts(word))
            && !TESTED.iter().any(|test| word.eq_ignore_ascii_case(test.as_bytes()))
    }

    /// Whether it is counted behind a code, and others as deep are: `P0-1`, `P0-2`.
    fn is_one_of_codes(&self, at: usize) -> bool {
        let is_coded = |at: usize| {
            let entry = &self.parts[at].entry;
            entry.id_kind == IdKind::Short
                && is_counted_code(entry.id.of(self.base))
                && !entry.title.is_empty()
        };
        is_coded(at) && !self.is_among_prose(at) && {
            let counts = self.coded.get_or_init(|| self.count(is_coded));
            counts[usize::from(self.parts[at].heading.level)] > 1
        }
    }

    /// How many headings of each depth are such.
    fn count(&self, is_such: impl Fn(usize) -> bool) -> [u32; 8] {
        let mut counts = [0; 8];
        let such = (0..self.parts.len()).filter(|at| is_such(*at));
        such.for_each(|at| counts[usize::from(self.parts[at].heading.level)] += 1);
        counts
    }

    /// Whether its title says that it is prose, praise, a step or a part; what has a number of its own says so only with
    /// all of its title, or by being counted twice.
    fn is_other(&self, at: usize) -> bool {
        let number = self.parts[at].entry.id_kind;
        self.topic(at).is_some_and(|topic| match topic.kind {
            HeadingWord::Prose | HeadingWord::Fine => topic.is_whole || number <= IdKind::Loose,
            HeadingWord::Step | HeadingWord::Part => number <= IdKind::Number,
            HeadingWord::Bug | HeadingWord::Grade => false,
        }) || number >= IdKind::Short && self.is_planned(at)
    }

    /// Whether all of its title says that it is prose or praise.
    fn is_wholly_other(&self, at: usize) -> bool {
        let kinds = [HeadingWord::Prose, HeadingWord::Fine];
        self.topic(at).is_some_and(|topic| topic.is_whole && kinds.contains(&topic.kind))
    }

    /// Whether its title counts steps or parts.
    fn is_counted(&self, at: usize) -> bool {
        let kinds = [HeadingWord::Step, HeadingWord::Part];
        self.topic(at).is_some_and(|topic| kinds.contains(&topic.kind))
    }

    /// Whether steps have headings below them, and none outside is a bug so far.
    fn has_bugs_in_steps_alone(&self) -> bool {
        let is_step = |at: usize| self.titles.heads[at] == Some(HeadingWord::Step);
        (0..self.parts.len()).into_par_iter().any(is_step)
            && (0..self.parts.len()).all(|at| !self.is_bug(at) || self.tree.around(at).any(is_step))
    }

    /// The nearest part around that names a level for it.
    fn level_around(&self, at: usize) -> Option<usize> {
        self.levels.get(at).filter(|level| **level != NONE).map(|level| *level as usize)
    }

    fn is_repeated(&self, at: usize) -> bool {
        self.titles.repeated[at]
    }

    /// Whether another id follows its own: `TL-1 + TL-9`.
    fn names_several(&self, at: usize) -> bool {
        let title = self.parts[at].entry.title.of(self.base);
        title.first().is_some_and(|byte| matches!(byte, b'+' | b'&' | b',' | b'/'))
    }

    /// What is left is a section, or part of the bug around it.
    fn finish(self) -> Roles {
        let is_in_bug = |at: usize| self.tree.around(at).any(|around| self.is_bug(around));
        let left = |(at, role): (usize, &Option<Role>)| match role.unwrap_or(Role::Section) {
            Role::Section if is_in_bug(at) => Role::Inner,
            Role::Inner if self.parts[at].field == Fielded::Name && !is_in_bug(at) => Role::Section,
            role => role,
        };
        let roles = passing::collected(self.roles.par_iter().enumerate().map(left));
        Roles { of: roles, by_others: self.by_others }
    }
}

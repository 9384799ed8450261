//! Which headings of a report are bugs, which are sections, and which belong to the bug above them.
//!
//! No heading is judged alone: what repeats decides. A heading that states a severity is a bug unless
//! bugs stand below it; one that does not is a bug where it stands among such, is counted with them,
//! or stands in a section that names a level.

mod code;
mod family;
mod tree;

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::entry::IdKind;
use super::field::{Field, Weight};
use super::part::{Part, Stated};
use crate::methodology::{FieldKind, HeadingWord, Methodology};
use crate::text::Span;
use family::Families;
use tree::Tree;

/// How often a title stands without an id before it is one of those that every bug has, such as `Impact`.
const REPEATS: u32 = 3;

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
pub(super) trait Around {
    /// Whether bugs stand outside headings.
    fn tells_bugs(&self) -> bool;

    /// Whether the text below a heading has rows or items that are bugs by themselves.
    fn splits(&self, part: &Part) -> bool;

    /// The ids in each table that lists bugs.
    fn listed(&self) -> Vec<Vec<Span>>;
}

/// What each part is.
pub(super) fn roles(
    base: &[u8],
    parts: &mut [Part],
    methodology: &Methodology,
    around: &impl Around,
) -> Vec<Role> {
    let tree = Tree::of(parts);
    settle_level_headings(parts, &tree, around);
    lend_fields(parts, &tree);
    code::settle(base, parts);
    let (repeated, roles, levels) = (repeated(base, parts), vec![None; parts.len()], Vec::new());
    let mut layout = Layout { base, parts, methodology, repeated, roles, levels, tree };
    layout.seed();
    layout.settle_groups(around);
    layout.settle_emptied();
    layout.name_levels();
    layout.levels = layout.levels_around();
    layout.take_sections(around);
    layout.take_families();
    layout.take_listed(around);
    if !around.tells_bugs() && !layout.has_bugs() {
        layout.take_counted();
        layout.take_described();
    }
    layout.settle_mentions();
    layout.finish()
}

/// Makes sections of headings such as `### Severity: High` below which bugs stand: as rows, items or counted
/// headings; or where one heading has several such below it, for no bug has two severities.
fn settle_level_headings(parts: &mut [Part], tree: &Tree, outside: &impl Around) {
    let rates = |part: &Part| {
        part.is_field
            && part.stated.is_some_and(|stated| stated.weight == Weight::Severity && stated.level.is_some())
    };
    let rating: Vec<usize> = (0..parts.len()).filter(|at| rates(&parts[*at])).collect();
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
        if let Some(stated) = part.stated.take() {
            (part.is_field, part.level, part.level_word) = (false, stated.level, stated.word);
        }
    }
}

/// Gives what a heading such as `### Severity: P0` states to the part it stands below.
fn lend_fields(parts: &mut [Part], tree: &Tree) {
    for at in 0..parts.len() {
        if let (true, Some(stated), Some(above)) = (parts[at].is_field, parts[at].stated, tree.parent(at)) {
            let above = &mut parts[above];
            if above.stated.is_none_or(|known| known.weight < stated.weight) {
                above.stated = Some(stated);
            }
        }
    }
}

/// The titles that stand more than once without an id: `Impact`, `Fix`.
fn repeated(base: &[u8], parts: &[Part]) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for part in parts.iter().filter(|part| part.entry.id.is_empty()) {
        *counts.entry(title_key(base, part)).or_insert(0) += 1;
    }
    counts
}

fn title_key(base: &[u8], part: &Part) -> u64 {
    xxh3_64(&part.entry.title.of(base).to_ascii_lowercase())
}

/// A report whose headings are being told apart.
struct Layout<'a> {
    base: &'a [u8],
    parts: &'a mut [Part],
    methodology: &'a Methodology,
    repeated: HashMap<u64, u32>,
    roles: Vec<Option<Role>>,
    /// The nearest part around each that names a level for it.
    levels: Vec<Option<usize>>,
    tree: Tree,
}

/// What each heading says by itself.
impl Layout<'_> {
    fn seed(&mut self) {
        for at in 0..self.parts.len() {
            self.roles[at] = self.seed_of(at);
        }
    }

    fn seed_of(&self, at: usize) -> Option<Role> {
        let part = &self.parts[at];
        let has_id = part.entry.id_kind > IdKind::Range;
        if part.is_field && self.tree.parent(at).is_some() {
            return Some(Role::Inner);
        }
        if part.entry.id_kind == IdKind::Range || self.tree.is_title(at) && !has_id {
            return Some(Role::Section);
        }
        let other = self.is_other(at);
        let asks = |stated: Stated| stated.weight == Weight::Priority && self.is_among_prose(at);
        let states = |stated: Stated| stated.weight > Weight::Risk && !asks(stated);
        let is_count = part.entry.id_kind == IdKind::Number && part.entry.title.is_empty();
        let is_one_of_levels = || (!has_id || is_count) && self.is_bare(at) && self.has_bare_siblings(at);
        if part.stated.is_some_and(states) && (has_id || !other) && !is_one_of_levels() {
            return Some(Role::Bug(Why::Field));
        }
        let other = other || self.is_among_prose(at);
        if part.entry.level.is_some() && !self.is_bare(at) && (has_id || !other) && !self.is_repeated(at) {
            return Some(Role::Bug(Why::Level));
        }
        (part.entry.id_kind == IdKind::Name && !self.names_several(at)).then_some(Role::Bug(Why::Id))
    }

    fn word(&self, at: usize) -> Option<HeadingWord> {
        self.parts[at].word(self.base, self.methodology)
    }

    /// Whether it says nothing but a level.
    fn is_bare(&self, at: usize) -> bool {
        self.parts[at].entry.is_bare_level(self.base, self.methodology)
    }

    /// Whether several headings as deep say nothing but a level.
    fn has_bare_siblings(&self, at: usize) -> bool {
        let depth = self.parts[at].heading.level;
        let as_deep = (0..self.parts.len()).filter(|other| self.parts[*other].heading.level == depth);
        as_deep.filter(|other| self.is_bare(*other)).take(2).count() > 1
    }

    /// Whether its first word says that it is prose, praise or a step.
    fn is_other(&self, at: usize) -> bool {
        matches!(self.word(at), Some(HeadingWord::Prose | HeadingWord::Fine | HeadingWord::Step))
    }

    fn is_repeated(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.entry.id.is_empty()
            && self.repeated.get(&title_key(self.base, part)).is_some_and(|count| *count >= REPEATS)
    }

    /// Whether another id follows its own: `TL-1 + TL-9`.
    fn names_several(&self, at: usize) -> bool {
        let title = self.parts[at].entry.title.of(self.base);
        title.first().is_some_and(|byte| b"+&,/".contains(byte))
    }
}

/// Groups: headings that look like bugs and have bugs below them.
impl Layout<'_> {
    fn settle_groups(&mut self, outside: &impl Around) {
        for at in (0..self.parts.len()).rev() {
            if let Some(Role::Bug(why)) = self.roles[at]
                && self.is_group(at, why, outside)
            {
                self.roles[at] = Some(Role::Section);
            }
        }
    }

    /// A heading that names a level and has no id, or a number and nothing below it, is a section where one beside
    /// it is: its bugs have left it.
    fn settle_emptied(&mut self) {
        let place = |at: usize| (self.tree.parent(at), self.parts[at].heading.level);
        let may_be = |at: &usize| {
            let part = &self.parts[*at];
            let says_nothing = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
            let is_blank =
                || part.own().of(self.base).iter().all(says_nothing) && self.tree.below(*at).is_empty();
            let entry = &part.entry;
            entry.level.is_some() && (entry.id.is_empty() || entry.id_kind <= IdKind::Number && is_blank())
        };
        let is_group = |at: &usize| {
            let is_leveled = self.parts[*at].entry.level.is_some();
            is_leveled && !self.is_bug(*at) && !self.tree.below(*at).is_empty()
        };
        let groups: HashSet<_> = (0..self.parts.len()).filter(is_group).map(place).collect();
        let emptied: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.roles[*at] == Some(Role::Bug(Why::Level)) && groups.contains(&place(*at)))
            .filter(may_be)
            .collect();
        emptied.into_iter().for_each(|at| self.roles[at] = Some(Role::Section));
    }

    fn is_group(&self, at: usize, why: Why, outside: &impl Around) -> bool {
        let below = self.tree.below(at);
        let bugs = below.clone().filter(|below| self.roles[*below].is_some_and(Role::is_bug)).count();
        let has_id = self.parts[at].entry.id_kind > IdKind::Number;
        match why {
            Why::Field => bugs > usize::from(has_id) && !has_id || bugs > 2,
            Why::Level => {
                let counted = below.filter(|below| self.may_be_counted(*below)).count();
                bugs > 0 || counted > 0 || !has_id && outside.splits(&self.parts[at])
            }
            _ => bugs > 0,
        }
    }

    /// Whether it has a number or a short id, and does not stand for a step.
    fn may_be_counted(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.entry.id_kind > IdKind::Loose && !self.is_other(at) && !self.is_repeated(at)
    }
}

/// Sections by severity.
impl Layout<'_> {
    fn name_levels(&mut self) {
        for (at, (part, role)) in self.parts.iter_mut().zip(&self.roles).enumerate() {
            let is_title = self.tree.is_title(at) && part.heading.level == 1;
            if !role.is_some_and(Role::is_bug) && !is_title {
                part.name_level(self.base, self.methodology);
            }
        }
    }

    /// For each part the nearest one around that is no bug and names a level.
    fn levels_around(&self) -> Vec<Option<usize>> {
        let mut levels: Vec<Option<usize>> = vec![None; self.parts.len()];
        for at in 0..self.parts.len() {
            let Some(above) = self.tree.parent(at) else { continue };
            let names =
                self.parts[above].level.is_some() && !self.is_bug(above) && !self.tree.is_title(above);
            levels[at] = if names { Some(above) } else { levels[above] };
        }
        levels
    }

    fn is_bug(&self, at: usize) -> bool {
        self.roles[at].is_some_and(Role::is_bug)
    }

    /// Takes for bugs what stands in sections that name a level: what is counted there; where nothing is, the
    /// headings next below.
    fn take_sections(&mut self, outside: &impl Around) {
        let mut grouped: Option<bool> = None;
        let sections: Vec<usize> = (0..self.parts.len()).filter(|at| self.is_by_severity(*at)).collect();
        let in_any = |at: &usize| self.levels[*at].is_some() && self.may_be_counted(*at);
        let depths: HashSet<u8> =
            (0..self.parts.len()).filter(in_any).map(|at| self.parts[at].heading.level).collect();
        for section in sections {
            let inside: Vec<usize> =
                self.tree.below(section).filter(|at| self.levels[*at] == Some(section)).collect();
            let counted = inside.iter().any(|at| self.may_be_counted(*at));
            if !counted && *grouped.get_or_insert_with(|| self.are_mostly_split(outside)) {
                continue;
            }
            for at in inside {
                let by_count = counted || depths.contains(&self.parts[at].heading.level);
                if self.roles[at].is_none() && self.fits_section(at, section, by_count, outside) {
                    self.roles[at] = Some(Role::Bug(Why::Section));
                }
            }
        }
    }

    /// Whether a heading is a section that names a level.
    fn is_by_severity(&self, at: usize) -> bool {
        let names = self.parts[at].level.is_some() && !self.tree.is_title(at);
        names && !self.is_bug(at) && !self.is_among_fine(at)
    }

    /// Whether a heading in a section by severity is a bug; `by_count` says that such bugs are counted.
    fn fits_section(&self, at: usize, section: usize, by_count: bool, outside: &impl Around) -> bool {
        let fits = match by_count {
            true => self.may_be_counted(at) && !self.is_below_bug(at),
            false => self.tree.parent(at) == Some(section),
        };
        let is_whole = || self.parts[at].entry.id_kind > IdKind::Number || !self.is_split(at, outside);
        fits && self.may_be_bug(at) && is_whole()
    }

    fn may_be_bug(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let names = super::section::has_words(part.entry.title.of(self.base));
        names
            && !self.is_other(at)
            && !self.is_repeated(at)
            && !self.is_among_fine(at)
            && part.level.is_none()
    }

    /// Whether bugs stand in most headings next below sections that name a level: then such headings group them, be
    /// it a single one.
    fn are_mostly_split(&self, outside: &impl Around) -> bool {
        let is_next = |at: &usize| {
            let above = self.tree.parent(*at).filter(|above| !self.is_bug(*above));
            above.is_some_and(|above| self.parts[above].level.is_some()) && self.may_be_bug(*at)
        };
        let next: Vec<usize> = (0..self.parts.len()).filter(is_next).collect();
        let split = next.iter().filter(|at| self.is_split(**at, outside)).count();
        split > 0 && split * 2 >= next.len()
    }

    /// Whether bugs stand in it: as headings, rows or items.
    fn is_split(&self, at: usize, outside: &impl Around) -> bool {
        self.tree.below(at).any(|below| self.is_bug(below)) || outside.splits(&self.parts[at])
    }

    /// Whether it stands in a section of what is in order.
    fn is_among_fine(&self, at: usize) -> bool {
        self.tree.around(at).any(|around| self.word(around) == Some(HeadingWord::Fine))
    }

    /// Whether a section around it is prose by its title.
    fn is_among_prose(&self, at: usize) -> bool {
        let word = |at: usize| self.parts[at].section_word(self.base, self.methodology);
        let other = |around: usize| matches!(word(around), Some(HeadingWord::Prose | HeadingWord::Step));
        self.tree.around(at).any(|around| !self.tree.is_title(around) && other(around))
    }

    fn is_below_bug(&self, at: usize) -> bool {
        self.tree.around(at).any(|around| self.is_bug(around))
    }
}

/// What is counted like bugs.
impl Layout<'_> {
    fn take_families(&mut self) {
        let is_open = |at: &usize| self.roles[*at].is_none() && self.parts[*at].entry.id_kind > IdKind::Range;
        if !(0..self.parts.len()).any(|at| is_open(&at)) {
            return;
        }
        let mut families = Families::of(self.base, self.parts, &self.tree, |at| self.is_bug(at));
        for at in 0..self.parts.len() {
            let counted = families.supports(self.base, self.parts, &self.tree, at) && !self.names_several(at);
            if counted
                && !self.is_among_prose(at)
                && self.roles[at].is_none()
                && self.may_be_bug(at)
                && !self.is_below_bug(at)
            {
                self.roles[at] = Some(Role::Bug(Why::Family));
                families.take(at);
            }
        }
    }

    /// What a table lists by its id, where at least half of its rows have a heading. A plain number is an id of
    /// too many things.
    fn take_listed(&mut self, outside: &impl Around) {
        let open: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.roles[*at].is_none() && self.parts[*at].entry.id_kind > IdKind::Range)
            .filter(|at| self.parts[*at].entry.id_kind != IdKind::Number)
            .filter(|at| !self.names_several(*at) && !self.is_below_bug(*at))
            .collect();
        if open.is_empty() {
            return;
        }
        for ids in outside.listed() {
            let ids: HashSet<&[u8]> = ids.iter().map(|id| id.of(self.base)).collect();
            let is_listed = |at: &&usize| ids.contains(self.parts[**at].entry.id.of(self.base));
            let listed: Vec<usize> = open.iter().filter(is_listed).copied().collect();
            if listed.len() > 1 && listed.len() * 2 >= ids.len() {
                listed.iter().for_each(|at| self.roles[*at] = Some(Role::Bug(Why::Id)));
            }
        }
    }

    fn has_bugs(&self) -> bool {
        (0..self.parts.len()).any(|at| self.is_bug(at))
    }

    /// What is counted below a heading that speaks of findings.
    fn take_counted(&mut self) {
        let counted: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.may_be_counted(*at) && self.may_be_bug(*at) && !self.is_among_prose(*at))
            .collect();
        for at in counted {
            if self.is_below_findings(at) || self.parts[at].entry.id_kind > IdKind::Number {
                self.roles[at] = Some(Role::Bug(Why::Findings));
            }
        }
    }

    /// Whether the heading that it stands below speaks of findings.
    fn is_below_findings(&self, at: usize) -> bool {
        let above = self.tree.parent(at).map(|above| self.parts[above].heading.text.of(self.base));
        above.is_some_and(|title| self.methodology.headings().has(title, HeadingWord::Bug))
    }

    /// What stands next below a heading that speaks of findings and is described as bugs are, where most of its
    /// neighbours are.
    fn take_described(&mut self) {
        let next: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.roles[*at].is_none() && self.is_below_findings(*at) && self.may_be_bug(*at))
            .collect();
        let described = next.iter().filter(|at| self.is_described(**at)).count();
        if described > 1 && described * 2 >= next.len() {
            next.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Findings)));
        }
    }

    /// Whether it has fields that bugs have: a status, a cause, how to see it.
    fn is_described(&self, at: usize) -> bool {
        let own = self.parts[at].own();
        let fields = Field::all(self.base, own, own.start, self.methodology);
        let kinds =
            fields.iter().filter_map(|field| self.methodology.fields().kind_of(field.name.of(self.base)));
        let of_bugs = |kind: &FieldKind| {
            use FieldKind::{Cause, Description, Error, Fix, Impact, Reproduction, Status};
            matches!(kind, Cause | Description | Error | Fix | Impact | Reproduction | Status)
        };
        kinds.filter(of_bugs).count() > 1
    }

    /// A heading with nothing but an id to be a bug by is none where the id is that of a bug that says more.
    fn settle_mentions(&mut self) {
        let says_little = |at: &usize| self.roles[*at] == Some(Role::Bug(Why::Id)) && !self.says_level(*at);
        if !(0..self.parts.len()).any(|at| says_little(&at)) {
            return;
        }
        let mut told: HashMap<&[u8], usize> = HashMap::new();
        for at in 0..self.parts.len() {
            let id = self.parts[at].entry.id.of(self.base);
            if self.is_bug(at) && !id.is_empty() && self.says_level(at) {
                told.entry(id).or_insert(at);
            }
        }
        for at in 0..self.parts.len() {
            let first = told.get(self.parts[at].entry.id.of(self.base));
            if self.roles[at] == Some(Role::Bug(Why::Id))
                && first.is_some_and(|first| *first != at)
                && !self.says_level(at)
            {
                self.roles[at] = Some(Role::Section);
            }
        }
    }

    fn says_level(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.stated.is_some() || part.entry.level.is_some() || self.levels[at].is_some()
    }

    /// What is left is a section, or part of the bug around it.
    fn finish(self) -> Vec<Role> {
        let mut roles: Vec<Role> = self.roles.iter().map(|role| role.unwrap_or(Role::Section)).collect();
        for at in 0..roles.len() {
            if roles[at] == Role::Section && self.tree.around(at).any(|around| roles[around].is_bug()) {
                roles[at] = Role::Inner;
            }
        }
        roles
    }
}

//! Which headings of a report are bugs, which are sections, and which belong to the bug above them.
//!
//! No heading is judged alone: what repeats decides. A heading that states a severity is a bug unless
//! bugs stand below it; one that does not is a bug where it stands among such, is counted with them,
//! or stands in a section that names a level.

mod family;
mod tree;

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::entry::IdKind;
use super::part::Part;
use crate::methodology::{HeadingWord, Methodology};
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

/// What each part is. `told` says that bugs stand outside headings; `holds_entries` tells whether the text
/// below a heading has rows or items that are bugs by themselves.
pub(super) fn roles(
    base: &[u8],
    parts: &mut [Part],
    methodology: &Methodology,
    told: bool,
    holds_entries: impl Fn(&Part) -> bool,
) -> Vec<Role> {
    let tree = Tree::of(parts);
    lend_fields(parts, &tree);
    let (repeated, roles, levels) = (repeated(base, parts), vec![None; parts.len()], Vec::new());
    let mut layout = Layout { base, parts, methodology, repeated, roles, levels, tree };
    layout.seed();
    layout.settle_groups(&holds_entries);
    layout.settle_emptied();
    layout.name_levels();
    layout.levels = layout.levels_around();
    layout.take_sections(&holds_entries);
    layout.take_families();
    if !told {
        layout.take_findings();
    }
    layout.settle_mentions();
    layout.finish()
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
        if part.stated.is_some_and(|stated| stated.weight > super::field::Weight::Risk) && (has_id || !other)
        {
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
    fn settle_groups(&mut self, holds_entries: &impl Fn(&Part) -> bool) {
        for at in (0..self.parts.len()).rev() {
            if let Some(Role::Bug(why)) = self.roles[at]
                && self.is_group(at, why, holds_entries)
            {
                self.roles[at] = Some(Role::Section);
            }
        }
    }

    /// A heading that names a level and has nothing below it, beside such that are groups, is a group whose bugs
    /// have all gone.
    fn settle_emptied(&mut self) {
        let names = |at: usize| self.parts[at].entry.level.is_some();
        let place = |at: usize| (self.tree.parent(at), self.parts[at].heading.level);
        let is_group = |at: &usize| {
            let is_settled = self.roles[*at] == Some(Role::Section);
            let holds_bug = || self.tree.below(*at).any(|below| self.is_bug(below));
            names(*at) && (is_settled || !self.is_bug(*at) && holds_bug())
        };
        let groups: HashSet<(Option<usize>, u8)> =
            (0..self.parts.len()).filter(is_group).map(place).collect();
        let is_empty = |at: &usize| {
            let part = &self.parts[*at];
            part.entry.id_kind <= IdKind::Number
                && self.tree.below(*at).is_empty()
                && !part
                    .own()
                    .of(self.base)
                    .iter()
                    .any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        };
        let emptied: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.roles[*at] == Some(Role::Bug(Why::Level)) && groups.contains(&place(*at)))
            .filter(is_empty)
            .collect();
        emptied.into_iter().for_each(|at| self.roles[at] = Some(Role::Section));
    }

    fn is_group(&self, at: usize, why: Why, holds_entries: &impl Fn(&Part) -> bool) -> bool {
        let below = self.tree.below(at);
        let bugs = below.clone().filter(|below| self.roles[*below].is_some_and(Role::is_bug)).count();
        let has_id = self.parts[at].entry.id_kind > IdKind::Number;
        match why {
            Why::Field => bugs > usize::from(has_id) && !has_id || bugs > 2,
            Why::Level => {
                let counted = below.filter(|below| self.may_be_counted(*below)).count();
                bugs > 0 || counted > 0 || !has_id && holds_entries(&self.parts[at])
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
        for (part, role) in self.parts.iter_mut().zip(&self.roles) {
            if !role.is_some_and(Role::is_bug) {
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
    fn take_sections(&mut self, holds_entries: &impl Fn(&Part) -> bool) {
        for section in 0..self.parts.len() {
            let leads =
                self.parts[section].level.is_some() && !self.is_bug(section) && !self.tree.is_title(section);
            if !leads || self.is_among_fine(section) {
                continue;
            }
            let inside: Vec<usize> =
                self.tree.below(section).filter(|at| self.levels[*at] == Some(section)).collect();
            let counted = inside.iter().any(|at| self.may_be_counted(*at));
            for at in inside {
                let is_next = self.tree.parent(at) == Some(section);
                let fits = if counted { self.may_be_counted(at) && !self.is_below_bug(at) } else { is_next };
                if fits
                    && self.roles[at].is_none()
                    && self.may_be_bug(at)
                    && (self.parts[at].entry.id_kind > IdKind::Number || !self.is_split(at, holds_entries))
                {
                    self.roles[at] = Some(Role::Bug(Why::Section));
                }
            }
        }
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

    /// Whether bugs stand in it: as headings, rows or items.
    fn is_split(&self, at: usize, holds_entries: &impl Fn(&Part) -> bool) -> bool {
        self.tree.below(at).any(|below| self.is_bug(below)) || holds_entries(&self.parts[at])
    }

    /// Whether it stands in a section of what is in order.
    fn is_among_fine(&self, at: usize) -> bool {
        self.tree.around(at).any(|around| self.word(around) == Some(HeadingWord::Fine))
    }

    /// Whether a section around it is prose by its title.
    fn is_among_prose(&self, at: usize) -> bool {
        let other = |around: usize| matches!(self.word(around), Some(HeadingWord::Prose | HeadingWord::Step));
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
            if counted && self.roles[at].is_none() && self.may_be_bug(at) && !self.is_below_bug(at) {
                self.roles[at] = Some(Role::Bug(Why::Family));
                families.take(at);
            }
        }
    }

    /// In a report without a bug so far, what is counted below a heading that speaks of findings.
    fn take_findings(&mut self) {
        if (0..self.parts.len()).any(|at| self.is_bug(at)) {
            return;
        }
        let counted: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.may_be_counted(*at) && self.may_be_bug(*at) && !self.is_among_prose(*at))
            .collect();
        for at in counted {
            let above = self.tree.parent(at).map(|above| self.parts[above].heading.text.of(self.base));
            let speaks = above.is_some_and(|title| self.methodology.headings().has(title, HeadingWord::Bug));
            if speaks || self.parts[at].entry.id_kind > IdKind::Number {
                self.roles[at] = Some(Role::Bug(Why::Findings));
            }
        }
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

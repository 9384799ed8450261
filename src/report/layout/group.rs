//! Groups: headings that look like bugs and have bugs below them.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Around, Layout, Role, Why};
use crate::methodology::HeadingWord;
use crate::report::entry::{IdKind, Named};

impl Layout<'_> {
    pub(super) fn settle_groups(&mut self, outside: &impl Around) {
        self.settle_title(outside);
        let is_split = |at: usize| {
            let part = &self.parts[at];
            let has_id = part.entry.id_kind > IdKind::Number;
            match self.roles[at] {
                Some(Role::Bug(Why::Level)) => !has_id && outside.splits(part),
                Some(Role::Bug(Why::Field)) => {
                    !has_id && part.states_several && outside.splits_by_fields(part)
                }
                _ => false,
            }
        };
        let split: Vec<usize> = self.doubtful.par_iter().copied().filter(|at| is_split(*at)).collect();
        let split: HashSet<usize> = self.without_fielded(split, outside).into_iter().collect();
        let split = self.without_repeated(self.without_counted(split));
        for at in (0..self.parts.len()).rev() {
            if let Some(Role::Bug(why)) = self.roles[at]
                && self.is_group(at, why, split.contains(&at))
            {
                self.roles[at] = Some(Role::Section);
            }
        }
        self.settle_parts();
    }

    /// Makes no bug of the title of a report that has an id and nothing else, where no heading is a bug and items below tell how
    /// severe they are: `# TASK-7: Review of the sails`.
    fn settle_title(&mut self, outside: &impl Around) {
        let is_title = self.roles.first() == Some(&Some(Role::Bug(Why::Id))) && self.tree.is_title(0);
        let below = || (1..self.parts.len()).into_par_iter();
        if is_title
            && !below().any(|at| self.is_bug(at))
            && below().any(|at| outside.grades_items(&self.parts[at]))
        {
            self.roles[0] = Some(Role::Section);
        }
    }

    /// Makes parts of a bug of what stands below one that has an id and a level, and has no id of its own: one of several
    /// causes, each with its own priority.
    fn settle_parts(&mut self) {
        let is_whole = |at: &usize| {
            self.roles[*at] == Some(Role::Bug(Why::Level)) && self.parts[*at].entry.id_kind == IdKind::Name
        };
        let is_part = |at: &usize| self.is_bug(*at) && self.parts[*at].entry.id_kind <= IdKind::Number;
        let whole: Vec<usize> = self.doubtful.par_iter().copied().filter(is_whole).collect();
        let parts: Vec<usize> =
            whole.into_iter().flat_map(|at| self.tree.below(at)).filter(is_part).collect();
        parts.into_iter().for_each(|at| self.roles[at] = Some(Role::Inner));
    }

    /// Those that are not counted among headings with levels of which most are not split: then a list tells of one bug.
    fn without_counted(&self, mut split: HashSet<usize>) -> HashSet<usize> {
        let is_counted = |at: &usize| {
            self.parts[*at].entry.id_kind == IdKind::Number && self.roles[*at] == Some(Role::Bug(Why::Level))
        };
        if !split.iter().any(is_counted) {
            return split;
        }
        let mut whole: HashMap<_, (usize, usize)> = HashMap::new();
        for at in (0..self.parts.len()).filter(is_counted) {
            let (whole, all) = whole.entry(self.place(at)).or_default();
            (*whole, *all) = (*whole + usize::from(!split.contains(&at)), *all + 1);
        }
        split.retain(|at| {
            !is_counted(at) || whole.get(&self.place(*at)).is_none_or(|(whole, all)| whole * 2 < *all)
        });
        split
    }

    /// Those that do not stand beside one that is not split among headings with titles of their own of which several name the
    /// same level, as sections by severity do not: then a list tells of one bug, as in `### Minor: The sail rips`.
    fn without_repeated(&self, mut split: HashSet<usize>) -> HashSet<usize> {
        let is_titled = |at: &usize| {
            let Named { ref id, title, level, .. } = self.parts[*at].entry;
            self.roles[*at] == Some(Role::Bug(Why::Level))
                && id.is_empty()
                && level.is_some()
                && !title.is_empty()
        };
        if !split.iter().any(is_titled) {
            return split;
        }
        let mut beside: HashMap<_, Vec<usize>> = HashMap::new();
        for at in self.doubtful.iter().copied().filter(is_titled) {
            beside.entry(self.place(at)).or_default().push(at);
        }
        let is_repeated = |beside: &[usize]| {
            let levels: HashSet<_> = beside.iter().map(|at| self.parts[*at].entry.level).collect();
            levels.len() < beside.len() && beside.iter().any(|at| !split.contains(at))
        };
        let whole: Vec<usize> = beside.into_values().filter(|beside| is_repeated(beside)).flatten().collect();
        whole.iter().for_each(|at| {
            split.remove(at);
        });
        split
    }

    /// Headings beside each other that name a level each, every one another, and hold nothing but lists that are no fields,
    /// are sections where one of them says no more than its level or when to fix such bugs, or where there are more than two
    /// that a section of findings does not call such: `## P0 - Must fix before release`.
    pub(super) fn settle_lists_by_level(&mut self, outside: &impl Around) {
        let is_open = |at: &usize| {
            let part = &self.parts[*at];
            let is_leveled = self.roles[*at] == Some(Role::Bug(Why::Level))
                || self.roles[*at].is_none() && part.entry.level.is_some();
            is_leveled && part.entry.id.is_empty() && part.stated.is_none() && self.tree.below(*at).is_empty()
        };
        let mut beside: HashMap<_, Vec<usize>> = HashMap::new();
        let open: Vec<usize> = self.doubtful.par_iter().copied().filter(is_open).collect();
        open.into_iter().for_each(|at| beside.entry(self.place(at)).or_default().push(at));
        for headings in beside.into_values() {
            let levels: HashSet<_> = headings.iter().map(|at| self.parts[*at].entry.level).collect();
            let is_one_each = levels.len() == headings.len();
            if is_one_each && self.head_lists(&headings, outside) {
                headings.into_iter().for_each(|at| self.roles[at] = Some(Role::Section));
            }
        }
    }

    fn head_lists(&self, headings: &[usize], outside: &impl Around) -> bool {
        let says_when = |at: &usize| {
            let is_bare = self.is_bare(*at);
            let title = self.parts[*at].entry.title.of(self.base);
            let word = self.methodology.headings().leading(title).map(|(word, _)| word);
            is_bare || word == Some(HeadingWord::Grade)
        };
        let is_finding = |at: &usize| {
            let above = self.tree.parent(*at);
            above.is_some_and(|above| self.parts[above].heading.level > 1) && self.is_below_findings(*at)
        };
        let are_many = headings.len() > 2 && !headings.iter().all(is_finding);
        (are_many || headings.iter().any(says_when))
            && headings.iter().all(|at| outside.is_list(&self.parts[*at]))
            && self.without_fielded(headings.to_vec(), outside).len() == headings.len()
    }

    fn place(&self, at: usize) -> (Option<usize>, u8) {
        (self.tree.parent(at), self.parts[at].heading.level)
    }

    /// A heading that names a level and has no id, or a number and nothing below it, is a section where one beside
    /// it is: its bugs have left it.
    pub(super) fn settle_emptied(&mut self) {
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
        let doubtful = || self.doubtful.par_iter().copied();
        let groups: HashSet<_> = doubtful().filter(is_group).map(|at| self.place(at)).collect();
        let emptied: Vec<usize> = doubtful()
            .filter(|at| self.roles[*at] == Some(Role::Bug(Why::Level)) && groups.contains(&self.place(*at)))
            .filter(may_be)
            .collect();
        emptied.into_iter().for_each(|at| self.roles[at] = Some(Role::Section));
    }

    /// Whether it has bugs below it; `split` says that its own text is split into such.
    pub(super) fn is_group(&self, at: usize, why: Why, split: bool) -> bool {
        let below = self.tree.below(at);
        if below.is_empty() {
            return split;
        }
        let has_more_bugs =
            |than: usize| below.clone().filter(|below| self.is_bug(*below)).nth(than).is_some();
        let has_id = |at: usize| self.parts[at].entry.id_kind > IdKind::Number;
        match why {
            Why::Field => split || has_more_bugs(if has_id(at) { 2 } else { 0 }),
            Why::Level if self.parts[at].entry.id_kind == IdKind::Name => {
                split || has_more_bugs(2) || below.clone().any(|below| self.is_bug(below) && has_id(below))
            }
            Why::Level => split || has_more_bugs(0) || below.clone().any(|below| self.may_be_counted(below)),
            _ => has_more_bugs(0),
        }
    }

    /// Whether it has a number or a short id, and does not stand for a step.
    pub(super) fn may_be_counted(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.entry.id_kind > IdKind::Loose && !self.is_other(at) && !self.is_repeated(at)
    }
}

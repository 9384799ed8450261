//! Groups: headings that look like bugs and have bugs below them.

use std::collections::HashSet;

use rayon::prelude::*;

use super::{Around, Layout, Role, Why};
use crate::report::entry::IdKind;
use crate::text::passing;

impl Layout<'_> {
    pub(super) fn settle_groups(&mut self, outside: &impl Around) {
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
        let split = passing::collected((0..self.parts.len()).into_par_iter().map(is_split));
        for at in (0..self.parts.len()).rev() {
            if let Some(Role::Bug(why)) = self.roles[at]
                && self.is_group(at, why, split[at])
            {
                self.roles[at] = Some(Role::Section);
            }
        }
    }

    /// A heading that names a level and has no id, or a number and nothing below it, is a section where one beside
    /// it is: its bugs have left it.
    pub(super) fn settle_emptied(&mut self) {
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
        let groups: HashSet<_> = (0..self.parts.len()).into_par_iter().filter(is_group).map(place).collect();
        let emptied: Vec<usize> = (0..self.parts.len())
            .into_par_iter()
            .filter(|at| self.roles[*at] == Some(Role::Bug(Why::Level)) && groups.contains(&place(*at)))
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
        let has_id = self.parts[at].entry.id_kind > IdKind::Number;
        match why {
            Why::Field => split || has_more_bugs(if has_id { 2 } else { 0 }),
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

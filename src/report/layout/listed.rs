//! What a table lists with its severities, and headings tell in full.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Around, Layout, Role, Why};
use crate::report::mention::{Sharing, core, title_key};
use crate::report::section::has_words;
use crate::text::Span;

/// What a row calls its bug.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Called {
    pub(in crate::report) id: Span,
    pub(in crate::report) title: Span,
}

/// Headings that could be what rows speak of.
struct Open<'a> {
    titles: HashMap<u64, usize>,
    numbers: HashMap<&'a [u8], Sharing<'a, usize>>,
}

impl Layout<'_> {
    /// Takes for bugs what a table of severities lists by title, or by number and a title alike, where nearly all of
    /// its rows have a heading: the others would be lost.
    pub(super) fn take_told(&mut self, around: &impl Around) {
        let open: Vec<usize> = self.others.par_iter().copied().filter(|at| self.may_be_told(*at)).collect();
        let tables = if open.len() > 1 { around.graded(open.len() * 2) } else { Vec::new() };
        if tables.is_empty() {
            return;
        }
        let found = self.find_told(&open, &tables);
        found.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Listed)));
    }

    fn may_be_told(&self, at: usize) -> bool {
        self.roles[at].is_none()
            && !self.tree.is_title(at)
            && !self.is_below_bug(at)
            && !self.names_several(at)
            && has_words(self.parts[at].entry.title.of(self.base))
            && !self.tree.below(at).any(|below| self.is_bug(below))
    }

    fn find_told(&self, open: &[usize], tables: &[Vec<Called>]) -> Vec<usize> {
        let mut known = Open { titles: HashMap::new(), numbers: HashMap::new() };
        for at in open {
            let entry = &self.parts[*at].entry;
            let title = entry.title.of(self.base);
            if let Some(key) = title_key(title) {
                known.titles.entry(key).or_insert(*at);
            }
            if !entry.id.is_empty() {
                known.numbers.entry(core(entry.id.of(self.base))).or_default().add(*at, title);
            }
        }
        let mut found = Vec::new();
        for rows in tables {
            let mut told: Vec<usize> = rows.iter().filter_map(|row| self.told(&known, row)).collect();
            told.sort_unstable();
            told.dedup();
            if told.len() > 1 && told.len() * 5 >= rows.len() * 4 {
                found.extend(told);
            }
        }
        found
    }

    /// The heading that a row speaks of.
    fn told(&self, open: &Open<'_>, row: &Called) -> Option<usize> {
        let title = row.title.of(self.base);
        let numbered = open.numbers.get(core(row.id.of(self.base))).filter(|_| !row.id.is_empty());
        let by_number = numbered.and_then(|all| all.find(title));
        by_number.or_else(|| title_key(title).and_then(|key| open.titles.get(&key).copied()))
    }
}

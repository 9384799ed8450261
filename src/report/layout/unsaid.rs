//! Headings that are counted as bugs are and say nothing of what those say: the plans and remarks of a report that numbers all
//! it has, `5.1 First steps` behind bugs from `1.1` to `4.2`.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Layout, Role, Why};
use crate::methodology::HeadingWord;
use crate::report::entry::IdKind;

/// How many bugs tell what bugs of the report say of themselves.
const TELLING: usize = 4;

/// How many fields they have in common at least.
const FIELDS: usize = 3;

/// How many bugs are asked for that.
const SAMPLE: usize = 64;

impl Layout<'_> {
    /// The headings next below which nothing counted has a field that bugs have, where the bugs that are counted so have several
    /// in common and say how severe they are.
    pub(super) fn heads_without_fields(&self) -> HashSet<usize> {
        let all = || self.doubtful.par_iter().copied().filter(|at| self.is_counted_in_parts(*at));
        let open: Vec<usize> = all().filter(|at| self.roles[*at].is_none()).collect();
        let bugs: Vec<usize> = all().filter(|at| self.is_bug(*at)).collect();
        let states = |at: &usize| self.roles[*at] == Some(Role::Bug(Why::Field));
        if open.is_empty() || bugs.len() < TELLING || !bugs.iter().all(states) {
            return HashSet::new();
        }
        let common = self.common_fields(&bugs);
        if common.len() < FIELDS {
            return HashSet::new();
        }
        let is_of_bug =
            |name: Vec<u8>| common.contains(&name) || self.methodology.fields().kind_of(&name).is_some();
        let holding: HashSet<usize> = bugs.iter().filter_map(|at| self.tree.parent(*at)).collect();
        let mut heads: HashMap<usize, bool> = HashMap::new();
        for at in open {
            let Some(head) = self.tree.parent(at).filter(|head| !holding.contains(head)) else { continue };
            let is_bare = heads.entry(head).or_insert_with(|| !self.speaks_of_bugs_first(head));
            *is_bare = *is_bare && !self.names_of_fields(at).any(is_of_bug);
        }
        heads.into_iter().filter(|(_, is_bare)| *is_bare).map(|(head, _)| head).collect()
    }

    /// Whether it has a number with those of the parts around it in it: `2.1`.
    fn is_counted_in_parts(&self, at: usize) -> bool {
        let entry = &self.parts[at].entry;
        entry.id_kind == IdKind::Number && entry.id.of(self.base).contains(&b'.')
    }

    /// Whether the first word of its title is what reports call their entries, or it names a level for them.
    fn speaks_of_bugs_first(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let word = self.methodology.headings().leading(part.entry.title.of(self.base));
        part.level.is_some() || word.is_some_and(|(word, _)| word == HeadingWord::Bug)
    }

    /// The names of the fields that at least two of three bugs have.
    fn common_fields(&self, bugs: &[usize]) -> HashSet<Vec<u8>> {
        let bugs = &bugs[..bugs.len().min(SAMPLE)];
        let names = |at: &usize| self.names_of_fields(*at).collect();
        let names: Vec<HashSet<Vec<u8>>> = bugs.par_iter().map(names).collect();
        let mut counts: HashMap<Vec<u8>, usize> = HashMap::new();
        names.into_iter().flatten().for_each(|name| *counts.entry(name).or_default() += 1);
        counts.retain(|_, count| *count * 3 >= bugs.len() * 2);
        counts.into_keys().collect()
    }
}

//! Headings that say nothing of how severe they are, and are described as those are that do: below each stand fields of the same
//! names, which nobody would give to a section.

use std::collections::HashSet;

use rayon::prelude::*;

use super::passed::PASSED;
use super::{Layout, Role, Why};
use crate::report::entry::IdKind;

/// How many fields of the same names make a heading alike.
const FIELDS: usize = 2;

/// How many bugs tell what fields bugs have.
const SAMPLE: usize = 64;

impl Layout<'_> {
    /// Takes for bugs what stands as deep as those that have no ids and a field that rates them, where most that does is
    /// described as they are; of that, what has any of the fields.
    pub(super) fn take_alike(&mut self) {
        let has_no_id = |at: &usize| self.parts[*at].entry.id_kind == IdKind::None;
        let rated = |at: &usize| self.roles[*at] == Some(Role::Bug(Why::Field)) && has_no_id(at);
        let open = |at: &usize| self.roles[*at].is_none() && has_no_id(at) && self.tree.below(*at).is_empty();
        if !self.others.par_iter().any(open) {
            return;
        }
        let bugs: Vec<usize> = self.doubtful.iter().copied().filter(rated).take(SAMPLE).collect();
        let depths: HashSet<u8> = bugs.iter().map(|at| self.parts[*at].heading.level).collect();
        if depths.len() != 1 {
            return;
        }
        let next: Vec<usize> = self
            .others
            .par_iter()
            .copied()
            .filter(|at| open(at) && depths.contains(&self.parts[*at].heading.level))
            .filter(|at| self.may_be_bug(*at) && !self.is_among_prose(*at) && !self.is_below_bug(*at))
            .filter(|at| !self.says(*at, &PASSED))
            .collect();
        let names = |at: &usize| -> HashSet<Vec<u8>> { self.names_of_fields(*at).collect() };
        let mut known: HashSet<Vec<u8>> = bugs.par_iter().flat_map_iter(names).collect();
        let own: Vec<HashSet<Vec<u8>>> = next.par_iter().map(names).collect();
        let alike = |own: &&HashSet<Vec<u8>>| own.intersection(&known).count() >= FIELDS;
        let alike: Vec<&HashSet<Vec<u8>>> = own.iter().filter(alike).collect();
        if alike.len() < FIELDS || alike.len() * 2 < next.len() {
            return;
        }
        self.by_others = true;
        known.extend(alike.into_iter().flatten().cloned());
        let described = next.into_iter().zip(&own).filter(|(_, own)| !own.is_disjoint(&known));
        described.for_each(|(at, _)| self.roles[at] = Some(Role::Bug(Why::Family)));
    }
}

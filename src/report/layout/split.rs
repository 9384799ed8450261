//! Headings whose text a list splits into bugs, and those whose lists hold the fields of the bug that they are.
//!
//! What the items begin with tells them apart: the names of fields come again below other headings.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::{Around, Layout};
use crate::report::entry::IdKind;

/// Which parts that could be bugs by their section are split into such by rows or lists.
#[derive(Default)]
pub(super) struct Split {
    asked: HashSet<usize>,
    split: HashSet<usize>,
}

impl Layout<'_> {
    /// Finds out which headings in sections that name a level are split into bugs.
    pub(super) fn find_split(&mut self, outside: &impl Around) {
        let is_asked = |at: &usize| {
            self.roles[*at].is_none()
                && self.level_around(*at).is_some()
                && self.parts[*at].entry.id_kind <= IdKind::Number
                && self.may_be_bug(*at)
        };
        let asked: Vec<usize> = self.others.par_iter().copied().filter(is_asked).collect();
        let split = asked.par_iter().copied().filter(|at| outside.splits(&self.parts[*at])).collect();
        let split = self.without_fielded(split, outside).into_iter().collect();
        self.split = Split { asked: asked.into_iter().collect(), split };
    }

    /// Whether its own text is split into bugs.
    pub(super) fn is_split_loosely(&self, at: usize, outside: &impl Around) -> bool {
        match self.split.asked.contains(&at) {
            true => self.split.split.contains(&at),
            false => outside.splits(&self.parts[at]),
        }
    }

    /// Those of some headings with lists of which at least half of the items begin otherwise than those below the others:
    /// what repeats from heading to heading is the name of a field.
    pub(super) fn without_fielded(&self, split: Vec<usize>, outside: &impl Around) -> Vec<usize> {
        let key = |text: &[u8]| xxh3_64(&text.to_ascii_lowercase());
        let leads = |at: &usize| {
            let leads = outside.leads(&self.parts[*at]).into_iter();
            leads.map(|lead| key(lead.of(self.base))).collect::<HashSet<u64>>()
        };
        let leads: Vec<HashSet<u64>> = split.par_iter().map(leads).collect();
        let mut counts: HashMap<u64, u32> = HashMap::new();
        leads.iter().flatten().for_each(|lead| *counts.entry(*lead).or_insert(0) += 1);
        let repeats = |lead: &&u64| counts[*lead] > 1;
        let is_fielded = |leads: &HashSet<u64>| {
            !leads.is_empty() && leads.iter().filter(repeats).count() * 2 > leads.len()
        };
        split.into_iter().zip(&leads).filter(|(_, leads)| !is_fielded(leads)).map(|(at, _)| at).collect()
    }
}

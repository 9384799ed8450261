//! Lists in sections that name no level, beside sections that name one each and have items that are bugs: they hold bugs without
//! a level where their items are told as those are.

use std::collections::{HashMap, HashSet};

use super::Reader;
use super::items::Place;
use crate::report::bug::Form;
use crate::report::item::{List, Marker, fields};
use crate::report::section::SectionIx;
use crate::text::Span;

/// In how many bugs beside a list it is looked up how they are told.
const SAMPLE: usize = 16;

/// What stands in sections beside each other.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The first of the items that are bugs in those that name a level.
    bugs: Vec<Span>,
    /// How many name a level.
    leveled: usize,
    /// How many name none.
    others: usize,
}

/// The same by the section around and how deep they are.
pub(super) type Sections = HashMap<(Option<SectionIx>, u8), Beside>;

impl Reader<'_> {
    /// What stands beside each other where items are bugs by the levels of their sections.
    pub(super) fn besides(&self) -> Sections {
        let mut found = Sections::new();
        let sections = &self.index.sections;
        for (bug, _) in self.loose.bugs.iter().filter(|(bug, _)| bug.form == Form::Item) {
            let section = bug.section.map(|at| sections[at.at()]).filter(|section| section.level.is_some());
            let Some(section) = section else { continue };
            let bugs = &mut found.entry(section.place()).or_default().bugs;
            if bugs.len() < SAMPLE {
                bugs.push(bug.block);
            }
        }
        let looked_at = if found.is_empty() { &[] } else { &sections[..] };
        for section in looked_at {
            if let Some(beside) = found.get_mut(&section.place()) {
                *(if section.level.is_some() { &mut beside.leveled } else { &mut beside.others }) += 1;
            }
        }
        found
    }

    /// Whether most items of a list have a field that bugs in the sections beside its own have; or all of it are tasks, as
    /// those are, and no other section beside names no level.
    pub(super) fn is_beside_graded(&self, list: &List, place: Place, sections: &Sections) -> bool {
        let own = place.section.map(|at| self.index.sections[at.at()]).filter(|own| own.level.is_none());
        let Some(beside) = own.and_then(|own| sections.get(&own.place())) else { return false };
        let first = |block: Span| self.base[block.start as usize].is_ascii_digit();
        let is_alike = |bug: &&Span| first(**bug) == first(list.items[0].block);
        let bugs: Vec<Span> = beside.bugs.iter().filter(is_alike).copied().collect();
        if bugs.len() < 2 {
            return false;
        }
        let are_tasks = list.marker == Marker::Task
            && list.evidence.tasks as usize == list.items.len()
            && bugs.iter().all(|bug| self.is_task(*bug));
        are_tasks && place.alone && beside.leveled > 1 && beside.others == 1 || self.share_fields(list, &bugs)
    }

    /// Whether most items of a list have a field that these bugs have.
    fn share_fields(&self, list: &List, bugs: &[Span]) -> bool {
        let names = |block: Span| {
            let fields = fields(self.base, block, self.methodology).into_iter();
            fields.map(|field| field.name.of(self.base).to_ascii_lowercase()).collect::<Vec<_>>()
        };
        let known: HashSet<Vec<u8>> = bugs.iter().flat_map(|bug| names(*bug)).collect();
        let is_told = |block: Span| names(block).iter().any(|name| known.contains(name));
        !known.is_empty()
            && list.items.iter().filter(|item| is_told(item.block)).count() * 3 >= list.items.len() * 2
    }
}

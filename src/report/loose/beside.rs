//! Lists in sections that name no level, beside sections that name one each and have items that are bugs: they hold bugs without
//! a level where their items are told as those are.

use std::collections::HashSet;

use super::Reader;
use super::items::Place;
use crate::report::bug::{Bug, Form};
use crate::report::item::{List, Marker, fields};
use crate::report::section::Section;
use crate::text::Span;

/// In how many bugs beside a list it is looked up how they are told.
const SAMPLE: usize = 16;

impl Reader<'_> {
    /// Whether most items of a list have a field that bugs in the sections beside its own have; or all of it are tasks, as
    /// those are, and no other section beside names no level.
    pub(super) fn is_beside_graded(&self, list: &List, place: Place) -> bool {
        let sections = &self.index.sections;
        let Some(own) = place.section.map(|at| sections[at.at()]).filter(|own| own.level.is_none()) else {
            return false;
        };
        let is_beside =
            |other: &Section| other.level.is_some() && (other.parent, other.depth) == (own.parent, own.depth);
        let first = |block: Span| self.base[block.start as usize].is_ascii_digit();
        let are_alike = |bug: &&Bug| {
            bug.form == Form::Item
                && bug.section.is_some_and(|at| is_beside(&sections[at.at()]))
                && first(bug.block) == first(list.items[0].block)
        };
        let bugs = self.loose.bugs.iter().map(|(bug, _)| bug).filter(are_alike);
        let bugs: Vec<&Bug> = bugs.take(SAMPLE).collect();
        if bugs.len() < 2 {
            return false;
        }
        let is_apart = |other: &&Section| {
            (other.parent, other.depth) == (own.parent, own.depth) && other.level.is_none()
        };
        let are_tasks = list.marker == Marker::Task
            && list.evidence.tasks as usize == list.items.len()
            && bugs.iter().all(|bug| self.is_task(bug.block))
            && bugs.iter().any(|bug| bug.section != bugs[0].section);
        are_tasks && place.alone && sections.iter().filter(is_apart).count() == 1
            || self.share_fields(list, &bugs)
    }

    /// Whether most items of a list have a field that these bugs have.
    fn share_fields(&self, list: &List, bugs: &[&Bug]) -> bool {
        let names = |block: Span| {
            let fields = fields(self.base, block, self.methodology).into_iter();
            fields.map(|field| field.name.of(self.base).to_ascii_lowercase()).collect::<Vec<_>>()
        };
        let known: HashSet<Vec<u8>> = bugs.iter().flat_map(|bug| names(bug.block)).collect();
        let is_told = |block: Span| names(block).iter().any(|name| known.contains(name));
        !known.is_empty()
            && list.items.iter().filter(|item| is_told(item.block)).count() * 3 >= list.items.len() * 2
    }
}

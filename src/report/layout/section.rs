//! Sections that name a level, and the headings that are bugs by standing in them.

use rayon::prelude::*;

use super::tree::NONE;
use super::{Around, Layout, Role, Why};
use crate::methodology::HeadingWord;
use crate::report::denial::denies_bugs;
use crate::report::entry::IdKind;
use crate::report::inline::trailing_bracketed;
use crate::report::section::has_words;
use crate::report::topic::Topic;
use crate::text::passing;

/// How many headings above and below one are near it.
const NEAR: usize = 24;

impl Layout<'_> {
    pub(super) fn name_levels(&mut self) {
        let parts = self.parts.par_iter_mut().zip(&self.roles).enumerate();
        parts.for_each(|(at, (part, role))| {
            let is_title = self.tree.is_title(at) && part.heading.level == 1;
            if !role.is_some_and(Role::is_bug) && !is_title {
                part.name_level(self.base, self.methodology);
            }
        });
    }

    /// For each part the nearest one around that is no bug and names a level.
    pub(super) fn levels_around(&self) -> Vec<u32> {
        let names = |above: &usize| {
            self.parts[*above].level.is_some() && !self.is_bug(*above) && !self.tree.is_title(*above)
        };
        let nearest = |at: usize| self.tree.around(at).find(names).map_or(NONE, |above| above as u32);
        passing::collected((0..self.parts.len()).into_par_iter().map(nearest))
    }

    pub(super) fn is_bug(&self, at: usize) -> bool {
        self.roles[at].is_some_and(Role::is_bug)
    }

    /// Takes for bugs what stands in sections that name a level: what is counted there; where nothing is, the
    /// headings next below.
    pub(super) fn take_sections(&mut self, outside: &impl Around) {
        self.find_split(outside);
        let mut grouped: Option<bool> = None;
        let sections: Vec<usize> =
            self.others.par_iter().copied().filter(|at| self.is_by_severity(*at)).collect();
        let in_any = |at: &usize| self.level_around(*at).is_some() && self.may_be_counted(*at);
        let depth = |at: usize| 1_u8 << self.tree.depth(at);
        let with = |depths: u8, at: usize| match depths | depth(at) {
            more if more != depths && in_any(&at) => more,
            _ => depths,
        };
        let all = (0..self.parts.len()).into_par_iter();
        let depths = all.fold(|| 0, with).reduce(|| 0, |some, more| some | more);
        for section in sections {
            let inside: Vec<usize> =
                self.tree.below(section).filter(|at| self.level_around(*at) == Some(section)).collect();
            if inside.is_empty() {
                continue;
            }
            let counted = inside.iter().any(|at| self.may_be_counted(*at));
            if !counted {
                self.by_others = true;
                if *grouped.get_or_insert_with(|| self.are_mostly_split(outside)) {
                    continue;
                }
            }
            let by_count = |at: usize| counted || depths & depth(at) != 0;
            let fits = |at: &usize| {
                self.roles[*at].is_none() && self.fits_section(*at, section, by_count(*at), outside)
            };
            let fitting: Vec<(usize, bool)> =
                inside.into_par_iter().filter(fits).map(|at| (at, by_count(at))).collect();
            for (at, by_count) in fitting {
                if self.is_alone(at, by_count) {
                    self.roles[at] = Some(Role::Bug(Why::Section));
                }
            }
        }
    }

    /// Whether a heading is a section that names a level.
    pub(super) fn is_by_severity(&self, at: usize) -> bool {
        let names = self.parts[at].level.is_some() && !self.tree.is_title(at);
        names && !self.is_bug(at) && !self.is_among_fine(at)
    }

    /// Whether a heading in a section by severity is like a bug; `by_count` says that such bugs are counted.
    pub(super) fn fits_section(
        &self,
        at: usize,
        section: usize,
        by_count: bool,
        outside: &impl Around,
    ) -> bool {
        let fits = match by_count {
            true => self.may_be_counted(at),
            false => self.tree.parent(at) == Some(section),
        };
        let is_whole =
            || self.parts[at].entry.id_kind > IdKind::Number || !self.is_split_loosely(at, outside);
        fits && self.may_be_bug(at) && is_whole()
    }

    /// Whether such a heading stands neither in a bug, where bugs are counted, nor over bugs.
    fn is_alone(&self, at: usize, by_count: bool) -> bool {
        let is_whole = self.parts[at].entry.id_kind > IdKind::Number
            || !self.tree.below(at).any(|below| self.is_bug(below));
        is_whole && !(by_count && self.is_below_bug(at))
    }

    pub(super) fn may_be_bug(&self, at: usize) -> bool {
        self.may_be_bug_by_number(at) && (self.parts[at].level.is_none() || self.goes_on_from_level(at))
    }

    /// The same of what others around it are counted with: a word for a level in its title says nothing else of it.
    pub(super) fn may_be_bug_by_number(&self, at: usize) -> bool {
        self.names_bug(at) && !self.is_other(at) && !self.is_repeated(at) && !self.is_among_fine(at)
    }

    /// Whether it has a title, or is called a bug by its number alone: `Bug 1`.
    fn names_bug(&self, at: usize) -> bool {
        let title = self.parts[at].entry.title;
        let title = title.of(self.base);
        has_words(title) && !denies_bugs(title, self.methodology) || title.is_empty() && self.is_called(at)
    }

    /// Whether its id begins with what reports call their entries: `Bug 1`.
    pub(super) fn is_called(&self, at: usize) -> bool {
        let word = self.methodology.headings().leading(self.parts[at].entry.id.of(self.base));
        word.is_some_and(|(word, _)| word == HeadingWord::Bug)
    }

    /// Whether a title only goes on from a word for a level, in a section that names one or among what is counted with it,
    /// and heads nothing further: `### 4. Blocking call in the loop`, `### Warning page is empty`.
    fn goes_on_from_level(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let speaks_of_bugs =
            || self.methodology.headings().has(part.entry.title.of(self.base), HeadingWord::Bug);
        !self.is_bare(at)
            && self.tree.below(at).is_empty()
            && (self.level_around(at).is_some() || self.is_counted_among_others(at))
            && (self.may_be_counted(at) || part.entry.level.is_none() && !speaks_of_bugs())
    }

    /// Whether it has a number and one of the headings nearest beside it has one too, but no word for a level.
    fn is_counted_among_others(&self, at: usize) -> bool {
        let is_numbered = |at: usize| self.parts[at].entry.id_kind == IdKind::Number;
        let place = (self.tree.parent(at), self.parts[at].heading.level);
        let is_other = |other: usize| {
            (self.tree.parent(other), self.parts[other].heading.level) == place
                && is_numbered(other)
                && self.parts[other].level.is_none()
        };
        let beside = |other: &usize| other.abs_diff(at) <= NEAR;
        let above = (0..at).rev().take_while(beside);
        is_numbered(at) && above.chain((at + 1..self.parts.len()).take_while(beside)).any(is_other)
    }

    /// Whether bugs stand in most headings next below sections that name a level: then such headings group them, be
    /// it a single one.
    pub(super) fn are_mostly_split(&self, outside: &impl Around) -> bool {
        let is_next = |at: &usize| {
            let above = self.tree.parent(*at).filter(|above| !self.is_bug(*above));
            above.is_some_and(|above| self.parts[above].level.is_some()) && self.may_be_bug(*at)
        };
        let next: Vec<usize> = (0..self.parts.len()).filter(is_next).collect();
        let split = next.par_iter().filter(|at| self.is_split(**at, outside)).count();
        split > 0 && split * 2 >= next.len()
    }

    /// Whether bugs stand in it: as headings, rows or items.
    pub(super) fn is_split(&self, at: usize, outside: &impl Around) -> bool {
        self.tree.below(at).any(|below| self.is_bug(below)) || self.is_split_loosely(at, outside)
    }

    /// Whether it stands in a section of what is in order.
    pub(super) fn is_among_fine(&self, at: usize) -> bool {
        let is_fine = |topic: Topic| topic.kind == HeadingWord::Fine;
        let denies = |around: usize| {
            let title = self.parts[around].heading.text.of(self.base);
            let said = trailing_bracketed(title).map(|(_, inside)| &title[inside]);
            said.and_then(|said| Topic::of(said, self.methodology.headings())).is_some_and(is_fine)
        };
        self.tree.around(at).any(|around| self.topic(around).is_some_and(is_fine) || denies(around))
    }

    /// Whether a section around it is prose by its title, or a step of what is planned.
    pub(super) fn is_among_prose(&self, at: usize) -> bool {
        let is_aside = |kind: HeadingWord| kind == HeadingWord::Prose || self.steps_plan;
        self.tree
            .around(at)
            .any(|around| !self.tree.is_title(around) && self.titles.heads[around].is_some_and(is_aside))
    }

    pub(super) fn is_below_bug(&self, at: usize) -> bool {
        self.tree.around(at).any(|around| self.is_bug(around))
    }
}

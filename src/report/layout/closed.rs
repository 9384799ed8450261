//! Bugs that are closed, below a heading that says so: they have no number and no level any more, but a status of their own.

use rayon::prelude::*;

use super::{Layout, Role, Why};
use crate::methodology::FieldKind;
use crate::report::field::Field;
use crate::report::part;
use crate::report::section::{names_bugs, status_of};

impl Layout<'_> {
    /// Takes for bugs what stands right below a heading such as `Resolved issues`, as deep as other bugs, or where the heading
    /// is, and with its status in a field or beside its title: `✅ Title`.
    pub(super) fn take_closed(&mut self) {
        let sections: Vec<usize> =
            self.others.par_iter().copied().filter(|at| self.heads_closed(*at)).collect();
        for section in sections {
            let closed: Vec<usize> =
                self.tree.below(section).filter(|at| self.is_closed(*at, section)).collect();
            self.by_others |= !closed.is_empty();
            closed.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Findings)));
        }
    }

    /// Whether a heading is no bug and speaks of bugs that are closed.
    fn heads_closed(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let closes = || {
            let status = status_of(self.base, part.heading.text, self.methodology);
            status.is_some_and(|(status, _)| self.methodology.status(status).closes)
        };
        let speaks_of_bugs = || names_bugs(part.heading.text.of(self.base), self.methodology);
        let holds_stating =
            || self.tree.below(at).filter(|below| self.states_status(*below)).nth(1).is_some();
        self.roles[at].is_none()
            && !self.tree.below(at).is_empty()
            && closes()
            && (speaks_of_bugs() || holds_stating())
    }

    fn is_closed(&self, at: usize, section: usize) -> bool {
        let part = &self.parts[at];
        let is_as_deep =
            |other: usize| self.is_bug(other) && self.parts[other].heading.level == part.heading.level;
        let is_tagged = || !part::entry(self.base, part.heading.text, self.methodology).status.is_empty();
        let is_beside = |other: usize| {
            let place = |at: usize| (self.tree.parent(at), self.parts[at].heading.level);
            self.is_bug(other) && place(other) == place(section)
        };
        let has = |is_such: &dyn Fn(usize) -> bool| (0..self.parts.len()).any(is_such);
        self.roles[at].is_none()
            && self.tree.parent(at) == Some(section)
            && self.may_be_bug(at)
            && (is_tagged() && (has(&is_as_deep) || has(&is_beside))
                || self.states_status(at) && has(&is_as_deep))
    }

    fn states_status(&self, at: usize) -> bool {
        self.status_field(at).is_some()
    }

    /// The first field of its own for its status.
    pub(super) fn status_field(&self, at: usize) -> Option<Field> {
        let own = self.parts[at].own();
        let fields = Field::all(self.base, own, own.start, self.methodology);
        let is_status =
            |field: &Field| self.methodology.fields().is_of(field.name.of(self.base), FieldKind::Status);
        fields.into_iter().find(is_status)
    }
}

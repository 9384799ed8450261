//! What is counted, listed or described like bugs, and what only mentions them.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::family::Families;
use super::{Around, Layout, Role, Why};
use crate::methodology::{FieldKind, HeadingWord};
use crate::report::entry::IdKind;
use crate::report::field::Field;
use crate::report::part;
use crate::report::tested;

/// How many bugs are looked at for whether they are described.
const SAMPLE: usize = 1024;

impl Layout<'_> {
    pub(super) fn take_families(&mut self) {
        let is_open = |at: &usize| self.roles[*at].is_none() && self.parts[*at].entry.id_kind > IdKind::Range;
        if !self.others.par_iter().any(is_open) {
            return;
        }
        self.by_others = true;
        let mut families = Families::of(self.base, self.parts, &self.tree, |at| self.is_bug(at));
        let bare = self.heads_without_fields();
        for at in 0..self.parts.len() {
            let counted = families.supports(self.base, self.parts, &self.tree, at) && !self.names_several(at);
            if counted
                && !self.is_among_prose(at)
                && self.roles[at].is_none()
                && self.may_be_bug(at)
                && !self.is_below_bug(at)
                && !self.heads_levels(at)
                && !self.has_passed(at)
                && !self.ends_well(at)
                && !self.tree.parent(at).is_some_and(|head| bare.contains(&head))
            {
                self.roles[at] = Some(Role::Bug(Why::Family));
                families.take(at);
            }
        }
    }

    /// Whether several headings right below it say nothing but a level, each over a list: what is listed are the bugs.
    fn heads_levels(&self, at: usize) -> bool {
        let is_listed = |below: &usize| {
            let text = self.parts[*below].own().of(self.base).trim_ascii_start();
            matches!(text, [b'-' | b'*' | b'+', b' ', ..])
        };
        let is_level = |below: &usize| {
            let names = self.is_bare(*below) && self.parts[*below].entry.id.is_empty();
            names && self.tree.parent(*below) == Some(at) && is_listed(below)
        };
        self.tree.below(at).filter(is_level).nth(1).is_some()
    }

    /// What a table lists by its id, where at least half of its rows have a heading. A plain number is an id of
    /// too many things.
    pub(super) fn take_listed(&mut self, outside: &impl Around) {
        let open: Vec<usize> = self
            .others
            .par_iter()
            .copied()
            .filter(|at| self.roles[*at].is_none() && self.parts[*at].entry.id_kind > IdKind::Range)
            .filter(|at| self.parts[*at].entry.id_kind != IdKind::Number)
            .filter(|at| !self.names_several(*at) && !self.is_below_bug(*at))
            .collect();
        if open.is_empty() {
            return;
        }
        for ids in outside.listed() {
            let ids: HashSet<&[u8]> = ids.iter().map(|id| id.of(self.base)).collect();
            let is_listed = |at: &&usize| ids.contains(self.parts[**at].entry.id.of(self.base));
            let listed: Vec<usize> = open.iter().filter(is_listed).copied().collect();
            if listed.len() > 1 && listed.len() * 2 >= ids.len() {
                listed.iter().for_each(|at| self.roles[*at] = Some(Role::Bug(Why::Id)));
            }
        }
    }

    pub(super) fn has_bugs(&self) -> bool {
        (0..self.parts.len()).any(|at| self.is_bug(at))
    }

    /// What is counted below a heading that speaks of findings.
    pub(super) fn take_counted(&mut self, outside: &impl Around) {
        let counted: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.may_be_counted(*at) && self.may_be_bug(*at) && !self.is_among_prose(*at))
            .filter(|at| !self.heads_levels(*at) && !self.parts[*at].is_rated())
            .filter(|at| !self.tree.is_title(*at) || self.roles[*at].is_none())
            .collect();
        for at in counted {
            let is_such = self.is_below_findings(at) || self.parts[at].entry.id_kind > IdKind::Number;
            if is_such && !outside.grades_items(&self.parts[at]) {
                self.roles[at] = Some(Role::Bug(Why::Findings));
            }
        }
    }

    /// Whether the heading that it stands below speaks of findings.
    pub(super) fn is_below_findings(&self, at: usize) -> bool {
        let above = self.tree.parent(at).map(|above| self.parts[above].heading.text.of(self.base));
        above.is_some_and(|title| self.methodology.headings().has(title, HeadingWord::Bug))
    }

    /// Tests that failed, by a status of their own, beside those that did not.
    pub(super) fn take_failed_tests(&mut self) {
        let outcome =
            |at: usize| self.status_field(at).and_then(|field| tested::outcome(field.value.of(self.base)));
        let may_be = |at: &usize| {
            self.roles[*at].is_none()
                && self.parts[*at].entry.id_kind >= IdKind::Loose
                && !self.parts[*at].entry.title.is_empty()
        };
        let tests = self.others.par_iter().copied().filter(may_be);
        let failed: Vec<usize> = tests.filter(|at| outcome(*at) == Some(false)).collect();
        failed.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Findings)));
    }

    /// What stands next below a heading that speaks of findings and is described as bugs are, where most of its
    /// neighbours are, and no more is known to be a bug than what a field of its own rates among those.
    pub(super) fn take_described(&mut self) {
        let mut next: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        (self.others.iter().copied())
            .filter(|at| self.roles[*at].is_none() && self.may_be_bug(*at) && !self.is_among_prose(*at))
            .filter(|at| self.is_among_findings(*at) && !self.holds_described(*at))
            .for_each(|at| next.entry(self.parts[at].heading.level).or_default().push(at));
        if next.is_empty() || !self.are_rated_findings() {
            return;
        }
        for (level, next) in next {
            let is_rated = |at: usize| self.is_bug(at) && self.parts[at].heading.level == level;
            let has_rated = || (0..self.parts.len()).any(is_rated);
            let described = next.iter().filter(|at| self.is_described(**at)).count();
            if described * 2 >= next.len() && (described > 1 || described > 0 && has_rated()) {
                next.into_iter().for_each(|at| self.roles[at] = Some(Role::Bug(Why::Findings)));
            }
        }
    }

    /// Whether all that is known to be a bug is rated by a field of its own, below a heading that speaks of findings, and
    /// described as bugs are. Of many some are looked at for that.
    fn are_rated_findings(&self) -> bool {
        let is_rated =
            |at: usize| self.roles[at] == Some(Role::Bug(Why::Field)) && self.is_among_findings(at);
        let bugs: Vec<usize> = (0..self.parts.len()).into_par_iter().filter(|at| self.is_bug(*at)).collect();
        bugs.par_iter().all(|at| is_rated(*at))
            && bugs.iter().step_by(bugs.len().div_ceil(SAMPLE).max(1)).all(|at| self.is_described(*at))
    }

    /// Whether a heading around it speaks of findings, be it the title of the report.
    fn is_among_findings(&self, at: usize) -> bool {
        let speaks = |above: usize| {
            let title = self.parts[above].heading.text.of(self.base);
            self.methodology.headings().has(title, HeadingWord::Bug)
        };
        self.tree.around(at).any(speaks)
    }

    /// Whether what stands right below it is described as bugs are.
    fn holds_described(&self, at: usize) -> bool {
        self.tree.below(at).any(|below| self.tree.parent(below) == Some(at) && self.is_described(below))
    }

    /// Whether it has fields that bugs have: a status, a cause, how to see it.
    pub(super) fn is_described(&self, at: usize) -> bool {
        let own = self.parts[at].own();
        let fields = Field::all(self.base, own, own.start, self.methodology);
        let kinds =
            fields.iter().filter_map(|field| self.methodology.fields().kind_of(field.name.of(self.base)));
        let of_bugs = |kind: &FieldKind| {
            use FieldKind::{Cause, Description, Error, Fix, Impact, Reproduction, Status};
            matches!(kind, Cause | Description | Error | Fix | Impact | Reproduction | Status)
        };
        let is_tagged =
            || !part::entry(self.base, self.parts[at].heading.text, self.methodology).status.is_empty();
        let told = kinds.filter(of_bugs).count();
        told > 1 || told > 0 && is_tagged()
    }

    /// A heading with nothing but an id to be a bug by is none where the id is that of a bug that says more, or where it
    /// repeats a heading before it word for word: which of the two says more may change.
    pub(super) fn settle_mentions(&mut self) {
        let says_little = |at: &usize| self.roles[*at] == Some(Role::Bug(Why::Id)) && !self.says_level(*at);
        if !self.others.par_iter().any(says_little) {
            return;
        }
        self.by_others = true;
        let mut told: HashMap<&[u8], usize> = HashMap::new();
        for at in 0..self.parts.len() {
            let id = self.parts[at].entry.id.of(self.base);
            if self.is_bug(at) && !id.is_empty() && self.says_level(at) {
                told.entry(id).or_insert(at);
            }
        }
        let mut first: HashMap<&[u8], usize> = HashMap::new();
        for at in 0..self.parts.len() {
            let (id, text) =
                (self.parts[at].entry.id.of(self.base), self.parts[at].heading.text.of(self.base));
            if !self.is_bug(at) {
                continue;
            }
            let other = told.get(id).copied().unwrap_or(*first.entry(text).or_insert(at));
            if self.roles[at] == Some(Role::Bug(Why::Id)) && other != at && !self.says_level(at) {
                self.roles[at] = Some(Role::Section);
            }
        }
    }

    pub(super) fn says_level(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.stated.is_some() || part.entry.level.is_some() || self.level_around(at).is_some()
    }
}

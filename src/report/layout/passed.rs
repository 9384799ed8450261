//! Steps of a test that went well, counted beside those that met a bug: `3. Landing page ✅` beside `4. Login ❌ HIGH`.

use std::collections::HashSet;

use rayon::prelude::*;

use super::{Layout, Role, Why};
use crate::methodology::{HeadingWord, LevelId};
use crate::report::inline::{marks, without_marks};
use crate::report::topic::Topic;

/// What stands behind the title of a step that went well, and of one that did not.
pub(super) const PASSED: [&str; 3] = ["✅", "✔", "☑"];
const FAILED: [&str; 4] = ["❌", "✗", "✘", "❎"];

/// What sets off the end of a title.
const ENDS: [&str; 3] = [" — ", " – ", " - "];

impl Layout<'_> {
    /// Whether a heading says that all went well and names no level, where what is counted beside it and names one says that it
    /// did not.
    pub(super) fn has_passed(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let level = |at: usize| -> Option<LevelId> { self.parts[at].entry.level };
        let failed = |other: usize| {
            self.roles[other] == Some(Role::Bug(Why::Level))
                && self.tree.parent(other) == self.tree.parent(at)
                && self.parts[other].heading.level == part.heading.level
                && level(other).is_some()
                && self.says(other, &FAILED)
        };
        level(at).is_none()
            && part.stated.is_none()
            && self.says(at, &PASSED)
            && (0..self.parts.len()).any(failed)
    }

    /// Whether its title ends with what says that all is in order, where those of others say how severe they are: `5.3 Locks —
    /// **GOOD**`.
    pub(super) fn ends_well(&self, at: usize) -> bool {
        let title = self.parts[at].entry.title.of(self.base);
        let dash = ENDS
            .iter()
            .filter_map(|dash| Some(memchr::memmem::rfind(title, dash.as_bytes())? + dash.len()))
            .max();
        let end = dash.map(|end| &title[end + marks(&title[end..])..]);
        let topic = end.and_then(|end| Topic::of(&end[..without_marks(end)], self.methodology.headings()));
        topic.is_some_and(|topic| topic.kind == HeadingWord::Fine && topic.is_whole)
    }

    /// Makes no bugs of the steps that did not go well, beside such that did, where what they met is told as bugs of their own:
    /// at least as many headings that are called bugs state elsewhere how severe they are.
    pub(super) fn settle_failed(&mut self) {
        let is_failed =
            |at: &usize| self.roles[*at] == Some(Role::Bug(Why::Level)) && self.says(*at, &FAILED);
        let failed: Vec<usize> = self.others.par_iter().copied().filter(is_failed).collect();
        if failed.is_empty() {
            return;
        }
        let place = |at: usize| (self.tree.parent(at), self.parts[at].heading.level);
        let has_passed = |at: &usize| !self.is_bug(*at) && self.says(*at, &PASSED);
        let passed: HashSet<_> = (0..self.parts.len()).filter(has_passed).map(place).collect();
        let is_step = |at: &usize| passed.contains(&place(*at));
        let steps: Vec<usize> = failed.into_iter().filter(is_step).collect();
        let holding: HashSet<_> = steps.iter().map(|at| self.tree.parent(*at)).collect();
        let is_apart = |at: &usize| {
            self.roles[*at] == Some(Role::Bug(Why::Field))
                && self.is_called(*at)
                && !holding.contains(&self.tree.parent(*at))
        };
        let are_told = (0..self.parts.len()).filter(is_apart).count() >= steps.len();
        self.by_others |= !steps.is_empty();
        if are_told {
            steps.into_iter().for_each(|at| self.roles[at] = Some(Role::Section));
        }
    }

    pub(super) fn says(&self, at: usize, signs: &[&str]) -> bool {
        let text = self.parts[at].heading.text.of(self.base);
        !text.is_ascii() && signs.iter().any(|sign| memchr::memmem::find(text, sign.as_bytes()).is_some())
    }
}

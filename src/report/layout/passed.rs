//! Steps of a test that went well, counted beside those that met a bug: `3. Landing page ✅` beside `4. Login ❌ HIGH`.

use super::{Layout, Role, Why};
use crate::methodology::LevelId;

/// What stands behind the title of a step that went well, and of one that did not.
const PASSED: [&str; 3] = ["✅", "✔", "☑"];
const FAILED: [&str; 4] = ["❌", "✗", "✘", "❎"];

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

    fn says(&self, at: usize, signs: &[&str]) -> bool {
        let text = self.parts[at].heading.text.of(self.base);
        !text.is_ascii() && signs.iter().any(|sign| memchr::memmem::find(text, sign.as_bytes()).is_some())
    }
}

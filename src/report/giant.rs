//! Bugs so long that finding their fields again for every key would hold it up: theirs are found once, and no
//! more of them than anybody has written.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::{Bug, BugIx, Field};

/// How long the block of such a bug is at least, in bytes.
const LEAST: usize = 64 * 1024;

/// How many fields such a bug has; what follows them is text.
const FIELDS: usize = 10_000;

/// How many bugs are looked at on one core.
const AT_ONCE: usize = 1 << 14;

/// The giants of a report in order, and their fields once somebody has asked for them.
#[derive(Clone, Debug)]
pub(super) struct Giants(Vec<(BugIx, OnceLock<Vec<Field>>)>);

impl Giants {
    /// The giants among these bugs.
    pub(super) fn of(bugs: &[Bug]) -> Giants {
        let is_giant = |(_, bug): &(usize, &Bug)| bug.block.len() >= LEAST;
        let giants = bugs.par_iter().with_min_len(AT_ONCE).enumerate().filter(is_giant);
        Giants(giants.map(|(at, _)| (BugIx(at as u32), OnceLock::new())).collect())
    }

    /// Whether a bug is one of them.
    pub(super) fn has(&self, bug: BugIx) -> bool {
        self.0.binary_search_by_key(&bug, |(bug, _)| *bug).is_ok()
    }

    /// The fields of a bug, which `find` finds.
    pub(super) fn fields(&self, bug: BugIx, find: impl FnOnce() -> Vec<Field>) -> Vec<Field> {
        match self.0.binary_search_by_key(&bug, |(bug, _)| *bug) {
            Ok(at) => self.0[at].1.get_or_init(|| first(find())).clone(),
            Err(_) => find(),
        }
    }
}

fn first(mut fields: Vec<Field>) -> Vec<Field> {
    fields.truncate(FIELDS);
    fields.shrink_to_fit();
    fields
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::Report;

    /// The work of a frame would grow with the length of the bug under the cursor.
    #[test]
    fn the_fields_of_a_giant_are_found_once_and_are_bounded() {
        let fields = "- **Note:** text\n".repeat(2 * FIELDS);
        let report =
            format!("### BUG-1: x\n\n- **Severity:** P0\n{fields}\n### BUG-2: y\n\n- **Severity:** P1\n");
        let report = Report::parse(report.as_bytes().into(), &Arc::new(Methodology::embedded()));
        assert_eq!(report.fields(BugIx(0)).len(), FIELDS);
        assert_eq!(report.fields(BugIx(1)).len(), 1);
        let again = report.giants.fields(BugIx(0), || panic!("they are known"));
        assert_eq!(again, report.fields(BugIx(0)));
    }
}

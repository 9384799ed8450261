//! What rows say that is read off the text of bugs, kept from frame to frame: the same rows are drawn again and again,
//! and finding a bug's fields takes longer than drawing its row.
//!
//! It is of one reading of a report, which never changes. What is pending is asked of the session in each frame.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use crate::report::{BugIx, Report};

/// How many bugs are remembered at most.
const MOST: usize = 512;

/// What is remembered of the frames before.
#[derive(Debug, Default)]
pub struct Memory {
    of: Weak<Report>,
    written: HashMap<BugIx, Written>,
}

/// What the report says of a bug.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) scope: Option<String>,
    pub(super) status: Option<String>,
}

impl Memory {
    /// What this report says of a bug.
    pub(super) fn written(&mut self, report: &Arc<Report>, bug: BugIx) -> &Written {
        let of = Arc::downgrade(report);
        if !self.of.ptr_eq(&of) || self.written.len() >= MOST && !self.written.contains_key(&bug) {
            *self = Memory { of, written: HashMap::new() };
        }
        self.written.entry(bug).or_insert_with(|| Written::of(report, bug))
    }
}

impl Written {
    fn of(report: &Report, bug: BugIx) -> Written {
        let [scope, status] = [report.scope(bug), report.status(bug)];
        Written { scope: scope.map(Into::into), status: status.map(Into::into) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methodology::Methodology;

    fn report(bugs: usize, scope: &str) -> Arc<Report> {
        let bug = |at| format!("### B-{at}: x\n- **Severity:** P1\n- **Scope:** {scope} {at}\n\n");
        let text: String = (0..bugs).map(bug).collect();
        Arc::new(Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded())))
    }

    /// Rows would show what a report said before it was written anew.
    #[test]
    fn what_is_remembered_is_of_the_report_that_is_drawn() {
        let mut memory = Memory::default();
        let (before, after) = (report(1, "old"), report(1, "new"));
        for (report, scope) in [(&before, "old 0"), (&after, "new 0"), (&before, "old 0")] {
            assert_eq!(memory.written(report, BugIx(0)).scope.as_deref(), Some(scope));
        }
    }

    /// Going through a long report would fill the memory with what nobody sees any more.
    #[test]
    fn no_more_is_remembered_than_a_few_screens_hold() {
        let (mut memory, report) = (Memory::default(), report(2 * MOST + 1, "a"));
        for bug in report.indexes() {
            assert_eq!(memory.written(&report, bug).scope, Some(format!("a {}", bug.0)));
            assert!(memory.written.len() <= MOST);
        }
    }
}

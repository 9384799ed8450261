//! What does not fit together as a sheet: a finding a line, each made when it is asked for.

use std::sync::Arc;

use super::Line;
use crate::report::{BugIx, ClaimIx, Finding, Report};

/// How far in a finding goes on where it is wrapped: behind the number of its line.
const HANG: usize = 8;

/// What does not fit together as a sheet.
#[derive(Debug)]
pub struct CheckSheet {
    /// What was found.
    pub findings: Arc<Vec<Finding>>,
    /// The claims that pending decisions set anew, in order.
    pub set: Vec<ClaimIx>,
    /// The report in which it was found.
    pub report: Arc<Report>,
}

impl CheckSheet {
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    pub(super) fn about(&self, at: usize) -> Option<BugIx> {
        self.findings.get(at)?.bug
    }

    /// `    14  ● set · claim: P0 claims 22 and documents 6`
    pub(super) fn line(&self, at: usize) -> Line {
        let Some(finding) = self.findings.get(at) else { return Line::default() };
        let number = Line::of("quiet", &format!("{:>6}  ", self.report.line_of(finding.at)));
        let line = if self.is_set(finding) { number.and("list.changed", "● set · ") } else { number };
        let kind = format!("{}: ", finding.kind.name());
        line.and("warning", &kind).and("text", &finding.what).hanging(HANG)
    }

    fn is_set(&self, finding: &Finding) -> bool {
        finding.claim.is_some_and(|(claim, _)| self.set.binary_search(&claim).is_ok())
    }
}

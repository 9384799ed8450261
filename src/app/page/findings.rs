//! What does not fit together in the report as a sheet: a line for each finding, made when it is asked for.

use std::collections::HashSet;
use std::sync::Arc;

use super::Line;
use crate::report::{BugIx, ClaimIx, Finding, Report};

/// How far in a finding goes on where it is wrapped: behind its line's number.
const HANG: usize = 8;

/// Findings as a sheet.
#[derive(Debug)]
pub struct FindingsSheet {
    /// What was found, in the order of the report.
    pub findings: Arc<Vec<Finding>>,
    /// The claims that a decision not saved yet sets right.
    pub set: HashSet<ClaimIx>,
    /// The report that it is about.
    pub report: Arc<Report>,
}

impl FindingsSheet {
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    pub(super) fn nearest(&self, line: usize) -> usize {
        line.min(self.len().saturating_sub(1))
    }

    pub(super) fn about(&self, at: usize) -> Option<BugIx> {
        self.findings.get(at)?.bug
    }

    /// `    14  ● set · claim: P0 claims 22 and documents 6`
    pub(super) fn line(&self, at: usize) -> Line {
        let Some(finding) = self.findings.get(at) else { return Line::default() };
        let is_set = finding.claim.is_some_and(|(claim, _)| self.set.contains(&claim));
        let number = format!("{:>6}  ", self.report.line_of(finding.at));
        let line = Line::of("quiet", &number);
        let line = if is_set { line.and("list.changed", "● set · ") } else { line };
        let kind = format!("{}: ", finding.kind.name());
        line.and("warning", &kind).and("text", &finding.what).hanging(HANG)
    }
}

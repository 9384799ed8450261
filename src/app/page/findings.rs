//! What does not fit together in the report as a sheet: a line for each finding, made when it is asked for.

use std::collections::HashMap;
use std::sync::Arc;

use super::Line;
use crate::report::{BugIx, ClaimIx, Count, Finding, Report};

/// How far in a finding goes on where it is wrapped: behind its line's number.
const HANG: usize = 8;

/// Findings as a sheet.
#[derive(Debug)]
pub struct FindingsSheet {
    /// What was found, in the order of the report.
    pub findings: Arc<Vec<Finding>>,
    /// The claims that decisions not saved yet set right, each with the number that all of these leave it.
    pub set: HashMap<ClaimIx, i64>,
    /// The report that it is about.
    pub report: Arc<Report>,
    /// Whether there are claims that could be set right and are not.
    pub is_open: bool,
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

    /// `    14  ○ claim: P0 claims 22 and documents 6` where the claim can be set right, and once it is:
    /// `    14  ● claim: P0 claims 22 and documents 6 → set to 6`.
    pub(super) fn line(&self, at: usize) -> Line {
        let Some(finding) = self.findings.get(at) else { return Line::default() };
        let claim = finding.restated(&self.report);
        let set = claim.and_then(|claim| self.set.get(&claim.claim));
        let number = format!("{:>6}  ", self.report.line_of(finding.at));
        let line = Line::of("quiet", &number);
        let line = match (claim, set) {
            (_, Some(_)) => line.and("list.changed", "● "),
            (Some(_), None) => line.and("footer.key", "○ "),
            (None, None) => line,
        };
        let kind = format!("{}: ", finding.kind.name());
        let line = line.and("warning", &kind).and("text", &finding.what).hanging(HANG);
        let set = claim.zip(set).map(|(claim, set)| self.written(claim.claim, *set));
        set.into_iter().fold(line, |line, set| line.and("list.changed", &format!(" → set to {set}")))
    }

    /// A number as the claim has it once it is set: `3+` where it was `15+`.
    fn written(&self, claim: ClaimIx, number: i64) -> Count {
        let number = number.max(0).unsigned_abs();
        match self.report.claims().get(claim.at()).map(|claim| claim.count) {
            Some(Count::AtLeast(_)) => Count::AtLeast(number),
            Some(Count::About(_)) => Count::About(number),
            _ => Count::Exact(number),
        }
    }
}

//! A claim as a journal holds it: its place among the claims, and what witnesses that it is that one.

use serde::{Deserialize, Serialize};

use crate::report::{Claim, ClaimIx, Report, Restated};

/// A claim set anew, in a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct ClaimText {
    nth: u32,
    witness: Witness,
    from: i64,
    to: i64,
}

/// What a claim says, levels and statuses by key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Witness {
    place: String,
    level: Option<String>,
    status: Option<String>,
    number: Option<u64>,
}

impl Witness {
    fn of(claim: &Claim, report: &Report) -> Witness {
        let methodology = report.methodology();
        let status = |id| methodology.status(id).key.clone();
        Witness {
            place: claim.place.name().to_owned(),
            level: claim.level.map(|level| methodology.level(level).key.clone()),
            status: claim.of.status().map(status),
            number: claim.count.number(),
        }
    }
}

impl ClaimText {
    /// A claim of this report, set anew.
    pub(super) fn of(restated: &Restated, report: &Report) -> ClaimText {
        let witness = Witness::of(&report.claims()[restated.claim.at()], report);
        ClaimText { nth: restated.claim.0, witness, from: restated.from, to: restated.to }
    }

    /// `P0 22 → 21`.
    pub(in crate::store) fn moved(&self) -> String {
        let whose = [&self.witness.level, &self.witness.status].into_iter().flatten();
        let whose = whose.map(String::as_str).collect::<Vec<_>>().join(" ");
        let whose = if whose.is_empty() { "all bugs" } else { &whose };
        format!("{whose} {} → {}", self.from, self.to)
    }

    /// The same claim of a report that may have changed: the one at its place, else the first that says the same.
    pub(super) fn on(&self, report: &Report) -> Option<Restated> {
        let is_it = |claim: &Claim| Witness::of(claim, report) == self.witness;
        let here = report.claims().get(self.nth as usize).filter(|claim| is_it(claim)).map(|_| self.nth);
        let claim = here.or_else(|| report.claims().iter().position(is_it).map(|at| at as u32))?;
        Some(Restated { claim: ClaimIx(claim), from: self.from, to: self.to })
    }
}

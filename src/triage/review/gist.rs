//! What the pending decisions come to in the report, in numbers: what a difference of hundreds of lines holds.

use std::ops::Range;

use crate::report::To;
use crate::text::edit::Edits;
use crate::triage::{BugSet, Session, Stale};

/// How much of each kind the pending decisions change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    /// Bugs that get another severity.
    pub severities: usize,
    /// Bugs that get another scope, or lose theirs.
    pub scopes: usize,
    /// The same for statuses.
    pub statuses: usize,
    /// Values of other fields.
    pub fields: usize,
    /// Bugs that go elsewhere.
    pub moved: usize,
    /// Numbers that count bugs.
    pub counts: usize,
    /// Those of them that were wrong before, and stay as far off.
    pub off: usize,
    /// What is right no longer: counts, sums, lists of ids by level.
    pub broken: usize,
}

impl Gist {
    /// What these edits, which the pending decisions come to, change; `moves` are the stretches of the report that go
    /// elsewhere, in their order. Takes time in the number of bugs and edits.
    pub fn of(session: &Session, edits: &Edits, moves: &[Range<usize>], stale: &Stale) -> Gist {
        let report = session.report();
        let touched: Vec<BugSet> =
            session.pending().iter().map(|decision| decision.draft.touched()).collect();
        let mut gist = Gist { off: stale.off.len(), broken: stale.broken.len(), ..Gist::default() };
        for bug in BugSet::of_all(touched.iter()).iter() {
            let net = session.net(bug);
            let block = report.bug(bug).block.range();
            gist.severities += usize::from(session.level_reported(bug) != session.level(bug));
            gist.scopes += usize::from(!net.scope.is_keep());
            gist.statuses += usize::from(!net.status.is_keep());
            gist.fields += net.fields.iter().filter(|(_, to)| *to != To::Keep).count();
            gist.moved += usize::from(meets(moves, &block));
        }
        let changed: Vec<Range<usize>> = edits.iter().map(|edit| edit.span.range()).collect();
        gist.counts = report.claims().iter().filter(|claim| meets(&changed, &claim.span.range())).count();
        gist
    }

    /// `7 severities, 7 bugs moved, 3 counts`; nothing where it is none of these.
    pub fn said(&self) -> String {
        let many = |count: usize, one: &str, more: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {more}")),
        };
        let said = [
            many(self.severities, "severity", "severities"),
            many(self.scopes, "scope", "scopes"),
            many(self.statuses, "status", "statuses"),
            many(self.fields, "field", "fields"),
            many(self.moved, "bug moved", "bugs moved"),
            many(self.counts, "count", "counts"),
            many(self.off, "was wrong before", "were wrong before"),
            many(self.broken, "place is right no longer", "places are right no longer"),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether one of some ranges, which are in order and disjoint, has something of another.
fn meets(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let behind = ranges.partition_point(|known| known.end <= range.start);
    ranges.get(behind).is_some_and(|known| known.start < range.end)
}

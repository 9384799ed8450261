//! What pending decisions leave untrue in a report: counts that were wrong before and move along, and what follows from bugs and
//! is right no longer. A save keeps true what is; it makes nothing right unasked.

use std::collections::{HashMap, HashSet};

use crate::methodology::LevelId;
use crate::report::audit::{self, Finding, Kind};
use crate::report::{Claim, ClaimIx, Counts, Report, Restated, Writing};
use crate::text::counted;
use crate::text::edit::Edits;
use crate::triage::{Draft, Session};

/// How many counts are named that were wrong before, and how many other things.
const NAMED: usize = 3;

/// What pending decisions leave untrue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// The counts that were wrong before and move along, each as what it counts, its line, what it says and what is so.
    pub off: Vec<String>,
    /// What is right no longer, each with the line where it stands afterwards.
    pub broken: Vec<String>,
}

impl Stale {
    /// The same for what these edits make of the report, which is read for that.
    pub fn with(session: &Session, edits: &Edits, writing: Writing) -> Stale {
        let report = session.report();
        let after = report.edited(&report.untouched(edits), edits.applied(report.base())).report;
        Stale::of(session, &after, writing)
    }

    /// What the pending decisions of a session leave untrue in what they make of its report; nothing where they take others
    /// back. Takes time in its length where it counts anything.
    pub fn of(session: &Session, after: &Report, writing: Writing) -> Stale {
        let before = session.report();
        let changes = |draft: &Draft| draft.parts.iter().any(|part| !part.set.is_empty());
        let mut drafts = session.pending().iter().map(|decision| &decision.draft);
        if !drafts.any(|draft| changes(draft) && !draft.goes_back()) {
            return Stale::default();
        }
        let (old, mut now) = rayon::join(|| audit::following(before), || audit::following(after));
        let mut known: HashMap<String, usize> = HashMap::new();
        for finding in &old {
            *known.entry(named(before, finding)).or_default() += 1;
        }
        let is_new = |finding: &Finding| match known.get_mut(&named(after, finding)) {
            Some(count @ 1..) => {
                *count -= 1;
                false
            }
            _ => true,
        };
        now.retain(is_new);
        let told = |finding: &Finding| format!("{} (line {})", finding.what, after.line_of(finding.at));
        let broken = uncounted(before, after).into_iter().chain(now.iter().map(told)).collect();
        Stale { off: off(session, &old, writing), broken }
    }

    /// The same in a few sentences.
    pub fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        if let Some(off) = listed(&self.off) {
            let (counts, verbs) = match self.off.len() {
                1 => ("1 count".to_owned(), "was wrong before and stays"),
                many => (counted(many, "count"), "were wrong before and stay"),
            };
            said.push(format!(
                "{counts} {verbs} as far off ({off}); `regrade check REPORT --fix-claims` sets counts right"
            ));
        }
        said.extend(listed(&self.broken).map(|broken| format!("no longer right after this: {broken}")));
        said
    }
}

/// The levels that tables and lists counted no bug of because there was none, and still count none of, in words.
fn uncounted(before: &Report, after: &Report) -> Vec<String> {
    let (old, now) = (before.counts_by_level(), after.counts_by_level());
    if old.len() != now.len() {
        return Vec::new();
    }
    let was_whole = |(old, _): &(&Counts, &Counts)| old.left_out.is_empty();
    let told = |counts: &Counts, level: LevelId, bugs: usize| {
        let (key, line) = (&after.methodology().level(level).key, after.line_of(counts.at));
        let are = if bugs == 1 { "is" } else { "are" };
        format!("the {} counts no {key}, and {} {are} (line {line})", counts.place, counted(bugs, "bug"))
    };
    let parted = old.iter().zip(&now).filter(was_whole);
    parted.flat_map(|(_, now)| now.left_out.iter().map(|(level, bugs)| told(now, *level, *bugs))).collect()
}

/// The counts that move although they are wrong, as was found before, in words.
fn off(session: &Session, found: &[Finding], writing: Writing) -> Vec<String> {
    let report = session.report();
    let wrong: Vec<Restated> = found.iter().filter_map(|finding| finding.restated(report)).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let moved = session.claims_moved(writing);
    let set: HashSet<ClaimIx> = session.restated().iter().map(|restated| restated.claim).collect();
    let is_moved = |wrong: &Restated| moved[wrong.claim.at()] != 0 && !set.contains(&wrong.claim);
    let told = |wrong: Restated| {
        let claim: &Claim = &report.claims()[wrong.claim.at()];
        let (whose, line) = (report.subject(claim), report.line_of(claim.span.start));
        format!("{whose} on line {line} said {} and documented {}", wrong.from, wrong.to)
    };
    wrong.into_iter().filter(is_moved).map(told).collect()
}

/// What a finding is about, without its numbers and its place, by which it is known again after a change.
fn named(report: &Report, finding: &Finding) -> String {
    let claim = finding.claim.and_then(|(claim, _)| report.claims().get(claim.at()));
    match (finding.kind, claim) {
        (_, Some(claim)) => format!("{} {}", claim.place.name(), report.subject(claim)),
        (Kind::Sum, None) => finding.what.chars().filter(|letter| !letter.is_ascii_digit()).collect(),
        (_, None) => finding.what.clone(),
    }
}

/// The first few of some texts, and how many more there are; `None` where there are none.
fn listed(all: &[String]) -> Option<String> {
    let first = all.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    match all.len() {
        0 => None,
        some if some > NAMED => Some(format!("{first} and {} more", some - NAMED)),
        _ => Some(first),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::{BugIx, To};
    use crate::triage::{BugSet, Decision, Event, Kind, Set};

    /// What is said once the first bug of a report has this level.
    fn said(text: &str, level: u8) -> Vec<String> {
        let methodology = Arc::new(Methodology::embedded());
        let report = Arc::new(Report::parse(text.as_bytes().into(), &methodology));
        let mut session = Session::new(report, methodology, Vec::new());
        let set = Set { severity: To::Value(LevelId(level)), ..Set::default() };
        let draft = Draft::new(Kind::Reclassified, BugSet::from_iter([BugIx(0)]), set);
        let decision =
            Decision { at: "2026-02-11T20:25:48Z".parse().expect("a time"), by: "Ada".into(), draft };
        session.apply(Event::Decided(decision));
        let edits = session.edits(Writing::default()).expect("edits that do not meet");
        Stale::with(&session, &edits, Writing::default()).said()
    }

    const BUGS: &str = "\n### B-1: a\n\n- **Severity:** High\n\n### B-2: b\n\n- **Severity:** Low\n";

    /// Who saves would believe that the report is right now, or that it was regrade that made it wrong.
    #[test]
    fn what_was_wrong_is_told_from_what_becomes_wrong() {
        let table = |high: u64| {
            format!(
                "# Bugs\n\n| Severity | Count |\n|---|---|\n| High | {high} |\n| Low | 1 |\n| Total | {} |\n{BUGS}",
                high + 1
            )
        };
        assert_eq!(said(&table(1), 3), [""; 0]);
        assert_eq!(
            said(&table(4), 3),
            ["1 count was wrong before and stays as far off (P1 on line 5 said 4 and documented 1); \
              `regrade check REPORT --fix-claims` sets counts right"]
        );
        assert_eq!(
            said(&table(1), 2),
            ["no longer right after this: the table counts no P2, and 1 bug is (line 5); \
              the column Count adds up to 1, and its total says 2 (line 7)"],
            "no row counts what it is now"
        );
        let list = format!("# Bugs\n\n- High: 1\n- Low: 1\n{BUGS}");
        assert_eq!(
            said(&list, 0),
            ["no longer right after this: the list counts no P0, and 1 bug is (line 3)"]
        );
        assert_eq!(said(&list, 3), [""; 0]);
        let partial = format!("# Bugs\n\n- Critical: 0\n- High: 1\n{BUGS}");
        assert_eq!(said(&partial, 2), [""; 0], "it never counted all");
        let more = format!("# Bugs\n\nWe found 1 high bug.\n\n- High: B-1\n{BUGS}");
        let told = said(&more, 3);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("P1 claims 1 and documents 0 (line 3)"), "{told:?}");
        assert!(told[0].contains("a list has it under P1 (line 5)"), "{told:?}");
    }
}

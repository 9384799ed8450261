//! What bugs have already: the one answer for keys, commands and files, so that none of them records a change from something to
//! the same.

use std::borrow::Cow;

use crate::methodology::LevelId;
use crate::report::{BugIx, Change, To, Writing, render};
use crate::triage::decision::meaning::{is_scope, is_status};
use crate::triage::session::Session;
use crate::triage::session::net::{Net, or_written};
use crate::triage::{Draft, Fact, Kind, Part, Past, Set};

/// When two texts are the same scope, and the same status.
type Same<'a> = (&'a dyn Fn(&str, &str) -> bool, &'a dyn Fn(&str, &str) -> bool);

impl Session {
    /// Whether a bug has all of these values, decisions included, its severity and its status wherever they are written as far
    /// as writing them so can make it. Scopes and statuses are held against each other by what they mean.
    pub fn has(&self, bug: BugIx, set: &Set, writing: Writing) -> bool {
        self.have([(bug, set)], writing)
    }

    /// The same of several bugs, which takes less time than asking for each.
    pub fn have<'s>(&self, given: impl IntoIterator<Item = (BugIx, &'s Set)>, writing: Writing) -> bool {
        let methodology = self.methodology();
        let is_scope = |has: &str, to: &str| is_scope(has, to, methodology);
        let is_status = |has: &str, to: &str| is_status(has, to, true, methodology);
        self.have_same(given, writing, (&is_scope, &is_status))
    }

    /// The same of one bug, its status in these very words. A scope that means the same is never written anew.
    pub fn has_in_words(&self, bug: BugIx, set: &Set, writing: Writing) -> bool {
        let is_scope = |has: &str, to: &str| is_scope(has, to, self.methodology());
        self.have_same([(bug, set)], writing, (&is_scope, &|has, to| has == to))
    }

    /// The same of a bug to which a decision that the log tells of gave them, whatever words or box the report has for them,
    /// and wherever else it writes another severity.
    pub fn still_has(&self, bug: BugIx, set: &Set) -> bool {
        let values = self.report().values(bug);
        let status = match &set.status {
            To::Value(status) => To::Value(values.status_after(status).to_owned()),
            other => other.clone(),
        };
        let others = Set { severity: To::Keep, status, ..set.clone() };
        let methodology = self.methodology();
        let is_scope = |has: &str, to: &str| is_scope(has, to, methodology);
        let is_status = |has: &str, to: &str| is_status(has, to, true, methodology);
        set.severity.after(self.level(bug)) == self.level(bug)
            && self.has_others(bug, &others, &self.net(bug), (&is_scope, &is_status))
    }

    /// Whether a decision sets something, and every bug of it has all that it gets; of one about the report as a whole,
    /// whether one that stands says the same, and the report still has its paragraph. A note says nothing that could be so.
    pub fn is_so(&self, draft: &Draft, writing: Writing) -> bool {
        if draft.is_empty() {
            return self.is_told(draft);
        }
        let sets = !matches!(draft.kind, Kind::Confirmed | Kind::Reverted);
        let gives = |part: &Part| !part.bugs.is_empty() && !part.set.is_empty();
        sets && draft.parts.iter().all(gives) && self.have(draft.bugs(), writing)
    }

    fn is_told(&self, draft: &Draft) -> bool {
        use Kind::{Finding, Fixed, NotExecuted, Recommendation};
        let is_same = |kind: Kind, rationale: &str, facts: &[(Fact, String)]| {
            kind == draft.kind && rationale == draft.rationale && facts == draft.facts
        };
        let has_place = |past: &Past| past.kind.paragraph().is_none() || past.paragraph.is_some();
        let of_past = |past: &&Past| {
            past.is_general && has_place(past) && is_same(past.kind, &past.rationale, &past.facts)
        };
        let of_pending = |made: &Draft| made.is_empty() && is_same(made.kind, &made.rationale, &made.facts);
        matches!(draft.kind, Finding | Recommendation | Fixed | NotExecuted)
            && (self.standing().any(|past| of_past(&past))
                || self.pending().iter().any(|made| of_pending(&made.draft)))
    }

    /// Whether a bug has this severity, decisions included, wherever it is written.
    pub fn agrees(&self, bug: BugIx, severity: To<LevelId>) -> bool {
        let (net, set) = (self.net(bug), Set { severity, ..Set::default() });
        self.has_level(bug, &set, &net) && (!net.severity.is_keep() || self.report().agrees(bug, &severity))
    }

    /// Whether the report gives a bug a level, and a decision that gives it that writes it where it says another.
    pub fn brings_in_line(&self, bug: BugIx, level: LevelId, writing: Writing) -> bool {
        let (report, severity) = (self.report(), To::Value(level));
        let change = Change { severity, ..Change::of(bug) };
        report.level(bug) == Some(level)
            && !report.agrees(bug, &severity)
            && render::brings_in_line(report, &[change], writing)
    }

    fn have_same<'s>(
        &self,
        given: impl IntoIterator<Item = (BugIx, &'s Set)>,
        writing: Writing,
        same: Same<'_>,
    ) -> bool {
        let mut disagreeing: Vec<Change> = Vec::new();
        let brings = |changes: &[Change]| render::brings_in_line(self.report(), changes, writing);
        for (bug, set) in given {
            let net = self.net(bug);
            if !self.has_level(bug, set, &net) || !self.has_others(bug, set, &net, same) {
                return false;
            }
            if let (To::Value(status), To::Keep) = (&set.status, net.status)
                && render::brings_status_in_line(self.report(), bug, status)
            {
                return false;
            }
            if net.severity.is_keep() && !self.report().agrees(bug, &set.severity) {
                let change = Change { severity: set.severity, ..Change::of(bug) };
                if disagreeing.is_empty() && brings(std::slice::from_ref(&change)) {
                    return false;
                }
                disagreeing.push(change);
            }
        }
        disagreeing.sort_by_key(|change| change.bug);
        // One alone has been asked for above.
        disagreeing.len() < 2 || !brings(&disagreeing)
    }

    fn has_others(&self, bug: BugIx, set: &Set, net: &Net<'_>, (is_scope, is_status): Same<'_>) -> bool {
        let report = self.report();
        let field = |(name, to): &(String, To<String>)| {
            let has = || or_written(net.field(name), || report.field(bug, name));
            is_given(to, has, |has, to| report.says(bug, (has, to), |has, to| has == to))
        };
        let scope = || or_written(net.scope, || report.scope(bug));
        let status = || or_written(net.status, || report.status(bug));
        is_given(&set.scope, scope, |has, to| report.says(bug, (has, to), is_scope))
            && is_given(&set.status, status, |has, to| report.says(bug, (has, to), is_status))
            && set.fields.iter().all(field)
    }

    /// Whether the severity of a bug is that, wherever else another is written.
    fn has_level(&self, bug: BugIx, set: &Set, net: &Net<'_>) -> bool {
        let written = self.report().level(bug);
        match (set.severity, net.severity) {
            (To::Keep, _) => true,
            (to, To::Keep) => to.after(written) == written,
            (to, pending) => to == pending,
        }
    }
}

/// Whether a value is there as it is to be; what is to be kept is not looked for.
pub(in crate::triage) fn is_given<'a>(
    to: &To<String>,
    now: impl FnOnce() -> Option<Cow<'a, str>>,
    is_same: impl FnOnce(&str, &str) -> bool,
) -> bool {
    match to {
        To::Keep => true,
        To::Clear => now().is_none_or(|now| is_same(&now, "")),
        To::Value(to) => now().is_some_and(|now| is_same(&now, to)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::Report;

    /// What is so would be decided again, or what is not be taken for done.
    #[test]
    fn a_bug_has_what_is_written_and_what_is_meant() {
        let text = "### A-1: It stops\n- **Severity:** P1\n- **Scope:** test\n- **Status:** ✅ FIXED - in main\n- **Owner:** Ben\n";
        let methodology = Arc::new(Methodology::embedded());
        let report = Arc::new(Report::parse(text.as_bytes().into(), &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let (writing, to) = (Writing::default(), |text: &str| To::Value(text.to_owned()));
        let scope = |text: &str| Set { scope: to(text), ..Set::severity(LevelId(1)) };
        let has =
            |set: &Set| (session.has(BugIx(0), set, writing), session.has_in_words(BugIx(0), set, writing));
        assert_eq!(has(&scope("test")), (true, true));
        assert_eq!(has(&scope("Test infrastructure")), (true, true));
        assert_eq!(has(&scope("production")), (false, false));
        assert_eq!(has(&Set::severity(LevelId(2))), (false, false));
        let status = |text: &str| Set { status: to(text), ..Set::default() };
        assert_eq!(has(&status("resolved - in main")), (true, false));
        assert_eq!(has(&status("resolved")), (false, false));
        let field = |name: &str, to| Set { fields: vec![(name.to_owned(), to)], ..Set::default() };
        assert_eq!(has(&field("Owner", to("Ben"))), (true, true));
        assert_eq!(has(&field("Owner", To::Clear)), (false, false));
        assert_eq!(has(&field("Fix", To::Clear)), (true, true));
    }
}

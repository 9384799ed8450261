//! What stood in the way, and what is left.

use rayon::prelude::*;

use super::decisions::under;
use super::{Review, called, counted, list};
use crate::export::front::{one, texts};
use crate::export::inline::{code, line, sentence};
use crate::methodology::{LevelId, Status};
use crate::report::audit::Kind as Sort;
use crate::report::{BugIx, audit, without_remark};
use crate::triage::query::Refused;
use crate::triage::review::gate::expect_bugs;
use crate::triage::{Gate, Judged, Kind};

/// What is said of a report that may have been cut off, or written elsewhere, rather than be free of bugs.
const NO_BUG: &str = "No bug was recognised in the report";

impl Review<'_> {
    pub(super) fn issues(&self) -> String {
        let notes = self.of(Kind::Note).filter(|entry| entry.bugs.is_empty());
        let notes = notes.map(|entry| format!("{}{}", line(&entry.rationale), under(entry)));
        let misfits = self.facts.session.misfits().len();
        let misfits = (misfits > 0).then(|| {
            format!("{} no longer fit the report and wait to be settled", counted(misfits, "decision"))
        });
        let given = self.facts.front.document.issues.iter().map(|text| line(text));
        list(notes.chain(misfits).chain(given).collect())
    }

    pub(super) fn setup(&self) -> String {
        list(self.facts.front.document.setup.iter().map(|text| line(text)).collect())
    }

    /// What is left to do, then what a person says of what comes next.
    pub(super) fn next(&self) -> String {
        let session = self.facts.session;
        let left = self.base().len() - session.reviewed().len();
        let mut said = vec![match left {
            0 if self.base().is_empty() => NO_BUG.to_owned(),
            0 => format!("All {} are reviewed", counted(self.base().len(), "bug")),
            left => format!("{} of {} still to be reviewed", left, counted(self.base().len(), "bug")),
        }];
        said.extend(session.methodology().level_ids().filter_map(|level| self.open(level)));
        said.push(self.fit());
        let groups = self.facts.front.document.next.iter().map(|(name, value)| {
            let items = texts(value).iter().map(|text| format!("\n  - {}", line(text))).collect::<String>();
            format!("**{}:**{items}", line(&one(name).unwrap_or_default()))
        });
        list(said.into_iter().chain(groups).collect())
    }

    /// `P1 (High): 20 of 29 bugs open`
    fn open(&self, level: LevelId) -> Option<String> {
        let (open, all) = self.count(level);
        let (name, bugs) = (called(self.facts.session.methodology().level(level)), counted(all, "bug"));
        (all > 0).then(|| format!("{name}: {open} of {bugs} open"))
    }

    /// How many bugs of a level are open, and how many there are.
    fn count(&self, level: LevelId) -> (usize, usize) {
        self.open.get_or_init(|| self.counts())[usize::from(level.0)]
    }

    /// The same of each level, the most severe first.
    fn counts(&self) -> Vec<(usize, usize)> {
        let session = self.facts.session;
        let none = || vec![(0, 0); session.methodology().levels().len()];
        let add = |mut counts: Vec<(usize, usize)>, bug: u32| {
            if let Some(level) = session.level(BugIx(bug)) {
                let is_closed = session.status(BugIx(bug)).is_some_and(|text| self.closes(&text));
                let (open, all) = &mut counts[usize::from(level.0)];
                (*open, *all) = (*open + usize::from(!is_closed), *all + 1);
            }
            counts
        };
        let sum = |one: Vec<(usize, usize)>, other: Vec<(usize, usize)>| {
            one.iter().zip(&other).map(|(one, other)| (one.0 + other.0, one.1 + other.1)).collect()
        };
        (0..self.base().len() as u32).into_par_iter().fold(none, add).reduce(none, sum)
    }

    fn closes(&self, status: &str) -> bool {
        let methodology = self.facts.session.methodology();
        let found = methodology.read_status(without_remark(status).as_bytes());
        found.map(|found| methodology.status(found.status)).is_some_and(|status: &Status| status.closes)
    }

    /// What `regrade check` says of it.
    fn fit(&self) -> String {
        let found = audit(self.base(), self.facts.now);
        let overdue = found.iter().filter(|finding| finding.kind == Sort::Overdue).count();
        let overdue = if overdue > 0 { format!(" ({overdue} overdue)") } else { String::new() };
        match found.len() {
            0 => String::from("The report agrees with itself: its counts are what it documents"),
            count => {
                let found = counted(count, "finding");
                format!("`regrade check` has {found}{overdue} in the report as it is saved")
            }
        }
    }

    /// Whether the report passes the gates: what `regrade check` says of them, in words and as it does. One that cannot be
    /// judged is not passed.
    pub(super) fn readiness(&self) -> String {
        let (given, methodology) = (self.facts.gates, self.facts.session.methodology());
        let gates = Gate::or_own(given, methodology);
        let judged: Vec<_> =
            gates.iter().map(|gate| gate.judge(self.facts.session, self.facts.now)).collect();
        let worst = methodology.level_ids().next().filter(|_| given.is_empty());
        let is_unknown = expect_bugs(self.base()).is_err().then(|| NO_BUG.to_owned());
        let Some(first) = judged.first() else { return super::none() };
        let verdict = || match (worst, first) {
            (Some(worst), Ok(first)) => self.is_left(worst, first),
            _ => passed(&judged),
        };
        let mut said = vec![is_unknown.unwrap_or_else(verdict)];
        let told = |(gate, one): (&Gate, _)| format!("**Gate:** {} - {}", code(&gate.to_string()), told(one));
        said.extend(gates.iter().zip(&judged).map(told));
        said.extend(self.focus(worst));
        said.extend(self.facts.front.document.readiness.iter().map(|text| sentence(&line(text))));
        list(said)
    }

    /// Whether anything of the most severe level is left, which is what its gate found.
    fn is_left(&self, worst: LevelId, judged: &Judged<'_>) -> String {
        let session = self.facts.session;
        let is_any = self.base().indexes().any(|bug| session.level(bug) == Some(worst));
        let name = called(session.methodology().level(worst));
        match judged.passes() {
            true if is_any => format!("**Good news:** every {name} bug is closed"),
            true => format!("**Good news:** no {name} bug is left"),
            false => format!("**Not ready:** {} of {name} open", counted(judged.bugs.len(), "bug")),
        }
    }

    /// What is open of the levels, but for one that is told of already.
    fn focus(&self, told: Option<LevelId>) -> Option<String> {
        let methodology = self.facts.session.methodology();
        let others = methodology.level_ids().filter(|level| Some(*level) != told);
        let counts = others.map(|level| (level, self.count(level).0)).filter(|(_, open)| *open > 0);
        let said: Vec<String> = counts
            .map(|(level, open)| {
                format!("{} {} open", counted(open, "bug"), line(&methodology.level(level).key))
            })
            .collect();
        (!said.is_empty()).then(|| format!("**Focus areas:** {}", said.join(", ")))
    }
}

/// What became of a gate: `FAIL, 2 of at most 0`.
fn told(judged: &Result<Judged<'_>, Refused>) -> String {
    match judged {
        Ok(one) => format!("{}, {}", one.verdict(), one.count()),
        Err(refused) => format!("cannot be judged: {}", line(&refused.what)),
    }
}

/// Whether all of them are passed.
fn passed(judged: &[Result<Judged<'_>, Refused>]) -> String {
    match judged.iter().filter(|one| !one.as_ref().is_ok_and(Judged::passes)).count() {
        0 => String::from("**Good news:** every gate is passed"),
        failed => format!("**Not ready:** {failed} of {} not passed", counted(judged.len(), "gate")),
    }
}

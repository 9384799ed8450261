//! What stood in the way, and what is left.

use super::decisions::under;
use super::{Review, called, counted, list};
use crate::export::front::{one, texts};
use crate::export::inline::{code, line, sentence};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::methodology::{LevelId, Status};
use crate::report::audit::Kind as Sort;
use crate::report::{audit, without_remark};
use crate::triage::{Gate, Judged, Kind};

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
        let session = self.facts.session;
        let here = self.base().indexes().filter(|bug| session.level(*bug) == Some(level));
        let is_open = here.map(|bug| !session.status(bug).is_some_and(|text| self.closes(&text)));
        is_open.fold((0, 0), |(open, all), is_open| (open + usize::from(is_open), all + 1))
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

    /// Whether the report passes the gates: what `regrade check` says of them, in words and as it does.
    pub(super) fn readiness(&self) -> Result<String> {
        let (given, methodology) = (self.facts.gates, self.facts.session.methodology());
        let gates = Gate::or_own(given, methodology);
        let judged = gates.iter().map(|gate| self.judged(gate)).collect::<Result<Vec<_>>>()?;
        let worst = methodology.level_ids().next().filter(|_| given.is_empty());
        let Some(first) = judged.first() else { return Ok(super::none()) };
        let mut said = vec![worst.map_or_else(|| passed(&judged), |worst| self.is_left(worst, first))];
        said.extend(judged.iter().map(|one| {
            format!("**Gate:** {} - {}, {}", code(&one.gate.to_string()), one.verdict(), one.count())
        }));
        said.extend(self.focus(worst));
        said.extend(self.facts.front.document.readiness.iter().map(|text| sentence(&line(text))));
        Ok(list(said))
    }

    fn judged<'g>(&self, gate: &'g Gate) -> Result<Judged<'g>> {
        let judged = gate.judge(self.facts.session, self.facts.now);
        judged.map_err(|refused| Fault::new(Trouble::Unreadable, refused.what).hint(refused.hint))
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

/// Whether all of them are passed.
fn passed(judged: &[Judged<'_>]) -> String {
    match judged.iter().filter(|one| !one.passes()).count() {
        0 => String::from("**Good news:** every gate is passed"),
        failed => format!("**Not ready:** {failed} of {} not passed", counted(judged.len(), "gate")),
    }
}

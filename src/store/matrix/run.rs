//! One script with something going wrong, and what came of it.

use std::collections::VecDeque;

use super::desk::Desk;
use super::golden::Golden;
use super::script::{LOG, PATH, STATE, Step, THEIRS, UNSAID};
use super::seen::{Finder, Seen};
use super::tally::Tally;
use crate::fault::{Fault, Kind};
use crate::store::simulated::{Power, Simulated, Trouble};
use crate::store::trouble::is_untold;

/// The only thing that a reviewer may be told after what a disk went through, besides faults.
const DAMAGED: &str = "is damaged from line";

/// What goes wrong, one after the other: at which call, counted from where the one before has struck.
pub(super) type Troubles = [(usize, Trouble)];

/// A script being played while things go wrong.
#[derive(Clone)]
pub(super) struct Run<'a> {
    finder: &'a Finder,
    troubles: &'a Troubles,
    /// What is to be found where nothing is under way.
    now: Seen,
    /// What else may be found, until the report has been opened.
    unshown: Vec<Seen>,
    /// What is still to be done, each with what is to be found after it.
    plan: VecDeque<(Step, Seen)>,
    /// Whether nobody can tell what has become of the next step, which has failed before.
    untold: bool,
    /// How often steps may still fail.
    failures: usize,
    tally: Tally,
}

impl<'a> Run<'a> {
    /// Plays the script until it is saved again after the last trouble, and finds out what was lost on the way.
    /// Where the process ends, all that the power may do then is tried.
    pub(super) fn of(golden: &Golden, finder: &'a Finder, troubles: &'a Troubles) -> Tally {
        let run = Run {
            finder,
            troubles,
            now: golden.before.clone(),
            unshown: golden.unshown.clone(),
            plan: golden.done.iter().map(|done| (done.step.clone(), done.after.clone())).collect(),
            untold: false,
            failures: troubles.len(),
            tally: Tally::default(),
        };
        run.play(golden.start.after(Power::Stays))
    }

    /// Goes on in a new process.
    fn play(mut self, disk: Simulated) -> Tally {
        let mut desk = Desk::new(disk, &self.finder.methodology);
        let mut may_end = self.expect_trouble(&desk.disk);
        while let Some((step, after)) = self.plan.front().cloned() {
            let done = desk.take(&step);
            if may_end && desk.disk.has_ended() {
                return self.ended(&desk.disk);
            }
            desk.disk.heal();
            match done {
                Ok(()) => self.done(after),
                Err(fault) => {
                    self.failed(&desk, &fault);
                    may_end = self.expect_trouble(&desk.disk);
                }
            }
            if self.tally.is_bad() {
                return self.tally;
            }
        }
        self.end(&desk.disk)
    }

    /// Lets the next trouble come; gives whether it may end the process.
    fn expect_trouble(&mut self, disk: &Simulated) -> bool {
        let Some(((at, trouble), rest)) = self.troubles.split_first() else { return false };
        disk.expect(*at, *trouble);
        self.troubles = rest;
        if matches!(trouble, Trouble::Ends(_)) {
            return true;
        }
        self.tally.injected += 1;
        false
    }

    fn done(&mut self, after: Seen) {
        (self.now, self.untold) = (after, false);
        self.unshown.clear();
        self.plan.pop_front();
    }

    /// The process has ended: whatever the power does, all is well and goes on.
    fn ended(self, disk: &Simulated) -> Tally {
        let mut sums = Vec::new();
        let mut tally = self.tally.clone();
        for disk in Power::ALL.map(|power| disk.after(power)) {
            if sums.contains(&disk.sum()) {
                continue;
            }
            sums.push(disk.sum());
            let mut run = Run { tally: Tally::after(1), ..self.clone() };
            let is_new = self.finder.is_new(&disk, self.plan.len()) || !self.troubles.is_empty();
            if is_new {
                run.with_others(&disk);
            }
            run.found_anew(&disk);
            tally = tally.and(if run.tally.is_bad() || !is_new { run.tally } else { run.play(disk) });
        }
        tally
    }

    /// The same is found where somebody else has added to the report since, and saving it leaves nothing out.
    fn with_others(&mut self, disk: &Simulated) {
        let disk = disk.after(Power::Stays);
        let theirs = [THEIRS.as_bytes(), &disk.get(PATH).unwrap_or_default()].concat();
        disk.put(PATH, &theirs);
        let may_be: Vec<Seen> = self.under_way().into_iter().map(Seen::with_theirs).collect();
        let Some(found) = self.find(&disk, &may_be) else { return };
        if !found.pending.is_empty() && found.pending.iter().all(|name| name == UNSAID) {
            return;
        }
        let mut desk = Desk::new(disk, &self.finder.methodology);
        if let Err(fault) = desk.take(&Step::Open).and_then(|()| desk.take(&Step::Save)) {
            self.tally.wrong(format!("cannot be saved beside others: {fault}"));
        }
        let Some(saved) = self.finder.find(&desk.disk).ok().map(|(saved, _)| saved) else { return };
        let said = |seen: &Seen| seen.kept().filter(|name| *name != UNSAID).cloned().collect::<Vec<_>>();
        let unsaid = |seen: &Seen| seen.pending.iter().filter(|name| *name == UNSAID).count();
        let is_kept = said(&found) == said(&saved) && unsaid(&found) == unsaid(&saved);
        let is_kept = is_kept && saved.pending.len() == unsaid(&saved);
        if !is_kept || !saved.report.contains(THEIRS) {
            self.tally.wrong(format!("{found:?}\nsaved beside others becomes {saved:?}"));
        }
    }

    /// A step has failed: nothing of it may outlast the process, unless the fault says so.
    fn failed(&mut self, desk: &Desk<'_>, fault: &Fault) {
        let was_untold = self.untold;
        self.untold |= is_untold(fault);
        for power in [Power::Stays, Power::Lost] {
            let may_be = if self.untold { self.under_way() } else { self.at_rest() };
            self.find(&desk.disk.after(power), &may_be);
        }
        if fault.kind() == Kind::Changed || desk.session().is_none() {
            self.found_anew(&desk.disk);
        }
        let has_gone_through = was_untold && fault.kind() == Kind::Changed;
        if self.failures == 0 && !has_gone_through {
            self.tally.wrong(format!("trying again fails: {fault}"));
        }
        self.failures = self.failures.saturating_sub(1);
    }

    /// Whoever opens the report now finds it as before what was under way, or as after it; and goes on from there.
    fn found_anew(&mut self, disk: &Simulated) {
        let may_be = self.under_way();
        let Some(found) = self.find(disk, &may_be) else { return };
        if self.unshown.contains(&found) {
            // Nobody had been shown anything else, and what would come of it is another script.
            self.unshown.push(std::mem::replace(&mut self.now, found.clone()));
            self.plan = VecDeque::from([(Step::Open, found)]);
            return;
        }
        match self.plan.pop_front() {
            Some((_, after)) if found == after => {}
            Some((step, after)) if found == self.now => self.plan.push_front((step, after)),
            Some((_, after)) => self.plan.push_front((Step::Save, after)),
            None => {}
        }
        let is_last = |(step, _): &(Step, Seen)| matches!(step, Step::Save | Step::Commit(_));
        self.plan.truncate(self.plan.iter().position(is_last).map_or(self.plan.len(), |at| at + 1));
        self.plan.push_front((Step::Open, found.clone()));
        self.unshown = self.finder.unshown(disk, &found);
        (self.now, self.untold) = (found, false);
    }

    /// What may be found while the next step is under way: as before it, as after it, or, of a decision that is to be
    /// saved at once, as if it had been made and not saved.
    fn under_way(&self) -> Vec<Seen> {
        let mut may_be = self.at_rest();
        if let Some((step, after)) = self.plan.front() {
            may_be.push(after.clone());
            if let (Step::Commit(_), Some(name)) = (step, after.logged.last()) {
                may_be.push(Seen { pending: vec![name.clone()], undone: Vec::new(), ..self.now.clone() });
            }
        }
        may_be
    }

    /// What may be found where nothing is under way.
    fn at_rest(&self) -> Vec<Seen> {
        [self.now.clone()].into_iter().chain(self.unshown.iter().cloned()).collect()
    }

    /// What is found on this disk, if that is what may be.
    fn find(&mut self, disk: &Simulated, may_be: &[Seen]) -> Option<Seen> {
        let (found, notes) = match self.finder.find(disk) {
            Ok(found) => found,
            Err(what) => {
                self.tally.wrong(format!("the report cannot be opened: {what}"));
                return None;
            }
        };
        self.tally.compare(&found, may_be);
        for note in notes.iter().filter(|note| !note.contains(DAMAGED)) {
            self.tally.wrong(format!("a reviewer is told: {note}"));
        }
        may_be.contains(&found).then_some(found)
    }

    /// Everything has come as if nothing had gone wrong, and nothing else is left on the disk.
    fn end(mut self, disk: &Simulated) -> Tally {
        let may_be = self.at_rest();
        self.find(&disk.after(Power::Lost), &may_be);
        let is_known =
            |path: &str| path == PATH || path == LOG || path.starts_with(STATE) && !path.contains("/.");
        for path in disk.files().iter().map(|path| path.to_string_lossy()).filter(|path| !is_known(path)) {
            self.tally.wrong(format!("{path} is left"));
        }
        self.tally
    }
}

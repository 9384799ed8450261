//! A script where nothing goes wrong: what is found after each step, and every call.

use super::desk::Desk;
use super::script::{Script, Step};
use super::seen::{Finder, Seen, waiting};
use crate::store::simulated::{Call, Power, Simulated, Trouble, When};

/// A step of a script where nothing goes wrong.
pub(super) struct Done {
    pub(super) step: Step,
    /// What is found after it.
    pub(super) after: Seen,
    /// The calls that it makes.
    pub(super) calls: Vec<Call>,
}

/// Steps from one opening of the report to the end of the script.
pub(super) struct Golden {
    /// The disk before.
    pub(super) start: Simulated,
    /// What is found there.
    pub(super) before: Seen,
    /// What else may be found until somebody has opened the report: what is not synced may be lost.
    pub(super) unshown: Vec<Seen>,
    pub(super) done: Vec<Done>,
    /// How many of the steps are before the next opening: only there things are to go wrong.
    pub(super) own: usize,
}

impl Golden {
    /// The script from each of its openings on.
    pub(super) fn of(script: &Script, finder: &Finder) -> Vec<Golden> {
        let openings = script.steps.iter().enumerate().filter(|(_, step)| matches!(step, Step::Open));
        let openings: Vec<usize> = openings.map(|(at, _)| at).collect();
        let ends = openings.iter().copied().skip(1).chain([script.steps.len()]);
        let mut disk = script.start.after(Power::Stays);
        let mut goldens = Vec::new();
        for (from, to) in openings.iter().copied().zip(ends) {
            let golden = Golden::new(script, from, to - from, &disk, finder);
            disk = golden.start.after(Power::Stays);
            play(&script.steps[from..to], &mut Desk::new(disk.clone(), &finder.methodology));
            goldens.push(golden);
        }
        goldens
    }

    fn new(script: &Script, from: usize, own: usize, disk: &Simulated, finder: &Finder) -> Golden {
        let start = disk.after(Power::Stays);
        let mut desk = Desk::new(start.after(Power::Stays), &finder.methodology);
        let found = |desk: &Desk<'_>| {
            let (seen, _) = finder.find(&desk.disk).expect("it can be opened");
            let waiting = desk.session().map(waiting);
            let told = [&seen.pending, &seen.undone, &seen.misfits];
            let is_so = waiting.is_none_or(|waiting| waiting.iter().eq(told));
            assert!(is_so, "{}: the desk shows something else than {seen:?}", script.name);
            seen
        };
        let (before, mut done) = (found(&desk), Vec::new());
        let unshown = finder.unshown(&start, &before);
        for step in &script.steps[from..] {
            let made = desk.disk.calls().len();
            desk.take(step).unwrap_or_else(|fault| panic!("{}: {fault}", script.name));
            let calls = desk.disk.calls()[made..].to_vec();
            done.push(Done { step: step.clone(), after: found(&desk), calls });
        }
        Golden { start, before, unshown, done, own }
    }

    /// The first step alone, as what things are to go wrong in.
    pub(super) fn opening(&mut self) -> &Golden {
        self.own = 1;
        self
    }

    /// The disks that a process leaves which ends at any of these calls, whatever the power does then.
    pub(super) fn left(&self, finder: &Finder) -> Vec<Simulated> {
        let ends = |call| if call == Call::Write { vec![When::Half, When::After] } else { vec![When::After] };
        let points = self.calls().flat_map(|(at, call)| ends(call).into_iter().map(move |when| (at, when)));
        let left = points.flat_map(|(at, when)| {
            let mut desk = Desk::new(self.start.after(Power::Stays), &finder.methodology);
            desk.disk.expect(at, Trouble::Ends(when));
            let _ = self.done.iter().try_for_each(|done| desk.take(&done.step));
            Power::ALL.map(|power| desk.disk.after(power))
        });
        left.collect()
    }

    /// The calls at which things are to go wrong, by number.
    pub(super) fn calls(&self) -> impl Iterator<Item = (usize, Call)> {
        self.done[..self.own].iter().flat_map(|done| &done.calls).copied().enumerate()
    }
}

/// Takes steps that cannot fail.
pub(super) fn play(steps: &[Step], desk: &mut Desk<'_>) {
    for step in steps {
        desk.take(step).unwrap_or_else(|fault| panic!("{fault}"));
    }
}

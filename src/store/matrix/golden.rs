//! A script where nothing goes wrong: what is found after each step, and every call.

use super::desk::Desk;
use super::script::{Script, Step};
use super::seen::{Finder, Seen, waiting};
use crate::store::simulated::{Call, Power, Simulated};

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
            let is_so = waiting.is_none_or(|waiting| waiting == (seen.pending.clone(), seen.undone.clone()));
            assert!(is_so, "{}: the desk shows something else than {seen:?}", script.name);
            seen
        };
        let (before, mut done) = (found(&desk), Vec::new());
        for step in &script.steps[from..] {
            let made = desk.disk.calls().len();
            desk.take(step).unwrap_or_else(|fault| panic!("{}: {fault}", script.name));
            let calls = desk.disk.calls()[made..].to_vec();
            done.push(Done { step: step.clone(), after: found(&desk), calls });
        }
        Golden { start, before, done, own }
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

//! Random reviews with random troubles, from a seed: for as long as one likes.

use super::desk::Desk;
use super::script::{Ask, Script, Step, commit, decide, fresh};
use super::seen::Finder;
use crate::store::simulated::{Call, Power, Trouble};

/// How many steps a review has.
const STEPS: u64 = 14;
/// How many troubles a review meets, at most.
const TROUBLES: u64 = 3;
/// Within how many calls the next trouble comes.
const SOON: u64 = 40;

/// Random numbers (SplitMix64).
pub(super) struct Random(pub(super) u64);

impl Random {
    /// A number below this.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }

    fn bugs(&mut self) -> Vec<u32> {
        let chosen = 1 + self.below(7);
        (0..3).filter(|bug| chosen & (1 << bug) != 0).collect()
    }

    fn step(&mut self, name: &str, desk: &Desk<'_>) -> Step {
        let is_pending = desk.session().is_some_and(|session| !session.pending().is_empty());
        let (bugs, level) = (self.bugs(), self.below(4) as u8);
        match self.below(14) {
            0 | 1 if is_pending => Step::Undo,
            2 => Step::Redo,
            3..=5 => Step::Save,
            6 => Step::Open,
            7 => Step::TheirLog("---\nid: by hand\n"),
            8 => Step::Decide(Ask::Revert(name.to_owned())),
            9 => Step::Decide(Ask::Restate(name.to_owned())),
            10 | 11 if !is_pending => commit(&bugs, level, name),
            _ => decide(&bugs, level, name),
        }
    }
}

/// A review that can be done where nothing goes wrong.
pub(super) fn script(random: &mut Random, finder: &Finder) -> Script {
    let disk = fresh();
    let mut desk = Desk::new(disk.after(Power::Stays), &finder.methodology);
    let mut steps = vec![Step::Open];
    desk.take(&Step::Open).expect("nothing goes wrong");
    for nth in 0..STEPS {
        let step = random.step(&format!("d{nth}"), &desk);
        let is_redo = matches!(step, Step::Redo);
        if is_redo && !desk.session().is_some_and(crate::triage::Session::can_redo) {
            continue;
        }
        if desk.take(&step).is_ok() {
            steps.push(step);
        }
    }
    steps.push(Step::Save);
    Script::new("random", disk, steps)
}

/// What goes wrong in it: first anywhere, then soon after.
pub(super) fn troubles(random: &mut Random, calls: &[Call]) -> Vec<(usize, Trouble)> {
    let first = random.below(calls.len() as u64) as usize;
    let mut at = vec![(first, calls[first])];
    at.extend((0..random.below(TROUBLES)).map(|_| (random.below(SOON) as usize, Call::Act)));
    let one = |(at, call)| {
        let all = super::troubles(call);
        (at, all[random.below(all.len() as u64) as usize])
    };
    at.into_iter().map(one).collect()
}

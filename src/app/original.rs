//! Finding the bug that says the same: what is typed is looked for in ids and titles, beside the loop.

use super::Input;
use crate::config::{Code, Key};
use crate::methodology::StatusId;
use crate::report::BugIx;
use crate::triage::BugSet;
use crate::triage::query::Matches;

/// The bugs among which the original of a duplicate is picked.
#[derive(Clone, Debug)]
pub struct Originals {
    /// The status that names it.
    pub status: StatusId,
    /// The bugs that repeat it; none of them is it.
    pub bugs: BugSet,
    /// What was typed.
    pub input: Input,
    /// What matches, in document order.
    pub found: Vec<BugIx>,
    /// The row of the cursor.
    pub at: usize,
    /// The search that was asked for last.
    asked: u64,
    /// The search that was shown last.
    shown: u64,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To look for what is typed now.
    Look,
    /// To wait until the search has ended: the key goes by what is found.
    Wait,
    /// To go back to where it was opened.
    Back,
    /// To take this bug.
    Pick(BugIx),
    /// To be told that nothing is found.
    Nothing,
}

impl Originals {
    /// Nothing typed and nothing found yet.
    pub fn new(status: StatusId, bugs: BugSet) -> Originals {
        let input = Input::one_line("");
        Originals { status, bugs, input, found: Vec::new(), at: 0, asked: 0, shown: 0 }
    }

    /// Remembers which search was asked for; gives what to look for.
    pub fn ask(&mut self, generation: u64) -> String {
        self.asked = generation;
        self.input.text().to_owned()
    }

    /// Whether what was asked for is still to come.
    pub fn is_searching(&self) -> bool {
        self.asked != self.shown
    }

    /// Shows what was found, the cursor on the best; `false` where something else was asked for since.
    pub fn show(&mut self, generation: u64, matches: Matches) -> bool {
        if generation != self.asked {
            return false;
        }
        self.shown = generation;
        let best = matches.best;
        self.found = matches.bugs;
        self.found.retain(|bug| !self.bugs.contains(*bug));
        let first = best.filter(|_| !self.input.text().is_empty());
        self.at = first.map_or(0, |best| self.found.partition_point(|bug| *bug < best));
        self.stay();
        true
    }

    /// Stays with what was found before; `false` where something else was asked for since.
    pub fn give_up(&mut self, generation: u64) -> bool {
        let is_awaited = generation == self.asked;
        if is_awaited {
            self.shown = generation;
        }
        is_awaited
    }

    /// Goes to the bug of a row; `false` where there is none, or another is being looked for.
    pub(super) fn point_at(&mut self, at: usize) -> bool {
        let is_there = !self.is_searching() && at < self.found.len();
        self.at = if is_there { at } else { self.at };
        is_there
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        let before = self.input.text().len();
        match (key.code(), key.ctrl()) {
            (Code::Esc, _) => return Reply::Back,
            (Code::Enter | Code::Up | Code::Down, _) | (Code::Char('n' | 'p'), true)
                if self.is_searching() =>
            {
                return Reply::Wait;
            }
            (Code::Enter, _) => {
                return self.found.get(self.at).map_or(Reply::Nothing, |bug| Reply::Pick(*bug));
            }
            (Code::Down, _) | (Code::Char('n'), true) => self.at += 1,
            (Code::Up, _) | (Code::Char('p'), true) => self.at = self.at.saturating_sub(1),
            _ if self.input.key(key) && self.input.text().len() != before => return Reply::Look,
            _ => {}
        }
        self.stay();
        Reply::Stay
    }

    fn stay(&mut self) {
        self.at = self.at.min(self.found.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::typed::typed;
    use super::*;

    fn press(originals: &mut Originals, keys: &str) -> Reply {
        typed(keys).expect("keys").into_iter().map(|key| originals.key(key)).last().expect("a key")
    }

    fn matches(bugs: &[u32], best: u32) -> Matches {
        Matches { bugs: bugs.iter().map(|bug| BugIx(*bug)).collect(), best: Some(BugIx(best)) }
    }

    #[test]
    fn a_bug_is_never_its_own_original_and_keys_wait_for_what_is_found() {
        let mut originals = Originals::new(StatusId(5), BugSet::from(BugIx(1)));
        originals.ask(1);
        assert_eq!(press(&mut originals, "<Enter>"), Reply::Wait);
        assert!(originals.show(1, matches(&[0, 1, 2, 3], 0)));
        assert_eq!(press(&mut originals, "<Down><Enter>"), Reply::Pick(BugIx(2)));
        assert_eq!(press(&mut originals, "x"), Reply::Look);
        assert_eq!(originals.ask(2), "x");
        assert!(!originals.show(1, matches(&[0], 0)), "an overtaken search changes nothing");
        originals.show(2, matches(&[0, 3], 3));
        assert_eq!(press(&mut originals, "<Enter>"), Reply::Pick(BugIx(3)));
        assert_eq!(press(&mut originals, "y"), Reply::Look);
        originals.ask(3);
        originals.show(3, matches(&[1], 1));
        assert_eq!(press(&mut originals, "<Down><Up><Enter>"), Reply::Nothing);
        assert_eq!(press(&mut originals, "<Esc>"), Reply::Back);
    }
}

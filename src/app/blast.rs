//! What a decision on many bugs would hit, said before it is made.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::triage::{BugSet, Session, Set, outcome};

/// What a decision would hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blast {
    /// How many bugs.
    pub bugs: usize,
    /// How many go from which level to which, most severe first; `None` for no level.
    pub moves: Vec<(Option<LevelId>, Option<LevelId>, usize)>,
    /// How many of them the filter hides.
    pub hidden: usize,
    /// How many were decided before.
    pub decided: usize,
    /// How many have never been on screen.
    pub unseen: usize,
    /// How many remarks are lost with their statuses; of few bugs that is told bug by bug instead, and not counted.
    pub remarks: usize,
}

/// How many bugs a core looks through at a time for remarks.
const AT_A_TIME: usize = 4096;

impl Blast {
    /// How many of several bugs move to another level and how many have theirs already, in words, where any has.
    pub fn stayed(&self) -> Option<String> {
        let stay: usize = self.moves.iter().filter(|(from, to, _)| from == to).map(|(.., count)| count).sum();
        let move_on = self.bugs.saturating_sub(stay);
        (self.bugs > 1 && stay > 0).then(|| format!("{move_on} moved, {stay} stayed"))
    }

    /// What giving these bugs this severity would hit, whatever a filter hides.
    pub fn of(bugs: &BugSet, severity: &To<LevelId>, session: &Session) -> Blast {
        let step = |bug: BugIx| {
            let from = session.level_before(bug, severity, 0);
            (from.is_none(), from, severity.after(from))
        };
        let counted = |piece: &Vec<(u32, u32)>| {
            let mut moves = BTreeMap::new();
            let bugs = piece.iter().flat_map(|&(start, end)| (start..end).map(BugIx));
            bugs.for_each(|bug| *moves.entry(step(bug)).or_insert(0) += 1);
            moves
        };
        let together = |mut all: BTreeMap<_, usize>, some: BTreeMap<_, usize>| {
            some.into_iter().for_each(|(step, count)| *all.entry(step).or_insert(0) += count);
            all
        };
        let moves = bugs.pieces().par_iter().map(counted).reduce(BTreeMap::new, together);
        Blast {
            bugs: bugs.len(),
            moves: moves.into_iter().map(|((_, from, to), count)| (from, to, count)).collect(),
            hidden: 0,
            decided: bugs.intersection(session.reviewed()).len(),
            unseen: bugs.len() - bugs.intersection(session.seen()).len(),
            remarks: 0,
        }
    }

    /// The same, with how many remarks are lost where these bugs get this set.
    pub(super) fn losing(self, bugs: &BugSet, set: &Set, session: &Session) -> Blast {
        if set.status.is_keep() {
            return self;
        }
        let bugs: Vec<BugIx> = bugs.iter().collect();
        let lost = |some: &[BugIx]| outcome::going(&some.iter().copied().collect(), set, session).len();
        Blast { remarks: bugs.par_chunks(AT_A_TIME).map(lost).sum(), ..self }
    }
}

//! What a decision on many bugs would hit, said before it is made.

use std::collections::BTreeMap;

use super::View;
use crate::methodology::LevelId;
use crate::report::To;
use crate::triage::{BugSet, Session};

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
}

impl Blast {
    /// What giving these bugs this severity would hit.
    pub fn of(bugs: &BugSet, severity: &To<LevelId>, session: &Session, view: &View) -> Blast {
        let mut moves = BTreeMap::new();
        for bug in bugs.iter() {
            let from = session.level_before(bug, severity, 0);
            *moves.entry((from.is_none(), from, becomes(from, severity))).or_insert(0) += 1;
        }
        Blast {
            bugs: bugs.len(),
            moves: moves.into_iter().map(|((_, from, to), count)| (from, to, count)).collect(),
            hidden: view.hides(bugs),
            decided: bugs.intersection(session.reviewed()).len(),
            unseen: bugs.len() - bugs.intersection(session.seen()).len(),
        }
    }
}

fn becomes(from: Option<LevelId>, severity: &To<LevelId>) -> Option<LevelId> {
    match severity {
        To::Keep => from,
        To::Clear => None,
        To::Value(level) => Some(*level),
    }
}

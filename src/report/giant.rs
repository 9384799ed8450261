//! Bugs so long that finding their fields again for every key would hold it up: theirs are found once.

use std::sync::OnceLock;

use super::{Bug, BugIx, Field};

/// How long the block of such a bug is at least, in bytes.
const LEAST: usize = 64 * 1024;

/// The giants of a report in order, and their fields once somebody has asked for them.
#[derive(Clone, Debug)]
pub(super) struct Giants(Vec<(BugIx, OnceLock<Vec<Field>>)>);

impl Giants {
    /// The giants among these bugs.
    pub(super) fn of(bugs: &[Bug]) -> Giants {
        let all = (0..).map(BugIx).zip(bugs);
        Giants(
            all.filter(|(_, bug)| bug.block.len() >= LEAST).map(|(bug, _)| (bug, OnceLock::new())).collect(),
        )
    }

    /// The fields of a bug, which `find` finds.
    pub(super) fn fields(&self, bug: BugIx, find: impl FnOnce() -> Vec<Field>) -> Vec<Field> {
        match self.0.binary_search_by_key(&bug, |(bug, _)| *bug) {
            Ok(at) => self.0[at].1.get_or_init(find).clone(),
            Err(_) => find(),
        }
    }
}

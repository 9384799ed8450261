//! The words by which the log calls levels and scopes.

use crate::methodology::{LevelId, Methodology};

/// The level of a key.
pub(super) fn level(methodology: &Methodology, key: &str) -> Option<LevelId> {
    methodology.level_ids().find(|level| methodology.level(*level).key == key)
}

/// A scope as the log names it: by key where that leads back to what is written.
pub(super) fn scope_logged(methodology: &Methodology, written: String) -> String {
    let scope = methodology.scopes().iter().find(|scope| scope.name == written);
    scope.map_or(written, |scope| scope.key.clone())
}

/// A scope of the log as a report is to write it.
pub(super) fn scope_written(methodology: &Methodology, logged: &str) -> String {
    let scope = methodology.scopes().iter().find(|scope| scope.key == logged);
    scope.map_or(logged, |scope| &scope.name).to_owned()
}

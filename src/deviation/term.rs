//! The words by which the log calls scopes.

use crate::methodology::Methodology;

/// A scope as the log names it: by key where that leads back to what is written.
pub fn scope_logged<'a>(methodology: &'a Methodology, written: &'a str) -> &'a str {
    let scope = methodology.scopes().iter().find(|scope| scope.name == written);
    scope.map_or(written, |scope| &scope.key)
}

/// A scope of the log as a report is to write it.
pub(super) fn scope_written(methodology: &Methodology, logged: &str) -> String {
    methodology.scope_called(logged).map_or(logged, |scope| &scope.name).to_owned()
}

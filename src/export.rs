//! What was decided on a report, for others: a summary document, tables, and data for programs.
//!
//! Pure: entries of the log and an open session come in, a text goes out. Whatever a title or a rationale holds, the
//! text stays well-formed: no cell, no member and no paragraph can be left from within.

mod csv;
mod decided;
mod front;
mod inline;
mod json;
mod summary;
mod table;
mod template;

pub use csv::csv;
pub use decided::{Decided, Filter, decided};
pub use front::Front;
pub use json::{Told, json, jsonl};
pub use summary::{Commit, Facts, summary};
pub use table::markdown;
pub use template::{EMBEDDED, Template};

/// The decisions as they stand in a log, one YAML document each; those that are not saved say so.
pub fn yaml(decided: &[Decided]) -> String {
    decided
        .iter()
        .map(|one| match one.is_saved {
            true => one.entry.document(),
            false => format!("{}saved: false\n", one.entry.document()),
        })
        .collect()
}

//! What was decided on a report, for others: a summary document, tables, and data for programs.
//!
//! Pure: entries of the log and an open session come in, a text goes out, decision by decision where there may be many. Whatever a title or a rationale holds, the
//! text stays well-formed: no cell, no member and no paragraph can be left from within.

mod csv;
mod decided;
mod format;
mod front;
mod inline;
mod json;
mod known;
mod link;
mod summary;
mod table;
mod template;

pub use decided::{Decided, Decisions, Filter};
pub use format::{Format, steps, write};
pub use front::Front;
pub use json::{Told, escaped};
pub use known::is_export;
pub use summary::{Commit, Facts, commits_named, summary};
pub use template::{EMBEDDED, Template};

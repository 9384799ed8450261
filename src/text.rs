//! Bytes and text below the level of reports: spans, lines, edits and what a terminal may show.
//!
//! Nothing here knows what a bug is, and nothing here touches a disk or a terminal.

pub mod bytes;
pub mod diff;
pub mod display;
pub mod edit;
pub mod hidden;
pub mod letters;
pub mod line;
pub(crate) mod room;
pub mod span;
pub mod then;
pub mod way_back;

pub use bytes::Bytes;
pub use diff::Diff;
pub use span::Span;
pub use then::Places;
pub use way_back::{WayBack, sum};

/// `1 decision`, `2 decisions`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

//! Bytes and text below the level of reports: spans, lines, edits and what a terminal may show.
//!
//! Nothing here knows what a bug is, and nothing here touches a disk or a terminal.

pub mod bytes;
mod closest;
pub mod conflict;
pub mod date;
pub mod diff;
pub mod display;
pub mod edit;
pub(crate) mod fetch;
pub mod hidden;
pub mod letters;
pub mod line;
pub(crate) mod passing;
pub mod room;
pub mod span;
pub mod then;
pub mod way_back;

use std::borrow::Cow;

pub use bytes::{Bytes, Growing, sum};
pub use closest::closest;
pub use diff::Diff;
pub use room::Room;
pub use span::Span;
pub use then::Places;
pub use way_back::WayBack;

/// Bytes as text; where they are none, with signs in their place. Of text it is told faster that it is some than by the library.
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// The words of a text with one blank between them.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1 decision`, `2 decisions`.
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

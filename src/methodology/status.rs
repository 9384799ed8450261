//! Statuses: what has become of a bug.

/// A status by its place in the methodology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusId(pub u8);

/// One status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The short word used in files and on the command line: `resolved`.
    pub key: String,
    /// What is shown and written into reports: `Resolved`.
    pub name: String,
    /// What belongs here, in a sentence.
    pub definition: String,
    /// The key that picks it in the status popup.
    pub hotkey: Option<char>,
    /// The emoji that reports put before it.
    pub emoji: Option<String>,
    /// Whether nothing more is to be done about such a bug.
    pub closes: bool,
    /// Further words that reports use for it.
    pub aliases: Vec<String>,
}

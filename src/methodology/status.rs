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
    /// What it needs to be told along with it.
    pub asks: Asks,
    /// Further words that reports use for it.
    pub aliases: Vec<String>,
}

/// What is asked for before a status is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    #[default]
    Nothing,
    /// The bug that says the same.
    Original,
    /// A day.
    Date,
    /// A few words each, none of which is necessary.
    Words(Vec<Ask>),
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// The value of a field.
    Field {
        /// Its name.
        name: String,
        /// What it wants to hear; may be empty.
        means: String,
    },
    /// What is written behind the status.
    Remark,
}

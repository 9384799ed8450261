//! Scopes: what a bug really affects.

/// A scope by its place in the methodology.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u8);

/// One scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The short word used in files and on the command line: `test`.
    pub key: String,
    /// What is shown and written into reports: `Test infrastructure`.
    pub name: String,
    /// What belongs here, in a sentence.
    pub definition: String,
    /// The key that picks it in the scope popup.
    pub hotkey: Option<char>,
    /// Further words that reports use for it.
    pub aliases: Vec<String>,
}

//! A rationale that was begun and not recorded, as it outlasts the desk.

/// A rationale that was begun, with what was picked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// What it says so far.
    pub text: String,
    /// The handles of the bugs that it is about; none where it is about the report, or that is not known.
    pub bugs: Vec<String>,
    /// The scope.
    pub scope: Option<String>,
    /// The deviation rule.
    pub rule: Option<u8>,
}

impl From<String> for Begun {
    /// A text of which nothing else is known.
    fn from(text: String) -> Begun {
        Begun { text, ..Begun::default() }
    }
}

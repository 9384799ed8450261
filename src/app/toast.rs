//! A sentence at the foot of the desk, there until the next key.

/// A sentence at the foot of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// What to do next, which is never cut for the sake of the text; nothing where it is empty.
    pub hint: String,
    /// Whether something asked for was not done.
    pub refusal: bool,
}

impl Toast {
    /// Says what was done.
    pub fn done(text: impl Into<String>) -> Toast {
        Toast { text: text.into(), hint: String::new(), refusal: false }
    }

    /// Says why what was asked for was not done.
    pub fn refusal(text: impl Into<String>) -> Toast {
        Toast { text: text.into(), hint: String::new(), refusal: true }
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Toast {
        Toast { hint: hint.into(), ..self }
    }
}

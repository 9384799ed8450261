//! A line of a page: runs of text, each with the role that a theme paints.

use std::borrow::Cow;

use crate::text::display;

/// Text of one role. It is visible: nothing in it is obeyed by a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The role.
    pub role: Cow<'static, str>,
    /// The text.
    pub text: String,
}

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub runs: Vec<Run>,
    /// How far in it goes on where it is wrapped.
    pub hang: usize,
}

impl Line {
    /// A line of one role; foreign text is made visible.
    pub fn of(role: impl Into<Cow<'static, str>>, text: &str) -> Line {
        Line::default().and(role, text)
    }

    /// The same with more behind it.
    #[must_use]
    pub fn and(mut self, role: impl Into<Cow<'static, str>>, text: &str) -> Line {
        self.runs.push(Run { role: role.into(), text: display::brief(text).into_owned() });
        self
    }

    /// The same, going on so far in where it is wrapped.
    #[must_use]
    pub fn hanging(self, hang: usize) -> Line {
        Line { hang, ..self }
    }

    /// All that it says.
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

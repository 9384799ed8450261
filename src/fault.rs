//! Every error a person sees: what went wrong, where, why, and what to do next.
//!
//! A [`Fault`] never carries terminal escapes of its own; whoever prints it makes the bytes it
//! quotes visible first.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// What sort of trouble a fault is; each kind has a fixed exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command line asks for something that cannot be.
    Usage,
    /// A file cannot be read, or does not say what it should.
    Unreadable,
    /// A file cannot be written.
    Unwritable,
    /// A rule of the methodology refuses the decision.
    Refused,
    /// The report would not say what is decided.
    Unsaid,
    /// The file on disk is no longer the one that was opened.
    Changed,
    /// The person stopped it.
    Interrupted,
}

impl Kind {
    /// Whether it is what is decided that stands in the way: without that, all else could go on.
    pub fn is_of_a_decision(self) -> bool {
        matches!(self, Kind::Refused | Kind::Unsaid)
    }

    /// The process exit code: 1 refused, 2 usage or files, 3 changed underneath, 130 interrupted.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Refused | Kind::Unsaid => 1,
            Kind::Usage | Kind::Unreadable | Kind::Unwritable => 2,
            Kind::Changed => 3,
            Kind::Interrupted => 130,
        }
    }
}

/// An error for a person: a kind, a sentence, the place it concerns, its cause and hints.
#[derive(Clone, Debug)]
pub struct Fault {
    kind: Kind,
    what: String,
    path: Option<Box<Path>>,
    line: Option<u32>,
    column: Option<u32>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
    hints: Vec<String>,
    further: Arc<[Fault]>,
}

/// The result of anything that can fail in front of a person.
pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    /// A fault of this kind; `what` is one sentence without a full stop.
    pub fn new(kind: Kind, what: impl Into<String>) -> Fault {
        Fault {
            kind,
            what: what.into(),
            path: None,
            line: None,
            column: None,
            cause: None,
            hints: Vec::new(),
            further: Arc::default(),
        }
    }

    /// Names the file it concerns.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Fault {
        self.path = Some(path.as_ref().into());
        self
    }

    /// The 1-based line of the file it concerns, where it is known.
    pub fn line_number(&self) -> Option<usize> {
        self.line.map(|line| line as usize)
    }

    /// Names the 1-based line of the file it concerns.
    #[must_use]
    pub fn line(mut self, line: usize) -> Fault {
        self.line = u32::try_from(line).ok();
        self
    }

    /// Names the 1-based column on that line.
    #[must_use]
    pub fn column(mut self, column: usize) -> Fault {
        self.column = u32::try_from(column).ok();
        self
    }

    /// Tells these faults along with it.
    #[must_use]
    pub fn with(self, further: Vec<Fault>) -> Fault {
        Fault { further: further.into(), ..self }
    }

    /// Those that are told along with it.
    pub fn further(&self) -> &[Fault] {
        &self.further
    }

    /// Keeps the error that caused it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Fault {
        self.cause = Some(cause.into().into());
        self
    }

    /// Adds a sentence that says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hints.push(hint.into());
        self
    }

    /// The same with this hint alone.
    #[must_use]
    pub fn hinted(self, hint: impl Into<String>) -> Fault {
        Fault { hints: vec![hint.into()], ..self }
    }

    /// The same in other words.
    #[must_use]
    pub fn worded(self, words: impl FnOnce(&str) -> String) -> Fault {
        Fault { what: words(&self.what), ..self }
    }

    /// What sort of trouble it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What to do next, most useful first.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

/// `path:line:column: what: cause: cause`, on one line.
impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(out, "{}:", path.display())?;
            if let Some(line) = self.line {
                write!(out, "{line}:")?;
                self.column.map_or(Ok(()), |column| write!(out, "{column}:"))?;
            }
            out.write_str(" ")?;
        }
        out.write_str(&self.what)?;
        let mut cause = self.source();
        while let Some(error) = cause {
            write!(out, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_what_and_why_on_one_line() {
        let fault = Fault::new(Kind::Unreadable, "cannot read the report")
            .at("bugs.md")
            .line(7)
            .because(std::io::Error::other("disk on fire"))
            .hint("put it out");
        assert_eq!(fault.to_string(), "bugs.md:7: cannot read the report: disk on fire");
        assert_eq!(fault.hints(), ["put it out"]);
        assert_eq!(fault.kind().exit_code(), 2);
    }
}

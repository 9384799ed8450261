//! Why something was not committed, what to do about it, and the faults that a person sees of that.

use std::path::Path;

use super::run::Ground;
use super::{Commits, Files, hand};
use crate::fault::{Fault, Kind};

/// Why something was not committed, and what to do about it.
#[derive(Debug)]
pub(super) struct Why {
    pub(super) what: String,
    hint: Option<String>,
    pub(super) remedy: Remedy,
}

/// What helps where something was not committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// To mend what is in the way, and to try again.
    Mend,
    /// To commit by hand: another try would end as this one.
    ByHand,
}

impl Remedy {
    /// What comes before the command that commits by hand.
    fn words(self) -> &'static str {
        match self {
            Remedy::Mend => "once mended",
            Remedy::ByHand => "to commit all of it",
        }
    }
}

impl Why {
    pub(super) fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), hint: None, remedy: Remedy::Mend }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Why {
        Why { hint: Some(hint.into()), ..self }
    }

    /// Says that committing by hand is all that is to be done.
    pub(super) fn by_hand(self) -> Why {
        Why { remedy: Remedy::ByHand, ..self }
    }

    /// The fault of what was saved and is not committed for this reason.
    pub(super) fn fault(self, what: impl Into<String>, files: Files<'_>) -> Fault {
        let fault = Fault::new(Kind::Refused, what).at(files.report).because(self.what);
        self.hint.into_iter().fold(fault, Fault::hint)
    }
}

/// What has become of a save that no commit has.
pub(super) const NOT_COMMITTED: &str = "saved, but not committed";

/// Says that what was saved is not committed, or not all of it, and how to do that by hand.
pub(super) fn not_committed(files: Files<'_>, commits: &Commits, why: Why, ground: &Ground) -> Fault {
    let what = match commits.decisions {
        0 => NOT_COMMITTED.to_owned(),
        done => format!("saved, but only {done} of {} decisions committed", commits.wanted),
    };
    let remedy = why.remedy.words();
    why.fault(what, files).hint(format!("{remedy}: {}", hand::command(files, ground)))
}

/// Says that commits stand and the index is not what it should be after them.
pub(super) fn behind(files: Files<'_>, why: Why) -> Fault {
    let [folder, names] = hand::words(files);
    Fault::new(Kind::Refused, "saved and committed, but what was before looks staged")
        .at(files.report)
        .because(why.what)
        .hint(format!("the next commit of regrade mends that, or: cd {folder} && git reset -q {names}"))
}

/// That the report is one from before what is to be committed, though the log is not.
pub(super) fn put_back(files: Files<'_>) -> Why {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (report, log) = (name(files.report), name(files.log));
    Why::new(format!("{report} has been put back to before a decision that {log} has"))
        .hint(format!("put {log} back too, or {report} forward again"))
        .by_hand()
}

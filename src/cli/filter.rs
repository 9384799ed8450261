//! `--filter`: bugs chosen by what they are instead of by name. What cannot be understood is a fault here, so
//! that no command acts on more bugs than were meant.

use jiff::Timestamp;

use crate::fault::{Fault, Kind, Result};
use crate::report::BugIx;
use crate::triage::Session;
use crate::triage::query::{Query, Refused, chosen};

/// A filter as it is typed. It may begin with `-`, for the opposite; what begins with `--` is the next argument, in the place
/// of a filter that is missing.
///
/// # Errors
/// That one is missing.
pub(super) fn typed(text: &str) -> std::result::Result<String, String> {
    match text.starts_with("--") {
        true => Err("a filter is missing before it".to_owned()),
        false => Ok(text.to_owned()),
    }
}

/// The bugs that a filter leaves at this time, in document order.
///
/// # Errors
/// Kind usage, where something in it cannot be understood.
pub(super) fn bugs(session: &Session, filter: &str, now: Timestamp) -> Result<Vec<BugIx>> {
    chosen(session, filter, now).map_err(refused)
}

/// The fault of a filter that cannot be acted on.
pub(super) fn refused(Refused { what, hint }: Refused) -> Fault {
    Fault::new(Kind::Usage, what).hint(hint)
}

/// The bugs that a filter leaves for a decision. One that restricts nothing, such as an empty variable of a script,
/// is a fault here.
///
/// # Errors
/// Kind usage, where it restricts nothing or something in it cannot be understood.
pub(super) fn some(session: &Session, filter: &str, now: Timestamp) -> Result<Vec<BugIx>> {
    let bugs = bugs(session, filter, now)?;
    if Query::parse(filter, session.report()).is_empty() {
        return Err(Fault::new(Kind::Usage, "the filter restricts nothing, so it would decide on every bug")
            .hint("`is:undecided,decided` stands for all bugs where that is meant"));
    }
    Ok(bugs)
}

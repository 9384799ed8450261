//! `--filter`: bugs chosen by what they are instead of by name. What cannot be understood is a fault here, so
//! that no command acts on more bugs than were meant.

use jiff::Timestamp;

use crate::fault::{Fault, Kind, Result};
use crate::report::BugIx;
use crate::triage::Session;
use crate::triage::query::{Query, Refused, chosen};

/// What may stand in a filter, in lines that need not be broken on a terminal of 80 columns.
pub(super) const HELP: &str = "\
Only the bugs that this leaves, decisions that wait at the desk
included. All of it must hold:
  sev:P0  sev:critical,P1    severity by key or name; a comma means or
  sev:>=P1                   that one and more severe
  scope:test  status:open    what it affects, what has become of it
  scope:none  sev:unlisted   without one, with a word that is unknown
  is:undecided               or decided, changed, seen, unseen,
                             suggested, stale, overdue, contradiction
  suggested:missing-module   which rule or who is first to suggest
  section:p0                 in the title of a section around it
  id:12  title:slow          in its id, in its title
  text:word  error:Import    in its text, in a field by its name
  crash  \"login loops\"       fuzzily, or exactly, in id and title
  -sev:P0  -crash            the opposite";

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

#[cfg(test)]
mod tests {
    use super::*;

    /// Broken lines of a table are read as other terms.
    #[test]
    fn what_help_says_of_filters_fits_a_terminal() {
        const INDENT: usize = 10;
        assert!(HELP.lines().all(|line| INDENT + line.chars().count() <= 80), "{HELP}");
    }
}

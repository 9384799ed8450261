//! `--filter`: bugs chosen by what they are instead of by name. What cannot be understood is a fault here, so
//! that no command acts on more bugs than were meant.

use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use crate::fault::{Fault, Kind, Result};
use crate::report::audit::Kind as Finding;
use crate::report::{BugIx, audit};
use crate::triage::query::{Known, Matches, Query};
use crate::triage::{BugSet, Session, suggest};

/// The bugs that a filter leaves at this time, in document order.
///
/// # Errors
/// Kind usage, where something in it cannot be understood.
pub(super) fn bugs(session: &Session, filter: &str, now: Timestamp) -> Result<Vec<BugIx>> {
    let query = Query::parse(filter, session.report());
    if let Some(problem) = query.problems().first() {
        return Err(Fault::new(Kind::Usage, problem.what.clone()).hint(format!(
            "it stands in the filter {filter}; `regrade help list` tells what may stand there"
        )));
    }
    if let Some(name) = query.unfinished().first() {
        return Err(Fault::new(Kind::Usage, format!("{name}: asks for nothing in the filter {filter}"))
            .hint(format!("say what, such as {name}:none, or leave it out")));
    }
    let known = known(session, &query, now);
    let found = Matches::search(session, &known, &query, None, &AtomicBool::new(false));
    Ok(found.unwrap_or_default().bugs)
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

/// What a filter asks that the session does not know.
fn known(session: &Session, query: &Query, now: Timestamp) -> Known {
    let findings = if query.asks_findings() { audit(session.report(), now) } else { Vec::new() };
    let of = |kind| findings.iter().filter(move |found| found.kind == kind).filter_map(|found| found.bug);
    let rules = query.asks_suggestions().then(|| suggest::all(session, &AtomicBool::new(false))).flatten();
    Known {
        marked: BugSet::default(),
        suggested: BugSet::of_all(rules.iter().flatten()),
        overdue: of(Finding::Overdue).collect(),
        contradicting: of(Finding::Severity).chain(of(Finding::Id)).collect(),
    }
}

//! The bugs that a whole filter leaves. What cannot be understood is refused here, so that nobody acts on more bugs than
//! were meant.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::{Known, Matches, Query};
use crate::methodology::Methodology;
use crate::report::audit::Kind as Finding;
use crate::report::{BugIx, Report, audit};
use crate::text::Bytes;
use crate::triage::suggest::Found;
use crate::triage::{BugSet, Session};

/// Why a filter leaves no bugs and nobody can act on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong, in a sentence without a full stop.
    pub what: String,
    /// What to do instead.
    pub hint: String,
}

/// The bugs that a filter leaves at this time, in document order.
///
/// # Errors
/// Where something in it cannot be understood, or asks for nothing.
pub fn chosen(session: &Session, filter: &str, now: Timestamp) -> Result<Vec<BugIx>, Refused> {
    let query = Query::parse(filter, session.report());
    expect_known(&query, filter)?;
    if let Some(name) = query.unnamed().first() {
        let what = format!("no term and no field of the report is called {name}");
        let hint = format!(
            "it stands in the filter {filter}; put the word in quotes to look for it in ids and titles, or see \
             `regrade help list`"
        );
        return Err(Refused { what, hint });
    }
    let rules = session.methodology().suggestions().iter().map(|rule| rule.name.as_str());
    if let Some(name) = query.unknown_voice(rules.chain(session.advice().authors())) {
        let what =
            format!("no suggestion rule is called {name}, and nobody of that name has proposed anything");
        let hint =
            "`regrade methodology` names the rules, `regrade suggest` tells who proposes what".to_owned();
        return Err(Refused { what, hint });
    }
    let known = known(session, &query, now);
    let found = Matches::search(session, &known, &query, None, &AtomicBool::new(false));
    Ok(found.unwrap_or_default().bugs)
}

/// Refuses a filter that cannot be understood whatever report it is for. Which fields that one has is not known here.
///
/// # Errors
/// Where it asks for what the methodology does not have, or for nothing.
pub fn expect_sense(filter: &str, methodology: &Arc<Methodology>) -> Result<(), Refused> {
    expect_known(&Query::parse(filter, &Report::parse(Bytes::default(), methodology)), filter)
}

fn expect_known(query: &Query, filter: &str) -> Result<(), Refused> {
    if let Some(problem) = query.problems().first() {
        let hint =
            format!("it stands in the filter {filter}; `regrade help list` tells what may stand there");
        return Err(Refused { what: problem.what.clone(), hint });
    }
    if query.asks_marks() {
        let what = "is:marked finds nothing here: marks are set at the desk, and stay there".to_owned();
        return Err(Refused { what, hint: format!("leave it out of the filter {filter}, or name the bugs") });
    }
    if let Some(name) = query.unfinished().first() {
        let what = format!("{name}: asks for nothing in the filter {filter}");
        return Err(Refused { what, hint: format!("say what, such as {name}:none, or leave it out") });
    }
    Ok(())
}

/// What a filter asks that the session does not know.
fn known(session: &Session, query: &Query, now: Timestamp) -> Known {
    let findings = if query.asks_findings() { audit(session.report(), now) } else { Vec::new() };
    let of = |kind| findings.iter().filter(move |found| found.kind == kind).filter_map(|found| found.bug);
    let found = query.asks_suggestions().then(|| Found::of(session, &AtomicBool::new(false))).flatten();
    let found = found.unwrap_or_default();
    Known {
        marked: BugSet::default(),
        suggested: found.open(session),
        voices: Arc::new(found.by_name(session)),
        stale: found.stale(session),
        overdue: of(Finding::Overdue).collect(),
        contradicting: of(Finding::Severity).chain(of(Finding::Id)).collect(),
    }
}

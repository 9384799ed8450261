//! Reports in memory, read with the methodology that comes with the program, and sessions on them.

use std::sync::{Arc, LazyLock};

use regrade::deviation::{self, Log};
use regrade::methodology::Methodology;
use regrade::report::Report;
use regrade::triage::{Decision, Draft, Event, Session};

/// The methodology that comes with the program.
pub static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

/// The report that these bytes are.
pub fn parse(base: &[u8]) -> Report {
    Report::parse(base.into(), &METHODOLOGY)
}

/// A session on a report that has this log.
pub fn session(report: &Arc<Report>, log: &Log) -> Session {
    let past = deviation::past(&log.entries, report, &METHODOLOGY);
    Session::new(Arc::clone(report), Arc::clone(&METHODOLOGY), past)
}

/// Ada decides this, at the hour of the review that regrade was born from.
pub fn decided(draft: Draft) -> Event {
    let (at, by) = ("2026-02-11T20:25:48Z".parse().unwrap(), String::from("Ada"));
    Event::Decided(Decision { at, by, draft })
}

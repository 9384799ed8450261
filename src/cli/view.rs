//! A report as those see it who only look: what it says, and beside that what decisions make of its bugs that wait at the desk.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::methodology::LevelId;
use crate::report::{BugIx, Report, without_remark};
use crate::text::display;
use crate::triage::{BugSet, Session};

/// A report with what waits to be saved into it.
pub(super) struct View {
    report: Arc<Report>,
    waiting: Option<Waiting>,
}

struct Waiting {
    session: Session,
    bugs: BugSet,
}

/// A bug as it will be once what waits is saved.
#[derive(Debug, Serialize)]
pub(super) struct Pending<'a> {
    /// The methodology's key.
    pub(super) level: Option<&'a str>,
    pub(super) scope: Option<Cow<'a, str>>,
    pub(super) status: Option<String>,
}

impl View {
    /// That of a report on which nothing waits.
    pub(super) fn saved(report: Report) -> View {
        View { report: Arc::new(report), waiting: None }
    }

    pub(super) fn of(session: Session) -> View {
        let (report, bugs) = (Arc::clone(session.report()), session.touched());
        View { report, waiting: (!bugs.is_empty()).then_some(Waiting { session, bugs }) }
    }

    pub(super) fn report(&self) -> &Report {
        &self.report
    }

    /// Whether a decision about a bug waits.
    pub(super) fn waits(&self, bug: BugIx) -> bool {
        self.waiting.as_ref().is_some_and(|waiting| waiting.bugs.contains(bug))
    }

    /// What will be of a bug that a decision about waits.
    pub(super) fn pending(&self, bug: BugIx) -> Option<Pending<'_>> {
        let session = &self.waiting.as_ref().filter(|waiting| waiting.bugs.contains(bug))?.session;
        let level = session.level(bug).map(|level| self.report.methodology().level(level).key.as_str());
        let status = session.status(bug).map(|status| without_remark(&status).to_owned());
        Some(Pending { level, scope: session.scope(bug), status })
    }

    /// The level of a bug, what waits included.
    pub(super) fn level(&self, bug: BugIx) -> Option<LevelId> {
        match &self.waiting {
            Some(waiting) => waiting.session.level(bug),
            None => self.report.level(bug),
        }
    }

    /// Level, scope and status of a bug, all visible: `P0`, or where a decision waits, `P0→P1`.
    pub(super) fn cells(&self, bug: BugIx) -> [String; 3] {
        let (report, values) = (&self.report, self.report.values(bug));
        let level = report.level(bug).map(|level| report.methodology().level(level).key.clone());
        let severity = level.or_else(|| report.severity(bug).map(|word| format!("{word}?")));
        let status = values.status().map(|status| without_remark(&status).to_owned());
        let is = [severity, values.scope().map(Into::into), status];
        let Some(Pending { level, scope, status }) = self.pending(bug) else { return is.map(shown) };
        let unlisted = is[0].clone().filter(|_| report.level(bug).is_none());
        let level = level.map(str::to_owned).or(unlisted);
        let mut to = [level, scope.map(Into::into), status].into_iter();
        is.map(|is| arrow(shown(is), shown(to.next().flatten())))
    }
}

fn shown(text: Option<String>) -> String {
    text.map_or_else(|| "–".to_owned(), |text| display::visible(text.as_bytes()))
}

/// `P0→P1`, or one of them where both are the same.
fn arrow(is: String, to: String) -> String {
    if is == to { is } else { format!("{is}→{to}") }
}

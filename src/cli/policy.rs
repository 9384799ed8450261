//! What the guards of the policy say to a command: a note is told, a warning needs a reason, a block refuses.

use std::path::Path;

use super::words::called;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Act;
use crate::text::counted;
use crate::triage::guard::{self, LEAST_REASON, Spoken};
use crate::triage::{Draft, Session};

/// Why a decision is made although the policy warns of it.
#[derive(Debug, Default)]
pub(super) struct Reasons<'a> {
    /// The reason for whatever guard warns.
    pub(super) general: Option<&'a str>,
    /// Those for single guards, by name, which go before it.
    pub(super) of_guards: Vec<(&'a str, &'a str)>,
}

impl<'a> Reasons<'a> {
    /// One reason, whatever guard warns.
    pub(super) fn general(reason: Option<&'a str>) -> Reasons<'a> {
        Reasons { general: reason, of_guards: Vec::new() }
    }

    /// Whether there is one.
    pub(super) fn is_any(&self) -> bool {
        self.general.is_some() || !self.of_guards.is_empty()
    }

    fn of(&self, guard: &str) -> Option<&'a str> {
        let own = self.of_guards.iter().find(|(of, reason)| *of == guard && is_reason(reason));
        own.map(|(_, reason)| *reason).or(self.general).map(str::trim)
    }
}

/// Whether a text is long enough to be a reason.
pub(super) fn is_reason(text: &str) -> bool {
    text.trim().chars().count() >= LEAST_REASON
}

/// The fault of one that is not.
pub(super) fn no_reason() -> Fault {
    Fault::new(Kind::Usage, format!("a reason to override the policy has {LEAST_REASON} characters at least"))
}

/// Puts into a decision what the guards say of it and why it is made all the same; gives what is to be told.
///
/// # Errors
/// [`Kind::Refused`] where a guard blocks it, or warns and no reason is given.
pub(super) fn answer(
    draft: &mut Draft,
    session: &Session,
    reasons: &Reasons<'_>,
    report: &Path,
) -> Result<Vec<String>> {
    if reasons.general.is_some_and(|reason| !is_reason(reason)) {
        return Err(no_reason().hint("say with --override REASON why it is right all the same"));
    }
    let spoken = guard::spoken(draft, session);
    if let Some(said) = spoken.iter().find(|said| said.act == Act::Block) {
        return Err(refusal(said, session, report).hint(instead(said, session)));
    }
    let is_unanswered = |said: &&Spoken| said.act == Act::Warn && reasons.of(&said.guard).is_none();
    if let Some(said) = spoken.iter().find(is_unanswered) {
        let hint = "decide otherwise, or say with --override REASON why it is right all the same";
        return Err(refusal(said, session, report).hint(hint));
    }
    draft.answers = spoken.iter().map(|said| said.answered(reasons.of(&said.guard))).collect();
    Ok(spoken.iter().map(|said| format!("policy {}", told(said, session))).collect())
}

/// What the guards will say of a decision when somebody who has looked at its bugs makes it.
///
/// # Errors
/// [`Kind::Refused`] where a guard blocks it, so that nobody could.
pub(super) fn foreseen(draft: &Draft, session: &Session) -> Result<Vec<String>> {
    let spoken = guard::spoken(&Draft { seen: draft.touched(), ..draft.clone() }, session);
    match spoken.iter().find(|said| said.act == Act::Block) {
        Some(said) => Err(Fault::new(Kind::Refused, told(said, session)).hint(instead(said, session))),
        None => Ok(spoken.iter().map(|said| format!("policy {}", told(said, session))).collect()),
    }
}

/// What can be done where a guard blocks: no reason answers it, but one that goes by the length of the rationale lets others
/// pass.
fn instead(said: &Spoken, session: &Session) -> String {
    let guard = session.methodology().policy().iter().find(|guard| guard.name == said.guard);
    let bounds = guard.and_then(|guard| guard.when.rationale).unwrap_or_default();
    let longer = bounds.at_most.map(|most| format!("with more than {}", counted(most, "character")));
    let shorter = bounds.at_least.map(|least| format!("with fewer than {}", counted(least, "character")));
    let passes: Vec<String> = longer.into_iter().chain(shorter).collect();
    match passes.as_slice() {
        [] => "the methodology does not let it be decided so, whatever the reason".to_owned(),
        passes => format!(
            "this guard goes by the rationale: say with --rationale TEXT one {}",
            passes.join(", or ")
        ),
    }
}

fn refusal(said: &Spoken, session: &Session, report: &Path) -> Fault {
    Fault::new(Kind::Refused, told(said, session)).at(report)
}

/// `production-only: P0 is reserved for production. (BUG-001)`.
fn told(said: &Spoken, session: &Session) -> String {
    let bugs = called(session.report(), said.bugs.iter().collect::<Vec<_>>().into_iter());
    said.told(&bugs)
}

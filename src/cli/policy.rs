//! What the guards of the policy say to a command: a note is told, a warning needs a reason, a block refuses.

use std::path::Path;

use super::set::called;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Act;
use crate::triage::guard::{self, LEAST_REASON, Spoken};
use crate::triage::{Draft, Session};

/// Puts into a decision what the guards say of it and why it is made all the same; gives what is to be told.
///
/// # Errors
/// [`Kind::Refused`] where a guard blocks it, or warns and no reason is given.
pub(super) fn answer(
    draft: &mut Draft,
    session: &Session,
    reason: Option<&str>,
    report: &Path,
) -> Result<Vec<String>> {
    if reason.is_some_and(|reason| reason.trim().chars().count() < LEAST_REASON) {
        let what = format!("a reason to override the policy has {LEAST_REASON} characters at least");
        return Err(
            Fault::new(Kind::Usage, what).hint("say with --override REASON why it is right all the same")
        );
    }
    let reason = reason.map(str::trim);
    let spoken = guard::spoken(draft, session);
    for said in &spoken {
        let refused = |hint: &str| Err(refusal(said, session, report).hint(hint));
        match said.act {
            Act::Block => {
                return refused("the methodology does not let it be decided so, whatever the reason");
            }
            Act::Warn if reason.is_none() => {
                return refused(
                    "decide otherwise, or say with --override REASON why it is right all the same",
                );
            }
            Act::Warn | Act::Note => {}
        }
    }
    draft.answers = spoken.iter().map(|said| said.answered(reason)).collect();
    Ok(spoken.iter().map(|said| format!("policy {}", told(said, session))).collect())
}

fn refusal(said: &Spoken, session: &Session, report: &Path) -> Fault {
    Fault::new(Kind::Refused, told(said, session)).at(report)
}

/// `production-only: P0 is reserved for production. (BUG-001)`.
fn told(said: &Spoken, session: &Session) -> String {
    let bugs = called(session.report(), said.bugs.iter().collect::<Vec<_>>().into_iter());
    said.told(&bugs)
}

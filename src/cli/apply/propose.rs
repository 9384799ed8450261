//! What an item of a file proposes, where it is not to be decided but kept as a suggestion of its author.

use jiff::Timestamp;

use super::judge;
use crate::cli::policy;
use crate::fault::{Fault, Kind, Result};
use crate::proposal::{Item, What};
use crate::report::{BugIx, To};
use crate::triage::suggest::Proposed;
use crate::triage::{BugSet, Draft, Session, Set};

/// What of a bug must not change until a proposal is accepted, where that does not say so itself.
const ALL: [&str; 3] = ["severity", "scope", "status"];

/// Refuses what nobody could accept, or does not stand at a bug; gives what the policy will say when it is accepted.
///
/// # Errors
/// [`Kind::Refused`], with its place.
pub(super) fn guarded(mut draft: Draft, item: &Item<'_>, session: &Session) -> Result<(Draft, Vec<String>)> {
    let refused =
        |what: &str, hint: &str| Err(item.fault(None, Fault::new(Kind::Refused, what.to_owned()).hint(hint)));
    if draft.is_empty() {
        let hint = "apply it without --propose";
        return refused(
            "this is about the report as a whole, and has no bug to stand at as a suggestion",
            hint,
        );
    }
    if item.by.as_ref().is_none_or(|by| by.trim().is_empty()) {
        return refused("nobody is named who proposes this", "say `by:` at the head of the file, or here");
    }
    judge::allow(&draft, item, session)?;
    draft.suggested_by.clone_from(&item.by);
    let said = policy::foreseen(&draft, session).map_err(|fault| item.fault(None, fault))?;
    Ok((draft, said))
}

/// What it proposes: one proposal for all bugs that get the same.
pub(super) fn proposed(draft: &Draft, item: &Item<'_>, session: &Session, at: Timestamp) -> Vec<Proposed> {
    let by = item.by.clone().unwrap_or_default();
    let names = asked(item);
    let parts = draft.parts.iter().filter(|part| !part.bugs.is_empty());
    let one = |(bugs, set): (&BugSet, &Set)| Proposed {
        by: by.clone(),
        at,
        kind: draft.kind,
        set: set.clone(),
        rationale: draft.rationale.clone(),
        rule: draft.rule,
        suggestion: draft.suggestion.clone(),
        before: bugs.iter().map(|bug| (bug, stands(session, bug, &names))).collect(),
    };
    parts.map(|part| one((&part.bugs, &part.set))).collect()
}

/// What of its bugs must not change: what it says of how they stood, else all that it could say.
fn asked<'i>(item: &'i Item<'_>) -> Vec<&'i str> {
    match &item.what {
        What::Said(said) if !said.fields("from").is_empty() => {
            said.fields("from").iter().map(|(name, _)| name.as_str()).collect()
        }
        _ => ALL.to_vec(),
    }
}

/// How a bug stands in these.
fn stands(session: &Session, bug: BugIx, names: &[&str]) -> Set {
    let has = |name: &str| names.contains(&name);
    let text = |name: &str, text: Option<std::borrow::Cow<'_, str>>| match has(name) {
        true => To::from_option(text.map(Into::into)),
        false => To::Keep,
    };
    Set {
        severity: if has("severity") { To::from_option(session.level(bug)) } else { To::Keep },
        scope: text("scope", session.scope(bug)),
        status: text("status", session.status(bug)),
        fields: Vec::new(),
    }
}

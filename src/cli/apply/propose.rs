//! What an item of a file proposes, where it is not to be decided but kept as a suggestion of its author.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::judge;
use crate::cli::policy;
use crate::cli::world::Open;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::proposal::{Item, What};
use crate::report::{BugIx, To};
use crate::triage::suggest::{self, Proposed, Standing, State, Stood};
use crate::triage::{BugSet, Draft, Kind, Part, Session, Set};

/// What of a bug must not change until a proposal is accepted, where that does not say so itself.
const ALL: [&str; 3] = ["severity", "scope", "status"];

/// Refuses what nobody could accept, or does not stand at a bug; gives what the policy will say when it is accepted.
///
/// # Errors
/// [`Trouble::Refused`], with its place.
pub(super) fn guarded(mut draft: Draft, item: &Item<'_>, session: &Session) -> Result<(Draft, Vec<String>)> {
    let refused = |what: &str, hint: &str| {
        Err(item.fault(None, Fault::new(Trouble::Refused, what.to_owned()).hint(hint)))
    };
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
    let methodology = session.methodology();
    let unknown = draft.parts.iter().find_map(|part| suggest::unknown(&part.set, draft.rule, methodology));
    if let Some(word) = unknown {
        let hint = "regrade methodology shows what it knows; --propose needs words that can be decided by";
        return refused(&format!("the methodology does not know {word}"), hint);
    }
    draft.suggested_by.clone_from(&item.by);
    let said = policy::foreseen(&draft, session).map_err(|fault| item.fault(None, fault))?;
    Ok((draft, said))
}

/// What it proposes, where so many decisions stand on bugs: one proposal for all bugs that get the same.
pub(super) fn proposed(
    draft: &Draft,
    item: &Item<'_>,
    session: &Session,
    decisions: &HashMap<BugIx, usize>,
    at: Timestamp,
) -> Vec<Proposed> {
    let by = item.by.clone().unwrap_or_default();
    let names = asked(item);
    let stood = |bug| Stood {
        bug,
        set: stands(session, bug, &names),
        decisions: decisions.get(&bug).copied().unwrap_or_default(),
    };
    let one = |part: &Part| Proposed {
        by: by.clone(),
        at,
        kind: draft.kind,
        set: part.set.clone(),
        rationale: draft.rationale.clone(),
        rule: draft.rule,
        suggestion: draft.suggestion.clone(),
        bugs: part.bugs.iter().map(stood).collect(),
    };
    draft.parts.iter().filter(|part| !part.bugs.is_empty()).map(one).collect()
}

/// What was proposed for a report before, with what has become of it.
pub(super) struct Earlier<'s> {
    session: &'s Session,
    authors: HashSet<&'s str>,
    standing: Standing<'s>,
}

/// What an author proposes again that was accepted already. It stays as it was, so that it comes back where that is
/// taken back.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) proposals: Vec<Proposed>,
    /// Its bugs.
    pub(super) bugs: BugSet,
    /// Whether the item has no others.
    pub(super) is_all: bool,
}

impl<'s> Earlier<'s> {
    pub(super) fn of(session: &'s Session) -> Earlier<'s> {
        let advice = session.advice();
        let authors = advice.proposals().iter().map(|proposed| proposed.by.as_str()).collect();
        Earlier { session, authors, standing: Standing::of(session, advice.bugs()) }
    }

    /// What of an item is accepted already.
    pub(super) fn accepted(&self, item: &Item<'_>, open: &Open, today: Date) -> Kept {
        let by = item.by.as_deref().filter(|by| self.authors.contains(by));
        let writing = open.terms.settings.writing();
        let meant = by.and_then(|by| Some((by, judge::meant(item, self.session, writing, today)?)));
        let Some((by, meant)) = meant else { return Kept::default() };
        let mut places: BTreeMap<usize, BugSet> = BTreeMap::new();
        for (bug, set) in meant.bugs() {
            if let Some(at) = self.place(&meant, bug, set, by) {
                places.entry(at).or_default().insert(bug);
            }
        }
        let bugs = BugSet::of_all(places.values());
        let is_all = !meant.is_empty() && bugs.len() == meant.len();
        let proposals =
            places.into_iter().map(|(at, bugs)| self.session.advice().proposals()[at].only(&bugs));
        Kept { proposals: proposals.collect(), bugs, is_all }
    }

    /// The place of the proposal of an author that gives this to a bug and is accepted.
    fn place(&self, meant: &Draft, bug: BugIx, set: &Set, by: &str) -> Option<usize> {
        let proposals = self.session.advice().proposals();
        let is_it = |(at, state): &(usize, State)| {
            let known = &proposals[*at];
            *state == State::Accepted
                && (known.by.as_str(), known.kind, &known.set) == (by, meant.kind, set)
                && (meant.kind != Kind::Note || meant.rationale == known.rationale)
        };
        self.standing.states(bug).into_iter().find(is_it).map(|(at, _)| at)
    }
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

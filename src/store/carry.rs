//! Decisions of a journal in terms of the open report.
//!
//! Where every bug stands where it stood, they come back exactly. Where not, they are carried over by
//! handle, and what no longer fits becomes a sentence for the person: nothing is dropped in silence.

use super::bugs::{Bugs, Carried};
use super::record::{DecisionText, PartText, Value};
use super::replay::Replay;
use crate::deviation::Handles;
use crate::methodology::{LevelId, Methodology};
use crate::report::{Report, Restated, To};
use crate::triage::{BugSet, Decision, Draft, Event, Kind, Part, Set};

/// How many handles a sentence names.
const NAMED: usize = 5;

/// What a journal's decisions are in the open report.
#[derive(Debug, Default)]
pub(super) struct Fitted {
    /// To be applied in order.
    pub(super) events: Vec<Event>,
    /// What does not fit, a sentence each.
    pub(super) misfits: Vec<String>,
}

/// The decisions of the journal that fit, and what does not.
pub(super) fn fitted(replay: &Replay, report: &Report, methodology: &Methodology) -> Fitted {
    let mut carrier = Carrier { report, methodology, handles: None, misfits: Vec::new() };
    let mut carry = |text: &DecisionText| carrier.decision(text).map(Event::Decided);
    let done: Vec<Event> = replay.done.iter().filter_map(&mut carry).collect();
    let undone: Vec<Event> = replay.undone.iter().rev().filter_map(&mut carry).collect();
    let back = std::iter::repeat_n(Event::Undone, undone.len());
    let events = done.into_iter().chain(undone).chain(back).collect();
    Fitted { events, misfits: carrier.misfits }
}

struct Carrier<'r> {
    report: &'r Report,
    methodology: &'r Methodology,
    handles: Option<Handles<'r>>,
    misfits: Vec<String>,
}

impl Carrier<'_> {
    /// The decision, or `None` where nothing of it fits.
    fn decision(&mut self, text: &DecisionText) -> Option<Decision> {
        let Some((kind, sets)) = self.known(text) else {
            self.misfit(text, "names what the methodology does not know");
            return None;
        };
        let bugs = self.exact(text).unwrap_or_else(|| self.carried(text));
        let was_empty = text.parts.iter().all(|part| part.bugs.is_empty());
        let parts = bugs.parts.into_iter().zip(sets).map(|(bugs, set)| Part { bugs, set });
        let parts: Vec<Part> = parts.filter(|part| was_empty || !part.bugs.is_empty()).collect();
        let claims = self.claims(text);
        let had_claims = !text.claims.is_empty();
        if parts.is_empty() && claims.is_empty() && (!was_empty || had_claims) {
            return None;
        }
        let (seen, rationale) = (bugs.seen, text.rationale.clone());
        let (suggestion, reverts) = (text.suggestion.clone(), text.reverts.clone());
        let draft = Draft { kind, parts, claims, seen, rationale, rule: text.rule, suggestion, reverts };
        Some(Decision { at: text.at, by: text.by.clone(), draft })
    }

    /// Its claims, each once; those that the report no longer makes are misfits.
    fn claims(&mut self, text: &DecisionText) -> Vec<Restated> {
        let mut claims: Vec<Restated> =
            text.claims.iter().filter_map(|claim| claim.on(self.report)).collect();
        claims.sort_by_key(|restated| restated.claim);
        claims.dedup_by_key(|restated| restated.claim);
        if claims.len() < text.claims.len() {
            self.misfit(text, "sets claims anew that the report no longer makes");
        }
        claims
    }

    /// Its kind and new values, if all of them are known.
    fn known(&self, text: &DecisionText) -> Option<(Kind, Vec<Set>)> {
        let sets = text.parts.iter().map(|part| set(part, self.methodology)).collect::<Option<_>>()?;
        Some((Kind::named(&text.kind)?, sets))
    }

    /// Its bugs, if all of them stand where they stood.
    fn exact(&self, text: &DecisionText) -> Option<Whose> {
        let parts = text.parts.iter().map(|part| part.bugs.on(self.report)).collect::<Option<_>>()?;
        Some(Whose { parts, seen: text.seen.on(self.report)? })
    }

    /// Those of its bugs that are found by handle, each once; the others are misfits.
    fn carried(&mut self, text: &DecisionText) -> Whose {
        let handles = self.handles.get_or_insert_with(|| Handles::of(self.report));
        let find = |bugs: &Bugs| bugs.carried(handles);
        let parts: Vec<Carried> = text.parts.iter().map(|part| find(&part.bugs)).collect();
        let seen = find(&text.seen).bugs.into_iter().collect();
        let gone: Vec<&str> = parts.iter().flat_map(|part| &part.gone).map(String::as_str).collect();
        if !gone.is_empty() {
            self.misfit(text, &format!("concerns what the report no longer has: {}", list(&gone)));
        }
        Whose { parts: disjoint(parts), seen }
    }

    fn misfit(&mut self, text: &DecisionText, why: &str) {
        let rationale = text.rationale.lines().next().unwrap_or_default();
        let quoted = if rationale.is_empty() { String::new() } else { format!(" “{rationale}”") };
        self.misfits.push(format!("the decision{quoted} ({}, {}) {why}", text.kind, text.at));
    }
}

/// The bugs of a decision, part by part, and those that were seen.
struct Whose {
    parts: Vec<BugSet>,
    seen: BugSet,
}

/// The parts as sets, each bug in the first that has it.
fn disjoint(parts: Vec<Carried>) -> Vec<BugSet> {
    let mut taken = BugSet::default();
    let mut sets = Vec::with_capacity(parts.len());
    for part in parts {
        let set: BugSet = part.bugs.into_iter().filter(|bug| !taken.contains(*bug)).collect();
        taken = taken.union(&set);
        sets.push(set);
    }
    sets
}

fn list(handles: &[&str]) -> String {
    let named = handles[..handles.len().min(NAMED)].join(", ");
    match handles.len() - handles.len().min(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// The values of a part; `None` where the methodology has no such level.
fn set(part: &PartText, methodology: &Methodology) -> Option<Set> {
    let level = |key: &str| -> Option<LevelId> {
        methodology.level_ids().find(|level| methodology.level(*level).key == key)
    };
    let severity = match &part.severity {
        None => To::Keep,
        Some(Value::Clear) => To::Clear,
        Some(Value::Set(key)) => To::Value(level(key)?),
    };
    let fields = part.fields.iter().map(|(name, value)| (name.clone(), text(Some(value))));
    let (scope, status) = (text(part.scope.as_ref()), text(part.status.as_ref()));
    Some(Set { severity, scope, status, fields: fields.collect() })
}

fn text(value: Option<&Value>) -> To<String> {
    match value {
        None => To::Keep,
        Some(Value::Clear) => To::Clear,
        Some(Value::Set(text)) => To::Value(text.clone()),
    }
}

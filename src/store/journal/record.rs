//! The records of a journal. The types of the domain are never stored as they are: these have their
//! own shape, name levels by key and bugs by place and handle, and change only with the version.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::bugs::Bugs;
use super::claims::ClaimText;
use super::line;
use crate::methodology::{LevelId, Methodology};
use crate::report::{Report, To};
use crate::store::fingerprint::Fingerprint;
use crate::triage::{Answer, Decision, Event, Part, Set};

/// The version of these records.
pub(super) const VERSION: u32 = 2;

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) journal: u32,
    pub(super) path: String,
    pub(super) report: Fingerprint,
}

/// Any further line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum Record {
    Decided(DecisionText),
    Undone,
    Redone,
    /// A decision, or what is left of one, that no longer fits the report.
    Misfit(DecisionText),
    Settled(SettledText),
    SaveBegun(Begun),
    SaveEnded,
    /// The save did not come to its end and what it had written is taken back.
    SaveDropped,
}

/// A misfit that is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct SettledText {
    /// Which of those that are left, from 0.
    pub(in crate::store) misfit: usize,
    /// What was decided in its place, if anything.
    pub(in crate::store) decided: Option<DecisionText>,
}

/// What a save is about to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct Begun {
    /// The report before.
    pub(in crate::store) old: Fingerprint,
    /// The report after.
    pub(in crate::store) new: Fingerprint,
    /// How long the log is before; `None` where there is none.
    pub(in crate::store) log: Option<u64>,
    /// What is appended to the log.
    pub(in crate::store) appended: Fingerprint,
    /// How that begins: no other bytes begin so, for they hold the first id.
    pub(in crate::store) head: String,
    /// The ids of the entries appended.
    pub(in crate::store) ids: Vec<String>,
    /// The decisions that stay pending, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::store) left: Vec<DecisionText>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct DecisionText {
    pub(in crate::store) at: Timestamp,
    pub(in crate::store) by: String,
    pub(in crate::store) kind: String,
    pub(in crate::store) parts: Vec<PartText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::store) claims: Vec<ClaimText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::store) facts: Vec<(String, String)>,
    pub(super) seen: Bugs,
    pub(in crate::store) rationale: String,
    pub(super) rule: Option<u8>,
    pub(super) suggestion: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) suggested_by: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) policy: Vec<AnswerText>,
    pub(super) reverts: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) step: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) brings_back: Option<String>,
}

impl DecisionText {
    /// As of the draft that it is of.
    pub(super) fn goes_back(&self) -> bool {
        self.reverts.is_some() && self.brings_back.is_none()
    }
}

/// That a guard of the policy spoke, and why the decision was made all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AnswerText {
    pub(super) guard: String,
    pub(super) reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct PartText {
    pub(in crate::store) bugs: Bugs,
    #[serde(flatten)]
    pub(in crate::store) set: SetText,
}

/// What bugs get, or how they stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) struct SetText {
    pub(in crate::store) severity: Option<Value>,
    pub(in crate::store) scope: Option<Value>,
    pub(in crate::store) status: Option<Value>,
    pub(in crate::store) fields: Vec<(String, Value)>,
}

/// What a value becomes, where it does not stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::store) enum Value {
    Clear,
    Set(String),
}

impl Value {
    fn of<T>(to: &To<T>, text: impl FnOnce(&T) -> String) -> Option<Value> {
        match to {
            To::Keep => None,
            To::Clear => Some(Value::Clear),
            To::Value(value) => Some(Value::Set(text(value))),
        }
    }
}

impl SetText {
    pub(in crate::store) fn of(set: &Set, methodology: &Methodology) -> SetText {
        let key = |level: &LevelId| methodology.level(*level).key.clone();
        let fields = set.fields.iter();
        let fields = fields.filter_map(|(name, to)| Some((name.clone(), Value::of(to, String::clone)?)));
        SetText {
            severity: Value::of(&set.severity, key),
            scope: Value::of(&set.scope, String::clone),
            status: Value::of(&set.status, String::clone),
            fields: fields.collect(),
        }
    }

    /// The values; `None` where the methodology has no such level.
    pub(in crate::store) fn read(&self, methodology: &Methodology) -> Option<Set> {
        let severity = match &self.severity {
            None => To::Keep,
            Some(Value::Clear) => To::Clear,
            Some(Value::Set(key)) => To::Value(methodology.level_called(key)?),
        };
        let fields = self.fields.iter().map(|(name, value)| (name.clone(), text(Some(value))));
        let (scope, status) = (text(self.scope.as_ref()), text(self.status.as_ref()));
        Some(Set { severity, scope, status, fields: fields.collect() })
    }
}

fn text(value: Option<&Value>) -> To<String> {
    match value {
        None => To::Keep,
        Some(Value::Clear) => To::Clear,
        Some(Value::Set(text)) => To::Value(text.clone()),
    }
}

impl Header {
    /// The line that begins a journal.
    pub(super) fn line(&self) -> String {
        line::of(&serde_json::to_string(self).expect(JSON))
    }
}

impl Record {
    /// The record of an event about this report.
    pub(super) fn of(event: &Event, report: &Report, methodology: &Methodology) -> Record {
        match event {
            Event::Decided(decision) => Record::Decided(decision_text(decision, report, methodology)),
            Event::Undone => Record::Undone,
            Event::Redone => Record::Redone,
            Event::Settled { misfit, decision } => Record::Settled(SettledText {
                misfit: *misfit,
                decided: decision.as_ref().map(|decision| decision_text(decision, report, methodology)),
            }),
        }
    }

    /// Its line.
    pub(super) fn line(&self) -> String {
        line::of(&serde_json::to_string(self).expect(JSON))
    }
}

const JSON: &str = "records have text for keys, and numbers and text for values";

/// A decision about this report.
pub(in crate::store) fn decision_text(
    decision: &Decision,
    report: &Report,
    methodology: &Methodology,
) -> DecisionText {
    let draft = &decision.draft;
    let part = |part: &Part| PartText {
        bugs: Bugs::judged(&part.bugs, report),
        set: SetText::of(&part.set, methodology),
    };
    DecisionText {
        at: decision.at,
        by: decision.by.clone(),
        kind: draft.kind.name().to_owned(),
        parts: draft.parts.iter().map(part).collect(),
        claims: draft.claims.iter().map(|restated| ClaimText::of(restated, report)).collect(),
        facts: draft.facts.iter().map(|(fact, text)| (fact.name().to_owned(), text.clone())).collect(),
        seen: Bugs::named(&draft.seen, report),
        rationale: draft.rationale.clone(),
        rule: draft.rule,
        suggestion: draft.suggestion.clone(),
        suggested_by: draft.suggested_by.clone(),
        policy: draft.answers.iter().map(answer_text).collect(),
        reverts: draft.reverts.clone(),
        step: draft.is_step,
        brings_back: draft.brings_back.clone(),
    }
}

fn answer_text(Answer { guard, reason }: &Answer) -> AnswerText {
    AnswerText { guard: guard.clone(), reason: reason.clone() }
}

//! What was decided about a bug, newest first, and whether it still stands.
//!
//! A saved decision stands where the report says what it made of the bug: one that somebody has undone in the
//! file is never shown as if it held.

use super::App;
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::{BugIx, Report, To};
use crate::triage::{Answer, Decision, Kind, Past, Set, name_of};

/// What has become of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not saved yet.
    Pending,
    /// It is saved, and the report says so.
    Saved,
    /// A later one speaks in its place.
    Replaced,
    /// A later one took it back.
    TakenBack,
    /// It is saved, and the report says otherwise: `saved as P2, but the report says P0`.
    Lost(String),
}

/// A decision about a bug, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What has become of it.
    pub standing: Standing,
    /// What it did: `reclassified P0→P2 · configuration`.
    pub said: String,
    /// Who made it, when, and under which rules.
    pub by: String,
    /// Why.
    pub rationale: String,
    /// Which guards of the policy spoke of it, and why it was made all the same.
    pub policy: Vec<String>,
}

impl App {
    /// The pending decisions about a bug, then the saved ones, newest first.
    pub fn history(&self, bug: BugIx) -> impl Iterator<Item = Told> {
        let (mut pending, mut saved) = (Spoken::default(), Spoken::default());
        let reverts = |decision: &Decision| decision.draft.reverts.clone();
        let mut taken_back: Vec<String> = self.pending(bug).filter_map(reverts).collect();
        let newest = self.pending(bug).enumerate();
        let unsaved =
            newest.map(move |(newer, decision)| self.unsaved_told(bug, (decision, newer), &mut pending));
        let past = self.earlier(bug).map(move |past| {
            let told = self.saved_told(bug, past, &mut saved, &taken_back);
            let stands = !taken_back.contains(&past.entry);
            taken_back.extend(past.reverts.clone().filter(|_| stands));
            told
        });
        unsaved.chain(past)
    }

    /// Whether the report no longer says what a saved decision made of a bug.
    pub fn is_lost(&self, bug: BugIx) -> bool {
        self.history(bug).any(|told| matches!(told.standing, Standing::Lost(_)))
    }

    /// A pending decision that so many newer ones about the bug follow.
    fn unsaved_told(&self, bug: BugIx, (decision, newer): (&Decision, usize), later: &mut Spoken) -> Told {
        let draft = &decision.draft;
        let set = draft.bugs().find(|(of, _)| *of == bug).map(|(_, set)| set.clone()).unwrap_or_default();
        let left = later.left_of(&set);
        let before = self.session.level_before(bug, &set.severity, newer + 1);
        Told {
            standing: if is_replaced(&set, &left) { Standing::Replaced } else { Standing::Pending },
            said: self.said(word(draft.kind, draft.brings_back.is_some(), Some(&set)), before, &set),
            by: self.made(
                (&decision.by, decision.at),
                draft.rule,
                agreed(&draft.suggestion, &draft.suggested_by),
            ),
            rationale: draft.rationale.clone(),
            policy: draft.answers.iter().map(of_policy).collect(),
        }
    }

    fn saved_told(&self, bug: BugIx, past: &Past, later: &mut Spoken, taken_back: &[String]) -> Told {
        let none = Set::default();
        let (before, after) = past.about(bug).unwrap_or((&none, &none));
        let left = later.left_of(after);
        let standing = match self.lost(bug, &left) {
            _ if taken_back.contains(&past.entry) => Standing::TakenBack,
            _ if is_replaced(after, &left) => Standing::Replaced,
            Some(lost) => Standing::Lost(lost),
            None => Standing::Saved,
        };
        let was = if let To::Value(level) = before.severity { Some(level) } else { None };
        let was = past.counted_as(bug).or(was);
        let verb = word(past.kind, past.brings_back.is_some(), Some(after));
        let (said, rationale) = (self.said(verb, was, after), past.rationale.clone());
        let by = self.made((&past.by, past.at), past.rule, agreed(&past.suggestion, &past.suggested_by));
        let policy = past.answers.iter().map(of_policy).collect();
        Told { standing, said, by, rationale, policy }
    }

    /// `reclassified P0→P2 · configuration`.
    fn said(&self, verb: &str, from: Option<LevelId>, after: &Set) -> String {
        let mut said = verb.to_owned();
        if let To::Value(level) = after.severity {
            let from = from.filter(|from| *from != level).map_or("", |from| self.level_key(Some(from)));
            said.push_str(&format!(" {from}→{}", self.level_key(Some(level))));
        }
        if verb == SCOPED || verb == Kind::Status.name() && !after.status.is_keep() {
            // The word for what was done is the name of what was set.
            said.clear();
        }
        let other = [("status", &after.status), ("scope", &after.scope)];
        let fields = after.fields.iter().map(|(name, to)| (name.as_str(), to));
        for (name, to) in other.into_iter().chain(fields) {
            let part = match to {
                To::Keep => continue,
                To::Clear => format!("no {name}"),
                To::Value(text) => format!("{name} {text}"),
            };
            said.push_str(if said.is_empty() { "" } else { " · " });
            said.push_str(&part);
        }
        said
    }

    /// `Ada Example, 2026-02-11 20:25 · rule 2 Missing critical · suggestion imports`.
    fn made(&self, (by, at): (&str, jiff::Timestamp), rule: Option<u8>, agreed: Option<String>) -> String {
        let name = by.split(" <").next().unwrap_or(by);
        let rule = rule.map(|number| match self.session.methodology().rule(number) {
            Some(rule) => format!("rule {number} {}", rule.name),
            None => format!("rule {number}"),
        });
        let at = self.when(at);
        [Some(format!("{name}, {at}")), rule, agreed].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// What the report says where it does not say these values.
    fn lost(&self, bug: BugIx, set: &Set) -> Option<String> {
        let (report, methodology) = (self.session.report(), self.session.methodology());
        let (mut saved, mut found) = (Vec::new(), Vec::new());
        let mut differs = |wanted: Option<String>, is: Option<String>| {
            saved.push(wanted.unwrap_or_else(|| "–".to_owned()));
            found.push(is.unwrap_or_else(|| "–".to_owned()));
        };
        let level = report.level(bug);
        if !set.severity.is_keep() && set.severity != To::from_option(level) {
            let key = |to: &To<_>| {
                if let To::Value(level) = to { Some(self.level_key(Some(*level))) } else { None }
            };
            differs(
                key(&set.severity).map(str::to_owned),
                level.map(|level| self.level_key(Some(level)).to_owned()),
            );
        }
        for (name, to) in texts(set) {
            let is = written(report, bug, name);
            if !is_same(methodology, name, to, is.as_deref()) {
                differs(if let To::Value(text) = to { Some(text.clone()) } else { None }, is);
            }
        }
        (!saved.is_empty())
            .then(|| format!("saved as {}, but the report says {}", saved.join(" · "), found.join(" · ")))
    }
}

/// What a decision did that brought another one back.
pub(super) const BROUGHT_BACK: &str = "brought back";

/// What a reclassification did that set a scope alone.
const SCOPED: &str = "scope set";

/// What a decision did that set this, in a word.
pub(super) fn word(kind: Kind, brings_back: bool, set: Option<&Set>) -> &'static str {
    let is_of_scope = |set: &Set| set.severity.is_keep() && !set.scope.is_keep();
    match kind {
        _ if brings_back => BROUGHT_BACK,
        Kind::Reclassified if set.is_some_and(is_of_scope) => SCOPED,
        kind => kind.name(),
    }
}

/// A value of a bug beside its severity.
#[derive(Clone, Copy)]
enum Name<'a> {
    Scope,
    Status,
    Field(&'a str),
}

/// Whose suggestion a decision accepted: `suggestion imports · proposed by review-agent`.
pub(super) fn agreed(suggestion: &Option<String>, by: &Option<String>) -> Option<String> {
    let suggestion = suggestion.as_ref().map(|name| format!("suggestion {name}"));
    let by = by.as_ref().map(|by| format!("proposed by {}", name_of(by)));
    let said: Vec<String> = suggestion.into_iter().chain(by).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// The texts that a set touches.
fn texts(set: &Set) -> impl Iterator<Item = (Name<'_>, &To<String>)> {
    let own = [(Name::Scope, &set.scope), (Name::Status, &set.status)].into_iter();
    let all = own.chain(set.fields.iter().map(|(name, to)| (Name::Field(name), to)));
    all.filter(|(_, to)| !to.is_keep())
}

fn written(report: &Report, bug: BugIx, name: Name<'_>) -> Option<String> {
    let text = match name {
        Name::Scope => report.value(bug, FieldKind::Scope),
        Name::Status => report.status(bug),
        Name::Field(name) => report.field(bug, name),
    };
    text.map(Into::into)
}

/// Whether the report says a value, in whatever of its words.
fn is_same(methodology: &Methodology, name: Name<'_>, to: &To<String>, is: Option<&str>) -> bool {
    let (To::Value(text), Some(is)) = (to, is) else { return matches!(to, To::Clear) && is.is_none() };
    let status = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
    let means = match name {
        Name::Scope => {
            methodology.scope_named(text).is_some_and(|scope| methodology.scope_named(is) == Some(scope))
        }
        Name::Status => status(text).is_some_and(|known| status(is) == Some(known)),
        Name::Field(_) => false,
    };
    means || text.trim() == is.trim()
}

/// Whether something was set, and later decisions speak of all of it.
fn is_replaced(set: &Set, left: &Set) -> bool {
    !set.is_empty() && left.is_empty()
}

/// What later decisions speak of.
#[derive(Default)]
struct Spoken {
    severity: bool,
    scope: bool,
    status: bool,
    fields: Vec<String>,
}

impl Spoken {
    /// What is left of a set of which later ones speak; from now on it is spoken of, too.
    fn left_of(&mut self, set: &Set) -> Set {
        let is_left = |(name, _): &&(String, To<String>)| !self.fields.contains(name);
        let left = Set {
            severity: left(&mut self.severity, &set.severity),
            scope: left(&mut self.scope, &set.scope),
            status: left(&mut self.status, &set.status),
            fields: set.fields.iter().filter(is_left).cloned().collect(),
        };
        self.fields.extend(left.fields.iter().map(|(name, _)| name.clone()));
        left
    }
}

fn left<T: Clone>(is_spoken: &mut bool, to: &To<T>) -> To<T> {
    let was = *is_spoken;
    *is_spoken |= !to.is_keep();
    if was { To::Keep } else { to.clone() }
}

/// `policy production-only: it is why the shop stands still`.
fn of_policy(answer: &Answer) -> String {
    format!("policy {}", answer.said())
}

//! Suggestions: what others and the rules of the methodology propose for a bug, and why. Nothing here decides anything.
//!
//! What somebody proposes comes before any rule. The first rule that holds for a bug speaks for it, also where it would
//! change nothing, and then nothing is suggested. A bug that somebody has decided on has no suggestion of a rule: what a
//! person said goes before it. However long a bug is, no more than a bounded part of it is read.

mod advice;
mod credit;
mod facts;
mod fill;
mod found;
mod proposed;
mod standing;
mod together;

use std::fmt;

use super::{BugSet, Draft, Kind, Session, Set};
use crate::methodology::{LevelId, Methodology, PathMatch, PathTest, Proposal, Suggestion, When};
use crate::report::{BugIx, To};
pub use advice::{Advice, Decline, Stray};
pub use credit::{Credit, reworded};
use facts::Facts;
pub use found::Found;
pub use proposed::{Decisions, Proposed, Stood, unknown};
pub use standing::{Standing, State, decisions};
pub use together::together;

/// Who suggests something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// Somebody, by the place of the proposal among those for the report.
    Proposal(usize),
    /// A rule, by its place among those of the methodology.
    Rule(usize),
}

impl Voice {
    /// What it is called: the rule by its name, or whoever proposes.
    pub fn name(self, session: &Session) -> &str {
        let rule = |at: usize| session.methodology().suggestions().get(at).map(|rule| rule.name.as_str());
        let name = match self {
            Voice::Proposal(at) => session.advice().by(at),
            Voice::Rule(at) => rule(at),
        };
        name.unwrap_or_default()
    }
}

/// What is suggested for a bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Who suggests it.
    pub voice: Voice,
    /// The person or program that proposes it; `None` where a rule does.
    pub by: Option<String>,
    /// The name of the rule, which the log cites. What somebody proposes may name one, too.
    pub suggestion: Option<String>,
    /// What sort of decision it is.
    pub kind: Kind,
    /// What would change; empty where the bug is to be confirmed, or a remark to be made.
    pub set: Set,
    /// Why, filled in; may be empty.
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// What matched, in the order of the rule's conditions.
    pub matched: Vec<Matched>,
}

/// Something of a bug that a rule's condition matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matched {
    /// A field: its name, and the part of its value.
    Field(String, String),
    /// A part of the text.
    Text(String),
    /// The paths that it names.
    Paths(Vec<String>),
}

/// Why a rule proposes nothing for a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// Somebody has decided on it.
    Decided,
    /// Its severity is another.
    Severity,
    /// Its scope is another.
    Scope,
    /// Its status is another.
    Status,
    /// No such field matches: the place of the condition.
    Field(usize),
    /// Its text does not match.
    Text,
    /// The paths it names are others.
    Paths,
    /// It is already as the rule would have it.
    Same,
}

impl fmt::Display for Miss {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Miss::Decided => "it is decided already",
            Miss::Severity => "its severity is another",
            Miss::Scope => "its scope is another",
            Miss::Status => "its status is another",
            Miss::Field(_) => "no such field matches",
            Miss::Text => "its text does not match",
            Miss::Paths => "the paths it names are others",
            Miss::Same => "it would change nothing",
        })
    }
}

impl fmt::Display for Matched {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Matched::Field(name, text) => write!(out, "“{text}” (field {name})"),
            Matched::Text(text) => write!(out, "“{text}”"),
            Matched::Paths(paths) => out.write_str(&fill::listed(paths.iter().cloned())),
        }
    }
}

impl Suggested {
    /// What it proposes for a bug as it stands, in a few words: `P0 → P1 · Test infrastructure`, `stays P0`.
    pub fn words(&self, bug: BugIx, session: &Session) -> String {
        self.words_from(&self.level_from(bug, session), session.methodology())
    }

    /// The level of a bug that this would change, as the log tells it: where the bug says in one place what is suggested, and
    /// elsewhere another level, that one.
    pub fn level_from(&self, bug: BugIx, session: &Session) -> To<LevelId> {
        To::from_option(session.level_before(bug, &self.set.severity, 0))
    }

    /// The same for a bug as it stood when that was proposed; where nobody knows its level, nothing is said of it.
    pub fn words_then(&self, bug: BugIx, session: &Session) -> String {
        self.words_from(&self.level_then(bug, session), session.methodology())
    }

    /// The level of a bug when this was proposed for it, as far as that is known; of what a rule suggests, its level now.
    pub fn level_then(&self, bug: BugIx, session: &Session) -> To<LevelId> {
        match self.voice {
            Voice::Rule(_) => To::from_option(session.level(bug)),
            Voice::Proposal(at) => {
                let stood = session.advice().proposals().get(at).and_then(|proposed| proposed.stood(bug));
                stood.map_or(To::Keep, |stood| stood.set.severity)
            }
        }
    }

    fn words_from(&self, from: &To<LevelId>, methodology: &Methodology) -> String {
        let key = |level: &To<LevelId>| match level {
            To::Value(level) => methodology.level(*level).key.clone(),
            To::Clear => "–".to_owned(),
            To::Keep => String::new(),
        };
        let severity = match &self.set.severity {
            To::Keep if self.kind == Kind::Note => Some("a note".to_owned()),
            to if !to.is_keep() && to != from => {
                Some(format!("{} → {}", key(from), key(to)).trim().to_owned())
            }
            _ => (!from.is_keep()).then(|| format!("stays {}", key(from))),
        };
        let texts = [("scope", &self.set.scope), ("status", &self.set.status)].into_iter();
        let texts = texts.filter_map(|(name, to)| match to {
            To::Keep => None,
            To::Clear => Some(format!("no {name}")),
            To::Value(text) => Some(text.clone()),
        });
        let fields = self.set.fields.iter().map(|(name, to)| match to {
            To::Value(text) => format!("{name}: {text}"),
            _ => format!("no {name}"),
        });
        let all: Vec<String> = severity.into_iter().chain(texts).chain(fields).collect();
        if all.is_empty() { "stays as it is".to_owned() } else { all.join(" · ") }
    }

    /// Who suggests it, and what of the bug a rule matched: `missing-module: tests/test_a.py`.
    pub fn who(&self) -> String {
        match (&self.by, &self.suggestion) {
            (Some(by), _) => format!("proposed by {by}"),
            (None, rule) => format!("{}: {}", rule.as_deref().unwrap_or_default(), self.because()),
        }
    }

    /// What matched, in a few words.
    fn because(&self) -> String {
        self.matched.iter().map(Matched::to_string).collect::<Vec<_>>().join(", ")
    }

    /// The decision that accepts it.
    pub fn draft(&self, bug: BugIx) -> Draft {
        Draft {
            rationale: self.rationale.clone(),
            rule: self.rule,
            suggestion: self.suggestion.clone(),
            suggested_by: self.by.clone(),
            ..Draft::new(self.kind, BugSet::from(bug), self.set.clone())
        }
    }
}

/// What the rules suggest for a bug, where that is not declined.
fn by_rules(session: &Session, bug: BugIx) -> Option<Suggested> {
    let facts = Facts::of(session, bug);
    let rule = speaking(&facts)?;
    if session.advice().is_declined(Voice::Rule(rule), bug) { None } else { propose(&facts, rule) }
}

/// What one rule alone proposes for a bug, whichever rules come before it.
///
/// # Errors
/// Why it proposes nothing.
pub fn tried(session: &Session, bug: BugIx, rule: usize) -> Result<Suggested, Miss> {
    let facts = Facts::of(session, bug);
    let Some(known) = session.methodology().suggestions().get(rule) else { return Err(Miss::Same) };
    speaks(&facts, known)?;
    propose(&facts, rule).ok_or(Miss::Same)
}

/// The rule that speaks for a bug and would change something.
fn speaking(facts: &Facts<'_>) -> Option<usize> {
    let rules = facts.session.methodology().suggestions();
    let at = rules.iter().position(|rule| holds(facts, &rule.when).is_ok())?;
    speaks(facts, &rules[at]).is_ok().then_some(at)
}

/// Whether a rule holds for a bug and would change something.
fn speaks(facts: &Facts<'_>, rule: &Suggestion) -> Result<(), Miss> {
    if facts.is_decided() {
        return Err(Miss::Decided);
    }
    holds(facts, &rule.when)?;
    if rule.then.confirm || changes(facts, &rule.then) { Ok(()) } else { Err(Miss::Same) }
}

/// Whether all that a rule states holds; what costs least is asked first.
fn holds(facts: &Facts<'_>, when: &When) -> Result<(), Miss> {
    let asked = |is_so: bool, miss: Miss| if is_so { Ok(()) } else { Err(miss) };
    asked(when.severity.as_ref().is_none_or(|among| among.holds(facts.severity())), Miss::Severity)?;
    asked(when.scope.as_ref().is_none_or(|among| facts.has_scope(among)), Miss::Scope)?;
    asked(when.status.as_ref().is_none_or(|among| facts.has_status(among)), Miss::Status)?;
    for (at, field) in when.fields.iter().enumerate() {
        asked(facts.matches(field), Miss::Field(at))?;
    }
    asked(when.text.as_ref().is_none_or(|text| text.is_in(facts.text())), Miss::Text)?;
    asked(when.paths.as_ref().is_none_or(|paths| paths_hold(facts, paths)), Miss::Paths)
}

fn paths_hold(facts: &Facts<'_>, paths: &PathMatch) -> bool {
    let named = facts.paths();
    let is_among = |tests: &[PathTest], at: usize| {
        tests.iter().any(|test| match test {
            PathTest::Kind(kind) => named[at].kind == Some(*kind),
            PathTest::Pattern(pattern) => pattern.matches(&named[at].path),
        })
    };
    let mut every = 0..named.len();
    paths.count.hold(named.len())
        && (paths.all.is_empty() || every.clone().all(|at| is_among(&paths.all, at)))
        && (paths.some.is_empty() || every.clone().any(|at| is_among(&paths.some, at)))
        && !every.any(|at| is_among(&paths.none, at))
}

/// Whether a proposal would change anything of a bug.
fn changes(facts: &Facts<'_>, then: &Proposal) -> bool {
    then.severity.is_some_and(|level| facts.severity() != Some(level))
        || then.scope.is_some_and(|scope| facts.scope() != Some(Some(scope)))
        || then.status.is_some_and(|status| facts.status() != Some(Some(status)))
}

/// What a rule that speaks for a bug proposes.
fn propose(facts: &Facts<'_>, at: usize) -> Option<Suggested> {
    let rule = facts.session.methodology().suggestions().get(at)?;
    let set = set(facts, &rule.then);
    let caught = facts.caught(&rule.when);
    Some(Suggested {
        voice: Voice::Rule(at),
        by: None,
        suggestion: Some(rule.name.clone()),
        kind: kind(&set),
        rule: None,
        rationale: fill::filled(&rule.then.rationale, &|name| facts.value(name, &caught)),
        set,
        matched: facts.matched(&rule.when),
    })
}

fn kind(set: &Set) -> Kind {
    match () {
        () if !set.severity.is_keep() || !set.scope.is_keep() => Kind::Reclassified,
        () if !set.status.is_keep() => Kind::Status,
        () => Kind::Confirmed,
    }
}

/// What of a proposal is new for a bug: of its severity also that it is to be the same wherever it is written.
fn set(facts: &Facts<'_>, then: &Proposal) -> Set {
    let severity = then.severity.filter(|level| !facts.agrees(*level));
    let scope = then.scope.filter(|scope| facts.scope() != Some(Some(*scope)));
    let status = then.status.filter(|status| facts.status() != Some(Some(*status)));
    let methodology = facts.session.methodology();
    Set {
        severity: severity.map_or(To::Keep, To::Value),
        scope: scope.map_or(To::Keep, |scope| To::Value(methodology.scope(scope).name.clone())),
        status: status.map_or(To::Keep, |status| To::Value(facts.session.report().status_words(status))),
        fields: Vec::new(),
    }
}

#[cfg(test)]
mod tests;

//! The methodology as JSON: what `regrade methodology` prints, for programs.

use std::borrow::Cow;
use std::path::PathBuf;

use serde::Serialize;

use crate::methodology::{Direction, Guard, Level, Methodology, Scope, Status, Suggestion};

/// A methodology as JSON.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    name: &'a str,
    /// The files that were laid over the one that comes with regrade, the first laid first.
    sources: Vec<Cow<'a, str>>,
    levels: Vec<ToldLevel<'a>>,
    scopes: Vec<Word<'a>>,
    statuses: Vec<ToldStatus<'a>>,
    rules: Vec<ToldRule<'a>>,
    rationale: Rationale<'a>,
    policy: Vec<ToldGuard<'a>>,
    suggestions: Vec<ToldSuggestion<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    key: &'a str,
    name: &'a str,
    definition: &'a str,
    hotkey: Option<char>,
    aliases: &'a [String],
}

#[derive(Serialize)]
struct ToldLevel<'a> {
    #[serde(flatten)]
    word: Word<'a>,
    sla: Option<String>,
}

#[derive(Serialize)]
struct ToldStatus<'a> {
    #[serde(flatten)]
    word: Word<'a>,
    closes: bool,
}

#[derive(Serialize)]
struct ToldRule<'a> {
    number: u8,
    name: &'a str,
    definition: &'a str,
}

#[derive(Serialize)]
struct Rationale<'a> {
    minimum: usize,
    templates: Vec<ToldTemplate<'a>>,
}

#[derive(Serialize)]
struct ToldTemplate<'a> {
    name: &'a str,
    text: &'a str,
    severity: Option<&'a str>,
    scope: Option<&'a str>,
    status: Option<&'a str>,
    direction: Option<&'static str>,
}

/// Conditions are in the words of a methodology's file.
#[derive(Serialize)]
struct ToldGuard<'a> {
    name: &'a str,
    when: String,
    act: &'static str,
    message: &'a str,
}

#[derive(Serialize)]
struct ToldSuggestion<'a> {
    name: &'a str,
    when: String,
    confirm: bool,
    severity: Option<&'a str>,
    scope: Option<&'a str>,
    status: Option<&'a str>,
    rationale: &'a str,
}

impl<'a> Told<'a> {
    pub(super) fn of(methodology: &'a Methodology) -> Told<'a> {
        let file = |path: &'a PathBuf| path.to_string_lossy();
        let rules = methodology.rules().iter();
        Told {
            name: methodology.name(),
            sources: methodology.sources().iter().map(file).collect(),
            levels: methodology.levels().iter().map(level).collect(),
            scopes: methodology.scopes().iter().map(scope).collect(),
            statuses: methodology.statuses().iter().map(status).collect(),
            rules: rules
                .map(|rule| ToldRule { number: rule.number, name: &rule.name, definition: &rule.definition })
                .collect(),
            rationale: rationale(methodology),
            policy: methodology.policy().iter().map(|one| guard(one, methodology)).collect(),
            suggestions: methodology.suggestions().iter().map(|one| suggestion(one, methodology)).collect(),
        }
    }
}

fn level(level: &Level) -> ToldLevel<'_> {
    let Level { key, name, definition, hotkey, aliases, .. } = level;
    let word = Word { key, name, definition, hotkey: *hotkey, aliases };
    ToldLevel { word, sla: level.sla.as_ref().map(ToString::to_string) }
}

fn scope(scope: &Scope) -> Word<'_> {
    let Scope { key, name, definition, hotkey, aliases, .. } = scope;
    Word { key, name, definition, hotkey: *hotkey, aliases }
}

fn status(status: &Status) -> ToldStatus<'_> {
    let Status { key, name, definition, hotkey, aliases, .. } = status;
    let word = Word { key, name, definition, hotkey: *hotkey, aliases };
    ToldStatus { word, closes: status.closes }
}

fn rationale(methodology: &Methodology) -> Rationale<'_> {
    let rules = methodology.rationale();
    let templates = rules.templates.iter().map(|template| ToldTemplate {
        name: &template.name,
        text: &template.text,
        severity: template.severity.map(|id| methodology.level(id).key.as_str()),
        scope: template.scope.map(|id| methodology.scope(id).key.as_str()),
        status: template.status.map(|id| methodology.status(id).key.as_str()),
        direction: template.direction.map(Direction::name),
    });
    Rationale { minimum: rules.minimum, templates: templates.collect() }
}

fn guard<'a>(guard: &'a Guard, methodology: &Methodology) -> ToldGuard<'a> {
    let when = guard.when.said(methodology);
    ToldGuard { name: &guard.name, when, act: guard.act.name(), message: &guard.message }
}

fn suggestion<'a>(suggestion: &'a Suggestion, methodology: &'a Methodology) -> ToldSuggestion<'a> {
    let then = &suggestion.then;
    ToldSuggestion {
        name: &suggestion.name,
        when: suggestion.when.said(methodology),
        confirm: then.confirm,
        severity: then.severity.map(|id| methodology.level(id).key.as_str()),
        scope: then.scope.map(|id| methodology.scope(id).key.as_str()),
        status: then.status.map(|id| methodology.status(id).key.as_str()),
        rationale: &then.rationale,
    }
}

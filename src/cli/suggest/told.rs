//! A suggestion as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::deviation;
use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::triage::Session;
use crate::triage::suggest::{Matched, Suggested};

/// A suggestion for a bug.
#[derive(Debug, Serialize)]
pub(super) struct Suggestion<'a> {
    line: usize,
    id: Option<Cow<'a, str>>,
    handle: String,
    title: String,
    by: Option<&'a str>,
    rule: Option<&'a str>,
    #[serde(flatten)]
    what: What,
    matched: Vec<Part<'a>>,
}

/// What is suggested.
#[derive(Clone, Debug, Serialize)]
pub(super) struct What {
    kind: &'static str,
    severity: Step,
    /// As the log calls it.
    scope: Option<String>,
    status: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deviation_rule: Option<u8>,
    rationale: String,
}

/// The keys of the levels before and after.
#[derive(Clone, Debug, Serialize)]
struct Step {
    from: Option<String>,
    to: Option<String>,
}

/// What matched.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Field { field: &'a str, text: &'a str },
    Text { text: &'a str },
    Paths { paths: &'a [String] },
}

impl<'a> Suggestion<'a> {
    pub(super) fn of(session: &'a Session, bug: BugIx, suggested: &'a Suggested) -> Suggestion<'a> {
        let report = session.report();
        let part = |matched: &'a Matched| match matched {
            Matched::Field(field, text) => Part::Field { field, text },
            Matched::Text(text) => Part::Text { text },
            Matched::Paths(paths) => Part::Paths { paths },
        };
        Suggestion {
            line: report.line_of(report.bug(bug).block.start),
            id: report.id(bug),
            handle: report.handle(bug).into_owned(),
            title: report.title(bug).into_owned(),
            by: suggested.by.as_deref(),
            rule: suggested.suggestion.as_deref(),
            what: What::of(session, &suggested.level_from(bug, session), suggested),
            matched: suggested.matched.iter().map(part).collect(),
        }
    }
}

impl What {
    /// For a bug as it stood when it was suggested.
    pub(super) fn then(session: &Session, bug: BugIx, suggested: &Suggested) -> What {
        What::of(session, &suggested.level_then(bug, session), suggested)
    }

    fn of(session: &Session, from: &To<LevelId>, suggested: &Suggested) -> What {
        let methodology = session.methodology();
        let from = given(from).map(|level| methodology.level(level).key.clone());
        let to = given(&suggested.set.severity).map(|level| methodology.level(level).key.clone());
        let fields = suggested.set.fields.iter();
        What {
            kind: suggested.kind.name(),
            severity: Step { to: to.or_else(|| from.clone()), from },
            scope: given(&suggested.set.scope)
                .map(|scope| deviation::scope_logged(methodology, &scope).to_owned()),
            status: given(&suggested.set.status),
            fields: fields.map(|(name, to)| (name.clone(), given(to))).collect(),
            deviation_rule: suggested.rule,
            rationale: suggested.rationale.clone(),
        }
    }
}

fn given<T: Clone>(to: &To<T>) -> Option<T> {
    if let To::Value(value) = to { Some(value.clone()) } else { None }
}

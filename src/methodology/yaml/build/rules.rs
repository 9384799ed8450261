//! Templates, guards and suggestion rules out of their records, every name in them resolved.

use super::super::super::suggestion::{FieldMatch, FieldRef, PathMatch, PathTest, Proposal, When};
use super::super::super::{
    Act, Among, Bounds, Change, Condition, Direction, Expression, FieldKind, Guard, Level, LevelId, PathKind,
    Pattern, Scope, ScopeId, Status, StatusId, Suggestion, Template,
};
use super::super::record::{
    ActRecord, AmongRecord, BoundsRecord, ChangeRecord, ConditionRecord, DirectionRecord, GuardRecord,
    PathsRecord, ProposalRecord, SuggestionRecord, TemplateRecord, WhenRecord,
};
use super::{Built, Problem, Terms};
use crate::yaml::{Entries, OneOrMany, Step, Word};

/// What names in rules can stand for.
pub(super) struct Names<'a> {
    pub(super) levels: &'a Terms<Level, LevelId>,
    pub(super) scopes: &'a Terms<Scope, ScopeId>,
    pub(super) statuses: &'a Terms<Status, StatusId>,
}

/// A place in a rule, from which names are looked up.
#[derive(Clone)]
struct Here<'a>(Vec<Step<'a>>);

impl<'a> Here<'a> {
    fn at(steps: &[&'a str]) -> Here<'a> {
        Here(steps.iter().map(|key| Step::Key(key)).collect())
    }

    fn below(&self, key: &'a str) -> Here<'a> {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key));
        Here(steps)
    }

    fn problem(&self, what: impl Into<String>) -> Problem<'a> {
        Problem::new(self.0.clone(), what)
    }

    fn one<T, Id: Copy + PartialEq>(&self, word: &str, sort: &str, terms: &Terms<T, Id>) -> Built<'a, Id> {
        terms
            .words
            .named(word.as_bytes())
            .ok_or_else(|| Problem::unknown(self.0.clone(), sort, word, terms.keys.clone()))
    }

    fn maybe<T, Id: Copy + PartialEq>(
        &self,
        word: Option<&Word>,
        sort: &str,
        terms: &Terms<T, Id>,
    ) -> Built<'a, Option<Id>> {
        word.map(|Word(word)| self.one(word, sort, terms)).transpose()
    }

    fn among<T, Id: Copy + PartialEq>(
        &self,
        record: Option<&AmongRecord>,
        sort: &str,
        terms: &Terms<T, Id>,
    ) -> Built<'a, Option<Among<Id>>> {
        let Some(record) = record else { return Ok(None) };
        let one = |word: &String| match word.as_str() {
            "none" => Ok(None),
            word => self.one(word, sort, terms).map(Some),
        };
        let listed = record.listed.iter().map(one).collect::<Result<_, _>>()?;
        Ok(Some(Among { listed, but: record.but }))
    }

    fn expression(&self, text: &str) -> Built<'a, Expression> {
        Expression::new(text).map_err(|why| self.problem(format!("`{text}` is no regular expression: {why}")))
    }

    fn bounds(&self, record: Option<&BoundsRecord>) -> Built<'a, Option<Bounds>> {
        let Some(record) = record else { return Ok(None) };
        match (record.at_least, record.at_most) {
            (Some(least), Some(most)) if least > most => {
                Err(self.problem(format!("nothing is at least {least} and at most {most}")))
            }
            (at_least, at_most) => Ok(Some(Bounds { at_least, at_most })),
        }
    }
}

pub(super) fn templates<'a>(
    entries: &'a Entries<TemplateRecord>,
    names: &Names<'_>,
) -> impl Iterator<Item = Built<'a, Template>> {
    entries.iter().map(|(key, record)| {
        let here = Here::at(&["rationale", "templates", key]);
        Ok(Template {
            name: key.to_owned(),
            text: record
                .text
                .clone()
                .ok_or_else(|| here.problem(format!("template `{key}` has no `text`")))?,
            severity: here.below("severity").maybe(record.severity.as_ref(), LEVEL, names.levels)?,
            scope: here.below("scope").maybe(record.scope.as_ref(), SCOPE, names.scopes)?,
        })
    })
}

const LEVEL: &str = "level";
const SCOPE: &str = "scope";
const STATUS: &str = "status";

pub(super) fn guards<'a>(
    entries: &'a Entries<GuardRecord>,
    names: &Names<'_>,
) -> impl Iterator<Item = Built<'a, Guard>> {
    entries.iter().map(|(key, record)| {
        let here = Here::at(&["policy", key]);
        let lacks = |member| here.problem(format!("guard `{key}` has no `{member}`"));
        Ok(Guard {
            name: key.to_owned(),
            when: condition(record.when.as_ref().ok_or_else(|| lacks("when"))?, &here.below("when"), names)?,
            act: act(record.act.ok_or_else(|| lacks("act"))?),
            message: record.message.clone().ok_or_else(|| lacks("message"))?,
        })
    })
}

fn act(record: ActRecord) -> Act {
    match record {
        ActRecord::Note => Act::Note,
        ActRecord::Warn => Act::Warn,
        ActRecord::Block => Act::Block,
    }
}

fn condition<'a>(record: &ConditionRecord, here: &Here<'a>, names: &Names<'_>) -> Built<'a, Condition> {
    Ok(Condition {
        severity: here.below("severity").among(record.severity.as_ref(), LEVEL, names.levels)?,
        scope: here.below("scope").among(record.scope.as_ref(), SCOPE, names.scopes)?,
        status: here.below("status").among(record.status.as_ref(), STATUS, names.statuses)?,
        change: record
            .change
            .as_ref()
            .map(|change_record| change(change_record, &here.below("change"), names))
            .transpose()?,
        seen: record.seen,
        count: here.below("count").bounds(record.count.as_ref())?,
        rationale: here.below("rationale").bounds(record.rationale.as_ref())?,
    })
}

fn change<'a>(record: &ChangeRecord, here: &Here<'a>, names: &Names<'_>) -> Built<'a, Change> {
    Ok(Change {
        from: here.below("from").among(record.from.as_ref(), LEVEL, names.levels)?,
        to: here.below("to").among(record.to.as_ref(), LEVEL, names.levels)?,
        direction: record.direction.map(|direction| match direction {
            DirectionRecord::Up => Direction::Up,
            DirectionRecord::Down => Direction::Down,
        }),
    })
}

pub(super) fn suggestions<'a>(
    entries: &'a Entries<SuggestionRecord>,
    names: &Names<'_>,
) -> impl Iterator<Item = Built<'a, Suggestion>> {
    entries.iter().map(|(key, record)| {
        let here = Here::at(&["suggestions", key]);
        let lacks = |member| here.problem(format!("suggestion rule `{key}` has no `{member}`"));
        let when = record.when.as_ref().ok_or_else(|| lacks("when"))?;
        let when = conditions(when, &here.below("when"), names)?;
        let then = record.then.as_ref().ok_or_else(|| lacks("then"))?;
        let then = proposal(then, &here.below("then"), names)?;
        placeholders(&when, &then, &here.below("then").below("rationale"))?;
        Ok(Suggestion { name: key.to_owned(), when, then })
    })
}

fn conditions<'a>(record: &'a WhenRecord, here: &Here<'a>, names: &Names<'_>) -> Built<'a, When> {
    let fields = record.fields.iter().map(|field| field_match(field, &here.below("fields")));
    Ok(When {
        fields: fields.collect::<Result<_, _>>()?,
        text: record.text.as_deref().map(|text| here.below("text").expression(text)).transpose()?,
        severity: here.below("severity").among(record.severity.as_ref(), LEVEL, names.levels)?,
        scope: here.below("scope").among(record.scope.as_ref(), SCOPE, names.scopes)?,
        status: here.below("status").among(record.status.as_ref(), STATUS, names.statuses)?,
        paths: record.paths.as_ref().map(|paths| path_match(paths, &here.below("paths"))).transpose()?,
    })
}

fn field_match<'a>((key, matches): (&'a str, &String), here: &Here<'a>) -> Built<'a, FieldMatch> {
    let field = FieldKind::of_key(key).map_or_else(|| FieldRef::Named(key.to_owned()), FieldRef::Kind);
    Ok(FieldMatch { field, matches: here.below(key).expression(matches)? })
}

fn path_match<'a>(record: &PathsRecord, here: &Here<'a>) -> Built<'a, PathMatch> {
    let tests = |key, words: &Option<OneOrMany>| {
        let words = words.iter().flat_map(|OneOrMany(words)| words);
        words.map(|word| path_test(word, &here.below(key))).collect::<Result<Vec<_>, _>>()
    };
    let paths = PathMatch {
        all: tests("all", &record.all)?,
        some: tests("some", &record.some)?,
        none: tests("none", &record.none)?,
        count: here.below("count").bounds(record.count.as_ref())?.unwrap_or_default(),
    };
    match paths == PathMatch::default() {
        true => Err(here.problem("expected `all`, `some`, `none` or `count`")),
        false => Ok(paths),
    }
}

/// A word without any sign of a pattern must be a kind of path, so that a slip is not a pattern.
fn path_test<'a>(word: &str, here: &Here<'a>) -> Built<'a, PathTest> {
    if let Some(kind) = PathKind::of_key(word) {
        return Ok(PathTest::Kind(kind));
    }
    match Pattern::new(word).filter(|_| word.contains(['/', '*', '?', '.'])) {
        Some(pattern) => Ok(PathTest::Pattern(pattern)),
        None => Err(Problem::unknown(
            here.0.clone(),
            "pattern and no kind of path",
            word,
            PathKind::ALL.map(|(_, key)| key),
        )),
    }
}

fn proposal<'a>(record: &ProposalRecord, here: &Here<'a>, names: &Names<'_>) -> Built<'a, Proposal> {
    let proposal = Proposal {
        confirm: record.confirm.unwrap_or(false),
        severity: here.below("severity").maybe(record.severity.as_ref(), LEVEL, names.levels)?,
        scope: here.below("scope").maybe(record.scope.as_ref(), SCOPE, names.scopes)?,
        status: here.below("status").maybe(record.status.as_ref(), STATUS, names.statuses)?,
        rationale: record.rationale.clone().unwrap_or_default(),
    };
    match (proposal.confirm, proposal.severity, proposal.scope, proposal.status) {
        (false, None, None, None) => {
            Err(here.problem("a proposal needs a `severity`, a `scope`, a `status` or `confirm: true`"))
        }
        (true, Some(_), ..) => Err(here.problem("a proposal that confirms sets no `severity`")),
        (true, ..) if proposal.rationale.trim().is_empty() => {
            Err(here.problem("a proposal that confirms says why: it needs a `rationale`"))
        }
        _ => Ok(proposal),
    }
}

fn placeholders<'a>(when: &When, then: &Proposal, here: &Here<'a>) -> Built<'a, ()> {
    let mut known = when.captures();
    known.extend(Proposal::OWN);
    match then.placeholders().into_iter().find(|name| !known.contains(name)) {
        Some(name) => Err(Problem::unknown(here.0.clone(), "placeholder", name, known)),
        None => Ok(()),
    }
}

//! Templates, guards and suggestion rules out of their records, every name in them resolved.

use super::super::super::suggestion::{
    Evidence, FieldMatch, FieldRef, PathMatch, PathTest, Proposal, Quantity,
};
use super::super::super::{
    Act, Among, Bounds, Change, Condition, Direction, FieldKind, Guard, Level, LevelId, PathKind, Pattern,
    Scope, ScopeId, Status, StatusId, Suggestion, Template,
};
use super::super::record::{
    ActRecord, AmongRecord, BoundsRecord, ChangeRecord, ConditionRecord, DirectionRecord, EvidenceRecord,
    GuardRecord, PathsRecord, ProposalRecord, SuggestionRecord, TemplateRecord,
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
        let when = evidence(when, &here.below("when"), names)?;
        let then = record.then.as_ref().ok_or_else(|| lacks("then"))?;
        let then = proposal(then, &here.below("then"), names)?;
        placeholders(&when, &then, &here.below("then").below("rationale"))?;
        Ok(Suggestion { name: key.to_owned(), when, then })
    })
}

fn evidence<'a>(record: &'a EvidenceRecord, here: &Here<'a>, names: &Names<'_>) -> Built<'a, Evidence> {
    Ok(Evidence {
        fields: record.fields.iter().map(field_match).collect(),
        text: record.text.clone(),
        severity: here.below("severity").among(record.severity.as_ref(), LEVEL, names.levels)?,
        scope: here.below("scope").among(record.scope.as_ref(), SCOPE, names.scopes)?,
        status: here.below("status").among(record.status.as_ref(), STATUS, names.statuses)?,
        paths: record.paths.as_ref().map(|paths| path_match(paths, &here.below("paths"))).transpose()?,
    })
}

fn field_match((key, matches): (&str, &String)) -> FieldMatch {
    let field = FieldKind::of_key(key).map_or_else(|| FieldRef::Named(key.to_owned()), FieldRef::Kind);
    FieldMatch { field, matches: matches.clone() }
}

fn path_match<'a>(record: &PathsRecord, here: &Here<'a>) -> Built<'a, PathMatch> {
    let (quantity, key, words) = match (&record.all, &record.some, &record.none) {
        (Some(words), None, None) => (Quantity::All, "all", words),
        (None, Some(words), None) => (Quantity::Some, "some", words),
        (None, None, Some(words)) => (Quantity::None, "none", words),
        _ => return Err(here.problem("expected one of `all`, `some` and `none`")),
    };
    let OneOrMany(words) = words;
    Ok(PathMatch {
        quantity,
        among: words.iter().map(|word| path_test(word, &here.below(key))).collect::<Result<_, _>>()?,
        count: here.below("count").bounds(record.count.as_ref())?.unwrap_or_default(),
    })
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
        severity: here.below("severity").maybe(record.severity.as_ref(), LEVEL, names.levels)?,
        scope: here.below("scope").maybe(record.scope.as_ref(), SCOPE, names.scopes)?,
        status: here.below("status").maybe(record.status.as_ref(), STATUS, names.statuses)?,
        rationale: record.rationale.clone().unwrap_or_default(),
    };
    match (proposal.severity, proposal.scope, proposal.status) {
        (None, None, None) => Err(here.problem("a proposal needs a `severity`, a `scope` or a `status`")),
        _ => Ok(proposal),
    }
}

fn placeholders<'a>(when: &Evidence, then: &Proposal, here: &Here<'a>) -> Built<'a, ()> {
    let mut known = when.captures();
    known.extend(Proposal::OWN);
    match then.placeholders().into_iter().find(|name| !known.contains(name)) {
        Some(name) => Err(Problem::unknown(here.0.clone(), "placeholder", name, known)),
        None => Ok(()),
    }
}

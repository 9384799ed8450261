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
use super::{Built, Layer, Problem, Terms, Wrong};
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

    /// What cannot be done without.
    fn needed<T>(&self, member: &'a str, of: &str, value: Option<T>) -> Built<'a, T> {
        let lacks = || self.below(member).problem(format!("{of} has no `{member}`")).or_at(self.0.clone());
        value.ok_or_else(lacks)
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
        wrong: &mut Wrong<'a>,
    ) -> Option<Id> {
        word.and_then(|Word(word)| wrong.take(self.one(word, sort, terms)))
    }

    fn among<T, Id: Copy + PartialEq>(
        &self,
        record: Option<&AmongRecord>,
        sort: &str,
        terms: &Terms<T, Id>,
        wrong: &mut Wrong<'a>,
    ) -> Option<Among<Id>> {
        let record = record?;
        let one = |word: &String| match word.as_str() {
            "none" => Some(None),
            word => wrong.take(self.one(word, sort, terms)).map(Some),
        };
        Some(Among { listed: record.listed.iter().filter_map(one).collect(), but: record.but })
    }

    fn expression(&self, text: &str, is_new: bool) -> Built<'a, Expression> {
        if !is_new {
            return Ok(Expression::known(text));
        }
        Expression::new(text).map_err(|why| self.problem(format!("`{text}` is no regular expression: {why}")))
    }

    fn bounds(&self, record: Option<&BoundsRecord>, wrong: &mut Wrong<'a>) -> Option<Bounds> {
        let BoundsRecord { at_least, at_most } = *record?;
        if let (Some(least), Some(most)) = (at_least, at_most)
            && least > most
        {
            wrong.0.push(self.problem(format!("nothing is at least {least} and at most {most}")));
        }
        Some(Bounds { at_least, at_most })
    }
}

/// A rule, or all that is wrong with it.
type Whole<'a, T> = Result<T, Wrong<'a>>;

pub(super) fn templates<'a>(
    entries: &'a Entries<TemplateRecord>,
    names: &Names<'_>,
) -> impl Iterator<Item = Whole<'a, Template>> {
    entries.iter().map(|(key, record)| {
        let (here, mut wrong) = (Here::at(&["rationale", "templates", key]), Wrong::default());
        let text = wrong.take(here.needed("text", &format!("template `{key}`"), record.text.clone()));
        let severity =
            here.below("severity").maybe(record.severity.as_ref(), LEVEL, names.levels, &mut wrong);
        let scope = here.below("scope").maybe(record.scope.as_ref(), SCOPE, names.scopes, &mut wrong);
        let status = here.below("status").maybe(record.status.as_ref(), STATUS, names.statuses, &mut wrong);
        let direction = record.direction.map(direction);
        wrong.end(|| Some(Template { name: key.to_owned(), text: text?, severity, scope, status, direction }))
    })
}

const LEVEL: &str = "level";
const SCOPE: &str = "scope";
const STATUS: &str = "status";

pub(super) fn guards<'a>(
    entries: &'a Entries<GuardRecord>,
    names: &Names<'_>,
) -> impl Iterator<Item = Whole<'a, Guard>> {
    entries.iter().map(|(key, record)| {
        let (here, mut wrong) = (Here::at(&["policy", key]), Wrong::default());
        let of = format!("guard `{key}`");
        let when = wrong.take(here.needed("when", &of, record.when.as_ref()));
        let when = when.map(|when| condition(when, &here.below("when"), names, &mut wrong));
        let act = wrong.take(here.needed("act", &of, record.act)).map(act);
        let said = record.message.clone().filter(|message| !message.trim().is_empty());
        let message = wrong.take(here.needed("message", &of, said));
        wrong.end(|| Some(Guard { name: key.to_owned(), when: when?, act: act?, message: message? }))
    })
}

fn act(record: ActRecord) -> Act {
    match record {
        ActRecord::Note => Act::Note,
        ActRecord::Warn => Act::Warn,
        ActRecord::Block => Act::Block,
    }
}

fn condition<'a>(
    record: &ConditionRecord,
    here: &Here<'a>,
    names: &Names<'_>,
    wrong: &mut Wrong<'a>,
) -> Condition {
    Condition {
        severity: here.below("severity").among(record.severity.as_ref(), LEVEL, names.levels, wrong),
        scope: here.below("scope").among(record.scope.as_ref(), SCOPE, names.scopes, wrong),
        status: here.below("status").among(record.status.as_ref(), STATUS, names.statuses, wrong),
        change: record.change.as_ref().map(|record| change(record, &here.below("change"), names, wrong)),
        seen: record.seen,
        count: here.below("count").bounds(record.count.as_ref(), wrong),
        rationale: here.below("rationale").bounds(record.rationale.as_ref(), wrong),
    }
}

fn change<'a>(record: &ChangeRecord, here: &Here<'a>, names: &Names<'_>, wrong: &mut Wrong<'a>) -> Change {
    Change {
        from: here.below("from").among(record.from.as_ref(), LEVEL, names.levels, wrong),
        to: here.below("to").among(record.to.as_ref(), LEVEL, names.levels, wrong),
        direction: record.direction.map(direction),
    }
}

fn direction(record: DirectionRecord) -> Direction {
    match record {
        DirectionRecord::Up => Direction::Up,
        DirectionRecord::Down => Direction::Down,
    }
}

pub(super) fn suggestions<'a>(
    entries: &'a Entries<SuggestionRecord>,
    names: &Names<'_>,
    layer: &Layer<'_>,
) -> impl Iterator<Item = Whole<'a, Suggestion>> {
    entries.iter().map(|(key, record)| {
        let (here, mut wrong) = (Here::at(&["suggestions", key]), Wrong::default());
        let is_new = layer.tells_suggestion(key);
        let of = format!("suggestion rule `{key}`");
        let when = wrong.take(here.needed("when", &of, record.when.as_ref()));
        let when = when.map(|when| conditions(when, is_new, &here.below("when"), names, &mut wrong));
        let then = wrong.take(here.needed("then", &of, record.then.as_ref()));
        let then = then.map(|then| proposal(then, &here.below("then"), names, &mut wrong));
        if let (Some((when, true)), Some(then), true) = (&when, &then, is_new) {
            placeholders(when, then, &here.below("then").below("rationale"), &mut wrong);
        }
        wrong.end(|| Some(Suggestion { name: key.to_owned(), when: when?.0, then: then? }))
    })
}

/// The conditions, and whether all their expressions could be read: what a broken one would capture is not known.
fn conditions<'a>(
    record: &'a WhenRecord,
    is_new: bool,
    here: &Here<'a>,
    names: &Names<'_>,
    wrong: &mut Wrong<'a>,
) -> (When, bool) {
    let fields = record.fields.iter();
    let fields =
        fields.filter_map(|field| wrong.take(field_match(field, is_new, &here.below("fields")))).collect();
    let text =
        record.text.as_deref().and_then(|text| wrong.take(here.below("text").expression(text, is_new)));
    let when = When {
        fields,
        text,
        severity: here.below("severity").among(record.severity.as_ref(), LEVEL, names.levels, wrong),
        scope: here.below("scope").among(record.scope.as_ref(), SCOPE, names.scopes, wrong),
        status: here.below("status").among(record.status.as_ref(), STATUS, names.statuses, wrong),
        paths: record.paths.as_ref().map(|paths| path_match(paths, &here.below("paths"), wrong)),
    };
    let is_whole = when.fields.len() == record.fields.0.len() && when.text.is_some() == record.text.is_some();
    (when, is_whole)
}

fn field_match<'a>(
    (key, matches): (&'a str, &String),
    is_new: bool,
    here: &Here<'a>,
) -> Built<'a, FieldMatch> {
    let field = FieldKind::of_key(key).map_or_else(|| FieldRef::Named(key.to_owned()), FieldRef::Kind);
    Ok(FieldMatch { field, matches: here.below(key).expression(matches, is_new)? })
}

fn path_match<'a>(record: &PathsRecord, here: &Here<'a>, wrong: &mut Wrong<'a>) -> PathMatch {
    let mut tests = |key, words: &Option<OneOrMany>| {
        let words = words.iter().flat_map(|OneOrMany(words)| words);
        words.filter_map(|word| wrong.take(path_test(word, &here.below(key)))).collect::<Vec<_>>()
    };
    let (all, some, none) =
        (tests("all", &record.all), tests("some", &record.some), tests("none", &record.none));
    let count = here.below("count").bounds(record.count.as_ref(), wrong).unwrap_or_default();
    let words = [&record.all, &record.some, &record.none];
    if words.into_iter().flatten().all(|OneOrMany(words)| words.is_empty()) && count == Bounds::default() {
        wrong.0.push(here.problem("expected `all`, `some`, `none` or `count`"));
    }
    PathMatch { all, some, none, count }
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

fn proposal<'a>(
    record: &ProposalRecord,
    here: &Here<'a>,
    names: &Names<'_>,
    wrong: &mut Wrong<'a>,
) -> Proposal {
    let (severity, scope, status) = (record.severity.as_ref(), record.scope.as_ref(), record.status.as_ref());
    let proposal = Proposal {
        confirm: record.confirm.unwrap_or(false),
        severity: here.below("severity").maybe(severity, LEVEL, names.levels, wrong),
        scope: here.below("scope").maybe(scope, SCOPE, names.scopes, wrong),
        status: here.below("status").maybe(status, STATUS, names.statuses, wrong),
        rationale: record.rationale.clone().unwrap_or_default(),
    };
    match (proposal.confirm, severity, scope, status) {
        (false, None, None, None) => wrong
            .0
            .push(here.problem("a proposal needs a `severity`, a `scope`, a `status` or `confirm: true`")),
        (true, Some(_), ..) => {
            wrong.0.push(here.problem("a proposal that confirms sets no `severity`"));
        }
        (true, ..) if proposal.rationale.trim().is_empty() => {
            wrong.0.push(here.problem("a proposal that confirms says why: it needs a `rationale`"));
        }
        _ => {}
    }
    proposal
}

fn placeholders<'a>(when: &When, then: &Proposal, here: &Here<'a>, wrong: &mut Wrong<'a>) {
    let mut known = when.captures();
    known.extend(Proposal::OWN);
    for name in then.placeholders().into_iter().filter(|name| !known.contains(name)) {
        wrong.0.push(Problem::unknown(here.0.clone(), "placeholder", name, known.clone()));
    }
}

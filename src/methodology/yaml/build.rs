//! From records to a methodology: defaults filled in, words gathered, references resolved.

mod problem;
mod rules;
mod terms;

use super::super::scale::FromZero;
use super::super::vocabulary::Vocabulary;
use super::super::{
    DeviationRule, FieldKind, FieldNames, HeadingWord, HeadingWords, Methodology, PathKind, PathRules,
    Pattern, Proposal, RationaleRules, Suggestion, Words,
};
use super::record::{Record, RuleRecord};
use super::{Layer, Overrides};
use crate::yaml::{Entries, OneOrMany, Step, Word};

pub(super) use problem::{Problem, Wrong};
use rules::Names;
use terms::Terms;

type Built<'a, T> = Result<T, Problem<'a>>;

/// The methodology that a complete record describes; the layer tells what of it is the file's own.
///
/// # Errors
/// All that does not hold together.
pub(super) fn build<'a>(record: &'a Record, layer: &Layer<'_>) -> Result<Methodology, Wrong<'a>> {
    let mut wrong = Wrong::default();
    let levels = terms::levels(&record.levels, &mut wrong);
    let scopes = terms::scopes(&record.scopes, &mut wrong);
    let fields = fields(&record.fields, &mut wrong);
    let statuses = terms::statuses(&record.statuses, &fields, &mut wrong);
    let names = Names { levels: &levels, scopes: &scopes, statuses: &statuses };
    let built = Methodology {
        name: record.name.as_ref().map_or_else(String::new, |Word(name)| name.clone()),
        rules: deviation_rules(record, &mut wrong),
        rationale: RationaleRules {
            minimum: record.rationale.minimum.unwrap_or(0),
            templates: own(rules::templates(&record.rationale.templates, &names), layer, &mut wrong),
        },
        fields,
        headings: headings(&record.headings, &mut wrong),
        policy: own(rules::guards(&record.policy, &names), layer, &mut wrong),
        suggestions: own(rules::suggestions(&record.suggestions, &names, layer), layer, &mut wrong),
        paths: paths(&record.paths, &mut wrong),
        sources: Vec::new(),
        from_zero: FromZero::default(),
        made_from: Overrides(record.clone()),
        levels: levels.all,
        scopes: scopes.all,
        statuses: statuses.all,
        words: Words { levels: levels.words, scopes: scopes.words, statuses: statuses.words },
    };
    wrong.0.extend(terse(record, &built).into_iter().filter(|problem| layer.owns(problem)));
    wrong.end(|| Some(built))
}

/// The rationales of rules that the methodology refuses for their length: whoever accepts such a suggestion as it is would
/// be refused. What a rule fills in may be of any length, and one that only confirms needs none.
fn terse<'a>(record: &'a Record, built: &Methodology) -> Vec<Problem<'a>> {
    let rules = built.rationale();
    let is_terse = |rule: &Suggestion| {
        let Proposal { confirm, rationale, .. } = &rule.then;
        let is_fixed = !rationale.trim().is_empty() && rule.then.placeholders().is_empty();
        !confirm && is_fixed && !rules.allow(rationale)
    };
    let known = |name: &&str| built.suggestions().iter().any(|rule| rule.name == *name && is_terse(rule));
    let terse: Vec<&str> = record.suggestions.iter().map(|(name, _)| name).filter(known).collect();
    let problem = |name| {
        let place = ["suggestions", name, "then", "rationale"].map(Step::Key).to_vec();
        Problem::new(place, format!("a rationale has {} characters at least", rules.minimum))
    };
    terse.into_iter().map(problem).collect()
}

/// The good ones; of a bad one is wrong what the file itself says, else it is left out.
fn own<'a, T>(
    built: impl Iterator<Item = Result<T, Wrong<'a>>>,
    layer: &Layer<'_>,
    wrong: &mut Wrong<'a>,
) -> Vec<T> {
    let mut good = Vec::new();
    for one in built {
        match one {
            Ok(one) => good.push(one),
            Err(Wrong(problems)) => {
                wrong.0.extend(problems.into_iter().filter(|problem| layer.owns(problem)))
            }
        }
    }
    good
}

fn deviation_rules<'a>(record: &'a Record, wrong: &mut Wrong<'a>) -> Vec<DeviationRule> {
    let rules = record.rules.iter().filter_map(|(key, rule)| wrong.take(deviation_rule(key, rule)));
    let mut rules: Vec<_> = rules.collect();
    rules.sort_by_key(|rule| rule.number);
    rules
}

fn deviation_rule<'a>(key: &'a str, record: &RuleRecord) -> Built<'a, DeviationRule> {
    let problem = |what: String| Problem::new(vec![Step::Key("rules"), Step::Key(key)], what);
    let number = key.parse().map_err(|_| problem(format!("`{key}` is no rule's number (0 to 255)")))?;
    let Word(name) = record.name.clone().ok_or_else(|| problem(format!("rule {key} has no `name`")))?;
    Ok(DeviationRule { number, name, definition: record.definition.clone().unwrap_or_default() })
}

fn fields<'a>(entries: &'a Entries<OneOrMany>, wrong: &mut Wrong<'a>) -> FieldNames {
    let mut words = Vocabulary::default();
    let mut names = Vec::new();
    for (key, OneOrMany(aliases)) in entries.iter() {
        let known = FieldKind::of_key(key)
            .ok_or_else(|| unknown("fields", key, "kind of field", FieldKind::ALL.map(|(_, key)| key)));
        let Some(kind) = wrong.take(known) else { continue };
        for (index, alias) in aliases.iter().enumerate() {
            if let Some(other) = words.add(alias, kind) {
                let what = format!("`{alias}` is the name of two fields, `{}` and `{key}`", other.key());
                wrong.0.push(item("fields", key, index, what));
            }
        }
        names.push((kind, aliases.clone()));
    }
    FieldNames::new(names, words)
}

fn headings<'a>(entries: &'a Entries<OneOrMany>, wrong: &mut Wrong<'a>) -> HeadingWords {
    let mut words = Vocabulary::default();
    for (key, OneOrMany(listed)) in entries.iter() {
        let known = HeadingWord::of_key(key)
            .ok_or_else(|| unknown("headings", key, "kind of heading", HeadingWord::ALL.map(|(_, key)| key)));
        let Some(kind) = wrong.take(known) else { continue };
        for (index, word) in listed.iter().enumerate() {
            if let Some(other) = words.add(word, kind) {
                let what = format!("`{word}` stands for two kinds, `{}` and `{key}`", other.key());
                wrong.0.push(item("headings", key, index, what));
            }
        }
    }
    HeadingWords::new(words)
}

fn paths<'a>(entries: &'a Entries<OneOrMany>, wrong: &mut Wrong<'a>) -> PathRules {
    let mut patterns = Vec::new();
    for (key, OneOrMany(texts)) in entries.iter() {
        let known = PathKind::of_key(key)
            .ok_or_else(|| unknown("paths", key, "kind of path", PathKind::ALL.map(|(_, key)| key)));
        let Some(kind) = wrong.take(known) else { continue };
        let read = |(index, text): (usize, &String)| {
            let empty = || item("paths", key, index, "an empty pattern matches nothing");
            wrong.take(Pattern::new(text).ok_or_else(empty))
        };
        patterns.push((kind, texts.iter().enumerate().filter_map(read).collect()));
    }
    patterns.sort_by_key(|(kind, _)| *kind);
    PathRules { patterns }
}

/// A key of a part that is none of those it must be.
fn unknown<'a, const N: usize>(
    part: &'a str,
    key: &'a str,
    sort: &str,
    among: [&'static str; N],
) -> Problem<'a> {
    Problem::unknown(vec![Step::Key(part), Step::Key(key)], sort, key, among)
}

/// What is wrong with a word of the list under a key of a part.
fn item<'a>(part: &'a str, key: &'a str, index: usize, what: impl Into<String>) -> Problem<'a> {
    Problem::new(vec![Step::Key(part), Step::Key(key), Step::Item(index)], what)
}

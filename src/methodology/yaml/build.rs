//! From records to a methodology: defaults filled in, words gathered, references resolved.

mod problem;
mod rules;
mod terms;

use super::super::vocabulary::Vocabulary;
use super::super::{
    DeviationRule, FieldKind, FieldNames, HeadingWord, HeadingWords, Methodology, PathKind, PathRules,
    Pattern, RationaleRules, Words,
};
use super::record::{Record, RuleRecord};
use super::{Layer, Overrides};
use crate::yaml::{Entries, OneOrMany, Step, Word};

pub(super) use problem::Problem;
use rules::Names;
use terms::Terms;

type Built<'a, T> = Result<T, Problem<'a>>;

/// The methodology that a complete record describes; the layer tells what of it is the file's own.
pub(super) fn build<'a>(record: &'a Record, layer: &Layer<'_>) -> Built<'a, Methodology> {
    let levels = terms::levels(&record.levels)?;
    let scopes = terms::scopes(&record.scopes)?;
    let fields = fields(&record.fields)?;
    let statuses = terms::statuses(&record.statuses, &fields)?;
    let names = Names { levels: &levels, scopes: &scopes, statuses: &statuses };
    Ok(Methodology {
        name: record.name.as_ref().map_or_else(String::new, |Word(name)| name.clone()),
        rules: deviation_rules(record)?,
        rationale: RationaleRules {
            minimum: record.rationale.minimum.unwrap_or(0),
            templates: own(rules::templates(&record.rationale.templates, &names), layer)?,
        },
        fields,
        headings: headings(&record.headings)?,
        policy: own(rules::guards(&record.policy, &names), layer)?,
        suggestions: own(rules::suggestions(&record.suggestions, &names), layer)?,
        paths: paths(&record.paths)?,
        sources: Vec::new(),
        made_from: Overrides(record.clone()),
        levels: levels.all,
        scopes: scopes.all,
        statuses: statuses.all,
        words: Words { levels: levels.words, scopes: scopes.words, statuses: statuses.words },
    })
}

/// The good ones; a bad one is a problem if the file itself says what is bad, else it is left out.
fn own<'a, T>(built: impl Iterator<Item = Built<'a, T>>, layer: &Layer<'_>) -> Built<'a, Vec<T>> {
    let inherited = |problem: &Problem<'a>| !problem.places.iter().any(|steps| layer.says(steps));
    built.filter(|one| !matches!(one, Err(problem) if inherited(problem))).collect()
}

fn deviation_rules(record: &Record) -> Built<'_, Vec<DeviationRule>> {
    let mut rules: Vec<_> =
        record.rules.iter().map(|(key, rule)| deviation_rule(key, rule)).collect::<Result<_, _>>()?;
    rules.sort_by_key(|rule| rule.number);
    Ok(rules)
}

fn deviation_rule<'a>(key: &'a str, record: &RuleRecord) -> Built<'a, DeviationRule> {
    let problem = |what: String| Problem::new(vec![Step::Key("rules"), Step::Key(key)], what);
    let number = key.parse().map_err(|_| problem(format!("`{key}` is no rule's number (0 to 255)")))?;
    let Word(name) = record.name.clone().ok_or_else(|| problem(format!("rule {key} has no `name`")))?;
    Ok(DeviationRule { number, name, definition: record.definition.clone().unwrap_or_default() })
}

fn fields(entries: &Entries<OneOrMany>) -> Built<'_, FieldNames> {
    let mut words = Vocabulary::default();
    let mut names = Vec::new();
    for (key, OneOrMany(aliases)) in entries.iter() {
        let Some(kind) = FieldKind::of_key(key) else {
            let steps = vec![Step::Key("fields"), Step::Key(key)];
            return Err(Problem::unknown(steps, "kind of field", key, FieldKind::ALL.map(|(_, key)| key)));
        };
        for (index, alias) in aliases.iter().enumerate() {
            if let Some(other) = words.add(alias, kind) {
                let steps = vec![Step::Key("fields"), Step::Key(key), Step::Item(index)];
                let what = format!("`{alias}` is the name of two fields, `{}` and `{key}`", other.key());
                return Err(Problem::new(steps, what));
            }
        }
        names.push((kind, aliases.clone()));
    }
    Ok(FieldNames::new(names, words))
}

fn headings(entries: &Entries<OneOrMany>) -> Built<'_, HeadingWords> {
    let mut words = Vocabulary::default();
    for (key, OneOrMany(listed)) in entries.iter() {
        let Some(kind) = HeadingWord::of_key(key) else {
            let steps = vec![Step::Key("headings"), Step::Key(key)];
            return Err(Problem::unknown(
                steps,
                "kind of heading",
                key,
                HeadingWord::ALL.map(|(_, key)| key),
            ));
        };
        for (index, word) in listed.iter().enumerate() {
            if let Some(other) = words.add(word, kind) {
                let steps = vec![Step::Key("headings"), Step::Key(key), Step::Item(index)];
                let what = format!("`{word}` stands for two kinds, `{}` and `{key}`", other.key());
                return Err(Problem::new(steps, what));
            }
        }
    }
    Ok(HeadingWords::new(words))
}

fn paths(entries: &Entries<OneOrMany>) -> Built<'_, PathRules> {
    let mut patterns = Vec::new();
    for (key, OneOrMany(texts)) in entries.iter() {
        let steps = |index| vec![Step::Key("paths"), Step::Key(key), Step::Item(index)];
        let Some(kind) = PathKind::of_key(key) else {
            let steps = vec![Step::Key("paths"), Step::Key(key)];
            return Err(Problem::unknown(steps, "kind of path", key, PathKind::ALL.map(|(_, key)| key)));
        };
        let read = |(index, text): (usize, &String)| {
            Pattern::new(text).ok_or_else(|| Problem::new(steps(index), "an empty pattern matches nothing"))
        };
        patterns.push((kind, texts.iter().enumerate().map(read).collect::<Result<_, _>>()?));
    }
    patterns.sort_by_key(|(kind, _)| *kind);
    Ok(PathRules { patterns })
}

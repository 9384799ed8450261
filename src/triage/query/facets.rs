//! The values that a filter can be made of, with how many bugs each would leave.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::lex::{self, Word};
use super::parse::{Key, NONE, UNLISTED, test_of};
use super::tally::{Group, tally};
use super::term::{State, Term, Test};
use super::{Known, Query};
use crate::methodology::Methodology;
use crate::report::Report;
use crate::text::hidden::Reader;
use crate::triage::Session;

/// How many sections are offered; where more hold bugs, none is.
const SECTIONS_MOST: usize = 12;

/// One side from which bugs can be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// `severity`, `scope`, `status`, `section`, `is`.
    pub name: String,
    /// Its values: those that would leave a bug, and those that are on.
    pub values: Vec<Value>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What [`toggled`] puts into the filter or takes out.
    pub term: String,
    /// What is shown.
    pub label: String,
    /// How many bytes of that are the word, where what it means stands behind it.
    pub word: usize,
    /// How many bugs would be left with it as the only value of its facet; a state joins those that are on.
    pub count: usize,
    /// Whether the filter has it.
    pub on: bool,
}

/// A value that can be chosen, not counted yet.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// As it is typed behind the colon.
    pub(super) text: String,
    /// What it is called.
    pub(super) label: String,
    /// How many bytes of that are the word, where what it means stands behind it.
    word: usize,
}

/// What can be chosen of a report, given a filter; `None` where `overtaken` became true before the end.
pub fn facets(text: &str, session: &Session, known: &Known, overtaken: &AtomicBool) -> Option<Vec<Facet>> {
    let report = session.report();
    let words = lex::words(text, |name| Key::named(name, report).is_some());
    let sides: Vec<Side<'_>> = SIDES.iter().map(|(key, name)| Side::of(key, name, &words, report)).collect();
    let (rest, groups) = split(Query::parse(text, report), &sides, report.methodology());
    let counts = tally(&rest, &groups, session, known, overtaken)?;
    let facets = sides.iter().zip(counts).map(|(side, counts)| side.facet(&counts, report.methodology()));
    Some(facets.filter(|facet| !facet.values.is_empty()).collect())
}

/// The filter with a term put in, beside others of its kind so that either may hold; or taken out, where it
/// stands in it. Of states all must hold.
pub fn toggled(text: &str, term: &str) -> String {
    let words = lex::words(text, |_| true);
    let Some(term) = lex::words(term, |_| true).into_iter().next() else { return text.to_owned() };
    let (Some(name), Some(value)) = (term.name, term.values.first()) else { return text.to_owned() };
    let alike =
        |word: &&Word<'_>| !word.negated && word.name.is_some_and(|own| own.eq_ignore_ascii_case(name));
    let is_value =
        |own: &lex::Value<'_>| own.quoted == value.quoted && own.text.eq_ignore_ascii_case(value.text);
    let has = |word: &Word<'_>| word.values.iter().any(is_value);
    let is_on = words.iter().filter(alike).any(has);
    let joins = !name.eq_ignore_ascii_case("is") && !is_on;
    let mut out = String::new();
    for word in &words {
        let values = word.values.iter();
        push(
            &mut out,
            &match alike(&word) {
                true if has(word) => listed(name, values.filter(|own| !is_value(own))),
                true if joins => listed(name, values.chain([value])),
                _ => closed(text, word),
            },
        );
    }
    let is_in = is_on || joins && words.iter().any(|word| alike(&word));
    if !is_in {
        push(&mut out, &listed(name, [value].into_iter()));
    }
    out
}

/// A word as it stands, its quotation closed.
fn closed(text: &str, word: &Word<'_>) -> String {
    let end = if word.is_open { "\"" } else { "" };
    format!("{}{end}", &text[word.span.clone()])
}

fn push(out: &mut String, word: &str) {
    if !out.is_empty() && !word.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// `name:a,b`; nothing where there are no values.
fn listed<'a>(name: &str, values: impl Iterator<Item = &'a lex::Value<'a>>) -> String {
    let values: Vec<String> = values.map(written).collect();
    if values.is_empty() { String::new() } else { format!("{name}:{}", values.join(",")) }
}

fn written(value: &lex::Value<'_>) -> String {
    if value.quoted { format!("\"{}\"", value.text) } else { value.text.to_owned() }
}

/// A value as it is typed: in quotes where it would end too early without.
pub(super) fn typed(value: &str) -> String {
    let needs = value.chars().any(|c| c.is_whitespace() || c == ',') || value.starts_with('"');
    if needs { format!("\"{value}\"") } else { value.to_owned() }
}

/// The facets: what each asks about, and its name.
const SIDES: [(Key, &str); 5] = [
    (Key::Level, "severity"),
    (Key::Scope, "scope"),
    (Key::Status, "status"),
    (Key::Section, "section"),
    (Key::Is, "is"),
];

/// A facet before its values are counted.
struct Side<'w> {
    key: &'w Key,
    name: &'w str,
    choices: Vec<Choice>,
    /// The words of the filter that ask the same, and do not deny it.
    words: Vec<&'w Word<'w>>,
}

impl<'w> Side<'w> {
    fn of(key: &'w Key, name: &'w str, words: &'w [Word<'w>], report: &Report) -> Side<'w> {
        let is_own = |word: &&Word<'_>| {
            !word.negated && word.name.and_then(|name| Key::named(name, report)).as_ref() == Some(key)
        };
        let choices = choices(key, report);
        Side { key, name, choices, words: words.iter().filter(is_own).collect() }
    }

    /// With the count of each of its choices.
    fn facet(&self, counts: &[usize], methodology: &Methodology) -> Facet {
        let values = self.choices.iter().zip(counts).map(|(choice, count)| {
            let standing = self.standing(choice, methodology);
            let on = standing.is_some();
            let term = standing.unwrap_or_else(|| format!("{}:{}", self.typed_name(), choice.text));
            Value { term, label: choice.label.clone(), word: choice.word, count: *count, on }
        });
        Facet {
            name: self.name.to_owned(),
            values: values.filter(|value| value.on || value.count > 0).collect(),
        }
    }

    /// The name that the filter has for it, so that a further value joins those that stand there.
    fn typed_name(&self) -> &str {
        let own = Key::OWN.iter().find(|(key, ..)| key == self.key).map_or(self.name, |(_, own, _)| own);
        self.words.last().and_then(|word| word.name).unwrap_or(own)
    }

    /// The term by which the filter has a choice, in the filter's own words.
    fn standing(&self, choice: &Choice, methodology: &Methodology) -> Option<String> {
        let wanted = choice.test(self.key, methodology)?;
        let is_it = |value: &&lex::Value<'_>| {
            test_of(self.key.clone(), value, methodology).is_some_and(|test| test.equals(&wanted))
        };
        let standing = |word: &&Word<'_>| {
            let value = word.values.iter().find(is_it)?;
            Some(format!("{}:{}", word.name?, written(value)))
        };
        self.words.iter().find_map(standing)
    }
}

impl Choice {
    fn of(text: String, label: String, word: usize) -> Choice {
        Choice { text, label, word }
    }

    /// What it asks.
    pub(super) fn test(&self, key: &Key, methodology: &Methodology) -> Option<Test> {
        let term = format!("x:{}", self.text);
        let words = lex::words(&term, |_| true);
        test_of(key.clone(), words.first()?.values.first()?, methodology)
    }
}

/// A query without the terms that the values of facets would take the place of, and those.
fn split(query: Query, sides: &[Side<'_>], methodology: &Methodology) -> (Query, Vec<Group>) {
    let values = |side: &Side<'_>| {
        let tests = side.choices.iter().filter_map(|choice| choice.test(side.key, methodology));
        let values = tests.map(|test| Term { test, negated: false }).collect();
        Group { own: Vec::new(), values }
    };
    let mut groups: Vec<Group> = sides.iter().map(values).collect();
    let mut rest = Query { terms: Vec::new(), ..query };
    for term in query.terms {
        let place = match term.test {
            _ if term.negated => None,
            Test::Level(_) => Some(0),
            Test::Scope(_) => Some(1),
            Test::Status(_) => Some(2),
            Test::Section(_) => Some(3),
            _ => None,
        };
        match place {
            Some(at) => groups[at].own.push(term),
            None => rest.terms.push(term),
        }
    }
    (rest, groups)
}

/// The values that a term may be given; none for one that takes any text.
pub(super) fn choices(key: &Key, report: &Report) -> Vec<Choice> {
    let methodology = report.methodology();
    let choice = |key: &str, name: &str| Choice::of(typed(key), label(key, name), key.len());
    let [none, unlisted] =
        [NONE, UNLISTED].map(|word| Choice::of(word.to_owned(), word.to_owned(), word.len()));
    match key {
        Key::Level => methodology
            .levels()
            .iter()
            .map(|one| choice(&one.key, &one.name))
            .chain([none, unlisted])
            .collect(),
        Key::Scope => methodology
            .scopes()
            .iter()
            .map(|one| choice(&one.key, &one.name))
            .chain([none, unlisted])
            .collect(),
        Key::Status => methodology
            .statuses()
            .iter()
            .map(|one| choice(&one.key, &one.name))
            .chain([none, unlisted])
            .collect(),
        Key::Is => State::ALL.iter().map(|(_, word, about)| choice(word, about)).collect(),
        Key::Suggested => {
            methodology.suggestions().iter().map(|rule| choice(&rule.name, &rule.name)).collect()
        }
        Key::Section => sections(report),
        _ => Vec::new(),
    }
}

fn label(key: &str, name: &str) -> String {
    if key.eq_ignore_ascii_case(name) { key.to_owned() } else { format!("{key} {name}") }
}

/// The sections that hold bugs, where they are few.
fn sections(report: &Report) -> Vec<Choice> {
    let mut held: BTreeMap<_, ()> = BTreeMap::new();
    for bug in report.bugs() {
        held.extend(bug.section.map(|section| (section, ())));
        if held.len() > SECTIONS_MOST {
            return Vec::new();
        }
    }
    let mut choices: Vec<Choice> = Vec::new();
    for section in held.into_keys() {
        let title = String::from_utf8_lossy(report.sections()[section.at()].title.of(report.base()));
        let label = quotable(&title);
        if !label.is_empty() && choices.iter().all(|known| known.label != label) {
            choices.push(Choice::of(format!("\"{label}\""), label.to_owned(), label.len()));
        }
    }
    choices
}

/// As much of a text as can be typed in quotes.
pub(super) fn quotable(text: &str) -> &str {
    let mut reader = Reader::default();
    let end = text.char_indices().find(|(_, c)| *c == '"' || reader.next(*c).is_some());
    text[..end.map_or(text.len(), |(at, _)| at)].trim()
}

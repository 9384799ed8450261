//! From words to terms: what each name means here, and which values are none.

use super::lex::{self, Value, Word};
use super::needle::Needle;
use super::term::{Name, State, Stated, Term, Test};
use super::{Problem, Query};
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::Report;
use crate::triage::fuzzy::Pattern;

/// The word for bugs that have no such value.
pub(super) const NONE: &str = "none";

/// The word for bugs whose value is none that the methodology knows.
pub(super) const UNLISTED: &str = "unlisted";

/// The term that asks who suggests something.
pub(super) const VOICES: &str = "suggested";

/// What may stand before a level, the longer ones first.
pub(super) const BOUNDS: [&str; 4] = [">=", "<=", ">", "<"];

/// What a name asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Level,
    Scope,
    Status,
    Section,
    Id,
    Title,
    Is,
    Suggested,
    Text,
    Field(Name),
}

impl Key {
    /// Every term that is no field, with its name and what it asks.
    pub(super) const OWN: [(Key, &'static str, &'static str); 9] = [
        (Key::Level, "sev", "severity"),
        (Key::Scope, "scope", "what it really affects"),
        (Key::Status, "status", "what has become of it"),
        (Key::Is, "is", "what you have to do with it"),
        (Key::Section, "section", "in the title of a section around it"),
        (Key::Id, "id", "in its id"),
        (Key::Title, "title", "in its title"),
        (Key::Text, "text", "anywhere in its text"),
        (Key::Suggested, VOICES, "which rule, or who, suggests something for it"),
    ];

    /// What a name means in this report; `None` for a name of nothing.
    pub(super) fn named(name: &str, report: &Report) -> Option<Key> {
        let text = spaced(name);
        if let Some((key, ..)) = Key::OWN.into_iter().find(|(_, known, _)| *known == text) {
            return Some(key);
        }
        let kind = kind_of(name, report.methodology());
        Some(match kind {
            Some(FieldKind::Severity) => Key::Level,
            Some(FieldKind::Scope) => Key::Scope,
            Some(FieldKind::Status) => Key::Status,
            Some(FieldKind::Id) => Key::Id,
            Some(FieldKind::Title) => Key::Title,
            Some(_) => Key::Field(Name { text, kind }),
            None if report.field_names().iter().any(|known| spaced(known) == text) => {
                Key::Field(Name { text, kind })
            }
            None => return None,
        })
    }
}

/// A name as fields are compared by: in lower case, with blanks between its words.
pub(super) fn spaced(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}

fn kind_of(name: &str, methodology: &Methodology) -> Option<FieldKind> {
    let of = |name: &str| methodology.fields().kind_of(name.as_bytes());
    of(name).or_else(|| of(&spaced(name)))
}

impl Query {
    /// Understands what was typed. Never fails: what cannot be understood is a problem and restricts nothing.
    pub fn parse(text: &str, report: &Report) -> Query {
        let mut query = Query::default();
        for word in lex::words(text, |name| Key::named(name, report).is_some()) {
            match word.name.and_then(|name| Key::named(name, report)) {
                Some(key) => query.ask(key, &word, report.methodology()),
                None => query.plain(&word),
            }
        }
        query.settled()
    }

    fn settled(mut self) -> Query {
        self.terms.sort_by_key(|term| term.test.cost());
        self.pattern = Pattern::new(&self.words.join(" "));
        self
    }

    /// Takes a word without a name.
    fn plain(&mut self, word: &Word<'_>) {
        let Some(value) = word.values.first() else { return };
        self.unnamed.extend(lex::unnamed(value).map(str::to_owned));
        let text = value.text.to_owned();
        let test = match (value.quoted, word.negated) {
            (false, false) => return self.words.push(text),
            (false, true) => Test::Fuzzy(Box::new(Pattern::new(&text)), text),
            (true, negated) => {
                if !negated {
                    self.exact.push(text.clone());
                }
                Test::Exact(Needle::exact(&text))
            }
        };
        self.terms.push(Term { test, negated: word.negated });
    }

    /// Takes a word with a name; one that has no value yet restricts nothing.
    fn ask(&mut self, key: Key, word: &Word<'_>, methodology: &Methodology) {
        if let (Some(name), true) = (word.name, word.values.is_empty()) {
            self.unfinished.push(name.to_owned());
        }
        let test = self.test(key, &word.values, methodology);
        self.terms.extend(test.map(|test| Term { test, negated: word.negated }));
    }

    /// What values of a key ask; `None` where they ask nothing.
    fn test(&mut self, key: Key, values: &[Value<'_>], methodology: &Methodology) -> Option<Test> {
        let needles = || Some(values.iter().map(needle).collect::<Vec<_>>()).filter(|all| !all.is_empty());
        match key {
            Key::Level => self.levels(values, methodology).map(Test::Level),
            Key::Scope => {
                let known =
                    methodology.scopes().iter().map(|scope| scope.key.as_str()).chain([NONE, UNLISTED]);
                let named = |text: &str| stated(methodology.scope_named(text), text);
                self.choice(values, "scope", known, named).map(Test::Scope)
            }
            Key::Status => {
                let known =
                    methodology.statuses().iter().map(|status| status.key.as_str()).chain([NONE, UNLISTED]);
                let named = |text: &str| stated(methodology.status_named(text), text);
                self.choice(values, "status", known, named).map(Test::Status)
            }
            Key::Is => {
                let known = State::ALL.iter().map(|(_, word, _)| *word);
                self.choice(values, "state", known, State::named).map(Test::Is)
            }
            Key::Suggested => needles().map(Test::Suggested),
            Key::Section => needles().map(Test::Section),
            Key::Id => needles().map(Test::Id),
            Key::Title => needles().map(Test::Title),
            Key::Text => needles().map(Test::Text),
            Key::Field(name) => needles().map(|needles| Test::Field(name, needles)),
        }
    }

    fn levels(&mut self, values: &[Value<'_>], methodology: &Methodology) -> Option<Vec<Stated<LevelId>>> {
        let known = || methodology.levels().iter().map(|level| level.key.as_str()).chain([NONE, UNLISTED]);
        let typed = values.iter().filter(|value| !BOUNDS.contains(&value.text));
        let levels = typed.filter_map(|value| {
            let found = levels_of(value.text, methodology);
            if found.is_none() {
                self.unknown("level", value, known());
            }
            found
        });
        levels.reduce(|all, more| [all, more].concat())
    }

    fn choice<'k, T>(
        &mut self,
        values: &[Value<'_>],
        what: &str,
        known: impl Iterator<Item = &'k str> + Clone,
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let chosen = values.iter().filter_map(|value| {
            let found = named(value.text);
            if found.is_none() {
                self.unknown(what, value, known.clone());
            }
            found
        });
        Some(chosen.collect::<Vec<T>>()).filter(|chosen| !chosen.is_empty())
    }

    fn unknown<'k>(&mut self, what: &str, value: &Value<'_>, known: impl Iterator<Item = &'k str>) {
        let known = known.collect::<Vec<_>>().join(", ");
        let what = format!("no {what} is called {}; there are: {known}", value.text);
        self.problems.push(Problem { span: value.span.clone(), what });
    }
}

/// What one value of a key asks.
pub(super) fn test_of(key: Key, value: &Value<'_>, methodology: &Methodology) -> Option<Test> {
    Query::default().test(key, std::slice::from_ref(value), methodology)
}

fn needle(value: &Value<'_>) -> Needle {
    match value.quoted {
        true => Needle::exact(value.text),
        false => Needle::loose(value.text),
    }
}

/// What was found by a text, or what it says of bugs that state nothing, or something that nobody knows; `None` where it
/// is no such word.
fn stated<T>(found: Option<T>, text: &str) -> Option<Stated<T>> {
    match found {
        Some(found) => Some(Stated::Known(found)),
        None if text.eq_ignore_ascii_case(UNLISTED) => Some(Stated::Unlisted),
        None if text.eq_ignore_ascii_case(NONE) => Some(Stated::Nothing),
        None => None,
    }
}

/// The levels that a value names: one, or those as severe as one and more (`>=P1`), and the like.
fn levels_of(text: &str, methodology: &Methodology) -> Option<Vec<Stated<LevelId>>> {
    let bound = BOUNDS.into_iter().find(|sign| text.starts_with(sign));
    let word = bound.map_or(text, |sign| &text[sign.len()..]);
    let Some(level) = methodology.level_named(word) else {
        return stated(None, text).map(|stated| vec![stated]);
    };
    let holds = |other: &LevelId| match bound {
        None => *other == level,
        Some(">=") => *other <= level,
        Some(">") => *other < level,
        Some("<=") => *other >= level,
        Some(_) => *other > level,
    };
    Some(methodology.level_ids().filter(holds).map(Stated::Known).collect())
}

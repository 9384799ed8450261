//! What may stand where the cursor of a filter is.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use super::facets::{Choice, choices};
use super::lex::{self, Word};
use super::parse::{BOUNDS, Key, spaced};
use super::tally::{Group, tally};
use super::term::Term;
use super::{Known, Query};
use crate::report::Report;
use crate::triage::Session;

/// What may stand where the cursor is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text that an offer takes the place of.
    pub span: Range<usize>,
    /// The offers, the likeliest first.
    pub offers: Vec<Offer>,
}

/// A term, or a term with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is put in: `sev:`, `sev:P0 `.
    pub text: String,
    /// What it means.
    pub about: String,
    /// How many bugs the filter would leave then; `None` for a term without its value.
    pub count: Option<usize>,
}

/// What may stand at a cursor in a filter. Takes time in the length of the report where values are offered.
pub fn complete(text: &str, cursor: usize, session: &Session, known: &Known) -> Completion {
    let (cursor, report) = (text.floor_char_boundary(cursor), session.report());
    let words = lex::words(text, |name| Key::named(name, report).is_some());
    let at = words.iter().rev().find(|word| word.span.start <= cursor && cursor <= word.span.end);
    let Some(word) = at else {
        return Completion { span: cursor..cursor, offers: names("", "", report) };
    };
    let sign = if word.negated { "-" } else { "" };
    let body = word.span.start + sign.len();
    let named = word.name.filter(|name| cursor > body + name.len());
    match named.and_then(|name| Some((name, Key::named(name, report)?))) {
        Some((_, key)) => values(text, cursor, word, &key, session, known),
        None => {
            let end = word.name.map_or(cursor, |name| body + name.len() + 1);
            let typed = text.get(body..cursor).unwrap_or_default();
            Completion { span: word.span.start..end, offers: names(sign, typed, report) }
        }
    }
}

/// The terms and fields whose names begin with what was typed.
fn names(sign: &str, typed: &str, report: &Report) -> Vec<Offer> {
    let own = Key::OWN.iter().map(|(_, name, about)| ((*name).to_owned(), (*about).to_owned()));
    let fields = report.field_names().iter().filter(|name| {
        let is_typable = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        is_typable && matches!(Key::named(name, report), Some(Key::Field(_)))
    });
    let fields = fields.map(|name| (name.to_lowercase().replace(' ', "-"), format!("in the field {name}")));
    let begins = |(name, _): &(String, String)| spaced(name).starts_with(&spaced(typed));
    let offer = |(name, about)| Offer { text: format!("{sign}{name}:"), about, count: None };
    own.chain(fields).filter(begins).map(offer).collect()
}

/// The values that go with what was typed of one, with how many bugs each would leave.
fn values(
    text: &str,
    cursor: usize,
    word: &Word<'_>,
    key: &Key,
    session: &Session,
    known: &Known,
) -> Completion {
    let value = word.values.iter().find(|value| value.span.start <= cursor && cursor <= value.span.end);
    let place = value.map_or(cursor..cursor, |value| value.span.clone());
    let typed = text[place.start..cursor].trim_start_matches('"');
    let bound = BOUNDS.into_iter().find(|sign| *key == Key::Level && typed.starts_with(sign)).unwrap_or("");
    let (before, after) = (&text[word.span.start..place.start], &text[place.end..word.span.end]);
    let rest = format!("{} {}", &text[..word.span.start], &text[word.span.end..]);
    let choices = matching(choices(key, session.report()), &typed[bound.len()..]);
    let offers = choices.into_iter().filter_map(|choice| {
        let said = format!("{before}{bound}{}{after}", choice.text);
        let term = Query::parse(&said, session.report()).terms.into_iter().next()?;
        Some((Offer { text: format!("{said} "), about: choice.label, count: None }, term))
    });
    let (mut offers, terms): (Vec<Offer>, Vec<Term>) = offers.unzip();
    let counts = counts(&Query::parse(&rest, session.report()), terms, session, known);
    offers.iter_mut().zip(counts).for_each(|(offer, count)| offer.count = Some(count));
    let blank = text[word.span.end..].starts_with(' ');
    Completion { span: word.span.start..word.span.end + usize::from(blank), offers }
}

/// How many bugs the rest of a filter leaves with each of these terms.
fn counts(rest: &Query, terms: Vec<Term>, session: &Session, known: &Known) -> Vec<usize> {
    let group = Group { own: Vec::new(), values: terms };
    let counts = tally(rest, &[group], session, known, &AtomicBool::new(false));
    counts.and_then(|groups| groups.into_iter().next()).unwrap_or_default()
}

/// The choices of which a word begins with what was typed, those that begin with it themselves first.
fn matching(choices: Vec<Choice>, typed: &str) -> Vec<Choice> {
    let (first, later) = (typed.to_lowercase(), format!(" {}", typed.to_lowercase()));
    let begins = |choice: &Choice| choice.label.to_lowercase().starts_with(&first);
    let holds = |choice: &Choice| begins(choice) || choice.label.to_lowercase().contains(&later);
    let mut found: Vec<Choice> = choices.into_iter().filter(holds).collect();
    found.sort_by_key(|choice| !begins(choice));
    found
}

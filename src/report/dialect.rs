//! How a report writes levels and statuses, kept when one is written anew.

mod elsewhere;
mod language;
mod lexicon;
mod scope;
mod status;

pub(super) use elsewhere::{Site, Statuses};
pub(super) use language::{joints_of, label, own};
pub(super) use lexicon::{Kin, Lexicon, drawn_before};
pub(super) use scope::scope_words;
pub(super) use status::{listed, status_in_language_of, words_for_status};

use crate::methodology::{LevelId, Methodology, Tongue};

/// How many bugs are looked at to learn how a report writes a level or a status.
const EXAMPLES: usize = 200;

/// The word for a level that goes with another, sign and word apart: `🟡 Medium` with `🔴 Critical`. A sign beside a
/// word goes where the level has none; one that stands alone becomes a word.
pub(super) fn word<'t>(
    methodology: &Methodology,
    tongue: &dyn Fn() -> &'t Tongue,
    model: &str,
    to: LevelId,
) -> String {
    let letters = model.find(char::is_alphanumeric).unwrap_or(model.len());
    let (sign, rest) = model.split_at(letters);
    let named = sign.trim();
    let lead = match (methodology.level_named(named), methodology.sign_like(named, to)) {
        (None, _) => sign.to_owned(),
        (Some(_), Some(other)) => sign.replace(named, other),
        (Some(_), None) if rest.is_empty() => sign.replace(named, &methodology.level(to).name),
        (Some(_), None) => String::new(),
    };
    match rest {
        "" => lead,
        rest => lead + &like(rest, methodology.word_like(rest, to, tongue)),
    }
}

/// Words in the capitals of others, one by one where there are as many.
fn like(model: &str, words: &str) -> String {
    if model.split(' ').count() != words.split(' ').count() {
        return joined_like(model, word_like(model, words));
    }
    let pairs = model.split(' ').zip(words.split(' '));
    pairs.map(|(model, word)| word_like(model, word)).collect::<Vec<_>>().join(" ")
}

/// A code joined to its number as another is: `Sev-2` for `Sev-1`.
fn joined_like(model: &str, word: String) -> String {
    let counts = |text: &str| text.ends_with(|letter: char| letter.is_ascii_digit());
    match model.find(['-', '_']).filter(|_| counts(model) && counts(&word) && !model.contains(' ')) {
        Some(joint) => word.replace(' ', &model[joint..=joint]),
        None => word,
    }
}

fn word_like(model: &str, word: &str) -> String {
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    let upper = |c: char| c.is_uppercase();
    match (first.is_some_and(upper), letters.clone().next().is_some(), letters.all(upper)) {
        (true, true, true) => word.to_uppercase(),
        (true, ..) => capitalised(word),
        (false, ..) if first.is_some_and(char::is_lowercase) => word.to_lowercase(),
        _ => word.to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

//! How a report writes levels, kept when a level is written anew.

mod lexicon;
mod statuses;

pub(super) use lexicon::{Kin, Lexicon};
pub(super) use statuses::{Site, Statuses};

use super::{Report, without_remark};
use crate::methodology::{LevelId, Methodology, StatusId, Tongue};

/// How many bugs are looked at to learn how a report writes a level or a status.
const EXAMPLES: usize = 200;

/// The word for a level that goes with another, sign and word apart: `🟡 Medium` with `🔴 Critical`. A sign beside a
/// word goes where the level has none; one that stands alone becomes a word.
pub(super) fn word(methodology: &Methodology, tongue: Tongue, model: &str, to: LevelId) -> String {
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

/// The words for a status, as other bugs of the report have it, and of several those that were asked for; else with an
/// emoji and in capitals where other statuses are.
pub(super) fn words_for_status(report: &Report, status: StatusId, asked: &str) -> String {
    let methodology = report.methodology();
    let written = report.indexes().take(EXAMPLES).filter_map(|bug| report.status(bug));
    let words: Vec<String> = written.map(|status| without_remark(&status).to_owned()).collect();
    usual_words(methodology, words.iter().map(String::as_str), status, asked).unwrap_or_else(|| {
        let is_read = |words: &&String| methodology.read_status(words.as_bytes()).is_some();
        let name = &methodology.status(status).name;
        words.iter().find(is_read).map_or(name.clone(), |model| analogous(methodology, model, status, name))
    })
}

/// The words for a status that stand among others, of several those that were asked for.
fn usual_words<'w>(
    methodology: &Methodology,
    written: impl Iterator<Item = &'w str>,
    status: StatusId,
    asked: &str,
) -> Option<String> {
    let spoken = written.filter_map(|words| spoken(methodology, words));
    let same: Vec<String> = spoken.filter(|found| found.0 == status).map(|found| found.1).collect();
    let is_asked = |words: &&String| letters(words).to_lowercase() == letters(asked).to_lowercase();
    same.iter().find(is_asked).or(same.first()).cloned()
}

/// A status under this name in the style of another: with an emoji, alone or not, and in capitals where that is.
fn analogous(methodology: &Methodology, model: &str, status: StatusId, name: &str) -> String {
    let name = like(letters(model), name);
    let has_sign = model.chars().next().is_some_and(|first| !first.is_alphanumeric());
    match methodology.status(status).emoji.as_ref().filter(|_| has_sign) {
        Some(emoji) if letters(model).is_empty() => emoji.clone(),
        Some(emoji) => format!("{emoji} {name}"),
        None => name,
    }
}

/// The status that a text names, and the words that name it, with the emphasis around them: `✅ **FIXED**`. A sign alone
/// names one only where nothing stands behind it.
fn spoken(methodology: &Methodology, text: &str) -> Option<(StatusId, String)> {
    let found = methodology.read_status(text.as_bytes())?;
    let (head, rest) = text.split_at(found.span.end);
    if head.contains(char::is_alphanumeric) || rest.trim().is_empty() {
        return Some((found.status, emphasised(text, found.span.end)));
    }
    let behind = rest.trim_start_matches([' ', '*', '_']);
    let word = methodology.leading_status(behind.as_bytes()).filter(|word| word.status == found.status)?;
    Some((found.status, emphasised(text, text.len() - behind.len() + word.span.end)))
}

/// A text up to a byte, and what closes its emphasis; without any where that is closed elsewhere.
fn emphasised(text: &str, end: usize) -> String {
    let (words, rest) = text.split_at(end);
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| words.matches(mark).count() % 2 == 1);
    match mark {
        None => words.to_owned(),
        Some(mark) if rest.starts_with(mark) => format!("{words}{mark}"),
        Some(mark) => words.replacen(mark, "", 1),
    }
}

/// Words without the sign before them and the emphasis around.
fn letters(words: &str) -> &str {
    words.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['*', '_'])
}

/// Words in the capitals of others, one by one where there are as many.
fn like(model: &str, words: &str) -> String {
    if model.split(' ').count() != words.split(' ').count() {
        return word_like(model, words);
    }
    let pairs = model.split(' ').zip(words.split(' '));
    pairs.map(|(model, word)| word_like(model, word)).collect::<Vec<_>>().join(" ")
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

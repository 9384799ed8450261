//! The words that name one level, as one run: `CRITICAL - P0`, `🔴 **High**`, `Major / P1`, `Low–Medium`.
//!
//! A run is what changes when a severity is written anew; nothing around it does.

use std::ops::Range;

use super::entry::decoration::{is_nouns, level_at};
use super::{REMARKS, dialect};
use crate::methodology::{LevelId, Methodology, Tongue};

/// What opens brackets, and what closes them.
const OPENING: [char; 4] = ['(', '（', '[', '【'];
const CLOSING: [char; 4] = [')', '）', ']', '】'];

/// What opens and closes bold.
const BOLD: &str = "**";

/// The words that name one level in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// From the first word to the end of the last.
    pub(super) span: Range<usize>,
    /// Each of them, a sign and the word behind it as one.
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    span: Range<usize>,
    level: LevelId,
    /// Whether it is more than a sign.
    is_spoken: bool,
}

impl Run {
    /// The run that the first word for a level in a text begins.
    pub(super) fn first(text: &[u8], methodology: &Methodology) -> Option<Run> {
        let first = word(text, 0, methodology)?;
        let joined = level_at(&text[first.span.start..], methodology);
        let joined = joined.map_or(first.span.end, |(_, run)| first.span.start + run.end);
        let mut run = Run { span: first.span.clone(), words: vec![first] };
        while let Some(next) = word(text, run.span.end, methodology)
            && (next.span.end <= joined || goes_with(text, run.span.end, &next, methodology))
            && !is_remark(text, &run.span, &next, methodology)
        {
            run.span.end = next.span.end;
            run.words.push(next);
        }
        Some(run)
    }

    /// The level of the first word that is more than a sign.
    pub(super) fn level(&self) -> LevelId {
        let spoken = self.words.iter().find(|word| word.is_spoken);
        spoken.unwrap_or(&self.words[0]).level
    }

    /// Whether one of its words names a level, be it only a sign.
    pub(super) fn names(&self, level: LevelId) -> bool {
        self.words.iter().any(|word| word.level == level)
    }

    /// Whether it names several levels, as `Low–Medium` does.
    pub(super) fn is_range(&self) -> bool {
        let mut spoken = self.words.iter().filter(|word| word.is_spoken);
        spoken.next().is_some_and(|first| spoken.any(|word| word.level != first.level))
    }

    /// The run in the words for another level; one word for a range that nothing but ties hold together. A word in
    /// brackets that goes with no scale stays where it would only say again what is said before them.
    pub(super) fn reworded<'t>(
        &self,
        text: &str,
        to: LevelId,
        methodology: &Methodology,
        tongue: &dyn Fn() -> &'t Tongue,
    ) -> String {
        let whole = &text[self.span.clone()];
        let word = |word: &Word| dialect::word(methodology, tongue, &text[word.span.clone()], to);
        let first = self.words.iter().find(|word| word.is_spoken);
        if let Some(first) = first.filter(|_| self.is_range() && !whole.contains(['(', '（', '[', '*', '`']))
        {
            let lead = &text[self.span.start..first.span.start];
            return lead.to_owned() + &word(first);
        }
        let mut out = String::with_capacity(whole.len());
        let mut at = self.span.start;
        for own in &self.words {
            let between = &text[at..own.span.start];
            at = own.span.end;
            if first.is_some() && !own.is_spoken && goes(text, own, to, methodology) {
                out.push_str(between.trim_end_matches(is_tie));
                continue;
            }
            out.push_str(if out.is_empty() { between.trim_start_matches(is_tie) } else { between });
            let new = word(own);
            let said = out.trim_end_matches(is_opening);
            let repeats = between.contains(OPENING) && said.to_lowercase().ends_with(&new.to_lowercase());
            let as_it_is = repeats && !methodology.is_of_scale(&text[own.span.clone()]);
            out.push_str(if as_it_is { &text[own.span.clone()] } else { &new });
        }
        out
    }
}

/// Whether a sign goes with the level that it names: the other level has none, and no bracket would be empty.
fn goes(text: &str, sign: &Word, to: LevelId, methodology: &Methodology) -> bool {
    methodology.sign_like(&text[sign.span.clone()], to).is_none()
        && !text[..sign.span.start].ends_with(OPENING)
}

/// Whether a character opens brackets, or sets them off.
fn is_opening(letter: char) -> bool {
    letter.is_whitespace() || OPENING.contains(&letter)
}

/// Whether nothing is left of a character once a sign beside it is gone.
fn is_tie(letter: char) -> bool {
    letter.is_whitespace() || "-–—:/|".contains(letter)
}

/// The next word for a level from `at` on.
fn word(text: &[u8], at: usize, methodology: &Methodology) -> Option<Word> {
    let found = methodology.read_level(&text[at..])?;
    let span = at + found.span.start..at + found.span.end;
    let is_spoken = has_alphanumeric(&text[span.clone()]);
    Some(Word { span, level: found.level, is_spoken })
}

/// Whether nothing but signs stand between two words, and no further word makes a phrase of the second, or a remark
/// of the brackets that it stands in: `Medium (Warning, for now)`.
fn goes_with(text: &[u8], end: usize, next: &Word, methodology: &Methodology) -> bool {
    let between = String::from_utf8_lossy(&text[end..next.span.start]);
    let after = String::from_utf8_lossy(&text[next.span.end..]);
    let follows = after.chars().find(|letter| !letter.is_whitespace());
    !between.contains(char::is_alphanumeric)
        && !follows.is_some_and(char::is_alphanumeric)
        && (!between.contains(OPENING) || says_no_more(&after, methodology))
}

/// Whether a dash or a colon sets the next word off from those before it as what is said of them: it is of no scale, as
/// in `Medium - Warning`, or goes on, as in `Medium - high risk of loss`.
fn is_remark(text: &[u8], before: &Range<usize>, next: &Word, methodology: &Methodology) -> bool {
    let between = &text[before.end..next.span.start];
    let sets_off =
        REMARKS.iter().any(|mark| between.starts_with(mark.as_bytes())) && !has_alphanumeric(between);
    let word = String::from_utf8_lossy(&text[next.span.clone()]);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = &text[next.span.end..];
    let goes_on = || {
        let is_code = text[before.clone()].iter().any(u8::is_ascii_digit) || word.contains(char::is_numeric);
        let follows = String::from_utf8_lossy(after).trim_start().starts_with(char::is_alphanumeric);
        follows && !is_code && !is_nouns(after, methodology)
    };
    sets_off && next.is_spoken && (!methodology.is_of_scale(word) || goes_on())
}

/// Whether nothing but words for levels stands before the bracket that closes, or the end.
fn says_no_more(after: &str, methodology: &Methodology) -> bool {
    let mut inside = after.split(CLOSING).next().unwrap_or_default().as_bytes();
    while let Some(found) = methodology.read_level(inside) {
        if has_alphanumeric(&inside[..found.span.start]) {
            return false;
        }
        inside = &inside[found.span.end..];
    }
    !has_alphanumeric(inside)
}

/// What closes the brackets and the bold that are open at the end of some words.
pub(super) fn closing(words: &str) -> String {
    let mut open = Vec::new();
    let mut rest = words;
    while let Some(letter) = rest.chars().next() {
        let (token, closes) = match OPENING.iter().position(|open| *open == letter) {
            _ if rest.starts_with(BOLD) => (BOLD, Some(BOLD.to_owned())),
            at => (&rest[..letter.len_utf8()], at.map(|at| CLOSING[at].to_string())),
        };
        match open.last().is_some_and(|last| last == token) {
            true => drop(open.pop()),
            false => open.extend(closes),
        }
        rest = &rest[token.len()..];
    }
    open.into_iter().rev().collect()
}

/// Whether a text has a letter or a digit.
pub(super) fn has_alphanumeric(text: &[u8]) -> bool {
    text.utf8_chunks().any(|chunk| chunk.valid().chars().any(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The run of a text, and that in the words for medium.
    fn read(text: &str) -> Option<(&str, String, bool)> {
        let methodology = Methodology::embedded();
        let run = Run::first(text.as_bytes(), &methodology)?;
        let medium = run.reworded(text, LevelId(2), &methodology, &|| const { &Tongue::UNKNOWN });
        Some((&text[run.span.clone()], medium, run.is_range()))
    }

    #[test]
    fn all_words_that_say_the_same_change_together() {
        for (text, run, medium) in [
            ("CRITICAL - P0", "CRITICAL - P0", "MEDIUM - P2"),
            ("🔴 **High** (twice)", "🔴 **High", "🟡 **Medium"),
            ("P1 (High) for all", "P1 (High", "P2 (Medium"),
            ("P1 (High)", "P1 (High", "P2 (Medium"),
            ("高（严重）。", "高（严重", "中（中"),
            ("High - minor rework", "High", "Medium"),
            ("High - Warning", "High", "Medium"),
            ("P1: Warning", "P1", "P2"),
            ("Low – high risk of loss", "Low", "Medium"),
            ("P1 - High priority", "P1 - High", "P2 - Medium"),
            ("HIGH - Major", "HIGH - Major", "MEDIUM - Minor"),
            ("high, and low too", "high", "medium"),
            ("High (critical, for some)", "High", "Medium"),
            ("High (Major/S2)", "High (Major/S2", "Medium (Minor/S3"),
            ("Low (Cosmetic)", "Low (Cosmetic", "Medium (Cosmetic"),
            ("Low (informational)", "Low (informational", "Medium (informational"),
        ] {
            assert_eq!(read(text), Some((run, medium.to_owned(), text.contains('（'))), "{text}");
        }
        assert_eq!(read("nothing of the kind"), None);
    }

    #[test]
    fn brackets_that_are_open_are_closed() {
        let closed = ["High", "P1 (High", "P1] (High", "高（严重", "P1 [(High)"].map(closing);
        assert_eq!(closed, ["", ")", ")", "）", "]"]);
        let bold = ["Major / **P1", "**P1** (High", "**P1 (High", "P1 (**High"].map(closing);
        assert_eq!(bold, ["**", ")", ")**", "**)"]);
    }

    #[test]
    fn a_range_becomes_one_word() {
        for text in ["Low–High", "Moderate to Critical", "低〜高", "Low / P1"] {
            let (run, medium, is_range) = read(text).unwrap();
            assert_eq!((run, is_range), (text, true));
            assert!(["Medium", "Moderate", "中"].contains(&medium.as_str()), "{medium}");
        }
    }
}

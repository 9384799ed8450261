//! The words for levels, several of them as one run, and the nouns that go with them: `CRITICAL - P0`, `High priority issues`.

use std::ops::Range;

use crate::methodology::{HeadingWord, LevelId, Methodology};
use crate::report::inline::{bracketed, character, marks};

/// What ties a word to the noun that it describes in scripts that set no blanks.
const TIES: [&str; 2] = ["的", "の"];

/// The words for levels that a text begins with, as one run: `CRITICAL - P0`, `Low–Medium`, `Moderate to Minor`.
pub(in crate::report) fn level_at(text: &[u8], methodology: &Methodology) -> Option<(LevelId, Range<usize>)> {
    let first = methodology.leading_level(text)?;
    let run = run(text, first.span, methodology);
    Some((first.level, run))
}

/// The run of words for levels that the first of them begins.
pub(in crate::report) fn run(text: &[u8], first: Range<usize>, methodology: &Methodology) -> Range<usize> {
    let mut span = first;
    while let Some(gap) = joint(&text[span.end..])
        && let Some(next) = methodology.leading_level(&text[span.end + gap..])
    {
        let end = span.end + gap + next.span.end;
        if runs_on(&text[end..], methodology) {
            break;
        }
        span.end = end;
    }
    span
}

/// Whether what follows makes the word before it part of a phrase: `HIGH - Minor rework`.
fn runs_on(text: &[u8], methodology: &Methodology) -> bool {
    let rest = text.trim_ascii_start();
    let is_word = character(rest).is_some_and(|(letter, _)| letter.is_alphanumeric());
    let glued = rest.len() == text.len() && text.first().is_some_and(|byte| matches!(byte, b'-' | b'_'));
    glued
        || is_word
            && methodology.leading_level(rest).is_none()
            && methodology.headings().leading(rest).is_none()
}

/// The length of what joins two words for levels.
fn joint(text: &[u8]) -> Option<usize> {
    let before = text.iter().take_while(|byte| **byte == b' ').count();
    let rest = &text[before..];
    let sign = match rest.first()? {
        b'-' | b'/' | b'~' => 1,
        b't' | b'b' | 0x80.. => {
            let signs = ["to ", "bis ", "à ", "–", "—", "〜", "～"];
            signs.into_iter().find(|sign| rest.starts_with(sign.as_bytes()))?.len()
        }
        _ => return None,
    };
    let after = before + sign;
    Some(after + text[after..].iter().take_while(|byte| **byte == b' ').count())
}

/// What stands before and behind what ties a word to the noun that it describes, where no blanks do: `已解决的问题`.
pub(in crate::report) fn untied(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let parted = |tie: &str| Some((memchr::memmem::find(text, tie.as_bytes())?, tie.len()));
    let (at, length) = TIES.into_iter().filter(|_| !text.is_ascii()).find_map(parted)?;
    Some((&text[..at], &text[at + length..]))
}

/// The length of the words such as `Priority Issues` that a text begins with, blanks before them included.
pub(in crate::report) fn nouns(text: &[u8], methodology: &Methodology) -> usize {
    let mut at = 0;
    loop {
        let gap = text[at..].iter().take_while(|byte| matches!(byte, b' ' | b'-' | b'*')).count();
        let Some((word, length)) = methodology.headings().leading(&text[at + gap..]) else { return at };
        if !matches!(word, HeadingWord::Bug | HeadingWord::Grade) {
            return at;
        }
        at += gap + length;
    }
}

/// Whether there is nothing in a text but the words that go with levels.
pub(in crate::report) fn is_nouns(text: &[u8], methodology: &Methodology) -> bool {
    let text = &text[marks(text)..];
    let rest = &text[nouns(text, methodology)..];
    let words = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b' ').unwrap_or(rest.len());
    bracketed_or_end(&rest[words..])
}

/// Whether there is nothing in a text but levels, and a remark in brackets: `Critical and High (at once)`.
pub(in crate::report) fn is_levels(text: &[u8], methodology: &Methodology) -> bool {
    let mut rest = text;
    while let Some((_, span)) = level_at(rest, methodology) {
        rest = rest[span.end..].trim_ascii_start();
        if bracketed_or_end(rest) {
            return true;
        }
        let joint =
            ["and ", "& ", "/", ", "].into_iter().find_map(|joint| rest.strip_prefix(joint.as_bytes()));
        let Some(next) = joint else { return false };
        rest = next.trim_ascii_start();
    }
    false
}

/// Whether nothing but words that go with levels and a remark in brackets is left.
pub(super) fn ends(text: &[u8], methodology: &Methodology) -> bool {
    bracketed_or_end(&text[nouns(text, methodology)..])
}

fn bracketed_or_end(text: &[u8]) -> bool {
    let rest = &text[marks(text)..];
    rest.is_empty() || bracketed(rest).is_some_and(|(_, end)| marks(&rest[end..]) + end == rest.len())
}

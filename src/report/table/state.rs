//! Whether a cell says what has become of its row.

use super::cell::{plain, unspaced};
use crate::methodology::{Asks, FoundStatus, Methodology};
use crate::report::section::has_words;
use crate::text::Span;

/// How many words a status has that nobody knows.
const STATE: usize = 4;

/// Whether a cell begins with a status, and not with a name such as `open-redirect`.
pub(super) fn leads_with_status(base: &[u8], cell: Span, methodology: &Methodology) -> bool {
    let text = plain(base, cell).of(base);
    let is_compound = |after: &[u8]| matches!(after, [b'-' | b'_', next, ..] if next.is_ascii_alphanumeric());
    let leads =
        |found: FoundStatus| !has_words(&text[..found.span.start]) && !is_compound(&text[found.span.end..]);
    methodology.read_status(text).is_some_and(leads)
}

/// Whether a cell says what has become of its row: a status with at most a remark behind it, or a few words that could be
/// one. `Fixed the parser and its tests` tells what was done; behind a sign that would be a remark.
pub(super) fn is_state(base: &[u8], cell: Span, methodology: &Methodology) -> bool {
    let text = plain(base, cell).of(base);
    let words = text.split(|byte| *byte == b' ').count() + unspaced(text) / 2;
    if words <= 2 {
        return true;
    }
    match methodology.read_status(text).filter(|found| !has_words(&text[..found.span.start])) {
        None => words <= STATE && !text.contains(&b':'),
        Some(_) if String::from_utf8_lossy(text).starts_with(|first: char| !first.is_alphanumeric()) => true,
        Some(found) => {
            let rest = String::from_utf8_lossy(&text[found.span.end..]);
            let rest = rest.trim_start_matches([' ', '*', '_', '`']);
            let next = rest.chars().next();
            let asks = &methodology.status(found.status).asks;
            next.is_none_or(|next| !next.is_alphabetic())
                || is_set_off(rest)
                || *asks == Asks::Original && names_bug(rest)
        }
    }
}

/// The same of a cell in a column of such, which may say a little more behind the status.
pub(in crate::report) fn may_be_state(base: &[u8], cell: Span, methodology: &Methodology) -> bool {
    let words = plain(base, cell).of(base).split(|byte| *byte == b' ').count();
    is_state(base, cell, methodology) || words <= STATE + 2 && leads_with_status(base, cell, methodology)
}

/// Whether what follows a status begins with an id, or is a bug's name alone: `BUG-3, see there`, `login-loops`.
fn names_bug(rest: &str) -> bool {
    let first = rest.split(' ').next().unwrap_or_default();
    first == rest || first.contains(|letter: char| letter.is_ascii_digit())
}

/// Whether what follows a status tells when, where or by whom, and not what: `in v2.1`, `by Ada`.
fn is_set_off(rest: &str) -> bool {
    let word = rest.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let tells = |next: &str| {
        next.starts_with(|letter: char| letter.is_ascii_digit() || letter == '#' || letter == '`')
    };
    word.chars().count() <= 2 && !word.is_empty() || rest.split(' ').nth(1).is_some_and(tells)
}

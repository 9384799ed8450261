//! What stands behind a title: `(High)`, `— HIGH (by design)`, `✅ FIXED`.

use std::ops::Range;

use super::words::{ends, level_at};
use super::{Decoration, STATUS_MOST, Says, is_loud, paired, sign_start, stands_out, whole};
use crate::methodology::{FieldKind, Methodology};
use crate::report::inline::{character, is_sign, separator, signs, trailing_bracketed, without_marks};
use crate::report::note::Inside;
use crate::report::section::has_words;

/// How many bytes at the end of a text a decoration is looked for in.
const TAIL: usize = 120;

/// The decoration that a text ends with, and where it begins; a level before a status, which may be its remark.
pub(in crate::report::entry) fn trailing(
    text: &[u8],
    methodology: &Methodology,
) -> Option<(Decoration, usize)> {
    let text = &text[..without_marks(text)];
    let brackets = trailing_bracketed(text);
    let is_marked = may_be_marked_at_end(text);
    if brackets.is_none() && !is_marked {
        return None;
    }
    if let Some((says, span, start)) = brackets.clone().and_then(|found| note(text, found, methodology)) {
        let start = text[..start].trim_ascii_end().len();
        return (start > 0)
            .then(|| (Decoration { is_noted: true, ..Decoration::new(says, text, span) }, start));
    }
    if let Some((start, inside)) = brackets.clone()
        && let Some(pair) = paired(text, inside, methodology)
    {
        let start = without_marks(&text[..start]);
        return (start > 0).then_some((pair, start));
    }
    let closing = brackets.and_then(|found| closing_brackets(text, found, methodology));
    let marked = |read: fn(&[u8], &Methodology) -> Option<Trailing>| {
        is_marked.then(|| read(text, methodology)).flatten()
    };
    let found = [closing, marked(behind_separator), marked(behind_sign)].into_iter().flatten();
    let found = found.min_by_key(|(says, ..)| !matches!(says, Says::Level(_)));
    let (says, span, start) = found.or_else(|| marked(before_tail))?;
    let start = without_marks(&text[..start]);
    (start > 0).then(|| (Decoration::new(says, text, span), start))
}

type Trailing = (Says, Range<usize>, usize);

/// Where brackets begin, and what is in them.
type Brackets = (usize, Range<usize>);

/// `title (Severity: High)`, `title (Status: fixed)`, `title (Scope: tests)`.
fn note(text: &[u8], (start, inside): Brackets, methodology: &Methodology) -> Option<Trailing> {
    let read = Inside::read(&text[inside.clone()], methodology)?;
    let at = |span: &Range<usize>| inside.start + span.start..inside.start + span.end;
    if let Some((level, span)) = read.level(&text[inside.clone()], methodology) {
        return Some((Says::Level(level), at(&span), start));
    }
    let says = if read.kind == FieldKind::Status { Says::Status } else { Says::Nothing };
    Some((says, at(&read.value), start))
}

/// `title (High)`, `title [FIXED]`.
fn closing_brackets(text: &[u8], (start, inside): Brackets, methodology: &Methodology) -> Option<Trailing> {
    let (says, span) = whole(&text[inside.clone()], methodology)?;
    Some((says, inside.start + span.start..inside.start + span.end, start))
}

/// `title — HIGH (by design)`, `title - FIXED`.
fn behind_separator(text: &[u8], methodology: &Methodology) -> Option<Trailing> {
    let (start, length) = last_separator(text)?;
    let from = start + length;
    let rest = &text[from..];
    let signs = signs(rest);
    if let Some((level, span)) = level_at(&rest[signs..], methodology)
        && ends(&rest[signs + span.end..], methodology)
    {
        let sign = if signs > 0 { sign_start(rest, methodology) } else { 0 };
        let start = named_start(text, start, methodology);
        return Some((Says::Level(level), from + sign..from + signs + span.end, start));
    }
    let status = methodology
        .leading_status(&rest[signs..])
        .filter(|status| signs > 0 || stands_out(rest, &status.span));
    status.filter(|_| rest.len() <= STATUS_MOST).map(|_| (Says::Status, from..text.len(), start))
}

/// `title (HIGH) — where it is`: brackets with a level, and what is set off behind them.
fn before_tail(text: &[u8], methodology: &Methodology) -> Option<Trailing> {
    if text.is_ascii() && memchr::memchr2(b')', b']', text).is_none() {
        return None;
    }
    let (tail, _) = last_separator(text)?;
    let text = &text[..without_marks(&text[..tail])];
    let (start, inside) = trailing_bracketed(text)?;
    let is_name = text[inside.clone()].first().is_some_and(u8::is_ascii_uppercase);
    closing_brackets(text, (start, inside), methodology)
        .filter(|(says, ..)| is_name && matches!(says, Says::Level(_)))
}

/// Where a decoration begins whose value is set off at `start`: before its name, if something sets that off too,
/// as in `title - Severity: High`.
fn named_start(text: &[u8], start: usize, methodology: &Methodology) -> usize {
    use FieldKind::{Priority, Risk, Severity};
    let Some((before, length)) = last_separator(&text[..start]) else { return start };
    let name = &text[before + length..start];
    let kind = methodology.fields().kind_of(name);
    if matches!(kind, Some(Severity | Priority | Risk)) { before } else { start }
}

/// `title 🟡 Minor`, `title ✅ RESOLVED`, `title 🔴`, `title (seen - ✅ FIXED)`.
fn behind_sign(text: &[u8], methodology: &Methodology) -> Option<Trailing> {
    let at = last_sign(text)?;
    let around = trailing_bracketed(text).filter(|(_, inside)| inside.contains(&at));
    let Some((start, inside)) = around else { return signed(text, at, methodology) };
    let (says, span, _) = signed(&text[..inside.end], at, methodology)?;
    (says == Says::Status && has_words(&text[span.clone()])).then_some((says, span, start))
}

/// What a text says from the sign at `start` on.
fn signed(text: &[u8], start: usize, methodology: &Methodology) -> Option<Trailing> {
    let rest = &text[start..];
    let sign = signs(rest);
    if let Some((level, span)) = level_at(&rest[sign..], methodology)
        && ends(&rest[sign + span.end..], methodology)
    {
        let lead = sign_start(rest, methodology);
        return Some((Says::Level(level), start + lead..start + sign + span.end, start));
    }
    let is_told =
        || methodology.leading_status(&rest[sign..]).is_some() || is_unknown_status(rest, sign, methodology);
    if rest.len() <= STATUS_MOST && is_told() {
        return Some((Says::Status, start..text.len(), start));
    }
    if sign < rest.len() && !is_dated(&rest[sign..]) {
        return None;
    }
    match methodology.leading_level(rest) {
        Some(found) => Some((Says::Level(found.level), start..start + found.span.end, start)),
        None => methodology.leading_status(rest).map(|_| (Says::Status, start..text.len(), start)),
    }
}

/// Whether a text says when: a word and a number, as in `Session 41`, `v1.2`, `2024-05-01`, `Sprint 3`.
fn is_dated(text: &[u8]) -> bool {
    let mut words = text.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let is_number = |word: &[u8]| {
        let digits = word.strip_prefix(b"#").or_else(|| word.strip_prefix(b"v")).unwrap_or(word);
        digits.first().is_some_and(u8::is_ascii_digit)
            && digits.iter().all(|byte| byte.is_ascii_digit() || b".-/".contains(byte))
    };
    let Some(first) = words.next() else { return false };
    match words.next() {
        None => is_number(first),
        Some(second) => words.next().is_none() && is_number(second) && !first.iter().any(u8::is_ascii_digit),
    }
}

/// Whether a loud word stands behind the sign of a status, as one does that is known: `✅ SQUASHED`.
fn is_unknown_status(text: &[u8], sign: usize, methodology: &Methodology) -> bool {
    let (sign, word) = text.split_at(sign);
    let is_word = |letter: char| letter.is_alphabetic() || letter == '-' || letter == '*';
    let word = std::str::from_utf8(word).unwrap_or_default();
    methodology.leading_status(sign).is_some()
        && methodology.leading_level(sign).is_none()
        && is_loud(word.as_bytes())
        && word.chars().all(is_word)
}

/// The last separator near the end of a text: where it begins and how long it is.
fn last_separator(text: &[u8]) -> Option<(usize, usize)> {
    let from = text.len().saturating_sub(TAIL);
    let mut depth = 0_usize;
    for at in (from..text.len()).rev() {
        match text[at] {
            b')' | b']' => depth += 1,
            b'(' | b'[' => depth = depth.saturating_sub(1),
            b':' | b'-' | b'|' | 0xe2 | 0xef | 0xc2 if depth == 0 => {
                let start =
                    at - text[from..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'*')).count();
                let is_url = text[at] == b':' && text[at..].starts_with(b"://");
                if let Some(length) =
                    separator(&text[start..]).filter(|length| start + length > at && !is_url)
                {
                    return Some((start, length));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a separator or a sign may stand near the end of a text: a hyphen is none inside a word.
pub(in crate::report::entry) fn may_be_marked_at_end(text: &[u8]) -> bool {
    let text = &text[text.len().saturating_sub(TAIL)..];
    let is_apart = |at: usize| at > 0 && matches!(text[at - 1], b' ' | b'*');
    !text.is_ascii()
        || memchr::memchr3_iter(b':', b'|', b'-', text).any(|at| text[at] != b'-' || is_apart(at))
}

/// Where the last run of signs near the end of a text begins.
fn last_sign(text: &[u8]) -> Option<usize> {
    let from = text.len().saturating_sub(TAIL);
    if text[from..].is_ascii() {
        return None;
    }
    let is_at = |at: usize| character(&text[at..]).is_some_and(|(letter, _)| is_sign(letter));
    let starts =
        (from..text.len()).rev().filter(|at| text[*at] >= 0xc0 || !text[*at].is_ascii() && text[*at] >= 0xf8);
    let mut found = None;
    for at in starts {
        match (is_at(at), found) {
            (true, _) => found = Some(at),
            (false, Some(_)) => break,
            (false, None) => {}
        }
        if found.is_some() && at > 0 && text[at - 1].is_ascii() {
            break;
        }
    }
    found
}

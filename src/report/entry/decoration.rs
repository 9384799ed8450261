//! Levels and statuses that stand beside a title: `[P1]`, `🔴 Critical:`, `— HIGH (by design)`, `✅ FIXED`.

mod tags;

use std::ops::Range;

use crate::methodology::{FieldKind, HeadingWord, LevelId, Methodology};
use crate::report::inline::{
    bracketed, character, is_sign, marks, separator, signs, trailing_bracketed, without_marks,
};
use crate::report::note::Inside;
use crate::report::section::has_words;
use crate::text::Span;
use tags::Tags;

/// How many bytes at the end of a text a decoration is looked for in.
const TAIL: usize = 120;

/// How long a status with its remark may be, in bytes.
const STATUS_MOST: usize = 60;

/// The same of one that is loud and stands in brackets.
const REMARK_MOST: usize = 200;

/// What a decoration says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Level(LevelId),
    Status,
    /// It is an emoji that means neither.
    Nothing,
}

/// A decoration and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoration {
    pub(super) says: Says,
    pub(super) span: Span,
    /// How clearly it says so.
    pub(super) clarity: Clarity,
    /// Whether it is a note: `(Severity: High)`.
    pub(super) is_noted: bool,
    /// The status that stands in the same brackets as a level: `FIXED` of `[HIGH - FIXED]`.
    pub(super) beside: Option<Span>,
}

/// How clearly a level is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clarity {
    /// By a sign: `🔴`.
    Sign,
    /// By a word: `Critical`.
    Word,
    /// By a code: `P0`.
    Code,
}

impl Decoration {
    fn new(says: Says, text: &[u8], span: Range<usize>) -> Decoration {
        let word = &text[span.clone()];
        let clarity = match (has_words(word), word.iter().any(u8::is_ascii_digit)) {
            (_, true) => Clarity::Code,
            (true, false) => Clarity::Word,
            (false, false) => Clarity::Sign,
        };
        Decoration { says, span: spanned(span), clarity, is_noted: false, beside: None }
    }

    /// The same in a text that stands at an offset.
    pub(super) fn moved(self, by: u32) -> Decoration {
        let moved = |span: Span| Span::new(span.start + by, span.end + by);
        Decoration { span: moved(self.span), beside: self.beside.map(moved), ..self }
    }
}

fn spanned(span: Range<usize>) -> Span {
    Span::new(span.start as u32, span.end as u32)
}

/// The decoration at `at`, and where the text goes on behind it.
pub(super) fn leading(text: &[u8], at: usize, methodology: &Methodology) -> Option<(Decoration, usize)> {
    let rest = &text[at..];
    if let Some((inside, end)) = bracketed(rest)
        && let Some(pair) = paired(text, at + inside.start..at + inside.end, methodology)
    {
        return Some((pair, at + past(rest, end)));
    }
    if rest.first() == Some(&b'[')
        && let Some(Tags { level, severity, status, end }) = Tags::at(text, at, methodology)
    {
        let said = Decoration::new(Says::Level(level), text, severity);
        return Some((Decoration { beside: status.map(spanned), ..said }, past(text, end)));
    }
    let found = match rest.first()? {
        b'(' | b'[' | b'\\' | 0x80.. => in_brackets(rest, methodology)
            .or_else(|| by_sign(rest, methodology))
            .or_else(|| by_word(rest, methodology))?,
        _ => by_word(rest, methodology)?,
    };
    let (says, span, end) = found;
    Some((Decoration::new(says, text, at + span.start..at + span.end), at + end))
}

type Leading = (Says, Range<usize>, usize);

/// `[P1]`, `(High)`, `【high】`, `[FIXED]`.
fn in_brackets(text: &[u8], methodology: &Methodology) -> Option<Leading> {
    let (inside, end) = bracketed(text)?;
    let (says, span) = whole(&text[inside.clone()], methodology)?;
    Some((says, inside.start + span.start..inside.start + span.end, past(text, end)))
}

/// `🔴`, `🔴 Critical:`, `✅ FIXED -`, and emoji that mean nothing.
fn by_sign(text: &[u8], methodology: &Methodology) -> Option<Leading> {
    let sign = signs(text);
    if sign == 0 {
        return None;
    }
    let bare = sign - (text[..sign].len() - without_marks(&text[..sign]));
    if !text[bare..sign].contains(&b'*')
        && let Some(level) = level_at(&text[sign..], methodology)
        && let Some(end) = follows(text, sign + level.1.end, methodology)
    {
        return Some((Says::Level(level.0), sign_start(text, methodology)..sign + level.1.end, end));
    }
    if let Some(inner) = in_brackets(&text[sign..], methodology).filter(|inner| inner.0 == Says::Status) {
        return Some((Says::Status, 0..sign + inner.1.end + 1, sign + inner.2));
    }
    if let Some(status) = methodology.leading_status(&text[sign..])
        && let Some(end) = separator(&text[sign + status.span.end..])
    {
        return Some((Says::Status, 0..sign + status.span.end, sign + status.span.end + end));
    }
    if let Some(length) = status_of_sign(&text[sign..], methodology) {
        return Some((Says::Status, 0..sign + length, sign));
    }
    let end = past(text, sign);
    if let Some(level) = methodology.leading_level(&text[..bare]) {
        return Some((Says::Level(level.level), level.span, end));
    }
    match methodology.leading_status(&text[..bare]) {
        Some(status) => Some((Says::Status, status.span, end)),
        None => Some((Says::Nothing, 0..bare, end)),
    }
}

/// The length of the status that all of what stands behind an emoji says, words for bugs aside: the emoji is of that then, and
/// none of a level, as in `🔴 Open` or `🟢 Fixed bugs (3)`.
pub(in crate::report) fn status_of_sign(text: &[u8], methodology: &Methodology) -> Option<usize> {
    let status = methodology.leading_status(text).filter(|status| has_words(&text[status.span.clone()]))?;
    ends(&text[status.span.end..], methodology).then_some(status.span.end)
}

/// Where the decoration begins that an emoji and a word make: at the emoji if it is a level's.
fn sign_start(text: &[u8], methodology: &Methodology) -> usize {
    if methodology.leading_level(text).is_some() { 0 } else { signs(text) }
}

/// `Critical:`, `HIGH PRIORITY:`, `P0 —`; `RESOLVED -`.
fn by_word(text: &[u8], methodology: &Methodology) -> Option<Leading> {
    if let Some((level, span)) = level_at(text, methodology) {
        let end = follows(text, span.end, methodology)?;
        return Some((Says::Level(level), span, end));
    }
    if !text.first().is_some_and(u8::is_ascii_uppercase) || !text.get(1).is_some_and(u8::is_ascii_uppercase) {
        return None;
    }
    let status = methodology.leading_status(text).filter(|status| is_loud(&text[status.span.clone()]))?;
    let end = status.span.end + separator(&text[status.span.end..])?;
    Some((Says::Status, status.span, end))
}

/// Where the text goes on behind a level that something sets off, the words that go with levels passed over.
fn follows(text: &[u8], end: usize, methodology: &Methodology) -> Option<usize> {
    let at = end + nouns(&text[end..], methodology);
    if let Some(past) = [at, end].into_iter().find_map(|at| Some(at + separator(&text[at..])?)) {
        return Some(past);
    }
    let gap = marks(&text[at..]);
    let rest = &text[at + gap..];
    (rest.is_empty() || bracketed(rest).is_some() || signs(rest) > 0 && at > end).then_some(at + gap)
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

fn bracketed_or_end(text: &[u8]) -> bool {
    let rest = &text[marks(text)..];
    rest.is_empty() || bracketed(rest).is_some_and(|(_, end)| marks(&rest[end..]) + end == rest.len())
}

/// The decoration that a text ends with, and where it begins; a level before a status, which may be its remark.
pub(super) fn trailing(text: &[u8], methodology: &Methodology) -> Option<(Decoration, usize)> {
    let text = &text[..without_marks(text)];
    let brackets = trailing_bracketed(text);
    let is_marked = may_be_marked(&text[text.len().saturating_sub(TAIL)..]);
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

/// A level and what else stands in brackets with it, set off from it: `[HIGH - FIXED]`, `(FIXED, HIGH)`, `[LOW - REMARK]`. Words
/// that are no status are a remark where all of it is loud: `(low, but often)` is a part of the title.
fn paired(text: &[u8], inside: Range<usize>, methodology: &Methodology) -> Option<Decoration> {
    let (first, second) = parted(&text[inside.clone()])?;
    let at = |part: &Range<usize>| inside.start + part.start..inside.start + part.end;
    let (first, second) = (at(&first), at(&second));
    let level = |part: &Range<usize>| {
        let (level, span) = level_at(&text[part.clone()], methodology)?;
        let is_all = ends(&text[part.start + span.end..part.end], methodology);
        is_all.then_some((level, part.start + span.start..part.start + span.end))
    };
    let is_status = |part: &Range<usize>| {
        let text = &text[part.clone()];
        let rest = &text[signs(text)..];
        methodology.leading_status(rest).is_some_and(|status| stands_out(rest, &status.span))
    };
    let found = |(says, span): (LevelId, Range<usize>), beside: Option<Range<usize>>| Decoration {
        beside: beside.map(spanned),
        ..Decoration::new(Says::Level(says), text, span)
    };
    match (level(&first), level(&second)) {
        (Some(level), None) if is_status(&second) => Some(found(level, Some(second))),
        (None, Some(level)) if is_status(&first) => Some(found(level, Some(first))),
        (Some(level), None) if is_loud(&text[first.start..second.end]) => Some(found(level, None)),
        _ => None,
    }
}

/// What stands before and behind the comma, dash or other separator in a text that has one.
fn parted(text: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let (lead, end) = (marks(text), without_marks(text));
    let length = |at: usize| match text[at] {
        b',' => Some(1 + marks(&text[at + 1..])),
        _ => separator(&text[at..]).filter(|_| !text[at].is_ascii_alphanumeric()),
    };
    let at = (lead..end).find(|at| length(*at).is_some())?;
    let after = at + length(at)?;
    (at > lead && after < end).then_some((lead..at, after..end))
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

/// Whether nothing but words that go with levels and a remark in brackets is left.
fn ends(text: &[u8], methodology: &Methodology) -> bool {
    bracketed_or_end(&text[nouns(text, methodology)..])
}

/// What a text that stands by itself says: a level, with a remark perhaps, or a status.
fn whole(text: &[u8], methodology: &Methodology) -> Option<(Says, Range<usize>)> {
    let lead = marks(text);
    let rest = &text[lead..without_marks(text).max(lead)];
    let sign = signs(rest);
    if let Some((level, span)) = level_at(&rest[sign..], methodology)
        && ends(&rest[sign + span.end..], methodology)
    {
        let start = if sign > 0 { sign_start(rest, methodology) } else { 0 };
        return Some((Says::Level(level), lead + start..lead + sign + span.end));
    }
    if sign == rest.len() && sign > 0 {
        let level = methodology.leading_level(rest)?;
        return Some((Says::Level(level.level), lead..lead + level.span.end));
    }
    let status = methodology.leading_status(rest).or_else(|| methodology.leading_status(&rest[sign..]))?;
    let is_capital = rest[sign..].first().is_some_and(|byte| !byte.is_ascii_lowercase());
    let is_all = sign > 0 || is_capital && stands_out(rest, &status.span);
    let most = if is_loud(&rest[status.span]) { REMARK_MOST } else { STATUS_MOST };
    (is_all && rest.len() <= most).then_some((Says::Status, lead..lead + rest.len()))
}

/// Whether a text that stands behind an id is a status and nothing else.
pub(super) fn is_status(text: &[u8], methodology: &Methodology) -> bool {
    let text = &text[..without_marks(text)];
    let rest = &text[signs(text)..];
    let status = if rest.len() <= STATUS_MOST { methodology.leading_status(rest) } else { None };
    status.is_some_and(|status| status.span.end == rest.len() && has_words(rest))
}

/// Whether a status is written so that it cannot be part of a sentence.
fn stands_out(text: &[u8], status: &Range<usize>) -> bool {
    status.end == text.len() || is_loud(&text[status.clone()])
}

fn is_loud(word: &[u8]) -> bool {
    let word = String::from_utf8_lossy(word);
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase) && word.chars().count() > 1
}

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

/// Whether a separator or a sign may stand in a text: a hyphen is none inside a word.
fn may_be_marked(text: &[u8]) -> bool {
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

/// Past blanks and a separator.
fn past(text: &[u8], at: usize) -> usize {
    at + separator(&text[at..]).unwrap_or_else(|| marks(&text[at..]))
}

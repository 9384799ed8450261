//! Levels and statuses that stand beside a title: `[P1]`, `🔴 Critical:`, `— HIGH (by design)`, `✅ FIXED`.

mod tags;
mod trailing;
mod words;

use std::ops::Range;

use crate::methodology::{LevelId, Methodology};
use crate::report::inline::{bracketed, marks, separator, signs, without_marks};
use crate::report::note::Inside;
use crate::report::section::has_words;
use crate::text::Span;
use tags::Tags;
pub(super) use trailing::{may_be_marked_at_end, trailing};
use words::ends;
pub(in crate::report) use words::{is_levels, is_nouns, level_at, nouns, run, untied};

/// How long a status with its remark may be, in bytes.
const STATUS_MOST: usize = 60;

/// The same of one that is loud and stands in brackets.
const REMARK_MOST: usize = 200;

/// How many levels beside each other are there to choose from.
const LISTED: usize = 3;

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
    if let Some(found) = named(text, at, methodology) {
        return Some(found);
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

/// `[Severity: high]`: a level under its name in square brackets, and where the text goes on behind them.
fn named(text: &[u8], at: usize, methodology: &Methodology) -> Option<(Decoration, usize)> {
    let (inside, end) = bracketed(&text[at..]).filter(|_| text[at] == b'[')?;
    let inside = at + inside.start..at + inside.end;
    let read = Inside::read(&text[inside.clone()], methodology)?;
    let (level, span) = read.level(&text[inside.clone()], methodology)?;
    let is_all = ends(&text[inside.start + span.end..inside.end], methodology);
    let span = inside.start + span.start..inside.start + span.end;
    is_all.then(|| (Decoration::new(Says::Level(level), text, span), past(text, at + end)))
}

type Leading = (Says, Range<usize>, usize);

/// `[P1]`, `(High)`, `【high】`, `[FIXED]`.
fn in_brackets(text: &[u8], methodology: &Methodology) -> Option<Leading> {
    let (inside, end) = bracketed(text)?;
    let tag = || {
        (text[0] == b'[' && is_status(&text[inside.clone()], methodology))
            .then_some((Says::Status, 0..inside.len()))
    };
    let (says, span) = whole(&text[inside.clone()], methodology).or_else(tag)?;
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
    let Some(status) =
        methodology.leading_status(text).filter(|status| has_words(&text[status.span.clone()]))
    else {
        let (word, noun) = untied(text)?;
        let is_status = status_of_sign(word, methodology) == Some(word.len());
        return (is_status && ends(noun, methodology)).then_some(word.len());
    };
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
        byte if byte.is_ascii_alphanumeric() => None,
        _ => separator(&text[at..]),
    };
    let at = (lead..end).find(|at| length(*at).is_some())?;
    let after = at + length(at)?;
    (at > lead && after < end).then_some((lead..at, after..end))
}

/// What a text that stands by itself says: a level, with a remark perhaps, or a status.
fn whole(text: &[u8], methodology: &Methodology) -> Option<(Says, Range<usize>)> {
    let lead = marks(text);
    let rest = &text[lead..without_marks(text).max(lead)];
    let sign = signs(rest);
    if lists_levels(rest, methodology) {
        return None;
    }
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
    let is_dated = || is_moment(&rest[status.span.end..]);
    let is_all = sign > 0 || is_capital && stands_out(rest, &status.span) || is_dated();
    let most = if is_loud(&rest[status.span]) { REMARK_MOST } else { STATUS_MOST };
    (is_all && rest.len() <= most).then_some((Says::Status, lead..lead + rest.len()))
}

/// Whether a text offers levels to choose from, as in a template: `Critical|Major|Minor`.
pub(in crate::report) fn lists_levels(text: &[u8], methodology: &Methodology) -> bool {
    let is_level = |part: &[u8]| methodology.leading_level(part.trim_ascii()).is_some();
    [b'|', b'/'].into_iter().any(|bar| {
        memchr::memchr_iter(bar, text).count() + 1 >= LISTED && text.split(|byte| *byte == bar).all(is_level)
    })
}

/// Whether what stands behind a status says when, or in what, it came to be so: ` 2026-09-25`, ` in v1.2`.
fn is_moment(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let bare = [&b"in "[..], b"on ", b"by ", b"since "].into_iter().find_map(|word| text.strip_prefix(word));
    let mut words = bare.unwrap_or(text).split(|byte| *byte == b' ').peekable();
    let counts = |word: &[u8]| matches!(word, [b'0'..=b'9', ..] | [b'v' | b'#' | b'`', _, ..]);
    words.peek().is_some()
        && words.all(|word| word.len() > 2 && counts(word) && word.iter().any(u8::is_ascii_digit))
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

/// Past blanks and a separator.
fn past(text: &[u8], at: usize) -> usize {
    at + separator(&text[at..]).unwrap_or_else(|| marks(&text[at..]))
}

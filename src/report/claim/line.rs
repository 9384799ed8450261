//! Claims of lines that say nothing else, such as `- Critical: 4`, and of headings such as `## High (7)`.

use super::number::Number;
use super::parts::{Part, bracketed as bracketed_parts, parts};
use super::subject::{Subject, is_vague, level_alone};
use super::words::{self, Role, finds, role, words};
use super::{Claim, Count, Of, Place};
use crate::methodology::Methodology;
use crate::report::section;
use crate::text::{Span, line};

/// What stands between a label and its number.
const BETWEEN: [&str; 6] = [":", "：", " — ", " – ", " - ", " = "];

/// What stands between several counts on one line.
const BESIDE: [&str; 7] = ["|", "·", "•", ";", ", ", "、", "，"];

/// What ends what stands before the first of several counts.
const LEADS: [&str; 4] = [". ", ": ", " — ", " – "];

/// How long a label may be, in bytes.
const LABEL_MOST: usize = 96;

/// What has levels beside severity.
const MEASURES: [&[u8]; 5] = [b"confidence", b"likelihood", b"probability", b"difficulty", b"effort"];

/// How many bytes are looked at on either side of a claim.
const NEAR: u32 = 1024;

/// The claims of a line.
#[derive(Debug)]
pub(super) struct Line {
    /// Where the line starts.
    pub(super) start: u32,
    pub(super) claims: Vec<Labelled>,
}

/// A claim behind a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled {
    pub(super) claim: Claim,
    /// The words that say what it counts.
    pub(super) label: Span,
    /// Whether the label is a bare word for all of something.
    pub(super) is_bare_total: bool,
    /// Whether the label names a level in words that count other things elsewhere.
    pub(super) is_vague: bool,
    /// Whether the label names nothing but a status, which may be one of anything.
    pub(super) is_of_any: bool,
}

/// The lines of a paragraph that are counts. What a line heads that names another measure is none: `Issues (by confidence):`.
pub(super) fn of_paragraph(base: &[u8], paragraph: Span, methodology: &Methodology) -> Vec<Line> {
    let mut is_other = false;
    let read = |line: line::Line| {
        let text = line.text.of(base).trim_ascii_end();
        if text.ends_with(b":") {
            is_other = names_measure(text);
        }
        if is_other {
            return None;
        }
        let claims = of_line(base, line.text, methodology);
        (!claims.is_empty()).then_some(Line { start: line.text.start, claims })
    };
    line::lines(base, paragraph).filter_map(read).collect()
}

/// Whether the last word of a line is what else than a severity has levels.
fn names_measure(line: &[u8]) -> bool {
    let is_letter = u8::is_ascii_alphabetic;
    let end = line.iter().rposition(is_letter).map_or(0, |at| at + 1);
    let start = line[..end].iter().rposition(|byte| !is_letter(byte)).map_or(0, |at| at + 1);
    MEASURES.iter().any(|measure| line[start..end].eq_ignore_ascii_case(measure))
}

/// Most lines have no digit, and are told from those that count by that alone.
fn of_line(base: &[u8], line: Span, methodology: &Methodology) -> Vec<Labelled> {
    if !line.of(base).iter().any(u8::is_ascii_digit) {
        return Vec::new();
    }
    let parts = split(base, line);
    let claims: Vec<Labelled> = parts.iter().filter_map(|part| labelled(base, *part, methodology)).collect();
    if claims.len() > 1 || claims.len() == 1 && parts.len() > 1 {
        let first = || behind_lead(base, parts[0], methodology);
        let led = claims.iter().all(|claim| claim.label.start > parts[0].end).then(first).flatten();
        if claims.len() > 1 || led.is_some() {
            return led.into_iter().chain(claims).collect();
        }
    }
    let levels = by_level(base, &parts, methodology);
    if !levels.is_empty() {
        return levels;
    }
    let alone = labelled(base, line, methodology).or_else(|| total(base, line, methodology));
    match alone {
        Some(alone) => with_parts(base, alone, line.end, methodology),
        None => by_status(base, line, methodology),
    }
}

/// The count of a level that a sentence or a label stands before, which is the first of several on its line:
/// `As of 2026-11-30. High: 2, Low: 1`.
fn behind_lead(base: &[u8], part: Span, methodology: &Methodology) -> Option<Labelled> {
    let near = part.part(part.len().saturating_sub(LABEL_MOST)..part.len());
    let ends =
        |mark: &'static str| memchr::memmem::find_iter(near.of(base), mark).map(move |at| at + mark.len());
    let read = |at| labelled(base, near.part(at..near.len()), methodology);
    LEADS.into_iter().flat_map(ends).filter_map(read).find(|found| found.claim.level.is_some())
}

/// The counts of a line that names several levels before numbers, with or without a label before all, and nothing else:
/// `Counts: Critical 1, High 2.`
fn by_level(base: &[u8], parts: &[Span], methodology: &Methodology) -> Vec<Labelled> {
    let read = |(at, part): (usize, &Span)| {
        let text = part.of(base);
        let lead = if at > 0 { None } else { memchr::memmem::rfind(text, b": ").map(|colon| colon + 2) };
        let said = part.part(lead.unwrap_or(0)..text.len()).trim(base);
        let said = said.part(0..said.len() - usize::from(said.of(base).ends_with(b".")));
        let gap = memchr::memrchr(b' ', said.of(base))?;
        let (label, digits) = said.of(base).split_at(gap);
        let level = methodology.level_named(std::str::from_utf8(label).ok()?)?;
        let number = Number::leading(&digits[1..]).filter(|number| number.end == digits.len() - 1)?;
        let span = said.part(gap + 1 + number.digits.start..gap + 1 + number.digits.end);
        let is_word = label.iter().all(|byte| !byte.is_ascii_digit());
        let claim = Claim::of_line(span, Some(level), Of::All, number.count);
        let label = said.part(0..gap);
        is_word.then_some(Labelled { claim, label, is_bare_total: false, is_vague: false, is_of_any: false })
    };
    let claims: Option<Vec<Labelled>> = parts.iter().enumerate().map(read).collect();
    claims.filter(|claims| claims.len() > 1).unwrap_or_default()
}

/// The counts of a line that names one status or more behind numbers, and nothing else: `4 open · 5 closed`.
fn by_status(base: &[u8], line: Span, methodology: &Methodology) -> Vec<Labelled> {
    let read = |part: Part| {
        let claim = Claim::of_line(part.span, None, part.of, part.count);
        Labelled { claim, label: line, is_bare_total: false, is_vague: true, is_of_any: false }
    };
    let parts = parts(base, line, methodology).filter(|parts| parts.len() > 1);
    parts.unwrap_or_default().into_iter().map(read).collect()
}

/// A count with those of its parts that stand behind it in brackets, up to `end`: `High: 3 (1 fixed, 2 open)`.
fn with_parts(base: &[u8], all: Labelled, end: u32, methodology: &Methodology) -> Vec<Labelled> {
    let behind = Span::new(all.claim.span.end, end);
    let parts =
        bracketed_parts(base, behind, methodology).filter(|_| all.claim.of == Of::All).unwrap_or_default();
    let of_part = |part: Part| {
        let claim = Claim::of_line(part.span, all.claim.level, part.of, part.count);
        Labelled { claim, ..all }
    };
    [all].into_iter().chain(parts.into_iter().map(of_part)).collect()
}

/// The count of a line that is a word for all of something, a number and what counts things: `合計 9 件`.
fn total(base: &[u8], line: Span, methodology: &Methodology) -> Option<Labelled> {
    let bytes = line.of(base);
    let at = bytes.iter().position(u8::is_ascii_digit).filter(|at| *at > 0)?;
    let number = Number::leading(&bytes[at..])?;
    let rest = bytes[at + number.end..].trim_ascii();
    let is_counted = words::counter(rest) == Some(rest.len());
    let subject =
        Subject::read(&bytes[..at], methodology).filter(|subject| is_counted && subject.is_bare_total())?;
    let span = line.part(at + number.digits.start..at + number.digits.end);
    let claim = Claim::of_line(span, None, subject.of, number.count);
    Some(Labelled { claim, label: line.part(0..at), is_bare_total: false, is_vague: true, is_of_any: false })
}

/// Whether a line of those around an offset, up to blank ones, counts something else than bugs, as the results of a test run
/// do: `Tests passed: 54`.
pub(super) fn is_among_others(base: &[u8], at: u32, methodology: &Methodology) -> bool {
    let near = Span::new(at.saturating_sub(NEAR), at.saturating_add(NEAR).min(base.len() as u32));
    let lines: Vec<Span> = line::lines(base, near).map(|line| line.text).collect();
    let own = lines.partition_point(|line| line.end < at);
    let is_near = |line: &&Span| !line.of(base).trim_ascii().is_empty();
    let counts = |line: &Span| counts_others(line.of(base), methodology);
    lines[..own].iter().rev().take_while(is_near).any(counts)
        || lines.iter().skip(own + 1).take_while(is_near).any(counts)
}

/// Whether a line counts what is neither a bug nor a level.
fn counts_others(text: &[u8], methodology: &Methodology) -> bool {
    let counted = BETWEEN.iter().find_map(|mark| {
        let at = memchr::memmem::find(text, mark.as_bytes())?;
        Number::leading(&text[at + mark.len()..]).map(|_| &text[..at])
    });
    let subject = counted.and_then(|label| Subject::read(label, methodology));
    subject.is_some_and(|subject| subject.level.is_none() && !subject.has_noun && subject.has_more)
}

/// The parts of a line between the marks that set counts apart.
pub(super) fn split(base: &[u8], line: Span) -> Vec<Span> {
    let text = line.of(base);
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    let begins = |byte: &u8| BESIDE.iter().any(|mark| mark.as_bytes()[0] == *byte);
    while let Some(plain) = text[at..].iter().position(begins) {
        at += plain;
        let mark = BESIDE.iter().find(|mark| text[at..].starts_with(mark.as_bytes()));
        if let Some(mark) = mark {
            parts.push(line.part(start..at));
            start = at + mark.len();
        }
        at += mark.map_or(1, |mark| mark.len());
    }
    parts.push(line.part(start..text.len()));
    parts
}

/// The claim of a text that is a label, a mark and a number.
pub(super) fn labelled(base: &[u8], text: Span, methodology: &Methodology) -> Option<Labelled> {
    let bytes = text.of(base);
    let (label, value) = BETWEEN.iter().find_map(|mark| {
        let at = memchr::memmem::find(bytes, mark.as_bytes())?;
        (at <= LABEL_MOST).then_some((&bytes[..at], at + mark.len()))
    })?;
    let number = Number::leading(&bytes[value..])?;
    let unit = Unit::read(&bytes[value + number.end..], methodology)?;
    let subject = Subject::read(label, methodology)?;
    let is_bare_total = subject.is_bare_total() && !unit.has_noun;
    let is_total = subject.is_bare_total() && unit.has_noun;
    let is_of_any =
        subject.level.is_none() && !subject.has_noun && !subject.has_more && subject.of != Of::All;
    if !(subject.is_certain() || is_bare_total || is_total || is_of_any) {
        return None;
    }
    let span = text.part(value + number.digits.start..value + number.digits.end);
    let of = if unit.of == Of::All { subject.of } else { unit.of };
    let claim = Claim::of_line(span, subject.level, of, number.count);
    let is_vague = !unit.has_noun && is_vague(label, methodology);
    let label = text.part(0..label.len());
    Some(Labelled { claim, label, is_bare_total, is_vague, is_of_any })
}

/// What a number counts, by what follows it.
struct Unit {
    has_noun: bool,
    of: Of,
}

impl Unit {
    /// `None` where something else than bugs is counted: hours, tests, points.
    fn read(rest: &[u8], methodology: &Methodology) -> Option<Unit> {
        let text = String::from_utf8_lossy(&rest[..rest.len().min(LABEL_MOST)]);
        let said =
            text.split(['(', '（', '[', ',', ';', '—', '–', '|', '.', '。', '，']).next().unwrap_or_default();
        let subject = Subject::read(said.as_bytes(), methodology)?;
        let is_other = |word: &str| {
            role(word) == Role::Other && !finds(word) && methodology.status_named(word).is_none()
        };
        let is_first_other = words(said).next().is_some_and(|(_, word)| is_other(&word) && !is_sign(&word));
        (!is_first_other && subject.level.is_none())
            .then_some(Unit { has_noun: subject.has_noun, of: subject.of })
    }
}

fn is_sign(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

/// The claim that the title of a section ends with, and whether it says by itself that it counts bugs.
pub(in crate::report) fn of_heading(
    base: &[u8],
    title: Span,
    methodology: &Methodology,
) -> Option<(Claim, bool)> {
    let bytes = title.of(base);
    let (words, start, number, unit) =
        bracketed(bytes, methodology).or_else(|| trailing(bytes, methodology))?;
    let level = section::level_of(words, Span::whole(words), methodology).map(|(level, _)| level);
    let subject = Subject::read(words, methodology);
    let counts = level.is_some() || unit.has_noun || subject.is_some_and(|subject| subject.has_noun);
    let is_bracketed = bytes[..start].ends_with(b"(") || bytes[..start].ends_with("（".as_bytes());
    let span = title.part(start + number.digits.start..start + number.digits.end);
    let is_whole = level.is_none() && subject.is_some_and(|subject| subject.is_total && subject.has_noun);
    let place = if is_whole && !is_bracketed { Place::Item } else { Place::Heading };
    let claim = Claim { place, ..Claim::of_line(span, level, unit.of, number.count) };
    (counts || is_bracketed && matches!(number.count, Count::Exact(0..1000))).then_some((claim, counts))
}

type Counted<'a> = (&'a [u8], usize, Number, Unit);

/// `High (7)`, `P1（17 条）`: the words, where the bracket's content starts, and what it counts.
fn bracketed<'a>(title: &'a [u8], methodology: &Methodology) -> Option<Counted<'a>> {
    let text = title.trim_ascii_end();
    let text = text.trim_ascii_end().strip_suffix(b"**").unwrap_or(text);
    [("(", ")"), ("（", "）"), ("[", "]")].iter().find_map(|(open, close)| {
        let inner = text.strip_suffix(close.as_bytes())?;
        let at = memchr::memmem::rfind(inner, open.as_bytes())?;
        let start = at + open.len();
        let number = Number::leading(&inner[start..])?;
        let unit = Unit::read(&inner[start + number.end..], methodology)?;
        Some((&title[..at], start, number, unit))
    })
}

/// `Critical: 4`, `High — 7 issues`, `必须修复 — 共 3 项`.
fn trailing<'a>(title: &'a [u8], methodology: &Methodology) -> Option<Counted<'a>> {
    BETWEEN.iter().find_map(|mark| {
        let at = memchr::memmem::rfind(title, mark.as_bytes())?;
        let behind = at + mark.len();
        let start = behind + all_of(&title[behind..]);
        let number = Number::leading(&title[start..])?;
        let rest = &title[start + number.end..];
        let unit = Unit::read(rest, methodology)?;
        let words = &title[..at];
        let subject = Subject::read(words, methodology)?;
        let is_counted = || start > behind && words::counter(rest) == Some(rest.trim_ascii_end().len());
        let is_of_level = || section::level_of(words, Span::whole(words), methodology).is_some();
        (subject.is_certain() || is_counted() && is_of_level()).then_some((words, start, number, unit))
    })
}

/// How long the words are before a number which say that it counts all: `共 ` of `共 3 项`.
fn all_of(text: &[u8]) -> usize {
    let digit = text.iter().position(u8::is_ascii_digit).filter(|digit| *digit <= LABEL_MOST).unwrap_or(0);
    let said = String::from_utf8_lossy(&text[..digit]);
    let mut said = words(&said).map(|(_, word)| role(&word)).peekable();
    if said.peek().is_some() && said.all(|role| role == Role::Total) { digit } else { 0 }
}

/// The count of a line that names a level before a number in brackets, with or without more behind a colon:
/// `High (2): login, export`. A scale is told in such words too, `High (3): users notice`.
pub(super) fn bracketed_level(base: &[u8], line: Span, methodology: &Methodology) -> Option<Claim> {
    let bytes = line.of(base);
    let closed = memchr::memchr(b')', bytes).filter(|closed| *closed <= LABEL_MOST)? + 1;
    let rest = bytes[closed..].trim_ascii();
    let rest = rest.strip_prefix(b"**").unwrap_or(rest);
    let (words, start, number, unit) = bracketed(&bytes[..closed], methodology)?;
    let level = level_alone(words, methodology)?;
    let span = line.part(start + number.digits.start..start + number.digits.end);
    let is_over = rest.is_empty() || rest.starts_with(b":") || rest.starts_with("：".as_bytes());
    is_over.then(|| Claim::of_line(span, Some(level), unit.of, number.count))
}

//! Counts that may be of something else than the bugs, and are claims where they are true of these: `Open: 2`, `3 of 5
//! resolved`, a table of statuses whose header says `Count`, `total: 12` in front matter.
//!
//! What stands together counts together: if one of it is not true, none of it is a claim. A decision keeps true what is, so
//! they stay claims.

use std::ops::Range;

use super::documented::Documented;
use super::line;
use super::number::Number;
use super::subject::{Subject, is_progress, names_bugs};
use super::{Claim, Of};
use crate::methodology::{Methodology, StatusId};
use crate::report::Report;
use crate::report::scan::front_matter;
use crate::text::Span;
use crate::text::line as lines;

/// How many bugs a report has at the most that they are counted for.
const BUGS: usize = 1 << 15;

/// How often it is looked again at what is left, at the most.
const ROUNDS: usize = 4;

/// How long a line may be that counts bugs beside other things, in bytes.
const LINE: usize = 512;

/// How many words such a line has at the most.
const WORDS: usize = 10;

/// What joins a part to what it is a part of.
const PARTS: [&str; 5] = ["/", " / ", " of ", " out of ", " von "];

/// Counts that stand together.
pub(in crate::report) type Group = Vec<Claim>;

/// The claims of the groups that are true of a report whose other claims are known.
pub(in crate::report) fn confirmed(report: &Report, mut groups: Vec<Group>) -> Vec<Claim> {
    if report.is_empty() || report.len() > BUGS {
        return Vec::new();
    }
    for _ in 0..ROUNDS {
        if groups.is_empty() {
            break;
        }
        let all: Vec<Claim> = report.claims().iter().chain(groups.iter().flatten()).copied().collect();
        let documented = Documented::over(report, &all);
        let is_true = |claim: &Claim| {
            documented
                .count(claim)
                .is_some_and(|count| claim.count.number().is_some_and(|number| number == count))
        };
        let (before, counts) = (groups.len(), |claim: &Claim| claim.count.number() != Some(0));
        groups.retain(|group| group.iter().all(is_true) && (group.len() == 1 || group.iter().any(counts)));
        if groups.len() == before {
            return groups.into_iter().flatten().collect();
        }
    }
    Vec::new()
}

/// Whether counts are so many, and of such things, that they may be of bugs.
pub(super) fn may_be_of_bugs<'a>(mut group: impl ExactSizeIterator<Item = &'a Claim>) -> bool {
    group.len() > 1 && group.any(|claim| claim.of != Of::All || claim.level.is_some())
}

/// The counts of front matter; one alone has to name bugs: `open_bugs: 2`.
pub(super) fn of_front_matter(base: &[u8], methodology: &Methodology) -> Group {
    let Some(front) = front_matter(base) else { return Group::new() };
    let labelled = |text: Span| {
        let (before, value) = text.of(base).split_at(memchr::memchr(b':', text.of(base))?);
        let is_plain = value[1..].trim_ascii().iter().all(u8::is_ascii_digit)
            && before.first().is_some_and(u8::is_ascii_alphabetic);
        is_plain.then(|| line::labelled(base, text, methodology)).flatten()
    };
    let counts: Vec<line::Labelled> =
        lines::lines(base, front).filter_map(|line| labelled(line.text)).collect();
    let is_named = match &counts[..] {
        [alone] => {
            let tells = alone.claim.of != Of::All || alone.claim.level.is_some();
            tells && names_bugs(alone.label.of(base))
        }
        _ => may_be_of_bugs(counts.iter().map(|labelled| &labelled.claim)),
    };
    counts.into_iter().filter(|_| is_named).map(|labelled| labelled.claim).collect()
}

/// The counts of a line by statuses that stand behind their numbers, with what they are parts of:
/// `3 bugs (2 open, 1 fixed)`, `3 of 5 resolved`, `Progress: 1/3`.
pub(super) fn of_line(base: &[u8], text: Span, methodology: &Methodology) -> Group {
    let bytes = text.of(base);
    let may_count = bytes.len() <= LINE && bytes.iter().any(u8::is_ascii_digit);
    if !may_count || is_prose(bytes) || !is_about_all(bytes, methodology) {
        return Group::new();
    }
    let mut group = Group::new();
    let mut at = 0;
    while let Some(found) = next(bytes, at) {
        at = found.end;
        let claim = |digits: Range<usize>, of, count| Claim::of_line(text.part(digits), None, of, count);
        if let Some(whole) = whole_behind(bytes, found.end) {
            at = whole.end;
            if let Some(status) = status_of_part(bytes, found.digits.start, whole.end, methodology) {
                group.push(claim(found.digits, Of::Status(status), found.count));
                group.push(claim(whole.digits, Of::All, whole.count));
            }
            continue;
        }
        let Some(subject) = Subject::read(unit(&bytes[found.end..]), methodology) else { continue };
        let is_bare = subject.level.is_none() && !subject.has_more && !subject.is_total;
        if is_bare && (subject.has_noun || subject.of != Of::All) {
            group.push(claim(found.digits, subject.of, found.count));
        }
    }
    group
}

/// Whether a line counts bugs in general and as they are now: not those of a level, nor those of a day.
fn is_about_all(bytes: &[u8], methodology: &Methodology) -> bool {
    !is_told_of_a_day(bytes) && methodology.read_level(bytes).is_none()
}

/// Whether a line has a day in digits: what was so then stays so.
fn is_told_of_a_day(bytes: &[u8]) -> bool {
    let shape = |window: &[u8]| {
        window
            .iter()
            .zip(b"0000-00-00")
            .all(|(byte, model)| if *model == b'-' { byte == model } else { byte.is_ascii_digit() })
    };
    bytes.windows(10).any(shape)
}

/// Whether a line has so many words that it does more than count.
fn is_prose(bytes: &[u8]) -> bool {
    let is_word = |word: &&[u8]| word.iter().any(u8::is_ascii_alphabetic);
    bytes.split(u8::is_ascii_whitespace).filter(is_word).nth(WORDS).is_some()
}

/// The next number from an offset that is no part of a word, with offsets in all of the text.
fn next(bytes: &[u8], from: usize) -> Option<Number> {
    let is_start = |at: &usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        bytes[*at].is_ascii_digit()
            && before.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"-.#/$_~&=<>+".contains(&byte))
    };
    (from..bytes.len()).filter(is_start).find_map(|at| {
        let number = leading(&bytes[at..])?;
        let (digits, end) = (at + number.digits.start..at + number.digits.end, at + number.end);
        Some(Number { digits, count: number.count, end })
    })
}

/// The number that a text begins with, be it a part of something.
fn leading(text: &[u8]) -> Option<Number> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    Number::leading(text)
        .or_else(|| Number::leading(&text[..digits]).filter(|_| part(&text[digits..]).is_some()))
}

/// How long the words are that make a number a part of the next.
fn part(text: &[u8]) -> Option<usize> {
    let words = PARTS.iter().find(|words| text.starts_with(words.as_bytes()))?;
    text.get(words.len()).filter(|byte| byte.is_ascii_digit()).map(|_| words.len())
}

/// Whether a text between two numbers makes the first a part of the second.
pub(super) fn is_part_of(between: &[u8]) -> bool {
    PARTS.iter().any(|words| words.as_bytes() == between)
}

/// Whether a number behind this text is what the number at its end is a part of.
pub(super) fn is_whole_behind(text: &[u8]) -> bool {
    let part = PARTS.iter().find_map(|words| text.strip_suffix(words.as_bytes()));
    part.and_then(<[u8]>::last).is_some_and(u8::is_ascii_digit)
}

/// What the number that ends here is a part of.
fn whole_behind(bytes: &[u8], end: usize) -> Option<Number> {
    let start = end + part(&bytes[end..])?;
    let number = Number::leading(&bytes[start..])?;
    let (digits, end) = (start + number.digits.start..start + number.digits.end, start + number.end);
    Some(Number { digits, count: number.count, end })
}

/// The status of the bugs that are a part, by the words behind what it is a part of, else by those before it.
fn status_of_part(bytes: &[u8], start: usize, end: usize, methodology: &Methodology) -> Option<StatusId> {
    let read =
        |text: &[u8]| Subject::read(text, methodology).filter(|subject| !subject.has_more)?.of.status();
    let before = bytes[..start].trim_ascii_end();
    let label = before.strip_suffix(b":**").or(before.strip_suffix(b":"));
    let label = label
        .map(|label| &label[label.iter().rposition(|byte| b"|;,".contains(byte)).map_or(0, |at| at + 1)..]);
    let closes = || methodology.status_ids().find(|id| methodology.status(*id).closes);
    let of_label = |label: &[u8]| read(label).or_else(|| closes().filter(|_| is_progress(label)));
    read(unit(&bytes[end..])).or_else(|| of_label(label?))
}

/// What a number counts: the words behind it.
fn unit(rest: &[u8]) -> &[u8] {
    let is_end = |byte: &u8| b",;:()[]|/.%".contains(byte) || byte.is_ascii_digit();
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    let other = ["·", "•", "，", "、", "（", "。"].iter();
    let end =
        other.filter_map(|mark| memchr::memmem::find(&rest[..end], mark.as_bytes())).min().unwrap_or(end);
    &rest[..end]
}

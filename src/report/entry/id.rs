//! Ids: `BUG-001`, `BUG #1`, `#12`, `Issue 3`, `H-01`, `C1`, `2.1`, `CVE-2026-1234`.

use std::ops::Range;

use crate::methodology::{HeadingWord, Methodology};
use crate::report::inline::{bracketed, character, is_unspaced, marks, separator, without_marks};

/// How long an id may be, in bytes.
const ID_MOST: usize = 40;

/// How long a number may be that counts bugs, in digits.
const DIGITS_MOST: usize = 5;

/// What joins the parts of an id beside `-`, `_`, `#` and ` #`: hyphens that never break a line, be they written as
/// entities.
const JOINTS: [&str; 4] = ["\u{2011}", "\u{2010}", "&#x2011;", "&#8209;"];

/// What catalogues of weaknesses call their kinds: several bugs can be of one.
const CATALOGUES: [&[u8]; 2] = [b"CWE-", b"CAPEC-"];

/// How sure it is that something is an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) enum IdKind {
    /// There is none.
    None,
    /// A number that covers several entries: `17-26`.
    Range,
    /// Letters and a number with nothing between it and the title: `S3 bucket`.
    Loose,
    /// A plain number: `3.`, `2.1`.
    Number,
    /// A letter or a few with a number: `H-01`, `C1`, `Issue 3`.
    Short,
    /// A name and a number: `BUG-001`, `CVE-2026-1234`.
    Name,
}

/// An id and what separates it from what follows.
pub(super) struct Id {
    pub(super) span: Range<usize>,
    pub(super) kind: IdKind,
    /// Where the rest of the text begins.
    pub(super) end: usize,
}

/// The length of the letters, the hyphen and the digits that a text begins with: `BUG-001`.
pub(super) fn joined(text: &[u8]) -> Option<usize> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let digits = text[letters..].strip_prefix(b"-")?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = letters + 1 + digits;
    (letters > 0 && digits > 0 && end <= ID_MOST).then_some(end)
}

/// Whether an id is one of a kind of bugs rather than of a bug.
pub(super) fn is_of_catalogue(id: &[u8]) -> bool {
    CATALOGUES.iter().any(|name| id.len() > name.len() && id[..name.len()].eq_ignore_ascii_case(name))
}

/// The id at `at`.
pub(super) fn leading(text: &[u8], at: usize, methodology: &Methodology) -> Option<Id> {
    let rest = &text[at..];
    if let Some((inside, end)) = bracketed(rest) {
        let inner = &rest[inside.clone()];
        let lead = marks(inner);
        let (length, kind) = found(&inner[lead..])?;
        let is_count = kind == IdKind::Number && rest[0] == b'(' && without_marks(&rest[end..]) == 0;
        if without_marks(inner) != lead + length || is_count {
            return None;
        }
        let start = at + inside.start + lead;
        let kind = if kind == IdKind::Loose { IdKind::Short } else { kind };
        return Some(Id { span: start..start + length, kind, end: after(text, past_url(text, at + end)) });
    }
    let headings = methodology.headings();
    let word = if is_joined(rest) && !headings.have_digits() { None } else { headings.leading(rest) };
    let label = word.and_then(|(word, length)| label(rest, word, length));
    let (length, kind) = match label {
        Some(skip) => found(&rest[skip..]).map(|(length, kind)| (skip + length, kind))?,
        None => found(rest)?,
    };
    if label.is_none() && word.is_some_and(|(word, length)| counts_step(rest, word, length)) {
        return None;
    }
    let end = at + length;
    if matches!(text[end..], [b':' | b'.', b'0'..=b'9', ..]) {
        return None;
    }
    let set_off = set_off(text, end);
    let span = named_inside(label, rest).map_or(at..end, |skip| at + skip..end);
    let kind = match kind {
        _ if set_off.is_none() && label.is_some() && end < text.len() && kind == IdKind::Number => {
            return None;
        }
        IdKind::Number if label.is_some() => IdKind::Short,
        IdKind::Number if set_off.is_none() && !is_dotted(&text[span.clone()]) => return None,
        IdKind::Short if set_off.is_none() => IdKind::Loose,
        kind => kind,
    };
    Some(Id { span, kind, end: set_off.unwrap_or_else(|| after(text, end)) })
}

/// Whether a text begins as `BUG-001` does: no word, unless it has digits itself, calls an entry a bug or counts a step
/// right before a hyphen.
fn is_joined(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    letters > 0 && matches!(text[letters..], [b'-', b'0'..=b'9', ..])
}

/// The length of what calls the entry a bug before its number, by the word that a text begins with: `Issue ` of
/// `Issue 3`, `BUG ` of `BUG #3`; the same of a test: `Test ` of `Test TC001`.
fn label(text: &[u8], word: HeadingWord, length: usize) -> Option<usize> {
    let blanks = text[length..].iter().take_while(|byte| **byte == b' ').count();
    let next = &text[length + blanks..];
    if word == HeadingWord::Step {
        return (blanks > 0 && is_case(next)).then_some(length + blanks);
    }
    if word != HeadingWord::Bug {
        return None;
    }
    let counts = next.first().is_some_and(u8::is_ascii_digit) || next.starts_with(b"#");
    let names = || blanks > 0 && found(next).is_some_and(|(_, kind)| kind >= IdKind::Short);
    let apart = || {
        blanks > 0 || next.starts_with(b"#") || character(text).is_some_and(|(letter, _)| is_unspaced(letter))
    };
    (counts && apart() || names()).then_some(length + blanks)
}

/// Whether a text begins with the id of a test case: `TC001`, `TC-01`.
fn is_case(text: &[u8]) -> bool {
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let digits = text[letters..].strip_prefix(b"-").unwrap_or(&text[letters..]);
    letters > 1 && digits.iter().take_while(|byte| byte.is_ascii_digit()).count() > 1
}

/// Whether the word that a text begins with is a step or a part, and its number follows: `Test #5`.
fn counts_step(text: &[u8], word: HeadingWord, length: usize) -> bool {
    matches!(word, HeadingWord::Step | HeadingWord::Part) && text[length..].starts_with(b" #")
}

/// Where the id begins behind its label, where it is one without it: `H-1` of `Issue H-1`, `#1` of `问题 #1`.
fn named_inside(label: Option<usize>, text: &[u8]) -> Option<usize> {
    let of_its_own = |skip: &usize| {
        text[*skip..].first().is_some_and(u8::is_ascii_alphabetic)
            || character(text).is_some_and(|(letter, _)| is_unspaced(letter))
    };
    label.filter(of_its_own)
}

/// The length of the id that a text begins with.
fn found(text: &[u8]) -> Option<(usize, IdKind)> {
    let hash = match text {
        [b'#', ..] => 1,
        [0x80..=0xff, ..] if text.starts_with("№".as_bytes()) => "№".len(),
        _ => 0,
    };
    let blanks = text[hash..].iter().take_while(|byte| hash > 0 && **byte == b' ').count();
    match text.get(hash + blanks) {
        Some(byte) if byte.is_ascii_digit() => number(&text[hash + blanks..]).map(|(length, kind)| {
            let kind = if hash > 0 && kind == IdKind::Number { IdKind::Short } else { kind };
            (hash + blanks + length, kind)
        }),
        _ if hash > 0 => lettered(text).map(|length| (length, IdKind::Short)),
        _ => numeral(text).or_else(|| name(text)),
    }
}

/// The length of a capital behind a sign for numbers, and all that there is: `#A — Title`.
fn lettered(text: &[u8]) -> Option<usize> {
    let [b'#', b'A'..=b'Z', rest @ ..] = text else { return None };
    let is_alone = !rest.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_+#".contains(byte));
    (is_alone && set_off(text, 2).is_some()).then_some(2)
}

/// A number: `3`, `2.1`, `6-1`, `6/7`, and ranges such as `17-26`.
fn number(text: &[u8]) -> Option<(usize, IdKind)> {
    let first = digits(text)?;
    let mut at = first;
    let mut kind = IdKind::Number;
    while let Some(sign @ (b'.' | b'-' | b'/')) = text.get(at)
        && let Some(next) = digits(&text[at + 1..])
    {
        let value =
            |digits: &[u8]| std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<u32>().ok());
        let rises = value(&text[at + 1..at + 1 + next]) > value(&text[..first]);
        if *sign == b'-' && rises && at == first && first + next > 2 {
            kind = IdKind::Range;
        }
        at += 1 + next;
    }
    let is_date = at >= 8 && first == 4;
    let letter = text.get(at).is_some_and(u8::is_ascii_alphabetic)
        && !text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    let end =
        at + usize::from(letter && text.get(at + 1).is_some_and(|byte| matches!(byte, b'.' | b')' | b':')));
    let ends = !text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'%');
    (ends && !is_date).then_some((end, kind))
}

fn digits(text: &[u8]) -> Option<usize> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (1..=DIGITS_MOST).contains(&length).then_some(length)
}

/// A numeral in Chinese characters with its sign: `三、`.
fn numeral(text: &[u8]) -> Option<(usize, IdKind)> {
    text.first().filter(|byte| !byte.is_ascii())?;
    let mut at = 0;
    while let Some((letter, length)) = character(&text[at..])
        && "一二三四五六七八九十".contains(letter)
    {
        at += length;
    }
    (at > 0 && text[at..].starts_with("、".as_bytes())).then_some((at, IdKind::Number))
}

/// Letters, then groups of letters or digits behind `-`, `_` or ` #`, of which the last are digits.
fn name(text: &[u8]) -> Option<(usize, IdKind)> {
    let letters = letters(text);
    if letters == 0 {
        return None;
    }
    let mut end = letters;
    let mut last_is_number = false;
    let glued = digits(&text[end..]).filter(|_| text[..end].is_ascii() && end <= 10);
    if let Some(glued) = glued {
        end += glued;
        last_is_number = true;
        while text.get(end) == Some(&b'.')
            && let Some(more) = digits(&text[end + 1..])
        {
            end += 1 + more;
        }
        end += text[end..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    }
    while let Some(group) = group(&text[end..]) {
        last_is_number = text[end + group - 1].is_ascii_digit();
        end += group;
    }
    if last_is_number
        && let Some(more) = text[end..].strip_prefix(b".").and_then(digits)
        && set_off(text, end + 1 + more).is_some()
    {
        end += 1 + more;
    }
    let ends = !text.get(end).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let joined = end > letters + glued.unwrap_or(0);
    let mut all_letters = text[..end].iter().filter(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    let kind = if joined && all_letters.nth(2).is_some() { IdKind::Name } else { IdKind::Short };
    let capital = text[0].is_ascii_uppercase() || !text[0].is_ascii();
    (last_is_number && ends && end <= ID_MOST && (capital || joined || letters <= 2)).then_some((end, kind))
}

/// The length of the letters at the start of a text, of any script that writes words with blanks.
fn letters(text: &[u8]) -> usize {
    let mut at = text.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    while text.get(at).is_some_and(|byte| !byte.is_ascii())
        && let Some((letter, length)) = character(&text[at..])
        && letter.is_alphabetic()
        && !matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
    {
        at += length;
    }
    at
}

/// The length of a separator and the letters or digits behind it.
fn group(text: &[u8]) -> Option<usize> {
    let sign = match text {
        [b'-' | b'_' | b'#', ..] => 1,
        [b' ', b'#', ..] => 2,
        [b'&' | 0x80.., ..] => JOINTS.iter().find(|sign| text.starts_with(sign.as_bytes()))?.len(),
        _ => return None,
    };
    let length = text[sign..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    (length > 0).then_some(sign + length)
}

/// Where the text goes on behind an id that something sets off from it; `None` where nothing does.
fn set_off(text: &[u8], end: usize) -> Option<usize> {
    let rest = &text[end..];
    let gap = marks(rest);
    let rest = &rest[gap..];
    if rest.is_empty() {
        return Some(text.len());
    }
    if let Some(length) = separator(&text[end..]) {
        return Some(end + length);
    }
    let point = rest.iter().take_while(|byte| matches!(byte, b'.' | b')' | b']')).count();
    let blank = rest.get(point).is_none_or(|byte| matches!(byte, b' ' | b'*' | b'_' | b'~' | b'`' | 0x80..));
    let bracket = bracketed(rest).is_some();
    match (point > 0 && blank, bracket) {
        (true, _) => Some(after(text, end + gap + point)),
        (_, true) => Some(end + gap),
        _ => None,
    }
}

/// Past blanks, emphasis and a separator.
fn after(text: &[u8], at: usize) -> usize {
    at + separator(&text[at..]).unwrap_or_else(|| marks(&text[at..]))
}

/// Past the address of a link whose text the id was: `(https://example.org/1)`.
fn past_url(text: &[u8], at: usize) -> usize {
    match text[at..].first() {
        Some(b'(') => bracketed(&text[at..]).map_or(at, |(_, end)| at + end),
        _ => at,
    }
}

fn is_dotted(id: &[u8]) -> bool {
    id.contains(&b'.')
}

//! Where a name ends and its value begins, by emphasis and colons.

use crate::text::Span;

/// How long a name may be, in bytes, where no emphasis says that it is one.
const PLAIN_NAME_MOST: usize = 32;

/// And how many words.
const PLAIN_NAME_WORDS: usize = 3;

/// Where another name in bold begins behind `from`, set off from what is before it: by a mark, or by a blank alone where it is
/// written as the name that the text begins with.
pub(super) fn next_name(text: &[u8], from: usize) -> Option<usize> {
    memchr::memchr(b'*', &text[from..])?;
    let marks = memchr::memmem::find_iter(&text[from..], b"**").map(|at| from + at);
    marks.into_iter().find(|at| {
        let before = text[from..*at].trim_ascii_end();
        let is_set_off = before.last().is_none_or(|byte| matches!(byte, b'|' | b'.' | b',' | b';' | b')'))
            || before.ends_with("·".as_bytes())
            || text[*at - 1] == b' ' && is_label_like(&text[*at..], text);
        is_set_off && !before.is_empty() && emphasised(&text[*at..]).is_some()
    })
}

/// Whether a text begins with a few words in bold that are a name as the one is which another text begins with: with the colon
/// on the same side of the marks. What is in bold within a sentence hardly is.
fn is_label_like(text: &[u8], first: &[u8]) -> bool {
    let (Some((name, after, _)), Some((_, first_after, _))) = (emphasised(text), emphasised(first)) else {
        return false;
    };
    let name = &text[name.0..name.1];
    let is_short = name.len() <= PLAIN_NAME_MOST
        && name.split(|byte| *byte == b' ').count() <= PLAIN_NAME_WORDS
        && name.first().is_some_and(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
    is_short && (text[after - 1] == b'*') == (first[first_after - 1] == b'*')
}

/// A value without the bar that sets it off from the next field.
pub(super) fn without_bar(base: &[u8], value: Span) -> Span {
    let rest = match value.of(base) {
        [rest @ .., b'|'] => rest,
        bytes => match bytes.strip_suffix("·".as_bytes()) {
            Some(rest) => rest,
            None => return value,
        },
    };
    value.part(0..rest.len()).trim(base)
}

/// The ends of a name, and those of its value.
pub(super) type Parts = ((usize, usize), usize, usize);

/// The parts of `**Name: value**`.
pub(super) fn all_bold(text: &[u8]) -> Option<Parts> {
    let inner = text.strip_prefix(b"**")?.strip_suffix(b"**")?;
    let (name, value, end) = plain(inner).filter(|_| memchr::memmem::find(inner, b"**").is_none())?;
    Some(((name.0 + 2, name.1 + 2), value + 2, end + 2))
}

/// The parts of `**Name:** value` or `**Name**: value`.
pub(super) fn emphasised(text: &[u8]) -> Option<Parts> {
    let (mark, inner) = match text {
        [b'*', b'*', inner @ ..] => (b'*', inner),
        [b'_', b'_', inner @ ..] => (b'_', inner),
        _ => return None,
    };
    let length = memchr::memchr_iter(mark, inner).find(|at| inner.get(at + 1) == Some(&mark))?;
    let (name, after) = (&inner[..length], 2 + length + 2);
    if let Some(colon) = trailing_colon(name) {
        return Some(((2, 2 + length - colon), after, text.len()));
    }
    let colon = leading_colon(&text[after..])?;
    Some(((2, 2 + length), after + colon, text.len()))
}

/// The parts of `Name: value`.
pub(super) fn plain(text: &[u8]) -> Option<Parts> {
    let line = &text[..text.len().min(PLAIN_NAME_MOST + 4)];
    let colon = memchr::memchr2_iter(b':', 0xef, line).find(|at| colon_length(&line[*at..]).is_some())?;
    let after = colon + colon_length(&line[colon..])?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b" -_/#".contains(byte);
    let is_name = text.first().is_some_and(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
        && text[..colon].split(|byte| *byte == b' ').count() <= PLAIN_NAME_WORDS;
    let value_follows = text.get(after).is_none_or(|byte| matches!(byte, b' ' | b'\t')) || after - colon > 1;
    (is_name && value_follows && text[..colon].iter().all(is_word)).then_some(((0, colon), after, text.len()))
}

/// How many bytes a colon at the start of `text` takes, be it `:` or the full-width `：`.
fn colon_length(text: &[u8]) -> Option<usize> {
    match text {
        [b':', ..] => Some(1),
        _ => text.starts_with("：".as_bytes()).then_some("：".len()),
    }
}

fn leading_colon(text: &[u8]) -> Option<usize> {
    let blanks = text.iter().take_while(|byte| **byte == b' ').count();
    Some(blanks + colon_length(&text[blanks..])?)
}

pub(super) fn trailing_colon(text: &[u8]) -> Option<usize> {
    let blanks = text.iter().rev().take_while(|byte| **byte == b' ').count();
    match &text[..text.len() - blanks] {
        [.., b':'] => Some(1 + blanks),
        text => text.ends_with("：".as_bytes()).then_some("：".len() + blanks),
    }
}

//! Small steps through the text of one line: blanks, emphasis, brackets, separators.

use std::ops::Range;

use super::section::has_words;

/// Characters beside `:` and `|` that stand between the parts of a line, with blanks beside them or without.
const SEPARATORS: [&str; 10] = ["：", "—", "–", "―", "·", "•", "→", "、", "－", "➔"];

/// What ends a sentence, or what is said of something.
const STOPS: [&str; 4] = [".", ":", "。", "："];

/// Brackets that set something off.
const BRACKETS: [(&str, &str); 7] =
    [("\\[", "\\]"), ("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"), ("［", "］"), ("「", "」")];

/// How many bytes of blanks and emphasis a text begins with.
#[inline]
pub(super) fn marks(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let step = match rest {
            [b' ' | b'\t' | b'*', ..] => 1,
            [b'_', b'_', ..] | [b'~', b'~', ..] => 2,
            [0xc2, 0xa0, ..] => 2,
            [0xe3, 0x80, 0x80, ..] | [0xef, 0xb8, 0x8f, ..] => 3,
            _ => return at,
        };
        at += step;
    }
}

/// The length of a text without the blanks and emphasis at its end.
pub(super) fn without_marks(text: &[u8]) -> usize {
    let mut end = text.len();
    loop {
        let step = match &text[..end] {
            [.., b' ' | b'\t' | b'*'] => 1,
            [.., b'_', b'_'] | [.., b'~', b'~'] => 2,
            [.., 0xc2, 0xa0] => 2,
            [.., 0xe3, 0x80, 0x80] | [.., 0xef, 0xb8, 0x8f] => 3,
            _ => return end,
        };
        end -= step;
    }
}

/// A text without the digits at its end: the letters that an id is counted behind.
pub(super) fn before_number(text: &[u8]) -> &[u8] {
    &text[..text.len() - text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count()]
}

/// The bold that a text begins with, without marks and the stop at its end, where it is more than a word and set off from what
/// follows: by that stop, or by a separator.
pub(super) fn lead(text: &[u8]) -> Option<Range<usize>> {
    let words = bold_words(text)?;
    let (stop, rest) = text[words.end..].split_at(memchr::memmem::find(&text[words.end..], b"**")?);
    let rest = &rest[2..];
    let is_set_off =
        !stop.is_empty() || separator(rest).is_some() || rest.trim_ascii_start().starts_with(b"<br");
    is_set_off.then_some(words)
}

/// The same however the text goes on.
pub(super) fn bold_words(text: &[u8]) -> Option<Range<usize>> {
    let inner = text.strip_prefix(b"**")?;
    let length = memchr::memmem::find(inner, b"**").filter(|length| *length > 0)?;
    let (bold, rest) = (&inner[..length], &inner[length + 2..]);
    let stop = STOPS.iter().find(|stop| bold.ends_with(stop.as_bytes()));
    let words = bold.split(|byte| *byte == b' ').count() > 1 || !bold.is_ascii();
    let end = 2 + length - stop.map_or(0, |stop| stop.len());
    (words && !bold.ends_with(b"..") && has_words(rest)).then_some(2..end)
}

/// The length of the separator that a text begins with, blanks and emphasis around it included. A hyphen is
/// one only between blanks.
pub(super) fn separator(text: &[u8]) -> Option<usize> {
    let before = marks(text);
    let rest = &text[before..];
    let sign = match rest.first()? {
        b':' | b'|' => 1,
        b'-' => dash(rest).filter(|_| text[..before].contains(&b' '))?,
        0x80.. => SEPARATORS.iter().find(|sign| rest.starts_with(sign.as_bytes()))?.len(),
        _ => return None,
    };
    Some(before + sign + marks(&rest[sign..]))
}

/// The length of the one or two hyphens that a text begins with, where a blank or nothing follows them.
fn dash(text: &[u8]) -> Option<usize> {
    let hyphens = text.iter().take_while(|byte| **byte == b'-').count();
    (hyphens <= 2 && matches!(text.get(hyphens), Some(b' ' | b'*') | None)).then_some(hyphens)
}

/// The brackets that a text begins with: what is in them, and where they end.
pub(super) fn bracketed(text: &[u8]) -> Option<(Range<usize>, usize)> {
    match text.first()? {
        b'(' => return closing(text, b'(', b')').map(|end| (1..end, end + 1)),
        b'[' => return closing(text, b'[', b']').map(|end| (1..end, end + 1)),
        b'\\' | 0x80.. => {}
        _ => return None,
    }
    let (open, close) = BRACKETS.into_iter().find(|(open, _)| text.starts_with(open.as_bytes()))?;
    let inside = open.len();
    let mut depth = 1;
    let mut at = inside;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(close.as_bytes()) {
            depth -= 1;
            if depth == 0 {
                return Some((inside..at, at + close.len()));
            }
        }
        depth += usize::from(rest.starts_with(open.as_bytes()));
        at += 1;
    }
    None
}

/// Where the bracket closes that a text begins with.
pub(super) fn closing(text: &[u8], opens: u8, closes: u8) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.iter().enumerate() {
        open += usize::from(*byte == opens);
        if *byte == closes {
            open = open.checked_sub(1)?;
            if open == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Where the bracket opens that a text ends with.
fn opening(text: &[u8], opens: u8, closes: u8) -> Option<usize> {
    let mut open = 0_usize;
    text.iter().rposition(|byte| {
        open += usize::from(*byte == closes);
        open -= usize::from(*byte == opens);
        open == 0
    })
}

/// The brackets that a text ends with: where they begin, and what is in them.
pub(super) fn trailing_bracketed(text: &[u8]) -> Option<(usize, Range<usize>)> {
    let last = text.len().checked_sub(1)?;
    match text {
        [.., b')'] => return opening(text, b'(', b')').map(|start| (start, start + 1..last)),
        [.., b'\\', b']'] | [.., 0x80..=0xff] => {}
        [.., b']'] => return opening(text, b'[', b']').map(|start| (start, start + 1..last)),
        _ => return None,
    }
    let (open, close) = BRACKETS.into_iter().find(|(_, close)| text.ends_with(close.as_bytes()))?;
    let end = text.len() - close.len();
    let mut depth = 1;
    let mut at = end;
    while at > 0 {
        at -= 1;
        let here = &text[at..end];
        depth += usize::from(here.starts_with(close.as_bytes()));
        if here.starts_with(open.as_bytes()) {
            depth -= 1;
            if depth == 0 {
                return Some((at, at + open.len()..end));
            }
        }
    }
    None
}

/// The character that a text begins with and its length; a byte that begins none is a sign of its own.
pub(super) fn character(text: &[u8]) -> Option<(char, usize)> {
    let length = match text.first()? {
        byte @ 0..=0x7f => return Some((char::from(*byte), 1)),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some((char::REPLACEMENT_CHARACTER, 1)),
    };
    let letter = text.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    Some(
        letter
            .and_then(|letter| letter.chars().next())
            .map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, length)),
    )
}

/// Whether a character is an emoji or another sign that decorates: no letter, be it that it looks like one in a frame (`ℹ`, `Ⓜ`,
/// `🅿`), and no punctuation.
pub(super) fn is_sign(letter: char) -> bool {
    matches!(letter,
        '\u{2139}' | '\u{24c2}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1ffff}' | '\u{fe0f}' | '\u{200d}' | char::REPLACEMENT_CHARACTER)
}

/// Whether a letter is of a script that sets no blanks between words and numbers.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// How many bytes of signs a text begins with, blanks after them included.
pub(super) fn signs(text: &[u8]) -> usize {
    if text.first().is_none_or(u8::is_ascii) {
        return 0;
    }
    let mut at = 0;
    while let Some((letter, length)) = character(&text[at..])
        && is_sign(letter)
    {
        at += length;
    }
    if at > 0 { at + marks(&text[at..]) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_is_told_from_a_hyphen() {
        let length = |text: &str| separator(text.as_bytes());
        assert_eq!(
            [length(": x"), length(" - x"), length("** — x"), length("：x")],
            [Some(2), Some(3), Some(7), Some(3)]
        );
        assert_eq!([length("-x"), length("- x"), length(" x"), length("")], [None; 4]);
    }

    #[test]
    fn a_bold_lead_is_set_off_from_what_follows() {
        let read = |text: &'static str| lead(text.as_bytes()).map(|bold| &text[bold]);
        assert_eq!(read("**The gate is open.** It lets all in."), Some("The gate is open"));
        assert_eq!(read("**The gate is open** - it lets all in"), Some("The gate is open"));
        assert_eq!(read("**門が開く。** 誰でも入る"), Some("門が開く"));
        for text in [
            "**Login** — it fails",
            "**The gate** is open",
            "**The gate is open.**",
            "**And so on..** x",
            "The **gate is.** x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn brackets_are_found_at_both_ends() {
        assert_eq!(bracketed(b"[a [b] c] d"), Some((1..8, 9)));
        assert_eq!(bracketed("（高）x".as_bytes()), Some((3..6, 9)));
        assert_eq!(bracketed(b"\\[H-1\\] x"), Some((2..5, 7)));
        assert_eq!(trailing_bracketed(b"a (b (c))"), Some((2, 3..8)));
        assert_eq!([trailing_bracketed(b"a) b)"), trailing_bracketed(b"a")], [None, None]);
    }
}

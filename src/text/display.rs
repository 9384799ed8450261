//! What a terminal may be shown of foreign bytes, and how wide it is.
//!
//! A report is hostile input: nothing it holds reaches a cell raw. Control characters, escape
//! sequences, bidirectional overrides, invisible characters and broken UTF-8 come out as visible
//! stand-ins; everything else comes out as it is.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many combining characters one visible character may carry before the rest is left out.
const COMBINING_MOST: usize = 8;

/// Foreign bytes as text that is safe to show, on one line: line ends become `␊`, tabs a blank.
pub fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        push_visible(chunk.valid(), &mut out);
        out.extend(chunk.invalid().iter().map(|_| '\u{FFFD}'));
    }
    out
}

/// [`visible`] for what is text already; borrows where nothing needs a stand-in.
pub fn visible_str(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| stand_in(c).is_none() && !is_combining(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_visible(text, &mut out);
    Cow::Owned(out)
}

fn push_visible(text: &str, out: &mut String) {
    let mut combining = 0;
    for c in text.chars() {
        combining = if is_combining(c) { combining + 1 } else { 0 };
        match stand_in(c) {
            Some(shown) => out.push(shown),
            None if combining > COMBINING_MOST => {}
            None => out.push(c),
        }
    }
}

/// What is shown in place of a character that must not reach the terminal, or `None` where it may.
fn stand_in(c: char) -> Option<char> {
    match c {
        '\t' => Some(' '),
        '\u{00}'..='\u{1F}' => char::from_u32(0x2400 + c as u32),
        '\u{7F}' => Some('␡'),
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{FFF9}'..='\u{FFFB}' => Some('\u{FFFD}'),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some('⇄'),
        '\u{200B}' | '\u{200C}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Some('␣'),
        '\u{E0000}'..='\u{E007F}' => Some('␣'),
        _ => None,
    }
}

/// Whether a character is one that a terminal would obey or not show.
pub fn is_hidden(c: char) -> bool {
    stand_in(c).is_some()
}

fn is_combining(c: char) -> bool {
    !c.is_ascii() && unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// How many terminal columns a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text cut to at most `columns`, ending in `…` where something was cut.
pub fn clip(text: &str, columns: usize) -> Cow<'_, str> {
    if text.len() <= columns && text.is_ascii() || width(text) <= columns {
        return Cow::Borrowed(text);
    }
    if columns == 0 {
        return Cow::Borrowed("");
    }
    let mut taken = 0;
    let mut out = String::new();
    for grapheme in text.graphemes(true) {
        taken += width(grapheme);
        if taken > columns - 1 {
            break;
        }
        out.push_str(grapheme);
    }
    out.push('…');
    Cow::Owned(out)
}

/// The text clipped or filled with blanks to exactly `columns`.
pub fn fit(text: &str, columns: usize) -> String {
    let mut out = clip(text, columns).into_owned();
    let taken = width(&out);
    out.extend(std::iter::repeat_n(' ', columns.saturating_sub(taken)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(visible(b"\x1b]52;c;ZXZpbA==\x07"), "␛]52;c;ZXZpbA==␇");
        assert_eq!(visible("abc\u{202E}fed\u{9b}31m".as_bytes()), "abc⇄fed\u{FFFD}31m");
        assert_eq!(visible(b"bad \xFF\xFE end\r\n"), "bad \u{FFFD}\u{FFFD} end␍␊");
    }

    #[test]
    fn ordinary_text_of_any_language_stays_as_it_is() {
        for text in ["naïve 日本語 🚀 👩‍💻", "Ελληνικά", "e\u{301}"] {
            assert_eq!(visible_str(text), text);
        }
    }

    #[test]
    fn a_flood_of_combining_marks_is_cut_short() {
        let flood = format!("e{}!", "\u{301}".repeat(10_000));
        assert!(visible_str(&flood).chars().count() < 20);
    }

    #[test]
    fn a_cut_text_never_takes_more_columns_than_it_may() {
        assert_eq!(clip("日本語テキスト", 5), "日本…");
        assert_eq!(clip("short", 5), "short");
        assert_eq!(clip("longer", 5), "long…");
        assert_eq!(clip("x", 0), "");
        assert_eq!(fit("日本", 6), "日本  ");
        assert_eq!(width(&fit("日本語", 4)), 4);
    }
}

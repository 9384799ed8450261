//! One YAML scalar: plain where every YAML reader takes it for the same text, else quoted; and what was written so, read.
//!
//! Whatever the text, what is written is visible ASCII or harmless Unicode: control characters,
//! bidirectional overrides and invisible characters are escaped, so that a log can be shown.

use std::borrow::Cow;
use std::fmt::Write;

use crate::text::hidden::Reader;

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On a line of its own.
    Block,
    /// Within `{}` or `[]`.
    Flow,
}

/// How many brackets may open in a block of lines, where a reader may take each for a list.
const BRACKETS: usize = 100;

/// The words that some reader takes for something else than text.
const TYPED: [&str; 11] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// The text as a scalar on one line.
pub(super) fn scalar(text: &str, place: Place) -> Cow<'_, str> {
    if is_plain(text, place) { Cow::Borrowed(text) } else { Cow::Owned(quoted(text)) }
}

/// The text as a block of lines under a member of the document, or `None` where it has to be quoted.
pub(super) fn literal(text: &str) -> Option<String> {
    let (body, mark) = match text.strip_suffix('\n') {
        Some(body) => (body, "|"),
        None => (text, "|-"),
    };
    let brackets = body.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    let whole = body.contains('\n')
        && brackets <= BRACKETS
        && !body.ends_with('\n')
        && !body.starts_with([' ', '\n', '\t']);
    if !whole || !body.split('\n').all(is_bare) || body.lines().any(is_blank) {
        return None;
    }
    let lines =
        body.split('\n').map(|line| if line.is_empty() { String::new() } else { format!("  {line}") });
    Some(format!("{mark}\n{}", lines.collect::<Vec<_>>().join("\n")))
}

/// A line of blanks alone, which a reader may take for indentation.
fn is_blank(line: &str) -> bool {
    !line.is_empty() && line.trim_matches(' ').is_empty()
}

fn is_plain(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts = first.is_ascii_alphanumeric() || !first.is_ascii();
    starts
        && !text.ends_with([' ', ':'])
        && is_bare(text)
        && !means_more(text.as_bytes(), place)
        && !is_typed(text)
}

/// Whether a reader takes some of its characters for YAML: a colon before a blank, a hash behind one, and what sets off
/// what stands in brackets.
fn means_more(text: &[u8], place: Place) -> bool {
    let is_meant = |at: usize| match text[at] {
        b':' => text.get(at + 1) == Some(&b' '),
        _ => at > 0 && text[at - 1] == b' ',
    };
    let sets_off = |byte: &u8| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b':' | b'?');
    memchr::memchr2_iter(b':', b'#', text).any(is_meant) || place == Place::Flow && text.iter().any(sets_off)
}

/// Whether some reader may take it for a number, a date, a truth value or nothing.
fn is_typed(text: &str) -> bool {
    let numeric = |byte: u8| byte.is_ascii_hexdigit() || b"xXoO_.:+-tTzZ ".contains(&byte);
    let number = text.as_bytes()[0].is_ascii_digit() && text.bytes().all(numeric);
    number || TYPED.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether all characters may stand as they are: readers refuse some, and terminals obey others.
fn is_bare(text: &str) -> bool {
    let mut reader = Reader::default();
    // All bytes at once: that is no loop.
    let is_printed = text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    is_printed || text.chars().all(|c| reader.next(c).is_none())
}

/// Whether a byte stands for itself in quotes, whatever stands around it.
fn is_unescaped(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')
}

/// The text in quotes, whatever it is.
pub(super) fn quoted(text: &str) -> String {
    if text.bytes().all(is_unescaped) {
        return ["\"", text, "\""].concat();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let (mut reader, mut rest) = (Reader::default(), text);
    loop {
        let (run, behind) = rest.split_at(rest.bytes().take_while(|byte| is_unescaped(*byte)).count());
        out.push_str(run);
        run.chars().next_back().and_then(|c| reader.next(c));
        let Some(c) = behind.chars().next() else { break };
        rest = &behind[c.len_utf8()..];
        let hidden = reader.next(c);
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if hidden.is_none() => out.push(c),
            c => escape(c, &mut out),
        }
    }
    out.push('"');
    out
}

/// The text that is written so on one line; `None` where [`scalar`] writes none so.
pub(super) fn scalar_text(written: &str, place: Place) -> Option<Cow<'_, str>> {
    if !written.starts_with('"') {
        return is_plain(written, place).then_some(Cow::Borrowed(written));
    }
    quoted_text(written).filter(|text| !is_plain(text, place))
}

/// The text that is written so in quotes; `None` where [`quoted`] writes none so.
pub(super) fn quoted_text(written: &str) -> Option<Cow<'_, str>> {
    let inside = written.strip_prefix('"')?.strip_suffix('"')?;
    if inside.bytes().all(is_unescaped) {
        return Some(Cow::Borrowed(inside));
    }
    let text = unescaped(inside)?;
    (quoted(&text) == written).then_some(Cow::Owned(text))
}

/// Where the quotes end that a text begins with.
pub(super) fn closing(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr3(b'"', b'\\', b'\n', text.get(at..)?)?;
        match text[at] {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

/// The text that is written so as a block of lines; `None` where [`literal`] writes none so.
pub(super) fn literal_text(written: &str) -> Option<String> {
    let (mark, block) = written.split_once('\n')?;
    let lines = block.split('\n').map(|line| line.strip_prefix("  ").unwrap_or(line));
    let mut text = lines.collect::<Vec<_>>().join("\n");
    if mark == "|" {
        text.push('\n');
    }
    (literal(&text)? == written).then_some(text)
}

/// What stands in quotes, without its escapes.
fn unescaped(inside: &str) -> Option<String> {
    let (mut text, mut rest) = (String::with_capacity(inside.len()), inside);
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (c, digits) = match rest.as_bytes().get(at + 1)? {
            b'n' => ('\n', 0),
            b't' => ('\t', 0),
            b'r' => ('\r', 0),
            byte @ (b'"' | b'\\') => (char::from(*byte), 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            _ => return None,
        };
        let end = at + 2 + digits;
        let code = || char::from_u32(u32::from_str_radix(rest.get(at + 2..end)?, 16).ok()?);
        text.push(if digits == 0 { c } else { code()? });
        rest = &rest[end..];
    }
    text.push_str(rest);
    Some(text)
}

fn escape(c: char, out: &mut String) {
    let code = u32::from(c);
    match code {
        0..=0xFF => write!(out, "\\x{code:02X}"),
        0x100..=0xFFFF => write!(out, "\\u{code:04X}"),
        _ => write!(out, "\\U{code:08X}"),
    }
    .expect("writing to a string does not fail");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_reads_as_text_anyway_stays_unquoted() {
        for text in [
            "P0",
            "Ada Example <ada@example.org>",
            "A warning; nothing in production.",
            "✅ FIXED - moved",
            "日本",
        ] {
            assert_eq!(scalar(text, Place::Block), text);
            assert_eq!(scalar("✅ FIXED - moved", Place::Flow), "✅ FIXED - moved");
        }
    }

    #[test]
    fn what_reads_as_something_else_is_quoted() {
        for text in [
            "",
            "null",
            "No",
            "1e5",
            "0012",
            "2026-02-11",
            "- x",
            "a: b",
            "a #b",
            "x:",
            "'q'",
            "*a",
            " x",
            "~",
        ] {
            assert_eq!(scalar(text, Place::Block), format!("\"{text}\""));
        }
        assert_eq!(scalar("a, b", Place::Flow), "\"a, b\"");
        assert_eq!(scalar("a, b", Place::Block), "a, b");
    }

    proptest! {
        /// A log would not say again what it was given, or have quotes where it had none.
        #[test]
        fn what_means_more_than_text_is_found_wherever_it_stands(text in "[a:# ,?{}\\[\\]é]{0,5}") {
            let in_lines = text.contains(": ") || text.contains(" #");
            let in_brackets = in_lines || text.contains([',', '[', ']', '{', '}', ':', '?']);
            prop_assert_eq!(means_more(text.as_bytes(), Place::Block), in_lines);
            prop_assert_eq!(means_more(text.as_bytes(), Place::Flow), in_brackets);
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(scalar("a\u{1b}[2J\u{202E}\n\u{E0041}", Place::Block), r#""a\x1B[2J\u202E\n\U000E0041""#);
    }

    #[test]
    fn lines_stand_as_a_block_unless_blanks_would_be_lost() {
        assert_eq!(literal("one\n\n  two").as_deref(), Some("|-\n  one\n\n    two"));
        assert_eq!(literal("one\ntwo\n").as_deref(), Some("|\n  one\n  two"));
        for text in ["one", "one\n", " one\ntwo", "one\n\n", "one\n  \ntwo", "one\rtwo\nthree", "\none"] {
            assert_eq!(literal(text), None, "{text:?}");
        }
    }

    /// What somebody has written otherwise is for YAML to read, which may take it for something else.
    #[test]
    fn what_is_written_so_is_read_and_nothing_else() {
        for text in [
            "P0",
            "",
            "no",
            "a: b",
            "a \"b\" \\",
            "one\ttwo\n",
            "\u{1b}[2J\u{202E}\u{E0041}",
            "👩\u{200D}💻\\",
        ] {
            for place in [Place::Block, Place::Flow] {
                assert_eq!(scalar_text(&scalar(text, place), place).as_deref(), Some(text));
            }
        }
        for written in [
            "\"P0\"",
            "'P0'",
            "null",
            "x ",
            "\"a: ",
            "\"\\x1b\"",
            "\"\\u001B\"",
            "\"\\x+1\"",
            "\"\\x\"",
            "\"\\",
        ] {
            assert_eq!(scalar_text(written, Place::Block), None, "{written}");
        }
        assert_eq!(literal_text("|\n  one\n\n    two").as_deref(), Some("one\n\n  two\n"));
        for written in
            ["|\n  one", "|+\n  one\n  two", "|-\n   one\n  two", "|-\n  one\ntwo", "|-\n  one\n  "]
        {
            assert_eq!(literal_text(written), None, "{written}");
        }
    }
}

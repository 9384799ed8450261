//! The parts of a bug's heading: its id and its title.

use crate::text::Span;

/// How long an id may be, in bytes.
const ID_MOST: usize = 40;

/// What a heading says of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The id; empty where the heading has none.
    pub(super) id: Span,
    /// The title; the whole text where there is no id.
    pub(super) title: Span,
}

impl Entry {
    /// Reads the text of a heading: `BUG-001: Title`, `[H-01] Title`, `**QA-7** - Title`.
    pub(super) fn read(base: &[u8], text: Span) -> Entry {
        let bytes = text.of(base);
        let lead = bytes.iter().take_while(|byte| b"*_[(# ".contains(byte)).count();
        let Some(length) = id_length(&bytes[lead..]) else {
            return Entry { id: Span::empty(text.start), title: text };
        };
        let id = Span::new(text.start + lead as u32, text.start + (lead + length) as u32);
        let title = Span::new(id.end + separator_length(&bytes[lead + length..]) as u32, text.end);
        Entry { id, title: title.trim(base) }
    }
}

/// The length of an id at the start of `text`: letters, then groups of letters or digits behind `-`, `_`
/// or ` #`, of which the last are digits.
fn id_length(text: &[u8]) -> Option<usize> {
    let letters = run(text, |byte| byte.is_ascii_alphabetic());
    if letters == 0 {
        return None;
    }
    let mut end = letters;
    let mut last_is_number = false;
    while let Some(group) = group_length(&text[end..]) {
        end += group;
        last_is_number = text[end - 1].is_ascii_digit();
    }
    let ends_word = !text.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (last_is_number && ends_word && end <= ID_MOST).then_some(end)
}

/// The length of a separator and the letters or digits behind it.
fn group_length(text: &[u8]) -> Option<usize> {
    let separator = [&b" #"[..], b"#", b"-", b"_"].into_iter().find(|mark| text.starts_with(mark))?;
    let group = run(&text[separator.len()..], |byte| byte.is_ascii_alphanumeric());
    (group > 0).then_some(separator.len() + group)
}

/// The length of what stands between an id and the title.
fn separator_length(text: &[u8]) -> usize {
    let marks = run(text, |byte| b"*_])".contains(&byte));
    let blanks = marks + run(&text[marks..], |byte| byte == b' ');
    let between =
        [&b":"[..], b"-", b".", b"|", "–".as_bytes(), "—".as_bytes(), "：".as_bytes(), "·".as_bytes()];
    let found = between.into_iter().find(|mark| text[blanks..].starts_with(mark)).map_or(0, <[u8]>::len);
    let after = blanks + found;
    after + run(&text[after..], |byte| b"*_".contains(&byte) && marks == 0 && found > 0)
}

fn run(text: &[u8], is_in: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| is_in(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (&str, &str) {
        let entry = Entry::read(text.as_bytes(), Span::whole(text.as_bytes()));
        (&text[entry.id.range()], &text[entry.title.range()])
    }

    #[test]
    fn id_and_title_are_told_apart() {
        assert_eq!(read("BUG-001: Missing things (a, b)"), ("BUG-001", "Missing things (a, b)"));
        assert_eq!(read("BUG #12 - It breaks"), ("BUG #12", "It breaks"));
        assert_eq!(read("[H-01] Reentrancy"), ("H-01", "Reentrancy"));
        assert_eq!(read("**QA-7** — Größe"), ("QA-7", "Größe"));
        assert_eq!(read("CVE-2026-1234: overflow"), ("CVE-2026-1234", "overflow"));
        assert_eq!(read("SEC-AUTH-3 Title"), ("SEC-AUTH-3", "Title"));
    }

    #[test]
    fn words_are_no_id() {
        for text in ["Next steps", "P0 Bugs (Critical)", "Test-driven work", "2026-01-01", "", "Phase-6a b"] {
            assert_eq!(read(text), ("", text), "{text}");
        }
    }
}

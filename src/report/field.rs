//! A named value of a bug: `- **Status:** ✅ FIXED`, `**Severity:** High`, `Severity: High`.
//!
//! Fields are list items of the bug or lines of its paragraphs, never what is nested below those, and
//! never anything in code, HTML or quotes.

use super::scan::{Kind, Mark, Outline};
use super::section::has_words;
use crate::methodology::{FieldKind, Methodology};
use crate::text::{Span, line};

/// How long a name may be, in bytes, where no emphasis says that it is one.
const PLAIN_NAME_MOST: usize = 32;

/// And how many words.
const PLAIN_NAME_WORDS: usize = 3;

/// A named value of a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its whole lines, with their end, and what is nested below it.
    pub lines: Span,
    /// Its name, without marks and colon.
    pub name: Span,
    /// Its value on the line of the name, without blanks around it; empty where there is none.
    pub value: Span,
}

impl Field {
    /// The fields of the entry that `block` covers, whose heading ends at `body`. What stands below a heading
    /// inside the entry is not looked at: it may be another's.
    pub fn all(base: &[u8], block: Span, body: u32) -> Vec<Field> {
        let marks = Outline::of(base, Span::new(body, block.end));
        let mut fields = Vec::new();
        let is_heading = |mark: &Mark| matches!(mark.kind, Kind::Heading { .. }) && mark.place.is_top();
        for (at, mark) in marks.iter().enumerate().take_while(|(_, mark)| !is_heading(mark)) {
            match mark.kind {
                Kind::Item { .. } if mark.place.is_top() => {
                    fields.extend(of_item(base, mark, marks.get(at + 1)))
                }
                Kind::Paragraph if mark.place.is_top() => fields.extend(of_paragraph(base, mark)),
                _ => {}
            }
        }
        fields
    }

    /// The field that a text such as `**Name:** value` is, standing on `lines`.
    pub fn read(base: &[u8], text: Span, lines: Span) -> Option<Field> {
        let text = text.trim(base);
        let bytes = text.of(base);
        let (name, value) = emphasised(bytes).or_else(|| plain(bytes))?;
        let shift = |start: usize, end: usize| {
            Span::new(text.start + start as u32, text.start + end as u32).trim(base)
        };
        let name = shift(name.0, name.1);
        (!name.is_empty()).then(|| Field { lines, name, value: shift(value, bytes.len()) })
    }

    /// Whether it says how severe the bug is: it is named so, and its value begins with a level. Where its
    /// name is the plain word for severity, any value does, be it one that no methodology knows.
    pub fn states_severity(&self, base: &[u8], methodology: &Methodology) -> bool {
        let names = methodology.fields();
        let value = self.value.of(base);
        if value.is_empty() || names.kind_of(self.name.of(base)) != Some(FieldKind::Severity) {
            return false;
        }
        let leads = methodology.read_level(value).is_some_and(|found| !has_words(&value[..found.span.start]));
        leads || names.names(FieldKind::Severity).first().is_some_and(|name| self.is_named(base, name))
    }

    /// Whether it is called so, in whatever case.
    pub fn is_named(&self, base: &[u8], name: &str) -> bool {
        let own = String::from_utf8_lossy(self.name.of(base));
        own.eq_ignore_ascii_case(name) || own.to_lowercase() == name.to_lowercase()
    }
}

/// The field that an item is, by the first line of its first paragraph.
fn of_item(base: &[u8], item: &Mark, first: Option<&Mark>) -> Option<Field> {
    let first = first.filter(|mark| mark.kind == Kind::Paragraph && mark.lines.start == item.lines.start)?;
    let line = line::at(base, first.text.start).text;
    Field::read(base, Span::new(first.text.start, line.end), item.lines)
}

/// The fields that the lines of a paragraph are. Without emphasis only those count that stand before any
/// other text, for a sentence can look like one.
fn of_paragraph(base: &[u8], paragraph: &Mark) -> Vec<Field> {
    let lines: Vec<line::Line> = line::lines(base, paragraph.lines).collect();
    let mut fields = Vec::new();
    let mut is_prose = false;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.of(base).trim_ascii_start();
        let next = lines.get(at + 1).map_or(&b""[..], |next| next.text.trim(base).of(base));
        let is_plain = !text.starts_with(b"**") && !text.starts_with(b"__");
        match Field::read(base, line.text, line.whole())
            .filter(|_| !is_plain || !is_prose && !runs_on(text, next))
        {
            Some(field) => fields.push(field),
            None => is_prose = true,
        }
    }
    fields
}

/// Whether a line is part of a sentence that the next line goes on with.
fn runs_on(line: &[u8], next: &[u8]) -> bool {
    !line.ends_with(b"  ") && !line.ends_with(b"\\") && next.first().is_some_and(u8::is_ascii_lowercase)
}

/// Ends of the name and start of the value in `**Name:** value` or `**Name**: value`.
fn emphasised(text: &[u8]) -> Option<((usize, usize), usize)> {
    let mark: &[u8] = [&b"**"[..], b"__"].into_iter().find(|mark| text.starts_with(mark))?;
    let inner = &text[2..];
    let length = memchr::memmem::find(inner, mark)?;
    let (name, after) = (&inner[..length], 2 + length + 2);
    if let Some(colon) = trailing_colon(name) {
        return Some(((2, 2 + length - colon), after));
    }
    let colon = leading_colon(&text[after..])?;
    Some(((2, 2 + length), after + colon))
}

/// Ends of the name and start of the value in `Name: value`.
fn plain(text: &[u8]) -> Option<((usize, usize), usize)> {
    let line = &text[..text.len().min(PLAIN_NAME_MOST + 4)];
    let colon = (0..line.len()).find(|&at| colon_length(&line[at..]).is_some())?;
    let after = colon + colon_length(&line[colon..])?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b" -_/#".contains(byte);
    let is_name = text.first().is_some_and(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
        && text[..colon].split(|byte| *byte == b' ').count() <= PLAIN_NAME_WORDS;
    let value_follows = text.get(after).is_none_or(|byte| b" \t".contains(byte)) || after - colon > 1;
    (is_name && value_follows && text[..colon].iter().all(is_word)).then_some(((0, colon), after))
}

/// How many bytes a colon at the start of `text` takes, be it `:` or the full-width `：`.
fn colon_length(text: &[u8]) -> Option<usize> {
    if text.starts_with(b":") {
        return Some(1);
    }
    text.starts_with("：".as_bytes()).then_some("：".len())
}

fn leading_colon(text: &[u8]) -> Option<usize> {
    let blanks = text.iter().take_while(|byte| **byte == b' ').count();
    Some(blanks + colon_length(&text[blanks..])?)
}

fn trailing_colon(text: &[u8]) -> Option<usize> {
    let blanks = text.iter().rev().take_while(|byte| **byte == b' ').count();
    let text = &text[..text.len() - blanks];
    [&b":"[..], "：".as_bytes()]
        .into_iter()
        .find(|colon| text.ends_with(colon))
        .map(|colon| colon.len() + blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(&str, &str)> {
        let base = text.as_bytes();
        let field = Field::read(base, Span::whole(base), Span::whole(base))?;
        Some((&text[field.name.range()], &text[field.value.range()]))
    }

    #[test]
    fn a_field_is_known_by_its_name_and_colon() {
        assert_eq!(read("**Severity:** P0 - ImportError"), Some(("Severity", "P0 - ImportError")));
        assert_eq!(read("**Severity**: High  "), Some(("Severity", "High")));
        assert_eq!(read("**Title** : it breaks"), Some(("Title", "it breaks")));
        assert_eq!(read("Severity: High"), Some(("Severity", "High")));
        assert_eq!(read("**严重程度：** 高"), Some(("严重程度", "高")));
        assert_eq!(read("**Tests:**"), Some(("Tests", "")));
    }

    #[test]
    fn running_text_is_no_field() {
        for text in [
            "**Bold** words",
            "see https://example.org",
            "It fails (twice): badly",
            "**open",
            "",
            ": x",
            "a::b",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_nested_or_fenced_is_no_field_of_the_bug() {
        let text = "- **Severity:** P0\n- **Tests:**\n  - **Severity:** P3\n- ```\n  - **Severity:** P2\n  ```\n\n```\n**Status:** no\n```\n> **Status:** no\n\n**Status:** yes\n";
        let base = text.as_bytes();
        let fields = Field::all(base, Span::whole(base), 0);
        let found: Vec<_> = fields.iter().map(|f| (&text[f.name.range()], &text[f.value.range()])).collect();
        assert_eq!(found, [("Severity", "P0"), ("Tests", ""), ("Status", "yes")]);
        assert_eq!(&text[fields[1].lines.range()], "- **Tests:**\n  - **Severity:** P3\n");
    }
}

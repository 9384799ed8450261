//! The fields of a bug such as most are: bullets with what is indented below them, paragraphs, and rules between them.
//!
//! Nothing here gives anything else than a scan would. Where a line may be something else than it looks like, or could make
//! something else of one before it, there is no answer, and the bug is to be scanned.

use memchr::memchr3_iter;

use super::{Field, of_paragraph};
use crate::methodology::Methodology;
use crate::text::{Span, line};

/// For how many fields there is room before they are found.
const ROOM: usize = 16;

/// The fields of a text without headings that is no beginning of a report; `None` where only a scan can tell.
pub(super) fn fields(base: &[u8], span: Span, methodology: &Methodology) -> Option<Vec<Field>> {
    if span.start == 0 {
        return None;
    }
    let base = &base[..span.range().end.min(base.len())];
    let mut reader = Reader { base, methodology, fields: Vec::with_capacity(ROOM), open: Open::Nothing };
    let mut start = span.start;
    while (start as usize) < base.len() {
        start = reader.take(start)?;
    }
    reader.close();
    Some(reader.fields)
}

/// The fields read so far, and what a line may go on with.
struct Reader<'a> {
    base: &'a [u8],
    methodology: &'a Methodology,
    fields: Vec<Field>,
    open: Open,
}

/// What a line may go on with.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    Item(Item),
    Paragraph(Span),
}

/// A bullet and what stands below it.
#[derive(Clone, Copy)]
struct Item {
    /// Which of the fields is its first.
    first: usize,
    /// Where its first line ends.
    body: u32,
    /// Where its last line ends that is not blank.
    end: u32,
    /// Whether a blank line has followed.
    is_over: bool,
}

impl Reader<'_> {
    /// Reads the line that starts at `start`, and gives where the next one does; `None` where only a scan can tell what it is.
    #[inline]
    fn take(&mut self, start: u32) -> Option<u32> {
        if let Some(field) = only(self.base, start) {
            let end = field.lines.end;
            self.begin_item(end);
            self.fields.push(field);
            return Some(end);
        }
        let line = line::at(self.base, start);
        match line.text.of(self.base) {
            [] => self.blank(),
            [b'-', b' ', text @ ..] if is_text(text) => self.item(line, text),
            [b' ', b' ', text @ ..] => self.inside(line, text.trim_ascii_start()),
            b"---" => self.rule(),
            text if is_text(text) => self.text(line),
            _ => None,
        }?;
        Some(line.end)
    }

    /// A blank line; of what may be open in an item, it is a part.
    fn blank(&mut self) -> Option<()> {
        match &mut self.open {
            Open::Item(item) if may_open(Span::new(item.body, item.end).of(self.base)) => return None,
            Open::Item(item) => item.is_over = true,
            Open::Paragraph(_) | Open::Nothing => self.close(),
        }
        Some(())
    }

    /// A bullet. Whether a backslash at its end breaks the line depends on the next.
    fn item(&mut self, line: line::Line, text: &[u8]) -> Option<()> {
        if text.ends_with(b"\\") {
            return None;
        }
        self.begin_item(line.end);
        let text = Span::new(line.text.start + 2, line.text.end);
        let known = self.fields.len();
        Field::put_line(self.base, text, line.whole(), &mut self.fields);
        if self.fields.len() == known {
            self.fields.extend(Field::rating_in_bold(self.base, text, line.whole(), self.methodology));
        }
        Some(())
    }

    /// Begins an item whose first line ends at `body`.
    #[inline]
    fn begin_item(&mut self, body: u32) {
        self.close();
        self.open = Open::Item(Item { first: self.fields.len(), body, end: body, is_over: false });
    }

    /// A line that is indented as what stands in an item is. One that underlines makes a heading or a table of what is above it.
    fn inside(&mut self, line: line::Line, text: &[u8]) -> Option<()> {
        let Open::Item(item) = &mut self.open else { return None };
        let may_underline = match text {
            [] | [b'=' | b'|' | b':', ..] => true,
            [b'-', rest @ ..] => {
                !matches!(rest, [b' ', next, ..] if !matches!(next, b' ' | b'\t' | b'-' | b'|' | b':'))
            }
            _ => false,
        };
        if may_underline {
            return None;
        }
        (item.end, item.is_over) = (line.end, false);
        Some(())
    }

    /// A rule, unless it underlines a paragraph.
    fn rule(&mut self) -> Option<()> {
        if matches!(self.open, Open::Paragraph(_)) {
            return None;
        }
        self.close();
        Some(())
    }

    /// A line of a paragraph, unless it goes on with the text of an item.
    fn text(&mut self, line: line::Line) -> Option<()> {
        match self.open {
            Open::Item(Item { is_over: false, .. }) => return None,
            Open::Paragraph(before) => self.open = Open::Paragraph(before.join(line.whole())),
            Open::Item(_) | Open::Nothing => {
                self.close();
                self.open = Open::Paragraph(line.whole());
            }
        }
        Some(())
    }

    #[inline]
    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Item(Item { first, body, end, .. }) if end > body => {
                self.fields[first..].iter_mut().for_each(|field| field.lines.end = end);
            }
            Open::Nothing | Open::Item(_) => {}
            Open::Paragraph(lines) => self.fields.extend(of_paragraph(self.base, lines, self.methodology)),
        }
    }
}

/// The field that all of a bullet is that begins at `start`, as most are.
#[inline]
pub(super) fn only(base: &[u8], start: u32) -> Option<Field> {
    let rest = &base[start as usize..];
    let field = if is_bullet(rest) { Field::only(base, start + 2) } else { None };
    field.map(|field| Field { lines: Span::new(start, field.lines.end), ..field })
}

/// Whether what begins so is a bullet with text, whatever stands before and behind it.
pub(super) fn is_bullet(bytes: &[u8]) -> bool {
    matches!(bytes, [b'-', b' ', text @ ..] if is_text(text))
}

/// Whether what begins so is text, whatever stands before and behind it.
fn is_text(bytes: &[u8]) -> bool {
    match bytes {
        [b'*', b'*', first, ..] => first.is_ascii_alphanumeric() || !first.is_ascii(),
        [first, ..] => first.is_ascii_alphabetic() || !first.is_ascii(),
        [] => false,
    }
}

/// Whether fenced code or HTML may begin in a text.
fn may_open(text: &[u8]) -> bool {
    memchr3_iter(b'<', b'`', b'~', text).any(|at| match &text[at..] {
        [b'<', ..] => true,
        [mark, second, third, ..] => mark == second && mark == third,
        _ => false,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    pub(in crate::report::field) const LINES: &[&str] = &[
        "",
        "---",
        "- **Severity:** P0 - ImportError",
        "- **Tests:**",
        "- **SLA**: <24h",
        "- **Path:** C:\\",
        "- **A:** b | **C:** d ·",
        "- plain text",
        "- Status: open",
        "- **Status: fixed** (a new relay)",
        "**Severity/status:** P1 / CONFIRMED",
        "- |a|b|",
        "- ** *",
        "- `code`",
        "- 1. x",
        "- [ ] task",
        "-",
        "-   ",
        "* other",
        "  - tests/a.py",
        "  - ```",
        "  ```bash",
        "  ```",
        "  ~~~",
        "  <pre>",
        "  </pre>",
        "  x <!-- y",
        "  more **text:** of it",
        "  ---",
        "  -",
        "  - - -",
        "  ===",
        "  |---|---|",
        "  1. Remove",
        "  > quote",
        "    deep",
        "  ",
        " one",
        "\ttab",
        "**Severity:** High",
        "**Status:** open\\",
        "Severity: Low",
        "flaky on CI",
        "Text that runs on",
        "severity of **it:** all",
        "|a|b|",
        "===",
        "# heading",
        "### Severity: P1",
        "```",
        "> quote",
        "1. one",
        "高：x",
        "[a]: b",
        "<div>",
    ];

    fn holds(text: &str) {
        let base = format!("#\n{text}").into_bytes();
        let span = Span::new(2, base.len() as u32);
        if let Some(found) = fields(&base, span, &METHODOLOGY) {
            assert_eq!(found, Field::scanned(&base, span, &METHODOLOGY), "{text}");
        }
    }

    proptest! {
        /// A save would write beside a field, or be refused for what is written well.
        #[test]
        fn what_is_found_is_what_a_scan_finds(
            lines in prop::collection::vec((prop::sample::select(LINES), prop::sample::select(&["\n", "\n", "\n", "\r\n", "\r"][..])), 1..14),
        ) {
            holds(&lines.iter().flat_map(|(line, end)| [*line, *end]).collect::<String>());
        }

        #[test]
        fn a_few_usual_lines_are_what_a_scan_finds(
            lines in prop::collection::vec(prop::sample::select([&LINES[..8], &LINES[17..26], &LINES[37..42]].concat()), 1..9),
            ends in any::<bool>(),
        ) {
            holds(&(lines.join("\n") + if ends { "\n" } else { "" }));
        }

        #[test]
        fn any_text_is_what_a_scan_finds(text in "(- )?([-*a| :=<`~>\\\\\n\r]{0,9}\n|  [-a| :=`<]{0,6}\n|- \\*\\*A:\\*\\* [a*|\\\\]{0,4}\n){0,8}") {
            holds(&text);
        }
    }

    #[test]
    fn a_usual_bug_needs_no_scan() {
        let text = "#\n- **Severity:** P0\n- **Tests:**\n  - a.py\n- **How:**\n  ```sh\n  x\n  ```\n- **Status:** new\n\n---\n\n**Fix:** none\n";
        let base = text.as_bytes();
        let found = fields(base, Span::new(2, base.len() as u32), &METHODOLOGY).unwrap();
        let names: Vec<&str> = found.iter().map(|field| &text[field.name.range()]).collect();
        assert_eq!(names, ["Severity", "Tests", "How", "Status", "Fix"]);
        assert_eq!(&text[found[1].lines.range()], "- **Tests:**\n  - a.py\n");
    }
}

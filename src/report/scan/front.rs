//! Front matter: a block of metadata between `---` and `---` or `...` at the very start of a report.
//!
//! It is one only if it closes; the line after the first must be neither blank nor the closing one.

use super::cursor::{is_blank, run};
use crate::text::line::{self, Lines};
use crate::text::span::Span;

/// The front matter of a report, its delimiter lines included; `start` is the offset after a byte order
/// mark.
pub(super) fn find(base: &[u8], start: u32) -> Option<Span> {
    let mut lines = line::lines(base, Span::new(start, base.len() as u32));
    let opening = lines.next()?.text.of(base);
    let content = lines.clone().next()?.text.of(base);
    let opens = run(opening, b'-') == 3 && is_blank(&opening[3..]);
    let fits = opens && !is_blank(content) && !closes(content);
    if fits { closing(base, lines).map(|end| Span::new(start, end)) } else { None }
}

fn closing(base: &[u8], mut lines: Lines<'_>) -> Option<u32> {
    lines.find(|line| closes(line.text.of(base))).map(|line| line.end)
}

fn closes(line: &[u8]) -> bool {
    let closed = line.strip_prefix(b"---").or_else(|| line.strip_prefix(b"..."));
    closed.is_some_and(|after| after.iter().all(|byte| *byte == b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_closes_or_is_none() {
        let cases: [(&[u8], Option<u32>); 7] = [
            (b"---\na: 1\n---\n# x\n", Some(13)),
            (b"--- \r\na: 1\r\n...", Some(15)),
            (b"---\na: 1\n", None),
            (b"---\n\na: 1\n---\n", None),
            (b"---\n---\n", None),
            (b"----\na: 1\n---\n", None),
            (b"---", None),
        ];
        for (base, end) in cases {
            assert_eq!(find(base, 0).map(|span| span.end), end, "{}", base.escape_ascii());
        }
    }
}

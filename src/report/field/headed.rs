//! Fields whose name is a heading of its own, and whose value is the line below it: `### Severity`, `High`.
//!
//! What else stands below such a heading is text, unless the bug has its severity, scope or status so.

use super::Field;
use super::parts::trailing_colon;
use crate::methodology::{FieldKind, Methodology};
use crate::report::section::has_words;
use crate::report::table;
use crate::text::{Span, line, lossy};

/// How long such a name may be, in bytes.
const NAME_MOST: usize = 40;

/// How long the line below may be, in bytes.
const LINE_MOST: usize = 200;

/// Which fields are told by a heading and the line below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Kinds {
    /// Those that rate a bug or say what it affects or what has become of it, by a value that is known.
    Values,
    /// All whose name is known but those that call a bug or describe it.
    All,
}

/// The field that a heading with this text and the paragraph of one line right below it are.
pub(in crate::report) fn read(
    base: &[u8],
    text: Span,
    lines: Span,
    own: Span,
    kinds: Kinds,
    methodology: &Methodology,
) -> Option<Field> {
    let (name, kind) = name_of(base, text, methodology)?;
    let line = only_line(base, own)?;
    let value = line.text.trim(base);
    let field = Field { lines: lines.join(line.whole()), name, value, in_cell: false };
    let is_such = match kinds {
        Kinds::All => !is_of_text(kind),
        Kinds::Values => field.leads_with_value(base, kind, methodology),
    };
    is_such.then_some(field)
}

/// The line right below a heading that is what a field of a kind is called, where that is a paragraph of its own.
pub(in crate::report) fn line_below(
    base: &[u8],
    text: Span,
    own: Span,
    kind: FieldKind,
    methodology: &Methodology,
) -> Option<Span> {
    let is_such = name_of(base, text, methodology).is_some_and(|(_, named)| named == kind);
    let line = is_such.then(|| only_line(base, own)).flatten();
    line.map(|line| line.text.trim(base))
}

/// The name of a field that a heading says and nothing else, and its kind.
fn name_of(base: &[u8], text: Span, methodology: &Methodology) -> Option<(Span, FieldKind)> {
    if text.len() > NAME_MOST {
        return None;
    }
    let name = table::plain(base, text);
    let name = trailing_colon(name.of(base)).map_or(name, |colon| name.part(0..name.len() - colon));
    Some((name, methodology.fields().kind_of(name.of(base))?))
}

/// The line that the first paragraph of a text is, or that a hard break parts from the rest of it.
fn only_line(base: &[u8], own: Span) -> Option<line::Line> {
    let mut lines = line::lines(base, own).skip_while(|line| line.text.trim(base).is_empty());
    let line = lines.next()?;
    let (text, next) = (line.text.of(base), lines.next());
    let breaks = text.ends_with(b"  ") || text.ends_with(b"\\");
    let ends = breaks || next.is_none_or(|next| next.text.trim(base).is_empty());
    let is_text = match text {
        [b'*', b'*', ..] => true,
        [b' ' | b'\t' | b'-' | b'*' | b'+' | b'>' | b'|' | b'<' | b'`' | b'~' | b'[', ..] => false,
        [b'0'..=b'9', ..] => !is_counted(text),
        _ => true,
    };
    (ends && is_text && text.len() <= LINE_MOST).then_some(line)
}

/// Whether what stands below such a name calls a bug or describes it.
fn is_of_text(kind: FieldKind) -> bool {
    use FieldKind::{Cause, Description, Error, File, Id, Impact, Rationale, Reproduction, Test, Title};
    matches!(kind, Cause | Description | Error | File | Id | Impact | Rationale | Reproduction | Test | Title)
}

/// Whether a text begins as an item of a numbered list does.
fn is_counted(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(text[digits..], [b'.' | b')'] | [b'.' | b')', b' ' | b'\t', ..])
}

impl Field {
    /// Whether its value begins with what a field of its kind says: a level, or a status.
    fn leads_with_value(&self, base: &[u8], kind: FieldKind, methodology: &Methodology) -> bool {
        use FieldKind::{Priority, Risk, Scope, Severity, Status};
        let value = self.value.of(base);
        match kind {
            Severity | Priority | Risk => {
                self.rated(base, methodology).is_some_and(|(_, found)| found.is_some())
            }
            Status => {
                methodology.read_status(value).is_some_and(|found| !has_words(&value[..found.span.start]))
            }
            Scope => methodology.scope_named(&lossy(value)).is_some(),
            _ => false,
        }
    }
}

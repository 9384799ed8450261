//! Counts by status that stand side by side, be it behind the count of all of them: `✅ 1 fixed, 2 open`, `3 (1 fixed, 2 open)`.

use super::line::split;
use super::number::Number;
use super::subject::Subject;
use super::{Count, Of};
use crate::methodology::Methodology;
use crate::report::section::has_words;
use crate::text::Span;

/// A count of the bugs of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its digits.
    pub(super) span: Span,
    pub(super) of: Of,
    pub(super) count: Count,
}

/// The counts of a text that says nothing else.
pub(super) fn parts(base: &[u8], text: Span, methodology: &Methodology) -> Option<Vec<Part>> {
    if !text.of(base).iter().any(u8::is_ascii_digit) {
        return None;
    }
    let read = |part: Span| {
        let bytes = part.of(base);
        let at = bytes.iter().position(u8::is_ascii_digit).filter(|at| !has_words(&bytes[..*at]))?;
        let number = Number::leading(&bytes[at..])?;
        let of = status_alone(&bytes[at + number.end..], methodology)?;
        let span = part.part(at + number.digits.start..at + number.digits.end);
        Some(Part { span, of, count: number.count })
    };
    split(base, text).into_iter().map(read).collect()
}

/// The same in the brackets that a text begins with.
pub(super) fn bracketed(base: &[u8], text: Span, methodology: &Methodology) -> Option<Vec<Part>> {
    let text = text.trim(base);
    let bytes = text.of(base);
    let close = bytes.strip_prefix(b"(").and_then(|inner| memchr::memchr(b')', inner))?;
    parts(base, text.part(1..1 + close), methodology)
}

/// What a count is of by the brackets behind it: of bugs that are open, as in `1 (remaining)`.
pub(super) fn of_open(remark: &[u8], methodology: &Methodology) -> Option<Of> {
    let inner = remark.trim_ascii().strip_prefix(b"(")?.strip_suffix(b")")?;
    let of = status_alone(inner, methodology)?;
    of.status().filter(|status| !methodology.status(*status).closes).map(|_| of)
}

/// The status that a text names, if it says nothing else.
fn status_alone(text: &[u8], methodology: &Methodology) -> Option<Of> {
    let subject = Subject::read(text, methodology)?;
    let is_else = subject.level.is_some() || subject.has_more || subject.has_noun || subject.is_total;
    (!is_else && subject.of != Of::All).then_some(subject.of)
}

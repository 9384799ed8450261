//! Ratings that something else stands beside: in bold with their names, before a remark, `**Status: fixed** (in 1.2)`, or in a
//! row of names and values, `Area: sails · Severity: High`, `Severity: High   Confidence: Low`, or behind other sentences.

use super::Field;
use super::parts::plain;
use crate::methodology::Methodology;
use crate::text::Span;

/// What parts names and values that stand in a row.
const BESIDE: [&str; 3] = [" · ", " | ", "   "];

impl Field {
    /// The field of a text that begins with a name and its value in one bold run, where that is a level or a status and nothing
    /// but that; in any other a sentence begins.
    pub(in crate::report) fn rating_in_bold(
        base: &[u8],
        text: Span,
        lines: Span,
        methodology: &Methodology,
    ) -> Option<Field> {
        let text = text.trim(base);
        let inner = text.of(base).strip_prefix(b"**")?;
        let length = memchr::memmem::find(inner, b"**")?;
        let (name, value, end) = plain(&inner[..length])?;
        let part = |start: usize, end: usize| text.part(start + 2..end + 2).trim(base);
        let field = Field { lines, name: part(name.0, name.1), value: part(value, end), in_cell: false };
        field.is_rating(base, methodology).then_some(field)
    }

    /// The severity that is a sentence of its own behind others: `It tears at sea. Severity: high. Sew it.`
    pub(in crate::report) fn said(
        base: &[u8],
        text: Span,
        lines: Span,
        methodology: &Methodology,
    ) -> Option<Field> {
        let bytes = text.of(base);
        let starts = memchr::memchr_iter(b' ', bytes).map(|at| at + 1);
        let starts = starts.filter(|at| bytes[..at - 1].ends_with(b".") || bytes[..at - 1].ends_with(b"**"));
        let sentence = |start: usize| {
            let length = memchr::memmem::find(&bytes[start..], b". ").unwrap_or(bytes.len() - start);
            let sentence = text.part(start..start + length);
            let is_ended = sentence.of(base).ends_with(b".");
            Span::new(sentence.start, sentence.end - u32::from(is_ended))
        };
        let mut read = starts.filter_map(|start| Field::read(base, sentence(start), lines));
        read.find(|field| field.rates_alone(base, methodology))
    }

    /// The fields that a line is which signs part, where one of them is a level or a status and nothing but that.
    pub(in crate::report) fn ratings_beside(
        base: &[u8],
        text: Span,
        lines: Span,
        methodology: &Methodology,
    ) -> Option<Vec<Field>> {
        let (fields, _) = in_row(base, text, lines)?;
        fields.iter().any(|field| field.is_rating(base, methodology)).then_some(fields)
    }

    /// The fields that a line is which signs part, where it is nothing else; beside a row with a rating they are so, too.
    pub(in crate::report) fn row(base: &[u8], text: Span, lines: Span) -> Option<Vec<Field>> {
        let (fields, parts) = in_row(base, text, lines)?;
        (fields.len() == parts).then_some(fields)
    }
}

/// The fields between the signs of a line, and how many parts it has.
fn in_row(base: &[u8], text: Span, lines: Span) -> Option<(Vec<Field>, usize)> {
    let bytes = text.of(base);
    let sign = BESIDE.into_iter().find(|sign| memchr::memmem::find(bytes, sign.as_bytes()).is_some())?;
    let ends = memchr::memmem::find_iter(bytes, sign.as_bytes()).chain([bytes.len()]);
    let (mut start, mut count) = (0, 0);
    let parts = ends.map(|end| {
        let part = text.part(start..end);
        start = end + sign.len();
        count += 1;
        part
    });
    let fields = parts.filter_map(|part| Field::read(base, part, lines)).collect();
    Some((fields, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A severity that was changed once would be lost.
    #[test]
    fn a_rating_in_bold_may_have_a_remark() {
        let methodology = Methodology::embedded();
        let value = |text: &str| {
            let base = text.as_bytes();
            let field = Field::rating_in_bold(base, Span::whole(base), Span::whole(base), &methodology)?;
            Some(text[field.value.range()].to_owned())
        };
        assert_eq!(value("**Severity: High.** It sticks.").as_deref(), Some("High."));
        let noted = value("**Severity: Low (downgraded from High).** It sticks.");
        assert_eq!(noted.as_deref(), Some("Low (downgraded from High)."));
        assert_eq!(value("**Severity: High and rising.** It sticks."), None);
    }

    #[test]
    fn a_severity_may_be_a_sentence_of_its_own() {
        let methodology = Methodology::embedded();
        let value = |text: &str| {
            let base = text.as_bytes();
            let field = Field::said(base, Span::whole(base), Span::whole(base), &methodology)?;
            Some(text[field.value.range()].to_owned())
        };
        assert_eq!(value("It sticks. Severity: high. Oil it.").as_deref(), Some("high"));
        assert_eq!(value("**It sticks.** Severity: low.").as_deref(), Some("low"));
        for text in
            ["It sticks. Severity: high and rising.", "It sticks, severity: high.", "Severity is high."]
        {
            assert_eq!(value(text), None, "{text}");
        }
    }
}

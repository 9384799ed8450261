//! A rating that stands in bold with its name, before a remark on it: `**Status: fixed** (in 1.2)`.

use super::Field;
use super::parts::plain;
use crate::methodology::Methodology;
use crate::text::Span;

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
}

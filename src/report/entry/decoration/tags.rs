//! Tags in brackets beside each other, of which one names a level: `[editor][P1][tables] Title`, `[BUG][High] Title`.

use std::ops::Range;

use super::{Says, whole};
use crate::methodology::{LevelId, Methodology};
use crate::report::entry::IdKind;
use crate::report::entry::id;

/// How long a tag may be, in bytes.
const TAG_MOST: usize = 40;

/// Tags in a row, of which one names a level and at least one is a word that says nothing of the bug.
pub(super) struct Tags {
    pub(super) level: LevelId,
    /// The words for the level.
    pub(super) severity: Range<usize>,
    /// The status that one of them names.
    pub(super) status: Option<Range<usize>>,
    pub(super) end: usize,
}

impl Tags {
    /// The tags that stand at a place. Where one of them may be an id they are none.
    pub(super) fn at(text: &[u8], at: usize, methodology: &Methodology) -> Option<Tags> {
        let mut end = at;
        let (mut level, mut status, mut has_word) = (None, None, false);
        while let Some(inside) = tag(text, end) {
            let said = whole(&text[inside.clone()], methodology);
            let moved = |span: Range<usize>| inside.start + span.start..inside.start + span.end;
            match said {
                Some((Says::Level(id), span)) if level.is_none() => level = Some((id, moved(span))),
                Some((Says::Status, span)) if status.is_none() => status = Some(moved(span)),
                None if is_word(text, end, methodology) => has_word = true,
                _ => return None,
            }
            end = inside.end + 1;
        }
        let (level, severity) = level.filter(|_| has_word)?;
        Some(Tags { level, severity, status, end })
    }
}

/// What is in the square brackets that stand at a place, and are no link.
fn tag(text: &[u8], at: usize) -> Option<Range<usize>> {
    let inside = text[at..].strip_prefix(b"[")?;
    let length = inside.iter().take(TAG_MOST).position(|byte| *byte == b']').filter(|length| *length > 0)?;
    let is_plain = !inside[..length].contains(&b'[') && !matches!(inside[length + 1..], [b'(', ..]);
    is_plain.then_some(at + 1..at + 1 + length)
}

/// Whether the tag at a place is no id such as `[BUG-7]`; small letters with a number are none: `[audit-2024]`.
fn is_word(text: &[u8], at: usize, methodology: &Methodology) -> bool {
    text[at + 1].is_ascii_lowercase()
        || id::leading(text, at, methodology).is_none_or(|id| id.kind < IdKind::Number)
}

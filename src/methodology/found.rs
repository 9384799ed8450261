//! Levels and statuses that a text names.

use std::ops::Range;

use super::{Hit, LevelId, Methodology, StatusId};

/// A level that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The level.
    pub level: LevelId,
    /// The bytes of the text that name it.
    pub span: Range<usize>,
}

/// A status that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundStatus {
    /// The status.
    pub status: StatusId,
    /// The bytes of the text that name it.
    pub span: Range<usize>,
}

impl Methodology {
    /// The first whole word or emoji of a text that names a level. Where such a word follows an emoji at
    /// once, the word says which level, and the span is that of both: reports write `🔴 High` too.
    /// Takes any bytes, never allocates.
    pub fn read_level(&self, text: &[u8]) -> Option<Found> {
        let hit = self.words.levels.first_spoken(text)?;
        Some(self.translated(text, hit))
    }

    /// The first whole word or emoji of a text that names a status, as for levels: `⚠️ FIXED` is fixed. The box of a task
    /// that is all of the text names one, too. Takes any bytes, never allocates.
    pub fn read_status(&self, text: &[u8]) -> Option<FoundStatus> {
        let named = self.words.statuses.first_spoken(text);
        let named = named.map(|hit| FoundStatus { status: hit.value, span: hit.span });
        named.or_else(|| {
            Some(FoundStatus { status: self.status_of_box(is_ticked(text)?)?, span: 0..text.len() })
        })
    }

    /// What the box of a task says: that nothing is left to do, or that nothing was done.
    fn status_of_box(&self, is_ticked: bool) -> Option<StatusId> {
        self.status_ids().find(|status| self.status(*status).closes == is_ticked)
    }

    /// The level that a text begins with, a sign and the word after it together. Takes any bytes, never
    /// allocates.
    #[inline]
    pub fn leading_level(&self, text: &[u8]) -> Option<Found> {
        let hit = self.words.levels.leading_spoken(text)?;
        Some(self.translated(text, hit))
    }

    /// A word for a level with the brackets behind it that say it in English. Where that is another level, it is the less
    /// severe of both: `严重` may be critical or major, and `Minor` medium or low.
    #[inline]
    fn translated(&self, text: &[u8], hit: Hit<LevelId>) -> Found {
        let word = Found { level: hit.value, span: hit.span };
        let is_foreign = !hit.sign && text[..word.span.end].last().is_some_and(|byte| !byte.is_ascii());
        let translation = is_foreign.then(|| self.translation(text, word.span.end)).flatten();
        match translation {
            Some((level, end)) => Found { level: word.level.max(level), span: word.span.start..end },
            None => word,
        }
    }

    /// The level that brackets name which stand at a place and hold nothing but an English word for it, and where they end.
    fn translation(&self, text: &[u8], at: usize) -> Option<(LevelId, usize)> {
        let rest = text[at..].trim_ascii_start();
        let rest = rest.strip_prefix(b"(").or_else(|| rest.strip_prefix("（".as_bytes()))?;
        let word = self.words.levels.leading(rest).filter(|word| rest[..word.span.end].is_ascii())?;
        let rest = &rest[word.span.end..];
        let rest = rest.strip_prefix(b")").or_else(|| rest.strip_prefix("）".as_bytes()))?;
        Some((word.value, text.len() - rest.len()))
    }

    /// The status that a text begins with, as for levels.
    #[inline]
    pub fn leading_status(&self, text: &[u8]) -> Option<FoundStatus> {
        let hit = self.words.statuses.leading_spoken(text)?;
        Some(FoundStatus { status: hit.value, span: hit.span })
    }
}

/// Whether a text that is the box of a task is a ticked one; `None` for any other text.
pub fn is_ticked(text: &[u8]) -> Option<bool> {
    match text {
        b"[ ]" => Some(false),
        b"[x]" | b"[X]" => Some(true),
        _ => None,
    }
}

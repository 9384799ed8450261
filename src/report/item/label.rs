//! Lines that say nothing but a level and head the list below them, as a heading would: `**Critical:**`.

use crate::methodology::{LevelId, Methodology};
use crate::report::entry::Entry;
use crate::report::scan::{Kind, Mark};
use crate::report::section::{Section, SectionIx, has_words, level_of};
use crate::text::Span;

/// How long a label may be, in bytes.
const LABEL_MOST: usize = 80;

/// How deep sections are that labels head: deeper than those of headings.
pub(in crate::report) const LABEL_DEPTH: u8 = 7;

/// A label.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Label {
    /// Its line, with its end.
    pub(in crate::report) lines: Span,
    title: Span,
    level: LevelId,
    word: Span,
    /// Its own mark, among the marks of the text.
    pub(super) at: usize,
}

impl Label {
    /// The section that it heads, up to `end`.
    pub(in crate::report) fn section(&self, end: u32, parent: Option<SectionIx>) -> Section {
        Section {
            span: Span::new(self.lines.start, end),
            heading: self.lines,
            title: self.title,
            depth: LABEL_DEPTH,
            level: Some(self.level),
            word: self.word,
            parent,
        }
    }

    fn of(base: &[u8], at: usize, mark: &Mark, methodology: &Methodology) -> Option<Label> {
        let text = mark.text.of(base);
        if mark.kind != Kind::Paragraph
            || text.len() > LABEL_MOST
            || text.contains(&b'\n')
            || !is_set_off(text)
        {
            return None;
        }
        let entry = Entry::read(base, mark.text, methodology);
        let (level, sign) = level_of(base, mark.text, methodology)?;
        let behind = || level_of(base, Span::new(sign.end, mark.text.end), methodology).map(|(_, word)| word);
        let word = if has_words(sign.of(base)) { sign } else { behind().unwrap_or(sign) };
        let is_bare = entry.id.is_empty() && entry.named().is_bare_level(base, methodology);
        is_bare.then_some(Label { lines: mark.lines, title: mark.text, level, word, at })
    }
}

/// Whether a line is in bold to its end or ends with a colon.
fn is_set_off(text: &[u8]) -> bool {
    text.ends_with(b"**") || text.ends_with(b":") || text.ends_with("：".as_bytes())
}

/// The labels at the top of a text that have a list right below them.
pub(super) fn labels(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Vec<Label> {
    let top: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].place.is_top()).collect();
    let heads = top.windows(2).filter(|pair| matches!(marks[pair[1]].kind, Kind::Item { .. }));
    heads.filter_map(|pair| Label::of(base, pair[0], &marks[pair[0]], methodology)).collect()
}

//! Lines that say nothing but a level and head the list below them, as a heading would: `**Critical:**`; and what is set
//! off as they are beside them, be it without a level: `**Recommendations**`.

use crate::methodology::{HeadingWord, LevelId, Methodology};
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
    level: Option<LevelId>,
    word: Span,
    /// What one without a level begins with.
    pub(in crate::report) begins: Option<HeadingWord>,
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
            level: self.level,
            word: self.word,
            status: Span::empty(self.title.start),
            parent,
        }
    }

    fn of(base: &[u8], at: usize, mark: &Mark, methodology: &Methodology) -> Option<Label> {
        if !may_head(base, mark) {
            return None;
        }
        let entry = Entry::read(base, mark.text, methodology);
        let (level, sign) = level_of(base, mark.text, methodology)?;
        let behind = || level_of(base, Span::new(sign.end, mark.text.end), methodology).map(|(_, word)| word);
        let word = if has_words(sign.of(base)) { sign } else { behind().unwrap_or(sign) };
        let is_bare = entry.id.is_empty() && entry.named().is_bare_level(base, methodology);
        is_bare.then_some(Label {
            lines: mark.lines,
            title: mark.text,
            level: Some(level),
            word,
            begins: None,
            at,
        })
    }

    /// A line that is all in bold as this label is, and names no bug.
    fn beside(&self, base: &[u8], at: usize, mark: &Mark, methodology: &Methodology) -> Option<Label> {
        let [own, other] = [self.title, mark.text].map(|text| bold(text.of(base)));
        let is_alike =
            own.zip(other).is_some_and(|(own, other)| own.ends_with(b":") == other.ends_with(b":"));
        if !is_alike || !may_head(base, mark) || !Entry::read(base, mark.text, methodology).id.is_empty() {
            return None;
        }
        let (level, word) = level_of(base, mark.text, methodology).unzip();
        let begins = methodology.headings().leading(other.unwrap_or_default()).map(|(word, _)| word);
        let begins = begins.filter(|_| level.is_none());
        let word = word.unwrap_or(Span::empty(mark.text.start));
        Some(Label { lines: mark.lines, title: mark.text, level, word, begins, at })
    }
}

/// Whether a paragraph is one short line that is set off.
fn may_head(base: &[u8], mark: &Mark) -> bool {
    let text = mark.text.of(base);
    mark.kind == Kind::Paragraph && text.len() <= LABEL_MOST && !text.contains(&b'\n') && is_set_off(text)
}

/// What a line that is all in bold has between the marks.
fn bold(text: &[u8]) -> Option<&[u8]> {
    let inner = text.strip_prefix(b"**")?.strip_suffix(b"**")?;
    memchr::memmem::find(inner, b"**").is_none().then_some(inner)
}

/// Whether a line is in bold to its end or ends with a colon.
fn is_set_off(text: &[u8]) -> bool {
    text.ends_with(b"**") || text.ends_with(b":") || text.ends_with("：".as_bytes())
}

/// The labels at the top of a text that have a list right below them.
pub(super) fn labels(base: &[u8], marks: &[Mark], methodology: &Methodology) -> Vec<Label> {
    let top: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].place.is_top()).collect();
    let heads = top.windows(2).filter(|pair| matches!(marks[pair[1]].kind, Kind::Item { .. }));
    let heads = heads.map(|pair| (pair[0], &marks[pair[0]]));
    let bare: Vec<Label> =
        heads.clone().filter_map(|(at, mark)| Label::of(base, at, mark, methodology)).collect();
    let Some(first) = bare.first() else { return bare };
    let is_bare = |at: usize| bare.iter().find(|label| label.at == at).copied();
    heads.filter_map(|(at, mark)| is_bare(at).or_else(|| first.beside(base, at, mark, methodology))).collect()
}

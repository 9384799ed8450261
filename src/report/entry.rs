//! The parts of the text that names a bug, be it a heading, a cell or the start of a list item: its id,
//! its title, and what decorates them with a level or a status.
//!
//! A decoration stands before the title or behind it, set off by brackets, an emoji, a dash or a
//! colon. A word for a level inside the title is a word of the title, nothing else.

pub(super) mod decoration;
mod id;
mod plain;

use super::inline::{closing, marks, separator};
use super::section::has_words;
use crate::methodology::{LevelId, Methodology};
use crate::text::Span;
use decoration::{Clarity, Decoration, Says};
pub(super) use id::IdKind;

/// What a text says of a bug. A part that is not there is an empty span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The id.
    pub(super) id: Span,
    /// How sure it is that this is an id.
    pub(super) id_kind: IdKind,
    /// The title, without the emphasis around it; the whole text where nothing decorates it.
    pub(super) title: Span,
    /// The words that name the level, as one run: `🔴 Critical`, `CRITICAL - P0`.
    pub(super) severity: Span,
    /// The level they name; the first of a run.
    pub(super) level: Option<LevelId>,
    /// Further places that name a level: the emoji before a title that ends in `(HIGH)`.
    pub(super) echoes: [Span; 2],
    /// What has become of the bug: `✅ FIXED`.
    pub(super) status: Span,
    /// Whether the level stands in a note: `(Severity: High)`.
    pub(super) is_noted: bool,
}

/// What of it tells a bug from others, and from what is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: Span,
    pub(super) id_kind: IdKind,
    pub(super) title: Span,
    pub(super) severity: Span,
    pub(super) level: Option<LevelId>,
}

impl Entry {
    /// Reads a text such as `BUG-001: Title`, `[P1] Title`, `2. 🔴 High: Title`, `Title (High) ✅ FIXED`.
    pub(super) fn read(base: &[u8], text: Span, methodology: &Methodology) -> Entry {
        let text = text.trim(base);
        plain::read(base, text, methodology).unwrap_or_else(|| Entry::looked_through(base, text, methodology))
    }

    /// The same of a text without blanks around it, all that may decorate it looked for.
    fn looked_through(base: &[u8], text: Span, methodology: &Methodology) -> Entry {
        let whole = unlinked(base, text).unwrap_or(text);
        let entry = Entry::bare(whole);
        let mut reader = Reader { base, methodology, rest: whole, entry, clarity: Clarity::Sign };
        reader.lead();
        reader.take_status();
        reader.trail();
        reader.entry.title = outside_emphasis(base, whole, reader.rest);
        reader.entry
    }

    /// A title that nothing decorates.
    fn bare(title: Span) -> Entry {
        let none = Span::empty(title.start);
        Entry {
            id: none,
            id_kind: IdKind::None,
            title,
            severity: none,
            level: None,
            echoes: [none; 2],
            status: none,
            is_noted: false,
        }
    }

    /// What of it tells a bug from others.
    pub(super) fn named(&self) -> Named {
        let Entry { id, id_kind, title, severity, level, .. } = *self;
        Named { id, id_kind, title, severity, level }
    }
}

impl Named {
    /// Whether the text names a level and no bug: `High Priority Issues (4)`.
    pub(super) fn is_bare_level(&self, base: &[u8], methodology: &Methodology) -> bool {
        if self.level.is_none() {
            return false;
        }
        let title = self.title.of(base);
        let remark =
            title.first().is_none_or(|byte| b"([".contains(byte)) || title.starts_with("（".as_bytes());
        !is_place(title)
            && (remark
                || !has_words(title)
                || decoration::is_nouns(title, methodology)
                || decoration::is_levels(title, methodology))
    }
}

impl Entry {
    /// Keeps a further place that names a level.
    pub(super) fn echo(&mut self, span: Span) {
        if span.is_empty() || self.severity == span || self.echoes.contains(&span) {
            return;
        }
        if let Some(free) = self.echoes.iter_mut().find(|echo| echo.is_empty()) {
            *free = span;
        }
    }
}

/// Takes decorations off both ends of a text.
struct Reader<'a> {
    base: &'a [u8],
    methodology: &'a Methodology,
    /// What is left of the text.
    rest: Span,
    entry: Entry,
    /// How clearly the level is named that was found.
    clarity: Clarity,
}

impl Reader<'_> {
    /// Keeps what a decoration says. Of two that name a level the clearer one speaks, else the first.
    fn keep(&mut self, found: Decoration) {
        let found = found.moved(self.rest.start);
        let entry = &mut self.entry;
        if let Some(status) = found.beside.filter(|_| entry.status.is_empty()) {
            entry.status = status;
        }
        match found.says {
            Says::Status if entry.status.is_empty() => entry.status = found.span,
            Says::Level(level) if entry.level.is_none() || found.clarity > self.clarity => {
                let before = std::mem::replace(&mut entry.severity, found.span);
                entry.echo(before);
                entry.is_noted = found.is_noted;
                (entry.level, self.clarity) = (Some(level), found.clarity);
            }
            Says::Level(_) => entry.echo(found.span),
            Says::Status | Says::Nothing => {}
        }
    }

    fn lead(&mut self) {
        loop {
            let text = self.rest.of(self.base);
            let at = marks(text);
            let found = decoration::leading(text, at, self.methodology);
            if let Some((found, end)) = found {
                self.keep(found);
                self.rest.start += end as u32;
                continue;
            }
            if !self.take_id(text, at) {
                return;
            }
        }
    }

    /// Takes an id. One with a name beats the number before it: `3.2 BUG-7: Title`, `Defect 1 (BUG-7): Title`.
    fn take_id(&mut self, text: &[u8], at: usize) -> bool {
        let has_number = match self.entry.id_kind {
            IdKind::None => false,
            IdKind::Number => true,
            IdKind::Short if text[at..].starts_with(b"(") => true,
            _ => return false,
        };
        let Some(found) = id::leading(text, at, self.methodology) else { return false };
        let is_set_off = || separator(&text[found.span.end..]).is_some() || text[at..].starts_with(b"[");
        let is_named = found.kind == IdKind::Name || found.kind == IdKind::Short && is_set_off();
        let is_kind = || id::is_of_catalogue(&text[found.span.clone()]);
        if has_number && (!is_named || found.end >= text.len() || is_kind()) {
            return false;
        }
        self.entry.id = self.rest.part(found.span);
        self.entry.id_kind = found.kind;
        self.rest.start += found.end as u32;
        true
    }

    /// Takes all that follows an id for the status where it says nothing else: `BUG-7 — FIXED`.
    fn take_status(&mut self) {
        let said = self.entry.status;
        let may_be = self.entry.id_kind >= IdKind::Short && (said.is_empty() || said.covers(self.rest));
        if may_be && decoration::is_status(self.rest.of(self.base), self.methodology) {
            self.entry.status = if said.is_empty() { self.rest } else { said };
            self.rest = Span::empty(self.rest.end);
        }
    }

    fn trail(&mut self) {
        while let Some((found, start)) = decoration::trailing(self.rest.of(self.base), self.methodology) {
            self.keep(found);
            self.rest.end = self.rest.start + start as u32;
        }
    }
}

/// Whether a title is a file in brackets, which names a bug by where it is: `[sail.rs:7-9]`.
pub(super) fn is_place(title: &[u8]) -> bool {
    let Some(inside) = title.strip_prefix(b"[").and_then(|rest| rest.strip_suffix(b"]")) else {
        return false;
    };
    let name = &inside[..memchr::memchr(b':', inside).unwrap_or(inside.len())];
    let ending = memchr::memrchr(b'.', name).map(|dot| &name[dot + 1..]).unwrap_or_default();
    !name.contains(&b' ') && ending.first().is_some_and(u8::is_ascii_alphabetic)
}

/// The text of a link that is all of a text: `Title` of `[Title](https://example.org)`.
fn unlinked(base: &[u8], text: Span) -> Option<Span> {
    let bytes = text.of(base);
    if bytes.first() != Some(&b'[') || bytes.last() != Some(&b')') {
        return None;
    }
    let end = closing(bytes, b'[', b']')?;
    let url = &bytes[end + 1..];
    (url.first() == Some(&b'(') && closing(url, b'(', b')') == Some(url.len() - 1)).then(|| text.part(1..end))
}

/// A title without blanks and without the emphasis that is around all of it; emphasis of which only one
/// end is in comes back whole.
fn outside_emphasis(base: &[u8], whole: Span, title: Span) -> Span {
    let mut title = title.trim(base);
    if memchr::memchr3(b'*', b'_', b'~', whole.of(base)).is_none() {
        return title;
    }
    for mark in [&b"**"[..], b"__", b"~~"] {
        let marks = memchr::memmem::find_iter(title.of(base), mark).count();
        let before = Span::new(whole.start, title.start).of(base);
        let after = Span::new(title.end, whole.end).of(base);
        if marks % 2 == 1 {
            if title.of(base).ends_with(mark) && before.ends_with(mark)
                || title.of(base).ends_with(mark) && marks == 1
            {
                title = title.part(0..title.len() - 2);
            } else if before.ends_with(mark) {
                title = Span::new(title.start - 2, title.end);
            } else if title.of(base).starts_with(mark) {
                title = if after.starts_with(mark) {
                    Span::new(title.start, title.end + 2)
                } else {
                    title.part(2..title.len())
                };
            }
        }
        let text = title.of(base);
        if text.len() > 4
            && text.starts_with(mark)
            && memchr::memmem::find(&text[2..], mark) == Some(text.len() - 4)
        {
            title = title.part(2..text.len() - 2);
        }
        title = title.trim(base);
    }
    title
}

#[cfg(test)]
mod tests;

//! A heading and the text below it, up to the next heading: a bug's, or a section's.
//!
//! A heading is a bug's where it starts with an id, or where a severity field stands right below it.

use rayon::prelude::*;

use super::bug::{Bug, Source};
use super::entry::Entry;
use super::field::Field;
use super::scan::Heading;
use super::section::{self, Section, SectionIx};
use crate::methodology::{LevelId, Methodology};
use crate::text::{Span, line};

/// How deep headings go, and one more.
const DEPTHS: usize = 8;

/// A heading and the text below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) heading: Heading,
    pub(super) is_bug: bool,
    entry: Entry,
    severity: Option<Severity>,
}

/// What a severity field says.
#[derive(Clone, Copy, Debug)]
struct Severity {
    /// The word that names the level, or all of a value that names none.
    word: Span,
    level: Option<LevelId>,
}

/// The parts of a report, in order.
pub(super) fn all<'a>(
    base: &[u8],
    headings: impl Iterator<Item = &'a Heading>,
    methodology: &Methodology,
) -> Vec<Part> {
    let headings: Vec<Heading> = headings.copied().collect();
    let read = |at: usize| {
        let end = headings.get(at + 1).map_or(base.len() as u32, |next| next.lines.start);
        Part::read(base, headings[at], end, methodology)
    };
    let mut parts: Vec<Part> = (0..headings.len()).into_par_iter().map(read).collect();
    settle(&mut parts);
    parts
}

/// A heading that has nothing but an id to be a bug by, and has bugs below it, is a section.
fn settle(parts: &mut [Part]) {
    let mut bugs_below = [false; DEPTHS];
    for part in parts.iter_mut().rev() {
        let depth = usize::from(part.heading.level).min(DEPTHS - 1);
        let below = bugs_below[depth + 1..].contains(&true);
        bugs_below[depth + 1..].fill(false);
        part.is_bug &= !(below && part.severity.is_none());
        bugs_below[depth] |= below || part.is_bug;
    }
}

/// Where the bug of part `at` ends: at the next bug's heading, or the next one that is not below it.
pub(super) fn end(parts: &[Part], at: usize, base: &[u8]) -> u32 {
    let depth = parts[at].heading.level;
    let next = parts[at + 1..].iter().find(|part| part.is_bug || part.heading.level <= depth);
    next.map_or(base.len() as u32, |part| part.heading.lines.start)
}

impl Part {
    fn read(base: &[u8], heading: Heading, end: u32, methodology: &Methodology) -> Part {
        let entry = Entry::read(base, heading.text, methodology);
        let has_id = !entry.id.is_empty();
        let body = Span::new(heading.lines.end, end);
        let severity = severity_field(base, body, methodology)
            .filter(|_| has_id || heading.level > 1)
            .map(|field| Severity::read(base, field, methodology));
        Part { heading, entry, severity, is_bug: has_id || severity.is_some() }
    }

    /// The bug that it is, which ends before `end`.
    pub(super) fn bug(&self, end: u32, section: Option<SectionIx>) -> Bug {
        Bug {
            block: Span::new(self.heading.lines.start, end),
            body: self.heading.lines.end,
            id: self.entry.id,
            title: self.entry.title,
            severity: self.severity.map_or(Span::empty(self.heading.lines.start), |severity| severity.word),
            level: self.severity.and_then(|severity| severity.level),
            source: if self.severity.is_some() { Source::Field } else { Source::Nothing },
            section,
        }
    }

    /// The section that it opens; its end is not known yet.
    pub(super) fn section(
        &self,
        base: &[u8],
        parent: Option<SectionIx>,
        methodology: &Methodology,
    ) -> Section {
        let Heading { lines, text, level, .. } = self.heading;
        let names = section::level_of(text.of(base), methodology);
        Section { span: lines, heading: lines, title: text, depth: level, level: names, parent }
    }
}

impl Severity {
    fn read(base: &[u8], field: Field, methodology: &Methodology) -> Severity {
        match methodology.read_level(field.value.of(base)) {
            Some(found) => Severity { word: field.value.part(found.span), level: Some(found.level) },
            None => Severity { word: field.value, level: None },
        }
    }
}

/// The severity field of a text without headings.
fn severity_field(base: &[u8], body: Span, methodology: &Methodology) -> Option<Field> {
    let is_severity = |field: &Field| field.states_severity(base, methodology);
    match glance(base, body, is_severity) {
        Glance::Found(field) => Some(field),
        Glance::Nothing => None,
        Glance::Unsure => Field::all(base, body, body.start).into_iter().find(is_severity),
    }
}

/// What a look at the first bytes of lines tells.
enum Glance {
    Found(Field),
    Nothing,
    /// There is structure that only a scan can tell apart.
    Unsure,
}

/// Looks for a field among lines that are blank or plain bullets, which needs no scan.
fn glance(base: &[u8], body: Span, is_wanted: impl Fn(&Field) -> bool) -> Glance {
    for line in line::lines(base, body) {
        match line.text.of(base) {
            [] => {}
            [b'-' | b'*' | b'+', b' ', first, ..] if *first == b'*' || first.is_ascii_alphabetic() => {
                let text = Span::new(line.text.start + 2, line.text.end);
                match Field::read(base, text, line.whole()).filter(&is_wanted) {
                    Some(field) => return Glance::Found(field),
                    None if text.of(base).starts_with(b"* ") => return Glance::Unsure,
                    None => {}
                }
            }
            _ => return Glance::Unsure,
        }
    }
    Glance::Nothing
}

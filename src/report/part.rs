//! A heading and the text below it, up to the next heading: what it tells of itself, before anything is
//! known of the rest of the report.

mod drawn;
mod naming;
mod stated;

use super::bug::{Bug, Form, Source};
use super::entry::decoration::lists_levels;
use super::entry::{Entry, IdKind, Named, is_place};
use super::field::{Field, Kinds, Weight, headed};
use super::inline::bracketed;
use super::said::Said;
use super::section::{self, Section, SectionIx};
use super::tested;
use super::topic::Topic;
use crate::methodology::{HeadingWord, LevelId, Methodology};
use crate::text::Span;
use drawn::told;
use naming::{named_by_fields, opening_sentence, title_field};
pub(super) use stated::Stated;
use stated::stated;

/// A heading and the text below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) heading: Head,
    /// Whether its line begins with the `#` that makes it one.
    pub(super) is_flush: bool,
    pub(super) entry: Named,
    /// Where the next heading begins.
    pub(super) end: u32,
    /// Where what it says ends: before the blanks and line ends at its end.
    pub(super) text_end: u32,
    /// What its own fields say of its severity.
    pub(super) stated: Option<Stated>,
    /// Whether several of its fields state a severity, as those of bugs that stand in it would.
    pub(super) states_several: bool,
    /// How it stands among headings as deep as it.
    pub(super) flat: Flat,
    /// What of it says something of the bug above, and not of a bug of its own.
    pub(super) field: Fielded,
    /// The level that it gives to what stands below it, if it is a section.
    pub(super) level: Option<LevelId>,
    /// The words that name it, in its heading or in a field of its text.
    pub(super) level_word: Span,
}

/// A heading outside all containers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Its lines.
    pub(super) lines: Span,
    /// Its text.
    pub(super) text: Span,
    /// 1 to 6.
    pub(super) level: u8,
    /// Whether it is underlined.
    pub(super) setext: bool,
}

/// How a heading stands among those as deep as it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    /// As its depth says.
    No,
    /// Those behind it stand below it: it heads a group of them.
    Group,
    /// The same, and is a bug that they say something of.
    Entry,
    /// It ends such a group.
    Beside,
}

/// What of a part says something of the bug above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fielded {
    /// Nothing.
    Nothing,
    /// Its heading, which is a field: `### Severity: P0`.
    Heading,
    /// Its heading names a field, and what that says stands below: `### Severity`, `P0`.
    Name,
    /// Its text, which holds fields: `### Details`.
    Text,
}

/// The parts that begin with these headings, in order, the last of which ends at `end`.
pub(super) fn all(base: &[u8], headings: &[Head], end: u32, methodology: &Methodology) -> Vec<Part> {
    let mut said = Said::new(base, methodology);
    let ends = headings.iter().skip(1).map(|next| next.lines.start).chain([end]);
    headings.iter().zip(ends).map(|(heading, end)| Part::read(&mut said, *heading, end)).collect()
}

impl Part {
    /// The part that begins with a heading and ends before `end`.
    pub(super) fn read(said: &mut Said<'_>, heading: Head, end: u32) -> Part {
        let (base, methodology) = (said.base, said.methodology);
        let text = told(base, heading.text);
        let bare = if text == heading.text { text } else { told(base, text) };
        let heading = Head { text, ..heading };
        let is_flush = !heading.setext && base.get(heading.lines.start as usize) == Some(&b'#');
        let mut entry = Entry::read(base, bare, methodology).named();
        let own = Span::new(heading.lines.end, end);
        let has_id = !entry.id.is_empty();
        let of_heading =
            (!has_id).then(|| Field::of_heading(base, heading.text, heading.lines, methodology)).flatten();
        let named = of_heading.as_ref().and_then(|field| Stated::read(base, field, methodology));
        let may_head = !has_id && of_heading.is_none();
        let below = may_head
            .then(|| headed(base, heading.text, heading.lines, own, Kinds::Values, methodology))
            .flatten();
        let below = below.and_then(|field| Stated::read(base, &field, methodology));
        let (stated, states_several) = match &of_heading {
            _ if below.is_some() => (below, false),
            Some(_) if named.is_none_or(|named| named.level.is_some()) => (named, false),
            _ => {
                let (stated, several) = stated(said, own);
                (stated.or(named), several)
            }
        };
        if !has_id && let Some(title) = Field::titled(base, entry.title, methodology) {
            entry.title = title;
        }
        if entry.title.is_empty() && has_id {
            let told = title_field(base, own, methodology).or_else(|| opening_sentence(base, own));
            entry.title = told.unwrap_or(entry.title);
        }
        if !has_id && entry.level.is_some() && is_place(entry.title.of(base)) {
            entry.title = opening_sentence(base, own).unwrap_or(entry.title);
        }
        if entry.id_kind <= IdKind::Number && stated.is_some_and(|stated| stated.weight == Weight::Severity) {
            named_by_fields(base, own, stated, &mut entry, methodology);
        }
        let (level, level_word) = (None, Span::empty(heading.text.start));
        let field = match of_heading {
            Some(_) => Fielded::Heading,
            None if below.is_some() => Fielded::Name,
            None => Fielded::Nothing,
        };
        let flat = Flat::No;
        let text_end = Span::new(heading.lines.start, end).trim_end(base).end;
        Part {
            heading,
            is_flush,
            entry,
            end,
            text_end,
            stated,
            states_several,
            flat,
            field,
            level,
            level_word,
        }
    }

    /// Reads what it gives to what stands below it; what is a bug gives nothing.
    pub(super) fn name_level(&mut self, base: &[u8], methodology: &Methodology) {
        if self.is_passed_test(base, methodology) {
            return;
        }
        if let Some((level, word)) = level_named(base, self.heading.text, &self.entry, methodology) {
            (self.level, self.level_word) = (Some(level), word);
        }
    }

    /// What its title says by its first word.
    pub(super) fn topic(&self, base: &[u8], methodology: &Methodology) -> Option<Topic> {
        Topic::of(self.entry.title.of(base), methodology.headings())
    }

    /// Whether it is of a test that found nothing.
    pub(super) fn is_passed_test(&self, base: &[u8], methodology: &Methodology) -> bool {
        self.stated.is_none()
            && tested::has_passed(self.heading.text.of(base))
            && !tested::calls_a_bug(self.entry.id.of(base), methodology)
    }

    /// Whether it says right behind a level how many bugs have it: `High (12) - next week`.
    pub(super) fn counts_level(&self, base: &[u8]) -> bool {
        let Named { id, severity, level, .. } = self.entry;
        if level.is_none() || !id.is_empty() || !section::has_words(severity.of(base)) {
            return false;
        }
        let rest = Span::new(severity.end, self.heading.text.end).of(base).trim_ascii_start();
        bracketed(rest).is_some_and(|(inside, _)| rest[inside].iter().all(u8::is_ascii_digit))
    }

    /// The kind of the word that says what stands below it, if it is a section: the one that heads its title, or one for
    /// prose that is its last where it does not speak of bugs, as in `Compliance checklist`.
    pub(super) fn section_word(&self, base: &[u8], methodology: &Methodology) -> Option<HeadingWord> {
        if self.is_passed_test(base, methodology) {
            return Some(HeadingWord::Fine);
        }
        let (title, headings) = (self.entry.title.of(base), methodology.headings());
        let is_prose = |word: &HeadingWord| *word == HeadingWord::Prose;
        let kind = |topic: Topic| topic.kind;
        let whole = || Topic::of(self.heading.text.of(base), headings).map(kind).filter(is_prose);
        let trails = || headings.trailing(title).filter(is_prose);
        let may_trail = || self.entry.id_kind <= IdKind::Number && !headings.has(title, HeadingWord::Bug);
        let heads = self.topic(base, methodology).map(kind);
        heads.or_else(whole).or_else(|| trails().filter(|_| may_trail()))
    }

    /// Whether its heading is more, or less, than an id and a title.
    pub(super) fn is_doubtful(&self) -> bool {
        let Named { id, id_kind, title, severity, level } = self.entry;
        id.is_empty()
            || title.is_empty()
            || id_kind <= IdKind::Number
            || !severity.is_empty()
            || level.is_some()
            || self.field != Fielded::Nothing
            || self.flat != Flat::No
    }

    /// What it states of the bug above. What stands below a heading that is a field is not the heading's to give.
    pub(super) fn lends(&self) -> Option<Stated> {
        self.stated.filter(|stated| match self.field {
            Fielded::Nothing => false,
            Fielded::Heading => self.heading.text.covers(stated.word),
            Fielded::Name | Fielded::Text => true,
        })
    }

    /// Whether a field of its text, and not its heading, says how severe all is that stands in it.
    pub(super) fn is_rated(&self) -> bool {
        !self.heading.text.covers(self.level_word)
    }

    /// How deep it stands: twice the depth of its heading, or one less where others as deep stand below it.
    pub(super) fn rank(&self) -> u8 {
        self.heading.level * 2 - u8::from(self.flat != Flat::No)
    }

    /// Its text, without the heading.
    pub(super) fn own(&self) -> Span {
        Span::new(self.heading.lines.end, self.end)
    }

    /// The bug that it is, which ends before `end`.
    pub(super) fn bug(&self, base: &[u8], end: u32, section: Option<SectionIx>) -> Bug {
        let nothing = (Span::empty(self.heading.lines.start), None, Source::Nothing);
        let field = self
            .stated
            .filter(|stated| stated.word.end <= end)
            .map(|stated| (stated.weight, (stated.word, stated.level, Source::Field)));
        let heading = self.entry.level.map(|level| (self.entry.severity, Some(level), Source::Heading));
        let (severity, level, source) = match (field, heading) {
            (Some((Weight::Severity, field)), _) => field,
            (Some((_, field)), Some((sign, ..)))
                if field.1.is_some() && !section::has_words(sign.of(base)) =>
            {
                field
            }
            (_, Some(heading)) => heading,
            (Some((Weight::Priority, field)), None) => field,
            _ => nothing,
        };
        Bug {
            block: Span::new(self.heading.lines.start, end),
            body: self.heading.lines.end,
            id: self.entry.id,
            title: self.entry.title,
            severity,
            level,
            source,
            section,
            form: Form::Heading,
        }
    }

    /// The section that it opens; its end is not known yet.
    pub(super) fn section(&self, parent: Option<SectionIx>) -> Section {
        let Head { lines, text, level, .. } = self.heading;
        let word = self.level_word;
        let status = Span::empty(text.start);
        Section {
            span: lines,
            heading: lines,
            title: text,
            depth: level,
            level: self.level,
            word,
            status,
            parent,
        }
    }
}

/// What the text of a heading says of a bug.
pub(super) fn entry(base: &[u8], text: Span, methodology: &Methodology) -> Entry {
    Entry::read(base, told(base, text), methodology)
}

/// The level that a heading with this text would give to what stands below it.
pub(super) fn level_of_heading(base: &[u8], text: Span, methodology: &Methodology) -> Option<LevelId> {
    let entry = Entry::read(base, told(base, text), methodology).named();
    level_named(base, text, &entry, methodology).map(|(level, _)| level)
}

/// The level that a heading names for what stands below it, and the words that name it.
fn level_named(base: &[u8], text: Span, entry: &Named, methodology: &Methodology) -> Option<(LevelId, Span)> {
    let title = entry.title.of(base);
    if bracketed(title).is_some_and(|(inside, _)| lists_levels(&title[inside], methodology)) {
        return None;
    }
    let Some(level) = entry.level else {
        let is_drawn = |word: Span| entry.title.covers(word) && !section::has_words(word.of(base));
        let named = section::level_of(base, text, methodology);
        return named.filter(|(_, word)| !entry.id.covers(*word) && !is_drawn(*word));
    };
    let from = Span::new(entry.severity.start, text.end);
    let spoken =
        (!section::has_words(entry.severity.of(base))).then(|| section::level_of(base, from, methodology));
    Some(spoken.flatten().unwrap_or((level, entry.severity)))
}

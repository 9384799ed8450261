//! Where a bug's severity is written: fields, headings, items, cells, notes, sections.
//!
//! What is kept of a bug is only where its parts stand; its sites are read again when they are asked for.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::bug::{Bug, BugIx, Form, Source};
use super::entry::Entry;
use super::field::Field;
use super::loose::BugTable;
use super::mention::Mention;
use super::render::severity;
use super::run::Run;
use super::scan::{Kind, Outline};
use super::section::{Section, SectionIx, has_words};
use super::table::{self, row_cells};
use super::{Report, Site, To, item, note, part};
use crate::methodology::{FieldKind, LevelId};
use crate::text::{Span, line};

/// A site, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) site: Site,
    /// All words there that name the level; the site's own, at least.
    pub(super) run: Span,
    pub(super) stand: Stand,
}

/// What a site stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    Field(Field),
    Heading,
    Item,
    /// Brackets behind a title.
    Note(Field),
    /// A cell, pipes left out, of the table that begins at `table`.
    Cell {
        cell: Span,
        table: u32,
    },
    Section,
}

/// A row, and the table it stands in.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) table: &'a BugTable,
    /// Its cells, pipes left out.
    pub(super) cells: Vec<Span>,
}

/// Severity.
impl Report {
    /// Everywhere the severity of a bug is written, weightiest first.
    pub fn sites(&self, bug: BugIx) -> Vec<Site> {
        self.spots(bug).into_iter().map(|spot| spot.site).collect()
    }

    /// The same, with how each is written.
    pub(super) fn spots(&self, bug: BugIx) -> Vec<Spot> {
        self.spots_by(bug, self.severity_field(bug))
    }

    /// The same where the field that states the severity is known.
    pub(super) fn spots_by(&self, bug: BugIx, field: Option<Field>) -> Vec<Spot> {
        let mut spots: Vec<Spot> = field.map(|field| self.field_spot(bug, field)).into_iter().collect();
        spots.extend(self.decorations(bug));
        if let Some(row) = self.row(bug) {
            spots.extend(self.cell_spot(&row));
        }
        spots.extend(self.note_spot(bug));
        spots.extend(
            self.mentions(bug).iter().filter_map(|mention| self.cell_spot(&self.row_at(mention.row)?)),
        );
        let speaks = |at: &SectionIx| !self.sections[at.at()].is_rated() || self.is_as_rated(bug, *at);
        spots.extend(self.leveled_section(bug).filter(speaks).map(|at| self.section_spot(bug, at)));
        apart(spots)
    }

    /// The field that states the severity of a bug.
    pub(super) fn severity_field(&self, bug: BugIx) -> Option<Field> {
        let Bug { severity, source, form, block, body, .. } = *self.bug(bug);
        if source != Source::Field {
            return None;
        }
        let is_short = form == Form::Heading && !self.giants.has(bug);
        let text = Span::new(body, block.end);
        let around = is_short.then(|| Field::around(&self.base, text, severity, &self.methodology)).flatten();
        around.or_else(|| self.fields(bug).into_iter().find(|field| field.value.covers(severity)))
    }

    /// The field of a bug that has its severity from there, where at most its section says one as well.
    pub(super) fn sole_field(&self, bug: BugIx) -> Option<Field> {
        let is_alone = || self.mentions(bug).is_empty() && self.is_bare(bug);
        let is_stated = self.bug(bug).source == Source::Field && is_alone();
        let field = if is_stated { self.severity_field(bug) } else { None };
        field.filter(|field| !field.in_cell)
    }

    /// The whole written value that the severity stands in, of a bug with these fields.
    pub(super) fn severity_text_in(&self, bug: BugIx, fields: &[Field]) -> Option<Cow<'_, str>> {
        let own = self.bug(bug);
        match own.source {
            Source::Field => {
                let field = fields.iter().find(|field| field.value.covers(own.severity));
                field.map(|field| field.text(&self.base)).filter(|text| !text.is_empty())
            }
            Source::Section => self.leveled_section(bug).map(|at| self.text(self.text_of_level(at))),
            Source::Table => self.written(self.value_around(bug, own.severity)).map(table::unescaped),
            _ => self.severity(bug),
        }
    }

    /// The cell, or the value of the note, that a word stands in.
    fn value_around(&self, bug: BugIx, word: Span) -> Span {
        let stands = |spot: &&Spot| spot.run.covers(word) || spot.site.span == word;
        match self.spots(bug).iter().find(stands).map(|spot| spot.stand) {
            Some(Stand::Cell { cell, .. }) => cell.trim(&self.base),
            Some(Stand::Note(note)) => note.value,
            _ => word,
        }
    }

    /// Whether every site of a bug says already what its severity is to become.
    pub fn agrees(&self, bug: BugIx, severity: &To<LevelId>) -> bool {
        match severity {
            To::Keep => true,
            To::Clear => match self.bug(bug).source {
                Source::Field => false,
                Source::Table => {
                    let has_column = |row: Row<'_>| row.table.columns.severity.is_some();
                    self.row(bug).is_none_or(|row| !has_column(row) && self.note_spot(bug).is_none())
                }
                Source::Item => self.note_spot(bug).is_none(),
                Source::Heading | Source::Section | Source::Id | Source::Nothing => true,
            },
            // What its field says is one of them, and known.
            To::Value(level) if self.bug(bug).source == Source::Field && self.level(bug) != Some(*level) => {
                false
            }
            To::Value(level) if self.sole_field(bug).is_some() => {
                self.section_of_level(bug).is_none_or(|section| self.is_held(section, *level))
            }
            To::Value(level) => {
                let sites = self.sites(bug);
                !sites.is_empty() && sites.iter().all(|site| site.level == Some(*level))
            }
        }
    }

    /// The level that a bug is taken from where it is given one: its own, but where that is the one that it gets, and
    /// it stands in the section of another, what the section counts it as.
    pub fn level_before(&self, bug: BugIx, to: LevelId) -> Option<LevelId> {
        self.counted_as(bug, to).or_else(|| self.level(bug))
    }

    /// What the section of a bug counts it as that says already what it is to become. Where a note in its field tells
    /// what it came from, that was settled before.
    pub(crate) fn counted_as(&self, bug: BugIx, to: LevelId) -> Option<LevelId> {
        let section = self.section_of_level(bug).filter(|_| self.level(bug) == Some(to))?;
        let counted = self.sections[section.at()].level.filter(|_| !self.is_held(section, to))?;
        self.level_noted(bug).is_none().then_some(counted)
    }

    /// The level that the note in the field of a bug says it had before: `P2 (downgraded from P0)`.
    pub(crate) fn level_noted(&self, bug: BugIx) -> Option<LevelId> {
        severity::noted(self, bug)
    }

    /// The innermost section around a bug that says how severe its bugs are, where that is one by severity: bugs come to it and
    /// leave it with their levels.
    pub(super) fn section_of_level(&self, bug: BugIx) -> Option<SectionIx> {
        self.leveled_section(bug).filter(|at| !self.sections[at.at()].is_rated())
    }

    /// Whether the section around a bug says a level for it.
    pub(super) fn is_told_by_section(&self, bug: BugIx, level: LevelId) -> bool {
        let section = self.leveled_section(bug).map(|at| self.section_spot(bug, at));
        section.is_some_and(|spot| spot.site.level == Some(level))
    }

    /// Whether a bug has the level that its section is rated by.
    fn is_as_rated(&self, bug: BugIx, section: SectionIx) -> bool {
        self.level(bug).is_some_and(|level| self.is_held(section, level))
    }

    /// What the word for the level of a section stands in: its title, or the value of the field that rates it.
    fn text_of_level(&self, section: SectionIx) -> Span {
        let section = self.sections[section.at()];
        if !section.is_rated() {
            return section.title;
        }
        let text = Span::new(section.heading.end, line::at(&self.base, section.word.end).end);
        let fields = Field::all(&self.base, text, text.start, &self.methodology);
        let rating = fields.iter().find(|field| field.value.covers(section.word));
        rating.map_or(section.word, |field| field.value)
    }

    /// Whether bugs of a level stand in a section by what it says of itself.
    pub(super) fn is_held(&self, section: SectionIx, level: LevelId) -> bool {
        self.sections[section.at()].holds(&self.base, level, &self.methodology)
    }

    fn field_spot(&self, bug: BugIx, field: Field) -> Spot {
        let Bug { severity, level, .. } = *self.bug(bug);
        let site = Site { source: Source::Field, span: severity, level };
        Spot { site, run: self.run_in(field.value, severity), stand: Stand::Field(field) }
    }

    /// The first run of words for a level from where `word` stands in a text; the word where it names none.
    fn run_in(&self, text: Span, word: Span) -> Span {
        let from = Span::new(text.start, text.end);
        let run = Run::first(from.of(&self.base), &self.methodology).map(|run| from.part(run.span));
        run.filter(|run| run.covers(word) || run.end >= word.start).map_or(word, |run| run.join(word))
    }

    /// What stands beside the title of a heading or an item. A sign that says otherwise than the bug decorates
    /// something else, and what the bug is called is no level, be it `S1` or `Dark theme (Optional)`.
    fn decorations(&self, bug: BugIx) -> Vec<Spot> {
        if self.is_bare(bug) {
            return Vec::new();
        }
        let own = self.bug(bug);
        // Elsewhere the notes behind a title are fields.
        let is_field = |entry: &Entry| entry.is_noted && own.form != Form::Heading;
        let Some(entry) = self.entry(bug).filter(|entry| !is_field(entry)) else { return Vec::new() };
        let (source, stand) = match own.form {
            Form::Heading => (Source::Heading, Stand::Heading),
            _ => (Source::Item, Stand::Item),
        };
        let all = [entry.severity].into_iter().chain(entry.echoes);
        let all = all.filter(|span| !span.is_empty() && !own.id.covers(*span) && !own.title.covers(*span));
        let read = |span: Span| {
            let level = self.methodology.read_level(span.of(&self.base))?.level;
            let speaks = source == own.source && span == entry.severity;
            let counts = speaks || has_words(span.of(&self.base)) || own.level == Some(level);
            let site = Site { source, span, level: Some(level) };
            counts.then_some(Spot { site, run: span, stand })
        };
        all.filter_map(read).collect()
    }

    /// Whether the heading of a bug has nothing beside id and title but marks, in which no level could be named.
    fn is_bare(&self, bug: BugIx) -> bool {
        let Bug { block, body, id, title, form, .. } = *self.bug(bug);
        let heading = Span::new(block.start, body);
        let beside = [
            Span::new(heading.start, id.start),
            Span::new(id.end, title.start),
            Span::new(title.end, heading.end),
        ];
        let is_mark = |byte: &u8| matches!(byte, b'#' | b' ' | b'\t' | b'\r' | b'\n' | b':' | b'.' | b'-');
        form == Form::Heading
            && id.end <= title.start
            && heading.covers(id)
            && heading.covers(title)
            && beside.iter().all(|span| span.of(&self.base).iter().all(is_mark))
    }

    fn cell_spot(&self, row: &Row<'_>) -> Option<Spot> {
        let (base, table) = (&self.base, row.table.head.start);
        let (word, level, cell) =
            table::severity_cell(base, &row.cells, &row.table.columns, &self.methodology)?;
        let from =
            Span::new(if level.is_some() { self.sign_before(cell, word) } else { word.start }, cell.end);
        let run = if level.is_some() { self.run_in(from, word) } else { word };
        let site = Site { source: Source::Table, span: word, level };
        Some(Spot { site, run, stand: Stand::Cell { cell, table } })
    }

    /// Where the sign that stands before a word begins, if one does; else the word.
    fn sign_before(&self, cell: Span, word: Span) -> u32 {
        let before = Span::new(cell.start, word.start);
        let found = self.methodology.read_level(before.of(&self.base));
        let sign = found.filter(|found| !has_words(&before.of(&self.base)[found.span.start..]));
        sign.map_or(word.start, |found| before.start + found.span.start as u32)
    }

    fn note_spot(&self, bug: BugIx) -> Option<Spot> {
        let note = self.notes(bug).into_iter().find(|note| self.is_of(note, FieldKind::Severity))?;
        let run = Run::first(note.value.of(&self.base), &self.methodology)?;
        let (level, run) = (Some(run.level()), note.value.part(run.span));
        let source = if self.bug(bug).form == Form::Row { Source::Table } else { Source::Item };
        Some(Spot { site: Site { source, span: run, level }, run, stand: Stand::Note(note) })
    }

    fn section_spot(&self, bug: BugIx, section: SectionIx) -> Spot {
        let Section { word, level, .. } = self.sections[section.at()];
        let level = self.level(bug).filter(|own| self.is_held(section, *own)).or(level);
        Spot { site: Site { source: Source::Section, span: word, level }, run: word, stand: Stand::Section }
    }
}

/// The parts of entries.
impl Report {
    /// What the heading or the first line of an item says; `None` for a row.
    pub(super) fn entry(&self, bug: BugIx) -> Option<Entry> {
        let Bug { block, body, form, .. } = *self.bug(bug);
        match form {
            Form::Heading => self.entry_in(&self.base[..body as usize], form, block.start),
            _ => self.entry_in(&self.base[..block.end as usize], form, block.start),
        }
    }

    /// The same in other bytes, of which the entry reaches up to the end.
    pub(super) fn entry_in(&self, base: &[u8], form: Form, start: u32) -> Option<Entry> {
        let block = Span::new(start, base.len() as u32);
        match form {
            Form::Heading => {
                let marks = Outline::of(base, block);
                let heading = marks.iter().find(|mark| matches!(mark.kind, Kind::Heading { .. }))?;
                Some(part::entry(base, heading.text, &self.methodology))
            }
            Form::Item => item::lead(base, block, &self.methodology),
            Form::Row => None,
        }
    }

    /// The fields of a bug, in order: of a row, its cells by the names of their columns. What stands in brackets
    /// behind the title of a row or an item comes last.
    pub fn fields(&self, bug: BugIx) -> Vec<Field> {
        self.giants.fields(bug, || self.find_fields(bug))
    }

    fn find_fields(&self, bug: BugIx) -> Vec<Field> {
        let own = self.bug(bug);
        let mut fields = match own.form {
            Form::Heading => return Field::all(&self.base, own.block, own.body, &self.methodology),
            Form::Row => {
                let table = self.table_at(own.block.start);
                table.map(|table| table::fields(&self.base, table.head, own.block)).unwrap_or_default()
            }
            Form::Item => item::fields(&self.base, own.block, &self.methodology),
        };
        fields.extend(self.notes(bug));
        fields
    }

    /// What stands in brackets behind the title of a row or an item.
    pub(super) fn notes(&self, bug: BugIx) -> Vec<Field> {
        let own = self.bug(bug);
        let behind = |from, end| note::behind(&self.base, from, end, &self.methodology);
        let notes = match own.form {
            Form::Heading => return Vec::new(),
            Form::Row => {
                let cell = self.row(bug).and_then(|row| row.cell_around(own.title));
                let said = |cell| note::without(&self.base, cell, &self.methodology);
                cell.map_or_else(Vec::new, |cell| behind(said(cell).end.max(own.title.end), cell.end))
            }
            Form::Item => behind(own.title.end, line::at(&self.base, own.title.end).text.end),
        };
        notes.into_iter().map(|note| Field { in_cell: own.form == Form::Row, ..note }).collect()
    }

    /// What a field says about its bug, by its name.
    pub fn kind_of(&self, field: &Field) -> Option<FieldKind> {
        match field.lines.covers(field.name) {
            true => self.methodology.fields().kind_of(field.name.of(&self.base)),
            false => table::kind_of(&self.base, field.name, &self.methodology),
        }
    }

    /// Whether it says this about its bug.
    pub fn is_of(&self, field: &Field, kind: FieldKind) -> bool {
        match field.lines.covers(field.name) {
            true => self.methodology.fields().is_of(field.name.of(&self.base), kind),
            false => self.kind_of(field) == Some(kind),
        }
    }

    /// The rows elsewhere that speak of a bug.
    pub(super) fn mentions(&self, bug: BugIx) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.bug < bug);
        let after = self.mentions.partition_point(|mention| mention.bug <= bug);
        &self.mentions[first..after]
    }

    /// The row that a bug is.
    pub(super) fn row(&self, bug: BugIx) -> Option<Row<'_>> {
        let Bug { block, form, .. } = *self.bug(bug);
        if form == Form::Row { self.row_at(block) } else { None }
    }

    /// A row with its table.
    pub(super) fn row_at(&self, row: Span) -> Option<Row<'_>> {
        let table = self.table_at(row.start)?;
        let columns = table.columns.kinds.len();
        Some(Row { table, cells: row_cells(&self.base, columns, row) })
    }

    /// The table of bugs that stands at an offset.
    pub(super) fn table_at(&self, at: u32) -> Option<&BugTable> {
        let after = self.tables.partition_point(|table| table.span.start <= at);
        self.tables[..after].last().filter(|table| table.span.start <= at && at <= table.span.end)
    }
}

/// The sites without those of which a weightier one has some bytes already: what decorates an item can be the value
/// of its field as well.
fn apart(mut spots: Vec<Spot>) -> Vec<Spot> {
    if spots.len() < 2 {
        return spots;
    }
    let mut taken: BTreeSet<(u32, u32)> = BTreeSet::new();
    spots.retain(|Spot { run, .. }| {
        let before = taken.range(..(run.end, 0)).next_back();
        let is_apart = before.is_none_or(|(_, end)| *end <= run.start);
        if is_apart {
            taken.insert((run.start, run.end));
        }
        is_apart
    });
    spots
}

impl Row<'_> {
    /// The cell that a part of the row stands in.
    pub(super) fn cell_around(&self, part: Span) -> Option<Span> {
        self.cells.iter().find(|cell| cell.covers(part)).copied()
    }
}

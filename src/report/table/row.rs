//! One row of a table of bugs: the parts of the bug, and its fields.
//!
//! Rows that are no bug (a total, a header again, a divider, a row that says nothing) give none.

use rayon::prelude::*;

use super::cell::{after_id, cells, grade, identify, is_id, plain, row_cells, says_nothing};
use super::{Columns, Rows};
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::claim::TOTALS;
use crate::report::entry::Entry;
use crate::report::field::Field;
use crate::report::inline;
use crate::report::note;
use crate::report::run::Run;
use crate::report::section::has_words;
use crate::text::Span;

/// How many rows are read at a time on one core.
const TOGETHER: usize = 64;

/// What stands between a value and its remark.
const REMARKS: [&str; 8] = [" - ", " – ", " — ", "(", "（", ": ", "：", "<br"];

/// What a row says of its bug; a part that is not there is an empty span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct RowEntry {
    /// The row, outer pipes included.
    pub(in crate::report) row: Span,
    /// The id, as written.
    pub(in crate::report) id: Span,
    /// The title, inline marks kept but not those around all of it; of a cell that begins with a bold lead, that.
    pub(in crate::report) title: Span,
    /// The word that names the level, without emphasis, emoji and remarks.
    pub(in crate::report) severity: Span,
    /// The level it names.
    pub(in crate::report) level: Option<LevelId>,
    /// The status, with its remark.
    pub(in crate::report) status: Span,
}

/// The bugs that the rows of a table are, or refer to.
pub(in crate::report) fn entries(
    base: &[u8],
    table: &Rows,
    columns: &Columns,
    methodology: &Methodology,
) -> Vec<RowEntry> {
    let head = cells(base, table.head);
    let reader = Reader { base, columns, methodology };
    let read = |row: &Span| {
        let cells = row_cells(base, head.len(), *row);
        if is_no_bug(base, &cells, &head) { None } else { reader.read(*row, &cells) }
    };
    table.rows.par_iter().with_min_len(TOGETHER).filter_map(read).collect()
}

/// The fields of the bug that a row is: each named column.
pub(in crate::report) fn fields(base: &[u8], head: Span, row: Span) -> Vec<Field> {
    let head = cells(base, head);
    let cells = row_cells(base, head.len(), row);
    let pairs = head.into_iter().zip(cells);
    let fields = pairs.map(|(name, value)| Field {
        lines: row,
        name: plain(base, name),
        value: value.trim(base),
        in_cell: true,
    });
    fields.filter(|field| !field.name.is_empty()).collect()
}

/// The cell of a row that states a severity, and how: in its column, else, where that says nothing, behind its id or beside its
/// title. Nothing where none says anything.
pub(in crate::report) fn severity_cell(
    base: &[u8],
    cells: &[Span],
    columns: &Columns,
    methodology: &Methodology,
) -> Option<(Span, Option<LevelId>, Span)> {
    let reader = Reader { base, columns, methodology };
    let said = |at: Option<usize>| at.and_then(|at| cells.get(at).copied());
    let said = |at| said(at).filter(|cell| !says_nothing(base, *cell));
    if let Some(cell) = said(columns.severity) {
        return reader.severity(cell).map(|(word, level)| (word, level, cell));
    }
    let behind_id = || said(columns.id).and_then(|cell| Some((reader.id(cell).1?, cell)));
    let beside_title = || {
        let cell = said(columns.title).filter(|_| columns.titles_grade)?;
        let entry = graded_title(base, cell, methodology)?;
        Some(((entry.severity, entry.level), cell))
    };
    let ((word, level), cell) = behind_id().or_else(beside_title)?;
    Some((word, level, cell))
}

/// What a cell says where it is a title with a word for a level, set off before it or behind it: `[High] The sail rips`, `The
/// sail rips — **high**`; of one that begins with a bold lead, what that says.
pub(super) fn graded_title(base: &[u8], cell: Span, methodology: &Methodology) -> Option<Entry> {
    let cell = note::without(base, cell.trim(base), methodology);
    let lead = inline::lead(cell.of(base)).map(|lead| cell.part(lead));
    let read = |text: Span| Entry::read(base, text, methodology);
    let is_graded = |entry: &Entry| {
        entry.level.is_some()
            && !entry.is_noted
            && has_words(entry.severity.of(base))
            && has_words(entry.title.of(base))
    };
    lead.into_iter().chain([cell]).map(read).find(is_graded)
}

/// Whether a row is a divider, a total or the header again.
fn is_no_bug(base: &[u8], row: &[Span], head: &[Span]) -> bool {
    let said: Vec<usize> = (0..row.len()).filter(|at| !says_nothing(base, row[*at])).collect();
    let Some(first) = said.first() else { return true };
    let is_total = || {
        let text = String::from_utf8_lossy(plain(base, row[*first]).of(base)).to_lowercase();
        TOTALS.contains(&text.trim_end_matches([':', '：']))
    };
    let is_head = || {
        said.iter().all(|at| {
            head.get(*at).is_some_and(|name| plain(base, *name).of(base) == plain(base, row[*at]).of(base))
        })
    };
    said.len() == 1 && head.len() > 2 || is_total() || is_head()
}

/// Reads rows by their columns.
struct Reader<'a> {
    base: &'a [u8],
    columns: &'a Columns,
    methodology: &'a Methodology,
}

impl Reader<'_> {
    fn read(&self, row: Span, cells: &[Span]) -> Option<RowEntry> {
        let absent = Span::empty(row.start);
        let cell = |at: Option<usize>| {
            at.and_then(|at| cells.get(at).copied()).filter(|cell| !says_nothing(self.base, *cell))
        };
        let (id, of_id) = cell(self.columns.id).map_or((absent, None), |cell| self.id(cell));
        let (severity, level) = match cell(self.columns.severity) {
            Some(cell) => self.severity(cell)?,
            None => of_id.unwrap_or((absent, None)),
        };
        let titled = cell(self.columns.title);
        let graded = titled.filter(|_| self.columns.titles_grade && severity.is_empty());
        let graded = graded.and_then(|cell| graded_title(self.base, cell, self.methodology));
        let (own_id, noted) = match (&graded, titled) {
            (Some(entry), _) if self.columns.id.is_none() => (entry.id, entry.title),
            (Some(entry), _) => (absent, entry.title),
            (None, Some(cell)) => self.title(cell),
            (None, None) => (absent, absent),
        };
        let title = plain(self.base, note::without(self.base, noted, self.methodology));
        let (severity, level) = match graded {
            Some(entry) => (entry.severity, entry.level),
            None => self.noted_level(severity, level, title, noted),
        };
        let id = if id.is_empty() { own_id } else { id };
        let status = cell(self.columns.status).map_or(absent, |cell| plain(self.base, cell));
        let lead = inline::lead(title.of(self.base));
        let lead =
            lead.or_else(|| inline::bold_words(title.of(self.base)).filter(|_| self.columns.titles_lead));
        let title = lead.map_or(title, |lead| title.part(lead));
        let is_called = || self.columns.title.is_none() && !id.is_empty();
        // Somebody has counted it, and only has not said yet what it is.
        let is_rated = || level.is_some() && cell(self.columns.id).is_some_and(|cell| is_id(self.base, cell));
        let is_bug = !title.is_empty() || is_called() || is_rated();
        is_bug.then_some(RowEntry { row, id, title, severity, level, status })
    }

    /// The severity of a row; where its cells say none, what stands in brackets behind its title.
    fn noted_level(
        &self,
        severity: Span,
        level: Option<LevelId>,
        title: Span,
        noted: Span,
    ) -> (Span, Option<LevelId>) {
        if !severity.is_empty() || title == noted {
            return (severity, level);
        }
        let notes = note::behind(self.base, title.end, noted.end, self.methodology);
        let kind = |note: &&Field| self.methodology.fields().kind_of(note.name.of(self.base));
        let note = notes.iter().find(|note| kind(note) == Some(FieldKind::Severity));
        let run = |value: Span| Some((value, Run::first(value.of(self.base), self.methodology)?));
        let found = note.and_then(|note| run(note.value));
        found.map_or((severity, level), |(value, run)| (value.part(run.span.clone()), Some(run.level())))
    }

    /// The id in its cell, and the severity where the cell holds that too.
    fn id(&self, cell: Span) -> (Span, Option<(Span, Option<LevelId>)>) {
        let Some(id) = identify(self.base, cell) else { return (plain(self.base, cell), None) };
        let graded =
            grade(self.base, after_id(self.base, cell, id), self.methodology).filter(|graded| graded.alone);
        (id, graded.map(|graded| (graded.word, Some(graded.level))))
    }

    /// The word that names the level; none where cells told the column and this one is something else, for
    /// then its row is no bug.
    fn severity(&self, cell: Span) -> Option<(Span, Option<LevelId>)> {
        match grade(self.base, cell, self.methodology) {
            Some(graded) => Some((graded.word, Some(graded.level))),
            None => self.columns.severity_is_named.then(|| (self.unknown(cell), None)),
        }
    }

    /// A word for a level that no methodology knows: the value without its remark.
    fn unknown(&self, cell: Span) -> Span {
        let value = plain(self.base, cell);
        let bytes = value.of(self.base);
        let ends = REMARKS.iter().filter_map(|remark| memchr::memmem::find(bytes, remark.as_bytes()));
        let end = ends.filter(|end| *end > 0).min().unwrap_or(bytes.len());
        plain(self.base, value.part(0..end))
    }

    /// The title in its cell, and the id before it where there is no column of ids.
    fn title(&self, cell: Span) -> (Span, Span) {
        let whole = plain(self.base, cell);
        let absent = Span::empty(whole.start);
        let id = identify(self.base, cell).filter(|_| self.columns.id.is_none());
        let Some(id) = id else { return (absent, whole) };
        let rest = Span::new(id.end, whole.end.max(id.end));
        let title = behind_separator(self.base, rest).filter(|title| !title.is_empty());
        match title {
            Some(title) => (id, plain(self.base, title)),
            None if is_id(self.base, cell) => (id, absent),
            None => (absent, whole),
        }
    }
}

/// What follows a separator, marks and blanks between; none where no separator leads.
fn behind_separator(base: &[u8], rest: Span) -> Option<Span> {
    let text = String::from_utf8_lossy(rest.of(base)).into_owned();
    let is_between = |letter: char| " *_`~])】）:：.-–—|·".contains(letter);
    let between: String = text.chars().take_while(|letter| is_between(*letter)).collect();
    let separates = between.chars().any(|letter| !" `~_".contains(letter));
    separates.then(|| Span::new(rest.start + between.len() as u32, rest.end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    /// Id, title, severity, rank of the level and status of each row that is a bug.
    fn read(text: &str) -> Vec<(&str, &str, &str, Option<u8>, &str)> {
        let methodology = Methodology::embedded();
        let table = table(text);
        let columns = Columns::of(text.as_bytes(), &table, &methodology);
        let part = |span: Span| &text[span.range()];
        let found = entries(text.as_bytes(), &table, &columns, &methodology).into_iter();
        found
            .map(|row| {
                (
                    part(row.id),
                    part(row.title),
                    part(row.severity),
                    row.level.map(|level| level.0),
                    part(row.status),
                )
            })
            .collect()
    }

    #[test]
    fn rows_are_read_by_their_columns() {
        let text = "Sev | ID | Title | Status\n--|--|--|--\n🔴 **High** (twice) | [B-1](#b-1) | **it breaks `a\\|b`** | ✅ FIXED - by hand\n🟡 | ~~B-2~~ | it hangs\nrank-1 — maybe | B-3 | it stops | —\n";
        assert_eq!(
            read(text),
            [
                ("B-1", "it breaks `a\\|b`", "High", Some(1), "✅ FIXED - by hand"),
                ("B-2", "it hangs", "🟡", Some(2), ""),
                ("B-3", "it stops", "rank-1", None, ""),
            ]
        );
    }

    /// It would be missing in every count, and nobody would be told.
    #[test]
    fn a_row_that_is_rated_is_a_bug_without_a_title_too() {
        let row = |id: &str, title: &str, severity: &str| format!("| {id} | {title} | {severity} |\n");
        let found = |rows: &str| {
            let text = format!("| ID | Title | Severity |\n|--|--|--|\n{rows}| B-9 | it stops | Low |\n");
            read(&text).into_iter().map(|row| (row.0.to_owned(), row.1.to_owned(), row.3)).collect::<Vec<_>>()
        };
        let last = ("B-9".to_owned(), "it stops".to_owned(), Some(3));
        for nothing in ["", "-", "—", "****"] {
            let rated = ("B-1".to_owned(), String::new(), Some(1));
            assert_eq!(found(&row("**B-1**", nothing, "High")), [rated, last.clone()], "{nothing}");
        }
        for (id, severity) in [("B-1", ""), ("B-1", "soon"), ("", "High"), ("Sails", "High")] {
            assert_eq!(found(&row(id, "", severity)), std::slice::from_ref(&last), "{id} {severity}");
        }
    }

    #[test]
    fn id_and_severity_may_share_a_cell() {
        let text =
            "| 指摘 | 内容 |\n|--|--|\n| **F1（中）** | 制限がない |\n| **F2（低〜中）** | 表示される |\n";
        assert_eq!(
            read(text),
            [("F1", "制限がない", "中", Some(2), ""), ("F2", "表示される", "低〜中", Some(3), "")]
        );
    }

    #[test]
    fn title_and_severity_may_share_a_cell() {
        for (one, other) in [
            ("[HIGH] it breaks", "[LOW] it hangs"),
            ("**HIGH:** it breaks", "**LOW:** it hangs"),
            ("**[HIGH] it breaks.** At night.", "**[LOW] it hangs.** At noon."),
            ("it breaks (HIGH)", "it hangs (LOW)"),
            ("it breaks — **HIGH**", "it hangs — **LOW**"),
        ] {
            let text = format!("| ID | Issue / severity |\n|--|--|\n| B-1 | {one} |\n| B-2 | {other} |\n");
            let said: Vec<_> = read(&text).into_iter().map(|row| (row.1, row.2, row.3)).collect();
            let title = |title: &str| title.trim_end_matches('.').to_owned();
            let said: Vec<_> =
                said.into_iter().map(|(name, word, level)| (title(name), word, level)).collect();
            assert_eq!(said, [("it breaks".into(), "HIGH", Some(1)), ("it hangs".into(), "LOW", Some(3))]);
        }
        let text =
            "| ID | Issue |\n|--|--|\n| B-1 | high load |\n| B-2 | it hangs (LOW) |\n| B-3 | it stops |\n";
        assert!(read(text).iter().all(|row| row.3.is_none()));
    }

    #[test]
    fn id_and_title_may_share_a_cell() {
        let text = "| Issue | Priority |\n|--|--|\n| **BUG-3:** it breaks | P0 |\n| #4 - it hangs | P1 |\n| 5 files are lost | P1 |\n";
        let ids: Vec<_> = read(text).into_iter().map(|row| (row.0, row.1)).collect();
        assert_eq!(ids, [("BUG-3", "it breaks"), ("#4", "it hangs"), ("", "5 files are lost")]);
    }

    /// A decision would be written into the middle of a description.
    #[test]
    fn bars_in_code_belong_to_their_cell_where_a_row_has_too_many() {
        let text = "| ID | Severity | Bug | State |\n|--|--|--|--|\n| B-1 | High | `a || b` hides what `c | d` says | open |\n| B-2 | Low | one | two | open |\n";
        assert_eq!(
            read(text),
            [
                ("B-1", "`a || b` hides what `c | d` says", "High", Some(1), "open"),
                ("B-2", "one", "Low", Some(3), "two")
            ]
        );
    }

    #[test]
    fn rows_that_are_no_bug_give_none() {
        let text = "| ID | Bug | Severity |\n|--|--|--|\n| **Backend** | | |\n| B-1 | it breaks | High |\n| | | |\n| ID | Bug | Severity |\n|---|---|---|\n| **Total:** | 1 | - |\n| B-2 | | |\n";
        assert_eq!(read(text), [("B-1", "it breaks", "High", Some(1), "")]);
    }

    /// A bug whose title says how severe it is would have no severity because others have theirs in a column.
    #[test]
    fn a_title_speaks_where_the_cell_for_the_severity_is_blank() {
        let text = "| ID | Severity | Title |\n|---|---|---|\n| A-1 | High | [Low] Sail torn |\n| A-2 | | [Critical] Mast bent |\n| A-3 | - | [Low] Rope wet |\n";
        let table = table(text);
        let methodology = Methodology::embedded();
        let columns = Columns::of(text.as_bytes(), &table, &methodology);
        let rows = entries(text.as_bytes(), &table, &columns, &methodology);
        let read: Vec<_> = rows.iter().map(|row| row.level.map(|level| level.0)).collect();
        assert_eq!(read, [Some(1), Some(0), Some(3)]);
    }

    #[test]
    fn fields_are_the_named_columns() {
        let text = "| ID | **Owner** | |\n|--|--|--|\n| B-1 | Ada | x |\n";
        let table = table(text);
        let fields = fields(text.as_bytes(), table.head, table.rows[0]);
        let said: Vec<_> =
            fields.iter().map(|field| (&text[field.name.range()], &text[field.value.range()])).collect();
        assert_eq!(said, [("ID", "B-1"), ("Owner", "Ada")]);
        assert_eq!(fields[1].lines, table.rows[0]);
    }
}

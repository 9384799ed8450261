//! Claims of tables: a row for each level and columns of counts, or a column for each level and one row that
//! counts, be it the only one or that of the totals.

use std::collections::{HashMap, HashSet};

use super::number::Number;
use super::parts::{self, Part};
use super::subject::{Subject, is_about_bugs, is_vague};
use super::{Claim, Count, Group, Named, Of, Place, Wording, apart};
use crate::methodology::{LevelId, Methodology};
use crate::report::index::Rows;
use crate::report::section;
use crate::report::table::{cells, grade, plain};
use crate::text::{Span, display};

/// What a column holds, by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Counts of bugs of this level.
    Level(LevelId),
    /// Counts of bugs of the level of the row.
    Count { of: Of, has_noun: bool },
    /// Something else.
    Other,
}

impl Column {
    /// What it counts of the bugs of a row.
    fn of(self) -> Option<Of> {
        if let Column::Count { of, .. } = self { Some(of) } else { None }
    }
}

/// What a row counts, by its first cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Level(LevelId),
    /// Bugs of any level.
    Total {
        of: Of,
        has_noun: bool,
    },
    Other,
}

/// The claims of a table, and what may be some; none where a level is counted twice in the same words, for then its rows count
/// something else.
pub(in crate::report) fn of_table(
    base: &[u8],
    table: &Rows,
    methodology: &Methodology,
) -> (Vec<Claim>, Group) {
    let names = cells(base, table.head);
    let reader = Reader { base, widths: widths(base, &names, &cells(base, table.delimiter)), methodology };
    let head = reader.columns(&names);
    let levels = head.iter().filter(|column| matches!(column, Column::Level(_))).count();
    let rows: Vec<Vec<Span>> =
        match levels > 1 || head.iter().any(|column| matches!(column, Column::Count { .. })) {
            true => table.rows.iter().map(|row| cells(base, *row)).collect(),
            false => return (Vec::new(), Group::new()),
        };
    let (claims, likely) = match levels > 1 {
        true => (reader.by_column(&head, &names, &rows), Vec::new()),
        false => reader.by_row(&head, &names, &rows),
    };
    (reader.once(claims), reader.once(likely))
}

struct Reader<'a> {
    base: &'a [u8],
    /// How wide the columns are; `None` for one whose header is not as wide as the row below it.
    widths: Vec<Option<usize>>,
    methodology: &'a Methodology,
}

impl Reader<'_> {
    /// The columns. Of several that count all bugs the first one does; where several are about a status, their words
    /// tell them apart, if anything does: `Fixed (unverified)` and `Resolved`.
    fn columns(&self, head: &[Span]) -> Vec<Column> {
        let name = |at: usize| plain(self.base, head[at]).of(self.base);
        let columns: Vec<Column> = (0..head.len()).map(|at| self.column(name(at))).collect();
        let alike = |of: Of| -> Vec<usize> {
            (0..columns.len()).filter(|at| columns[*at].of() == Some(of)).collect()
        };
        let told = |(at, column): (usize, &Column)| match *column {
            Column::Count { of: Of::All, .. } if alike(Of::All)[0] != at => Column::Other,
            Column::Count { of: of @ Of::Status(status), has_noun } if alike(of).len() > 1 => {
                let alike = alike(of);
                let names: Vec<&[u8]> = alike.iter().map(|at| name(*at)).collect();
                let worded = Wording::apart(&names, self.methodology);
                let own = worded.zip(alike.iter().position(|like| *like == at)).map(|(all, own)| all[own]);
                own.map_or(Column::Other, |own| Column::Count { of: Of::Worded(status, own), has_noun })
            }
            column => column,
        };
        columns.iter().enumerate().map(told).collect()
    }

    fn column(&self, name: &[u8]) -> Column {
        let bare =
            name.iter().position(|byte| *byte == b'(').filter(|at| *at > 0).map_or(name, |at| &name[..at]);
        match [name, bare].into_iter().find_map(|name| self.named(name)) {
            Some(column) if !name.contains(&b'%') => column,
            _ => Column::Other,
        }
    }

    fn named(&self, name: &[u8]) -> Option<Column> {
        let subject = Subject::read(name, self.methodology).filter(|subject| !subject.has_more)?;
        match (subject.level, subject.of) {
            (Some(level), Of::All) => Some(Column::Level(level)),
            (None, Of::All) if !subject.has_noun && !subject.is_total => None,
            (None, of) => Some(Column::Count { of, has_noun: subject.has_noun }),
            _ => None,
        }
    }

    /// What a row counts, by the cells before a column.
    fn row(&self, row: &[Span], column: usize) -> (Row, Span) {
        let mut before = row[..column.min(row.len())].iter().map(|cell| plain(self.base, *cell));
        let level_of = |cell: Span| Some((section::level_of(self.base, cell, self.methodology)?.0, cell));
        if let Some((level, cell)) = before.clone().find_map(level_of) {
            return (Row::Level(level), cell);
        }
        let first = before.next().unwrap_or_default();
        (self.total(first), first)
    }

    fn total(&self, first: Span) -> Row {
        let subject = Subject::read(first.of(self.base), self.methodology);
        match subject.filter(|subject| subject.level.is_none() && !subject.has_more) {
            Some(Subject { of, has_noun, is_total, .. }) if is_total || has_noun || of != Of::All => {
                Row::Total { of, has_noun }
            }
            _ => Row::Other,
        }
    }

    /// What rows count, and what they may count: statuses of anything.
    fn by_row(&self, head: &[Column], names: &[Span], rows: &[Vec<Span>]) -> (Vec<Named>, Vec<Named>) {
        let mut claims: Vec<Named> = Vec::new();
        let mut loose = Vec::new();
        let columns = |row| counts(head).map(move |(at, of, noun)| (row, at, of, noun));
        for (row, at, of, has_noun) in rows.iter().flat_map(columns) {
            match self.row(row, at) {
                (Row::Level(level), name) if !self.rates_otherwise(row, name, level) => {
                    let claim = self.claim(row, at, Some(level), of);
                    let parts = match claim.is_some_and(|claim| claim.of == Of::All) {
                        true => self.parts(row, at, level),
                        false => Vec::new(),
                    };
                    claims.extend(claim.into_iter().chain(parts).map(|claim| (claim, name)));
                }
                (Row::Total { of: own, has_noun: names }, name) if of == Of::All || own == Of::All => {
                    let of = if of == Of::All { own } else { of };
                    let claim = self.claim(row, at, None, of).map(|claim| (claim, name));
                    if names || has_noun { &mut claims } else { &mut loose }.extend(claim);
                }
                _ => {}
            }
        }
        if self.counts_something_else(names, &claims) {
            return (Vec::new(), Vec::new());
        }
        if claims.iter().any(|(claim, _)| claim.level.is_some()) {
            claims.append(&mut loose);
        }
        if !claims.is_empty() {
            loose.clear();
        }
        (claims, loose)
    }

    /// The counts by status of a row that counts the bugs of a level, be it behind that count or in a cell of their own.
    fn parts(&self, row: &[Span], at: usize, level: LevelId) -> Vec<Claim> {
        let behind = |cell: Span| {
            let number = Number::leading(cell.of(self.base))?;
            parts::bracketed(self.base, cell.part(number.end..cell.len()), self.methodology)
        };
        let beside = |cell: Span| parts::parts(self.base, cell, self.methodology);
        let further = row.iter().skip(at + 1).map(|cell| (*cell, plain(self.base, *cell)));
        let found = (row.get(at).map(|cell| (*cell, plain(self.base, *cell))))
            .and_then(|(cell, text)| Some((cell, behind(text)?)))
            .or_else(|| further.into_iter().find_map(|(cell, text)| Some((cell, beside(text)?))));
        let Some((cell, parts)) = found else { return Vec::new() };
        let claim = |Part { span, of, count }: Part| {
            let place = Place::Cell { cell, aligned: false };
            Claim { span, place, level: Some(level), shared: None, of, count }
        };
        parts.into_iter().map(claim).collect()
    }

    /// Whether another cell of a row names another level: then the first names what is counted, and not how severe it is.
    fn rates_otherwise(&self, row: &[Span], name: Span, level: LevelId) -> bool {
        let rates = |cell: &&Span| {
            let rated = grade(self.base, **cell, self.methodology).filter(|graded| graded.alone);
            !cell.covers(name) && rated.is_some_and(|rated| rated.level != level)
        };
        row.iter().any(|cell| rates(&cell))
    }

    /// Whether the only level that rows name is named as other things are, and no header tells of bugs: `Warnings` among
    /// the outcomes of a test run.
    fn counts_something_else(&self, names: &[Span], claims: &[Named]) -> bool {
        let of_level: Vec<&Named> = claims.iter().filter(|(claim, _)| claim.level.is_some()).collect();
        let is_vague = |(_, name): &&Named| is_vague(name.of(self.base), self.methodology);
        let is_alone = of_level.iter().all(|(claim, _)| claim.level == of_level[0].0.level);
        let tells = names.iter().any(|name| is_about_bugs(name.of(self.base)));
        !of_level.is_empty() && is_alone && of_level.iter().all(is_vague) && !tells
    }

    fn by_column(&self, head: &[Column], names: &[Span], rows: &[Vec<Span>]) -> Vec<Named> {
        let first = head.iter().position(|column| matches!(column, Column::Level(_))).unwrap_or(0);
        let total = |row: &Vec<Span>| match self.row(row, first).0 {
            Row::Total { of, .. } => Some(of),
            _ => None,
        };
        let mut counting: Vec<(&Vec<Span>, Of)> =
            rows.iter().filter_map(|row| Some((row, total(row)?))).collect();
        if let ([], [only]) = (counting.as_slice(), rows) {
            counting.push((only, Of::All));
        }
        let cells = counting.into_iter().flat_map(|(row, of)| (0..head.len()).map(move |at| (row, of, at)));
        let claims: Vec<Named> = cells
            .filter_map(|(row, of, at)| {
                let (level, of) = match head[at] {
                    Column::Level(level) => (Some(level), of),
                    Column::Count { of: Of::All, .. } => (None, of),
                    Column::Count { of: own, .. } if of == Of::All => (None, own),
                    _ => return None,
                };
                Some((self.claim(row, at, level, of)?, plain(self.base, names[at])))
            })
            .collect();
        let numbers =
            claims.iter().filter(|(claim, _)| claim.level.is_some() && claim.count != Count::Unknown);
        if numbers.count() < 2 { Vec::new() } else { claims }
    }

    /// The claims that count what no other does; two words for one level, such as Low and Informational, tell them apart. None
    /// where the words are the same.
    fn once(&self, claims: Vec<Named>) -> Vec<Claim> {
        let said = |name: Span| String::from_utf8_lossy(name.of(self.base)).to_lowercase();
        let mut names: HashSet<(Option<LevelId>, Of, String)> = HashSet::new();
        let mut alike: HashMap<(Option<LevelId>, Of), Vec<Named>> = HashMap::new();
        for named @ (claim, name) in claims {
            if !names.insert((claim.level, claim.of, said(name))) {
                return Vec::new();
            }
            alike.entry((claim.level, claim.of)).or_default().push(named);
        }
        let told = |alike: &Vec<Named>| apart(self.base, alike, self.methodology);
        // Beside two words for one level, what counts by status is told apart as what counts all of it.
        let by_word = |claim: &Claim, name: Span| {
            let all = alike.get(&(claim.level, Of::All)).filter(|all| all.len() > 1)?;
            let at = all.iter().position(|(_, own)| *own == name)?;
            told(all).get(at).map(|own| Claim { shared: own.shared, ..*claim })
        };
        let of_one = |named: &Vec<Named>| match named.as_slice() {
            [(claim, name)] if claim.of != Of::All => vec![by_word(claim, *name).unwrap_or(*claim)],
            _ => told(named),
        };
        alike.values().flat_map(of_one).collect()
    }

    /// The claim of a cell; `None` for an empty one and for one whose digits count something else.
    fn claim(&self, row: &[Span], at: usize, level: Option<LevelId>, of: Of) -> Option<Claim> {
        let cell = *row.get(at)?;
        let text = plain(self.base, cell);
        let aligned = self.widths.get(at).copied().flatten() == Some(cell.len());
        let place = Place::Cell { cell, aligned };
        let bytes = text.of(self.base);
        match Number::leading(bytes) {
            Some(Number { digits, count, end }) => {
                let is_remark = bytes[end..].first().is_none_or(|byte| !byte.is_ascii_alphabetic());
                let span = text.part(digits);
                let open = (of == Of::All).then(|| parts::of_open(&bytes[end..], self.methodology)).flatten();
                let of = open.unwrap_or(of);
                is_remark.then_some(Claim { span, place, level, shared: None, of, count })
            }
            None => {
                let is_word = !bytes.is_empty() && !bytes.iter().any(u8::is_ascii_digit);
                let is_aligned = self.widths.get(at).copied().flatten() == Some(wide(self.base, cell));
                let place = Place::Cell { cell, aligned: is_aligned };
                is_word.then_some(Claim { span: text, place, level, shared: None, of, count: Count::Unknown })
            }
        }
    }
}

/// How wide columns are that are aligned, by header and delimiter row alike: a cell that has their width by chance
/// would else be filled up when a change is taken back.
pub(super) fn widths(base: &[u8], head: &[Span], delimiters: &[Span]) -> Vec<Option<usize>> {
    head.iter()
        .zip(delimiters)
        .map(|(head, below)| Some(below.len()).filter(|width| *width == wide(base, *head)))
        .collect()
}

/// How wide a cell is.
pub(super) fn wide(base: &[u8], cell: Span) -> usize {
    display::width(&String::from_utf8_lossy(cell.of(base)))
}

/// The columns that count, with what of.
fn counts(head: &[Column]) -> impl Iterator<Item = (usize, Of, bool)> {
    head.iter().enumerate().filter_map(|(at, column)| match *column {
        Column::Count { of, has_noun } if at > 0 => Some((at, of, has_noun)),
        _ => None,
    })
}

//! What each column of a table is.
//!
//! A header that names its column is believed, unless the cells plainly hold something else: a column
//! called "Risk" that holds sentences is no severity. Only columns without such a name are told by cells.

use std::collections::HashSet;

use super::cell::{self, grade, identify, is_id, plain, unspaced};
use super::row::graded_title;
use super::state::{is_state, leads_with_status};
use super::words::{CHANCES, OTHER_SCALES};
use super::{Grid, Rows};
use crate::methodology::{FieldKind, Methodology};
use crate::report::claim::is_count_name;
use crate::report::inline;
use crate::report::section::has_words;
use crate::text::Span;

/// What each column of a table is, by its place from the left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) struct Columns {
    /// The ids.
    pub(in crate::report) id: Option<usize>,
    /// The titles.
    pub(in crate::report) title: Option<usize>,
    /// The severities.
    pub(in crate::report) severity: Option<usize>,
    /// The statuses.
    pub(in crate::report) status: Option<usize>,
    /// What the header says of each column.
    pub(in crate::report) kinds: Vec<Option<FieldKind>>,
    /// Whether the header calls the severities so; else the cells told.
    pub(in crate::report) severity_is_named: bool,
    /// Whether no column has severities, and the cells of the titles say how severe each is: `[High] The sail rips`.
    pub(in crate::report) titles_grade: bool,
    /// Whether the titles lead their cells in bold, be it that a sentence goes on from some.
    pub(in crate::report) titles_lead: bool,
}

impl Columns {
    /// Tells the columns of a table apart.
    pub(in crate::report) fn of(base: &[u8], table: &Rows, methodology: &Methodology) -> Columns {
        Columns::of_grid(base, &Grid::of(base, table), methodology)
    }

    pub(super) fn of_grid(base: &[u8], grid: &Grid, methodology: &Methodology) -> Columns {
        let kinds = grid.head.iter().map(|cell| kind_of(base, *cell, methodology)).collect();
        let mut sorter = Sorter { base, grid, methodology, kinds };
        let severity = sorter.severity();
        let id = sorter.id(severity);
        let status = sorter.status(&[severity, id]);
        let title = sorter.title(&[severity, id, status]);
        let is_named = |at: usize| {
            use FieldKind::{Impact, Priority, Risk, Severity};
            matches!(sorter.kinds[at], Some(Severity | Risk | Priority | Impact))
        };
        let severity_is_named = severity.is_some_and(is_named);
        let titles_grade = title.is_some_and(|at| sorter.are_graded_titles(at));
        let titles_lead = title.is_some_and(|at| sorter.lead(at));
        let kinds = std::mem::take(&mut sorter.kinds);
        Columns { id, title, severity, status, kinds, severity_is_named, titles_grade, titles_lead }
    }

    /// Whether its rows say how severe they are.
    pub(in crate::report) fn grade(&self) -> bool {
        self.severity.is_some() || self.titles_grade
    }

    /// Whether the header says that the titles are titles.
    pub(in crate::report) fn title_is_named(&self) -> bool {
        self.title.is_some_and(|at| self.kinds[at] == Some(FieldKind::Title))
    }
}

/// What a header cell says of its column: by all of it, by what is outside or inside its brackets, by
/// either side of a slash, or by the word that the others of its name only narrow down.
pub(in crate::report) fn kind_of(base: &[u8], cell: Span, methodology: &Methodology) -> Option<FieldKind> {
    let text = header(base, cell);
    let names = methodology.fields();
    let named = |name: &str| names.kind_of(name.trim().as_bytes());
    let (outside, inside) = text.split_once(['(', '（', '[']).unwrap_or((&text, ""));
    let inside = inside.trim_end_matches([')', '）', ']']);
    named(&text)
        .or_else(|| named(outside))
        .or_else(|| named(inside))
        .or_else(|| outside.split(['/', '／', '&', '+']).find_map(named))
        .or_else(|| named(core(outside)))
}

/// The text of a header cell without marks and signs around it.
pub(super) fn header(base: &[u8], cell: Span) -> String {
    let text = String::from_utf8_lossy(plain(base, cell).of(base)).into_owned();
    let is_around = |letter: char| !letter.is_alphanumeric() && !"#№)）]？?".contains(letter);
    text.trim_matches(is_around).trim_end_matches(['?', '？']).to_owned()
}

/// Whether a column is called one of counts by the header of a table.
pub(in crate::report) fn has_counts(base: &[u8], head: Span) -> bool {
    cell::cells(base, head).into_iter().any(|cell| is_count_name(header(base, cell).as_bytes()))
}

/// Whether something called so is a chance.
pub(in crate::report) fn is_chance(name: &str) -> bool {
    let name = name.to_lowercase();
    CHANCES.iter().any(|chance| name.contains(chance))
}

/// The word of a name that says what it is: the last, or the one before the first preposition.
fn core(name: &str) -> &str {
    let before = [" de ", " del ", " des ", " du ", " di ", " do ", " da ", " of "]
        .iter()
        .find_map(|of| name.find(of));
    match before {
        Some(end) => &name[..end],
        None => name.rsplit(' ').next().unwrap_or(name),
    }
}

/// How many bytes the cells of a column have, taken together, that are titles for standing first.
const TITLE: usize = 10;

/// Sorts the columns of one table.
struct Sorter<'a> {
    base: &'a [u8],
    grid: &'a Grid,
    methodology: &'a Methodology,
    kinds: Vec<Option<FieldKind>>,
}

impl Sorter<'_> {
    fn severity(&self) -> Option<usize> {
        let graded = |kind| self.of_kind(kind).find(|at| self.graded(*at) >= 50);
        self.named_severity()
            .or_else(|| graded(FieldKind::Priority))
            .or_else(|| graded(FieldKind::Risk))
            .or_else(|| self.severity_by_cells())
            .or_else(|| self.rated_impact())
    }

    /// The column called severity by the weightiest name whose cells are levels, or words that could be.
    fn named_severity(&self) -> Option<usize> {
        let names = self.methodology.fields().names(FieldKind::Severity);
        let rank = |at: &usize| {
            let name = header(self.base, self.grid.head[*at]).to_lowercase();
            names.iter().position(|known| known.to_lowercase() == name).unwrap_or(names.len())
        };
        let holds = |at: &usize| {
            self.graded(*at) >= 50
                || self.graded(*at) > 0 && self.are_words(*at)
                || rank(at) == 0 && self.are_words(*at)
        };
        self.of_kind(FieldKind::Severity).filter(holds).min_by_key(rank)
    }

    fn severity_by_cells(&self) -> Option<usize> {
        let may = |at: &usize| {
            matches!(self.kinds[*at], None | Some(FieldKind::Category))
                && !is_other_scale(&header(self.base, self.grid.head[*at]))
        };
        let holds = |at: &usize| {
            let alone = |cell| grade(self.base, cell, self.methodology).is_some_and(|graded| graded.alone);
            self.grid.share(self.base, *at, alone) >= 60 && self.is_mostly_said(*at) && !self.counts_up(*at)
        };
        (0..self.kinds.len()).filter(may).find(holds)
    }

    /// The column of impacts, where they are levels and nothing else and no chance is weighed against them: then
    /// nothing in the table says more of how severe its rows are.
    fn rated_impact(&self) -> Option<usize> {
        let is_chance = |cell: &Span| is_chance(&header(self.base, *cell));
        let alone = |cell| grade(self.base, cell, self.methodology).is_some_and(|graded| graded.alone);
        let rates = |at: &usize| self.grid.share(self.base, *at, alone) >= 80 && self.is_mostly_said(*at);
        let is_weighed = || self.grid.head.iter().any(is_chance);
        self.of_kind(FieldKind::Impact).find(rates).filter(|_| !is_weighed())
    }

    fn id(&self, severity: Option<usize>) -> Option<usize> {
        let leads = |at: usize| {
            (0..at).all(|before| Some(before) == severity || self.kinds[before] == Some(FieldKind::Status))
        };
        let share = |at: usize| self.grid.share(self.base, at, |cell| is_id(self.base, cell));
        let has_letters = |at: &usize| {
            let letters =
                |cell: Span| identify(self.base, cell).is_some_and(|id| has_words(id.of(self.base)));
            self.grid.share(self.base, *at, letters) >= 50
        };
        let may = |at: &usize| {
            let named = self.kinds[*at] == Some(FieldKind::Id);
            let counts = is_count_name(header(self.base, self.grid.head[*at]).as_bytes());
            let is_other =
                matches!(self.kinds[*at], Some(kind) if !matches!(kind, FieldKind::Id | FieldKind::Title));
            Some(*at) != severity
                && !is_other
                && (named && share(*at) >= 50
                    || leads(*at) && share(*at) >= 80 && !counts && (*at == 0 || has_letters(at)))
        };
        let found: Vec<usize> = (0..self.kinds.len()).filter(may).collect();
        let by_name = || self.of_kind(FieldKind::Id).find(|at| Some(*at) != severity && self.are_words(*at));
        let advisories = || {
            (0..self.kinds.len())
                .find(|at| Some(*at) != severity && self.grid.lists_advisories(self.base, *at))
        };
        let lettered = found.iter().copied().find(has_letters);
        lettered.or_else(advisories).or_else(|| found.first().copied()).or_else(by_name)
    }

    fn status(&self, taken: &[Option<usize>]) -> Option<usize> {
        let free = |at: &usize| !taken.contains(&Some(*at));
        let told = |at: usize| {
            let leads = |cell: Span| leads_with_status(self.base, cell, self.methodology);
            self.grid.share(self.base, at, leads)
        };
        let states = |at: &usize| {
            let is_state = |cell| is_state(self.base, cell, self.methodology);
            self.grid.share(self.base, *at, is_state) >= 50
                || self.grid.column(self.base, *at).next().is_none()
        };
        let named = self
            .of_kind(FieldKind::Status)
            .filter(free)
            .filter(states)
            .max_by_key(|at| (told(*at), std::cmp::Reverse(*at)));
        named.or_else(|| {
            let may =
                |at: &usize| matches!(self.kinds[*at], None | Some(FieldKind::Fix | FieldKind::Verification));
            let holds = |at: &usize| {
                let words = self.kinds[*at].is_none() && self.are_states(*at);
                told(*at) >= if words { 25 } else { 70 } && self.is_mostly_said(*at) && self.differs(*at)
            };
            (0..self.kinds.len()).filter(free).filter(may).find(holds)
        })
    }

    fn title(&self, taken: &[Option<usize>]) -> Option<usize> {
        let free =
            |at: &usize| !taken.contains(&Some(*at)) && !self.is_place(*at) && !self.is_mostly_ids(*at);
        let is_title = |at: &usize| header(self.base, self.grid.head[*at]).eq_ignore_ascii_case("title");
        let titles = || self.of_kind(FieldKind::Title).filter(free);
        let is_code = |at: &usize| !taken.contains(&Some(*at)) && self.is_code(*at);
        titles()
            .find(is_title)
            .or_else(|| titles().next())
            .or_else(|| self.of_kind(FieldKind::Title).find(is_code))
            .or_else(|| self.graded_titles(free).filter(|_| matches!(taken, [None, ..])))
            .or_else(|| self.of_kind(FieldKind::Description).find(free))
            .or_else(|| self.of_kind(FieldKind::Error).find(free))
            .or_else(|| self.of_kind(FieldKind::Cause).find(|at| *at <= 1 && free(at)))
            .or_else(|| self.told_by_text(free))
            .or_else(|| {
                let are_rated = matches!(taken, [Some(_), ..] | [_, Some(_), Some(_)]);
                let unnamed = |at: &usize| are_rated && self.kinds[*at].is_none() && is_code(at);
                (0..self.kinds.len()).find(unnamed)
            })
    }

    /// The first column without a telling name, or of impacts or risks in words, whose cells are texts and differ, rather one that rates
    /// nothing; else the one that has the most text.
    fn told_by_text(&self, free: impl Fn(&usize) -> bool + Copy) -> Option<usize> {
        let is_title = |at: &usize| {
            let is_threat = matches!(self.kinds[*at], Some(FieldKind::Impact | FieldKind::Risk));
            let is_unnamed =
                || self.kinds[*at].is_none() && !is_other_scale(&header(self.base, self.grid.head[*at]));
            (is_threat || is_unnamed())
                && self.grid.share(self.base, *at, |cell| has_words(cell.of(self.base))) >= 80
                && self.grid.width(self.base, *at) >= TITLE
                && self.distinct(*at) * 10 >= self.grid.rows.len() * 9
        };
        (0..self.kinds.len()).filter(free).find(is_title).or_else(|| self.widest(free))
    }

    /// The column without a telling name that has the most text, rather one that rates nothing.
    fn widest(&self, free: impl Fn(&usize) -> bool) -> Option<usize> {
        let has_text = |at: &usize| {
            self.grid.share(self.base, *at, |cell| has_words(cell.of(self.base))) >= 60
                && self.grid.width(self.base, *at) >= 4
        };
        let may = |at: &usize| {
            matches!(
                self.kinds[*at],
                None | Some(FieldKind::Scope | FieldKind::Category | FieldKind::Component)
            )
        };
        let columns = (0..self.kinds.len()).filter(free).filter(may).filter(has_text);
        columns.max_by_key(|at| {
            let rates = is_other_scale(&header(self.base, self.grid.head[*at]));
            (self.kinds[*at].is_none(), !rates, self.grid.width(self.base, *at), std::cmp::Reverse(*at))
        })
    }

    fn of_kind(&self, kind: FieldKind) -> impl Iterator<Item = usize> + '_ {
        (0..self.kinds.len()).filter(move |at| self.kinds[*at] == Some(kind))
    }

    /// How many in a hundred cells of a column lead with a level.
    fn graded(&self, at: usize) -> usize {
        self.grid.share(self.base, at, |cell| grade(self.base, cell, self.methodology).is_some())
    }

    /// The first column of titles with a level each.
    fn graded_titles(&self, free: impl Fn(&usize) -> bool) -> Option<usize> {
        (0..self.kinds.len()).filter(free).find(|at| self.are_graded_titles(*at))
    }

    /// Whether the cells of a column are titles with a level each.
    fn are_graded_titles(&self, at: usize) -> bool {
        let is_such = |cell| graded_title(self.base, cell, self.methodology).is_some();
        self.grid.share(self.base, at, is_such) >= 60 && self.is_mostly_said(at)
    }

    /// Whether nearly all cells of a column begin with words in bold, and at least half of them set those off as titles.
    fn lead(&self, at: usize) -> bool {
        let text = |cell: Span| plain(self.base, cell).of(self.base);
        let leads = |cell| inline::bold_words(text(cell)).is_some();
        let sets_off = |cell| inline::lead(text(cell)).is_some();
        self.grid.share(self.base, at, leads) >= 90 && self.grid.share(self.base, at, sets_off) >= 50
    }

    /// Whether the cells of a column are single words or two.
    fn are_words(&self, at: usize) -> bool {
        self.grid.share(self.base, at, |cell| is_word(self.base, cell)) >= 80
    }

    /// Whether the cells of a column are statuses with whatever remark, or few other words over and over. A status that takes
    /// the place of a cell never makes it less so: else what is decided on some bugs would take the statuses of the others away.
    fn are_states(&self, at: usize) -> bool {
        let leads = |cell: Span| leads_with_status(self.base, cell, self.methodology);
        let others = self.grid.column(self.base, at).filter(|cell| !leads(*cell));
        let others: HashSet<_> = others.map(|cell| plain(self.base, cell).of(self.base)).collect();
        let may_be = |cell| is_word(self.base, cell) || leads(cell);
        others.len() * 2 <= self.grid.rows.len() && self.grid.share(self.base, at, may_be) >= 80
    }

    /// How many different cells a column has.
    fn distinct(&self, at: usize) -> usize {
        let cells = self.grid.column(self.base, at).map(|cell| plain(self.base, cell).of(self.base));
        cells.collect::<HashSet<_>>().len()
    }

    /// Whether a column says more than one thing, where it has room to.
    fn differs(&self, at: usize) -> bool {
        self.distinct(at) > 1 || self.grid.rows.len() < 3
    }

    fn is_mostly_said(&self, at: usize) -> bool {
        self.grid.column(self.base, at).count() * 2 > self.grid.rows.len()
    }

    /// Whether the cells are the same letters with another number each, as ids are: `S1`, `S2`, `S3`.
    fn counts_up(&self, at: usize) -> bool {
        let mut ids: Vec<&[u8]> =
            self.grid.column(self.base, at).map(|cell| plain(self.base, cell).of(self.base)).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        let numbered = ids.iter().all(|id| id.last().is_some_and(u8::is_ascii_digit));
        numbered && ids.len() == count && count > self.methodology.levels().len()
    }

    /// Whether the cells name places in the code.
    fn is_place(&self, at: usize) -> bool {
        self.kinds[at] == Some(FieldKind::File)
            || self.grid.share(self.base, at, |cell| names_place(self.base, cell)) >= 60
    }

    /// Whether the cells are names in code that are no files: `use-after-free`.
    fn is_code(&self, at: usize) -> bool {
        let is_name = |cell: Span| {
            let name = plain(self.base, cell).of(self.base);
            !name.iter().any(|byte| b"./:".contains(byte)) && has_words(name)
        };
        self.grid.share(self.base, at, is_name) >= 80 && self.distinct(at) * 10 >= self.grid.rows.len() * 9
    }

    fn is_mostly_ids(&self, at: usize) -> bool {
        self.grid.share(self.base, at, |cell| is_id(self.base, cell)) >= 60
    }
}

/// Whether a header names another scale than severity.
fn is_other_scale(header: &str) -> bool {
    let header = header.to_lowercase();
    OTHER_SCALES.iter().any(|scale| header.contains(scale))
}

/// Whether a cell is a single word or two.
fn is_word(base: &[u8], cell: Span) -> bool {
    let text = plain(base, cell);
    text.len() <= 32 && text.of(base).split(|byte| *byte == b' ').count() <= 2
}

/// Whether a cell names a file, a place in one, or another piece of code, and says nothing else.
pub(super) fn names_place(base: &[u8], cell: Span) -> bool {
    let text = cell.trim(base).of(base);
    let is_code = text.starts_with(b"`") && text.ends_with(b"`");
    let text = plain(base, cell).of(base);
    let first = text.split(|byte| b" ,;:<(".contains(byte)).next().unwrap_or_default();
    let dot = first.iter().rposition(|byte| *byte == b'.');
    let suffix = dot.map_or(&b""[..], |dot| &first[dot + 1..]);
    let is_file = (1..=6).contains(&suffix.len())
        && suffix.iter().all(u8::is_ascii_alphanumeric)
        && !suffix.iter().all(u8::is_ascii_digit);
    let words = text.split(|byte| *byte == b' ').count() + unspaced(text);
    (is_file || first.contains(&b'/')) && words <= 6
        || is_code && words <= 4
        || cell::says_nothing(base, cell)
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    /// The places of id, title, severity and status.
    fn places(text: &str) -> [Option<usize>; 4] {
        let methodology = Methodology::embedded();
        let Columns { id, title, severity, status, .. } =
            Columns::of(text.as_bytes(), &table(text), &methodology);
        [id, title, severity, status]
    }

    #[test]
    fn headers_name_their_columns_in_any_order_and_dress() {
        let text = "| 🔢 **ID** | `Status` | Severity (QA) | Issue / Effect |\n|--|--|--|--|\n| B-1 | open | High | it breaks |\n";
        assert_eq!(places(text), [Some(0), Some(3), Some(2), Some(1)]);
        let text = "No | Affected file | Bug description | Fix priority\n--|--|--|--\n1 | a.rs | it breaks | P1\n2 | b.rs | it hangs | P2\n";
        assert_eq!(places(text), [Some(0), Some(2), Some(3), None]);
    }

    #[test]
    fn cells_tell_what_headers_do_not() {
        let text = "| P | Ref. | What | Where | Now |\n|--|--|--|--|--|\n| P1 | **A1** | it breaks at once | `a.rs` | fixed |\n| P2 | A2 | it hangs | `b.rs` | open, later |\n| P1 | ~~A3~~ | it stops | `c.rs:3` | ✅ |\n";
        assert_eq!(places(text), [Some(1), Some(2), Some(0), Some(4)]);
    }

    /// What is decided on some of the bugs would take the statuses of the others away, and no save would go through.
    #[test]
    fn a_column_of_statuses_stays_one_whatever_its_cells_are_set_to() {
        let (rows, deferred) = (20, "Deferred until 2026-12-13");
        let said = |nth: usize| ["in test", "open", "built", "proven"][nth % 4];
        for set in 0..=rows {
            let cell = |nth: usize| if nth < set { deferred } else { said(nth) };
            let row = |nth: usize| format!("| B-{nth} | it breaks {nth} times | {} |\n", cell(nth));
            let text =
                format!("| ID | What | Registry |\n|--|--|--|\n{}", (0..rows).map(row).collect::<String>());
            assert_eq!(places(&text)[3], (set < rows).then_some(2), "{text}");
        }
    }

    /// That a bug repeats another could not be written where it is alone in its table.
    #[test]
    fn a_status_may_name_the_bug_that_is_repeated() {
        for status in ["Duplicate of SAIL-2", "Duplicate of torn-sail", "Duplicate of SAIL-2 - one cause"] {
            let text = format!("| ID | Title | Status |\n|--|--|--|\n| SAIL-1 | it rips | {status} |\n");
            assert_eq!(places(&text)[2..], [None, Some(2)], "{status}");
        }
    }

    /// What was done would be overwritten by what has become of it.
    #[test]
    fn a_column_that_tells_what_was_done_is_no_status() {
        let text = "| ID | Bug | Severity | Resolution |\n|--|--|--|--|\n| B-1 | it breaks | High | Fixed the loop and its test |\n| B-2 | it hangs | Low | Added a limit: twenty |\n";
        assert_eq!(places(text)[3], None);
        let text = "| ID | Bug | Severity | Resolution |\n|--|--|--|--|\n| B-1 | it breaks | High | ✅ the loop has an end now |\n| B-2 | it hangs | Low | Fixed in 2.1 |\n| B-3 | it stops | Low | Waiting for Ada |\n";
        assert_eq!(places(text)[3], Some(3));
    }

    #[test]
    fn the_first_text_that_differs_is_the_title() {
        let text = "| # | Attaque | Réussit ? | Pourquoi | Gravité |\n|--|--|--|--|--|\n| 1 | Lire le dossier d'autrui | oui | rien ne demande à qui il appartient, en aucun endroit | P1 |\n| 2 | Écrire sans droit | non | le serveur demande à chaque fois qui écrit et le note | P2 |\n";
        assert_eq!(places(text)[1], Some(1));
    }

    #[test]
    fn a_title_may_begin_with_a_file() {
        let text = "| 编号 | 问题 |\n|--|--|\n| B1 | `a.py` 引用空的目录 |\n| B2 | `b.py` 流程错误很多 |\n";
        assert_eq!(places(text)[..2], [Some(0), Some(1)]);
        let text = "| ID | Place |\n|--|--|\n| B1 | `a.py` |\n| B2 | src/b.py |\n";
        assert_eq!(places(text)[..2], [Some(0), None]);
    }

    #[test]
    fn severity_beats_priority_and_no_other_scale_counts() {
        let text = "| # | Priority | Severity | Bug |\n|--|--|--|--|\n| 1 | P1 | Minor | x breaks |\n";
        assert_eq!(places(text)[2], Some(2));
        let text = "| # | Bug | Likelihood | Estimated effort | Impact |\n|--|--|--|--|--|\n| 1 | it breaks | High | Low | High |\n";
        assert_eq!(places(text), [Some(0), Some(1), None, None]);
        let text = "| Bug | Impact | Estimated effort |\n|--|--|--|\n| it breaks | High | Low |\n";
        assert_eq!(places(text), [None, Some(0), Some(1), None]);
        let text = "| ID | Severity | Actual impact | How to verify |\n|--|--|--|--|\n| B-1 | High | the sail rips in the wind | look at the test of it |\n| B-2 | Low | the mast bows | ask the crew of the ship |\n";
        assert_eq!(places(text)[1..3], [Some(2), Some(1)]);
        let text = "| Bug | Impact |\n|--|--|\n| it breaks | High |\n| it hangs | users wait |\n";
        assert_eq!(places(text)[2], None);
        let text = "| # | Bug | Risk |\n|--|--|--|\n| 1 | it breaks | somebody may read it all |\n";
        assert_eq!(places(text)[2], None);
    }

    #[test]
    fn ids_that_look_like_levels_are_ids() {
        let text = "| Item | Finding |\n|--|--|\n| S1 | a is slow |\n| S2 | b is slow |\n| S3 | c is slow |\n| S4 | d is slow |\n| S5 | e is slow |\n";
        assert_eq!(places(text), [Some(0), Some(1), None, None]);
    }

    #[test]
    fn the_better_of_two_id_columns_and_of_two_titles_counts() {
        let text = "| # | ID | Name | Title |\n|--|--|--|--|\n| 1 | QA-7 | sort | it sorts wrongly |\n| 2 | — | find | it finds nothing |\n";
        assert_eq!(places(text)[..2], [Some(1), Some(3)]);
    }
}

//! What the rows of a table are: bugs, or something that only looks like them.
//!
//! The first reason that holds decides, from the most telling to the least; a table is taken for bugs
//! without doubt only where its rows are named or numbered and something is said of how severe or how
//! settled each is.

use std::collections::HashSet;

use super::cell::{Graded, after_id, grade, identify, plain};
use super::columns::{header, names_place};
use super::words::{FIGURES, MEANINGS, PLANS, TESTS};
use super::{Columns, Grid, Rows};
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::claim::{Count, is_count_name, names_bugs};
use crate::report::section::has_words;
use crate::text::Span;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum TableKind {
    /// Bugs.
    Bugs,
    /// Bugs, where something else around the table says so too: the table alone could hold other things.
    Perhaps,
    /// References to bugs that stand elsewhere: ids and what is said of them, no titles.
    References,
    /// Levels or other groups, and how many bugs each has.
    Summary,
    /// Levels and what they mean.
    Legend,
    /// Something against levels.
    Matrix,
    /// Tests and how they went.
    Tests,
    /// Files.
    Files,
    /// Figures.
    Metrics,
    /// Work to do.
    Plan,
    /// Work done.
    Changes,
    /// None of these.
    Other,
}

/// What a table was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) struct Recognised {
    /// What its rows are.
    pub(in crate::report) kind: TableKind,
    /// Why, in a few words.
    pub(in crate::report) why: &'static str,
}

impl Recognised {
    /// Tells what a table is.
    pub(in crate::report) fn of(
        base: &[u8],
        table: &Rows,
        columns: &Columns,
        methodology: &Methodology,
    ) -> Recognised {
        let grid = Grid::of(base, table);
        let heads = grid.head.iter().map(|cell| header(base, *cell).to_lowercase()).collect();
        let facts = Facts { base, grid: &grid, columns, methodology, heads };
        let (kind, why) = facts.tell();
        Recognised { kind, why }
    }
}

/// What is known of a table.
struct Facts<'a> {
    base: &'a [u8],
    grid: &'a Grid,
    columns: &'a Columns,
    methodology: &'a Methodology,
    /// The names of its columns, in lower case.
    heads: Vec<String>,
}

type Told = Option<(TableKind, &'static str)>;

impl Facts<'_> {
    fn tell(&self) -> (TableKind, &'static str) {
        self.counted()
            .or_else(|| self.legend())
            .or_else(|| self.work())
            .or_else(|| self.bugs())
            .or_else(|| self.figures())
            .or_else(|| self.tests())
            .or_else(|| self.files())
            .or_else(|| self.perhaps())
            .unwrap_or((TableKind::Other, "nothing in it tells"))
    }

    /// Tables that hold levels or groups and numbers.
    fn counted(&self) -> Told {
        if self.grid.rows.is_empty() {
            return Some((TableKind::Other, "it has no rows"));
        }
        let levels: HashSet<LevelId> =
            self.heads.iter().filter_map(|head| self.methodology.level_named(head)).collect();
        if levels.len() >= 2 {
            return Some((TableKind::Matrix, "levels stand in its header"));
        }
        let named = (0..self.heads.len())
            .any(|at| is_count_name(self.heads[at].as_bytes()) && self.are_numbers(at, 60));
        let plain = !self.has(FieldKind::Id) && !self.columns.title_is_named();
        let once = self.columns.severity.is_some_and(|at| self.each_once(at));
        let numbers =
            (0..self.heads.len()).any(|at| self.columns.kinds[at].is_none() && self.are_counts(at, 80));
        match (named && (plain || once), numbers && plain && once, numbers && self.columns.severity.is_some())
        {
            (true, ..) => Some((TableKind::Summary, "it has a column of counts")),
            (_, true, _) => Some((TableKind::Summary, "each level stands once, with numbers")),
            (.., true) if plain && self.columns.id.is_none() => {
                Some((TableKind::Summary, "groups with numbers and levels"))
            }
            _ => None,
        }
    }

    /// Tables that say what levels mean.
    fn legend(&self) -> Told {
        let at =
            self.columns.severity.filter(|at| *at <= 1 && self.each_once(*at) && self.grid.rows.len() > 1)?;
        let lists = self.has(FieldKind::Id) && (self.columns.title_is_named() || self.names_ids());
        let doubled =
            !lists && (0..self.heads.len()).any(|other| other != at && other <= 2 && self.each_once(other));
        let explained = self.heads.iter().any(|head| MEANINGS.contains(&head.as_str()));
        let falls = self.grid.rows.len() >= 3 && self.rises(at);
        let plain = !self.columns.title_is_named() && self.columns.id.is_none_or(|id| self.each_once(id));
        match (doubled, explained && plain, falls && plain && at == 0) {
            (true, ..) => Some((TableKind::Legend, "each row names one level twice")),
            (_, true, _) => Some((TableKind::Legend, "each level stands once, explained")),
            (.., true) => Some((TableKind::Legend, "each level stands once, in their order")),
            _ => None,
        }
    }

    /// Whether ids have letters, and are no levels.
    fn names_ids(&self) -> bool {
        let has_letters =
            |cell: Span| identify(self.base, cell).is_some_and(|id| has_words(id.of(self.base)));
        let are_named = |at: usize| self.grid.share(self.base, at, has_letters) >= 80 && !self.each_once(at);
        self.columns.id.is_some_and(are_named)
    }

    /// Tables of work that is to be done or was.
    fn work(&self) -> Told {
        let leads = |words: &[&str]| {
            (0..self.heads.len().min(3))
                .any(|at| words.contains(&self.heads[at].as_str()) && Some(at) != self.columns.status)
        };
        let titled = self.columns.title_is_named();
        let fix_first = self.columns.kinds.iter().take(2).flatten().find(|kind| {
            !matches!(kind, FieldKind::Id | FieldKind::Priority | FieldKind::Risk | FieldKind::Severity)
        });
        if self.is_about_tests() {
            return Some((TableKind::Tests, "its rows are named as tests"));
        }
        if !titled && (leads(&PLANS)) {
            return Some((TableKind::Plan, "its rows are named as work"));
        }
        if !titled && fix_first == Some(&FieldKind::Fix) {
            return Some((TableKind::Changes, "its rows are named as fixes"));
        }
        let commits = self.columns.kinds.first() == Some(&Some(FieldKind::Commit));
        commits.then_some((TableKind::Changes, "its rows are commits"))
    }

    /// Whether what stands before the titles is a test, and nothing says how severe its row is: the title tells what the
    /// test has met. Where the ids are named as those of bugs, the test is how each was found.
    fn is_about_tests(&self) -> bool {
        let Columns { id, title, severity, .. } = self.columns;
        let is_test = |at: &usize| Some(*at) != *id && TESTS.contains(&self.heads[*at].as_str());
        let finds_bugs = || id.is_some_and(|at| names_bugs(self.heads[at].as_bytes()));
        let before = title.is_some_and(|title| (0..title).any(|at| is_test(&at)));
        before && self.columns.title_is_named() && severity.is_none() && !finds_bugs()
    }

    /// Tables whose rows are bugs, or ids of bugs, beyond doubt.
    fn bugs(&self) -> Told {
        let Columns { id, title, status, .. } = self.columns;
        if !self.are_distinct() {
            return None;
        }
        match (id.is_some(), self.columns.title_is_named(), self.columns.grade(), status.is_some()) {
            (true, _, true, _) if title.is_none() => {
                Some((TableKind::References, "ids and severities, no titles"))
            }
            (true, _, _, true) if title.is_none() => {
                Some((TableKind::References, "ids and statuses, no titles"))
            }
            (true, _, true, _) => Some((TableKind::Bugs, "ids and severities")),
            (true, true, _, true) => Some((TableKind::Bugs, "ids, titles and statuses")),
            (true, _, _, true) if self.are_advisories() => Some((TableKind::Bugs, "advisories and statuses")),
            (true, false, false, _) if self.grades_ids() => Some((TableKind::Bugs, "ids with severities")),
            (false, true, true, _) => Some((TableKind::Bugs, "titles and severities")),
            (true, false, _, true) if self.refers() => {
                Some((TableKind::References, "ids under the name of bugs"))
            }
            (true, true, _, _) if !self.tells(&TESTS) => Some((TableKind::Bugs, "ids and titles")),
            _ => None,
        }
    }

    fn figures(&self) -> Told {
        let count = self
            .heads
            .iter()
            .filter(|head| {
                FIGURES.iter().any(|word| head.as_str() == *word || head.contains(word) && word.len() > 5)
            })
            .count();
        let numbers = (1..self.heads.len()).filter(|at| self.are_numbers(*at, 60)).count();
        let figures = count >= 2
            || count == 1 && self.heads.len() <= 2
            || numbers >= 1 && numbers + 1 >= self.heads.len();
        figures.then_some((TableKind::Metrics, "its header names figures"))
    }

    fn tests(&self) -> Told {
        let runs_on = |head: &String| TESTS.iter().any(|word| !word.is_ascii() && head.starts_with(word));
        let named = self.tells(&TESTS) || self.heads.iter().any(runs_on) || self.has(FieldKind::Test);
        named.then_some((TableKind::Tests, "its header names tests"))
    }

    fn files(&self) -> Told {
        let leads = self.grid.share(self.base, 0, |cell| names_place(self.base, cell)) >= 60;
        let are_titles = self.columns.title_is_named() || self.columns.title == Some(0);
        (leads && !are_titles).then_some((TableKind::Files, "its rows begin with files"))
    }

    /// Tables whose rows could be bugs.
    fn perhaps(&self) -> Told {
        let Columns { id, title, status, .. } = self.columns;
        if !self.are_distinct() || title.is_none() {
            return None;
        }
        match (id.is_some(), self.columns.title_is_named(), self.columns.grade(), status.is_some()) {
            (_, _, true, _) => Some((TableKind::Perhaps, "severities, but neither ids nor titles by name")),
            (false, true, _, true) => Some((TableKind::Perhaps, "titles and statuses, but no ids")),
            (false, true, _, _) => Some((TableKind::Perhaps, "titles only")),
            (true, false, _, true) => Some((TableKind::Perhaps, "ids and statuses, but no titles by name")),
            (true, false, ..) => Some((TableKind::Perhaps, "ids only")),
            _ => None,
        }
    }

    fn has(&self, kind: FieldKind) -> bool {
        self.columns.kinds.contains(&Some(kind))
    }

    /// Whether the ids stand where the titles of bugs would.
    fn refers(&self) -> bool {
        self.columns.id.is_some_and(|at| self.columns.kinds[at] == Some(FieldKind::Title))
    }

    fn tells(&self, words: &[&str]) -> bool {
        self.heads.iter().any(|head| words.contains(&head.as_str()))
    }

    /// Whether the cells of a column are counts, in so many of a hundred.
    fn are_counts(&self, at: usize, least: usize) -> bool {
        let is_count = |cell: Span| Count::read(plain(self.base, cell).of(self.base)) != Count::Unknown;
        Some(at) != self.columns.id && self.grid.share(self.base, at, is_count) >= least
    }

    /// Whether the cells of a column begin with numbers and say little more, in so many of a hundred.
    fn are_numbers(&self, at: usize, least: usize) -> bool {
        let is_number = |cell: Span| {
            let text = plain(self.base, cell).of(self.base);
            text.first().is_some_and(|first| first.is_ascii_digit() || *first == b'~') && text.len() <= 12
        };
        Some(at) != self.columns.id && self.grid.share(self.base, at, is_number) >= least
    }

    /// Whether a column names levels, by no word twice.
    fn each_once(&self, at: usize) -> bool {
        let levels = self.levels(at);
        let distinct: HashSet<Vec<u8>> =
            levels.iter().map(|graded| graded.word.of(self.base).to_ascii_lowercase()).collect();
        levels.len() >= 2 && distinct.len() == levels.len() && levels.len() + 2 >= self.grid.rows.len()
    }

    /// Whether the levels of a column stand in their order, either way.
    fn rises(&self, at: usize) -> bool {
        let levels: Vec<LevelId> = self.levels(at).iter().map(|graded| graded.level).collect();
        levels.is_sorted() || levels.iter().rev().is_sorted()
    }

    fn levels(&self, at: usize) -> Vec<Graded> {
        let read = |cell| grade(self.base, cell, self.methodology).filter(|graded| graded.alone);
        self.grid.column(self.base, at).filter_map(read).collect()
    }

    /// Whether most rows differ in their id or, without ids, in their title.
    fn are_distinct(&self) -> bool {
        let Some(at) = self.columns.id.or(self.columns.title) else { return false };
        let cells: Vec<&[u8]> =
            self.grid.column(self.base, at).map(|cell| plain(self.base, cell).of(self.base)).collect();
        let distinct: HashSet<&[u8]> = cells.iter().copied().collect();
        distinct.len() * 10 >= cells.len() * 8 || self.are_named() && self.differ()
    }

    /// Whether the header calls the ids, which advisories need not be, and how severe each row is by their names.
    fn are_named(&self) -> bool {
        let is_named = |at| self.columns.kinds[at] == Some(FieldKind::Id) || self.are_advisories();
        self.columns.id.is_some_and(is_named)
            && self.columns.severity_is_named
            && self.columns.title.is_some()
    }

    /// Whether the ids are those of published vulnerabilities.
    fn are_advisories(&self) -> bool {
        self.columns.id.is_some_and(|at| self.grid.lists_advisories(self.base, at))
    }

    /// Whether no two rows say the same.
    fn differ(&self) -> bool {
        let rows: HashSet<Vec<&[u8]>> =
            self.grid.rows.iter().map(|row| row.iter().map(|cell| cell.of(self.base)).collect()).collect();
        rows.len() == self.grid.rows.len()
    }

    /// Whether the cells that hold the ids hold severities too.
    fn grades_ids(&self) -> bool {
        let Some(at) = self.columns.id else { return false };
        let graded = |cell: Span| {
            identify(self.base, cell).is_some_and(|id| {
                let rest = after_id(self.base, cell, id);
                grade(self.base, rest, self.methodology).is_some_and(|graded| graded.alone)
            })
        };
        self.grid.share(self.base, at, graded) >= 60
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    fn kind(head: &str, rows: &[&str]) -> TableKind {
        let columns = head.split('|').count();
        let rule = vec!["---"; columns].join("|");
        let text = format!("| {head}\n| {rule}\n| {}\n", rows.join("\n| "));
        let methodology = Methodology::embedded();
        let table = table(&text);
        let columns = Columns::of(text.as_bytes(), &table, &methodology);
        Recognised::of(text.as_bytes(), &table, &columns, &methodology).kind
    }

    #[test]
    fn bugs_are_named_or_numbered_and_graded_or_settled() {
        assert_eq!(
            kind("ID | Title | Sev", &["B-1 | it breaks | high", "B-2 | it hangs | low"]),
            TableKind::Bugs
        );
        assert_eq!(
            kind("# | Finding | Status", &["C1 | it breaks | FIXED", "C2 | it hangs | open"]),
            TableKind::Bugs
        );
        assert_eq!(
            kind("Sev | Problem", &["high | it breaks", "high | it hangs", "low | it stops"]),
            TableKind::Bugs
        );
        assert_eq!(
            kind("# | File | Issue", &["1 | `a.rs` | it breaks", "2 | `b.rs` | it hangs"]),
            TableKind::Bugs
        );
        assert_eq!(
            kind("Issue | Status", &["H-1 | fixed", "H-2 | open", "H-3 | fixed"]),
            TableKind::References
        );
        assert_eq!(
            kind("Sev | Where to look", &["high | the sorter", "high | the finder", "low | the rest"]),
            TableKind::Perhaps
        );
    }

    #[test]
    fn what_scanners_find_is_told_by_its_advisory_or_the_name_of_its_rule() {
        let rows = [
            "a | CVE-2024-1 | HIGH | it breaks",
            "b | CVE-2024-1 | HIGH | it breaks",
            "b | CVE-2024-2 | LOW | it hangs",
        ];
        assert_eq!(kind("Package | ID | Severity | Title", &rows), TableKind::Bugs);
        let rows = ["lamp | High | 1.2 | 1.3 | CVE-2024-1", "rope | Low | 2.0 | 2.4 | CVE-2024-2"];
        assert_eq!(
            kind("Package | Severity | Current Version | Fixed Version | Advisory", &rows),
            TableKind::Bugs
        );
        assert_eq!(
            kind("Detector | Severity", &["`weak-random` | High", "`open-redirect` | High"]),
            TableKind::Perhaps
        );
        assert_eq!(
            kind("# | Issue | Status", &["C1 | `BUG_dark` | open", "C2 | `GAP_rope` | fixed"]),
            TableKind::Bugs
        );
        let twice = ["B-1 | it breaks | High", "B-2 | it hangs | Low", "B-1 | it breaks badly | Critical"];
        assert_eq!(kind("ID | Title | Severity", &twice), TableKind::Bugs);
        let same = ["B-1 | it breaks | High", "B-1 | it breaks | High", "B-1 | it breaks | High"];
        assert_ne!(kind("ID | Title | Severity", &same), TableKind::Bugs);
    }

    #[test]
    fn numbers_and_meanings_of_levels_are_no_bugs() {
        assert_eq!(
            kind("Severity | Count | Fixed", &["Critical | 2 | 1", "High | 7 | 0", "Total | 9 | 1"]),
            TableKind::Summary
        );
        assert_eq!(
            kind("Rank | 항목 수 | 비고", &["🔴 Critical | 1 | now", "🟠 High | 2 | soon"]),
            TableKind::Summary
        );
        assert_eq!(
            kind("Area | Number | Severity", &["Net | 2 | High", "Disk | 4 | High"]),
            TableKind::Summary
        );
        assert_eq!(
            kind(
                "Level | Name | What it is | SLA",
                &["P0 | Critical | blocks all | 24 h", "P1 | High | blocks some | 72 h"]
            ),
            TableKind::Legend
        );
        assert_eq!(
            kind("Severity | Description", &["High | data is lost", "Low | it looks odd"]),
            TableKind::Legend
        );
        assert_eq!(
            kind("Bug ID | Severity | Priority", &["B-1 | Critical | High", "B-2 | Medium | Medium"]),
            TableKind::References
        );
        assert_eq!(
            kind("Area | High | Medium | Low", &["Net | 1 | 2 | 3", "Disk | 0 | 0 | 1"]),
            TableKind::Matrix
        );
    }

    #[test]
    fn work_tests_files_and_figures_are_no_bugs() {
        assert_eq!(
            kind("Priority | Action | Effort", &["High | mend a | 1 h", "High | mend b | 2 h"]),
            TableKind::Plan
        );
        assert_eq!(
            kind("Fix | File | Change", &["A1 | `a.rs` | gone", "A2 | `b.rs` | gone"]),
            TableKind::Changes
        );
        assert_eq!(
            kind("# | Test | Result", &["1 | log in | refused", "2 | log out | as it should"]),
            TableKind::Tests
        );
        let failed = ["1 | log in | FAIL | a blank page", "2 | log out | PASS | as it should be"];
        assert_eq!(kind("# | Test | Result | Issue", &failed), TableKind::Tests);
        assert_eq!(
            kind(
                "Bug ID | Test | Status | Issue",
                &["B-1 | log in | open | a page", "B-2 | log out | open | none"]
            ),
            TableKind::Bugs
        );
        assert_eq!(kind("Place | What", &["`src/a.rs` | parses", "`src/b.rs` | prints"]), TableKind::Files);
        assert_eq!(
            kind("Metric | Before | After", &["Speed | 12 ms | 3 ms", "Size | 4 kB | 2 kB"]),
            TableKind::Metrics
        );
        assert_eq!(kind("Thing | Thought", &["a | b", "c | d"]), TableKind::Other);
        assert_eq!(kind("ID | Title | Severity", &[]), TableKind::Other);
    }
}

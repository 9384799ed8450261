//! Whether a report, one severity set and read again, says just that and nothing else.

use std::collections::BTreeMap;
use std::fmt;

use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report};

/// What can be read of one bug. A handle is left without the number that tells repeats apart, for a bug that
/// moves takes another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub handle: String,
    pub id: Option<String>,
    pub title: String,
    pub level: Option<u8>,
    pub status: Option<String>,
}

impl Said {
    pub fn of(report: &Report, bug: BugIx) -> Said {
        Said {
            handle: match report.id(bug) {
                Some(id) if id == report.handle(bug) => id.into_owned(),
                _ => without_number(&report.handle(bug)),
            },
            id: report.id(bug).map(Into::into),
            title: report.title(bug).into_owned(),
            level: report.level(bug).map(|level| level.0),
            status: report.status(bug).map(Into::into),
        }
    }
}

/// A handle without `#2`, where such a number stands behind more than nothing.
fn without_number(handle: &str) -> String {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match handle.rsplit_once('#') {
        Some((name, number)) if !name.is_empty() && is_number(number) => name.to_owned(),
        _ => handle.to_owned(),
    }
}

/// How a report, read again, says something else than what was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wrong {
    /// It has more bugs or fewer.
    Count,
    /// The bug has not the level that it was given, and nothing else is wrong.
    Level,
    /// The bug says something else of itself than before.
    Itself,
    /// Another bug says something else.
    Others,
}

/// What is wrong with `after`, where `bug` of `before` was given this level, and an example in words.
pub fn wrong(before: &Report, bug: BugIx, level: LevelId, after: &Report) -> Option<(Wrong, String)> {
    let wanted = Said { level: Some(level.0), ..Said::of(before, bug) };
    let others = before.indexes().filter(|other| *other != bug).map(|other| Said::of(before, other));
    let expected = others.chain([wanted.clone()]);
    let said = after.indexes().map(|bug| Said::of(after, bug));
    let (lost, gained) = difference(expected, said);
    let kind = match (lost.as_slice(), gained.as_slice()) {
        ([], []) => return None,
        (lost, gained) if lost.len() != gained.len() => Wrong::Count,
        ([lost], [gained]) if *lost == wanted => {
            match (Said { level: lost.level, ..gained.clone() }) == *lost {
                true => Wrong::Level,
                false => Wrong::Itself,
            }
        }
        _ => Wrong::Others,
    };
    Some((kind, format!("wanted {}, said {}", Few(&lost), Few(&gained))))
}

/// What only the first has, and what only the second has, each as often as it has it more.
pub fn difference<T: Ord + Clone>(
    first: impl IntoIterator<Item = T>,
    second: impl IntoIterator<Item = T>,
) -> (Vec<T>, Vec<T>) {
    let mut counts: BTreeMap<T, i64> = BTreeMap::new();
    first.into_iter().for_each(|item| *counts.entry(item).or_default() += 1);
    let mut gained = Vec::new();
    for item in second {
        match counts.get_mut(&item) {
            Some(count) if *count > 0 => *count -= 1,
            _ => gained.push(item),
        }
    }
    let lost = counts.into_iter().filter(|(_, count)| *count > 0);
    (lost.flat_map(|(item, count)| std::iter::repeat_n(item, count as usize)).collect(), gained)
}

/// The first of some bugs, shortly.
struct Few<'a>(&'a [Said]);

impl fmt::Display for Few<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.len())?;
        let Some(Said { handle, title, level, status, .. }) = self.0.first() else { return Ok(()) };
        let title: String = title.chars().take(30).collect();
        let level = level.map_or_else(|| "-".to_owned(), |level| level.to_string());
        let status = status.as_deref().unwrap_or("-");
        write!(out, " ({handle} {title:?} level {level} status {:.20})", status.replace('\n', "⏎"))
    }
}

#[test]
fn a_difference_counts_repeats() {
    assert_eq!(difference([1, 1, 1, 2], [1, 3, 1]), (vec![1, 2], vec![3]));
    assert_eq!(difference([2, 1], [1, 2]), (vec![], vec![]));
}

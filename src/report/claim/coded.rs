//! Levels that the letters of ids tell to counts where nothing else does: `C1`, `H1`, `M1` beside a table that counts by level.
//!
//! A letter alone may stand for anything, so it says nothing of how severe a bug is but to those who count by it. Ids stay what
//! they are when a bug gets another level, so no decision changes what they say of others.

use crate::methodology::LevelId;
use crate::report::{BugIx, Report};

/// What the letters of a scale are short for, from the top.
const LETTERS: [(u8, &str); 5] =
    [(b'C', "critical"), (b'H', "high"), (b'M', "medium"), (b'L', "low"), (b'I', "info")];

/// How many letters that follow each other in the scale ids have at the least.
const FOLLOWING: usize = 3;

/// The level that each letter stands for.
pub(in crate::report) type Levels = [LevelId; LETTERS.len()];

/// What letters stand for where all ids of a report that states counts are a letter of a scale and a number, and several of them
/// follow each other in it.
pub(in crate::report) fn levels(report: &Report) -> Option<Levels> {
    if report.claims().is_empty() {
        return None;
    }
    let mut are_there = [false; LETTERS.len()];
    for bug in report.indexes() {
        are_there[place(report, bug)?] = true;
    }
    let follow = are_there.windows(FOLLOWING).any(|run| run.iter().all(|is_there| *is_there));
    let level = |(_, word): (u8, &str)| report.methodology().level_named(word);
    let levels: Vec<LevelId> = LETTERS.into_iter().filter(|_| follow).map(level).collect::<Option<_>>()?;
    levels.try_into().ok()
}

/// The level that the id of a bug stands for.
pub(in crate::report) fn level(report: &Report, bug: BugIx, levels: &Levels) -> Option<LevelId> {
    place(report, bug).map(|place| levels[place])
}

/// The word that the id of a bug is short for.
pub(super) fn word(report: &Report, bug: BugIx) -> Option<&'static str> {
    place(report, bug).map(|place| LETTERS[place].1)
}

/// The place in the scale of the letter that an id is, with a number: of `H1`, of `H-01`.
fn place(report: &Report, bug: BugIx) -> Option<usize> {
    let [letter, number @ ..] = report.bug(bug).id.of(report.base()) else { return None };
    let number = number.strip_prefix(b"-").unwrap_or(number);
    let is_number = !number.is_empty() && number.iter().all(u8::is_ascii_digit);
    LETTERS.iter().position(|(known, _)| known == letter).filter(|_| is_number)
}

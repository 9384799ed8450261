//! Rows and items that tell headed bugs again: under the same numbers, or in other words.
//!
//! Neither is believed of one row alone. Numbers speak where all rows have the very series of the headings; words where
//! most rows share a word with the title of one bug that no other title has, each with another one. What both say of how
//! severe the bugs are must agree for the most part.

use std::collections::{HashMap, HashSet};

use crate::methodology::LevelId;
use crate::report::bug::{Bug, BugIx};
use crate::report::mention::core;
use crate::text::{Span, lossy};

/// In how many bugs words are looked for.
pub(super) const MOST: usize = 200;

/// How many letters a word has at least that tells a title from others.
const TELLING: usize = 4;

/// What a row or an item says of a bug.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) id: Span,
    pub(super) title: Span,
    pub(super) level: Option<LevelId>,
}

/// The bugs that rows speak of which have the same numbers, all of them in the same order, and no two alike. Of several rows for
/// the parts of a bug, such as `4a` and `4b`, the first speaks of it.
pub(super) fn by_number(base: &[u8], bugs: &[Bug], rows: &[Told]) -> Option<Vec<Option<BugIx>>> {
    let numbers = series(base, rows)?;
    let mut counted = (0..).map(BugIx).zip(bugs).filter_map(|(at, bug)| Some((at, number(base, bug.id)?)));
    let mut found = Vec::new();
    for (nth, wanted) in numbers.iter().enumerate() {
        let is_further = nth > 0 && numbers[nth - 1] == *wanted;
        found.push(match is_further {
            true => None,
            false => Some(counted.next().filter(|(_, number)| number == wanted)?.0),
        });
    }
    let pairs = rows.iter().zip(&found).filter_map(|(row, bug)| Some((row.level, bugs[(*bug)?.at()].level)));
    (counted.next().is_none() && agree(pairs)).then_some(found)
}

/// Whether rows have numbers that rise.
pub(super) fn is_series(base: &[u8], rows: &[Told]) -> bool {
    series(base, rows).is_some()
}

fn series(base: &[u8], rows: &[Told]) -> Option<Vec<u32>> {
    let parts: Vec<(u32, &[u8])> = rows.iter().map(|row| part(base, row.id)).collect::<Option<_>>()?;
    let goes_on =
        |pair: &[(u32, &[u8])]| pair[0].0 < pair[1].0 || pair[0].0 == pair[1].0 && pair[0].1 < pair[1].1;
    let rises = parts.len() > 1 && parts.windows(2).all(goes_on);
    rises.then(|| parts.into_iter().map(|(number, _)| number).collect())
}

/// The bugs that rows or items speak of in other words; nothing where that is not most of them.
pub(super) fn by_words(base: &[u8], bugs: &[Bug], rows: &[Told]) -> Vec<Option<BugIx>> {
    let none = || vec![None; rows.len()];
    if bugs.len() > MOST || rows.len() > bugs.len() || rows.len() < 2 {
        return none();
    }
    let mut owners: HashMap<String, Option<BugIx>> = HashMap::new();
    for (at, bug) in (0..).map(BugIx).zip(bugs) {
        for word in words(base, bug.title) {
            owners.entry(word).and_modify(|owner| *owner = None).or_insert(Some(at));
        }
    }
    let mut taken = HashSet::new();
    let speaks = |row: &Told| {
        let words = words(base, row.title);
        let mut shared: HashMap<BugIx, usize> = HashMap::new();
        words
            .iter()
            .filter_map(|word| *owners.get(word)?)
            .for_each(|bug| *shared.entry(bug).or_default() += 1);
        let most = shared.values().copied().max()?;
        let mut best = shared.iter().filter(|(_, count)| **count == most);
        let (bug, _) = best.next().filter(|_| most * 3 >= words.len() || most > 1)?;
        (best.next().is_none() && taken.insert(*bug)).then_some(*bug)
    };
    let found: Vec<Option<BugIx>> = rows.iter().map(speaks).collect();
    let pairs = rows.iter().zip(&found).filter_map(|(row, bug)| Some((row.level, bugs[(*bug)?.at()].level)));
    let are_most = found.iter().flatten().count() * 3 >= rows.len() * 2 && found.iter().flatten().count() > 1;
    if are_most && agree(pairs) { found } else { none() }
}

/// Whether most levels are the same of those that both sides name.
fn agree(pairs: impl Iterator<Item = (Option<LevelId>, Option<LevelId>)>) -> bool {
    let both = pairs.filter_map(|(one, other)| Some(one? == other?));
    let (same, all) = both.fold((0, 0), |(same, all), is_same| (same + usize::from(is_same), all + 1));
    same * 3 >= all * 2
}

/// The number that an id is, but for what may stand before it.
fn number(base: &[u8], id: Span) -> Option<u32> {
    std::str::from_utf8(core(id.of(base))).ok()?.parse().ok()
}

/// The number that an id is, and the letter of a part behind it: `4a`.
fn part(base: &[u8], id: Span) -> Option<(u32, &[u8])> {
    let text = core(id.of(base));
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, letter) = text.split_at(digits);
    let is_part = matches!(letter, [] | [b'a'..=b'z']);
    is_part.then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten().map(|number| (number, letter))
}

/// The words of a title that could tell it from others, in lower case.
fn words(base: &[u8], title: Span) -> HashSet<String> {
    let text = lossy(title.of(base)).to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| word.chars().count() >= TELLING).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::bug::{Form, Source};

    /// Bugs and rows of an id, a title and a level each, and what speaks of what: by number, and by words.
    fn told(bugs: &[(&str, &str, u8)], rows: &[(&str, &str, u8)]) -> (Vec<Option<u32>>, Vec<Option<u32>>) {
        let mut base = Vec::new();
        let mut put = |text: &str| {
            let start = base.len() as u32;
            base.extend_from_slice(text.as_bytes());
            Span::new(start, base.len() as u32)
        };
        let bug = |(id, title, level): &(&str, &str, u8), put: &mut dyn FnMut(&str) -> Span| Bug {
            block: Span::empty(0),
            body: 0,
            id: put(id),
            title: put(title),
            severity: Span::empty(0),
            level: Some(LevelId(*level)),
            source: Source::Nothing,
            section: None,
            form: Form::Heading,
        };
        let bugs: Vec<Bug> = bugs.iter().map(|one| bug(one, &mut put)).collect();
        let rows: Vec<Bug> = rows.iter().map(|one| bug(one, &mut put)).collect();
        let rows: Vec<Told> =
            rows.iter().map(|row| Told { id: row.id, title: row.title, level: row.level }).collect();
        let number = by_number(&base, &bugs, &rows).unwrap_or_default();
        let words = by_words(&base, &bugs, &rows);
        (
            number.into_iter().map(|bug| bug.map(|bug| bug.0)).collect(),
            words.into_iter().map(|bug| bug.map(|bug| bug.0)).collect(),
        )
    }

    #[test]
    fn a_series_is_the_same_where_nothing_is_left_of_it() {
        let bugs = [("Bug 1", "The sail rips", 1), ("Bug 2", "A mast bows", 2)];
        assert_eq!(told(&bugs, &[("1", "cloth", 1), ("2", "wood", 2)]).0, [Some(0), Some(1)]);
        assert_eq!(told(&bugs, &[("#1", "cloth", 1), ("#2", "wood", 2)]).0, [Some(0), Some(1)]);
        let parts = [("1", "cloth", 1), ("2a", "wood", 2), ("2b", "tar", 0)];
        assert_eq!(told(&bugs, &parts).0, [Some(0), Some(1), None]);
        for rows in [
            &[("2", "wood", 2), ("1", "cloth", 1)][..],
            &[("1", "cloth", 1)],
            &[("1", "cloth", 1), ("2", "wood", 2), ("3", "rope", 2)],
            &[("1", "cloth", 3), ("2", "wood", 0)],
        ] {
            assert_eq!(told(&bugs, rows).0, [None; 0], "{rows:?}");
        }
        let twice = [bugs[0], bugs[1], bugs[0]];
        assert_eq!(told(&twice, &[("1", "cloth", 1), ("2", "wood", 2)]).0, [None; 0]);
    }

    #[test]
    fn most_rows_share_a_word_with_one_bug_each() {
        let bugs =
            [("1", "The viewer shows a stub", 0), ("2", "Events come twice", 1), ("3", "The mast bows", 2)];
        let rows = [("", "doubled events", 1), ("", "viewer stub", 0)];
        assert_eq!(told(&bugs, &rows).1, [Some(1), Some(0)]);
        assert_eq!(told(&bugs, &[rows[0], rows[1], ("", "bent wood", 2)]).1, [Some(1), Some(0), None]);
        for rows in [
            &[("", "doubled events", 3), ("", "viewer stub", 3)][..],
            &[("", "doubled events", 1), ("", "events are lost", 1)],
            &[("", "doubled events", 1), ("", "torn cloth", 1), ("", "bent wood", 2)],
        ] {
            assert_eq!(told(&bugs, rows).1, vec![None; rows.len()], "{rows:?}");
        }
    }
}

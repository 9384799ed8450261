//! Ids that stand for a level, such as `[H-01]`: learnt from the whole report, for most ids do not.

use std::collections::{BTreeMap, HashMap};

use crate::methodology::{Level, LevelId, Methodology};
use crate::report::{BugIx, Report};

/// How long the letters may be that stand for a level.
const LETTERS: usize = 8;

/// How many bugs have to agree before ids are taken to stand for levels.
const AGREEING: usize = 3;

/// How many bugs with a letter have to agree before it stands for a level by another word than the level's name.
const AGREEING_BY_LETTER: usize = 2;

/// Which level the letters of an id stand for. Capitals matter: `M1` and `m1` can both exist.
#[derive(Debug, Default)]
pub(super) struct Encoding {
    levels: HashMap<String, LevelId>,
}

impl Encoding {
    /// Learns it; empty where ids do not by and large stand for levels, and for different ones.
    pub(super) fn of(report: &Report) -> Encoding {
        let mut counts: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        let levels = report.methodology().levels().len();
        for (letters, level) in
            report.indexes().filter_map(|bug| Some((letters(report, bug)?, report.level(bug)?)))
        {
            counts.entry(letters).or_insert_with(|| vec![0; levels])[usize::from(level.0)] += 1;
        }
        let meant = |letters: &[u8], counts: &[usize]| meaning(report.methodology(), letters, counts);
        let meanings: Vec<(&[u8], LevelId, &Vec<usize>)> = counts
            .iter()
            .filter_map(|(letters, counts)| Some((*letters, meant(letters, counts)?, counts)))
            .collect();
        let agreeing = |(_, level, counts): &(&[u8], LevelId, &Vec<usize>)| counts[usize::from(level.0)];
        let agree: usize = meanings.iter().map(agreeing).sum();
        let all: usize = meanings.iter().flat_map(|(.., counts)| counts.iter()).sum();
        let mut distinct: Vec<LevelId> =
            meanings.iter().filter(|meaning| agreeing(meaning) > 0).map(|(_, level, _)| *level).collect();
        distinct.sort_unstable();
        distinct.dedup();
        if agree < AGREEING || agree * 3 < all * 2 || distinct.len() < 2 {
            return Encoding::default();
        }
        let text = |letters: &[u8]| String::from_utf8_lossy(letters).into_owned();
        Encoding { levels: meanings.iter().map(|(letters, level, _)| (text(letters), *level)).collect() }
    }

    /// What an id says against its bug's level.
    pub(super) fn contradiction(&self, report: &Report, bug: BugIx) -> Option<String> {
        if self.levels.is_empty() {
            return None;
        }
        let letters = std::str::from_utf8(letters(report, bug)?).ok()?;
        let (meant, level) = (*self.levels.get(letters)?, report.level(bug)?);
        let key = |level| &report.methodology().level(level).key;
        let name = |level| &report.methodology().level(level).name;
        (meant != level).then(|| {
            format!(
                "{} says {} {}, but its id stands for {}",
                report.handle(bug),
                key(level),
                name(level),
                name(meant)
            )
        })
    }
}

/// The letters that an id begins with, followed by a number at once or behind a separator.
fn letters(report: &Report, bug: BugIx) -> Option<&[u8]> {
    let id = report.bug(bug).id.of(report.base());
    let length = id.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let number = id[length..].iter().find(|byte| !b"-_ #.".contains(byte))?;
    ((1..=LETTERS).contains(&length) && number.is_ascii_digit()).then(|| &id[..length])
}

/// The level that letters are short for: of those whose words begin so, the one that most bugs with these
/// letters have, and of equals the one whose name does; where none has any, the only one.
fn meaning(methodology: &Methodology, letters: &[u8], counts: &[usize]) -> Option<LevelId> {
    let short = String::from_utf8_lossy(letters).to_lowercase();
    let begins = |word: &String| word.to_lowercase().starts_with(&short);
    let is_short_for =
        |level: &Level| begins(&level.name) || begins(&level.key) || level.aliases.iter().any(begins);
    let short_for: Vec<LevelId> =
        methodology.level_ids().filter(|id| is_short_for(methodology.level(*id))).collect();
    let weight = |id: &&LevelId| (counts[usize::from(id.0)], begins(&methodology.level(**id).name));
    let most = short_for.iter().rev().max_by_key(weight).copied();
    let only = || if let [only] = short_for[..] { Some(only) } else { None };
    let meant = most.filter(|id| counts[usize::from(id.0)] > 0).or_else(only);
    // Sections have letters too, and there are many words that begin with one.
    let agrees = |id: &LevelId| {
        letters.len() > 1
            || counts[usize::from(id.0)] >= AGREEING_BY_LETTER
            || begins(&methodology.level(*id).name)
    };
    meant.filter(agrees)
}

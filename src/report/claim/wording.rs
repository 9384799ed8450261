//! The words by which several counts of one status are told from each other, `Fixed (unverified)` beside `Resolved`, and
//! several of one level: `Low` beside `Informational`.

use rayon::prelude::*;

use crate::methodology::{LevelId, Methodology, StatusId};
use crate::report::{BugIx, Change, Claim, Report, Writing, render};
use crate::text::lossy;

/// How many bytes of a word tell it from others.
const MOST: usize = 16;

/// A word for a status in lower case; where it is shorter, zeros follow.
pub(in crate::report) type Word = [u8; MOST];

/// How a status is worded that a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wording {
    pub(super) word: Word,
    /// Whether bugs are counted here whose words for the status no count has.
    pub(super) takes_others: bool,
}

impl Wording {
    /// The word, in lower case.
    pub fn word(&self) -> &str {
        let length = self.word.iter().position(|byte| *byte == 0).unwrap_or(MOST);
        std::str::from_utf8(&self.word[..length]).unwrap_or_default()
    }

    /// How headers for one status word it; `None` where their words do not tell them apart. What none of them says goes
    /// to the only one that says nothing but its word.
    pub(super) fn apart(headers: &[&[u8]], methodology: &Methodology) -> Option<Vec<Wording>> {
        let words: Option<Vec<Word>> =
            headers.iter().map(|header| Some(read(header, methodology)?.1)).collect();
        let is_bare = |header: &&[u8]| methodology.status_named(lossy(header).trim()).is_some();
        let bare = headers.iter().filter(|header| is_bare(header)).count();
        let wording =
            |(word, header): (Word, _)| Wording { word, takes_others: bare == 1 && is_bare(header) };
        let worded: Vec<Wording> = words?.into_iter().zip(headers).map(wording).collect();
        let is_own = |(at, one): (usize, &Wording)| worded[..at].iter().all(|other| other.word != one.word);
        worded.iter().enumerate().all(is_own).then_some(worded)
    }
}

/// Which of the words that share a level a claim counts, where others of its table or list count the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shared {
    /// How it words the level.
    wording: Wording,
    /// What all that count by such words have in common: where the first of them stands.
    pub(super) beside: u32,
}

impl Shared {
    /// The word, in lower case.
    pub fn word(&self) -> &str {
        self.wording.word()
    }

    /// How labels for one level word it, the first of which stands at `beside`; `None` where their words do not tell them apart.
    pub(super) fn apart(
        labels: &[&[u8]],
        level: LevelId,
        beside: u32,
        methodology: &Methodology,
    ) -> Option<Vec<Shared>> {
        let read = |label: &&[u8]| read_level(label, methodology).filter(|(named, _)| *named == level);
        let words: Vec<Word> = labels.iter().map(|label| Some(read(label)?.1)).collect::<Option<_>>()?;
        let is_own = |at: usize| words[..at].iter().all(|other| !are_same(other, &words[at]));
        let wording = |word: Word| Wording { word, takes_others: is_usual(&word, level, methodology) };
        let shared: Vec<Shared> =
            words.iter().map(|word| Shared { wording: wording(*word), beside }).collect();
        let others = shared.iter().filter(|shared| shared.wording.takes_others).count();
        (others <= 1 && (0..words.len()).all(is_own)).then_some(shared)
    }

    /// Whether it counts bugs that word the level like this.
    pub(super) fn counts(&self, word: &Word, level: LevelId, methodology: &Methodology) -> bool {
        are_same(word, &self.wording.word) || self.wording.takes_others && is_usual(word, level, methodology)
    }
}

/// Whether a word for a level is the methodology's own.
fn is_usual(word: &Word, level: LevelId, methodology: &Methodology) -> bool {
    let level = methodology.level(level);
    [&level.key, &level.name].iter().any(|own| cut(&own.to_lowercase()) == *word)
}

/// How many letters at least two forms of a word begin with alike.
const STEM: usize = 4;

/// Whether two words for one level are forms of one word: `info` and `informational`.
fn are_same(one: &Word, other: &Word) -> bool {
    let are_letters = |word: &Word| word[..STEM].iter().all(u8::is_ascii_alphabetic);
    one == other || are_letters(one) && one[..STEM] == other[..STEM]
}

/// The status that a text names, and the word for it, without a sign before it.
pub(super) fn read(text: &[u8], methodology: &Methodology) -> Option<(StatusId, Word)> {
    let found = methodology.read_status(text)?;
    Some((found.status, word(&text[found.span])))
}

impl Report {
    /// Whether a word for a level is told from the level's own: other bugs or counts have it. Takes time in the length of the
    /// report.
    pub fn says_level_so(&self, word: &str) -> bool {
        let methodology = self.methodology();
        let Some((level, word)) = read_level(word.as_bytes(), methodology) else { return false };
        let says = |bug: BugIx| {
            self.level(bug) == Some(level)
                && self.severity(bug).is_some_and(|said| is_so_called(&said, &word, methodology))
        };
        let counts = |claim: &Claim| claim.shared.is_some_and(|shared| are_same(&shared.wording.word, &word));
        !is_usual(&word, level, methodology)
            && (self.claims().iter().any(counts)
                || (0..self.len() as u32).into_par_iter().any(|bug| says(BugIx(bug))))
    }

    /// The first bug that changes would give another word for a level than was asked for, and what it would say: `Low` where
    /// some are `Informational`.
    pub fn said_instead(&self, changes: &[Change], asked: &str, writing: Writing) -> Option<(BugIx, String)> {
        let methodology = self.methodology();
        let (_, word) = read_level(asked.as_bytes(), methodology)?;
        let written = render::severities_after(self, changes, writing).into_iter();
        written.zip(changes).find_map(|(written, change)| {
            let written = written.filter(|written| !is_so_called(written, &word, methodology))?;
            let found = methodology.read_level(written.as_bytes())?;
            Some((change.bug, written[found.span].trim().to_owned()))
        })
    }
}

/// Whether a text names a level by a form of this word.
fn is_so_called(text: &str, word: &Word, methodology: &Methodology) -> bool {
    read_level(text.as_bytes(), methodology).is_some_and(|(_, known)| are_same(&known, word))
}

/// The level that a text names, and the word for it, without a sign before it.
pub(super) fn read_level(text: &[u8], methodology: &Methodology) -> Option<(LevelId, Word)> {
    let found = methodology.read_level(text)?;
    Some((found.level, word(&text[found.span])))
}

fn word(said: &[u8]) -> Word {
    let said = lossy(said).to_lowercase();
    let word = said.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    cut(if word.is_empty() { &said } else { word })
}

fn cut(text: &str) -> Word {
    let mut word = [0; MOST];
    let length = text.floor_char_boundary(MOST);
    word[..length].copy_from_slice(&text.as_bytes()[..length]);
    word
}

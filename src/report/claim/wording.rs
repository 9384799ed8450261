//! The words by which several counts of one status are told from each other: `Fixed (unverified)` beside `Resolved`.

use crate::methodology::{Methodology, StatusId};
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

/// The status that a text names, and the word for it, without a sign before it.
pub(super) fn read(text: &[u8], methodology: &Methodology) -> Option<(StatusId, Word)> {
    let found = methodology.read_status(text)?;
    let said = lossy(&text[found.span]).to_lowercase();
    let word = said.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    Some((found.status, cut(if word.is_empty() { &said } else { word })))
}

fn cut(text: &str) -> Word {
    let mut word = [0; MOST];
    let length = text.floor_char_boundary(MOST);
    word[..length].copy_from_slice(&text.as_bytes()[..length]);
    word
}

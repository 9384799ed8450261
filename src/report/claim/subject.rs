//! What a label such as `High (P1)`, `Open bugs` or `Total` says is counted.

use std::ops::Range;

use super::Of;
use super::words::{PROGRESS, Role, finds, is_noun, role, words};
use crate::methodology::{LevelId, Methodology, StatusId};

/// What joins levels that are counted together.
const JOINTS: [&str; 6] = ["/", "+", ",", "&", " and ", "–"];

/// How long a label may be, in bytes: reading one takes time in the square of that.
const MOST: usize = 160;

/// What a label says is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) level: Option<LevelId>,
    pub(super) of: Of,
    /// Whether it names bugs.
    pub(super) has_noun: bool,
    /// Whether it is the word for a count or for all of them.
    pub(super) is_total: bool,
    /// Whether it says something else besides.
    pub(super) has_more: bool,
}

impl Subject {
    /// Reads a label; `None` where it is too long to be one, or names several levels together, or several statuses.
    pub(super) fn read(text: &[u8], methodology: &Methodology) -> Option<Subject> {
        if text.len() > MOST {
            return None;
        }
        let mut rest = text.to_vec();
        let level = take_levels(&mut rest, methodology)?;
        let status = take_statuses(&mut rest, methodology)?;
        let mut subject = Subject { level, of: Of::All, has_noun: false, is_total: false, has_more: false };
        let mut left = false;
        for (_, word) in words(&String::from_utf8_lossy(&rest)) {
            match role(&word) {
                Role::Noun => subject.has_noun = true,
                Role::Total | Role::Count => subject.is_total = true,
                Role::Rest => left = true,
                Role::Filler => {}
                Role::Other => subject.has_more |= word.chars().any(char::is_alphabetic),
            }
        }
        let status = status.or_else(|| rest_status(methodology).filter(|_| left));
        subject.of = status.map_or(Of::All, Of::Status);
        Some(subject)
    }

    /// Whether it says beyond doubt that bugs are counted: a level or a noun, and nothing else that matters.
    pub(super) fn is_certain(&self) -> bool {
        match self.level {
            Some(_) => self.has_noun || !self.has_more,
            None => self.has_noun && !self.has_more,
        }
    }

    /// Whether it is the bare word for all of something.
    pub(super) fn is_bare_total(&self) -> bool {
        self.level.is_none() && self.is_total && !self.has_noun && !self.has_more
    }
}

/// Whether a label says how far something has come.
pub(super) fn is_progress(text: &[u8]) -> bool {
    let text = &text[..text.len().min(MOST)];
    words(&String::from_utf8_lossy(text)).any(|(_, word)| PROGRESS.contains(&word.as_str()))
}

/// The level that a text names, if it says nothing else but that it is about bugs.
pub(in crate::report) fn level_alone(text: &[u8], methodology: &Methodology) -> Option<LevelId> {
    let subject =
        Subject::read(text, methodology).filter(|subject| !subject.has_more && subject.of == Of::All);
    subject?.level
}

/// Whether a text names a level by nothing but words that count other things elsewhere, such as `Warnings` of a test
/// run: none is the key or the name of one, a sign, or goes with a word for bugs or for how severe they are.
pub(super) fn is_vague(text: &[u8], methodology: &Methodology) -> bool {
    let (mut rest, mut names_any) = (text, false);
    while let Some(found) = methodology.read_level(rest) {
        if is_own_word(&rest[found.span.clone()], found.level, methodology) {
            return false;
        }
        names_any = true;
        rest = &rest[found.span.end..];
    }
    names_any && !is_about_bugs(text)
}

/// Whether labels that stand together name different levels in words that go together in some language, which no chance brings
/// about: `Hoch` and `Niedrig`, `Blocker` and `Minor`, but not `Errors` and `Warnings`.
pub(super) fn name_a_scale<'a>(labels: impl Iterator<Item = &'a [u8]>, methodology: &Methodology) -> bool {
    let mut named: Vec<(LevelId, Vec<usize>)> = Vec::new();
    labels.filter_map(|label| Some((label, methodology.read_level(label)?))).any(|(label, found)| {
        let scales = methodology.scales_of(&String::from_utf8_lossy(&label[found.span]));
        let goes_with = |(level, others): &(LevelId, Vec<usize>)| {
            *level != found.level && others.iter().any(|scale| scales.contains(scale))
        };
        let is_scale = named.iter().any(goes_with);
        let own = (found.level, scales);
        if !named.contains(&own) {
            named.push(own);
        }
        is_scale
    })
}

/// Whether there is a word for bugs in a text, or for how severe they are.
pub(super) fn is_about_bugs(text: &[u8]) -> bool {
    let text = &text[..text.len().min(MOST)];
    words(&String::from_utf8_lossy(text)).any(|(_, word)| matches!(role(&word), Role::Noun | Role::Filler))
}

/// Whether there is a word for bugs in a text.
pub(in crate::report) fn names_bugs(text: &[u8]) -> bool {
    let text = &text[..text.len().min(MOST)];
    words(&String::from_utf8_lossy(text)).any(|(_, word)| role(&word) == Role::Noun)
}

/// Whether a text names bugs, or tells of finding them, and says nothing else but these words.
pub(in crate::report) fn names_nothing_but_bugs(text: &[u8], besides: &[&str]) -> bool {
    let mut names = false;
    let says_no_more = words(&String::from_utf8_lossy(text)).all(|(_, word)| {
        let is_one = is_noun(&word) || finds(&word);
        names |= is_one;
        is_one || role(&word) == Role::Filler || besides.contains(&word.as_str())
    });
    names && says_no_more
}

/// Whether there is a word in a text for finding bugs.
pub(in crate::report) fn finds_bugs(text: &[u8]) -> bool {
    words(&String::from_utf8_lossy(&text[..text.len().min(MOST)])).any(|(_, word)| finds(&word))
}

/// Whether a word is a level's key or name, in the plural perhaps, a code or a sign, or of another script.
fn is_own_word(word: &[u8], level: LevelId, methodology: &Methodology) -> bool {
    let level = methodology.level(level);
    let word = String::from_utf8_lossy(word).to_lowercase();
    let single = word.strip_suffix('s').unwrap_or(&word);
    let is = |own: &str| [word.as_str(), single].contains(&own.to_lowercase().as_str());
    !word.is_ascii() || word.contains(|c: char| c.is_ascii_digit()) || is(&level.key) || is(&level.name)
}

/// The status of what is still to be done.
pub(super) fn rest_status(methodology: &Methodology) -> Option<StatusId> {
    methodology.status_ids().find(|id| !methodology.status(*id).closes)
}

/// The level that a text names, its words for levels blanked out; `None` where several are joined.
fn take_levels(text: &mut [u8], methodology: &Methodology) -> Option<Option<LevelId>> {
    let mut first: Option<(LevelId, Range<usize>)> = None;
    while let Some(found) = methodology.read_level(text) {
        if let Some((level, span)) = &first
            && *level != found.level
        {
            let between =
                String::from_utf8_lossy(&text[span.end.min(found.span.start)..found.span.start]).into_owned();
            if JOINTS.iter().any(|joint| between.contains(joint)) {
                return None;
            }
        }
        text[found.span.clone()].fill(b' ');
        first.get_or_insert((found.level, found.span));
    }
    Some(first.map(|(level, _)| level))
}

/// The status that a text names, its words for statuses blanked out; signs alone name none. `None` where there
/// are several.
fn take_statuses(text: &mut [u8], methodology: &Methodology) -> Option<Option<StatusId>> {
    let mut first = None;
    while let Some(found) = methodology.read_status(text) {
        let word = String::from_utf8_lossy(&text[found.span.clone()]).to_lowercase();
        let has_letters = super::super::section::has_words(word.as_bytes()) && role(&word) != Role::Filler;
        text[found.span.clone()].fill(b' ');
        match first {
            _ if !has_letters => {}
            Some(other) if other != found.status => return None,
            _ => first = Some(found.status),
        }
    }
    Some(first)
}

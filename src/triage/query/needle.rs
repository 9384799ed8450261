//! A text to be contained in another, in any case unless it was quoted with a capital.
//!
//! Letters outside ASCII are compared by their lower case, and never equal one within: what holds a text then
//! also holds each part of it.

use std::borrow::Cow;

use memchr::memmem;

/// What a text must contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Needle {
    /// As typed where case matters, else folded.
    text: String,
    respects_case: bool,
}

impl Needle {
    /// The text in any case.
    pub(super) fn loose(text: &str) -> Needle {
        Needle { text: text.chars().flat_map(fold).collect(), respects_case: false }
    }

    /// The text in any case, or where it has a capital as it stands.
    pub(super) fn exact(text: &str) -> Needle {
        match text.chars().any(char::is_uppercase) {
            true => Needle { text: text.to_owned(), respects_case: true },
            false => Needle::loose(text),
        }
    }

    /// What was typed, folded unless case matters.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether bytes contain it.
    pub(super) fn is_in(&self, bytes: &[u8]) -> bool {
        if self.respects_case {
            return memmem::find(bytes, self.text.as_bytes()).is_some();
        }
        match self.text.is_ascii() {
            true => contains_ascii(bytes, self.text.as_bytes()),
            false => folded(&String::from_utf8_lossy(bytes)).contains(&self.text),
        }
    }

    /// Whether whatever contains it contains the other one as well.
    pub(super) fn implies(&self, other: &Needle) -> bool {
        match (self.respects_case, other.respects_case) {
            (false, true) => false,
            (true, true) => self.text.contains(&other.text),
            (_, false) => folded(&self.text).contains(&other.text),
        }
    }
}

/// A letter in lower case, as long as that is one beyond ASCII where the letter is.
fn fold(letter: char) -> impl Iterator<Item = char> {
    let lower = letter.to_lowercase();
    let leaves = !letter.is_ascii() && lower.clone().any(|lower| lower.is_ascii());
    let (kept, lower) = if leaves { (Some(letter), None) } else { (None, Some(lower)) };
    kept.into_iter().chain(lower.into_iter().flatten())
}

fn folded(text: &str) -> Cow<'_, str> {
    text.chars().flat_map(fold).collect::<String>().into()
}

/// Whether bytes contain lower-case ASCII in any case.
fn contains_ascii(bytes: &[u8], lower: &[u8]) -> bool {
    let Some(&first) = lower.first() else { return true };
    let Some(last) = bytes.len().checked_sub(lower.len()) else { return false };
    let is_here = |at: usize| bytes[at..at + lower.len()].eq_ignore_ascii_case(lower);
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), &bytes[..=last]).any(is_here)
}

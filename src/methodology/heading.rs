//! Words of headings: what tells the heading of a bug from that of a section, and both from prose.

use super::vocabulary::Vocabulary;

/// What a word says about the heading that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadingWord {
    /// What reports call their entries: `Issue`, `Finding`.
    Bug,
    /// What goes with the word for a level: `Priority`, `Severity`.
    Grade,
    /// The heading of something that is no bug: `Summary`, `Next steps`.
    Prose,
    /// The heading of what was found to be in order: `Strengths`.
    Fine,
    /// What is counted without being a bug: `Phase 1`, `Step 2`.
    Step,
    /// What a report is divided into, bugs and all: `Part 1`, `Module 2`.
    Part,
}

impl HeadingWord {
    /// Every kind with the key it has in a methodology.
    pub const ALL: [(HeadingWord, &'static str); 6] = [
        (HeadingWord::Bug, "bug"),
        (HeadingWord::Grade, "grade"),
        (HeadingWord::Prose, "prose"),
        (HeadingWord::Fine, "fine"),
        (HeadingWord::Step, "step"),
        (HeadingWord::Part, "part"),
    ];

    /// The key it has in a methodology.
    pub fn key(self) -> &'static str {
        HeadingWord::ALL[self as usize].1
    }

    /// The kind with this key.
    pub fn of_key(key: &str) -> Option<HeadingWord> {
        HeadingWord::ALL.iter().find(|(_, known)| *known == key).map(|(kind, _)| *kind)
    }
}

/// The words of headings in every language the methodology knows.
#[derive(Clone, Debug, Default)]
pub struct HeadingWords(Vocabulary<HeadingWord>);

impl HeadingWords {
    pub(super) fn new(vocabulary: Vocabulary<HeadingWord>) -> HeadingWords {
        HeadingWords(vocabulary)
    }

    /// Whether any word has a digit in it.
    pub fn have_digits(&self) -> bool {
        self.0.has_digits()
    }

    /// The word that a text begins with and its length in bytes.
    pub fn leading(&self, text: &[u8]) -> Option<(HeadingWord, usize)> {
        self.0.leading(text).map(|hit| (hit.value, hit.span.end))
    }

    /// The kind of the last word or phrase of a text.
    pub fn trailing(&self, text: &[u8]) -> Option<HeadingWord> {
        let text = text.trim_ascii_end();
        let mut rest = text;
        while let Some(hit) = self.0.first(rest) {
            if hit.span.end == rest.len() {
                return Some(hit.value);
            }
            rest = &rest[hit.span.end..];
        }
        None
    }

    /// Whether a word of this kind stands anywhere in a text.
    pub fn has(&self, text: &[u8], wanted: HeadingWord) -> bool {
        let mut rest = text;
        while let Some(hit) = self.0.first(rest) {
            if hit.value == wanted {
                return true;
            }
            rest = &rest[hit.span.end..];
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_own_key() {
        for (kind, key) in HeadingWord::ALL {
            assert_eq!((kind.key(), HeadingWord::of_key(key)), (key, Some(kind)));
        }
    }

    #[test]
    fn a_word_is_read_where_it_leads_and_where_it_stands() {
        let methodology = crate::methodology::Methodology::embedded();
        let words = methodology.headings();
        assert_eq!(words.leading(b"Next steps for us"), Some((HeadingWord::Prose, 10)));
        assert_eq!(words.leading("问题 #1".as_bytes()).map(|(kind, _)| kind), Some(HeadingWord::Bug));
        assert_eq!(words.leading(b"The next steps"), None);
        assert_eq!(words.trailing(b"Release checklist "), Some(HeadingWord::Prose));
        assert_eq!(words.trailing(b"Checklist of releases"), None);
        assert!(words.has(b"Open critical issues", HeadingWord::Bug));
        assert!(!words.has(b"Tissues", HeadingWord::Bug));
    }
}

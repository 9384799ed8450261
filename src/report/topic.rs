//! What a title says by the word that it begins with: that it heads prose, praise, steps or a part of the report.
//!
//! Such a word says so where it is all of the title or heads it, as in `Notes on severity` and `Phase 2: Rollout`. It
//! says nothing where the title only goes on from it: `Notes are lost on save`, `Session fixation`.

use super::inline::{bracketed, character, is_unspaced, separator};
use crate::methodology::{HeadingWord, HeadingWords};

/// Words that join what a title is about to the word that heads it.
const JOINTS: [&str; 73] = [
    "of", "for", "and", "on", "to", "from", "by", "with", "about", "after", "before", "per", "vs", "the",
    "a", "our", "this", "de", "du", "des", "la", "le", "les", "et", "sur", "pour", "der", "die", "das",
    "den", "dem", "von", "vom", "zu", "zur", "zum", "für", "und", "über", "y", "el", "los", "las", "del",
    "para", "e", "do", "da", "dos", "di", "della", "dei", "av", "och", "för", "om", "van", "voor", "en",
    "według", "wedlug", "dla", "по", "о", "об", "и", "для", "от", "к", "ve", "ile", "için", "dan",
];

/// How long a title may be that says nothing but what it heads, in bytes.
const TITLE_MOST: usize = 256;

/// What a title says by its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    /// What the word is.
    pub(super) kind: HeadingWord,
    /// Whether the title has nothing more to say: `Summary`, `Test results (May)`, `Scope and method`.
    pub(super) is_whole: bool,
}

impl Topic {
    /// What a title says, if its first word heads it.
    pub(super) fn of(title: &[u8], headings: &HeadingWords) -> Option<Topic> {
        let (kind, length) = headings.leading(title).filter(|_| title.len() <= TITLE_MOST)?;
        let (word, rest) = title.split_at(length);
        if let Some(kind) = said_in_all(rest, kind, headings) {
            return Some(Topic { kind, is_whole: true });
        }
        let heads = match kind {
            HeadingWord::Step | HeadingWord::Part => counts(rest),
            _ => is_phrase(word) || sets_off(rest) || first_word(rest).is_some_and(joins),
        };
        heads.then_some(Topic { kind, is_whole: false })
    }
}

/// Whether a word has several parts, or is of a script that sets no blanks.
fn is_phrase(word: &[u8]) -> bool {
    memchr::memchr3(b' ', b'-', b'\'', word).is_some() || ends_unspaced(word)
}

fn ends_unspaced(word: &[u8]) -> bool {
    let last = word.utf8_chunks().last().and_then(|chunk| chunk.valid().chars().next_back());
    last.is_some_and(is_unspaced)
}

/// Whether something stands between a word and what follows that begins another thought, or counts it.
fn sets_off(rest: &[u8]) -> bool {
    let next = rest.trim_ascii_start();
    separator(rest).is_some()
        || matches!(next, [b'/' | b'(' | b'[' | b'&' | b',' | b'+' | b'0'..=b'9', ..])
        || bracketed(next).is_some()
}

fn joins(word: &[u8]) -> bool {
    JOINTS.iter().any(|joint| joint.as_bytes().eq_ignore_ascii_case(word))
}

/// The first word of what follows another.
fn first_word(rest: &[u8]) -> Option<&[u8]> {
    let rest = rest.trim_ascii_start();
    let end = rest.iter().position(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    Some(&rest[..end.unwrap_or(rest.len())]).filter(|word| !word.is_empty())
}

/// What a word and what follows it say in all, where that is nothing but signs, numbers, remarks, and words that head
/// such titles themselves; what reports call their entries belongs to it where a word joins it.
fn said_in_all(rest: &[u8], kind: HeadingWord, headings: &HeadingWords) -> Option<HeadingWord> {
    let (mut rest, mut kind, mut is_joined) = (rest, kind, false);
    while let Some(first) = rest.first() {
        if let Some((_, end)) = bracketed(rest) {
            rest = &rest[end..];
        } else if let Some((word, length)) = headings.leading(rest) {
            let is_entry = matches!(word, HeadingWord::Bug | HeadingWord::Grade);
            if is_entry && !is_joined && kind != HeadingWord::Fine {
                return None;
            }
            if word == HeadingWord::Prose && matches!(kind, HeadingWord::Step | HeadingWord::Part) {
                kind = word;
            }
            (rest, is_joined) = (&rest[length..], false);
        } else if let Some(word) = first_word(rest).filter(|word| rest.starts_with(word) && joins(word)) {
            (rest, is_joined) = (&rest[word.len()..], true);
        } else {
            let (letter, length) = character(rest).unwrap_or((char::from(*first), 1));
            if letter.is_alphabetic() {
                return None;
            }
            rest = &rest[length..];
        }
    }
    Some(kind)
}

/// Whether what follows a word counts it: `Phase 1`, `Option B`, `Step: …`; letters that know no blanks always do. A
/// sentence may begin as such a count does: `Step 3 never ends`.
fn counts(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"#").unwrap_or(rest);
    let word = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if word == 0 {
        let first = character(rest).map(|(letter, _)| letter);
        return separator(rest).is_some()
            || first.is_none_or(|letter| {
                "-(/.".contains(letter) || !letter.is_ascii() && !letter.is_alphabetic()
            })
            || first.is_some_and(is_unspaced);
    }
    let is_count = rest[0].is_ascii_digit() || word < 3 && !rest[..word].iter().any(u8::is_ascii_lowercase);
    is_count && !is_sentence(behind_range(&rest[word..]))
}

/// What follows a number, without the end of the range that it begins: ` of work` behind the `2` of `2-7 of work`.
fn behind_range(rest: &[u8]) -> &[u8] {
    let Some(end) = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix("–".as_bytes())) else {
        return rest;
    };
    &end[end.iter().take_while(|byte| byte.is_ascii_digit()).count()..]
}

/// Whether a text goes on in small letters for several words.
fn is_sentence(text: &[u8]) -> bool {
    let mut words = text.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    text.first() == Some(&b' ')
        && words.next().is_some_and(|word| word.iter().all(u8::is_ascii_lowercase) && !joins(word))
        && words.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methodology::Methodology;

    fn topic(title: &str) -> Option<(HeadingWord, bool)> {
        let methodology = Methodology::embedded();
        Topic::of(title.as_bytes(), methodology.headings()).map(|topic| (topic.kind, topic.is_whole))
    }

    #[test]
    fn a_word_that_is_the_title_says_what_it_heads() {
        for title in
            ["Summary", "Test results (May)", "Scope and methodology", "Overview of findings", "总结"]
        {
            assert_eq!(topic(title), Some((HeadingWord::Prose, true)), "{title}");
        }
        for title in ["Notes on the rollout", "Results: what we saw", "Test coverage gap"] {
            assert_eq!(topic(title), Some((HeadingWord::Prose, false)), "{title}");
        }
        assert_eq!(topic("Release notes"), Some((HeadingWord::Prose, true)));
        assert_eq!(topic("Positive findings"), Some((HeadingWord::Fine, true)));
        assert_eq!(topic("Phase 2: Rollout"), Some((HeadingWord::Step, false)));
        assert_eq!(topic("Module 1: Backend"), Some((HeadingWord::Part, false)));
    }

    #[test]
    fn a_word_that_a_title_goes_on_from_says_nothing() {
        let titles = [
            "Notes are lost on save",
            "总结页面",
            "Session fixation on login",
            "Positive `tabindex` breaks the order",
            "Version header leaks",
            "Log viewer is a stub",
            "Secure flag is missing",
            "Step 3 never ends",
            "Weeks 2-7 still show old boxes",
            "Group chat drops messages",
            "Log errors",
        ];
        for title in titles {
            assert_eq!(topic(title), None, "{title}");
        }
    }
}

//! Fuzzy matching of short texts: the one place that knows which library does it. What it is asked for most, how well a
//! text matches, is told as it would tell it.
//!
//! What it costs grows with the length of a text times that of what is looked for. So only the beginning of a
//! long text is looked at, and what is longer than anybody types to find something is found nowhere.

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

mod word;

use word::Letters;

use crate::text::letters::{LOOKED_AT, letters};

/// How long what is looked for may be, in bytes.
const PATTERN_MOST: usize = 256;

/// Words to look for in any order; each must match, its letters in order but not side by side.
///
/// A lower-case word matches either case; one with a capital matches only as it stands.
pub struct Pattern {
    /// `None` where they are too long to be looked for.
    words: Option<Vec<Letters>>,
    letters: u64,
    matcher: SkimMatcherV2,
}

impl Pattern {
    /// The words of `text`, split at blanks. No words match everything.
    pub fn new(text: &str) -> Pattern {
        let is_short = text.len() <= PATTERN_MOST;
        let words = is_short.then(|| text.split_whitespace().map(Letters::of).collect());
        let text = if is_short { text } else { "" };
        let letters = letters(text.split_whitespace().collect::<String>().as_bytes());
        Pattern { words, letters, matcher: matcher() }
    }

    /// The [`letters`](crate::text::letters) that any text has that matches.
    pub fn letters(&self) -> u64 {
        self.letters
    }

    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        self.words.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether `text` matches: what takes much less time than to tell how well.
    pub fn matches(&self, text: &str) -> bool {
        let text = looked_at(text);
        self.words.as_ref().is_some_and(|words| words.iter().all(|word| word.stand_in(text)))
    }

    /// Whether a text of these parts, blanks between them, may match, told from its bytes before they are known to be
    /// text: where not, it does not match.
    pub fn may_match(&self, parts: [&[u8]; 2]) -> bool {
        self.words.as_ref().is_some_and(|words| words.iter().all(|word| word.may_stand_in(parts)))
    }

    /// How well `text` matches, more is better; `None` where it does not.
    pub fn score(&self, text: &str) -> Option<i64> {
        let text = looked_at(text);
        self.words.as_ref()?.iter().map(|word| word.score(text)).sum()
    }

    /// What no score of a text that matches is above; soon told.
    pub fn bound(&self, text: &str) -> i64 {
        let text = looked_at(text);
        self.words.iter().flatten().map(|word| word.bound(text)).sum()
    }

    /// Which characters of `text` (counted in `char`s, ascending) matched; empty where it does not.
    pub fn hits(&self, text: &str) -> Vec<usize> {
        let text = looked_at(text);
        let found = self.words.iter().flatten().map(|word| self.found(text, word));
        let mut hits: Vec<usize> =
            found.collect::<Option<Vec<_>>>().into_iter().flatten().flatten().collect();
        hits.sort_unstable();
        hits.dedup();
        hits
    }

    /// Where a word matches. The matcher would go by what a text before this one has left in its table; a shortest one
    /// is matched first, which leaves nothing.
    fn found(&self, text: &str, word: &Letters) -> Option<Vec<usize>> {
        self.matcher.fuzzy_match("x", "x");
        self.matcher.fuzzy_indices(text, word.text()).map(|(_, at)| at)
    }

    /// The items whose text matches, best first; equals keep their order.
    pub fn rank<'a, T>(&self, items: impl IntoIterator<Item = T>, text: impl Fn(&T) -> &'a str) -> Vec<T>
    where
        T: 'a,
    {
        let scored = items.into_iter().filter_map(|item| Some((self.score(text(&item))?, item)));
        let mut scored: Vec<(i64, T)> = scored.collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, item)| item).collect()
    }
}

/// Matches everything.
impl Default for Pattern {
    fn default() -> Pattern {
        Pattern::new("")
    }
}

impl Clone for Pattern {
    fn clone(&self) -> Pattern {
        Pattern { words: self.words.clone(), letters: self.letters, matcher: matcher() }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Pattern").field(&self.words).finish()
    }
}

fn matcher() -> SkimMatcherV2 {
    SkimMatcherV2::default().smart_case()
}

fn looked_at(text: &str) -> &str {
    &text[..text.floor_char_boundary(LOOKED_AT)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A filter would find other bugs than it shows letters of, and go to another than the best.
        #[test]
        fn what_is_soon_told_is_what_the_matcher_tells(
            text in "[abAB1 ./é]{0,12}|[a-cA-C-]{0,9}|[ab]x{0,40}[abA ]{0,9}",
            word in "[ab]{1,4}|[aB1./é]{1,4}", before in "[ab ]{0,9}",
        ) {
            let (pattern, matcher) = (Pattern::new(&word), matcher());
            matcher.fuzzy_match("x", "x");
            let (score, hits) = matcher.fuzzy_indices(&text, &word).unzip();
            prop_assert_eq!(pattern.matches(&text), score.is_some());
            let may = letters(text.as_bytes()) & pattern.letters() == pattern.letters();
            prop_assert!(may || score.is_none());
            let (first, second) = text.split_once(' ').unwrap_or((&text, ""));
            prop_assert!(pattern.may_match([first, second].map(str::as_bytes)) || score.is_none());
            prop_assert!(score.is_none_or(|score| score <= pattern.bound(&text)), "{:?}", score);
            prop_assert_eq!(pattern.score(&text), score);
            pattern.hits(&before);
            prop_assert_eq!(pattern.hits(&text), hits.unwrap_or_default());
        }
    }

    /// Every match would have to be scored to know the best.
    #[test]
    fn nothing_is_better_than_a_word_as_it_stands_or_its_first_letter() {
        for (text, word) in
            [("a test of it", "test"), ("no Error", "E"), ("BUG-1 any error", "e"), ("xAb", "a")]
        {
            let pattern = Pattern::new(word);
            assert_eq!(pattern.score(text), Some(pattern.bound(text)), "{text} {word}");
        }
        assert!(Pattern::new("e").bound("x error") > Pattern::new("e").bound("x Error"));
    }

    #[test]
    fn every_word_must_match_in_any_order() {
        let pattern = Pattern::new("import test");
        assert!(pattern.score("Security Test Import Errors").is_some());
        assert!(pattern.score("Import Errors").is_none());
        assert!(Pattern::new("").score("anything").is_some());
    }

    #[test]
    fn the_best_match_comes_first_and_its_letters_are_known() {
        let ranked = Pattern::new("cov").rank(["create overview", "coverage gap"], |text| text);
        assert_eq!(ranked, ["coverage gap", "create overview"]);
        assert_eq!(Pattern::new("gap").hits("coverage gap"), [9, 10, 11]);
        assert_eq!(Pattern::new("gap zzz").hits("coverage gap"), [] as [usize; 0]);
    }

    /// Every key of a filter that finds little would make a text of each bug first.
    #[test]
    fn bytes_alone_tell_most_of_what_does_not_match() {
        let may = |word: &str| Pattern::new(word).may_match([b"BUG-1", b"\xFF a title"]);
        assert!(may("b1t") && may("bUG") == may("BUG-2") && may("title bug"));
        assert!(!may("z") && !may("bt1") && !may("bug x") && may("é"));
    }

    /// A filter over titles of a megabyte, or one of a megabyte, would hang or take all memory.
    #[test]
    fn giants_are_looked_at_no_further_than_they_need_be() {
        let giant = format!("coverage {}gap", "日".repeat(1 << 20));
        assert!(Pattern::new("cov").score(&giant).is_some());
        assert!(Pattern::new("gap").score(&giant).is_none());
        assert!(Pattern::new(&giant).score(&giant).is_none());
        assert!(!Pattern::new(&giant).is_empty());
    }
}

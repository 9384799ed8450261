//! Fuzzy matching of short texts: the one place that knows which library does it.
//!
//! What it costs grows with the length of a text times that of what is looked for. So only the beginning of a
//! long text is looked at, and what is longer than anybody types to find something is found nowhere.

use std::fmt;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How many bytes of a text are looked at.
const TEXT_MOST: usize = 2048;

/// How long what is looked for may be, in bytes.
const PATTERN_MOST: usize = 256;

/// Words to look for in any order; each must match, its letters in order but not side by side.
///
/// A lower-case word matches either case; one with a capital matches only as it stands.
pub struct Pattern {
    /// `None` where they are too long to be looked for.
    words: Option<Vec<String>>,
    matcher: SkimMatcherV2,
}

impl Pattern {
    /// The words of `text`, split at blanks. No words match everything.
    pub fn new(text: &str) -> Pattern {
        let is_short = text.len() <= PATTERN_MOST;
        let words = is_short.then(|| text.split_whitespace().map(str::to_owned).collect());
        Pattern { words, matcher: matcher() }
    }

    /// Whether it matches everything.
    pub fn is_empty(&self) -> bool {
        self.words.as_ref().is_some_and(Vec::is_empty)
    }

    /// How well `text` matches, more is better; `None` where it does not.
    pub fn score(&self, text: &str) -> Option<i64> {
        let text = looked_at(text);
        self.words.as_ref()?.iter().map(|word| self.matcher.fuzzy_match(text, word)).sum()
    }

    /// Which characters of `text` (counted in `char`s, ascending) matched; empty where it does not.
    pub fn hits(&self, text: &str) -> Vec<usize> {
        let text = looked_at(text);
        let found = self.words.iter().flatten().map(|word| self.matcher.fuzzy_indices(text, word));
        let mut hits: Vec<usize> =
            found.collect::<Option<Vec<_>>>().into_iter().flatten().flat_map(|(_, at)| at).collect();
        hits.sort_unstable();
        hits.dedup();
        hits
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
        Pattern { words: self.words.clone(), matcher: matcher() }
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
    &text[..text.floor_char_boundary(TEXT_MOST)]
}

#[cfg(test)]
mod tests {
    use super::*;

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

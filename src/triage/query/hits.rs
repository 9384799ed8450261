//! Where a text holds what a filter looks for, to be shown there.

use super::Query;

/// How many characters of a text are looked at.
const MOST: usize = 2048;

impl Query {
    /// Whether there are words that may be shown where they match.
    pub fn has_words(&self) -> bool {
        !self.fuzzy().is_empty() || !self.exact().is_empty()
    }

    /// Which characters of an id with its title (counted in `char`s, ascending) the words of the filter match.
    pub fn hits(&self, text: &str) -> Vec<usize> {
        let mut hits = if self.fuzzy().is_empty() { Vec::new() } else { self.fuzzy().hits(text) };
        for exact in self.exact() {
            hits.extend(exact_hits(text, exact));
        }
        hits.sort_unstable();
        hits.dedup();
        hits
    }
}

/// The characters of every place where a text stands in another; in any case, unless it has a capital.
fn exact_hits(text: &str, exact: &str) -> Vec<usize> {
    let respects_case = exact.chars().any(char::is_uppercase);
    let fold = |c: char| if respects_case { c } else { c.to_lowercase().next().unwrap_or(c) };
    let text: Vec<char> = text.chars().take(MOST).map(fold).collect();
    let exact: Vec<char> = exact.chars().take(MOST).map(fold).collect();
    let places = text.windows(exact.len().max(1)).enumerate().filter(|(_, part)| *part == exact);
    places.flat_map(|(at, part)| at..at + part.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_found_as_a_whole_in_any_case_unless_they_have_a_capital() {
        assert_eq!(exact_hits("BUG-1 Crash, crash", "crash"), [6, 7, 8, 9, 10, 13, 14, 15, 16, 17]);
        assert_eq!(exact_hits("BUG-1 Crash, crash", "Crash"), [6, 7, 8, 9, 10]);
        assert_eq!(exact_hits("Ärger mit ärger", "ÄRGER"), [] as [usize; 0]);
        assert_eq!(exact_hits("Ärger mit ärger", "ärger").len(), 10);
        assert_eq!(exact_hits("x", ""), [] as [usize; 0]);
    }
}

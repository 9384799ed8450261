//! The filter: what is typed, understood, and which bugs it leaves.
//!
//! Terms and words stand in any order and all must hold. [`Query::parse`] never fails: what is half typed or cannot
//! be understood restricts nothing, and the latter is told as a [`Problem`].

mod chosen;
pub mod complete;
pub mod facets;
mod hits;
mod judge;
mod lex;
mod needle;
mod parse;
mod search;
mod tally;
mod term;

use std::ops::Range;
use std::sync::Arc;

pub use chosen::{Refused, chosen, expect_sense};
use parse::VOICES;
pub use search::Matches;

use super::BugSet;
use super::fuzzy::Pattern;
use needle::Needle;
use term::{State, Term, Test};

/// A filter, understood.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Those that cost less come first.
    terms: Vec<Term>,
    /// The words that must match fuzzily.
    words: Vec<String>,
    pattern: Pattern,
    exact: Vec<String>,
    problems: Vec<Problem>,
    unfinished: Vec<String>,
    unnamed: Vec<String>,
}

/// Something typed that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes.
    pub span: Range<usize>,
    /// What is wrong and what is possible, in a sentence without a full stop.
    pub what: String,
}

/// What the session does not know of its bugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Marked for the next decision.
    pub marked: BugSet,
    /// Those that something is suggested for.
    pub suggested: BugSet,
    /// Who is the first to suggest something, by name, and for which of them.
    pub voices: Arc<Vec<(String, BugSet)>>,
    /// Those for which something is proposed that is stale.
    pub stale: BugSet,
    /// Due by now and not closed.
    pub overdue: BugSet,
    /// Those whose sites name different levels.
    pub contradicting: BugSet,
}

impl Query {
    /// What cannot be understood, in the order in which it was typed.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The names of terms that have no value yet and so restrict nothing.
    pub fn unfinished(&self) -> &[String] {
        &self.unfinished
    }

    /// What stands where the name of a term would, and is looked for as it stands for it names nothing: `stauts` of
    /// `stauts:open`.
    pub fn unnamed(&self) -> &[String] {
        &self.unnamed
    }

    /// Whether it restricts nothing.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.words.is_empty()
    }

    /// Whether it asks for what is overdue or contradictory.
    pub fn asks_findings(&self) -> bool {
        self.asks(&[State::Overdue, State::Contradiction])
    }

    /// Whether it asks for what is marked.
    pub fn asks_marks(&self) -> bool {
        self.asks(&[State::Marked])
    }

    /// Whether it asks for what something is suggested for, or was.
    pub fn asks_suggestions(&self) -> bool {
        self.asks(&[State::Suggested, State::Stale]) || self.asks_voices()
    }

    /// Whether it asks who suggests something, or begins to.
    pub fn asks_voices(&self) -> bool {
        let is_begun = |name: &String| name.eq_ignore_ascii_case(VOICES);
        self.terms.iter().any(|term| matches!(term.test, Test::Suggested(_)))
            || self.unfinished.iter().any(is_begun)
    }

    /// The first name that it asks for which none of these has, of those who suggest something.
    fn unknown_voice<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Option<&str> {
        let asked = self.terms.iter().filter_map(|term| match &term.test {
            Test::Suggested(needles) => Some(needles),
            _ => None,
        });
        let is_known = |needle: &&Needle| names.clone().any(|name| needle.is_in(name.as_bytes()));
        asked.flatten().find(|needle| !is_known(needle)).map(Needle::text)
    }

    fn asks(&self, states: &[State]) -> bool {
        let is_such = |term: &Term| matches!(&term.test, Test::Is(asked) if asked.iter().any(|state| states.contains(state)));
        self.terms.iter().any(is_such)
    }

    /// The words that ids and titles match fuzzily, for showing where.
    pub fn fuzzy(&self) -> &Pattern {
        &self.pattern
    }

    /// The quoted words that ids and titles contain, for showing where.
    pub fn exact(&self) -> &[String] {
        &self.exact
    }

    /// Whether it is known to find the same bugs as another, and the same best.
    pub fn finds_what(&self, other: &Query) -> bool {
        self.words == other.words && self.narrows(other) && other.narrows(self)
    }

    /// Whether every match of it is known to be a match of the one before, so that a search may go on
    /// from there.
    pub fn narrows(&self, before: &Query) -> bool {
        let holds = |wanted: &Term| self.terms.iter().any(|term| term.implies(wanted));
        before.terms.iter().all(holds) && self.narrows_words(before)
    }

    /// A word too long to be found anywhere must not become one that is.
    fn narrows_words(&self, before: &Query) -> bool {
        let length = |query: &Query| query.words.iter().map(String::len).sum::<usize>() + query.words.len();
        let holds = |wanted: &String| self.words.iter().any(|word| word.starts_with(wanted.as_str()));
        before.words.iter().all(holds) && (before.words.is_empty() || length(self) >= length(before))
    }
}

#[cfg(test)]
mod tests;

//! A finding or a recommendation whose paragraph somebody has written anew since it was saved: taking it back would leave those
//! words in the report, of which the log would say that they are gone.

use super::Past;
use crate::report::paragraph;
use crate::text::{display, single_spaced};
use crate::triage::Session;
use crate::triage::decision::meaning::folded;

/// How much of a paragraph is told.
const SAID: usize = 60;

/// What a saved decision stated in a paragraph, and what that says by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reworded {
    /// What it stated.
    pub made: String,
    /// What the report says.
    pub now: String,
}

impl Reworded {
    /// `None is real, the report says None of them is real`
    pub fn said(&self) -> String {
        let [made, now] = [&self.made, &self.now].map(|words| display::clip(words, SAID));
        format!("{made}, the report says {now}")
    }
}

impl Session {
    /// What the report has in the place of the paragraph of a saved decision: one under the same label that has half of its words,
    /// and that no other decision put there. `None` where the paragraph is as it was written, or gone.
    pub(in crate::triage) fn reworded(&self, past: &Past) -> Option<Reworded> {
        let label = past.kind.paragraph().filter(|_| past.paragraph.is_none())?;
        let is_of_another =
            |at: u32| self.past().iter().any(|past| past.paragraph.is_some_and(|of| of.start == at));
        let others = paragraph::labelled(self.report(), label).into_iter();
        let others = others.filter(|(at, now)| is_like(&past.rationale, now) && !is_of_another(*at));
        let (_, now) = others.max_by_key(|(_, now)| shared(&past.rationale, now))?;
        Some(Reworded { made: single_spaced(&past.rationale), now })
    }
}

/// Whether a text has half of the words of another, or more.
fn is_like(made: &str, now: &str) -> bool {
    let most = made.split_whitespace().count().max(now.split_whitespace().count());
    shared(made, now) * 2 >= most
}

/// How many words of a text another has, too.
fn shared(made: &str, now: &str) -> usize {
    let (made, now) = (folded(made), folded(now));
    let mut left: Vec<&str> = now.split(' ').collect();
    let mut take = |word: &str| left.iter().position(|other| *other == word).map(|at| left.swap_remove(at));
    made.split(' ').filter(|word| take(word).is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A finding that somebody wrote by hand beside it would keep one from being taken back.
    #[test]
    fn what_has_half_of_the_words_is_the_same_written_anew() {
        let made = "None of the P0 bugs touches production";
        for now in
            ["Not one of the P0 bugs touches production", "none of the bugs touches production, yet", made]
        {
            assert!(is_like(made, now), "{now}");
        }
        for now in ["", "The pier is closed", "P0 bugs are dear", "None"] {
            assert!(!is_like(made, now), "{now}");
        }
    }
}

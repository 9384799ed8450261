//! What of a saved decision the report has no longer, or no longer so: nothing there can be taken or brought back.

use super::Past;
use crate::report::Restated;
use crate::text::display;
use crate::triage::{Draft, Session};

/// How many bugs are told, and how much of an id and of a title is.
const NAMED: usize = 3;
const HANDLE: usize = 40;
const TITLE: usize = 60;

/// The bugs of a saved decision that the report no longer has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// How many they are.
    pub count: usize,
    /// The first of them, by the id and the title that the log has.
    pub first: Vec<(String, String)>,
}

impl Gone {
    /// Those that are called so.
    pub fn of<'e>(bugs: impl IntoIterator<Item = (&'e str, &'e str)>) -> Gone {
        let mut bugs = bugs.into_iter();
        let first = bugs.by_ref().take(NAMED).map(|(id, title)| (id.to_owned(), title.to_owned()));
        let first: Vec<(String, String)> = first.collect();
        Gone { count: first.len() + bugs.count(), first }
    }

    /// `BUG-9 Lamp dark is no longer in the report`; of a decision about no bug that its counts are not.
    pub fn said(&self) -> String {
        let name = |(id, title): &(String, String)| {
            format!("{} {}", display::clip_middle(id, HANDLE), display::clip(title, TITLE)).trim().to_owned()
        };
        let more = self.count.saturating_sub(self.first.len());
        let more = (more > 0).then(|| format!("{more} more"));
        let names: Vec<String> = self.first.iter().map(name).chain(more).collect();
        match self.count {
            0 => "the report no longer states the counts that it set".to_owned(),
            1 => format!("{} is no longer in the report", names.concat()),
            _ => format!("{} are no longer in the report", names.join(", ")),
        }
    }
}

impl Session {
    /// What of saved decisions is not taken or brought back with this, for the report no longer has it: a sentence each.
    pub fn absent_beside(&self, draft: &Draft) -> Vec<String> {
        let passed = self.passed_over(draft);
        let told = |past: &&Past| format!("passed over entry {}: {}", past.entry, past.gone.said());
        let more = (passed.len() > NAMED).then(|| format!("passed over {} more", passed.len() - NAMED));
        let own = self.past().iter().find(|past| Some(&past.entry) == draft.reverts.as_ref());
        let own = own.into_iter().flat_map(|past| self.absent_of(past, draft));
        own.chain(passed.iter().take(NAMED).map(told)).chain(more).collect()
    }

    /// The same of the decision itself that this takes or brings back.
    fn absent_of(&self, past: &Past, draft: &Draft) -> Vec<String> {
        let bugs = (past.gone.count > 0).then(|| past.gone.said());
        let states = past.kind.paragraph().is_some() && past.paragraph.is_none();
        let paragraph = states.then(|| {
            format!("the report no longer has its paragraph: {}", display::clip(&past.rationale, TITLE))
        });
        bugs.into_iter().chain(paragraph).chain(self.counts_left(past, draft)).collect()
    }

    /// The counts that somebody has changed since a saved decision set them, and that this leaves as they are.
    fn counts_left(&self, past: &Past, draft: &Draft) -> Vec<String> {
        let is_left = |(set, states): &&(Restated, i64)| {
            *states != set.from && draft.claims.iter().all(|taken| taken.claim != set.claim)
        };
        let left: Vec<&(Restated, i64)> = past.moved.iter().filter(is_left).collect();
        let told = left.iter().take(NAMED).map(|(set, states)| {
            let at = self.report().claims()[set.claim.at()].span.start;
            let (line, to) = (self.report().line_of(at), set.to);
            format!(
                "the count on line {line} stays, for it was changed since: {to}, the report says {states}"
            )
        });
        let more = (left.len() > NAMED).then(|| format!("so do {} more counts", left.len() - NAMED));
        told.chain(more).collect()
    }
}

//! What others propose for the bugs of a report, and which suggestions were declined.
//!
//! Beside the rules, this is all that suggestions go by. It decides nothing, and goes along with a session unchanged
//! but for what is declined.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::proposed::Proposed;
use super::{Suggested, Voice};
use crate::report::BugIx;
use crate::triage::{BugSet, name_of};

/// What others propose for the bugs of a report, and which suggestions were declined.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    proposals: Arc<Vec<Proposed>>,
    /// The places of those about each bug, in their order.
    about: Arc<HashMap<BugIx, Vec<usize>>>,
    bugs: Arc<BugSet>,
    declined: HashMap<Voice, BugSet>,
    /// By whom and when, where that is known.
    declined_by: HashMap<(Voice, BugIx), Decline>,
    /// What is proposed and can be accepted nowhere.
    pub strays: Arc<[Stray]>,
    /// What could not be read of it, a sentence each.
    pub troubles: Vec<String>,
}

/// By whom a suggestion was declined, and when, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decline {
    /// Who: `Ada Example <ada@example.org>`.
    pub by: Option<String>,
    /// When, to the second.
    pub at: Option<Timestamp>,
}

impl Decline {
    /// `declined by Ada Example, 2026-02-11 20:25:48Z`
    pub fn said(&self) -> String {
        self.said_at(self.at.map(|at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()))
    }

    /// The same with the time in these words.
    pub fn said_at(&self, at: Option<String>) -> String {
        let by = self.by.as_deref().map(|by| format!(" by {}", name_of(by)));
        let at = at.map(|at| format!(", {at}"));
        format!("declined{}{}", by.unwrap_or_default(), at.unwrap_or_default())
    }
}

/// What somebody proposes for bugs that the report no longer has, or in words that nobody knows any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Who proposes it.
    pub by: String,
    /// The bugs, by handle, as they were called.
    pub bugs: Vec<String>,
    /// The word that the methodology does not know; `None` where the report no longer has the bugs.
    pub unknown: Option<String>,
}

impl Advice {
    /// These proposals, in their order, none of them declined.
    pub fn new(proposals: Vec<Proposed>) -> Advice {
        let mut about: HashMap<BugIx, Vec<usize>> = HashMap::new();
        for (at, proposed) in proposals.iter().enumerate() {
            proposed.bugs.iter().for_each(|stood| about.entry(stood.bug).or_default().push(at));
        }
        let mut bugs: Vec<BugIx> = about.keys().copied().collect();
        bugs.sort_unstable();
        let bugs = Arc::new(bugs.into_iter().collect());
        Advice { proposals: Arc::new(proposals), about: Arc::new(about), bugs, ..Advice::default() }
    }

    /// The same with what can be accepted nowhere, and what could not be read.
    #[must_use]
    pub fn with_losses(self, strays: Vec<Stray>, troubles: Vec<String>) -> Advice {
        Advice { strays: strays.into(), troubles, ..self }
    }

    /// What is proposed, in its order.
    pub fn proposals(&self) -> &[Proposed] {
        &self.proposals
    }

    /// The bugs for which something is proposed.
    pub fn bugs(&self) -> &BugSet {
        &self.bugs
    }

    /// Remembers that what is suggested for bugs is declined, or, where `made` is `None`, that it no longer is.
    pub fn decline(&mut self, bugs: impl IntoIterator<Item = (BugIx, Voice)>, made: Option<&Decline>) {
        for (bug, voice) in bugs {
            let known = self.declined.entry(voice).or_default();
            self.declined_by.remove(&(voice, bug));
            match made {
                None => known.remove(bug),
                Some(_) => known.insert(bug),
            };
            let told = made.filter(|made| made.by.is_some() || made.at.is_some());
            self.declined_by.extend(told.map(|made| ((voice, bug), made.clone())));
        }
    }

    /// By whom and when what somebody suggests for a bug was declined, where that is known.
    pub fn declined_by(&self, voice: Voice, bug: BugIx) -> Option<&Decline> {
        self.declined_by.get(&(voice, bug))
    }

    /// Whether what somebody suggests for a bug is declined.
    pub fn is_declined(&self, voice: Voice, bug: BugIx) -> bool {
        self.declined.get(&voice).is_some_and(|bugs| bugs.contains(bug))
    }

    /// The bugs for which what somebody suggests is declined.
    pub fn declined(&self, voice: Voice) -> BugSet {
        self.declined.get(&voice).cloned().unwrap_or_default()
    }

    /// The places of what is proposed for a bug.
    pub fn about(&self, bug: BugIx) -> &[usize] {
        self.about.get(&bug).map_or(&[], Vec::as_slice)
    }

    /// Who proposes something, once for each proposal.
    pub fn authors(&self) -> impl Iterator<Item = &str> + Clone {
        self.proposals.iter().map(|proposed| proposed.by.as_str())
    }

    /// Who makes the proposal at a place.
    pub fn by(&self, at: usize) -> Option<&str> {
        self.proposals.get(at).map(|proposed| proposed.by.as_str())
    }

    /// The proposal at a place, as a suggestion.
    pub fn suggested(&self, at: usize) -> Option<Suggested> {
        let proposed = self.proposals.get(at)?;
        Some(Suggested {
            voice: Voice::Proposal(at),
            by: Some(proposed.by.clone()),
            suggestion: proposed.suggestion.clone(),
            kind: proposed.kind,
            set: proposed.set.clone(),
            rationale: proposed.rationale.clone(),
            rule: proposed.rule,
            matched: Vec::new(),
        })
    }
}

//! A proposal as it is kept: its bugs as they were called, with how they stood, so that it is found again in a report that
//! has changed, or is known to be stale.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::methodology::Methodology;
use crate::store::journal::record::{SetText, Value};
use crate::store::proposals::called::{Called, Finder};
use crate::triage::suggest::{Decisions, Proposed, Stood, Stray};
use crate::triage::{Kind, Set};

/// The version of these lines.
const VERSION: u32 = 1;

/// A proposal as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProposalText {
    proposal: u32,
    pub(super) by: String,
    kind: String,
    set: SetText,
    rationale: String,
    rule: Option<u8>,
    suggestion: Option<String>,
    bugs: Vec<BugText>,
}

/// A bug of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct BugText {
    at: Timestamp,
    called: Called,
    stood: SetText,
    /// How many decisions stood on it, and how many of them say how it is to be.
    decisions: (usize, usize),
}

impl ProposalText {
    pub(super) fn of(proposed: &Proposed, finder: &Finder<'_>, methodology: &Methodology) -> ProposalText {
        let bug = |Stood { bug, at, set, decisions }: &Stood| BugText {
            at: *at,
            called: finder.call(*bug),
            stood: SetText::of(set, methodology),
            decisions: (decisions.all, decisions.judging),
        };
        ProposalText {
            proposal: VERSION,
            by: proposed.by.clone(),
            kind: proposed.kind.name().to_owned(),
            set: SetText::of(&proposed.set, methodology),
            rationale: proposed.rationale.clone(),
            rule: proposed.rule,
            suggestion: proposed.suggestion.clone(),
            bugs: proposed.bugs.iter().map(bug).collect(),
        }
    }

    /// A line of the file without its end; `None` where it says nothing that can be read.
    pub(super) fn read(line: &[u8]) -> Option<ProposalText> {
        let is_sound = |text: &ProposalText| text.proposal == VERSION && !text.bugs.is_empty();
        serde_json::from_slice(line).ok().filter(is_sound)
    }

    /// Its bugs, as they were called.
    pub(super) fn called(&self) -> impl Iterator<Item = &Called> {
        self.bugs.iter().map(|bug| &bug.called)
    }

    /// The same in terms of a report, as far as that has its bugs, and what of it can be accepted nowhere.
    pub(super) fn found(
        &self,
        finder: &Finder<'_>,
        methodology: &Methodology,
    ) -> (Option<Proposed>, Vec<Stray>) {
        let stray = |bugs: &[&BugText], unknown| Stray {
            by: self.by.clone(),
            bugs: bugs.iter().map(|bug| bug.called.handle.clone()).collect(),
            unknown,
        };
        let all: Vec<&BugText> = self.bugs.iter().collect();
        let mut proposed = match self.without_bugs(methodology) {
            Ok(proposed) => proposed,
            Err(word) => return (None, vec![stray(&all, Some(word))]),
        };
        let (mut bugs, mut strays) = (BTreeMap::new(), Vec::new());
        for text in all {
            match (finder.find(&text.called), read(&text.stood, methodology)) {
                (None, _) => strays.push(stray(&[text], None)),
                (Some(_), Err(word)) => strays.push(stray(&[text], Some(word))),
                (Some(bug), Ok(set)) => {
                    let (at, (all, judging)) = (text.at, text.decisions);
                    let decisions = Decisions { all, judging };
                    bugs.insert(bug, Stood { bug, at, set, decisions });
                }
            }
        }
        proposed.bugs = bugs.into_values().collect();
        (Some(proposed), strays)
    }

    /// What it proposes.
    ///
    /// # Errors
    /// The word of it that the methodology does not know.
    fn without_bugs(&self, methodology: &Methodology) -> Result<Proposed, String> {
        let kind = Kind::named(&self.kind).filter(|kind| kind.is_about_bugs());
        let proposed = Proposed {
            by: self.by.clone(),
            kind: kind.ok_or_else(|| format!("kind {}", self.kind))?,
            set: read(&self.set, methodology)?,
            rationale: self.rationale.clone(),
            rule: self.rule,
            suggestion: self.suggestion.clone(),
            bugs: Vec::new(),
        };
        proposed.unknown(methodology).map_or(Ok(proposed), Err)
    }
}

/// The values; else the level that the methodology does not have.
fn read(set: &SetText, methodology: &Methodology) -> Result<Set, String> {
    set.read(methodology).ok_or_else(|| match &set.severity {
        Some(Value::Set(key)) => format!("severity {key}"),
        _ => "severity".to_owned(),
    })
}

//! A proposal as it is kept: its bugs by handle and title, with how they stood, so that it is found again in a report
//! that has changed, or is known to be stale.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::deviation::Handles;
use crate::methodology::Methodology;
use crate::report::{BugIx, Report};
use crate::store::fingerprint::Fingerprint;
use crate::store::record::{SetText, Value};
use crate::triage::Kind;
use crate::triage::suggest::{Proposed, Stood};

/// The version of these lines.
const VERSION: u32 = 1;

/// A proposal as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProposalText {
    proposal: u32,
    at: Timestamp,
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
    handle: String,
    title: String,
    stood: SetText,
    /// How many decisions on it stood.
    decisions: usize,
    /// Its text, which tells it from others that are called alike.
    text: Fingerprint,
}

impl ProposalText {
    pub(super) fn of(proposed: &Proposed, report: &Report) -> ProposalText {
        let methodology = report.methodology();
        let bug = |Stood { bug, set, decisions }: &Stood| BugText {
            handle: report.handle(*bug).into_owned(),
            title: report.title(*bug).into_owned(),
            stood: SetText::of(set, methodology),
            decisions: *decisions,
            text: text_print(report, *bug),
        };
        ProposalText {
            proposal: VERSION,
            at: proposed.at,
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
        serde_json::from_slice(line).ok().filter(|text: &ProposalText| text.proposal == VERSION)
    }

    /// The line that says it.
    pub(super) fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("a proposal is words and numbers");
        line.push(b'\n');
        line
    }

    /// Its bugs, as they were called.
    pub(super) fn handles(&self) -> Vec<String> {
        self.bugs.iter().map(|bug| bug.handle.clone()).collect()
    }

    /// The same in terms of a report, with those of its bugs that this has not, as they were called.
    ///
    /// # Errors
    /// The word of it that the methodology does not know.
    pub(super) fn found(
        &self,
        handles: &Handles<'_>,
        report: &Report,
    ) -> Result<(Proposed, Vec<String>), String> {
        let methodology = report.methodology();
        let (mut bugs, mut gone) = (BTreeMap::new(), Vec::new());
        for text in &self.bugs {
            let set = read(&text.stood, methodology)?;
            match text.found(handles, report) {
                Some(bug) => drop(bugs.insert(bug, Stood { bug, set, decisions: text.decisions })),
                None => gone.push(text.handle.clone()),
            }
        }
        let proposed = Proposed {
            by: self.by.clone(),
            at: self.at,
            kind: Kind::named(&self.kind).ok_or_else(|| format!("kind {}", self.kind))?,
            set: read(&self.set, methodology)?,
            rationale: self.rationale.clone(),
            rule: self.rule,
            suggestion: self.suggestion.clone(),
            bugs: bugs.into_values().collect(),
        };
        match proposed.unknown(methodology) {
            None => Ok((proposed, gone)),
            Some(word) => Err(word),
        }
    }
}

/// The values; else the level that the methodology does not have.
fn read(set: &SetText, methodology: &Methodology) -> Result<crate::triage::Set, String> {
    set.read(methodology).ok_or_else(|| match &set.severity {
        Some(Value::Set(key)) => format!("severity {key}"),
        _ => "severity".to_owned(),
    })
}

impl BugText {
    /// The bug that is called so and has this title, of several alike the one with this very text. Another one that has
    /// come to be called so is not what somebody proposed something for.
    fn found(&self, handles: &Handles<'_>, report: &Report) -> Option<BugIx> {
        let bug = handles.find_titled(&self.handle, &self.title)?;
        let has_title = report.title(bug) == self.title;
        let handle = report.handle(bug);
        let is_one_of_several = handle != self.handle
            || self.handle.rsplit_once('#').is_some_and(|(_, nth)| nth.parse::<u32>().is_ok())
            || handles.find(&format!("{handle}#2")).is_some();
        let is_it = has_title && (!is_one_of_several || text_print(report, bug) == self.text);
        is_it.then_some(bug)
    }
}

fn text_print(report: &Report, bug: BugIx) -> Fingerprint {
    Fingerprint::of(report.bug(bug).block.of(report.base()))
}

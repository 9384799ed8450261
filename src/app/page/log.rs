//! The deviation log as a sheet: what is not saved yet, then the entries, the newest first, each made when it is
//! asked for.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::Line;
use crate::app::history::{agreed, word};
use crate::app::when::said;
use crate::report::{BugIx, Report};
use crate::text::display;
use crate::triage::{Kind, Past, name_of};

/// How many lines an entry has that says why: who decided on which bugs, what changed, why, and a blank one.
const ENTRY: usize = 4;

/// How many bugs of an entry are named.
const NAMED: usize = 3;

/// A decision that no save has written yet.
#[derive(Clone, Debug)]
pub struct Unsaved {
    /// What it does, in a few words.
    pub what: String,
    /// When, who, what kind, and what the policy had to say.
    pub by: String,
    /// Why.
    pub rationale: String,
    /// Its bug, where it is about one alone.
    pub bug: Option<BugIx>,
}

/// The deviation log as a sheet.
#[derive(Debug)]
pub struct LogSheet {
    /// What is wrong with the log, a sentence each.
    pub troubles: Vec<String>,
    /// What is not saved yet, the newest first.
    pub unsaved: Vec<Unsaved>,
    /// What is saved, the oldest first.
    pub past: Arc<Vec<Past>>,
    /// The report that it is about.
    pub report: Arc<Report>,
    /// Where the desk stands.
    pub zone: TimeZone,
    /// The lines at which entries begin, and the one behind the last.
    starts: Vec<usize>,
}

impl LogSheet {
    /// The log with what is wrong with it, what is not saved yet, and what is.
    pub fn new(
        troubles: Vec<String>,
        unsaved: Vec<Unsaved>,
        past: Arc<Vec<Past>>,
        report: Arc<Report>,
        zone: TimeZone,
    ) -> LogSheet {
        let says_why = unsaved.iter().map(|unsaved| !unsaved.rationale.is_empty());
        let says_why = says_why.chain(past.iter().rev().map(|past| !past.rationale.is_empty()));
        let mut starts = vec![troubles.len()];
        starts.extend(says_why.scan(troubles.len(), |line, says_why| {
            *line += ENTRY - usize::from(!says_why);
            Some(*line)
        }));
        LogSheet { troubles, unsaved, past, report, zone, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.start(self.entries()).saturating_sub(usize::from(self.entries() > 0))
    }

    pub(super) fn entries(&self) -> usize {
        self.unsaved.len() + self.past.len()
    }

    pub(super) fn start(&self, entry: usize) -> usize {
        self.starts[entry.min(self.entries())]
    }

    pub(super) fn entry_of(&self, line: usize) -> usize {
        let entry = self.starts.partition_point(|start| *start <= line).saturating_sub(1);
        entry.min(self.entries().saturating_sub(1))
    }

    pub(super) fn about(&self, entry: usize) -> Option<BugIx> {
        match self.unsaved.get(entry) {
            Some(unsaved) => unsaved.bug,
            None => self.saved(entry)?.sides.iter().next().map(|(bug, ..)| bug),
        }
    }

    pub(super) fn line(&self, at: usize) -> Line {
        if let Some(trouble) = self.troubles.get(at) {
            return Line::of("error", "! the log does not verify: ").and("warning", trouble).hanging(2);
        }
        let entry = self.entry_of(at);
        let part = at - self.start(entry);
        match (self.unsaved.get(entry), self.saved(entry)) {
            (Some(unsaved), _) => of_unsaved(unsaved, part),
            (None, Some(past)) => self.of_past(past, part),
            (None, None) => Line::default(),
        }
    }

    /// The saved decision that stands there.
    fn saved(&self, entry: usize) -> Option<&Past> {
        let back = entry.checked_sub(self.unsaved.len())?;
        self.past.get(self.past.len().checked_sub(back + 1)?)
    }

    fn of_past(&self, past: &Past, part: usize) -> Line {
        let by = format!(
            "  {} · {} · {}",
            word(past.kind, past.brings_back.is_some(), past.sides.iter().next().map(|(.., set)| set)),
            said(past.at, &self.zone),
            name_of(&past.by)
        );
        match part {
            0 => Line::of("emphasis", &self.called(past)).and("quiet", &by).hanging(2),
            1 => Line::of("text", &changed(past)).hanging(2),
            2 => Line::of("detail.quote", &display::one_line(&past.rationale)).hanging(2),
            _ => Line::default(),
        }
    }

    /// `BUG-1`, or how many, and some of them by name.
    fn called(&self, past: &Past) -> String {
        let names: Vec<String> =
            past.sides.iter().take(NAMED).map(|(bug, ..)| self.report.handle(bug).into_owned()).collect();
        match past.sides.len() {
            0 if past.gone.count > 0 => past.gone.said(),
            0 => "the report".to_owned(),
            1 => names.concat(),
            many if many > NAMED => format!("{many} bugs: {} and {} more", names.join(", "), many - NAMED),
            many => format!("{many} bugs: {}", names.join(", ")),
        }
    }
}

fn of_unsaved(unsaved: &Unsaved, part: usize) -> Line {
    match part {
        0 => Line::of("list.changed", "● not saved  ").and("emphasis", &unsaved.what).hanging(2),
        1 => Line::of("quiet", &unsaved.by).hanging(2),
        2 => Line::of("detail.quote", &display::one_line(&unsaved.rationale)).hanging(2),
        _ => Line::default(),
    }
}

/// What it changed, under which rule, what it takes back, and what the policy had to say of it.
fn changed(past: &Past) -> String {
    let said = match past.kind {
        _ if !past.changed.is_empty() => Some(past.changed.as_str()),
        Kind::Finding | Kind::Recommendation => Some("put below the summary of the report"),
        Kind::Reverted => None,
        _ => Some("nothing changed in the report"),
    };
    let rule = past.rule.map(|rule| format!("rule {rule}"));
    let reverts = past.reverts.as_ref().map(|entry| format!("takes back {entry}"));
    let brings = past.brings_back.as_ref().map(|entry| format!("brings back {entry}"));
    let agreed = agreed(&past.suggestion, &past.suggested_by);
    let said = [said.map(str::to_owned), rule, agreed, reverts, brings].into_iter().flatten();
    said.chain(past.answers.iter().map(|answer| format!("policy {}", answer.said())))
        .collect::<Vec<_>>()
        .join(" · ")
}

//! When, how long, how much: what the decisions add up to.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Review, counted, list};
use crate::deviation::{BugRecord, Entry};
use crate::export::front::one;
use crate::export::inline::line;
use crate::triage::{Fact, Kind};

impl Review<'_> {
    /// When the first of the decisions was made.
    pub(super) fn started(&self) -> Option<Timestamp> {
        self.facts.decided.iter().map(|one| one.entry.at).min()
    }

    /// When the last of them was.
    pub(super) fn completed(&self) -> Option<Timestamp> {
        self.facts.decided.iter().map(|one| one.entry.at).max()
    }

    /// `8 minutes`; nothing where there is no decision.
    pub(super) fn duration(&self) -> Option<String> {
        let seconds = self.completed()?.as_second() - self.started()?.as_second();
        let minutes = usize::try_from((seconds + 30) / 60).unwrap_or(0);
        Some(match (minutes / 60, minutes % 60) {
            (0, 0) => String::from("less than a minute"),
            (0, minutes) => counted(minutes, "minute"),
            (hours, 0) => counted(hours, "hour"),
            (hours, minutes) => format!("{} {}", counted(hours, "hour"), counted(minutes, "minute")),
        })
    }

    pub(super) fn performance(&self) -> String {
        let unknown = || String::from(if self.facts.decided.is_empty() { "none yet" } else { "not told" });
        let time = |at: Option<Timestamp>| at.map_or_else(unknown, |at| at.to_string());
        let given = |name: &str| self.facts.front.text(name).map(|text| line(&text));
        let duration = given("duration").or_else(|| self.duration());
        let mut said = vec![
            format!("**Duration:** {}", duration.unwrap_or_else(unknown)),
            format!("**Started:** {}", given("started").unwrap_or_else(|| self.began(unknown))),
            format!("**Completed:** {}", given("completed").unwrap_or_else(|| time(self.completed()))),
            format!("**Tasks:** {}", self.tasks()),
            format!("**Decisions:** {}", self.decisions()),
            format!("**Files modified:** {}", self.modified().len()),
        ];
        said.extend(self.facts.front.document.tasks.is_none().then(|| {
            format!("**Bugs reviewed:** {} of {}", self.facts.session.reviewed().len(), self.base().len())
        }));
        list(said)
    }

    /// When it was started; that this is no more than the first decision, where a person says that it was completed on a day
    /// before.
    fn began(&self, unknown: impl Fn() -> String) -> String {
        let Some(at) = self.started() else { return unknown() };
        let day = self.facts.front.text("completed").and_then(|text| text.get(..10)?.parse::<Date>().ok());
        let is_later = day.is_some_and(|day| TimeZone::UTC.to_datetime(at).date() > day);
        if is_later { format!("not told; {at} is the first decision") } else { at.to_string() }
    }

    fn tasks(&self) -> String {
        let given = self.facts.front.document.tasks.as_ref().and_then(one).map(|text| line(&text));
        let (done, left) = (self.facts.commits.len(), self.of(Kind::NotExecuted).count());
        given.unwrap_or_else(|| format!("{done} committed, {left} of the plan not executed"))
    }

    fn decisions(&self) -> String {
        let all = self.facts.decided.len();
        let gone = all - self.standing.len();
        let waiting = self.facts.decided.iter().filter(|one| !one.is_saved).count();
        let mut said = all.to_string();
        if gone > 0 {
            said += &format!(", {gone} of them taken back or taking back");
        }
        if waiting > 0 {
            said += &format!(", {waiting} of them not saved yet");
        }
        said
    }

    /// Files that came to be, with what they are.
    pub(super) fn created(&self) -> Vec<(String, String)> {
        let begins = self.facts.decided.first().is_some_and(|one| one.entry.prev.is_empty());
        let log = begins.then(|| (self.facts.log.to_owned(), String::from("Every decision and its reason")));
        let output = self.facts.output.map(|file| (file.to_owned(), String::from("This summary")));
        log.into_iter().chain(output).collect()
    }

    /// Files that were changed, with what for.
    pub(super) fn modified(&self) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        if self.standing.iter().any(|one| one.is_saved && changes_report(one.entry)) {
            files.push((self.facts.report.to_owned(), String::from("Severities and findings as decided")));
        }
        let mut known: HashSet<&str> = files.iter().map(|_| self.facts.report).collect();
        for fix in self.general_fixes() {
            let told = fix.details.iter().filter(|(name, _)| name == Fact::File.name());
            for (_, file) in told {
                if known.insert(file) {
                    files.push((file.clone(), fact(fix, Fact::Fix).unwrap_or_default().to_owned()));
                }
            }
        }
        files
    }

    /// How many different bugs decisions of a kind are about.
    pub(super) fn bugs_of(&self, kind: Kind) -> usize {
        different(self.of(kind))
    }

    /// How many different bugs a fix is recorded for, and for how many nothing but other fields is set.
    pub(super) fn fixed(&self) -> (usize, usize) {
        let names = self.facts.session.methodology().fields();
        let mut fields = |bug: &BugRecord| bug.fields.iter().any(|(name, _)| names.tells_of_a_fix(name));
        let is_fix = |entry: &&Entry| entry.bugs.iter().any(&mut fields);
        let (fixes, others): (Vec<&Entry>, Vec<&Entry>) = self.of(Kind::Fixed).partition(is_fix);
        let sets_fields = |entry: &&Entry| entry.bugs.iter().any(|bug| !bug.fields.is_empty());
        let notes = self.of(Kind::Note).filter(sets_fields);
        (different(fixes.into_iter()), different(others.into_iter().chain(notes)))
    }
}

/// How many different bugs entries are about.
fn different<'e>(entries: impl Iterator<Item = &'e Entry>) -> usize {
    let bugs = entries.flat_map(|entry| &entry.bugs).map(|bug| (&bug.id, &bug.title));
    bugs.collect::<HashSet<_>>().len()
}

/// A text of a decision about the report as a whole.
pub(super) fn fact(entry: &Entry, fact: Fact) -> Option<&str> {
    let told = entry.details.iter().find(|(name, _)| name == fact.name());
    told.map(|(_, text)| text.as_str())
}

fn changes_report(entry: &Entry) -> bool {
    let touches = |bug: &BugRecord| {
        bug.severity.is_some() || bug.scope.is_some() || bug.status.is_some() || !bug.fields.is_empty()
    };
    entry.kind.paragraph().is_some() || !entry.claims.is_empty() || entry.bugs.iter().any(touches)
}

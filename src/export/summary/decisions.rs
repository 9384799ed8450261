//! What was decided, and what came of it.

use rayon::prelude::*;

use super::figures::fact;
use super::{Review, called, counted, list};
use crate::deviation::{BugRecord, ClaimRecord, Entry};
use crate::export::inline::{bold, cell, line, sentence};
use crate::export::table::changes;
use crate::triage::{Fact, Kind, name_of};

/// How many bugs of a decision are put into words one after the other on one core.
const TOGETHER: usize = 256;

impl Review<'_> {
    pub(super) fn accomplishments(&self) -> String {
        let mut said: Vec<String> =
            self.of(Kind::Finding).map(|entry| labelled("Finding", &entry.rationale)).collect();
        let moves = self.moves();
        if !moves.is_empty() {
            said.push(format!("**Re-classified** {}", line(&moves.join(", "))));
        }
        let (fixed, others) = self.fixed();
        let bugs = [
            (self.bugs_of(Kind::Confirmed), "**Confirmed**"),
            (self.bugs_of(Kind::Status), "**Set the status of**"),
            (fixed, "**Recorded the fix of**"),
            (others, "**Set fields of**"),
        ];
        said.extend(
            bugs.iter()
                .filter(|(bugs, _)| *bugs > 0)
                .map(|(bugs, did)| format!("{did} {}", counted(*bugs, "bug"))),
        );
        said.extend(self.general_fixes().map(|fix| labelled("Fixed", title(fix))));
        let claims: usize = self.of(Kind::Claims).map(|entry| entry.claims.len()).sum();
        if claims > 0 {
            said.push(format!("**Corrected** {} of the report", counted(claims, "claim")));
        }
        said.extend(self.facts.front.document.accomplishments.iter().map(|text| line(text)));
        list(said)
    }

    pub(super) fn findings(&self) -> String {
        let entries = self.standing.iter().map(|one| one.entry);
        let told = |entry: &Entry| {
            Some(format!("{}{}", labelled(entry.kind.paragraph()?, &entry.rationale), under(entry)))
        };
        list(entries.filter_map(told).collect())
    }

    /// The counts before and after, then every decision that changed a severity or a scope.
    pub(super) fn reclassified(&self) -> String {
        let said: Vec<String> = self.of(Kind::Reclassified).map(decision).collect();
        if said.is_empty() {
            return super::none();
        }
        let mut table = String::from("| Severity | Before | After |\n|----------|--------|-------|\n");
        for (level, before, after) in self.levels() {
            table += &format!("| {} | {before} | {after} |\n", cell(level));
        }
        format!("{table}\n{}", said.join("\n"))
    }

    /// What else was decided about bugs and claims.
    pub(super) fn others(&self) -> String {
        let kinds = [Kind::Confirmed, Kind::Status, Kind::Fixed, Kind::Note, Kind::Claims];
        let entries = self.standing.iter().map(|one| one.entry).filter(|entry| kinds.contains(&entry.kind));
        let said: Vec<String> = entries
            .filter_map(|entry| match entry.kind {
                Kind::Claims => Some(claims(entry)),
                _ if entry.bugs.is_empty() => None,
                _ => Some(decision(entry)),
            })
            .collect();
        if said.is_empty() { super::none() } else { said.join("\n") }
    }

    pub(super) fn methodology(&self) -> String {
        let levels = self.facts.session.methodology().levels().iter();
        list(
            levels
                .map(|level| {
                    let sla = level.sla.as_ref().map(|sla| format!(" (SLA {sla})")).unwrap_or_default();
                    format!("**{}:** {}{sla}", called(level), line(&level.definition))
                })
                .collect(),
        )
    }
}

/// The words for a fix outside the report's bugs.
pub(super) fn title(fix: &Entry) -> &str {
    [Fact::Title, Fact::Fix, Fact::Issue].into_iter().find_map(|name| fact(fix, name)).unwrap_or("a fix")
}

fn labelled(label: &str, text: &str) -> String {
    format!("**{label}:** {}", line(text))
}

/// A decision about bugs: of one in a line; of more with an item for each below.
fn decision(entry: &Entry) -> String {
    let why = if entry.rationale.is_empty() {
        String::new()
    } else {
        format!(" - {}", sentence(&line(&entry.rationale)))
    };
    let under = under(entry);
    match entry.bugs.as_slice() {
        [bug] => format!("- {}{why}{under}", about(entry, bug)),
        bugs => {
            let some = |bugs: &[BugRecord]| -> String {
                bugs.iter().map(|bug| format!("\n  - {}", about(entry, bug))).collect()
            };
            let below: String = bugs.par_chunks(TOGETHER).map(some).collect::<Vec<_>>().concat();
            format!("- **{}**, {}{why}{under}{below}", counted(bugs.len(), "bug"), entry.kind.name())
        }
    }
}

/// Under which rule, at whose suggestion and with which answers to the policy: ` (rule 2; proposed by Ada)`.
pub(super) fn under(entry: &Entry) -> String {
    let rule = entry.rule.map(|rule| format!("rule {rule}"));
    let suggestion = entry.suggestion.as_ref().map(|name| format!("suggestion {name}"));
    let by = entry.suggested_by.as_ref().map(|by| format!("proposed by {}", name_of(by)));
    let policy = entry.policy.iter().map(|answer| format!("policy {}", answer.said()));
    let said: Vec<String> = [rule, suggestion, by].into_iter().flatten().chain(policy).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", line(&said.join("; "))) }
}

/// `**BUG-007:** Coverage warnings: P0 → P2`
fn about(entry: &Entry, bug: &BugRecord) -> String {
    let changes = changes(bug);
    let changes = if changes.is_empty() { entry.kind.name() } else { &changes };
    format!("{} {}: {}", bold(&format!("{}:", bug.id)), line(&bug.title), line(changes))
}

fn claims(entry: &Entry) -> String {
    let said = entry.claims.iter().map(ClaimRecord::said).collect::<Vec<_>>().join(", ");
    format!("- **Claims set to what is documented:** {}{}", line(&said), under(entry))
}

//! What was done otherwise than planned.

use std::collections::BTreeMap;

use super::decisions::title;
use super::figures::fact;
use super::{Review, counted, list, numbers};
use crate::deviation::Entry;
use crate::export::inline::{code, line, sentence};
use crate::triage::{Answer, Fact, Kind, name_of};

impl Review<'_> {
    pub(super) fn not_executed(&self) -> String {
        let tasks = self.of(Kind::NotExecuted).map(|entry| {
            let parts = [
                ("Reason", Some(line(&entry.rationale))),
                ("Rule", entry.rule.map(|rule| self.rule(rule))),
                ("Decision", fact(entry, Fact::Decision).map(line)),
                ("Proposed by", proposed_by(entry)),
                ("Policy", policy(entry)),
            ];
            let task = line(fact(entry, Fact::Task).unwrap_or_default());
            format!("{task}\n{}", items(&parts))
        });
        numbers(tasks.collect())
    }

    pub(super) fn fixes(&self) -> String {
        let fixes: Vec<String> = (1..).zip(self.general_fixes()).map(|(at, fix)| self.fix(at, fix)).collect();
        if fixes.is_empty() { super::none() } else { fixes.join("\n\n") }
    }

    /// A heading, and what there is to say below it.
    fn fix(&self, number: usize, entry: &Entry) -> String {
        let rule = entry.rule.map(|rule| format!("[Rule {}] ", self.rule(rule))).unwrap_or_default();
        let files = entry.details.iter().filter(|(name, _)| name == Fact::File.name());
        let files = files.map(|(_, file)| code(file)).collect::<Vec<_>>().join(", ");
        let said = |name| fact(entry, name).map_or_else(|| String::from("not said"), line);
        let parts = [
            ("Found during", Some(said(Fact::FoundDuring))),
            ("Issue", Some(said(Fact::Issue))),
            ("Fix", Some(said(Fact::Fix))),
            ("Files modified", Some(if files.is_empty() { String::from("none") } else { files })),
            ("Verification", Some(said(Fact::Verification))),
            ("Committed in", Some(said(Fact::Commit))),
            ("Reason", (!entry.rationale.is_empty()).then(|| line(&entry.rationale))),
            ("Proposed by", proposed_by(entry)),
            ("Policy", policy(entry)),
        ];
        let title = line(title(entry));
        let title = title.trim_end_matches(['.', ',', ';', ':', '!', '?', ' ', '\\']);
        let title = if title.is_empty() { "–" } else { title };
        format!("#### {number}. {rule}{title}\n\n{}", items(&parts))
    }

    /// `2 - Missing critical`
    fn rule(&self, number: u8) -> String {
        let rule = self.facts.session.methodology().rule(number);
        rule.map_or_else(|| number.to_string(), |rule| format!("{number} - {}", line(&rule.name)))
    }

    pub(super) fn totals(&self) -> String {
        list(vec![
            format!("**Total deviations:** {}", self.total()),
            format!("**Impact on plan:** {}", sentence(&self.impact())),
        ])
    }

    fn total(&self) -> String {
        let mut rules: BTreeMap<String, usize> = BTreeMap::new();
        for fix in self.general_fixes() {
            let rule = fix.rule.and_then(|rule| self.facts.session.methodology().rule(rule));
            *rules
                .entry(rule.map_or_else(|| String::from("under no rule"), |rule| line(&rule.name)))
                .or_default() += 1;
        }
        let fixes: usize = rules.values().sum();
        let rules =
            rules.iter().map(|(rule, count)| format!("{count} {rule}")).collect::<Vec<_>>().join(", ");
        let rules = if rules.is_empty() { rules } else { format!(" ({rules})") };
        let tasks = counted(self.of(Kind::NotExecuted).count(), "plan task");
        format!("{fixes} auto-fixed{rules}, {tasks} not executed")
    }

    fn impact(&self) -> String {
        if let Some(impact) = &self.facts.front.document.impact {
            return line(impact);
        }
        let (moved, all) = (self.moved.len(), self.base().len());
        let tasks = self.of(Kind::NotExecuted).count();
        let changed = format!("{moved} of {} changed severity", counted(all, "bug"));
        match tasks {
            0 => format!("{changed}; every task of the plan stands"),
            tasks => format!("{changed}; {} no longer applied", counted(tasks, "plan task")),
        }
    }
}

fn proposed_by(entry: &Entry) -> Option<String> {
    entry.suggested_by.as_ref().map(|by| line(name_of(by)))
}

/// What the guards of the policy said, and why it was decided all the same.
fn policy(entry: &Entry) -> Option<String> {
    let said: Vec<String> = entry.policy.iter().map(Answer::said).collect();
    (!said.is_empty()).then(|| line(&said.join("; ")))
}

/// An item for each part that there is.
fn items(parts: &[(&str, Option<String>)]) -> String {
    let said = parts.iter().filter_map(|(name, text)| Some(format!("- **{name}:** {}", text.as_ref()?)));
    said.collect::<Vec<_>>().join("\n")
}

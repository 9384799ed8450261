//! The front matter: what is derived, what a person adds, as YAML.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::decisions::title;
use super::{Review, moved};
use crate::deviation::Entry;
use crate::fault::Result;
use crate::text::display::{self, one_line};
use crate::triage::Kind;
use crate::yaml::{self, Mapping, Tree};

impl Review<'_> {
    /// The front matter without the lines that it stands between.
    pub(super) fn front_matter(&self) -> Result<String> {
        let mut members = self.derived()?;
        for (name, given) in &self.facts.front.members {
            match (members.get_mut(name), given) {
                // What of a part a person does not say stays as it is derived.
                (Some(Tree::Mapping(derived)), Tree::Mapping(given)) => derived.extend(given.clone()),
                _ => drop(members.insert(name.clone(), given.clone())),
            }
        }
        let is_text = |text: &str| !self.facts.front.is_bare(text) && self.day().as_deref() != Some(text);
        let text = yaml::write_quoted(&visible(Tree::Mapping(members)), is_text)?;
        Ok(text.trim_start_matches("---\n").trim_end().to_owned())
    }

    fn derived(&self) -> Result<Mapping> {
        let names =
            |files: Vec<(String, String)>| files.into_iter().map(|(file, _)| file).collect::<Vec<_>>();
        let provides = format!("{} documented bugs", self.base().len());
        let members = [
            ("phase", Value::Null),
            ("plan", Value::Null),
            ("subsystem", Value::Null),
            ("tags", json!(self.tags())),
            ("requires", json!([{ "report": self.facts.report, "provides": provides }])),
            ("provides", json!(self.provides())),
            ("affects", json!([])),
            ("tech-stack", json!({ "added": [], "patterns": [] })),
            ("key-files", json!({ "created": names(self.created()), "modified": names(self.modified()) })),
            ("key-decisions", json!(self.key_decisions())),
            ("patterns-established", json!(self.told(Kind::Recommendation))),
            ("duration", json!(self.duration())),
            ("completed", json!(self.day())),
        ];
        members.into_iter().map(|(name, value)| Ok((Tree::from(name), yaml::tree(&value)?))).collect()
    }

    /// The day on which the review ended, which stands as a day.
    fn day(&self) -> Option<String> {
        self.completed().map(|at| at.strftime("%Y-%m-%d").to_string())
    }

    /// The scopes that bugs turned out to have, and that it was triage.
    fn tags(&self) -> Vec<String> {
        let scopes = self
            .standing
            .iter()
            .flat_map(|one| &one.entry.bugs)
            .filter_map(|bug| bug.scope.as_ref()?.to.as_deref());
        let scopes: BTreeSet<&str> = scopes.collect();
        std::iter::once(String::from("bug-triage")).chain(scopes.into_iter().map(str::to_owned)).collect()
    }

    fn provides(&self) -> Vec<String> {
        let moves = self.moves();
        let severities = (!moves.is_empty()).then(|| format!("Corrected severities: {}", moves.join(", ")));
        severities.into_iter().chain(self.general_fixes().map(|fix| one_line(title(fix)))).collect()
    }

    /// What was found, and the reclassifications of which something is left.
    fn key_decisions(&self) -> Vec<String> {
        let entries: Vec<&Entry> = self.of(Kind::Reclassified).collect();
        let left = moved::left(&entries, self.facts.session);
        let left = entries.into_iter().zip(left).filter_map(|(entry, bugs)| {
            let who = match bugs.as_slice() {
                [] => return None,
                [bug] => bug.id.to_string(),
                bugs => format!("{} bugs", bugs.len()),
            };
            Some(format!("{who}: {}", one_line(&entry.rationale)))
        });
        self.told(Kind::Finding).into_iter().chain(left).collect()
    }

    fn told(&self, kind: Kind) -> Vec<String> {
        self.of(kind).map(|entry| one_line(&entry.rationale)).collect()
    }
}

/// A value without anything hidden in its texts.
fn visible(value: Tree) -> Tree {
    match value {
        Tree::String(text) => Tree::String(shown(&text)),
        Tree::Sequence(all) => Tree::Sequence(all.into_iter().map(visible).collect()),
        Tree::Mapping(members) => {
            Tree::Mapping(members.into_iter().map(|(name, value)| (visible(name), visible(value))).collect())
        }
        value => value,
    }
}

/// A text line by line without anything hidden in it.
fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(display::visible_str).collect();
    lines.join("\n")
}

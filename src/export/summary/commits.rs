//! The commits of a review: which of them decisions name, and how each is told.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::figures::fact;
use super::{Review, numbers};
use crate::deviation::Entry;
use crate::export::Decided;
use crate::export::inline::{bold, code, line};
use crate::methodology::{FieldKind, FieldNames};
use crate::triage::Fact;

/// A commit of a review: it touched the report or its log, or a decision names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// What it is called, short.
    pub id: String,
    /// The first line of its message.
    pub subject: String,
    /// The rest of it.
    pub body: String,
}

/// How long the id of a commit is.
const ID: RangeInclusive<usize> = 7..=64;

/// How many items of a message are told.
const MOST: usize = 25;

/// What could be ids of commits where the decisions that still stand tell of a fix and its commit, in small letters.
pub fn commits_named(decided: &[Decided<'_>], names: &FieldNames) -> BTreeSet<String> {
    let standing = decided.iter().filter(|one| one.stands).map(|one| one.entry);
    standing.flat_map(|entry| of_fixes(entry, names)).flat_map(ids).collect()
}

fn of_fixes<'e>(entry: &'e Entry, names: &FieldNames) -> impl Iterator<Item = &'e str> {
    let is_such =
        |name: &str| matches!(names.kind_of(name.as_bytes()), Some(FieldKind::Commit | FieldKind::Fix));
    let fields = entry.bugs.iter().flat_map(|bug| &bug.fields).filter(move |(name, _)| is_such(name));
    let facts = [Fact::Commit, Fact::Fix].into_iter().filter_map(|name| fact(entry, name));
    fields.filter_map(|(_, value)| value.to.as_deref()).chain(facts)
}

fn ids(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let is_id = |word: &&str| ID.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    words.filter(is_id).map(str::to_ascii_lowercase)
}

impl Review<'_> {
    pub(super) fn commits(&self) -> String {
        numbers(self.facts.commits.iter().map(told).collect())
    }
}

/// What it says in bold, its id and its topic, and below them the items of its message.
fn told(commit: &Commit) -> String {
    let subject = &commit.subject;
    let topic = subject.split_once(": ").filter(|(topic, _)| topic.len() < 30 && !topic.contains(' '));
    let (topic, text) = topic.map_or((None, subject.as_str()), |(topic, text)| (Some(topic), text));
    let topic = topic.map(|topic| format!(" ({})", line(topic))).unwrap_or_default();
    let points: String = points(&commit.body).iter().map(|point| format!("\n- {}", line(point))).collect();
    format!("{} - {}{topic}{points}", bold(text), code(&commit.id))
}

/// The items of the lists in a message, those in lists of items too, each with the lines that are indented below it.
fn points(body: &str) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in body.lines() {
        let text = line.trim();
        let item = ["- ", "* ", "• "].iter().find_map(|mark| text.strip_prefix(mark));
        let goes_on = is_open && !text.is_empty() && line.starts_with([' ', '\t']);
        is_open = item.is_some() || goes_on;
        match (item, points.last_mut()) {
            (Some(item), _) => points.push(item.to_owned()),
            (None, Some(last)) if goes_on => last.extend([" ", text]),
            _ => {}
        }
    }
    let more = points.len().saturating_sub(MOST);
    points.truncate(MOST);
    points.extend((more > 0).then(|| format!("and {more} more")));
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_items_of_a_message_are_told_and_neither_prose_nor_trailers() {
        let body = "Why it was so.\n\n- Removed two options,\n  which nobody reads\n\n* Fixed it\n  - deeper\n\
                    Not of it.\n  indented\n\nCo-authored-by: Ada\n";
        assert_eq!(points(body), ["Removed two options, which nobody reads", "Fixed it", "deeper"]);
        let long = points(&"- one\n".repeat(300));
        assert_eq!((long.len(), long[MOST].as_str()), (MOST + 1, "and 275 more"));
    }

    #[test]
    fn what_could_be_an_id_is_found_wherever_it_stands() {
        let found = |text: &str| ids(text).collect::<Vec<_>>();
        assert_eq!(
            found("commit 41FA1643 (see https://x/commit/0123456789abcdef0123456789abcdef01234567)."),
            ["41fa1643", "0123456789abcdef0123456789abcdef01234567"]
        );
        assert_eq!(found("Task 1 of 2026, --all HEAD é1234567 --output=x"), [""; 0]);
    }
}

//! How many bugs of the corpus are found, and how well they are read.

use std::fmt;
use std::path::Path;

use super::floors::FLOORS;
use super::truth::{Bug, Entry, Truth, agree};
use super::{corpus, slug};
use crate::place::Place;

/// What is counted of one document, or of all.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    bugs: usize,
    found: usize,
    extra: usize,
    id: usize,
    title: usize,
    level: usize,
    source: usize,
    status: usize,
}

impl Score {
    fn of(mut entries: Vec<Entry>, truth: &Truth) -> Score {
        let bugs = &truth.bugs;
        if let (Some(total), Some(last)) = (truth.total, bugs.last())
            && bugs.len() < total
        {
            entries.retain(|entry| entry.line <= last.line);
        }
        let pairs = pairs(bugs, &mut entries);
        let count =
            |same: fn(&Bug, &Entry) -> bool| pairs.iter().filter(|(bug, said)| same(bug, said)).count();
        Score {
            bugs: bugs.len(),
            found: pairs.len(),
            extra: entries.len(),
            id: count(|bug, said| agree(bug.id.as_deref(), said.id.as_deref())),
            title: count(|bug, said| agree(bug.title.as_deref(), said.title.as_deref())),
            level: count(Bug::has_level_of),
            source: count(|bug, said| bug.severity_source == said.severity_source),
            status: count(|bug, said| agree(bug.status.as_deref(), said.status.as_deref())),
        }
    }

    fn recall(self) -> f64 {
        share(self.found, self.bugs)
    }

    fn precision(self) -> f64 {
        share(self.found, self.found + self.extra)
    }

    fn plus(self, other: Score) -> Score {
        Score {
            bugs: self.bugs + other.bugs,
            found: self.found + other.found,
            extra: self.extra + other.extra,
            id: self.id + other.id,
            title: self.title + other.title,
            level: self.level + other.level,
            source: self.source + other.source,
            status: self.status + other.status,
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { bugs, id, title, level, source, status, .. } = self;
        let (recall, precision) = (self.recall(), self.precision());
        write!(
            out,
            "bugs {bugs:4} recall {recall:5.1}% precision {precision:5.1}% id {id:4} title {title:4} "
        )?;
        write!(out, "level {level:4} source {source:4} status {status:4}")
    }
}

/// A share in percent; none of nothing, as in `score.py`.
fn share(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Pairs bugs with the entries that start on their line, then with those of their id and title; what is
/// left of the entries matches no bug.
fn pairs<'a>(bugs: &'a [Bug], free: &mut Vec<Entry>) -> Vec<(&'a Bug, Entry)> {
    let mut pairs = Vec::new();
    let mut left: Vec<&Bug> = bugs.iter().collect();
    for same in [same_line as Same, same_name] {
        left.retain(|bug| {
            let hit = free.iter().position(|said| same(bug, said));
            pairs.extend(hit.map(|at| (*bug, free.remove(at))));
            hit.is_none()
        });
    }
    pairs
}

/// Whether a bug and an entry are one.
type Same = fn(&Bug, &Entry) -> bool;

fn same_line(bug: &Bug, said: &Entry) -> bool {
    bug.line == said.line
}

fn same_name(bug: &Bug, said: &Entry) -> bool {
    agree(bug.title.as_deref(), said.title.as_deref()) && agree(bug.id.as_deref(), said.id.as_deref())
}

/// What the program lists.
fn listed(document: &Path) -> Vec<Entry> {
    let said = Place::new().run(&["list", document.to_str().unwrap(), "--json"]);
    assert!(said.code <= 1, "{}: {}", document.display(), said.err);
    said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_bugs_that_a_person_finds_are_found_and_read_as_they_are_meant() {
    let documents = corpus();
    if documents.is_empty() {
        return;
    }
    let scores: Vec<(String, Score)> =
        documents.iter().map(|path| (slug(path), Score::of(listed(path), &Truth::of(path)))).collect();
    for (slug, score) in &scores {
        eprintln!("{slug:32} {score}");
    }
    let all = scores.iter().fold(Score::default(), |all, (_, score)| all.plus(*score));
    let least = scores.iter().map(|(_, score)| score.recall().min(score.precision())).fold(100.0, f64::min);
    let of_found = |count| share(count, all.found);
    let reached = [
        ("recall", all.recall(), FLOORS.recall),
        ("precision", all.precision(), FLOORS.precision),
        ("least document", least, FLOORS.document),
        ("level", of_found(all.level), FLOORS.level),
        ("id", of_found(all.id), FLOORS.id),
        ("title", of_found(all.title), FLOORS.title),
        ("source", of_found(all.source), FLOORS.source),
        ("status", of_found(all.status), FLOORS.status),
    ];
    eprintln!("{} documents, {all}", scores.len());
    for (what, share, floor) in reached {
        let raise = if share >= floor + 0.1 { ": the floor can be raised" } else { "" };
        eprintln!("{what:15} {share:6.2}%, floor {floor:.1}%{raise}");
    }
    let under: Vec<&str> =
        reached.into_iter().filter(|(_, share, floor)| share < floor).map(|(what, ..)| what).collect();
    assert!(under.is_empty(), "under the floor: {}", under.join(", "));
}

//! The summary of a review: what was decided, fixed, found and left, as one document.
//!
//! Everything in it is read off the decisions that still stand, the report and what a person adds; a part with
//! nothing in it says `None`.

mod commits;
mod decisions;
mod deviations;
mod figures;
mod matter;
mod moved;
mod outlook;

use std::sync::OnceLock;

use jiff::Timestamp;

pub use commits::{Commit, commits_named};
use moved::Moved;

use super::inline::{bold, code, line, sentence};
use super::{Decided, Front, Template};
use crate::deviation::Entry;
use crate::fault::Result;
use crate::methodology::Level;
use crate::report::Report;
use crate::text::counted;
use crate::text::display::one_line;
use crate::triage::{Gate, Kind, Session};

/// All that a summary is made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The report by the name that the summary calls it.
    pub report: &'a str,
    /// Its log, likewise.
    pub log: &'a str,
    /// The file that the summary is written to, if any.
    pub output: Option<&'a str>,
    /// The decisions that it is about.
    pub decided: &'a [Decided<'a>],
    /// The open report.
    pub session: &'a Session,
    /// What a person adds.
    pub front: &'a Front,
    /// The commits that belong to it, oldest first.
    pub commits: &'a [Commit],
    /// What its readiness goes by; without any, by what goes without saying.
    pub gates: &'a [Gate],
    /// The time.
    pub now: Timestamp,
}

/// The summary after a template.
///
/// # Errors
/// Unreadable where the template asks for what there is not.
pub fn summary(facts: &Facts<'_>, template: Template<'_>) -> Result<String> {
    let standing: Vec<&Decided<'_>> = facts.decided.iter().filter(|one| one.stands).collect();
    let moved = moved::moved(standing.iter().map(|one| one.entry), facts.session);
    let review = Review { facts: *facts, standing, moved, open: OnceLock::new() };
    let texts = [
        ("front-matter", review.front_matter()?),
        ("title", review.title()),
        ("headline", review.headline()),
        ("performance", review.performance()),
        ("accomplishments", review.accomplishments()),
        ("commits", review.commits()),
        ("files-created", files(&review.created())),
        ("files-modified", files(&review.modified())),
        ("findings", review.findings()),
        ("reclassified", review.reclassified()),
        ("other-decisions", review.others()),
        ("methodology", review.methodology()),
        ("not-executed", review.not_executed()),
        ("fixes", review.fixes()),
        ("totals", review.totals()),
        ("issues", review.issues()),
        ("setup", review.setup()),
        ("next", review.next()),
        ("readiness", review.readiness()),
        ("footer", review.footer()),
        ("report", code(facts.report)),
    ];
    template.fill(&texts)
}

/// The decisions that still stand, and all else.
struct Review<'a> {
    facts: Facts<'a>,
    standing: Vec<&'a Decided<'a>>,
    moved: Vec<Moved>,
    /// How many bugs of each level are open, and how many there are, once that is asked for.
    open: OnceLock<Vec<(usize, usize)>>,
}

impl<'a> Review<'a> {
    /// The decisions of a kind, oldest first.
    fn of(&self, kind: Kind) -> impl Iterator<Item = &'a Entry> {
        self.standing.iter().map(|one| one.entry).filter(move |entry| entry.kind == kind)
    }

    /// The fixes of what the report has no bug for.
    fn general_fixes(&self) -> impl Iterator<Item = &'a Entry> {
        self.of(Kind::Fixed).filter(|entry| entry.bugs.is_empty())
    }

    /// The report.
    fn base(&self) -> &'a Report {
        self.facts.session.report()
    }

    /// `Phase 06-hardening Plan 2: Triage of bugs.md`
    fn title(&self) -> String {
        if let Some(title) = said(&self.facts.front.document.title) {
            return line(title);
        }
        let part = |name: &str, word: &str| Some(format!("{word} {}", self.facts.front.text(name)?));
        let place = [part("phase", "Phase"), part("plan", "Plan")];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        line(&format!("{place}Triage of {} Summary", self.facts.report))
    }

    /// What came out of it, in bold.
    fn headline(&self) -> String {
        let said = said(&self.facts.front.document.headline).map(str::to_owned);
        let found = || self.of(Kind::Finding).next().map(|entry| entry.rationale.clone());
        let text = said.or_else(found).unwrap_or_else(|| match self.moves().as_slice() {
            [] => String::from("No severity was changed"),
            moves => moves.join(", "),
        });
        bold(&sentence(&one_line(&text)))
    }

    fn footer(&self) -> String {
        let phase = self.facts.front.text("phase").map(|phase| format!("Phase: {phase}"));
        let done = || self.completed().map(|at| at.strftime("%Y-%m-%d").to_string());
        let done = self.facts.front.text("completed").or_else(done).map(|day| format!("Completed: {day}"));
        let said: Vec<String> = phase.into_iter().chain(done).map(|text| line(&text)).collect();
        if said.is_empty() { none() } else { list(said) }
    }
}

/// What a person says, where it is anything.
fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.trim().is_empty())
}

/// `P0 (Critical)`; a level that is called as its key is says so once.
fn called(level: &Level) -> String {
    let (key, name) = (line(&level.key), line(&level.name));
    if key == name { key } else { format!("{key} ({name})") }
}

/// `None.`, for a part with nothing in it.
fn none() -> String {
    String::from("None.")
}

/// An item for each text.
fn list(items: Vec<String>) -> String {
    if items.is_empty() {
        return none();
    }
    items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n")
}

/// A numbered item for each text, whose further lines stand below its first.
fn numbers(items: Vec<String>) -> String {
    if items.is_empty() {
        return none();
    }
    let item = |(number, item): (usize, String)| {
        let mark = format!("{number}. ");
        let below = format!("\n{}", " ".repeat(mark.len()));
        format!("{mark}{}", item.replace('\n', &below))
    };
    (1..).zip(items).map(item).collect::<Vec<_>>().join("\n")
}

/// Files, with what became of each.
fn files(files: &[(String, String)]) -> String {
    list(files.iter().map(|(file, why)| format!("{} - {}", code(file), line(why))).collect())
}

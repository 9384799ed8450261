//! The message of a commit, in conventional form, from the entries of the log that the commit adds.
//!
//! ```text
//! triage(bugs): BUG-007 P0 → P2
//!
//! - BUG-007 Coverage Configuration Warnings: P0 → P2, scope – → configuration
//!
//! A configuration warning; nothing in production is affected.
//!
//! Rule: 2
//! Decided-by: Ada Example <ada@example.org>
//! Log-entry: 3f9c2a7be01d44aa
//! ```

use std::collections::BTreeSet;

use crate::deviation::{BugRecord, Entry, Reversals, reversals};
use crate::text::display;
use crate::triage::Kind;

/// How wide the subject is at most, and every line of running text, in characters.
const WIDTH: usize = 72;

/// What stands before the id of an entry.
const ENTRY: &str = "Log-entry: ";

/// How many bugs are listed, and how many are named in the subject.
const LISTED: usize = 20;
const NAMED: usize = 3;

/// How much of a handle, a title or a value is told.
const HANDLE: usize = 24;
const VALUE: usize = 60;

/// Tells what a decision changed in a bug first.
type Change = fn(&BugRecord) -> Option<String>;

/// The message for entries that are committed together, given the log that they are in: the subject of the first.
pub(super) fn of(entries: &[Entry], log: &[Entry], report: &str) -> String {
    let Some(first) = entries.first() else { return String::new() };
    let more = entries.len() - 1;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let reversals = reversals(log);
    let told = |entry| Told::of(entry, &reversals);
    let subject = |change| format!("triage({}): {}{more}", scope(report), about(&told(first), change));
    // What is decided is in the subject before what it takes the place of.
    let whole = subject(|bug| bug.moved().next());
    let subject = either(whole, || subject(|bug| bug.moved_to().next()), WIDTH);
    let bodies = entries.iter().map(|entry| body(&told(entry))).collect::<Vec<_>>().join("\n\n");
    let trailers = entries.iter().flat_map(trailers).collect::<Vec<_>>().join("\n");
    format!("{subject}\n\n{bodies}\n\n{trailers}\n")
}

/// An entry, and what is told of it.
struct Told<'e> {
    entry: &'e Entry,
    /// What it did: `finding`, `finding taken back`.
    kind: String,
    /// The decision that it takes or brings back, where it is about the report as a whole and says nothing of that itself.
    meant: Option<&'e Entry>,
}

impl<'e> Told<'e> {
    fn of(entry: &'e Entry, reversals: &Reversals<'e>) -> Told<'e> {
        let meant = reversals.meant(entry);
        let kind = meant.map_or_else(|| entry.kind.name().to_owned(), |meant| meant.did());
        let says_nothing = entry.bugs.is_empty() && entry.claims.is_empty();
        Told { entry, kind, meant: meant.map(|meant| meant.entry).filter(|_| says_nothing) }
    }

    /// The entry whose words are told.
    fn words(&self) -> &'e Entry {
        self.meant.unwrap_or(self.entry)
    }
}

/// The name of a report as a scope, which has no brackets and no blanks.
fn scope(report: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' };
    cut(&report.chars().map(plain).collect::<String>(), HANDLE)
}

/// `BUG-007 P0 → P2`, `21 bugs P0 → P1`, `finding: None of the bugs …`.
fn about(told: &Told<'_>, change: Change) -> String {
    let (entry, kind) = (told.entry, &told.kind);
    if entry.bugs.is_empty() {
        return general(told);
    }
    let back = if entry.kind == Kind::Reverted { "back " } else { "" };
    let what = what(entry, change).map_or_else(|| kind.clone(), |change| format!("{back}{change}"));
    format!("{} {what}", who(&entry.bugs))
}

/// The bugs by handle where they are few, else how many they are.
fn who(bugs: &[BugRecord]) -> String {
    if bugs.len() > NAMED {
        return format!("{} bugs", bugs.len());
    }
    bugs.iter().map(|bug| cut(&line(&bug.id), HANDLE)).collect::<Vec<_>>().join(", ")
}

/// What became of all of them: the first thing that changed, where that is the same.
fn what(entry: &Entry, change: Change) -> Option<String> {
    let first: BTreeSet<Option<String>> = entry.bugs.iter().map(change).collect();
    match first.into_iter().collect::<Vec<_>>().as_slice() {
        [Some(change)] => Some(line(change)),
        _ => None,
    }
}

/// An entry about the report as a whole: its kind, and the words that say most of it.
fn general(told: &Told<'_>) -> String {
    match told.words().told().map(|words| line(&words)) {
        Some(words) if !words.is_empty() => format!("{}: {words}", told.kind),
        _ => told.kind.clone(),
    }
}

/// What an entry is about in full, and why.
fn body(told: &Told<'_>) -> String {
    let (entry, words) = (told.entry, told.words());
    let bugs = entry.bugs.iter().map(bug).collect::<Vec<_>>();
    let claims =
        entry.claims.iter().map(|claim| format!("- line {}: {}", claim.line, claim.moved())).collect();
    let details = words.details.iter().map(|(name, text)| format!("- {name}: {}", line(text))).collect();
    let lists = [bugs, claims, details].into_iter().filter(|lines| !lines.is_empty()).map(bounded);
    let why = (!words.rationale.trim().is_empty()).then(|| wrapped(&words.rationale));
    let parts: Vec<String> = lists.chain(why).collect();
    match (parts.is_empty(), told.meant) {
        (true, _) => format!("{}.", told.kind),
        (_, Some(_)) => format!("{}:\n\n{}", told.kind, parts.join("\n\n")),
        (_, None) => parts.join("\n\n"),
    }
}

fn bug(bug: &BugRecord) -> String {
    let fields = bug.fields.iter().map(|(name, value)| match &value.to {
        Some(to) => format!("{name} {to}"),
        None => format!("{name} –"),
    });
    let own = bug.moved().zip(bug.moved_to());
    let own = own.map(|(whole, to)| either(line(&whole), || line(&to), VALUE));
    let changes: Vec<String> = own.chain(fields.map(|text| cut(&line(&text), VALUE))).collect();
    let who = format!("- {} {}", cut(&line(&bug.id), HANDLE), cut(&line(&bug.title), VALUE));
    if changes.is_empty() { who } else { format!("{who}: {}", changes.join(", ")) }
}

fn bounded(lines: Vec<String>) -> String {
    let more = lines.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| format!("- and {more} more"));
    lines.into_iter().take(LISTED).chain(more).collect::<Vec<_>>().join("\n")
}

fn trailers(entry: &Entry) -> Vec<String> {
    let rule = entry.rule.map(|rule| format!("Rule: {rule}"));
    let suggestion = entry.suggestion.as_deref().map(|name| format!("Suggestion: {}", line(name)));
    let suggested_by = entry.suggested_by.as_deref().map(|by| format!("Suggested-by: {}", line(by)));
    let reverts = entry.reverts.as_deref().map(|id| format!("Reverts-entry: {}", line(id)));
    let always = [format!("Decided-by: {}", line(&entry.by)), format!("{ENTRY}{}", entry.id)];
    [rule, suggestion, suggested_by, reverts].into_iter().flatten().chain(always).collect()
}

/// The entries of the log that the body of a message names as what its commit adds, by id.
pub fn entries_named(body: &str) -> impl Iterator<Item = &str> {
    let trailers = body.trim_end().rsplit("\n\n").next().unwrap_or_default();
    trailers.lines().filter_map(|line| line.strip_prefix(ENTRY)).map(str::trim)
}

/// Foreign text as one visible line.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    display::visible_str(&words.join(" ")).into_owned()
}

/// A text where it is short enough, else the other, cut where that is too long as well.
fn either(whole: String, short: impl FnOnce() -> String, most: usize) -> String {
    if whole.chars().count() <= most { whole } else { cut(&short(), most) }
}

/// At most so many characters of a line.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// Text in lines of a bounded width, its paragraphs kept; a longer word is a line of its own.
fn wrapped(text: &str) -> String {
    let paragraph = |text: &str| {
        let mut lines = vec![String::new()];
        for word in line(text).split(' ') {
            let last = lines.last().map_or(0, |line| line.chars().count());
            match lines.last_mut() {
                Some(line) if last == 0 => line.push_str(word),
                Some(line) if last + 1 + word.chars().count() <= WIDTH => line.extend([" ", word]),
                _ => lines.push(word.to_owned()),
            }
        }
        lines.join("\n")
    };
    text.trim().lines().map(paragraph).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deviation::FromTo;

    fn entry(kind: Kind, bugs: usize, rationale: &str) -> Entry {
        let value = |text: &str| Some(text.into());
        let bugs = (1..=bugs).map(|at| BugRecord {
            id: format!("BUG-{at:03}").into(),
            title: "Coverage\u{1b}[2J warnings".to_owned(),
            severity: Some(FromTo { from: value("P0"), to: value("P2") }),
            ..BugRecord::default()
        });
        Entry {
            id: "3f9c2a7be01d44aa".to_owned(),
            prev: Vec::new(),
            at: "2026-02-11T20:25:48Z".parse().unwrap(),
            by: "Ada <ada@example.org>".to_owned(),
            kind,
            bugs: bugs.collect(),
            claims: Vec::new(),
            details: Vec::new(),
            rationale: rationale.to_owned(),
            rule: Some(2),
            suggestion: None,
            suggested_by: Some("review\nagent".to_owned()),
            policy: Vec::new(),
            reverts: None,
            way_back: None,
        }
    }

    #[test]
    fn a_message_says_which_bug_what_why_by_which_rule_and_who() {
        assert_eq!(
            of(&[entry(Kind::Reclassified, 1, "A warning.\n\nNothing breaks.")], &[], "my (bugs)"),
            "triage(my--bugs-): BUG-001 P0 → P2\n\n- BUG-001 Coverage␛[2J warnings: P0 → P2\n\n\
             A warning.\n\nNothing breaks.\n\nRule: 2\nSuggested-by: review agent\nDecided-by: Ada <ada@example.org>\nLog-entry: 3f9c2a7be01d44aa\n"
        );
    }

    /// It would say that a scope was changed to itself.
    #[test]
    fn what_was_given_again_is_not_told_beside_what_has_changed() {
        let mut again = entry(Kind::Reclassified, 1, "A warning.");
        let scope = Some("test".into());
        again.bugs[0].scope = Some(FromTo { from: scope.clone(), to: scope });
        let told = |entry: &Entry| of(std::slice::from_ref(entry), &[], "bugs");
        assert!(told(&again).contains("warnings: P0 → P2\n\n"), "{}", told(&again));
        again.bugs[0].severity = None;
        assert!(told(&again).contains("warnings: scope test → test\n"), "{}", told(&again));
    }

    /// A decision on thousands of bugs, or a title without end, would make a message that nobody can read.
    #[test]
    fn a_message_is_bounded_whatever_it_is_about() {
        let many = of(&[entry(Kind::Reclassified, 1000, &"word ".repeat(60))], &[], "bugs");
        assert!(many.starts_with("triage(bugs): 1000 bugs P0 → P2\n\n"), "{many}");
        assert!(many.contains("\n- and 980 more\n") && many.lines().count() < 40, "{many}");
        assert!(many.lines().all(|line| line.chars().count() <= WIDTH), "{many}");
        let long = of(&[entry(Kind::Finding, 0, &"finding ".repeat(60))], &[], &"x".repeat(300));
        assert!(long.lines().all(|line| line.chars().count() <= WIDTH), "{long}");
    }

    /// A long remark of the old status would leave no room for the new one.
    #[test]
    fn what_is_decided_is_told_before_what_it_takes_the_place_of() {
        let mut long = entry(Kind::Status, 1, "");
        let value = |text: &str| Some(text.into());
        let old = value("⚠️ DOCUMENTED - Refactoring needed, and nobody has the time for that yet");
        long.bugs[0].severity = None;
        long.bugs[0].status = Some(FromTo { from: old, to: value("✅ RESOLVED") });
        let said = of(&[long], &[], "bugs");
        assert!(said.starts_with("triage(bugs): BUG-001 status → ✅ RESOLVED\n"), "{said}");
        assert!(said.contains("warnings: status → ✅ RESOLVED\n"), "{said}");
    }

    /// Words of a rationale would be taken for trailers, or a second commit for one.
    #[test]
    fn only_the_last_paragraph_is_trailers_and_each_is_one_line() {
        let mut forged = entry(Kind::Confirmed, 1, "Fine.\n\nDecided-by: Eve");
        forged.by = "Ada\nLog-entry: forged".to_owned();
        let said = of(&[forged], &[], "bugs");
        let last = said.trim_end().rsplit("\n\n").next().unwrap();
        assert_eq!(
            last,
            "Rule: 2\nSuggested-by: review agent\nDecided-by: Ada Log-entry: forged\nLog-entry: 3f9c2a7be01d44aa"
        );
        assert_eq!(entries_named(&said).collect::<Vec<_>>(), ["3f9c2a7be01d44aa"]);
        assert_eq!(entries_named("It was so.\nLog-entry: 1\n\nFine.").count(), 0);
    }

    #[test]
    fn decisions_about_the_report_say_what_they_tell() {
        assert!(
            of(&[entry(Kind::Finding, 0, "None touches production")], &[], "bugs")
                .starts_with("triage(bugs): finding: None touches production\n")
        );
        let mut task = entry(Kind::NotExecuted, 0, "There are none");
        task.details = vec![("task".to_owned(), "Close the holes".to_owned())];
        assert!(
            of(&[task], &[], "bugs")
                .starts_with("triage(bugs): not-executed: Close the holes\n\n- task: Close")
        );
        let both = [entry(Kind::Confirmed, 2, ""), entry(Kind::Confirmed, 1, "")];
        assert!(of(&both, &[], "bugs").starts_with("triage(bugs): BUG-001, BUG-002 P0 → P2 and 1 more\n"));
    }

    /// Whoever reads the history would take what stands again for what was taken back.
    #[test]
    fn what_is_brought_back_is_called_so() {
        let entry = |id: &str, kind, reverts: Option<&str>| Entry {
            id: id.to_owned(),
            reverts: reverts.map(str::to_owned),
            ..entry(kind, 0, "None of them harms anybody.")
        };
        let log = [
            entry("1", Kind::Note, None),
            entry("2", Kind::Reverted, Some("1")),
            entry("3", Kind::Reverted, Some("2")),
        ];
        let subject =
            |at: usize| of(&log[at..=at], &log, "bugs").lines().next().unwrap_or_default().to_owned();
        assert_eq!(subject(1), "triage(bugs): note taken back: None of them harms anybody.");
        assert_eq!(subject(2), "triage(bugs): note brought back: None of them harms anybody.");
    }

    /// `reverted` alone would say nothing of what the report no longer says.
    #[test]
    fn what_is_taken_back_of_the_whole_report_is_told_in_its_words() {
        let detail = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let fix = Entry {
            id: "1".to_owned(),
            details: vec![detail("issue", "A loose\nplank"), detail("fix", "Nailed")],
            ..entry(Kind::Fixed, 0, "It creaked.")
        };
        let back =
            Entry { id: "2".to_owned(), reverts: Some("1".to_owned()), ..entry(Kind::Reverted, 0, "") };
        let log = [fix, back];
        let said = of(&log[1..], &log, "bugs");
        assert!(
            said.starts_with(
                "triage(bugs): fix taken back: A loose plank\n\nfix taken back:\n\n\
                 - issue: A loose plank\n- fix: Nailed\n\nIt creaked.\n\n"
            ),
            "{said}"
        );
    }
}

//! What has become of each decision of a file, as a table and as JSON.

use std::borrow::Cow;
use std::path::Path;

use serde::Serialize;

use crate::cli::out::{Out, Patch};
use crate::cli::undo;
use crate::deviation::{self, Entry, FromTo, Log};
use crate::git::Commits;
use crate::store::Laid;
use crate::text::{Diff, counted, display};
use crate::triage::Session;

/// What has become of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Fate {
    /// Nothing speaks against it; whether it is saved is said of all of them.
    #[serde(rename = "ok")]
    Applied,
    #[serde(rename = "ok")]
    Proposed,
    Refused,
    /// It is taken back in the same file, or takes back what is.
    TakenBack,
}

/// A decision of the file, in its words and those of the report as they are.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) by: Option<String>,
    pub(super) kind: Option<&'static str>,
    /// As they are named; nothing where it cannot be read which they are.
    pub(super) bugs: Option<Vec<String>>,
    pub(super) changed: Vec<Change>,
    pub(super) fate: Fate,
    pub(super) policy: Vec<String>,
    pub(super) why: Vec<String>,
}

/// A value of a bug before and after.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    bug: String,
    what: String,
    from: Option<String>,
    to: Option<String>,
}

impl Row {
    /// A decision on this line of which nothing more is known.
    pub(super) fn of(line: usize, by: Option<String>, bugs: Option<Vec<String>>) -> Row {
        let (changed, policy, why) = (Vec::new(), Vec::new(), Vec::new());
        Row { line, by, kind: None, bugs, changed, fate: Fate::Refused, policy, why }
    }
}

/// Puts into the rows of what was applied or proposed, by one author where one is given, what it changes: the last
/// `count` decisions of a session.
pub(super) fn changes(rows: &mut [Row], by: Option<&str>, session: &Session, count: usize) {
    if count == 0 {
        return;
    }
    let entries = deviation::entries(session, &Log::default());
    let first = entries.len().saturating_sub(count);
    let is_mine = |row: &&mut Row| {
        matches!(row.fate, Fate::Applied | Fate::Proposed) && (by.is_none() || row.by.as_deref() == by)
    };
    let applied = rows.iter_mut().filter(is_mine);
    for (row, entry) in applied.zip(&entries[first..]) {
        (row.kind, row.changed) = (Some(entry.kind.name()), changed(entry));
    }
}

fn changed(entry: &Entry) -> Vec<Change> {
    let mut all = Vec::new();
    for bug in &entry.bugs {
        let values = [("severity", &bug.severity), ("scope", &bug.scope), ("status", &bug.status)];
        let values = values.into_iter().filter_map(|(name, ends)| Some((name, ends.as_ref()?)));
        let fields = bug.fields.iter().map(|(name, ends)| (name.as_str(), ends));
        let change = |(what, FromTo { from, to }): (&str, &FromTo)| Change {
            bug: bug.id.clone(),
            what: what.to_owned(),
            from: from.clone(),
            to: to.clone(),
        };
        all.extend(values.chain(fields).map(change));
    }
    all
}

/// What has become of all of them.
pub(super) enum End {
    /// They are saved, and in these commits.
    Saved(Box<Commits>),
    /// Saving them would make this difference.
    WouldBe(Diff),
    /// They are kept as suggestions.
    Proposed(Vec<Laid>),
    /// Nothing is saved.
    Nothing,
}

#[derive(Serialize)]
struct Told<'a> {
    saved: bool,
    decisions: &'a [Row],
    log: Cow<'a, str>,
    commits: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<Patch<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<Vec<Author<'a>>>,
}

/// How many proposals of somebody are kept, and how many earlier ones they replace.
#[derive(Serialize)]
struct Author<'a> {
    by: &'a str,
    proposals: usize,
    replaces: usize,
}

/// Says what has become of each as one JSON object.
pub(super) fn tell_json(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    let none = Commits::default();
    let (saved, commits, diff) = match end {
        End::Saved(commits) => (true, &**commits, None),
        End::WouldBe(diff) => (false, &none, Some(Patch(diff))),
        End::Proposed(_) | End::Nothing => (false, &none, None),
    };
    let proposed = if let End::Proposed(laid) = end { Some(authors(laid)) } else { None };
    let (log, warnings) = (log.to_string_lossy(), &commits.warnings);
    out.json(&Told { saved, decisions: rows, log, commits: &commits.ids, warnings, diff, proposed });
}

fn authors(laid: &[Laid]) -> Vec<Author<'_>> {
    laid.iter()
        .map(|Laid { by, count, replaced }| Author { by, proposals: *count, replaces: *replaced })
        .collect()
}

/// Says what has become of each, line by line.
pub(super) fn tell(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    let is_done = matches!(end, End::Saved(_) | End::Proposed(_));
    rows.iter().for_each(|row| line(row, is_done, out));
    match end {
        End::Saved(commits) => {
            out.line(format_args!("logged in {}", display::visible(log.to_string_lossy().as_bytes())));
            undo::committed(commits, out);
        }
        End::WouldBe(diff) if diff.is_empty() => out.line("nothing would change in the report"),
        End::WouldBe(diff) => out.patch(diff),
        End::Proposed(laid) => tell_laid(laid, out),
        End::Nothing => {}
    }
}

/// `3 proposals of triage-bot replace its 5 earlier ones`, and where they are now.
fn tell_laid(laid: &[Laid], out: &mut Out) {
    for Laid { by, count, replaced } in laid {
        let (by, many) = (display::visible(by.as_bytes()), counted(*count, "proposal"));
        let verb = |one: &'static str, several: &'static str| if *count == 1 { one } else { several };
        match replaced {
            0 => {
                out.line(format_args!("{many} of {by} {} to be accepted or declined", verb("waits", "wait")))
            }
            1 => out.line(format_args!("{many} of {by} {} its earlier one", verb("replaces", "replace"))),
            earlier => {
                let verb = verb("replaces", "replace");
                out.line(format_args!("{many} of {by} {verb} its {earlier} earlier ones"));
            }
        }
    }
    out.line(
        "the desk shows them at their bugs; regrade suggest lists them, and takes them back with --forget",
    );
}

/// `line 4  BUG-001  ok  severity P0 → P1  (review-agent)`, and what the policy says of it or why it is refused.
fn line(row: &Row, is_done: bool, out: &mut Out) {
    let shown = |text: &str| display::visible(text.as_bytes());
    let fate = match row.fate {
        Fate::Applied if is_done => "ok",
        Fate::Applied => "would be ok",
        Fate::Proposed if is_done => "proposed",
        Fate::Proposed => "would be proposed",
        Fate::Refused => "refused",
        Fate::TakenBack => "left out: taken back in the file",
    };
    let by = row.by.as_deref().map(|by| format!("  ({})", shown(by))).unwrap_or_default();
    let kind = row.kind.map(|kind| format!("  {kind}")).unwrap_or_default();
    let bugs = match row.bugs.as_deref() {
        None => String::new(),
        Some([]) => "the report  ".to_owned(),
        Some(bugs) => format!("{}  ", shown(&bugs.join(", "))),
    };
    out.line(format_args!("line {}  {bugs}{fate}{kind}{by}", row.line));
    for change in &row.changed {
        let end = |end: &Option<String>| end.as_deref().map_or("–".to_owned(), shown);
        let (bug, what) = (shown(&change.bug), shown(&change.what));
        out.line(format_args!("    {bug}  {what} {} → {}", end(&change.from), end(&change.to)));
    }
    row.policy.iter().chain(&row.why).for_each(|said| out.line(format_args!("    {}", shown(said))));
}

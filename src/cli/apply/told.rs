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
    /// The same author proposed it before, and it was accepted.
    Accepted,
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

/// Puts into the rows at these places what they change: the last decisions of a session.
pub(super) fn changes(rows: &mut [Row], places: &[usize], session: &Session) {
    if places.is_empty() {
        return;
    }
    let entries = deviation::entries(session, &Log::default());
    let first = entries.len().saturating_sub(places.len());
    for (at, entry) in places.iter().zip(&entries[first..]) {
        (rows[*at].kind, rows[*at].changed) = (Some(entry.kind.name()), changed(entry));
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
    /// They are kept as suggestions, or would be.
    Proposed(Proposals),
    /// Nothing is saved.
    Nothing,
}

/// What becomes of what is proposed.
pub(super) struct Proposals {
    /// Whether it is kept.
    pub(super) kept: bool,
    /// What of it by whom; nothing where some of it is refused.
    pub(super) laid: Vec<Laid>,
    /// What could not be read of what was proposed before, a sentence each.
    pub(super) warnings: Vec<String>,
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
}

/// The same where nothing is decided.
#[derive(Serialize)]
struct Kept<'a> {
    /// Whether they are kept as suggestions.
    kept: bool,
    decisions: &'a [Row],
    proposed: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
}

/// How many proposals of somebody are kept, how many earlier ones they replace, and for how many bugs the same was
/// declined before.
#[derive(Serialize)]
struct Author<'a> {
    by: &'a str,
    proposals: usize,
    replaces: usize,
    declined: usize,
}

/// Says what has become of each as one JSON object.
pub(super) fn tell_json(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    let none = Commits::default();
    let (saved, commits, diff) = match end {
        End::Saved(commits) => (true, &**commits, None),
        End::WouldBe(diff) => (false, &none, Some(Patch(diff))),
        End::Nothing => (false, &none, None),
        End::Proposed(proposals) => return out.json(&Kept::of(rows, proposals)),
    };
    let (log, warnings) = (log.to_string_lossy(), &commits.warnings);
    out.json(&Told { saved, decisions: rows, log, commits: &commits.ids, warnings, diff });
}

impl<'a> Kept<'a> {
    fn of(decisions: &'a [Row], proposals: &'a Proposals) -> Kept<'a> {
        let Proposals { kept, laid, warnings } = proposals;
        let author = |Laid { by, count, replaced, declined }: &'a Laid| Author {
            by,
            proposals: *count,
            replaces: *replaced,
            declined: *declined,
        };
        Kept { kept: *kept, decisions, proposed: laid.iter().map(author).collect(), warnings }
    }
}

/// Says what has become of each, line by line.
pub(super) fn tell(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    let is_done = match end {
        End::Saved(_) => true,
        End::Proposed(proposals) => proposals.kept,
        End::WouldBe(_) | End::Nothing => false,
    };
    rows.iter().for_each(|row| line(row, is_done, out));
    match end {
        End::Saved(commits) => {
            out.line(format_args!("logged in {}", display::visible(log.to_string_lossy().as_bytes())));
            undo::committed(commits, out);
        }
        End::WouldBe(diff) if diff.is_empty() => out.line("nothing would change in the report"),
        End::WouldBe(diff) => out.patch(diff),
        End::Proposed(proposals) => tell_proposals(proposals, out),
        End::Nothing => {}
    }
}

/// `3 proposals of triage-bot replace its 5 earlier ones`, and where they are now.
fn tell_proposals(Proposals { kept, laid, warnings }: &Proposals, out: &mut Out) {
    let shown = |text: &str| display::visible(text.as_bytes());
    warnings.iter().for_each(|warning| out.line(format_args!("! {}", shown(warning))));
    if !kept {
        return;
    }
    for Laid { by, count, replaced, declined } in laid {
        let (by, many) = (shown(by), counted(*count, "proposal"));
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
        if *declined > 0 {
            let many = counted(*declined, "bug");
            out.line(format_args!("    for {many} the same was declined before, and stays declined"));
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
        Fate::Accepted => "accepted already",
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

//! What has become of each decision of a file, as a table and as JSON.

use std::borrow::Cow;
use std::path::Path;

use compact_str::CompactString;
use serde::Serialize;

use super::judge;
use crate::cli::commit;
use crate::cli::out::{Out, Patch};
use crate::cli::renamed::{self, Renamed};
use crate::cli::words;
use crate::deviation::{self, Entry, FromTo, Log};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::git::Commits;
use crate::proposal::Item;
use crate::store::Laid;
use crate::text::{Diff, counted, display};
use crate::triage::{Session, name_of};

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
    /// The same author proposed it before, and it was declined.
    Declined,
    /// Nothing becomes of it: it is so already.
    Same,
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
    /// Those of them, as the report names them, for which it was accepted before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) accepted: Vec<String>,
    /// Those for which it was declined before, and stays so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) declined: Vec<String>,
    /// By whom each of those was, as far as that is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) declined_by: Vec<Option<String>>,
    pub(super) fate: Fate,
    pub(super) policy: Vec<String>,
    /// What the report does not keep of what is there, or of what is given, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) told: Vec<String>,
    pub(super) why: Vec<String>,
}

/// A value of a bug before and after.
#[derive(Debug, Serialize)]
pub(super) struct Change {
    bug: CompactString,
    what: String,
    from: Option<CompactString>,
    to: Option<CompactString>,
}

impl Row {
    /// A decision of which nothing has become yet.
    pub(super) fn of(item: &Item<'_>) -> Row {
        let (line, by, bugs) = (item.line(), item.by.clone(), Some(judge::named(item)));
        Row { line, by, bugs, ..Row::unread(&[]) }
    }

    /// One that cannot be read.
    pub(super) fn unread(faults: &[Fault]) -> Row {
        let line = faults.first().and_then(Fault::line_number).unwrap_or(1);
        let (changed, accepted, declined, declined_by, policy, told, why) = Default::default();
        Row {
            line,
            by: None,
            kind: None,
            bugs: None,
            changed,
            accepted,
            declined,
            declined_by,
            fate: Fate::Refused,
            policy,
            told,
            why,
        }
    }

    /// The same, refused for these reasons.
    pub(super) fn refused(self, faults: &[Fault]) -> Row {
        Row { fate: Fate::Refused, why: faults.iter().map(ToString::to_string).collect(), ..self }
    }
}

/// How many are refused.
pub(super) fn refused(rows: &[Row]) -> usize {
    rows.iter().filter(|row| row.fate == Fate::Refused).count()
}

/// The end of a run, with what speaks against those that are refused; the others are `done`, where they `are_done`.
///
/// # Errors
/// [`Trouble::Refused`], where any is.
pub(super) fn refusal(
    rows: &[Row],
    (done, are_done): (&str, bool),
    is_partial: bool,
    path: &Path,
    faults: Vec<Fault>,
) -> Result<u8> {
    let (refused, all) = (self::refused(rows), rows.len());
    if refused == 0 {
        return Ok(0);
    }
    let are = if refused == 1 { "is" } else { "are" };
    let happens = |row: &&Row| matches!(row.fate, Fate::Applied | Fate::Proposed);
    let others = match rows.iter().filter(happens).count() {
        0 => format!("nothing is {done}"),
        1 if are_done => format!("the other is {done}"),
        _ if are_done => format!("the others are {done}"),
        _ => format!("none is {done}"),
    };
    let what = format!("{refused} of {} {are} refused, {others}", counted(all, "decision"));
    let fault = Fault::new(Trouble::Refused, what);
    let hint = "mend them, or say --partial to go on with the others";
    let fault = fault.at(path);
    Err(if is_partial { fault } else { fault.hint(hint) }.with(faults))
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
    /// They are saved, and in these commits; these bugs are called otherwise now.
    Saved(Box<Commits>, Vec<Renamed>),
    /// Saving them would make this difference.
    WouldBe(Diff),
    /// Nothing is saved.
    Nothing,
}

/// What becomes of what is proposed.
#[derive(Serialize)]
pub(super) struct Kept {
    /// Whether it is kept.
    pub(super) kept: bool,
    /// What of it by whom; nothing where some of it is refused.
    #[serde(rename = "proposed")]
    pub(super) laid: Vec<Laid>,
}

#[derive(Serialize)]
struct Applying<'a> {
    saved: bool,
    decisions: &'a [Row],
    log: Cow<'a, str>,
    commits: &'a [String],
    /// The bugs that are called otherwise now.
    #[serde(skip_serializing_if = "<[Renamed]>::is_empty")]
    renamed: &'a [Renamed],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<Patch<'a>>,
}

/// The same where nothing is decided.
#[derive(Serialize)]
struct Proposing<'a> {
    decisions: &'a [Row],
    #[serde(flatten)]
    end: &'a Kept,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// Says what has become of each as one JSON object.
pub(super) fn tell_json(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    let none = Commits::default();
    let (saved, commits, renamed, diff) = match end {
        End::Saved(commits, renamed) => (true, &**commits, renamed.as_slice(), None),
        End::WouldBe(diff) => (false, &none, &[][..], Some(Patch(diff))),
        End::Nothing => (false, &none, &[][..], None),
    };
    let (log, warnings) = (log.to_string_lossy(), [out.kept(), commits.warnings.clone()].concat());
    out.json(&Applying { saved, decisions: rows, log, commits: &commits.ids, renamed, warnings, diff });
}

/// The same for what is proposed.
pub(super) fn tell_kept_json(rows: &[Row], end: &Kept, out: &mut Out) {
    let warnings = out.kept();
    out.json(&Proposing { decisions: rows, end, warnings });
}

/// Says what has become of each, line by line.
pub(super) fn tell(rows: &[Row], end: &End, log: &Path, out: &mut Out) {
    lines(rows, matches!(end, End::Saved(..)), out);
    match end {
        End::Saved(commits, renamed) => {
            renamed::said(renamed, out);
            out.line(format_args!("logged in {}", display::visible(log.to_string_lossy().as_bytes())));
            commit::said(commits, out);
        }
        End::WouldBe(diff) if diff.is_empty() => out.line("nothing would change in the report"),
        End::WouldBe(diff) => out.patch(diff),
        End::Nothing if refused(rows) == 0 => out.line("there is nothing to save"),
        End::Nothing => {}
    }
}

/// Says what has become of each that is proposed, and what is kept of whom: `3 proposals of triage-bot are kept, in the
/// place of its 5 earlier ones`.
pub(super) fn tell_kept(rows: &[Row], end: &Kept, out: &mut Out) {
    let shown = |text: &str| display::visible(text.as_bytes());
    lines(rows, end.kept, out);
    for Laid { by, proposals, replaces, declined } in &end.laid {
        let by = shown(by);
        let many = match (proposals, end.kept) {
            (0, is_kept) => {
                let is = if is_kept { "is" } else { "would be" };
                let any_more = if *replaces > 0 { " any more" } else { "" };
                format!("nothing of {by} {is} proposed{any_more}")
            }
            (1, true) => format!("1 proposal of {by} is kept"),
            (many, true) => format!("{many} proposals of {by} are kept"),
            (many, false) => format!("{} of {by} would be kept", counted(*many, "proposal")),
        };
        let in_place = match replaces {
            0 => String::new(),
            1 => ", in the place of its earlier one".to_owned(),
            earlier => format!(", in the place of its {earlier} earlier ones"),
        };
        out.line(format_args!("{many}{in_place}"));
        if *declined > 0 {
            let many = counted(*declined, "bug");
            out.line(format_args!("    for {many} the same was declined before, and stays declined"));
        }
    }
    if end.kept && rows.iter().any(|row| row.fate == Fate::Proposed) {
        let where_they_are = "the desk shows them at their bugs, to be accepted or declined; regrade suggest lists them, and \
                              takes them back with --forget";
        out.line(where_they_are);
    }
}

/// `declined before by Ada Example, and stays so`; who declined it is named where that is known of all and is one.
fn declined(by: &[Option<String>]) -> String {
    let mut names = by.iter().map(|by| by.as_deref().map(name_of));
    let first = names.next().flatten().filter(|first| names.all(|name| name == Some(*first)));
    let by = first.map(|name| format!(" by {}", display::visible(name.as_bytes())));
    format!("declined before{}, and stays so", by.unwrap_or_default())
}

/// How many decisions that go well are told one by one, and of how many of their bugs.
const TOLD: usize = 20;

/// Says of each what is refused, and of those that go well as many as fit a screen, the others summed up:
/// `1980 more: 1970 ok, 10 so already; --json tells them all`.
fn lines(rows: &[Row], is_done: bool, out: &mut Out) {
    let (mut told, mut more, mut fates) = (0, 0, Vec::<(&str, usize)>::new());
    for row in rows {
        told += usize::from(row.fate != Fate::Refused);
        if row.fate == Fate::Refused || told <= TOLD {
            line(row, is_done, out);
            continue;
        }
        more += 1;
        let word = word(row.fate, is_done);
        match fates.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => fates.push((word, 1)),
        }
    }
    if more > 0 {
        let fates: Vec<String> = fates.iter().map(|(word, count)| format!("{count} {word}")).collect();
        out.line(format_args!("{more} more: {}; --json tells them all", fates.join(", ")));
    }
}

/// What has become of a decision, in a word or two.
fn word(fate: Fate, is_done: bool) -> &'static str {
    match fate {
        Fate::Applied if is_done => "ok",
        Fate::Applied => "would be ok",
        Fate::Proposed if is_done => "proposed",
        Fate::Proposed => "would be proposed",
        Fate::Accepted => "accepted already",
        Fate::Declined => "declined before",
        Fate::Same => "so already",
        Fate::Refused => "refused",
        Fate::TakenBack => "left out: taken back in the file",
    }
}

/// `line 4  BUG-001  ok  severity P0 → P1  (review-agent)`, and what the policy says of it or why it is refused.
fn line(row: &Row, is_done: bool, out: &mut Out) {
    let shown = |text: &str| display::visible(text.as_bytes());
    let fate = match row.fate {
        Fate::Declined => &declined(&row.declined_by),
        fate => word(fate, is_done),
    };
    let by = row.by.as_deref().map(|by| format!("  ({})", shown(by))).unwrap_or_default();
    let kind = row.kind.map(|kind| format!("  {kind}")).unwrap_or_default();
    let bugs = match row.bugs.as_deref() {
        None => String::new(),
        Some([]) => "the report  ".to_owned(),
        Some(bugs) => {
            let most = if row.fate == Fate::Refused { bugs.len() } else { TOLD };
            let first = bugs.iter().take(most).cloned().collect();
            format!("{}  ", shown(&words::listed(first, bugs.len())))
        }
    };
    out.line(format_args!("line {}  {bugs}{fate}{kind}{by}", row.line));
    for change in row.changed.iter().take(TOLD) {
        let end = |end: &Option<CompactString>| end.as_deref().map_or("–".to_owned(), shown);
        let (bug, what, from, to) =
            (shown(&change.bug), shown(&change.what), end(&change.from), end(&change.to));
        match from == to {
            true => out.line(format_args!("    {bug}  {what} stays {to}")),
            false => out.line(format_args!("    {bug}  {what} {from} → {to}")),
        }
    }
    if row.changed.len() > TOLD {
        out.line(format_args!("    and {}", counted(row.changed.len() - TOLD, "more change")));
    }
    if row.fate != Fate::Accepted {
        row.accepted.iter().for_each(|bug| out.line(format_args!("    {}  accepted already", shown(bug))));
    }
    if row.fate != Fate::Declined {
        for (bug, by) in row.declined.iter().zip(&row.declined_by) {
            let told = declined(std::slice::from_ref(by));
            out.line(format_args!("    {}  {told}", shown(bug)));
        }
    }
    row.policy
        .iter()
        .chain(&row.told)
        .chain(&row.why)
        .for_each(|said| out.line(format_args!("    {}", shown(said))));
}

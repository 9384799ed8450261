//! What a command says of a decision that it has made and saved, or would.

use serde::Serialize;

use super::commit::{self, Failed};
use super::out::{Out, Patch};
use super::renamed::{self, Renamed};
use super::words;
use crate::deviation::Entry;
use crate::export::Told;
use crate::git::{Commits, Made};
use crate::report::BugIx;
use crate::text::{Diff, counted, display};
use crate::triage::{Draft, Kind, Past, Session, outcome};

/// How many fields are named.
const NAMED: usize = 3;

/// Says what was decided, where the reasons are, and in which commits it is.
pub(super) fn said(made: &Made<'_>, gone: &[Gone], commits: &Commits, out: &mut Out) {
    let (session, count, log) = (made.session, made.saved.bugs, made.files.log);
    let (report, decisions) = (session.report(), session.pending());
    let bugs = session.touched();
    let kind = decisions.last().map_or("", |decision| decision.draft.kind.name());
    let renamed = renamed::renamed(report, &made.saved.report);
    let claims = Some(session.restated().len()).filter(|claims| *claims > 0 && bugs.is_empty());
    if out.is_json() {
        let bugs = bugs.iter().map(|bug| report.handle(bug).into_owned()).collect();
        let log = log.to_string_lossy().into_owned();
        let warnings = [out.kept(), commits.warnings.clone()].concat();
        out.json(&Said {
            kind,
            bugs,
            claims,
            log,
            entry: made.saved.grown.entries.last().map(Told::of),
            taken_back: meant(session, |draft| &draft.reverts).map(Meant::of),
            brought_back: meant(session, |draft| &draft.brings_back).map(Meant::of),
            gone,
            renamed: &renamed,
            commits: &commits.ids,
            warnings,
            uncommitted: commits.uncommitted.as_ref().map(Failed::of),
            behind: commits.behind.as_ref().map(Failed::of),
        });
        return;
    }
    let log = display::visible(log.to_string_lossy().as_bytes());
    let called = || match standing_again(made) {
        Some(bugs) => words::called(&made.saved.report, bugs.into_iter()),
        None => words::called(report, bugs.iter().collect::<Vec<_>>().into_iter()),
    };
    let about = match (claims, count) {
        (Some(claims), _) => counted(claims, "claim"),
        (None, 0) => whole(session),
        (None, _) => format!("{} ({}{})", counted(count, "bug"), called(), again(made)),
    };
    let fields =
        decisions.last().map(|decision| fields_alone(&decision.draft)).filter(|fields| !fields.is_empty());
    let what = match fields {
        _ if meant(session, |draft| &draft.brings_back).is_some() => "brought back".to_owned(),
        Some(fields) => words::listed(fields.iter().take(NAMED).cloned().collect(), fields.len()),
        None => kind.to_owned(),
    };
    out.line(format_args!("{what}: {about}, logged in {log}"));
    renamed::said(&renamed, out);
    commit::said(commits, out);
}

/// The names of what a note writes, which is all that it does to its bugs.
fn fields_alone(draft: &Draft) -> Vec<String> {
    let parts = draft.parts.iter().filter(|_| draft.kind == Kind::Note && !draft.goes_back());
    let mut names: Vec<String> =
        parts.flat_map(|part| &part.set.fields).map(|(name, _)| name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// Says what a save would change.
pub(super) fn would(diff: &Diff, entry: Option<&Entry>, gone: &[Gone], out: &mut Out) {
    match () {
        () if out.is_json() => {
            let warnings = out.kept();
            out.json(&Difference { diff: Patch(diff), entry: entry.map(Told::of), gone, warnings });
        }
        () if diff.is_empty() => out.line("nothing would change in the report"),
        () => out.patch(diff),
    }
}

/// A remark that a decision takes away with its status.
#[derive(Debug, Serialize)]
pub(super) struct Gone {
    bug: String,
    remark: String,
}

impl Gone {
    /// Those of a decision. Where it takes another back, what that had given is not told: the log says that.
    pub(super) fn by(draft: &Draft, session: &Session) -> Vec<Gone> {
        let parts = draft.parts.iter().filter(|_| draft.reverts.is_none());
        let going = parts.flat_map(|part| outcome::going(&part.bugs, &part.set, session));
        let going = going.chain(session.remarks_written_since(draft));
        let told = |(bug, remark)| Gone { bug: session.report().handle(bug).into_owned(), remark };
        going.map(told).collect()
    }

    /// The same in words.
    pub(super) fn said(&self) -> String {
        format!("the remark of {} goes: {}", self.bug, display::brief(&self.remark))
    }
}

#[derive(Serialize)]
struct Said<'a> {
    kind: &'static str,
    bugs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<usize>,
    log: String,
    /// As the log has it.
    entry: Option<Told<'a>>,
    #[serde(rename = "taken-back", skip_serializing_if = "Option::is_none")]
    taken_back: Option<Meant<'a>>,
    #[serde(rename = "brought-back", skip_serializing_if = "Option::is_none")]
    brought_back: Option<Meant<'a>>,
    /// The remarks that went with their statuses.
    #[serde(rename = "remarks-gone", skip_serializing_if = "<[Gone]>::is_empty")]
    gone: &'a [Gone],
    /// The bugs that are called otherwise now.
    #[serde(skip_serializing_if = "<[Renamed]>::is_empty")]
    renamed: &'a [Renamed],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    commits: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// Why what is saved is not committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    uncommitted: Option<Failed<'a>>,
    /// Why the index is not what it should be after the commits.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<Failed<'a>>,
}

/// The decision that is taken or brought back.
#[derive(Serialize)]
struct Meant<'a> {
    id: &'a str,
    kind: &'static str,
    rationale: &'a str,
}

impl<'a> Meant<'a> {
    fn of(past: &'a Past) -> Meant<'a> {
        Meant { id: &past.entry, kind: past.kind.name(), rationale: &past.rationale }
    }
}

/// The saved decision that the newest pending one means.
fn meant(session: &Session, entry: impl Fn(&Draft) -> &Option<String>) -> Option<&Past> {
    let entry = entry(&session.pending().last()?.draft).as_ref()?;
    session.past().iter().find(|past| past.entry == *entry)
}

/// The bugs of a decision that is taken back, in the order that they had when it was made and have again, where no other is lost.
fn standing_again(made: &Made<'_>) -> Option<Vec<BugIx>> {
    made.session.pending().last().filter(|decision| decision.draft.goes_back())?;
    let bugs: Vec<BugIx> = made.saved.past.last()?.sides.iter().map(|(bug, ..)| bug).collect();
    (bugs.len() == made.saved.bugs).then_some(bugs)
}

/// What became of the bugs of a decision that takes or brings back another, where that is the same of all: `: P2 → P0`.
fn again(made: &Made<'_>) -> String {
    let session = made.session;
    let past = meant(session, |draft| if draft.goes_back() { &draft.reverts } else { &draft.brings_back });
    let (Some(past), Some(entry)) = (past, made.saved.grown.entries.last()) else { return String::new() };
    let mut said = entry.bugs.iter().map(|bug| bug.said().collect::<Vec<_>>().join(", "));
    let first = said.next().unwrap_or_default();
    match said.all(|other| other == first) {
        true if first.is_empty() => format!(": {}", past.kind.name()),
        true => format!(": {}", display::brief(&first)),
        false => String::new(),
    }
}

/// What a decision is about that is about no bug: `the report as a whole`, `a finding on the report as a whole`.
fn whole(session: &Session) -> String {
    let about = |kind| match kind {
        Kind::Fixed => "something outside the report's bugs",
        Kind::NotExecuted => "a task of the plan",
        _ => "the report as a whole",
    };
    let kind = session.pending().last().map(|decision| decision.draft.kind);
    match meant(session, |draft| if draft.goes_back() { &draft.reverts } else { &draft.brings_back }) {
        Some(past) => format!("{}, {}", past.kind.name(), about(past.kind)),
        None => kind.map_or("", about).to_owned(),
    }
}

#[derive(Serialize)]
struct Difference<'a> {
    diff: Patch<'a>,
    /// As the log would have it, but for what only the save finds out.
    entry: Option<Told<'a>>,
    #[serde(rename = "remarks-gone", skip_serializing_if = "<[Gone]>::is_empty")]
    gone: &'a [Gone],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

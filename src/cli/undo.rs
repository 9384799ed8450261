//! `regrade undo` takes back the newest saved decision, `regrade redo` brings back the one that was taken back last. The log
//! then says so.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::out::Out;
use super::set::{self, Doing, Gone};
use super::world::World;
use crate::export::Told;
use crate::fault::{Fault, Kind, Result};
use crate::git::{Commits, Made, quoted};
use crate::text::{counted, display};
use crate::triage::{Barred, BugSet, Draft, Kind as Decided, Past, Session};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    #[command(flatten)]
    doing: Doing,
}

/// Which way decisions are gone through.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One is taken back.
    Back,
    /// One is brought back.
    Forward,
}

pub(super) fn run(args: &Args, way: Way, world: &World, out: &mut Out) -> Result<u8> {
    let open = world.open(&args.report, args.doing.json, out)?;
    let (writing, session) = (open.terms.settings.writing(), open.opened.session());
    set::refuse_pending(&session)?;
    let draft = match way {
        Way::Back => session.revert(writing),
        Way::Forward => session.bring_back(writing),
    };
    let draft = draft.map_err(|barred| barred_by(barred, way).at(&args.report))?;
    set::decide(draft, open, world, &args.doing, out)
}

fn barred_by(barred: Barred, way: Way) -> Fault {
    let Barred::Lost(lost) = barred else {
        return match way {
            Way::Back => Fault::new(Kind::Refused, "there is no saved decision to take back"),
            Way::Forward => Fault::new(Kind::Refused, "there is no saved decision to bring back")
                .hint("only what was taken back since the last decision is brought back"),
        };
    };
    let lost = display::visible(lost.as_bytes());
    Fault::new(
        Kind::Refused,
        format!("the severity before that decision was {lost}, and no level is called so"),
    )
    .hint(format!("give a level of the methodology the alias {lost}, or set the severity anew"))
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

/// What is not committed, or not as it should be.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    why: String,
    hints: &'a [String],
}

impl<'a> Failed<'a> {
    pub(super) fn of(fault: &'a Fault) -> Failed<'a> {
        Failed { why: fault.to_string(), hints: fault.hints() }
    }
}

/// Says what was decided, where the reasons are, and in which commits it is.
pub(super) fn said(json: bool, made: &Made<'_>, gone: &[Gone], commits: &Commits, out: &mut Out) {
    let (session, count, log) = (made.session, made.saved.bugs, made.log);
    let (report, decisions) = (session.report(), session.pending());
    let parts = decisions.iter().flat_map(|decision| &decision.draft.parts);
    let bugs = parts.fold(BugSet::default(), |all, part| all.union(&part.bugs));
    let kind = decisions.last().map_or("", |decision| decision.draft.kind.name());
    let claims = Some(session.restated().len()).filter(|claims| *claims > 0 && bugs.is_empty());
    if json {
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
            commits: &commits.ids,
            warnings,
            uncommitted: commits.uncommitted.as_ref().map(Failed::of),
            behind: commits.behind.as_ref().map(Failed::of),
        });
        return;
    }
    let log = display::visible(log.to_string_lossy().as_bytes());
    let called = || set::called(report, bugs.iter().collect::<Vec<_>>().into_iter());
    let about = match (claims, count) {
        (Some(claims), _) => counted(claims, "claim"),
        (None, 0) => whole(session),
        (None, _) => format!("{} ({})", counted(count, "bug"), called()),
    };
    let what = if meant(session, |draft| &draft.brings_back).is_some() { "brought back" } else { kind };
    out.line(format_args!("{what}: {about}, logged in {log}"));
    committed(commits, out);
}

/// The saved decision that the newest pending one means.
fn meant(session: &Session, entry: impl Fn(&Draft) -> &Option<String>) -> Option<&Past> {
    let entry = entry(&session.pending().last()?.draft).as_ref()?;
    session.past().iter().find(|past| past.entry == *entry)
}

/// What a decision is about that is about no bug: `the report as a whole`, `a finding on the report as a whole`.
fn whole(session: &Session) -> String {
    let about = |kind| match kind {
        Decided::Fixed => "something outside the report's bugs",
        Decided::NotExecuted => "a task of the plan",
        _ => "the report as a whole",
    };
    let kind = session.pending().last().map(|decision| decision.draft.kind);
    match meant(session, |draft| if draft.goes_back() { &draft.reverts } else { &draft.brings_back }) {
        Some(past) => format!("{}, {}", past.kind.name(), about(past.kind)),
        None => kind.map_or("", about).to_owned(),
    }
}

/// The same, with the command that tries what is not committed again.
pub(super) fn retried_by(commits: Commits, report: &Path) -> Commits {
    let again =
        format!("once mended, this tries it again: regrade commit {}", quoted(&report.to_string_lossy()));
    let hinted = |fault: Fault| if commits.is_kept { fault.hint(again) } else { fault };
    Commits { uncommitted: commits.uncommitted.map(hinted), ..commits }
}

/// Says which commits stand, and what hooks have made of them.
pub(super) fn committed(commits: &Commits, out: &mut Out) {
    if !commits.ids.is_empty() {
        out.line(format_args!("committed {}", commits.ids.join(", ")));
    }
    for warning in &commits.warnings {
        out.line(format_args!("! {}", display::visible(warning.as_bytes())));
    }
}

//! `regrade recover`: the journals that were left, what they hold, and what to do with one.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::out::Out;
use super::world::{self, World};
use crate::fault::{Fault, Kind, Result};
use crate::store::{Left, State, Store, Told};
use crate::text::{counted, display};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A journal by its name or the beginning of that, or the report that it is of; all are listed where none is
    /// named
    journal: Option<PathBuf>,
    /// Bring its decisions back into the journal of its report, to be looked at and saved at the desk
    #[arg(long, requires = "journal")]
    apply: bool,
    /// The report to bring them back into, where it was moved
    #[arg(long, value_name = "REPORT", requires = "apply")]
    to: Option<PathBuf>,
    /// Keep it under another name, so that the report opens without its decisions
    #[arg(long, requires = "journal", conflicts_with = "apply")]
    set_aside: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    let store = world.store()?;
    let all = store.journals()?;
    let Some(wanted) = &args.journal else {
        list(&all, out);
        return Ok(0);
    };
    let left = find(&all, wanted)?;
    match () {
        () if args.apply => bring(left, args, world, out)?,
        () if args.set_aside => set_aside(left, &store, world, out)?,
        () => show(left, &store, out)?,
    }
    Ok(0)
}

#[derive(Serialize)]
struct Listed<'a> {
    journal: String,
    report: &'a str,
    state: &'static str,
    decisions: usize,
    to_settle: usize,
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    damaged_line: Option<usize>,
}

fn list(all: &[Left], out: &mut Out) {
    if all.is_empty() && !out.is_json() {
        out.line("no journal holds a decision: everything is saved");
    }
    for left in all {
        let journal = left.name().to_string_lossy().into_owned();
        let last = left.last.map(|last| last.strftime("%Y-%m-%d %H:%M:%SZ").to_string());
        if out.is_json() {
            let (report, state) = (left.report.as_str(), left.state.name());
            let (decisions, to_settle, damaged_line) = (left.decisions, left.misfits, left.damaged);
            out.json(&Listed { journal, report, state, decisions, to_settle, last, damaged_line });
            continue;
        }
        out.line(display::visible(journal.as_bytes()));
        let last = last.map_or_else(String::new, |last| format!(", the last from {last}"));
        out.line(format_args!("  {}{last}", counted(left.decisions + left.misfits, "decision")));
        out.line(format_args!("  {}", display::visible(standing(left).as_bytes())));
        if let Some(line) = left.damaged {
            out.line(format_args!("  damaged from line {line} on"));
        }
    }
}

/// How a journal stands to its report, and what follows.
fn standing(left: &Left) -> String {
    let report = &left.report;
    match left.state {
        State::Pending => format!("comes back when {report} is opened"),
        State::Changed => format!("is carried over when {report}, which has changed, is opened"),
        State::Gone => format!("{report} is not there any more; --apply --to brings it to where it is now"),
        State::Damaged => {
            "its beginning cannot be read; it is set aside when its report is opened".to_owned()
        }
        State::Aside if report.is_empty() => "set aside; its beginning cannot be read".to_owned(),
        State::Aside => format!("set aside, of {report}; --apply brings it back"),
    }
}

/// The journal of this name, or the one that waits for this report; else the only one whose name begins so or that was set aside
/// of this report.
fn find<'a>(all: &'a [Left], wanted: &Path) -> Result<&'a Left> {
    let name = wanted.to_string_lossy();
    let named = |left: &&Left| left.name() == wanted.as_os_str() || left.path == wanted;
    let begins = |left: &&Left| left.name().to_string_lossy().starts_with(&*name);
    let real = wanted.canonicalize().ok();
    let of = |left: &&Left| {
        real.as_deref().is_some_and(|real| real == Path::new(&left.report)) || left.report == name
    };
    let waits = |left: &&Left| left.state != State::Aside && of(left);
    if let Some(found) = all.iter().find(named).or_else(|| all.iter().find(waits)) {
        return Ok(found);
    }
    let perhaps: Vec<&Left> = all.iter().filter(|left| begins(left) || of(left)).collect();
    let what = match perhaps[..] {
        [found] => return Ok(found),
        [] => format!("no journal is called {name}, and none is of a report of that name"),
        _ => format!("{} journals could be meant by {name}", perhaps.len()),
    };
    let fault = Fault::new(Kind::Usage, what);
    Err(perhaps
        .iter()
        .map(|left| left.name().to_string_lossy().into_owned())
        .chain(["regrade recover lists them all".to_owned()])
        .fold(fault, Fault::hint))
}

fn show(left: &Left, store: &Store, out: &mut Out) -> Result<()> {
    store.tell(&left.path)?.iter().for_each(|told| tell(told, out));
    if let (false, Some(line)) = (out.is_json(), left.damaged) {
        out.line(format_args!("damaged from line {line} on: what was decided after that cannot be read"));
    }
    Ok(())
}

#[derive(Serialize)]
struct ToldJson<'a> {
    at: String,
    by: &'a str,
    kind: &'a str,
    bugs: &'a [String],
    values: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail<'a>>,
    rationale: &'a str,
    to_settle: bool,
}

/// A text about the report as a whole, by name, as the log has it.
#[derive(Serialize)]
struct Detail<'a> {
    name: &'a str,
    text: &'a str,
}

fn tell(told: &Told, out: &mut Out) {
    let Told { by, kind, bugs, values, details, rationale, misfit, .. } = told;
    if out.is_json() {
        let (at, to_settle) = (told.at.to_string(), *misfit);
        let details = details.iter().map(|(name, text)| Detail { name, text }).collect();
        return out.json(&ToldJson { at, by, kind, bugs, values, details, rationale, to_settle });
    }
    let visible = |text: &str| display::visible(text.as_bytes());
    let at = told.at.strftime("%Y-%m-%d %H:%M:%SZ");
    let unfit = if *misfit { "  no longer fits" } else { "" };
    out.line(format_args!("{at}  {}  {}{unfit}", visible(by), visible(kind)));
    let about = [bugs.join(", "), values.join(", ")];
    let about: Vec<&str> = about.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if !about.is_empty() {
        out.line(format_args!("  {}", visible(&about.join("  "))));
    }
    for (name, text) in details {
        out.line(format_args!("  {name}: {}", visible(text)));
    }
    rationale.lines().for_each(|line| out.line(format_args!("    {}", visible(line))));
}

fn bring(left: &Left, args: &Args, world: &World, out: &mut Out) -> Result<()> {
    if matches!(left.state, State::Pending | State::Changed) && args.to.is_none() {
        return Err(Fault::new(Kind::Refused, "these decisions come back by themselves")
            .at(&left.report)
            .hint("open the report at the desk"));
    }
    if left.report.is_empty() {
        return Err(Fault::new(Kind::Unreadable, "nothing can be read of this journal")
            .at(&left.path)
            .line(1));
    }
    let report = args.to.clone().unwrap_or_else(|| PathBuf::from(&left.report));
    let mut open = world.open(&report, out)?;
    let brought = open.store.bring(&left.path, &mut open.opened)?;
    let shown = display::visible(report.to_string_lossy().as_bytes());
    let known =
        if brought.known > 0 { format!(", {} were there already", brought.known) } else { String::new() };
    out.line(format_args!("{} brought back{known}", counted(brought.pending + brought.misfits, "decision")));
    if brought.misfits > 0 {
        out.line(format_args!("{} of them no longer fit and wait to be settled", brought.misfits));
    }
    out.line(format_args!("open {shown} at the desk to look at them and save"));
    Ok(())
}

fn set_aside(left: &Left, store: &Store, world: &World, out: &mut Out) -> Result<()> {
    let report = Path::new(&left.report);
    let _lock = world::ours(store.hold_journal(&left.path, &world.holder(report))?, report)?;
    let aside = store.put_aside(&left.path)?;
    out.line(format_args!("kept as {}", display::visible(aside.to_string_lossy().as_bytes())));
    Ok(())
}

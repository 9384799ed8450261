//! Opening the desk: on a report, on the only report here, or on the sample.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::out::Out;
use super::world::World;
use crate::app::{App, Leaving};
use crate::fault::{Fault, Kind, Result};
use crate::store::{self, Candidate};
use crate::text::display;
use crate::tui::{self, Desk, OnDisk};

/// The sample report that the demo opens.
pub(super) const SAMPLE: &[u8] = include_bytes!("../../assets/sample.md");

/// How many reports of a folder are named.
const NAMED: usize = 8;

/// Opens the desk on a report, or on the only one in this folder.
pub(super) fn open(report: Option<&Path>, world: &World, out: &mut Out) -> Result<u8> {
    let report = match report {
        Some(report) => report.to_owned(),
        None => only_report(world)?,
    };
    expect_terminal(&report, world)?;
    enter(&report, world).map(|leaving| code(leaving, out))
}

/// Opens the desk on the sample, and says where it is left.
pub(super) fn demo(world: &World, out: &mut Out) -> Result<u8> {
    let report = store::scratch("sample.md", SAMPLE)?;
    expect_terminal(&report, world)?;
    let code = code(enter(&report, world)?, out);
    let shown = display::visible(report.to_string_lossy().as_bytes());
    out.line("The sample and, if you saved, its deviation log are in");
    out.line(format_args!("  {shown}"));
    out.line("Look at what was decided with");
    out.line(format_args!("  regrade log {shown}"));
    Ok(code)
}

fn code(leaving: Leaving, out: &mut Out) -> u8 {
    match leaving {
        Leaving::Quietly => {}
        Leaving::Forced | Leaving::Signalled(_) => {
            out.line("interrupted; what was decided is kept and comes back when the report is opened again");
        }
    }
    leaving.exit_code()
}

fn enter(report: &Path, world: &World) -> Result<Leaving> {
    let config = world.config(report)?;
    let (holder, writing) = (world.holder(report), config.settings.writing());
    let (user, methodology) = (holder.by.clone(), Arc::new(config.methodology));
    let (store, kept) = OnDisk::open(world.store()?, report.to_owned(), methodology, writing, holder)?;
    let name = report.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut app = App::new(kept.session, &name, Arc::new(config.settings), Arc::new(config.keymap));
    let since = app.session.pending().last().map(|decision| at(decision.at, world.now()));
    app.welcome(since.as_deref(), kept.notes, kept.held);
    let epoch = world.env.clone();
    let env = tui::Env { user, now: Box::new(move || World::new(&epoch).now()) };
    tui::run(Desk { app, theme: config.theme, store, env, writing })
}

/// A time as a person says it where they are: `14:02`, or with its day where that is not today.
fn at(time: Timestamp, now: Timestamp) -> String {
    let here = TimeZone::system();
    let (time, now) = (here.to_datetime(time), here.to_datetime(now));
    let format = if time.date() == now.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    time.strftime(format).to_string()
}

/// The desk needs a terminal that can place its cursor; a script is told what to use instead.
fn expect_terminal(report: &Path, world: &World) -> Result<()> {
    let is_dumb = world.env.var("TERM").is_some_and(|term| term == "dumb");
    if !is_dumb && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        return Ok(());
    }
    let report = report.display();
    Err(Fault::new(Kind::Usage, "the desk needs a terminal, and there is none")
        .hint(format!("regrade list {report}                     lists the bugs"))
        .hint(format!("regrade show {report} ID                  shows one"))
        .hint(format!("regrade set {report} ID --severity P2 --rationale TEXT  decides and saves"))
        .hint(format!("regrade log {report}                      shows what was decided")))
}

/// The only file here that has bugs.
fn only_report(world: &World) -> Result<PathBuf> {
    let config = crate::config::load(world.env, None)?;
    let mut found: Vec<Candidate> = store::candidates(&world.env.cwd, &Arc::new(config.methodology))?;
    match found.len() {
        1 => Ok(found.remove(0).path),
        0 => Err(Fault::new(Kind::Usage, "there is no report in this folder")
            .hint("name one: regrade REPORT")
            .hint("or try the sample: regrade demo")),
        _ => {
            let fault = Fault::new(Kind::Usage, "there are several reports in this folder; name one");
            let more = found.len().saturating_sub(NAMED);
            let more = (more > 0).then(|| format!("and {more} more"));
            Err(found.iter().take(NAMED).map(named).chain(more).fold(fault, Fault::hint))
        }
    }
}

fn named(one: &Candidate) -> String {
    let noun = if one.bugs == 1 { "bug" } else { "bugs" };
    format!("regrade {}  ({} {noun})", one.path.display(), one.bugs)
}

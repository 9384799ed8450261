//! `regrade list`: the bugs of a report, a line each.

use std::borrow::Cow;
use std::path::PathBuf;

use serde::Serialize;

use super::filter;
use super::out::Out;
use super::view::{Pending, View};
use super::world::World;
use crate::fault::Result;
use crate::report::{BugIx, without_remark};
use crate::text::{counted, display};

/// How many bugs decide how wide the columns are.
const MEASURED: usize = 1000;

/// How wide a status may be.
const STATUS_MOST: usize = 24;

/// What stands on a line of JSON.
const JSON: &str = "\
One JSON object a line (JSON Lines, not an array): what the report
says of each bug, and as `pending` what a decision that waits at the
desk makes of it. Among it:
  handle    what the first column says, and `show`, `set` and files of
            decisions take: the id; of several bugs with one id
            `BUG-3#2`; of a bug without one the first words of its
            title, `login-loops`
  id        as the report has it, null without one; several bugs may
            share it
  severity  as the report writes it; `level` is the methodology's key
  line      where it begins, from 1";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Only the bugs that this leaves, decisions of the desk included
    #[arg(long, value_name = "QUERY", long_help = filter::HELP, value_parser = filter::typed, allow_hyphen_values = true)]
    filter: Option<String>,
    /// One JSON object a line (JSON Lines, not an array): what the report says of each bug
    #[arg(long, long_help = JSON)]
    json: bool,
}

/// What the report says of one bug, and what will be of it.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a> {
    /// 1-based.
    line: usize,
    id: Option<Cow<'a, str>>,
    title: Cow<'a, str>,
    /// As the report writes it.
    severity: Option<Cow<'a, str>>,
    severity_text: Option<Cow<'a, str>>,
    /// The methodology's key.
    level: Option<&'a str>,
    severity_source: &'static str,
    scope: Option<Cow<'a, str>>,
    status: Option<String>,
    section: Option<Cow<'a, str>>,
    handle: Cow<'a, str>,
    /// Where a decision about it waits at the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pending: Option<Pending<'a>>,
}

impl<'a> Listed<'a> {
    pub(super) fn of(view: &'a View, bug: BugIx) -> Listed<'a> {
        let report = view.report();
        let values = report.values(bug);
        let section = report.section(bug);
        Listed {
            line: report.line_of(report.bug(bug).block.start),
            id: report.id(bug),
            title: report.title(bug),
            severity: report.severity(bug),
            severity_text: values.severity_text(),
            level: report.level(bug).map(|level| report.methodology().level(level).key.as_str()),
            severity_source: report.bug(bug).source.name(),
            scope: values.scope(),
            status: values.status().map(|status| without_remark(&status).to_owned()),
            section: section.map(|section| String::from_utf8_lossy(section.title.of(report.base()))),
            handle: report.handle(bug),
            pending: view.pending(bug),
        }
    }
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    let (view, bugs) = match &args.filter {
        None => {
            let view = world.view(&args.report)?;
            let bugs = view.report().indexes().collect();
            (view, bugs)
        }
        Some(filter) => {
            let session = world.look(&args.report)?;
            let bugs = filter::bugs(&session, filter, world.now())?;
            (View::of(session), bugs)
        }
    };
    match out.is_json() {
        true => out.json_of_each(&bugs, |bug| Listed::of(&view, *bug)),
        false => table(&view, &bugs, out),
    }
    if let Err(fault) = world.expect_markdown(&args.report, view.report()) {
        out.note(&format!("{fault} ({})", fault.hints().join(", ")));
    }
    Ok(0)
}

fn table(view: &View, bugs: &[BugIx], out: &mut Out) {
    if bugs.is_empty() {
        out.line(if view.report().is_empty() { "no bugs found" } else { "no bug matches the filter" });
        return;
    }
    let rows = |bug: &BugIx| row(view, *bug);
    let measured: Vec<[String; 5]> = bugs.iter().take(MEASURED).map(rows).collect();
    let width = |column: usize| measured.iter().map(|row| display::width(&row[column])).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3).min(STATUS_MOST)];
    out.line_of_each(bugs, |bug| {
        let row = rows(bug);
        let cells: Vec<String> =
            widths.iter().zip(&row).map(|(width, cell)| display::fit(cell, *width)).collect();
        format!("{}  {}", cells.join("  "), row[4])
    });
    out.line("");
    out.line(totals(view, bugs));
    if let Some(waiting) = waiting(view, bugs) {
        out.line(waiting);
    }
}

/// Handle, level, scope, status and title, all visible.
fn row(view: &View, bug: BugIx) -> [String; 5] {
    let (report, [level, scope, status]) = (view.report(), view.cells(bug));
    let [handle, title] =
        [report.handle(bug), report.title(bug)].map(|text| display::visible(text.as_bytes()));
    [handle, level, scope, status, title]
}

/// `11 bugs: P0 6, P1 2, P2 3`, of fewer than all, `2 of 11 bugs: P0 2`: as they will be.
fn totals(view: &View, bugs: &[BugIx]) -> String {
    let (report, methodology) = (view.report(), view.report().methodology());
    let count = |level| bugs.iter().filter(|bug| view.level(**bug) == level).count();
    let levels =
        methodology.level_ids().map(|level| (methodology.level(level).key.clone(), count(Some(level))));
    let counts = levels.chain([("without severity".to_owned(), count(None))]);
    let counts = counts.filter(|(_, count)| *count > 0).map(|(key, count)| format!("{key} {count}"));
    let of = if bugs.len() == report.len() { String::new() } else { format!("{} of ", bugs.len()) };
    format!("{of}{}: {}", counted(report.len(), "bug"), counts.collect::<Vec<_>>().join(", "))
}

/// That decisions wait about some of these bugs, if so.
fn waiting(view: &View, bugs: &[BugIx]) -> Option<String> {
    let count = bugs.iter().filter(|bug| view.waits(**bug)).count();
    let whose = if count == 1 { "has" } else { "have" };
    (count > 0).then(|| {
        format!("! {count} of these {whose} a decision that waits at the desk; → leads to what it makes of them, which counts here")
    })
}

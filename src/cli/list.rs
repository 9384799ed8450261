//! `regrade list`: the bugs of a report, a line each.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;

use super::filter;
use super::out::Out;
use super::world::World;
use crate::fault::Result;
use crate::report::{BugIx, Report, without_remark};
use crate::text::{counted, display};

/// How many bugs decide how wide the columns are.
const MEASURED: usize = 1000;

/// How wide a status may be.
const STATUS_MOST: usize = 24;

/// What may stand in a filter.
pub(super) const FILTER: &str = "\
Only the bugs that this leaves, decisions that wait at the desk included. All of it must hold:
  sev:P0  sev:P0,P1  sev:>=P1   severity by key or name; a comma means or, `>=` as severe and more
  scope:test  status:open       what it affects, what has become of it; `none` for bugs without,
                                `unlisted` for words that the methodology does not know
  is:undecided                  or decided, changed, seen, unseen, suggested, stale, overdue, contradiction
  suggested:missing-module      which rule, or who, is the first to suggest something for it
  section:p0  id:12  title:x    in the title of a section around it, in its id, in its title
  text:word  error:Import       anywhere in its text, in any field by its name
  crash  \"login loops\"         fuzzily, or exactly, in id and title
  -sev:P0  -crash               the opposite";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    /// Only the bugs that this leaves, decisions of the desk included
    #[arg(long, value_name = "QUERY", long_help = FILTER, value_parser = filter::typed, allow_hyphen_values = true)]
    filter: Option<String>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What the report says of one bug.
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
}

impl<'a> Listed<'a> {
    pub(super) fn of(report: &'a Report, bug: BugIx) -> Listed<'a> {
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
        }
    }
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let (report, bugs) = match &args.filter {
        None => {
            let report = Arc::new(world.report(&args.report)?);
            let bugs = report.indexes().collect();
            (report, bugs)
        }
        Some(filter) => {
            let session = world.look(&args.report)?;
            (Arc::clone(session.report()), filter::bugs(&session, filter, world.now())?)
        }
    };
    match args.json {
        true => out.json_of_each(&bugs, |bug| Listed::of(&report, *bug)),
        false => table(&report, &bugs, out),
    }
    Ok(0)
}

fn table(report: &Report, bugs: &[BugIx], out: &mut Out) {
    if bugs.is_empty() {
        out.line(if report.is_empty() { "no bugs found" } else { "no bug matches the filter" });
        return;
    }
    let rows = |bug: &BugIx| row(report, *bug);
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
    out.line(totals(report, bugs));
}

/// Handle, level, scope, status and title, all visible.
fn row(report: &Report, bug: BugIx) -> [String; 5] {
    let level = report.level(bug).map(|level| report.methodology().level(level).key.clone());
    let severity = level.or_else(|| report.severity(bug).map(|word| format!("{word}?")));
    let values = report.values(bug);
    let status = values.status().map(|status| without_remark(&status).to_owned());
    let shown =
        |text: Option<String>| text.map_or_else(|| "–".to_owned(), |text| display::visible(text.as_bytes()));
    [
        display::visible(report.handle(bug).as_bytes()),
        shown(severity),
        shown(values.scope().map(Into::into)),
        shown(status),
        display::visible(report.title(bug).as_bytes()),
    ]
}

/// `11 bugs: P0 6, P1 2, P2 3`; of fewer than all, `2 of 11 bugs: P0 2`.
fn totals(report: &Report, bugs: &[BugIx]) -> String {
    let methodology = report.methodology();
    let count = |level| bugs.iter().filter(|bug| report.level(**bug) == level).count();
    let levels =
        methodology.level_ids().map(|level| (methodology.level(level).key.clone(), count(Some(level))));
    let counts = levels.chain([("without".to_owned(), count(None))]);
    let counts = counts.filter(|(_, count)| *count > 0).map(|(key, count)| format!("{key} {count}"));
    let of = if bugs.len() == report.len() { String::new() } else { format!("{} of ", bugs.len()) };
    format!("{of}{}: {}", counted(report.len(), "bug"), counts.collect::<Vec<_>>().join(", "))
}

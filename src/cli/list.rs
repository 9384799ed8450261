//! `regrade list`: the bugs of a report, a line each.

use std::path::PathBuf;

use serde::Serialize;

use super::out::Out;
use super::world::World;
use crate::fault::Result;
use crate::report::{BugIx, Report, without_remark};
use crate::text::display;

/// How many bugs decide how wide the columns are.
const MEASURED: usize = 1000;

/// How wide a status may be.
const STATUS_MOST: usize = 24;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What the report says of one bug.
#[derive(Debug, Serialize)]
pub(super) struct Listed<'a> {
    /// 1-based.
    line: usize,
    id: Option<String>,
    title: String,
    /// As the report writes it.
    severity: Option<String>,
    severity_text: Option<String>,
    /// The methodology's key.
    level: Option<&'a str>,
    severity_source: &'static str,
    scope: Option<String>,
    status: Option<String>,
    section: Option<String>,
    handle: String,
}

impl<'a> Listed<'a> {
    pub(super) fn of(report: &'a Report, bug: BugIx) -> Listed<'a> {
        let owned = |text: Option<std::borrow::Cow<'_, str>>| text.map(std::borrow::Cow::into_owned);
        let section =
            report.section(bug).map(|section| String::from_utf8_lossy(section.title.of(report.base())));
        Listed {
            line: report.line_of(report.bug(bug).block.start),
            id: owned(report.id(bug)),
            title: report.title(bug).into_owned(),
            severity: owned(report.severity(bug)),
            severity_text: owned(report.severity_text(bug)),
            level: report.level(bug).map(|level| report.methodology().level(level).key.as_str()),
            severity_source: report.bug(bug).source.name(),
            scope: owned(report.scope(bug)),
            status: report.status(bug).map(|status| without_remark(&status).to_owned()),
            section: owned(section),
            handle: report.handle(bug).into_owned(),
        }
    }
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let report = world.report(&args.report)?;
    if args.json {
        for bug in report.indexes().take_while(|_| !out.is_closed()).collect::<Vec<_>>() {
            out.json(&Listed::of(&report, bug));
        }
        return Ok(0);
    }
    table(&report, out);
    Ok(0)
}

fn table(report: &Report, out: &mut Out) {
    if report.is_empty() {
        out.line("no bugs found");
        return;
    }
    let rows = |bug| row(report, bug);
    let measured: Vec<[String; 5]> = report.indexes().take(MEASURED).map(rows).collect();
    let width = |column: usize| measured.iter().map(|row| display::width(&row[column])).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3).min(STATUS_MOST)];
    for bug in report.indexes() {
        if out.is_closed() {
            return;
        }
        let row = row(report, bug);
        let cells: Vec<String> =
            widths.iter().zip(&row).map(|(width, cell)| display::fit(cell, *width)).collect();
        out.line(format_args!("{}  {}", cells.join("  "), row[4]));
    }
    out.line("");
    out.line(totals(report));
}

/// Handle, level, scope, status and title, all visible.
fn row(report: &Report, bug: BugIx) -> [String; 5] {
    let level = report.level(bug).map(|level| report.methodology().level(level).key.clone());
    let severity = level.or_else(|| report.severity(bug).map(|word| format!("{word}?")));
    let status = report.status(bug).map(|status| without_remark(&status).to_owned());
    let shown =
        |text: Option<String>| text.map_or_else(|| "–".to_owned(), |text| display::visible(text.as_bytes()));
    [
        display::visible(report.handle(bug).as_bytes()),
        shown(severity),
        shown(report.scope(bug).map(Into::into)),
        shown(status),
        display::visible(report.title(bug).as_bytes()),
    ]
}

/// `11 bugs: P0 6, P1 2, P2 3`.
fn totals(report: &Report) -> String {
    let methodology = report.methodology();
    let count = |level| report.bugs().iter().filter(|bug| bug.level == Some(level)).count();
    let levels = methodology.level_ids().map(|level| (methodology.level(level).key.clone(), count(level)));
    let none = ("without".to_owned(), report.bugs().iter().filter(|bug| bug.level.is_none()).count());
    let counts =
        levels.chain([none]).filter(|(_, count)| *count > 0).map(|(key, count)| format!("{key} {count}"));
    let noun = if report.len() == 1 { "bug" } else { "bugs" };
    format!("{} {noun}: {}", report.len(), counts.collect::<Vec<_>>().join(", "))
}

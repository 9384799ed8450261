//! `regrade show`: bugs with all that is known of them, and their text; or how the report was read.

mod alike;
mod layout;

use std::path::PathBuf;

use serde::Serialize;

use super::list::Listed;
use super::out::Out;
use super::view::View;
use super::words;
use super::world::World;
use crate::fault::{Fault, Kind, Result};
use crate::report::{BugIx, Finding, Report, audit};
use crate::text::{Span, display};

#[derive(Debug, clap::Args)]
#[command(
    override_usage = "regrade show [OPTIONS] <REPORT> <ID>...\n       regrade show [OPTIONS] <REPORT> --layout"
)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Bugs as the first column of `regrade list` names them, or by their place in the report: `@3`
    #[arg(required_unless_present = "layout", value_name = "ID")]
    ids: Vec<String>,
    /// How the report was read: what was recognised in it, and why
    #[arg(long, conflicts_with = "ids")]
    layout: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    listed: Listed<'a>,
    sites: Vec<ShownSite<'a>>,
    fields: Vec<ShownField>,
    problems: Vec<String>,
    text: String,
}

#[derive(Debug, Serialize)]
struct ShownSite<'a> {
    source: &'static str,
    line: usize,
    severity: String,
    level: Option<&'a str>,
}

impl ShownSite<'_> {
    /// `  line 17: field says Critical (P0)`
    fn said(&self) -> String {
        let said =
            format!("  line {}: {} says {}", self.line, self.source, display::visible_str(&self.severity));
        match self.level {
            Some(level) if level == self.severity => said,
            level => format!("{said} ({})", level.unwrap_or("no level")),
        }
    }
}

#[derive(Debug, Serialize)]
struct ShownField {
    name: String,
    value: String,
    line: usize,
}

impl<'a> Shown<'a> {
    fn of(view: &'a View, bug: BugIx, findings: &[Finding]) -> Shown<'a> {
        let report = view.report();
        let text = |span: Span| String::from_utf8_lossy(span.of(report.base())).into_owned();
        let sites = report.sites(bug).into_iter().map(|site| ShownSite {
            source: site.source.name(),
            line: report.line_of(site.span.start),
            severity: text(site.span),
            level: site.level.map(|level| report.methodology().level(level).key.as_str()),
        });
        let fields = report.fields(bug).into_iter().map(|field| ShownField {
            name: text(field.name),
            value: field.text(report.base()).into_owned(),
            line: report.line_of(field.lines.start),
        });
        Shown {
            listed: Listed::of(view, bug),
            sites: sites.collect(),
            fields: fields.collect(),
            problems: about(bug, findings).map(|finding| finding.what.clone()).collect(),
            text: text(report.bug(bug).block),
        }
    }
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    if args.layout {
        layout::print(&world.report(&args.report)?, out);
        return Ok(0);
    }
    let view = world.view(&args.report)?;
    let bugs = args.ids.iter().map(|id| find(view.report(), id)).collect::<Result<Vec<BugIx>>>()?;
    let findings = audit(view.report(), world.now());
    for (nth, bug) in bugs.into_iter().enumerate() {
        let shown = Shown::of(&view, bug, &findings);
        if out.is_json() {
            out.json(&shown);
            continue;
        }
        if nth > 0 {
            out.line("");
        }
        print(&view, bug, &shown, out);
    }
    Ok(0)
}

/// What was found about a bug.
fn about(bug: BugIx, findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(move |finding| finding.bug == Some(bug))
}

/// The bug that is called so, or is in that place of the report: `@3`.
///
/// # Errors
/// Kind usage, where none is.
pub(super) fn find(report: &Report, id: &str) -> Result<BugIx> {
    report.find_any(id).ok_or_else(|| uncalled(report, id))
}

/// The bug that is called so, wherever it is: places change with what is written.
///
/// # Errors
/// Kind usage, where none is.
pub(super) fn named(report: &Report, id: &str) -> Result<BugIx> {
    report.find(id).ok_or_else(|| uncalled(report, id))
}

fn uncalled(report: &Report, id: &str) -> Fault {
    let fault = Fault::new(Kind::Usage, format!("no bug is called {id}"));
    let place = format!("@{}", id.trim_start_matches('@'));
    let meant = BugIx::of_number(&place).filter(|bug| bug.at() < report.len());
    let fault = match meant.map(|bug| report.handle(bug)) {
        Some(handle) if id == place => fault.hint(format!(
            "a file names no places, where another bug may be when it is applied; now {place} is {handle}"
        )),
        Some(handle) => fault.hint(format!("{place} is the one in that place, called {handle}")),
        None if id.contains(',') => fault.hint("name several bugs with blanks between them, not commas"),
        None => match &*alike::handles(report, id) {
            [] => fault,
            near => fault.hint(words::meant(&near.iter().map(String::as_str).collect::<Vec<_>>())),
        },
    };
    fault.hint("`regrade list REPORT` names them all, in its first column")
}

fn print(view: &View, bug: BugIx, shown: &Shown, out: &mut Out) {
    let report = view.report();
    let visible = |text: &str| display::visible(text.as_bytes());
    out.line(format_args!("{}  {}", visible(&report.handle(bug)), visible(&report.title(bug))));
    shown.sites.iter().for_each(|site| out.line(site.said()));
    let [level, scope, status] = view.cells(bug);
    if view.waits(bug) {
        out.line("  ! a decision about it waits at the desk; → leads to what it makes of it");
        out.line(format_args!("  severity: {level}"));
    }
    out.line(format_args!("  scope: {scope}"));
    out.line(format_args!("  status: {status}"));
    for problem in &shown.problems {
        out.line(format_args!("  problem: {}", visible(problem)));
    }
    out.line("");
    out.foreign(report.block(bug));
}

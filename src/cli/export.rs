//! `regrade export`: what was decided, as a summary, a table or data.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;

use super::commits;
use super::out::Out;
use super::world::{self, World};
use crate::deviation::Log;
use crate::export::{self, Decided, EMBEDDED, Facts, Filter, Front, Template};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::store::Store;
use crate::text::display;
use crate::triage::{Kind, Session};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    /// What to make of its decisions
    #[arg(long, value_name = "FORMAT", value_enum)]
    to: Format,
    /// Write it into this file; `-` or nothing is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    /// Only decisions of this day (2026-02-11, UTC) or time (2026-02-11T20:00:00Z) and later
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only decisions by somebody whose name or address has this in it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only decisions of this kind, such as reclassified; can be given several times
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Leave out what is not saved yet
    #[arg(long)]
    saved: bool,
    /// For a summary, YAML with members of its front matter, and with texts for it below `document:`
    #[arg(long, value_name = "FILE")]
    front_matter: Option<PathBuf>,
    /// For a summary, the template in place of the one that `--to template` shows
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A document: what was decided, found, fixed, left out, and what it means
    Summary,
    /// A row for each bug of each decision, for spreadsheets
    Csv,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// YAML, as the log has it
    Yaml,
    /// A Markdown table
    Markdown,
    /// The template of the summary, to begin one's own with
    Template,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let store = world.looker();
    let text = text(args, world, &store)?;
    match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => out.patch(text.as_bytes()),
        Some(target) => {
            store.put(&args.report, target, &text, args.force)?;
            let name = display::visible(target.to_string_lossy().as_bytes());
            out.line(format_args!("exported to {name}"));
        }
    }
    Ok(0)
}

fn text(args: &Args, world: &World, store: &Store) -> Result<String> {
    if args.to == Format::Template {
        return Ok(EMBEDDED.to_owned());
    }
    let filter = filter(args)?;
    let methodology = world.config(&args.report)?.methodology.into();
    let (session, log) = (store.look(&args.report, &methodology)?, store.log(&args.report)?);
    expect_whole(&log)?;
    let decided = export::decided(&log, &session, &filter);
    Ok(match args.to {
        Format::Csv => export::csv(&decided),
        Format::Json => export::json(&decided),
        Format::Jsonl => export::jsonl(&decided),
        Format::Yaml => export::yaml(&decided),
        Format::Markdown => export::markdown(&decided),
        Format::Summary | Format::Template => summary(args, world, store, &session, &decided)?,
    })
}

/// Refuses a log that would be exported in part without saying so.
fn expect_whole(log: &Log) -> Result<()> {
    let Some(problem) = log.problems.first() else { return Ok(()) };
    let what = format!("line {} of the log: {}", problem.line, problem.what);
    Err(Fault::new(Trouble::Unreadable, what).hint("regrade log --verify says what is wrong with it"))
}

fn filter(args: &Args) -> Result<Filter> {
    let kinds = args.kinds.iter().map(|name| kind(name)).collect::<Result<_>>()?;
    let since = args.since.as_deref().map(time).transpose()?;
    Ok(Filter { since, by: args.by.clone(), kinds, saved: args.saved })
}

fn kind(name: &str) -> Result<Kind> {
    let known = Kind::ALL.iter().map(|kind| kind.name().to_owned());
    Kind::named(name).ok_or_else(|| world::unknown("kind of decision", name, known))
}

/// A time, or the beginning of a day in UTC.
fn time(text: &str) -> Result<Timestamp> {
    let day = || format!("{}T00:00:00Z", text.parse::<Date>().ok()?).parse().ok();
    text.parse().ok().or_else(day).ok_or_else(|| {
        Fault::new(Trouble::Usage, format!("{text} is no day and no time"))
            .hint("write 2026-02-11 or 2026-02-11T20:00:00Z")
    })
}

fn summary(
    args: &Args,
    world: &World,
    store: &Store,
    session: &Session,
    decided: &[Decided],
) -> Result<String> {
    let front = args.front_matter.as_deref().map(|path| Front::read(&store.text(path)?, path));
    let template = args.template.as_deref().map(|path| store.text(path)).transpose()?;
    let log = store.log_path(&args.report)?;
    let log = args.report.with_file_name(log.file_name().unwrap_or_default());
    let names = [args.report.file_name(), log.file_name()];
    let names: Vec<_> = names.into_iter().flatten().collect();
    let folder = args.report.parent().unwrap_or(Path::new(""));
    let first = decided.iter().map(|one| one.entry.at).min();
    let (report, log) = (args.report.to_string_lossy(), log.to_string_lossy());
    let output = args.output.as_deref().filter(|path| *path != Path::new("-")).map(Path::to_string_lossy);
    let facts = Facts {
        report: &report,
        log: &log,
        output: output.as_deref(),
        decided,
        session,
        front: &front.transpose()?.unwrap_or_default(),
        commits: &first.map(|first| commits::since(first, folder, &names)).unwrap_or_default(),
        now: world.now(),
    };
    let path = args.template.as_deref().unwrap_or(Path::new("summary.md"));
    export::summary(&facts, Template { text: template.as_deref().unwrap_or(EMBEDDED), path })
}

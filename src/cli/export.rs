//! `regrade export`: what was decided, as a summary, a table or data.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::Timestamp;
use jiff::civil::Date;

use super::out::{self, Out};
use super::world::{self, World};
use super::{folder, source, words};
use crate::export::{EMBEDDED, Filter, Format};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::methodology::Methodology;
use crate::publish::{Additions, Snapshot, Sources, expect_no_report};
use crate::store::Store;
use crate::text::display;
use crate::triage::{Gate, Kind, outcome};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// What to make of its decisions
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: To,
    /// Write it into this file; `-` or nothing is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    /// Only decisions of this day (2026-02-11, yesterday, 2w, monday; in UTC) or time (2026-02-11T20:00:00Z) and later
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only decisions by somebody whose name or address has this in it
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only decisions of this kind, such as reclassified or fixed; can be given several times
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Leave out what is not saved yet
    #[arg(long)]
    saved: bool,
    /// For a summary, YAML with members of its front matter, and with texts for it below `document:`; `-` is standard
    /// input
    #[arg(long, value_name = "FILE")]
    front_matter: Option<PathBuf>,
    /// For a summary, the template in place of the one that `--to template` shows; `-` is standard input
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// For a summary, a gate that its readiness goes by in place of those of the settings, as for `regrade check`; can be
    /// given several times
    #[arg(long = "gate", value_name = "QUERY=N", allow_hyphen_values = true)]
    gates: Vec<Gate>,
}

/// What to make of them.
#[derive(Clone, Copy, Debug)]
enum To {
    Decisions(Format),
    Template,
}

const TEMPLATE: &str = "template";

/// The names that `--to` takes.
fn formats() -> impl TypedValueParser<Value = To> {
    let known = Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.about()));
    let template = PossibleValue::new(TEMPLATE).help("The template of the summary, to begin one's own with");
    let names = PossibleValuesParser::new(known.into_iter().chain([template]));
    names.map(|name| Format::named(&name).map_or(To::Template, To::Decisions))
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out, stderr: &mut dyn Write) -> Result<u8> {
    let store = world.looker();
    let To::Decisions(format) = args.to else {
        let mut template = |out: &mut dyn Write| out.write_all(EMBEDDED.as_bytes());
        return put(args, world, &store, &mut template, out);
    };
    let filter = filter(args, words::today(world))?;
    let config = world.config(&args.report)?;
    let sources = given(args, format)?.or(Sources::set(&config.settings));
    let snapshot = match source::called(&args.report) {
        Some(called) => Snapshot::piped(world.look(&args.report)?, &called),
        None => {
            folder::expect_none(&args.report, world)?;
            Snapshot::look(&store, &args.report, &config.methodology)?
        }
    };
    let all = snapshot.decided(&Filter::default()).len();
    let snapshot = if args.saved { snapshot.as_saved() } else { snapshot };
    let decided = snapshot.decided(&filter);
    if decided.is_empty() {
        out::say(&nothing(all), stderr);
    }
    let output = output(args).map(|path| path.to_string_lossy().into_owned());
    let text = |file: &Path| source::text(file, &store, too_long);
    let with = Additions::read(text, &sources, format, output)?;
    let mut content = snapshot.content(format, &decided, &with, world.now(), store.progress())?;
    put(args, world, &store, &mut content, out)
}

/// What a summary is to be made from.
fn given(args: &Args, format: Format) -> Result<Sources> {
    let gates = args.gates.clone();
    let sources = Sources { front: args.front_matter.clone(), template: args.template.clone(), gates };
    let all = [Some(&args.report), sources.front.as_ref(), sources.template.as_ref()];
    if all.iter().flatten().filter(|file| source::is_standard_input(file)).count() > 1 {
        let what = "standard input cannot be two of report, front matter and template at once";
        return Err(Fault::new(Trouble::Usage, what).hint("name a file for the others"));
    }
    let is_any = sources.front.is_some() || sources.template.is_some() || !sources.gates.is_empty();
    if is_any && format != Format::Summary {
        return Err(Fault::new(Trouble::Usage, "only a summary has a template, front matter and gates")
            .hint("say --to summary, or leave out --template, --front-matter and --gate"));
    }
    Ok(sources)
}

fn methodology(args: &Args, world: &World) -> Result<Arc<Methodology>> {
    Ok(world.config(&args.report)?.methodology)
}

/// Why there is nothing in an export of so many decisions.
fn nothing(all: usize) -> String {
    match all {
        0 => String::from("regrade: nothing was decided on this report yet, so the export has no decision"),
        1 => String::from("regrade: the 1 decision on this report is not among those that are asked for"),
        all => {
            format!("regrade: none of the {all} decisions on this report is among those that are asked for")
        }
    }
}

fn put(
    args: &Args,
    world: &World,
    store: &Store,
    content: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    out: &mut Out,
) -> Result<u8> {
    match output(args) {
        None => out.stream(content),
        Some(target) => {
            let report = Some(&*args.report).filter(|report| !source::is_piped(report));
            if args.force && store.is_taken(report, target)? {
                expect_no_report(store, target, &methodology(args, world)?)?;
            }
            store.put(report, target, args.force, content)?;
            let name = display::visible(target.to_string_lossy().as_bytes());
            out.line(format_args!("exported to {name}"));
        }
    }
    Ok(0)
}

/// The file to write, if it is not standard output.
fn output(args: &Args) -> Option<&Path> {
    args.output.as_deref().filter(|path| *path != Path::new("-"))
}

fn too_long(path: &Path) -> Fault {
    Fault::new(Trouble::Unreadable, "more than 16 MiB are not read here").at(path)
}

fn filter(args: &Args, today: Date) -> Result<Filter> {
    let kinds = args.kinds.iter().map(|name| kind(name)).collect::<Result<_>>()?;
    let since = args.since.as_deref().map(|text| time(text, today)).transpose()?;
    Ok(Filter { since, by: args.by.clone(), kinds })
}

fn kind(name: &str) -> Result<Kind> {
    let known = Kind::ALL.iter().map(|kind| kind.name().to_owned());
    // What `regrade record` and a file of decisions call it.
    Kind::named(if name == "fix" { Kind::Fixed.name() } else { name })
        .ok_or_else(|| world::unknown("kind of decision", name, known))
}

/// A time, or the beginning of a day in UTC.
fn time(text: &str, today: Date) -> Result<Timestamp> {
    let begins = |day: Date| format!("{day}T00:00:00Z").parse().ok();
    let day = || text.parse().ok().or_else(|| outcome::past_day(text, today)).and_then(begins);
    text.parse().ok().or_else(day).ok_or_else(|| {
        Fault::new(Trouble::Usage, format!("{text} is no time, and no day that has come"))
            .hint("write 2026-02-11, yesterday, 2w, monday or 2026-02-11T20:00:00Z")
    })
}

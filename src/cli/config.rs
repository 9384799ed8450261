//! `regrade config`: what is set and who says so, what could be set, and whether files of settings are right.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::out::Out;
use super::source;
use super::world::World;
use crate::config::{self, Effective, Source};
use crate::fault::{Fault, Kind, Result};
use crate::publish::{self, Sources};
use crate::text::display;

/// How wide a column is at most for what is longer: that moves its own line alone.
const WIDEST: usize = 60;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report whose project counts; else that of this folder
    report: Option<PathBuf>,
    /// One JSON object a line
    #[arg(long, conflicts_with_all = ["default", "schema"])]
    json: bool,
    /// Print a file with everything that can be set, which changes nothing
    #[arg(long, group = "what")]
    default: bool,
    /// Say all that is wrong with the files of settings, those for a report, or this one; exit with 1 where something is
    #[arg(long, group = "what", value_name = "FILE", num_args = 0..=1)]
    check: Option<Option<PathBuf>>,
    /// Print where settings are looked for
    #[arg(long, group = "what")]
    paths: bool,
    /// Print the JSON schema of the files, for editors
    #[arg(long, group = "what")]
    schema: bool,
}

#[derive(Serialize)]
struct Told<'a> {
    name: &'a str,
    value: &'a serde_json::Value,
    origin: String,
}

#[derive(Serialize)]
struct Looked<'a> {
    whose: &'a str,
    path: String,
    found: bool,
}

#[derive(Serialize)]
struct Checked {
    path: String,
    line: Option<usize>,
    problem: Option<String>,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    let report = args.report.as_deref();
    if args.default || args.schema {
        let text = if args.default { config::sample() } else { config::schema() };
        text.lines().for_each(|line| out.line(line));
        return Ok(0);
    }
    is_there(report, world)?;
    let sources = config::sources(world.env, report);
    match &args.check {
        Some(None) => return check_found(report, world, out),
        Some(Some(one)) if !is_of_settings(one) => return check_found(Some(one), world, out),
        Some(one) => return check(one.as_deref(), report, world, out),
        None => is_report(report)?,
    }
    if args.paths {
        sources.iter().for_each(|source| tell_source(source, out));
        return Ok(0);
    }
    let all = config::explain(world.env, report)?;
    if !out.is_json() {
        tell(&all, out);
        return Ok(0);
    }
    for set in &all {
        out.json(&Told { name: &set.name, value: &set.value, origin: set.origin.to_string() });
    }
    Ok(0)
}

/// Names, values and who says so, below each other. A long value is not cut: it is what was asked for.
fn tell(all: &[Effective], out: &mut Out) {
    let value = |set: &Effective| display::visible(set.shown().as_bytes()).to_string();
    let rows: Vec<(&Effective, String)> = all.iter().map(|set| (set, value(set))).collect();
    let widest = |widths: &mut dyn Iterator<Item = usize>| widths.filter(|width| *width <= WIDEST).max();
    let name = widest(&mut rows.iter().map(|(set, _)| display::width(&set.name))).unwrap_or(0);
    let wide = widest(&mut rows.iter().map(|(_, value)| display::width(value))).unwrap_or(0);
    for (set, value) in &rows {
        out.line(format_args!("{}  {}  {}", padded(&set.name, name), padded(value, wide), set.origin));
    }
}

fn padded(text: &str, width: usize) -> String {
    if display::width(text) < width { display::fit(text, width) } else { text.to_owned() }
}

fn tell_source(source: &Source, out: &mut Out) {
    let Source { whose, path, found } = source;
    let path = path.display().to_string();
    match out.is_json() {
        true => out.json(&Looked { whose, path, found: *found }),
        false => {
            let above = if *whose == "project" && !found { ", nor in a folder above" } else { "" };
            let found = if *found { "found" } else { "not there" };
            out.line(format_args!("{whose:8} {path} ({found}{above})"));
        }
    }
}

/// Checks the files of settings that count for a report, or in this folder; where what is named in a report's place is
/// such a file, that.
pub(super) fn check_found(named: Option<&Path>, world: &World, out: &mut Out) -> Result<u8> {
    let (one, report) = if named.is_some_and(is_of_settings) { (named, None) } else { (None, named) };
    if let Some(piped) = report.filter(|path| source::is_piped(path)) {
        return Err(Fault::new(Kind::Usage, "settings are checked where they are, and not read from a pipe")
            .at(piped)
            .hint("write them into a file that ends with .yaml, and name that"));
    }
    is_there(report, world)?;
    check(one, report, world, out)
}

/// Refuses a report that is not there, whose settings nobody can mean.
pub(super) fn is_there(report: Option<&Path>, world: &World) -> Result<()> {
    let report = report.filter(|path| !source::is_piped(path));
    let found = report.map_or(Ok(()), |path| world.env.cwd.join(path).symlink_metadata().map(drop));
    let at = report.unwrap_or(Path::new("."));
    found.map_err(|error| {
        Fault::new(Kind::Unreadable, "cannot read this").at(at).because(error).hint("check the path")
    })
}

/// Whether a path names a file of settings rather than a report.
pub(super) fn is_of_settings(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ending == "yaml" || ending == "yml")
}

/// Refuses a file of settings where a report is asked for.
pub(super) fn is_report(named: Option<&Path>) -> Result<()> {
    match named.filter(|path| is_of_settings(path)) {
        Some(path) => Err(Fault::new(Kind::Usage, "this is a file of settings, and no report")
            .at(path)
            .hint("--check tells whether it is right")
            .hint("it counts where it is the `.regrade.yaml` of a project, or your own config.yaml")),
        None => Ok(()),
    }
}

/// Checks one file, or all that are found, by themselves and then together.
fn check(one: Option<&Path>, report: Option<&Path>, world: &World, out: &mut Out) -> Result<u8> {
    let sources = config::sources(world.env, report);
    let found = sources.iter().filter(|source| source.found).map(|source| source.path.clone());
    let paths: Vec<PathBuf> = one.map_or_else(|| found.collect(), |path| vec![world.env.cwd.join(path)]);
    let mut wrong = 0;
    for path in &paths {
        let faults = checked(path, world)?;
        wrong += faults.len();
        if faults.is_empty() {
            tell_checked(path, None, out);
        }
        faults.iter().for_each(|fault| tell_checked(path, Some(fault), out));
    }
    if wrong == 0
        && one.is_none()
        && let Err(fault) = config::load(world.env, report)
    {
        wrong += 1;
        tell_together(&fault, out);
    }
    if paths.is_empty() && !out.is_json() {
        out.line("there is no file of settings; everything is as it comes");
    }
    Ok(u8::from(wrong > 0))
}

/// All that is wrong with one file, or with those that it names.
fn checked(path: &Path, world: &World) -> Result<Vec<Fault>> {
    let faults = config::check(world.env, path)?;
    if !faults.is_empty() {
        return Ok(faults);
    }
    let read = |(settings, methodology)| {
        let sources = Sources::set(&settings);
        publish::rehearse(&world.looker(), &sources, methodology, world.now())
    };
    Ok(config::alone(world.env, path).and_then(read).err().into_iter().collect())
}

/// What is wrong with files only where they are laid over each other.
fn tell_together(fault: &Fault, out: &mut Out) {
    if !out.is_json() {
        out.line("each is right by itself, but not together:");
    }
    for fault in [fault].into_iter().chain(fault.further()) {
        let (path, line) = (String::new(), fault.line_number());
        match out.is_json() {
            true => out.json(&Checked { path, line, problem: Some(fault.to_string()) }),
            false => tell_fault(fault, out),
        }
    }
}

fn tell_checked(path: &Path, fault: Option<&Fault>, out: &mut Out) {
    if out.is_json() {
        let (path, line) = (path.display().to_string(), fault.and_then(Fault::line_number));
        return out.json(&Checked { path, line, problem: fault.map(ToString::to_string) });
    }
    match fault {
        None => out.line(format_args!("{}: fine", path.display())),
        Some(fault) => tell_fault(fault, out),
    }
}

fn tell_fault(fault: &Fault, out: &mut Out) {
    out.line(fault);
    fault.hints().iter().for_each(|hint| out.line(format_args!("  hint: {hint}")));
}

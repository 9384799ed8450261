//! `regrade log`: who decided what, when, why and under which rule; and whether the log is whole.

use std::path::PathBuf;

use serde::Serialize;

use super::out::Out;
use super::world::World;
use crate::deviation::{self, Entry, Log, Problem, Reversals};
use crate::export::Told;
use crate::fault::Result;
use crate::text::display;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report whose log it is
    pub(super) report: PathBuf,
    /// Recompute the chain of entries; exit with 1 where one was changed, removed, inserted or moved
    #[arg(long)]
    verify: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    let log = world.log(&args.report)?;
    if args.verify {
        return Ok(verify(&log, out));
    }
    warn(&log.verify(), out);
    let reversals = deviation::reversals(&log.entries);
    for entry in &log.entries {
        match out.is_json() {
            true => out.json(&Told::of(entry)),
            false => tell(entry, &reversals, out),
        }
    }
    if log.entries.is_empty() && !out.is_json() {
        out.line("no decision has been saved yet");
    }
    report_problems(&log.problems, out);
    Ok(u8::from(!log.problems.is_empty()))
}

/// Says that a log is not as it was written, where that is so; JSON is left to `--verify`.
pub(super) fn warn(problems: &[Problem], out: &mut Out) {
    if let (Some(first), false) = (problems.first(), out.is_json()) {
        let what = display::visible(first.what.as_bytes());
        out.line(format_args!(
            "! the log does not verify: line {}: {what}; see --verify of regrade log",
            first.line
        ));
    }
}

fn verify(log: &Log, out: &mut Out) -> u8 {
    let mut problems: Vec<Problem> = log.problems.iter().cloned().chain(log.verify()).collect();
    problems.sort_by_key(|problem| problem.line);
    report_problems(&problems, out);
    if problems.is_empty() && !out.is_json() {
        let count = log.entries.len();
        out.line(format_args!(
            "{count} {}, the chain is whole",
            if count == 1 { "entry" } else { "entries" }
        ));
    }
    u8::from(!problems.is_empty())
}

#[derive(Serialize)]
struct Found<'a> {
    line: usize,
    problem: &'a str,
}

fn report_problems(problems: &[Problem], out: &mut Out) {
    for problem in problems {
        match out.is_json() {
            true => out.json(&Found { line: problem.line, problem: &problem.what }),
            false => {
                out.line(format_args!("line {}: {}", problem.line, display::visible(problem.what.as_bytes())))
            }
        }
    }
}

fn tell(entry: &Entry, reversals: &Reversals<'_>, out: &mut Out) {
    let visible = |text: &str| display::visible(text.as_bytes());
    let rule = entry.rule.map(|rule| format!("  rule {rule}")).unwrap_or_default();
    let told = |what: &str, id: &str| format!("  {what} {}", visible(id));
    let reverts = entry.reverts.as_deref().map(|id| told("takes back", id)).unwrap_or_default();
    let brings = reversals.brought_back(entry).map(|id| told("brings back", id)).unwrap_or_default();
    let suggestion =
        entry.suggestion.as_ref().map(|rule| format!("  suggestion {}", visible(rule))).unwrap_or_default();
    let proposed =
        entry.suggested_by.as_ref().map(|by| format!("  proposed by {}", visible(by))).unwrap_or_default();
    let (at, by, kind) = (entry.at.strftime("%Y-%m-%d %H:%M:%SZ"), visible(&entry.by), entry.kind.name());
    out.line(format_args!(
        "{}  {at}  {by}  {kind}{rule}{suggestion}{proposed}{reverts}{brings}",
        visible(&entry.id)
    ));
    out.line_of_each(&entry.bugs, |bug| {
        let said = bug.said().map(|change| format!("  {}", visible(&change))).collect::<String>();
        format!("  {}{said}  {}", visible(&bug.id), visible(&bug.title))
    });
    for claim in &entry.claims {
        out.line(format_args!("  line {}: {}", claim.line, visible(&claim.said())));
    }
    if let Some(meant) = reversals.meant(entry).filter(|_| entry.bugs.is_empty() && entry.claims.is_empty()) {
        let said = if entry.rationale.is_empty() { meant.said() } else { meant.did() };
        out.line(format_args!("  {}", display::brief(&said)));
    }
    for (name, text) in &entry.details {
        out.line(format_args!("  {}: {}", visible(name), visible(text)));
    }
    for line in entry.rationale.lines() {
        out.line(format_args!("    {}", visible(line)));
    }
    for answer in &entry.policy {
        out.line(format_args!("    policy {}", visible(&answer.said())));
    }
}

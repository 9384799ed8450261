//! `regrade check`: what does not fit together in a report, and its claims set to what it documents.

use std::path::PathBuf;

use serde::Serialize;

use super::decide::{self, Doing};
use super::gate;
use super::out::Out;
use super::world::World;
use crate::config;
use crate::fault::Result;
use crate::report::{Finding, Report, audit, audit::NO_CLAIM};
use crate::text::display;
use crate::triage::Gate;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Set the counts of tables, lists and headings to what is documented, and save; then check
    #[arg(long)]
    fix_claims: bool,
    /// With --fix-claims, print the difference that it would make, and save nothing
    #[arg(long, requires = "fix_claims")]
    dry_run: bool,
    /// With --fix-claims, commit report and log to git once they are saved
    #[arg(long, requires = "fix_claims", conflicts_with = "dry_run")]
    commit: bool,
    /// In place of all that: whether no more bugs match a filter than may, such as 'sev:P0 scope:production=0';
    /// exit 1 where more do. Decisions that wait at the desk count
    #[arg(long = "gate", value_name = "QUERY=N", conflicts_with = "fix_claims", allow_hyphen_values = true)]
    gates: Vec<Gate>,
    /// The same with the gates that the setting `gates` names, else whether a bug of the most severe level is open
    #[arg(long = "gates", conflicts_with = "fix_claims")]
    of_settings: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What was found, as JSON.
#[derive(Debug, Serialize)]
struct Found<'a> {
    /// 1-based.
    line: usize,
    kind: &'static str,
    /// The handle of the bug that it is about.
    handle: Option<String>,
    /// For a claim, the level that it counts, by key; `None` for bugs of any.
    level: Option<&'a str>,
    /// For a claim, what it says.
    claimed: Option<u64>,
    /// And what is documented.
    documented: Option<u64>,
    text: &'a str,
}

impl<'a> Found<'a> {
    fn of(finding: &'a Finding, report: &'a Report) -> Found<'a> {
        let claim = finding.claim.and_then(|(claim, _)| report.claims().get(claim.at()));
        Found {
            line: report.line_of(finding.at),
            kind: finding.kind.name(),
            handle: finding.bug.map(|bug| report.handle(bug).into_owned()),
            level: claim
                .and_then(|claim| claim.level)
                .map(|level| report.methodology().level(level).key.as_str()),
            claimed: claim.and_then(|claim| claim.count.number()),
            documented: finding.claim.map(|(_, documented)| documented),
            text: &finding.what,
        }
    }
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    if args.of_settings || !args.gates.is_empty() {
        let session = world.look(&args.report)?;
        world.expect_markdown(&args.report, session.report())?;
        return gate::check(&gates(args, world)?, &args.report, &session, world, out);
    }
    if args.fix_claims {
        fix(args, world, out)?;
    }
    if args.dry_run {
        return Ok(0);
    }
    let report = world.report(&args.report)?;
    world.expect_markdown(&args.report, &report)?;
    let findings = audit(&report, world.now());
    let path = display::visible(args.report.to_string_lossy().as_bytes());
    for finding in findings.iter().take_while(|_| !out.is_closed()).collect::<Vec<_>>() {
        match out.is_json() {
            true => out.json(&Found::of(finding, &report)),
            false => {
                let (line, said) = (report.line_of(finding.at), finding.said());
                out.line(format_args!("{path}:{line}: {}", display::visible(said.as_bytes())));
            }
        }
    }
    if !out.is_json() {
        out.line(audit::summary(&report, findings.len()));
        if report.is_empty() {
            out.note("no bug was recognised in the report, so nothing of bugs was checked; `regrade show REPORT --layout` says why");
        }
    }
    Ok(u8::from(!findings.is_empty()))
}

/// The gates of the settings, where they are asked for, and those that are given.
fn gates(args: &Args, world: &World) -> Result<Vec<Gate>> {
    let mut gates = Vec::new();
    if args.of_settings {
        gates = config::gates(world.env, Some(&args.report))?;
    }
    gates.extend_from_slice(&args.gates);
    Ok(gates)
}

/// Sets the claims that may be written to what is documented, as one decision.
fn fix(args: &Args, world: &World, out: &mut Out) -> Result<()> {
    let open = world.open(&args.report, out)?;
    world.expect_markdown(&args.report, &open.opened.report)?;
    match open.opened.session().restating(open.terms.settings.writing()) {
        Some(draft) => {
            let doing = Doing { dry_run: args.dry_run, json: args.json, commit: args.commit };
            decide::decide(draft, open, world, &doing, out).map(drop)
        }
        None => {
            if !out.is_json() {
                out.line(NO_CLAIM);
            }
            Ok(())
        }
    }
}

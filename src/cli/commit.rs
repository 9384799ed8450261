//! `regrade commit`: commits what is saved and no commit has.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::out::Out;
use super::world::World;
use crate::fault::{Fault, Result};
use crate::git::{self, Asked, Commits, Files, quoted};
use crate::progress::Progress;
use crate::text::display;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Say what was done as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    commits: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncommitted: Option<Failed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<Failed<'a>>,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    // What the log has tells what is to be committed: a save that was cut off must have come to an end before.
    let open = world.open(&args.report, out)?;
    let (store, report) = (&open.store, &open.opened.path);
    let files = Files { store, report, log: &store.log_path(report)? };
    let commits = git::again(files, Asked::Surely, &Progress::default());
    let mut commits = retried_by(commits, &args.report);
    if out.is_json() {
        let [uncommitted, behind] =
            [&commits.uncommitted, &commits.behind].map(|fault| fault.as_ref().map(Failed::of));
        let warnings = [out.kept(), commits.warnings.clone()].concat();
        out.json(&Said { commits: &commits.ids, warnings, uncommitted, behind });
    } else {
        said(&commits, out);
        if commits.ids.is_empty() && commits.uncommitted.is_none() {
            out.line("nothing is left to commit");
        }
    }
    commits.fault().map_or(Ok(0), Err)
}

/// What is not committed, or not as it should be.
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    why: String,
    hints: &'a [String],
}

impl<'a> Failed<'a> {
    pub(super) fn of(fault: &'a Fault) -> Failed<'a> {
        Failed { why: fault.to_string(), hints: fault.hints() }
    }
}

/// The same, with the command that tries what is not committed again.
pub(super) fn retried_by(commits: Commits, report: &Path) -> Commits {
    let again =
        format!("once mended, this tries it again: regrade commit {}", quoted(&report.to_string_lossy()));
    let hinted = |fault: Fault| if commits.can_retry { fault.hint(again) } else { fault };
    Commits { uncommitted: commits.uncommitted.map(hinted), ..commits }
}

/// Says which commits stand, and what hooks have made of them.
pub(super) fn said(commits: &Commits, out: &mut Out) {
    if !commits.ids.is_empty() {
        out.line(format_args!("committed {}", commits.ids.join(", ")));
    }
    for warning in &commits.warnings {
        out.line(format_args!("! {}", display::visible(warning.as_bytes())));
    }
}

//! `regrade commit`: commits what is saved and no commit has.

use std::path::PathBuf;

use serde::Serialize;

use super::out::Out;
use super::undo::{self, Failed};
use super::world::World;
use crate::fault::Result;
use crate::git::{self, Asked};
use crate::progress::Progress;

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
    let store = world.store()?;
    let _lock = world.lock(&store, &args.report)?;
    let (report, log) = (store.real_path(&args.report)?, store.log_path(&args.report)?);
    let commits = git::again(&report, &log, Asked::Surely, &Progress::default());
    let mut commits = undo::retried_by(commits, &args.report);
    if args.json {
        let [uncommitted, behind] =
            [&commits.uncommitted, &commits.behind].map(|fault| fault.as_ref().map(Failed::of));
        let warnings = [out.kept(), commits.warnings.clone()].concat();
        out.json(&Said { commits: &commits.ids, warnings, uncommitted, behind });
    } else {
        undo::committed(&commits, out);
        if commits.ids.is_empty() && commits.uncommitted.is_none() {
            out.line("nothing is left to commit");
        }
    }
    commits.fault().map_or(Ok(0), Err)
}

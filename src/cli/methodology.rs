//! `regrade methodology`: what the levels, scopes, statuses and rules are that hold for a report.

mod told;

use std::path::PathBuf;

use self::told::Told;
use super::config;
use super::out::Out;
use super::world::World;
use crate::app::methodology::lines;
use crate::config::begin_project;
use crate::fault::Result;
use crate::text::display;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report whose project counts; else that of this folder. With --check also a file of settings itself
    report: Option<PathBuf>,
    /// Say all that is wrong with the files that change it, by line, or with this one; exit with 1 where something is
    #[arg(long, group = "what")]
    check: bool,
    /// Begin a `.regrade.yaml` in this folder with the whole methodology as comments, to be changed
    #[arg(long, group = "what", conflicts_with = "report")]
    init: bool,
    /// One JSON object
    #[arg(long, group = "what")]
    json: bool,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.json);
    if args.check {
        return config::check_found(args.report.as_deref(), world, out);
    }
    if args.init {
        let path = begin_project(&world.env.cwd)?;
        out.line(format_args!(
            "{} is there to be changed",
            display::visible(path.to_string_lossy().as_bytes())
        ));
        return Ok(0);
    }
    config::is_report(args.report.as_deref())?;
    config::is_there(args.report.as_deref(), world)?;
    let config = match &args.report {
        Some(report) => world.config(report)?,
        None => world.config_in(&world.env.cwd)?,
    };
    if out.is_json() {
        out.json(&Told::of(&config.methodology));
        return Ok(0);
    }
    lines(&config.methodology, &config.keymap)
        .all()
        .iter()
        .for_each(|line| out.line(display::visible(line.text().as_bytes())));
    Ok(0)
}

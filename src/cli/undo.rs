//! `regrade undo` takes back the newest saved decision, `regrade redo` brings back the one that was taken back last. The log
//! then says so.

use std::path::PathBuf;

use super::decide::{self, Doing};
use super::out::Out;
use super::world::World;
use crate::fault::{Fault, Kind, Result};
use crate::text::display;
use crate::triage::Barred;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    #[command(flatten)]
    doing: Doing,
}

/// Which way decisions are gone through.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One is taken back.
    Back,
    /// One is brought back.
    Forward,
}

pub(super) fn run(args: &Args, way: Way, world: &World, out: &mut Out) -> Result<u8> {
    let open = world.open(&args.report, args.doing.json, out)?;
    let (writing, session) = (open.terms.settings.writing(), open.opened.session());
    decide::refuse_pending(&session)?;
    let draft = match way {
        Way::Back => session.revert(writing),
        Way::Forward => session.bring_back(writing),
    };
    let draft = draft.map_err(|barred| barred_by(barred, way).at(&args.report))?;
    decide::decide(draft, open, world, &args.doing, out)
}

fn barred_by(barred: Barred, way: Way) -> Fault {
    let Barred::Lost(lost) = barred else {
        return match way {
            Way::Back => Fault::new(Kind::Refused, "there is no saved decision to take back"),
            Way::Forward => Fault::new(Kind::Refused, "there is no saved decision to bring back")
                .hint("only what was taken back since the last decision is brought back"),
        };
    };
    let lost = display::visible(lost.as_bytes());
    Fault::new(
        Kind::Refused,
        format!("the severity before that decision was {lost}, and no level is called so"),
    )
    .hint(format!("give a level of the methodology the alias {lost}, or set the severity anew"))
}

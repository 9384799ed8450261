//! `regrade undo` takes back the newest saved decision, `regrade redo` brings back the one that was taken back last. The log
//! then says so.

mod refused;

use std::path::PathBuf;

use super::decide::{self, Doing};
use super::out::Out;
use super::world::World;
use crate::fault::Result;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
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
    out.set_json(args.doing.json);
    let open = world.open(&args.report, out)?;
    let (writing, session) = (open.terms.settings.writing(), open.opened.session());
    decide::refuse_pending(&session)?;
    let draft = match way {
        Way::Back => session.revert(writing),
        Way::Forward => session.bring_back(writing),
    };
    match draft {
        Ok(draft) => {
            let absent = session.absent_beside(&draft);
            absent.iter().for_each(|absent| out.note(absent));
            decide::decide(draft, open, world, &args.doing, out)
        }
        Err(barred) => {
            let fault = refused::fault(&barred, way, &session, &args.report);
            if out.is_json() {
                refused::said(&barred, &fault, &session, out);
            }
            Err(fault)
        }
    }
}

//! `regrade check --gate`: whether a report passes gates, for a pipeline that lets a release through or not.

use std::path::Path;

use serde::Serialize;

use super::filter;
use super::out::Out;
use super::words::called;
use super::world::World;
use crate::fault::{Fault, Kind, Result};
use crate::text::display;
use crate::triage::query::Refused;
use crate::triage::review::gate::expect_bugs;
use crate::triage::{Gate, Judged, Session};

/// A gate and what was found, as JSON.
#[derive(Serialize)]
struct Told<'a> {
    gate: &'a str,
    most: usize,
    found: usize,
    passes: bool,
    /// How many bugs the report has.
    bugs: usize,
    handles: Vec<String>,
}

/// Says of each gate whether the report passes it; gives the exit code: 1 where it does not pass one.
///
/// # Errors
/// Unreadable, where nothing is known of bugs in the report; usage, where a filter asks for what is not there.
pub(super) fn check(
    gates: &[Gate],
    path: &Path,
    session: &Session,
    world: &World,
    out: &mut Out,
) -> Result<u8> {
    let unknown = |Refused { what, hint }| Fault::new(Kind::Unreadable, what).at(path).hint(hint);
    expect_bugs(session.report()).map_err(unknown)?;
    let judged = gates.iter().map(|gate| gate.judge(session, world.now()).map_err(filter::refused));
    let judged = judged.collect::<Result<Vec<Judged>>>()?;
    let width = gates.iter().map(|gate| display::width(&shown(gate))).max().unwrap_or(0);
    for one in &judged {
        match out.is_json() {
            true => out.json(&told(one, session)),
            false => out.line(row(one, session, width)),
        }
    }
    Ok(u8::from(!judged.iter().all(Judged::passes)))
}

fn told<'a>(one: &Judged<'a>, session: &Session) -> Told<'a> {
    let handles = one.bugs.iter().map(|bug| session.report().handle(*bug).into_owned()).collect();
    let Gate { filter, most } = one.gate;
    Told {
        gate: filter,
        most: *most,
        found: one.bugs.len(),
        passes: one.passes(),
        bugs: session.report().len(),
        handles,
    }
}

/// `FAIL  sev:P0 scope:production  2 of at most 0  BUG-001, BUG-004`.
fn row(one: &Judged<'_>, session: &Session, width: usize) -> String {
    let filter = display::fit(&shown(one.gate), width);
    let said = format!("{}  {filter}  {}", one.verdict(), one.count());
    match one.passes() {
        true => said,
        false => format!("{said}  {}", called(session.report(), one.bugs.iter().copied())),
    }
}

fn shown(gate: &Gate) -> String {
    display::visible(gate.filter.as_bytes())
}

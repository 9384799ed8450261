//! Gates: how many bugs may match a filter, for a pipeline that lets a release through or not.

use std::str::FromStr;

use serde::Serialize;

use super::filter;
use super::out::Out;
use super::set::called;
use super::world::World;
use crate::fault::Result;
use crate::report::BugIx;
use crate::text::display;
use crate::triage::Session;

/// At most so many bugs may match a filter: `sev:P0 scope:production=0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gate {
    filter: String,
    most: usize,
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Gate, String> {
        let parts = text.rsplit_once('=').map(|(filter, most)| (filter.trim(), most.trim()));
        let (filter, most) = parts.filter(|(filter, _)| !filter.is_empty()).ok_or_else(wanted)?;
        let most = most.parse().map_err(|_| wanted())?;
        Ok(Gate { filter: filter.to_owned(), most })
    }
}

fn wanted() -> String {
    "a gate is a filter, `=` and how many bugs may match at most, such as 'sev:P0 scope:production=0'"
        .to_owned()
}

/// A gate and what was found, as JSON.
#[derive(Serialize)]
struct Told<'a> {
    gate: &'a str,
    most: usize,
    found: usize,
    passes: bool,
    handles: Vec<String>,
}

/// Says of each gate whether the report passes it; gives the exit code: 1 where it does not pass one.
///
/// # Errors
/// Usage, where a filter asks for what is not there.
pub(super) fn check(
    gates: &[Gate],
    session: &Session,
    world: &World,
    json: bool,
    out: &mut Out,
) -> Result<u8> {
    let found = gates.iter().map(|gate| filter::bugs(session, &gate.filter, world.now()));
    let found = found.collect::<Result<Vec<Vec<BugIx>>>>()?;
    let width = gates.iter().map(|gate| display::width(&shown(gate))).max().unwrap_or(0);
    for (gate, bugs) in gates.iter().zip(&found) {
        match json {
            true => out.json(&told(gate, bugs, session)),
            false => out.line(row(gate, bugs, session, width)),
        }
    }
    Ok(u8::from(gates.iter().zip(&found).any(|(gate, bugs)| bugs.len() > gate.most)))
}

fn told<'a>(gate: &'a Gate, bugs: &[BugIx], session: &Session) -> Told<'a> {
    let handles = bugs.iter().map(|bug| session.report().handle(*bug).into_owned()).collect();
    Told { gate: &gate.filter, most: gate.most, found: bugs.len(), passes: bugs.len() <= gate.most, handles }
}

/// `FAIL  sev:P0 scope:production  2 of at most 0  BUG-001, BUG-004`.
fn row(gate: &Gate, bugs: &[BugIx], session: &Session, width: usize) -> String {
    let passes = bugs.len() <= gate.most;
    let verdict = if passes { "pass" } else { "FAIL" };
    let (filter, found) = (display::fit(&shown(gate), width), bugs.len());
    let said = format!("{verdict}  {filter}  {found} of at most {}", gate.most);
    if passes { said } else { format!("{said}  {}", called(session.report(), bugs.iter().copied())) }
}

fn shown(gate: &Gate) -> String {
    display::visible(gate.filter.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_is_a_filter_and_a_number() {
        let gate = |text: &str| text.parse::<Gate>().map(|gate| (gate.filter, gate.most));
        assert_eq!(gate("sev:P0 scope:production=0"), Ok(("sev:P0 scope:production".to_owned(), 0)));
        assert_eq!(gate("sev:>=P1 = 12"), Ok(("sev:>=P1".to_owned(), 12)));
        for text in ["", "=0", "sev:P0", "sev:P0=", "sev:P0=few", "sev:P0=-1"] {
            assert!(gate(text).is_err(), "{text}");
        }
    }
}

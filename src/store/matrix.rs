//! The fault matrix: scripted sessions on a simulated disk, each played once for every call that it makes and
//! everything that can happen to that call.
//!
//! Whatever happens, whoever opens the report next finds what was there before the step under way or what is there
//! after it, byte for byte, and every decision that had shown exactly once; a step that failed has not
//! happened, unless its fault says that nobody can tell, and can be tried again.

mod desk;
mod golden;
mod run;
mod script;
mod seen;
mod tally;

use std::io::Write;

use rayon::prelude::*;

use super::rig::methodology;
use super::simulated::{Call, Errno, Power, Trouble, When};
use desk::Desk;
use golden::{Golden, play};
use run::Run;
use script::Script;
use seen::Finder;
use tally::Tally;

/// All that can happen to a call.
fn troubles(call: Call) -> Vec<Trouble> {
    use Trouble::{Ends, Fails, Short, Stuck};
    let before = [Errno::Io, Errno::Full, Errno::Denied].map(|errno| Fails(errno, When::Before));
    let mut troubles = vec![Stuck(Errno::Io), Ends(When::Before)];
    troubles.extend(before);
    if call != Call::Look {
        troubles.extend([Fails(Errno::Io, When::After), Ends(When::After)]);
    }
    if call == Call::Write {
        troubles.extend([Short, Ends(When::Half)]);
    }
    troubles
}

/// Every call of a script with all that can happen to it.
fn matrix(script: &Script) -> Tally {
    let finder = Finder::new(methodology());
    let goldens = Golden::of(script, &finder);
    let calls = goldens.iter().flat_map(|golden| golden.calls().map(move |(at, call)| (golden, at, call)));
    let cases =
        calls.flat_map(|(golden, at, call)| troubles(call).into_iter().map(move |it| (golden, at, it)));
    let cases: Vec<(&Golden, usize, Trouble)> = cases.collect();
    cases
        .into_par_iter()
        .map(|(golden, at, trouble)| {
            let troubles = [(at, trouble)];
            Run::of(golden, &finder, &troubles).named(|| format!("{}, {troubles:?}", script.name))
        })
        .reduce(Tally::default, Tally::and)
}

fn scripts() -> Vec<Script> {
    let methodology = methodology();
    script::scripts(|disk, steps| {
        let mut desk = Desk::new(disk.clone(), &methodology);
        play(steps, &mut desk);
        desk.disk.after(Power::Lost)
    })
}

#[test]
fn no_failure_at_any_call_loses_doubles_or_orphans_a_decision() {
    let tally = scripts().iter().map(matrix).fold(Tally::default(), Tally::and);
    let _ = writeln!(std::io::stderr(), "{tally}");
    tally.expect_well();
}

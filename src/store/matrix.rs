//! The fault matrix: scripted sessions on a simulated disk, each played once for every call that it makes and
//! everything that can happen to that call.
//!
//! Whatever happens, whoever opens the report next finds what was there before the step under way or what is there
//! after it, byte for byte, and every decision that had shown exactly once; a step that failed has not
//! happened, unless its fault says that nobody can tell, and can be tried again.

mod desk;
mod golden;
mod random;
mod run;
mod script;
mod seen;
mod tally;

use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::rig::methodology;
use super::simulated::{Call, Errno, Power, Simulated, Trouble, When};
use desk::Desk;
use golden::{Golden, play};
use random::Random;
use run::Run;
use script::{Script, Step, decide};
use seen::Finder;
use tally::Tally;

/// How many random reviews are played where nobody asks for more.
const REVIEWS: u64 = 60;

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

/// A script and things that go wrong in it.
type Case<'g> = (&'g Golden, Vec<(usize, Trouble)>);

/// Every call up to the next opening with all that can happen to it.
fn cases(golden: &Golden) -> impl Iterator<Item = Case<'_>> {
    golden.calls().flat_map(move |(at, call)| {
        troubles(call).into_iter().map(move |trouble| (golden, vec![(at, trouble)]))
    })
}

/// What comes of all these cases.
fn tally<'g>(name: &str, cases: impl Iterator<Item = Case<'g>>, finder: &Finder) -> Tally {
    let one = |(golden, troubles): &Case<'_>| {
        Run::of(golden, finder, troubles).named(|| format!("{name}, {troubles:?}"))
    };
    cases.collect::<Vec<_>>().par_iter().map(one).reduce(Tally::default, Tally::and)
}

/// Whether it fails as something else does, but for what is said of it.
fn is_like_another(troubles: &[(usize, Trouble)]) -> bool {
    troubles.iter().any(|(_, trouble)| matches!(trouble, Trouble::Fails(Errno::Full | Errno::Denied, _)))
}

/// Every call of a script with all that can happen to it.
fn matrix(script: &Script) -> Tally {
    let finder = Finder::new(methodology());
    let goldens = Golden::of(script, &finder);
    tally(&script.name, goldens.iter().flat_map(cases), &finder)
}

/// Every call of the opening after a process has ended at any call of a script, with all that can happen to it.
fn recoveries(script: &Script) -> Tally {
    let finder = Finder::new(methodology());
    let goldens = Golden::of(script, &finder);
    let left: BTreeMap<u64, Simulated> =
        goldens.iter().flat_map(|golden| golden.left(&finder)).map(|disk| (disk.sum(), disk)).collect();
    let again = |disk: Simulated| {
        let name = format!("{}, opened again", script.name);
        let steps = vec![Step::Open, decide(&[1], 3, "afterwards"), Step::Save];
        let mut golden = Golden::of(&Script::new(name.as_str(), disk, steps), &finder);
        let cases = golden.iter_mut().flat_map(|golden| cases(golden.opening()));
        tally(&name, cases.filter(|(_, troubles)| !is_like_another(troubles)), &finder)
    };
    left.into_values().map(again).fold(Tally::default(), Tally::and)
}

/// A random review that meets random troubles.
fn review(seed: u64) -> Tally {
    let (finder, mut random) = (Finder::new(methodology()), Random(seed));
    let script = random::script(&mut random, &finder);
    let goldens = Golden::of(&script, &finder);
    let golden = &goldens[random.below(goldens.len() as u64) as usize];
    let calls: Vec<Call> = golden.calls().map(|(_, call)| call).collect();
    let troubles = random::troubles(&mut random, &calls);
    Run::of(golden, &finder, &troubles).named(|| format!("review {seed}, {troubles:?}"))
}

fn scripts() -> Vec<Script> {
    let methodology = methodology();
    script::scripts(|disk, steps| {
        let mut desk = Desk::new(disk.clone(), &methodology);
        play(steps, &mut desk);
        desk.disk.after(Power::Lost)
    })
}

/// Past the test harness, which keeps what a test that is well has to say.
fn say(tally: &Tally) {
    let _ = writeln!(std::io::stderr(), "{tally}");
}

#[test]
fn no_failure_at_any_call_loses_doubles_or_orphans_a_decision() {
    let played = scripts().iter().map(matrix).fold(Tally::default(), Tally::and);
    let opened = script::interrupted().iter().map(recoveries).fold(played, Tally::and);
    let reviews = (0..REVIEWS).into_par_iter().map(review).reduce(Tally::default, Tally::and);
    let tally = opened.and(reviews);
    say(&tally);
    tally.expect_well();
}

/// For as many seconds as REGRADE_FAULT_SECONDS says, from the seed in REGRADE_FAULT_SEED on.
#[test]
fn random_reviews_lose_double_and_orphan_nothing_for_as_long_as_one_likes() {
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse::<u64>().ok());
    let Some(seconds) = number("REGRADE_FAULT_SECONDS") else { return };
    let (begun, mut seed) = (Instant::now(), number("REGRADE_FAULT_SEED").unwrap_or(REVIEWS));
    let mut tally = Tally::default();
    while begun.elapsed() < Duration::from_secs(seconds) && !tally.is_bad() {
        let many = (seed..seed + REVIEWS).into_par_iter().map(review).reduce(Tally::default, Tally::and);
        (tally, seed) = (tally.and(many), seed + REVIEWS);
    }
    say(&tally);
    tally.expect_well();
}

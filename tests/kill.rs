//! The real program killed at any moment, again and again: what was decided on screen is there once.
//!
//! Each kill is made from its number alone. `cargo test` makes [`KILLS`] of them, fewer on a machine where those
//! take longer than [`LONGEST`]; `REGRADE_KILLS=5000` makes more, for as long as it takes.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use regrade::config::Config;
use regrade::methodology::Methodology;
use regrade::store::{Hold, Holder, Store};

use crate::generated::generator::Dice;
use crate::place::Place;
use crate::terminal::Run;

/// How often the program is killed.
const KILLS: u64 = 300;

/// How long that may take.
const LONGEST: Duration = Duration::from_secs(90);

/// How many bugs a report has; once that many are decided, the next report is begun.
const BUGS: usize = 40;

/// How long after the keys the program is killed at the latest, in microseconds.
const LATEST: usize = 60_000;

/// A report under review, whose reviewer is cut off all the time.
struct Review {
    place: Place,
    methodology: Arc<Methodology>,
    /// The reasons that were typed so far are numbered up to this.
    typed: usize,
    /// The reasons that were found after the last kill.
    known: BTreeSet<String>,
    lost: usize,
    doubled: usize,
}

impl Review {
    fn new(methodology: &Arc<Methodology>) -> Review {
        let bug = |bug| format!("### BUG-{bug}: Crash number {bug}\n\n- **Severity:** P0 - Crash\n\n");
        let place = Place::with("bugs.md", (1..=BUGS).map(bug).collect::<String>());
        let (methodology, known) = (Arc::clone(methodology), BTreeSet::new());
        Review { place, methodology, typed: 0, known, lost: 0, doubled: 0 }
    }

    /// Opens the desk, decides, perhaps saves, and is killed; gives how many bugs were reviewed on the screen.
    fn cut_off(&mut self, dice: &mut Dice) -> usize {
        let mut run = Run::start(&self.place, &["bugs.md"]);
        if dice.below(8) > 0 {
            run.see(" reviewed");
            self.type_decisions(&mut run, dice);
        }
        std::thread::sleep(Duration::from_micros(dice.below(LATEST) as u64));
        run.kill();
        run.rest();
        reviewed(&run.screen.screen().contents())
    }

    /// Types ahead, as fast as the terminal takes it. The first bug stays undecided: going on from it leads to the
    /// next one that is.
    fn type_decisions(&mut self, run: &mut Run, dice: &mut Dice) {
        for _ in 0..1 + dice.below(4) {
            self.typed += 1;
            run.press(&format!("gJ2Reason {}.\r", self.typed));
            if dice.below(3) == 0 {
                run.press("w");
            }
        }
    }

    /// Takes stock of what is there after a kill.
    fn take_stock(&mut self, shown: usize, context: &str) {
        let (store, path) = (Store::new(self.place.path("state")), self.place.path("bugs.md"));
        let holder = Holder { by: "Ada".to_owned(), pid: 1, since: "2026-02-11T20:25:48Z".parse().unwrap() };
        let held = store.hold(&path, &holder).unwrap();
        assert!(matches!(held, Hold::Ours(_)), "{context}: a process that is gone keeps its lock");
        let opened = store.open(&path, &self.methodology).unwrap();
        let session = opened.session();
        let log = store.log(&path).unwrap();
        assert_eq!((log.problems.as_slice(), log.verify()), ([].as_slice(), vec![]), "{context}");
        assert_eq!(opened.misfits, [], "{context}");
        let report = session.report();
        let saved = report.indexes().filter(|bug| report.level(*bug).unwrap().0 == 2).count();
        assert_eq!(
            saved,
            log.entries.len(),
            "{context}: the report says what its log does not, or the other way"
        );
        let pending = session.pending().iter().map(|decision| decision.draft.rationale.clone());
        let found: Vec<String> =
            log.entries.iter().map(|entry| entry.rationale.clone()).chain(pending).collect();
        let reasons: BTreeSet<String> = found.iter().cloned().collect();
        self.doubled += found.len() - reasons.len();
        self.lost += shown.saturating_sub(reasons.len()) + self.known.difference(&reasons).count();
        self.known = reasons;
    }

    /// Whether every bug is decided, or may be by what was typed.
    fn is_done(&self) -> bool {
        self.known.len() + 5 >= BUGS
    }
}

/// How many bugs a screen says are reviewed; none where it says nothing yet.
fn reviewed(screen: &str) -> usize {
    let end = format!("/{BUGS} reviewed");
    let before = screen.find(&end).map_or("", |at| &screen[..at]);
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

/// A reviewer's judgement would be lost with the machine, or count twice.
#[test]
fn a_program_killed_at_any_moment_loses_no_decision_and_doubles_none() {
    let asked: Option<u64> = std::env::var("REGRADE_KILLS").ok().and_then(|kills| kills.parse().ok());
    let methodology = Config::embedded().methodology;
    let since = Instant::now();
    let (mut kills, mut decisions, mut lost, mut doubled) = (0, 0, 0, 0);
    let mut review = Review::new(&methodology);
    while kills < asked.unwrap_or(KILLS) && (asked.is_some() || since.elapsed() < LONGEST) {
        let shown = review.cut_off(&mut Dice(kills));
        review.take_stock(shown, &format!("kill {kills}"));
        kills += 1;
        if review.is_done() {
            decisions += review.known.len();
            (lost, doubled) = (lost + review.lost, doubled + review.doubled);
            review = Review::new(&methodology);
        }
    }
    decisions += review.known.len();
    (lost, doubled) = (lost + review.lost, doubled + review.doubled);
    let said = format!("{kills} kills, {decisions} decisions, {lost} lost, {doubled} doubled");
    writeln!(std::io::stderr(), "{said}").unwrap();
    assert!(decisions > 0 && lost == 0 && doubled == 0, "{said}");
}

//! Bugs that are called what levels are called elsewhere, such as `S1`, `P2` or `C1`: a level is written where levels
//! stand, never into what the bug is called, and goes without a trace.

use std::sync::Arc;

use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report, To, Writing};
use regrade::store::{Opened, Store};
use regrade::triage::{BugSet, Draft, Kind, Session, Set};

use crate::parsed::{METHODOLOGY, decided, parse};
use crate::place::Place;

const NAME: &str = "bugs.md";

/// The ids of bugs, each row of one report.
const IDS: [[&str; 4]; 7] = [
    ["S1", "S2", "S3", "S4"],
    ["P1", "P2", "P3", "P4"],
    ["P0-1", "P0-2", "P1-1", "P2-1"],
    ["H-1", "H-2", "M-1", "L-1"],
    ["C1", "C2", "C3", "C4"],
    ["M1", "M2", "M3", "M4"],
    ["L1", "L2", "L3", "L4"],
];

const TITLES: [&str; 4] = ["Bollard loose", "Lamp dark", "Rope frayed", "Paint worn"];
const LEVELS: [&str; 4] = ["Critical", "High", "High", "Low"];

/// How an entry is written, and what is before the first and before each level.
struct Layout {
    before: &'static str,
    section: fn(&str) -> String,
    entry: fn(&str, &str, &str) -> String,
}

const FLAT: fn(&str) -> String = |_| String::new();
const BY_LEVEL: fn(&str) -> String = |level| format!("## {level}\n\n");

const LAYOUTS: [Layout; 7] = [
    Layout {
        before: "",
        section: FLAT,
        entry: |id, title, level| {
            format!("### {id}: {title}\n\n- **Severity:** {level}\n- **At:** the pier\n\n")
        },
    },
    Layout {
        before: "",
        section: BY_LEVEL,
        entry: |id, title, level| format!("### {id}: {title}\n\n**Severity:** {level}\n\nSeen at night.\n\n"),
    },
    Layout {
        before: "",
        section: BY_LEVEL,
        entry: |id, title, _| format!("### {id}: {title}\n\nSeen at night.\n\n"),
    },
    Layout {
        before: "",
        section: FLAT,
        entry: |id, title, level| format!("### {id}: {title} ({level})\n\nSeen at night.\n\n"),
    },
    Layout {
        before: "| ID | Severity | Title | Status |\n|----|----------|-------|--------|\n",
        section: FLAT,
        entry: |id, title, level| format!("| {id} | {level} | {title} | Open |\n"),
    },
    Layout {
        before: "",
        section: BY_LEVEL,
        entry: |id, title, _| format!("- **{id}: {title}** at the pier.\n"),
    },
    Layout {
        before: "",
        section: FLAT,
        entry: |id, title, level| format!("- **{id}: {title}** (Severity: {level})\n"),
    },
];

fn document(layout: &Layout, ids: &[&str; 4]) -> String {
    let mut text = format!("# Bugs found\n\n{}", layout.before);
    let mut section = "";
    for ((id, title), level) in ids.iter().zip(TITLES).zip(LEVELS) {
        if section != level {
            section = level;
            text += &(layout.section)(level);
        }
        text += &(layout.entry)(id, title, level);
    }
    text
}

/// A report on disk that is opened, decided on and saved.
struct Desk {
    place: Place,
    store: Store,
}

impl Desk {
    fn of(text: &str) -> Desk {
        let place = Place::with(NAME, text);
        let store = Store::new(place.path("state"));
        Desk { place, store }
    }

    /// Saves what is decided by a session of the report; says why where that is refused.
    fn save(&self, decide: impl FnOnce(&Session) -> Draft) -> Result<Arc<Report>, String> {
        let Opened { report, past, mut journal, .. } =
            self.store.open(&self.place.path(NAME), &METHODOLOGY).map_err(|fault| fault.to_string())?;
        let mut session = Session::new(report, Arc::clone(&METHODOLOGY), past);
        let event = decided(decide(&session));
        session.apply(event.clone());
        let saved = self.store.commit(&mut journal, &[event], &session, Writing::default());
        saved.map(|saved| saved.report).map_err(|fault| format!("{fault}: {:?}", fault.hints()))
    }
}

/// What is wrong where a bug gets a level and that is taken back.
fn wrong(text: &str, bug: BugIx, level: LevelId) -> Option<String> {
    let desk = Desk::of(text);
    let report = parse(text.as_bytes());
    let set = Set { severity: To::Value(level), ..Set::default() };
    let draft = |_: &Session| Draft::new(Kind::Reclassified, BugSet::from(bug), set);
    let after = match desk.save(draft) {
        Ok(after) => after,
        Err(why) => return Some(why),
    };
    let found = after.find(&report.handle(bug)).map(|bug| (after.level(bug), after.title(bug).into_owned()));
    if found != Some((Some(level), report.title(bug).into_owned())) {
        return Some(format!("{found:?} in {}", desk.place.read(NAME)));
    }
    let back = desk.save(|session| session.revert(Writing::default()).unwrap());
    let now = desk.place.read(NAME);
    back.err().or((now != text).then(|| format!("left behind: {now}")))
}

#[test]
fn every_level_can_be_written_whatever_the_bugs_are_called() {
    let mut tried = 0;
    for (nth, layout) in LAYOUTS.iter().enumerate() {
        for ids in &IDS {
            let text = document(layout, ids);
            let report = parse(text.as_bytes());
            for bug in report.indexes() {
                for level in METHODOLOGY.level_ids().filter(|level| report.level(bug) != Some(*level)) {
                    tried += 1;
                    let wrong = wrong(&text, bug, level);
                    assert_eq!(wrong, None, "layout {nth}, {} to {level:?}\n{text}", report.handle(bug));
                }
            }
        }
    }
    assert!(tried > 400, "{tried}");
}

//! What keys decide, without a terminal, a disk or a clock.

mod deciding;
mod exporting;
mod recording;
mod statuses;
mod suggesting;
mod views;
mod waiting;
mod weighing;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::typed::typed;
use super::*;
use crate::config::Config;
use crate::fault::{Fault, Kind as FaultKind};
use crate::methodology::LevelId;
use crate::report::{Report, To};
use crate::triage::query::complete::complete;
use crate::triage::query::facets::facets;
use crate::triage::query::{Known, Matches, Query};
use crate::triage::{Arranged, Decision, Event, Kind, Set};

const REPORT: &str = "\
# Bugs

## P0 Bugs

### BUG-1: First crash
- **Severity:** P0 - ImportError

### BUG-2: Second crash
- **Severity:** P0 - ImportError

### BUG-3: Odd one
- **Severity:** P2 - Warning

## P1 Bugs

### BUG-4: Slow test
- **Severity:** P1 - Timeout
";

const WHY: &str = "Only the tests are concerned.";

fn decision(draft: Draft) -> Decision {
    Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft }
}

fn reopened(session: Session, places: Vec<Option<BugIx>>) -> Box<Reopened> {
    let (notes, commits, warnings) = (Vec::new(), Vec::new(), Vec::new());
    let (carried, fault, holder, uncommitted) = (false, None, None, None);
    let hindered = false;
    let prepared = Prepared::of(session);
    Box::new(Reopened {
        prepared,
        places,
        carried,
        fault,
        notes,
        holder,
        hindered,
        commits,
        warnings,
        uncommitted,
    })
}

/// A desk whose effects are done at once, but for saving.
struct Player {
    app: App,
    asked: Vec<Effect>,
    full_disk: bool,
    /// Whether what takes time in the number of bugs is asked for and not done.
    is_slow: bool,
}

impl Player {
    fn new() -> Player {
        Player::on(REPORT)
    }

    fn on(report: &str) -> Player {
        let config = Config::embedded();
        let methodology = config.methodology;
        let report = Arc::new(Report::parse(report.as_bytes().into(), &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let app = App::new(session, "bugs.md", Arc::new(config.settings), Arc::new(config.keymap));
        Player { app, asked: Vec::new(), full_disk: false, is_slow: false }
    }

    fn press(&mut self, keys: &str) -> &mut Player {
        for key in typed(keys).expect("keys") {
            self.take(Msg::Key(key));
        }
        self
    }

    fn take(&mut self, msg: Msg) {
        self.app.update(msg).into_iter().for_each(|effect| self.carry_out(effect));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Commit(intent) if self.is_slow && intent.is_wide() => {
                self.asked.push(Effect::Commit(intent));
            }
            Effect::Weigh { .. } if self.is_slow => self.asked.push(effect),
            Effect::Commit(intent) => self.commit(intent),
            Effect::Weigh { generation, weighing } => self.weigh(generation, *weighing),
            Effect::Filter { generation, query, within } => self.search(generation, &query, within),
            Effect::Complete { generation, text, cursor } => {
                let known = self.known(&text);
                let completion = complete(&text, cursor, &self.app.session, &known);
                self.take(Msg::Completed { generation, completion });
            }
            Effect::Facets { generation, text } => {
                let (known, overtaken) = (self.known(&text), AtomicBool::new(false));
                let facets = facets(&text, &self.app.session, &known, &overtaken);
                self.take(Msg::Faceted { generation, facets: facets.expect("nothing overtakes it") });
            }
            Effect::Arrange { generation, matches, order } => {
                let arranged = Arranged::of(&self.app.session, &matches.bugs, order);
                self.take(Msg::Arranged { generation, matches, arranged });
            }
            Effect::Find { generation, text } => {
                let found = self.searched(&text);
                self.take(Msg::Found { generation, matches: found.expect("nothing overtakes it") });
            }
            Effect::Reverse { generation, is_forward } => {
                let (session, writing) = (&self.app.session, self.app.ui.settings.writing());
                let draft = if is_forward { session.bring_back(writing) } else { session.revert(writing) };
                self.take(Msg::Reversed { generation, is_forward, draft, told: Vec::new() });
            }
            Effect::Today => self.take(Msg::Today(jiff::civil::Date::constant(2026, 3, 9))),
            Effect::Replay(held) => held.into_iter().for_each(|msg| self.take(msg)),
            other => self.asked.push(other),
        }
    }

    fn weigh(&mut self, generation: u64, weighing: Weighing) {
        let weighed = weighing.on(&self.app.session, self.app.ui.settings.writing());
        self.take(Msg::Weighed { generation, weighed });
    }

    fn commit(&mut self, intent: Intent) {
        if self.full_disk {
            return self.take(Msg::NotCommitted(Fault::new(FaultKind::Unwritable, "the disk is full")));
        }
        let event = match intent {
            Intent::Decide(draft) => Event::Decided(decision(draft)),
            Intent::Settle { misfit, draft } => Event::Settled { misfit, decision: draft.map(decision) },
            Intent::Undo => Event::Undone,
            Intent::Redo => Event::Redone,
        };
        self.take(Msg::Committed(event));
    }

    fn search(&mut self, generation: u64, query: &Query, within: Option<Vec<BugIx>>) {
        let (session, known) = (&self.app.session, self.app.known(query));
        let matches = Matches::search(session, &known, query, within.as_deref(), &AtomicBool::new(false));
        self.take(Msg::Filtered { generation, matches: matches.expect("nothing overtakes it") });
    }

    fn searched(&self, text: &str) -> Option<Matches> {
        let query = Query::parse(text, self.app.session.report());
        Matches::search(&self.app.session, &self.app.known(&query), &query, None, &AtomicBool::new(false))
    }

    fn known(&self, text: &str) -> Known {
        self.app.known(&Query::parse(text, self.app.session.report()))
    }

    fn cursor(&self) -> u32 {
        self.app.cursor().expect("a bug").0
    }

    fn levels(&self) -> Vec<u8> {
        let session = &self.app.session;
        session.report().indexes().filter_map(|bug| session.level(bug)).map(|level| level.0).collect()
    }

    fn said(&self) -> &str {
        self.app.ui.toast.as_ref().map_or("", |toast| &toast.text)
    }

    fn popup(&self) -> &'static str {
        match self.app.popup() {
            None => "none",
            Some(Popup::Rationale(_)) => "rationale",
            Some(Popup::Picker(_)) => "picker",
            Some(Popup::Form(_)) => "form",
            Some(Popup::Originals(_)) => "originals",
            Some(Popup::Objection(_)) => "objection",
            Some(Popup::Filter(_)) => "filter",
            Some(Popup::Error(_)) => "error",
            Some(Popup::Quit(_)) => "quit",
            Some(_) => "other",
        }
    }

    fn rationale(&self) -> &Rationale {
        match self.app.popup() {
            Some(Popup::Rationale(rationale)) => rationale,
            other => panic!("no rationale popup, but {other:?}"),
        }
    }

    fn last(&self) -> &Draft {
        &self.app.session.pending().last().expect("a decision").draft
    }
}

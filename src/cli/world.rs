//! The surroundings of a command: configuration, store, person and time, got when they are asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::out::Out;
use super::view::View;
use super::{folder, log, person, source, words};
use crate::config::{self, Config, Env, Terms};
use crate::deviation::Log;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::{LevelId, Methodology};
use crate::report::Report;
use crate::store::{self, Hold, Holder, Lock, Opened, Store};
use crate::text::closest;
use crate::triage::Session;

/// The surroundings of a command.
pub(super) struct World<'a> {
    pub(super) env: &'a Env,
}

/// An open report, ours to decide on, and what is configured for it.
pub(super) struct Open {
    pub(super) terms: Terms,
    pub(super) store: Store,
    pub(super) opened: Opened,
    /// Nothing where nobody decides.
    _lock: Option<Lock>,
}

impl<'a> World<'a> {
    pub(super) fn new(env: &'a Env) -> World<'a> {
        World { env }
    }

    /// What is configured for a report.
    pub(super) fn config(&self, report: &Path) -> Result<Config> {
        config::load(self.env, Some(report))
    }

    /// What decisions on a report go by.
    pub(super) fn terms(&self, report: &Path) -> Result<Terms> {
        config::terms(self.env, Some(report))
    }

    /// What is configured for the reports of a folder.
    pub(super) fn config_in(&self, folder: &Path) -> Result<Config> {
        config::load(self.env, Some(&folder.join("any report")))
    }

    /// Where journals are.
    pub(super) fn store(&self) -> Result<Store> {
        let state = self.env.state_dir.clone().ok_or_else(|| {
            Fault::new(Kind::Unwritable, "there is no folder to keep decisions in until they are saved")
                .hint("set HOME, or REGRADE_STATE_DIR to a folder of yours")
        })?;
        Ok(Store::new(state))
    }

    /// A store to look at reports with, and at their journals where there is a folder for those.
    pub(super) fn looker(&self) -> Store {
        self.store().unwrap_or_else(|_| reader())
    }

    /// Reads a report to look at it.
    pub(super) fn report(&self, path: &Path) -> Result<Report> {
        folder::expect_none(path, self)?;
        let methodology = self.terms(path)?.methodology;
        match source::report(path)? {
            Some(bytes) => Ok(Report::parse(bytes.into(), &methodology)),
            None => reader().report(path, &methodology),
        }
    }

    /// Reads a report with what was decided on it, saved or not, to look at it.
    pub(super) fn look(&self, path: &Path) -> Result<Session> {
        folder::expect_none(path, self)?;
        let methodology = self.terms(path)?.methodology;
        match source::is_piped(path) {
            true => Ok(Session::new(Arc::new(self.report(path)?), methodology, Vec::new())),
            false => self.looker().look(path, &methodology),
        }
    }

    /// Reads a report as who only looks sees it.
    pub(super) fn view(&self, path: &Path) -> Result<View> {
        match !source::is_piped(path) && self.looker().has_waiting(path) {
            true => self.look(path).map(View::of),
            false => self.report(path).map(View::saved),
        }
    }

    /// That a report without bugs is none because it has none, and not because it is none that can be read.
    ///
    /// # Errors
    /// Kind unreadable, where its name says what else it is.
    pub(super) fn expect_markdown(&self, path: &Path, report: &Report) -> Result<()> {
        if source::is_piped(path) {
            return Ok(());
        }
        self.looker().expect_markdown(path, report)
    }

    /// Reads the deviation log of a report to look at it.
    pub(super) fn log(&self, report: &Path) -> Result<Log> {
        source::expect_file(report)?;
        folder::expect_none(report, self)?;
        reader().log(report)
    }

    /// Opens a report to decide on it, and says what was found there that a person should know.
    pub(super) fn open(&self, path: &Path, out: &mut Out) -> Result<Open> {
        source::expect_file(path)?;
        folder::expect_none(path, self)?;
        let terms = self.terms(path)?;
        let store = self.store()?;
        let lock = self.lock(&store, path)?;
        let opened = store.open(path, &terms.methodology)?;
        tell(&opened, out);
        Ok(Open { terms, store, opened, _lock: Some(lock) })
    }

    /// Looks at a report that somebody else may have open, to say what would become of it or to propose something: no decision
    /// can be recorded then, and report, log and journal stay as they are.
    pub(super) fn looked(&self, path: &Path, out: &mut Out) -> Result<Open> {
        source::expect_file(path)?;
        folder::expect_none(path, self)?;
        let terms = self.terms(path)?;
        let store = self.store()?;
        let opened = store.opened_to_look(path, &terms.methodology)?;
        tell(&opened, out);
        Ok(Open { terms, store, opened, _lock: None })
    }

    /// Takes a report for deciding.
    pub(super) fn lock(&self, store: &Store, path: &Path) -> Result<Lock> {
        ours(store.hold(path, &self.holder(path))?, path)
    }

    /// This process, as others who want to decide on the report are told of it.
    pub(super) fn holder(&self, report: &Path) -> Holder {
        Holder { by: self.person(report), pid: std::process::id(), since: self.now() }
    }

    /// Who decides: `Ada Example <ada@example.org>`.
    pub(super) fn person(&self, report: &Path) -> String {
        let named = self.terms(report).ok().and_then(|terms| terms.settings.name);
        named.unwrap_or_else(|| person::name(self.env, report.parent().unwrap_or(Path::new("."))))
    }

    /// The time, to the second: that of `SOURCE_DATE_EPOCH` where it is set, else the clock's.
    pub(super) fn now(&self) -> Timestamp {
        let set = self.env.var("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
        let second = set.unwrap_or_else(|| Timestamp::now().as_second());
        Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Tells what an opening found.
fn tell(opened: &Opened, out: &mut Out) {
    opened.notes.iter().for_each(|note| out.note(note));
    log::warn(&opened.log_problems, out);
}

/// The lock, where nobody else has it.
pub(super) fn ours(hold: Hold, report: &Path) -> Result<Lock> {
    match hold {
        Hold::Ours(lock) => Ok(lock),
        Hold::Theirs(holder) => Err(store::held(report, holder.as_ref())),
    }
}

/// A store for those who only look, which needs no journals.
fn reader() -> Store {
    Store::new(PathBuf::new())
}

/// The level that a word names.
pub(super) fn level(methodology: &Methodology, word: &str) -> Result<LevelId> {
    let known = methodology.levels().iter().map(|level| format!("{} {}", level.key, level.name));
    methodology.level_named(word).ok_or_else(|| unknown("level", word, known))
}

/// Refuses a deviation rule that there is not.
pub(super) fn rule(methodology: &Methodology, number: u8) -> Result<()> {
    let known = methodology.rules().iter().map(|rule| format!("{} {}", rule.number, rule.name));
    methodology.rule(number).map(drop).ok_or_else(|| unknown("deviation rule", &number.to_string(), known))
}

/// The fault of a word that names nothing, with what there is.
pub(super) fn unknown(what: &str, word: &str, known: impl Iterator<Item = String>) -> Fault {
    let known: Vec<String> = known.collect();
    let fault = Fault::new(Kind::Usage, format!("no {what} is called {word}"));
    let near = closest(word, known.iter().map(String::as_str));
    let fault = if near.is_empty() { fault } else { fault.hint(words::meant(&near)) };
    fault.hint(format!("there are: {}", known.join(", ")))
}

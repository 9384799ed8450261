//! The journals of the state folder: which there are, what they hold, and what can be done with one that no
//! desk takes up by itself: its decisions brought back, or the journal set aside. None is ever deleted.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::fingerprint::Fingerprint;
use super::journal::carry::{Since, fitted};
use super::journal::claims::ClaimText;
use super::journal::record::{DecisionText, Record, Value};
use super::journal::replay::Replay;
use super::journal::{Journal, set_aside};
use super::paths;
use super::{Opened, Store};
use crate::deviation::{Entry, Log};
use crate::fault::{Fault, Kind, Result};

/// A journal that was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it is.
    pub path: PathBuf,
    /// The report that it is of, as it names it; empty where its beginning is damaged.
    pub report: String,
    /// How it stands to that report.
    pub state: State,
    /// How many decisions it holds that are not saved.
    pub decisions: usize,
    /// How many more no longer fit and are not settled.
    pub misfits: usize,
    /// When the last of them was made.
    pub last: Option<Timestamp>,
    /// The line that is damaged, from 1; what is after it cannot be read.
    pub damaged: Option<usize>,
}

/// How a journal stands to its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its decisions come back when the report is opened.
    Pending,
    /// The same, carried over, since the report has changed.
    Changed,
    /// The report is not where it was.
    Gone,
    /// It was set aside, and no desk takes it up.
    Aside,
    /// Its beginning cannot be read; it is set aside when its report is opened.
    Damaged,
}

impl State {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Changed => "changed",
            State::Gone => "gone",
            State::Aside => "aside",
            State::Damaged => "damaged",
        }
    }
}

/// A decision of a journal, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What sort.
    pub kind: String,
    /// Its bugs by handle; of many, the first and the last of each run.
    pub bugs: Vec<String>,
    /// What they get: `severity P2`.
    pub values: Vec<String>,
    /// What it tells of the report as a whole: texts by name.
    pub details: Vec<(String, String)>,
    /// Why.
    pub rationale: String,
    /// Whether it no longer fitted the report.
    pub misfit: bool,
}

/// What bringing decisions back has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// How many wait in the report's journal now to be saved.
    pub pending: usize,
    /// How many wait there to be settled.
    pub misfits: usize,
    /// How many were there already, pending or saved.
    pub known: usize,
}

impl Store {
    /// The journals of the state folder that hold anything, by name; none where there is no such folder.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where the folder is there and cannot be read.
    pub fn journals(&self) -> Result<Vec<Left>> {
        let folder = paths::journals(&self.state);
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(Fault::new(Kind::Unreadable, "the folder of journals cannot be read")
                    .at(folder)
                    .because(error));
            }
        };
        let mut found: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        found.retain(|path| paths::is_journal(path));
        found.sort();
        let left = found.iter().map(|path| self.left(path)).collect::<Result<Vec<_>>>()?;
        Ok(left.into_iter().flatten().filter(|left| !left.is_empty()).collect())
    }

    /// What is left in a journal; `None` where it went since it was listed.
    fn left(&self, path: &Path) -> Result<Option<Left>> {
        let Some(bytes) = self.fs.read(path)? else { return Ok(None) };
        let Some(replay) = Replay::of_any(&bytes) else {
            let state = if paths::is_aside(path) { State::Aside } else { State::Damaged };
            let (report, damaged) = (String::new(), Some(1));
            let (decisions, misfits, last) = (0, 0, None);
            return Ok(Some(Left {
                path: path.to_owned(),
                report,
                state,
                decisions,
                misfits,
                last,
                damaged,
            }));
        };
        let state = if paths::is_aside(path) { State::Aside } else { self.state_of(&replay)? };
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..replay.length]).count();
        Ok(Some(Left {
            path: path.to_owned(),
            state,
            decisions: replay.done.len(),
            misfits: replay.misfits.len(),
            last: replay.misfits.iter().chain(&replay.done).map(|text| text.at).max(),
            damaged: (replay.length < bytes.len()).then_some(line),
            report: replay.path,
        }))
    }

    fn state_of(&self, replay: &Replay) -> Result<State> {
        let Ok(real) = self.fs.real(Path::new(&replay.path)) else { return Ok(State::Gone) };
        Ok(match self.fs.read(&real)? {
            None => State::Gone,
            Some(bytes) if Fingerprint::of_shared(&bytes) == replay.about => State::Pending,
            Some(_) => State::Changed,
        })
    }

    /// The decisions that a journal holds, oldest first.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where it cannot be read, or is damaged from its first line on.
    pub fn tell(&self, journal: &Path) -> Result<Vec<Told>> {
        let replay = replayed(journal, &self.fs.read(journal)?.unwrap_or_default())?;
        let misfits = replay.misfits.iter().map(|text| told(text, true));
        Ok(misfits.chain(replay.done.iter().map(|text| told(text, false))).collect())
    }

    /// Brings the decisions of a journal that no desk takes up back into the journal of an open report. What is
    /// there already, or in its log, is not brought twice, so this can be done again where it was cut off. A journal all
    /// of which was brought is kept under a name by which none is listed.
    ///
    /// # Errors
    /// [`Kind::Refused`] where the journal is the report's own, [`Kind::Unreadable`] as for [`Store::tell`], and
    /// [`Kind::Unwritable`] where the disk refuses; what was brought until then stays.
    pub fn bring(&self, journal: &Path, into: &mut Opened) -> Result<Brought> {
        if journal.file_name() == into.journal.path().file_name() {
            return Err(Fault::new(Kind::Refused, "these decisions come back by themselves")
                .at(&into.path)
                .hint("open the report at the desk"));
        }
        let bytes = self.fs.read(journal)?.unwrap_or_default();
        let mut replay = replayed(journal, &bytes)?;
        let known = self.known(into)?;
        let all = replay.done.len() + replay.misfits.len();
        replay.done.retain(|text| !known.contains(&Key::of(text)));
        replay.misfits.retain(|text| !known.contains(&Key::of(text)));
        replay.forget_undone();
        let known = all - replay.done.len() - replay.misfits.len();
        let since = if replay.about == into.journal.about() { Since::Same } else { Since::Changed };
        let found = fitted(&replay, &into.report, since);
        found.events.iter().try_for_each(|event| into.journal.record(event))?;
        found.misfits.iter().try_for_each(|misfit| into.journal.leave(misfit))?;
        if replay.length == bytes.len() {
            self.keep_as(journal, "brought", &bytes)?;
        }
        Ok(Brought { pending: found.events.len(), misfits: found.misfits.len(), known })
    }

    /// Keeps a journal under another name, so that no desk takes it up; gives that.
    ///
    /// # Errors
    /// [`Kind::Refused`] where it is set aside already, [`Kind::Unwritable`] where the disk refuses.
    pub fn put_aside(&self, journal: &Path) -> Result<PathBuf> {
        if paths::is_aside(journal) {
            return Err(Fault::new(Kind::Refused, "this journal is set aside already").at(journal));
        }
        self.keep_as(journal, "aside", &self.fs.read(journal)?.unwrap_or_default())
    }

    /// Gives a journal of these bytes a name that says why it is not taken up.
    fn keep_as(&self, journal: &Path, why: &str, bytes: &[u8]) -> Result<PathBuf> {
        let kept = set_aside(&*self.fs, journal, why, bytes)?;
        self.fs.remove(journal)?;
        Ok(kept)
    }

    /// What is pending, waits to be settled, or is saved already.
    fn known(&self, into: &Opened) -> Result<HashSet<Key>> {
        let bytes = self.fs.read(into.journal.path())?.unwrap_or_default();
        let replay = Replay::read(&bytes, &into.journal.name());
        let pending = replay.iter().flat_map(|replay| replay.done.iter().chain(&replay.misfits)).map(Key::of);
        let log: Log = self.log_of(&into.path)?.1;
        Ok(pending.chain(log.entries.iter().map(Key::logged)).collect())
    }
}

fn replayed(journal: &Path, bytes: &[u8]) -> Result<Replay> {
    Replay::of_any(bytes).ok_or_else(|| {
        Fault::new(Kind::Unreadable, "this journal is damaged")
            .at(journal)
            .line(1)
            .hint("nothing in it can be read")
    })
}

impl Left {
    fn is_empty(&self) -> bool {
        self.decisions == 0 && self.misfits == 0 && self.damaged.is_none()
    }

    /// Its name.
    pub fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }
}

impl Journal {
    /// Writes down a decision that does not fit.
    fn leave(&mut self, misfit: &DecisionText) -> Result<()> {
        self.put(&Record::Misfit(misfit.clone()))?;
        self.misfits.push(misfit.clone());
        Ok(())
    }
}

/// What tells a decision from others: nobody makes two of the same kind on as many bugs from the same on in a
/// second.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    at: Timestamp,
    by: String,
    kind: String,
    rationale: String,
    first: Option<String>,
    count: usize,
}

impl Key {
    fn of(text: &DecisionText) -> Key {
        let first = text.parts.first().and_then(|part| part.bugs.first()).map(str::to_owned);
        let count = text.parts.iter().map(|part| part.bugs.len()).sum();
        let (by, kind, rationale) = (text.by.clone(), text.kind.clone(), text.rationale.clone());
        Key { at: text.at, by, kind, rationale, first, count }
    }

    fn logged(entry: &Entry) -> Key {
        let first = entry.bugs.first().map(|bug| bug.id.to_string());
        let (by, kind, rationale) = (entry.by.clone(), entry.kind.name().to_owned(), entry.rationale.clone());
        Key { at: entry.at, by, kind, rationale, first, count: entry.bugs.len() }
    }
}

fn told(text: &DecisionText, misfit: bool) -> Told {
    let value = |name: &str, value: &Value| match value {
        Value::Clear => format!("no {name}"),
        Value::Set(value) => format!("{name} {value}"),
    };
    let part = text.parts.first();
    let own = part
        .into_iter()
        .map(|part| &part.set)
        .flat_map(|set| [("severity", &set.severity), ("scope", &set.scope), ("status", &set.status)]);
    let own = own.filter_map(|(name, to)| Some(value(name, to.as_ref()?)));
    let fields = part.into_iter().flat_map(|part| &part.set.fields).map(|(name, to)| value(name, to));
    Told {
        at: text.at,
        by: text.by.clone(),
        kind: text.kind.clone(),
        bugs: text.parts.iter().flat_map(|part| part.bugs.called()).collect(),
        values: own.chain(fields).chain(text.claims.iter().map(ClaimText::moved)).collect(),
        details: text.facts.clone(),
        rationale: text.rationale.clone(),
        misfit,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::rig::{REPORT, Rig, decided};

    fn damaged(rig: &Rig) -> PathBuf {
        let mut opened = rig.open();
        for event in [decided(&[1], 2, "Configuration."), decided(&[0, 2], 1, "Tests.")] {
            opened.journal.record(&event).unwrap();
        }
        let path = opened.journal.path().to_owned();
        let mut bytes = fs::read(&path).unwrap();
        let last = bytes.len() - 3;
        bytes[last] ^= 1;
        fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn journals_are_listed_with_what_they_hold_and_how_they_stand() {
        let rig = Rig::new();
        assert_eq!(rig.store().journals().unwrap(), []);
        damaged(&rig);
        let left = rig.store().journals().unwrap();
        assert_eq!(
            (left.len(), left[0].state, left[0].decisions, left[0].damaged),
            (1, State::Pending, 1, Some(3))
        );
        rig.open();
        fs::write(rig.path(), REPORT.replace("Slow", "Slower")).unwrap();
        let states = || rig.store().journals().unwrap().iter().map(|left| left.state).collect::<Vec<_>>();
        assert_eq!(states(), [State::Changed, State::Aside]);
        fs::remove_file(rig.path()).unwrap();
        assert_eq!(states(), [State::Gone, State::Aside]);
    }

    /// The undamaged beginning of a damaged journal goes on by itself, and must not be brought twice.
    #[test]
    fn what_is_there_already_is_not_brought_again() {
        let rig = Rig::new();
        let aside = damaged(&rig).with_extension("journal.damaged-1");
        let mut opened = rig.open();
        assert_eq!(
            rig.store().bring(&aside, &mut opened).unwrap(),
            Brought { pending: 0, misfits: 0, known: 1 }
        );
        opened.journal.record(&crate::triage::Event::Undone).unwrap();
        let mut opened = rig.open();
        assert_eq!(
            rig.store().bring(&aside, &mut opened).unwrap(),
            Brought { pending: 1, misfits: 0, known: 0 }
        );
        assert_eq!(rig.open().session().pending().len(), 1);
    }

    #[test]
    fn decisions_on_a_report_that_was_moved_follow_it() {
        let rig = Rig::new();
        rig.open().journal.record(&decided(&[1], 2, "Configuration.")).unwrap();
        let left = rig.store().journals().unwrap().remove(0);
        assert_eq!(rig.store().tell(&left.path).unwrap()[0].bugs, ["BUG-002"]);
        let moved = rig.folder.path().join("moved.md");
        fs::write(&moved, REPORT.replace("BUG-003", "BUG-030")).unwrap();
        fs::remove_file(rig.path()).unwrap();
        let mut opened = rig.store().open(&moved, &rig.methodology).unwrap();
        assert_eq!(rig.store().bring(&left.path, &mut opened).unwrap().pending, 1);
        let opened = rig.store().open(&moved, &rig.methodology).unwrap();
        assert_eq!(opened.session().pending()[0].draft.rationale, "Configuration.");
    }

    #[test]
    fn a_journal_that_is_put_aside_is_kept_and_no_longer_taken_up() {
        let rig = Rig::new();
        rig.open().journal.record(&decided(&[1], 2, "Configuration.")).unwrap();
        let left = rig.store().journals().unwrap().remove(0);
        let bytes = fs::read(&left.path).unwrap();
        let aside = rig.store().put_aside(&left.path).unwrap();
        assert_eq!((fs::read(&aside).unwrap(), rig.open().events), (bytes, vec![]));
        assert_eq!(rig.store().put_aside(&aside).unwrap_err().kind(), Kind::Refused);
    }
}

//! Saving: the report with the decisions in it, and the log with their entries, or neither.
//!
//! The order is the whole of it:
//!
//! 1. make out what is to be edited;
//! 2. write the new bytes beside the report, sync them and their name: a full disk or a folder that may not be written to is
//!    told before anything has happened, and while the new file is there it has not replaced the report. Meanwhile compare the
//!    disk with what was opened, prove that the new bytes say what was decided, and finish the entries of the log; where
//!    anything is amiss, or the save was given up, the new file goes again ([`prepared`]);
//! 3. tell whoever has to know ([`coming`]), and note in the journal what is about to happen;
//! 4. append to the log, sync it, and sync its name: a report never says what no entry accounts for; while the disk is waited
//!    for, find out what the log says of the bugs then;
//! 5. make sure that nobody has changed the report since ([`same`]), put the new file in its place, sync its name;
//! 6. note in the journal that it is done.
//!
//! What fails before 5 is taken back. What fails in 5 has happened or not, which report and log tell; see
//! [`verdict`], also for a save that stops between. Where no byte of the report changes there is no 5, and
//! 6 decides.

pub(super) mod coming;
pub(super) mod others;
pub(super) mod prepared;
mod proof;
mod same;
mod spliced;
pub(super) mod steps;
pub(super) mod verdict;

use std::sync::Arc;

use super::Store;
use super::fingerprint::Fingerprint;
use super::fs::beside::Temporary;
use super::journal::Journal;
use super::journal::record::{Begun, DecisionText};
use super::paths::{self, folder};
use super::trouble::{self, UNTOLD};
use crate::fault::Result;
use crate::report::{Report, Writing};
use crate::triage::{Event, Misfit, Past, Session};
use coming::Coming;
use prepared::{New, Told};
use same::Seen;
use steps::Grown;
use verdict::Verdict;

/// What a save has done.
#[derive(Clone, Debug)]
pub struct Saved {
    /// The report as it is now.
    pub report: Arc<Report>,
    /// What the log says of it now.
    pub past: Arc<Vec<Past>>,
    /// What is still to be settled, as it stands to that report.
    pub misfits: Vec<Misfit>,
    /// How many decisions were saved.
    pub decisions: usize,
    /// How many bugs they concern.
    pub bugs: usize,
    /// What the save has made of the log.
    pub grown: Grown,
}

impl Store {
    /// Writes the pending decisions of the session into its report and log; without any, nothing. The
    /// journal must be the one opened with the session's report, and goes on for the new one.
    ///
    /// # Errors
    /// [`Kind::Changed`](crate::fault::Kind::Changed) where the report on disk is not the one that was opened,
    /// [`Kind::Unwritable`](crate::fault::Kind::Unwritable) where the disk refuses,
    /// [`Kind::Unsaid`](crate::fault::Kind::Unsaid) where the decisions would not be read back. In any case the decisions are kept, and
    /// report and log are as before, unless a hint says that nobody can tell.
    pub fn save(&self, journal: &mut Journal, session: &Session, writing: Writing) -> Result<Saved> {
        journal.settled()?;
        if session.pending().is_empty() {
            let (report, past) = (session.report().clone(), session.past_shared());
            let misfits = session.misfits().to_vec();
            return Ok(Saved { report, past, misfits, decisions: 0, bugs: 0, grown: Grown::default() });
        }
        let new = self.prepared(journal, session, writing)?;
        self.write(journal, session, new, Vec::new())
    }

    /// Records events and saves the session that they have been applied to, or does neither: what cannot be
    /// saved does not wait in the journal either.
    ///
    /// # Errors
    /// Those of [`Store::save`].
    pub fn commit(
        &self,
        journal: &mut Journal,
        events: &[Event],
        session: &Session,
        writing: Writing,
    ) -> Result<Saved> {
        journal.settled()?;
        let new = self.prepared(journal, session, writing)?;
        let mark = journal.length;
        let recorded = journal.record_all(events);
        let saved = recorded.and_then(|()| self.write(journal, session, new, Vec::new()));
        // Where even this fails the event is pending at the next opening, as after a crash.
        saved.map_err(|fault| if journal.rewind(mark).is_ok() { fault } else { fault.hint(UNTOLD) })
    }

    /// Writes what is prepared; what is left out of it stays in the journal.
    fn write(
        &self,
        journal: &mut Journal,
        session: &Session,
        new: New<'_>,
        left: Vec<DecisionText>,
    ) -> Result<Saved> {
        let New { mut told, file, seen } = new;
        let appended = appended(told.before.as_deref(), std::mem::take(&mut told.documents));
        let begun = Begun { left, ..begun(journal, &told, &appended) };
        self.announce(journal, &told, &appended)?;
        journal.begin(begun)?;
        let fs = Arc::clone(&journal.fs);
        let (carried_out, past) =
            fs.together(|| journal.carry_out(appended.as_bytes(), file, &seen), || told.past());
        carried_out?;
        journal.end(told.report.clone())?;
        let Told { report, before, entries, .. } = told;
        let misfits = journal.to_settle();
        let (decisions, bugs) = (entries.len(), session.touched().len());
        let grown = Grown { before, entries };
        Ok(Saved { report, past: Arc::new(past), misfits, decisions, bugs, grown })
    }

    /// Tells whoever has to know that a save is about to be made, which may be given up while that takes.
    fn announce(&self, journal: &Journal, told: &Told, appended: &str) -> Result<()> {
        let Some(herald) = &self.herald else { return Ok(()) };
        let after = [told.before.as_deref().unwrap_or_default(), appended.as_bytes()].concat();
        herald(&Coming {
            report: &journal.real,
            log: &paths::log(&journal.real),
            before: [Some(journal.report.base()), told.before.as_ref()],
            after: [told.report.base(), &after],
            entries: &told.entries,
        });
        self.progress.advance(0).map_err(|error| trouble::unwritable(&journal.real, error))
    }
}

impl Journal {
    /// Does what was begun, or takes it back. The new file stays where it cannot be told which of them was done.
    fn carry_out(&mut self, appended: &[u8], new: Option<Temporary<'_>>, seen: &Seen) -> Result<()> {
        let Err(fault) = self.write(appended, new.as_ref(), seen) else { return Ok(()) };
        match self.settle() {
            Ok(Verdict::Finished) => Ok(()),
            Ok(Verdict::Dropped) => Err(fault),
            Err(_) => {
                new.into_iter().for_each(Temporary::leave);
                Err(fault.hint(UNTOLD))
            }
        }
    }

    fn write(&self, appended: &[u8], new: Option<&Temporary<'_>>, seen: &Seen) -> Result<()> {
        let home = folder(&self.real);
        self.fs.append(&paths::log(&self.real), appended)?;
        self.fs.sync_folder(home)?;
        self.expect_unchanged_since(seen)?;
        let Some(new) = new else { return Ok(()) };
        new.replace()?;
        self.fs.sync_folder(home)
    }
}

/// What is added to the log: the documents of entries, on lines of their own.
pub(super) fn appended(before: Option<&[u8]>, documents: String) -> String {
    let open = before.is_some_and(|bytes| !bytes.is_empty() && !bytes.ends_with(b"\n"));
    if open { format!("\n{documents}") } else { documents }
}

fn begun(journal: &Journal, told: &Told, appended: &str) -> Begun {
    let ids: Vec<String> = told.entries.iter().map(|entry| entry.id.clone()).collect();
    let first = ids.first().and_then(|id| Some(appended.find(id.as_str())? + id.len()));
    Begun {
        old: journal.about(),
        new: told.about.clone(),
        log: told.before.as_ref().map(|bytes| bytes.len() as u64),
        appended: Fingerprint::of(appended.as_bytes()),
        head: appended[..first.unwrap_or(0)].to_owned(),
        ids,
        left: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::deviation;
    use crate::fault::Kind;
    use crate::store::Opened;
    use crate::store::rig::{REPORT, Rig, decided};

    fn decide(opened: &mut Opened, event: Event) -> Session {
        opened.journal.record(&event).unwrap();
        let mut session = opened.session();
        session.apply(event);
        session
    }

    fn save(rig: &Rig, opened: &mut Opened, session: &Session) -> Result<Saved> {
        rig.store().save(&mut opened.journal, session, Writing::default())
    }

    #[test]
    fn a_save_changes_the_report_and_says_so_in_the_log() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Nothing in production is affected."));
        let saved = save(&rig, &mut opened, &session).unwrap();
        assert_eq!((saved.decisions, saved.bugs, saved.past.len()), (1, 1, 1));
        let (report, log) = (rig.report(), rig.log());
        assert!(report.contains("**Severity:** P2 - CoverageWarning (downgraded from P0)"), "{report}");
        assert_eq!(report.as_bytes(), &**saved.report.base());
        let record = &log.entries[0].bugs[0];
        let value = |from: &str, to: &str| deviation::FromTo { from: Some(from.into()), to: Some(to.into()) };
        assert_eq!((record.id.as_str(), &record.severity), ("BUG-002", &Some(value("P0", "P2"))));
        assert!(record.seen && record.scope.is_none() && record.status.is_none());
        let again = rig.open();
        assert_eq!((again.past, again.events), (saved.past, vec![]));
    }

    /// Who gives a save up must not find half of it done, or the next one given up, too.
    #[test]
    fn a_save_that_is_given_up_has_not_happened_and_can_be_made_again() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Nothing in production is affected."));
        let (before, store) = (rig.report(), rig.store());
        store.progress().give_up();
        let fault = store.save(&mut opened.journal, &session, Writing::default()).unwrap_err();
        assert_eq!((fault.kind(), rig.report(), rig.log().entries.len()), (Kind::Interrupted, before, 0));
        assert_eq!(rig.open().events.len(), 1);
        let saved = store.save(&mut opened.journal, &session, Writing::default()).unwrap();
        assert_eq!((saved.decisions, rig.log().entries.len()), (1, 1));
    }

    /// What is done before a save may take long, and whoever gives up then would find it made.
    #[test]
    fn a_save_can_be_given_up_while_others_are_told_of_it() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        let (before, store) = (rig.report(), rig.store());
        let progress = store.progress().clone();
        let store = store.heralded(move |_| progress.give_up());
        let fault = store.save(&mut opened.journal, &session, Writing::default()).unwrap_err();
        assert_eq!((fault.kind(), rig.report(), rig.log().entries.len()), (Kind::Interrupted, before, 0));
        save(&rig, &mut opened, &session).unwrap();
        assert_eq!(rig.log().entries.len(), 1);
    }

    #[test]
    fn the_journal_goes_on_for_the_saved_report() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        let saved = save(&rig, &mut opened, &session).unwrap();
        let mut session = Session::new(saved.report, rig.methodology.clone(), saved.past);
        let event = decided(&[0], 1, "Tests.");
        opened.journal.record(&event).unwrap();
        session.apply(event);
        assert_eq!(rig.open().session().pending(), session.pending());
        save(&rig, &mut opened, &session).unwrap();
        let log = rig.log();
        assert_eq!((log.entries.len(), log.verify()), (2, vec![]));
        assert_eq!(log.entries[1].prev, [log.entries[0].id.as_str()]);
    }

    /// A file for every report that was ever decided on would stay behind.
    #[test]
    fn nothing_is_left_of_a_journal_whose_decisions_are_saved() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        assert_eq!(rig.journals(), [".journal"]);
        let (journal, linked) = (opened.journal.path().to_owned(), rig.folder.path().join("linked"));
        fs::hard_link(&journal, &linked).unwrap();
        save(&rig, &mut opened, &session).unwrap();
        assert_eq!(rig.journals(), [] as [&str; 0]);
        // As where the program was killed before it went, or an older one has left it.
        fs::rename(linked, journal).unwrap();
        assert_eq!(rig.open().events, []);
        assert_eq!(rig.journals(), [] as [&str; 0]);
    }

    /// Every later command would refuse to work otherwise.
    #[test]
    fn what_cannot_be_saved_at_once_does_not_wait() {
        let rig = Rig::new();
        let (mut opened, event) = (rig.open(), decided(&[1], 2, "Configuration."));
        let log = rig.store().log_path(&rig.path()).unwrap();
        fs::create_dir(&log).unwrap();
        let mut session = opened.session();
        session.apply(event.clone());
        let mut commit = || {
            rig.store().commit(
                &mut opened.journal,
                std::slice::from_ref(&event),
                &session,
                Writing::default(),
            )
        };
        assert_ne!(commit().unwrap_err().kind(), Kind::Refused);
        fs::remove_dir(&log).unwrap();
        assert_eq!(rig.open().session().pending(), []);
        commit().unwrap();
        assert_eq!(rig.log().entries.len(), 1);
    }

    #[test]
    fn a_report_that_someone_else_changed_is_never_written_over() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        let theirs = format!("{REPORT}\nTheirs.\n");
        fs::write(rig.path(), &theirs).unwrap();
        let fault = save(&rig, &mut opened, &session).unwrap_err();
        assert_eq!((fault.kind(), rig.report()), (Kind::Changed, theirs));
        assert_eq!(rig.log().entries, []);
        let mut opened = rig.open();
        let session = opened.session();
        save(&rig, &mut opened, &session).unwrap();
        assert!(rig.report().contains("\nTheirs.\n") && rig.report().contains("downgraded from P0"));
        assert_eq!(rig.log().entries.len(), 1);
    }

    #[test]
    fn with_nothing_decided_nothing_is_written() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = opened.session();
        let before = fs::metadata(rig.path()).unwrap().modified().unwrap();
        assert_eq!(save(&rig, &mut opened, &session).unwrap().decisions, 0);
        assert_eq!(fs::metadata(rig.path()).unwrap().modified().unwrap(), before);
        assert_eq!(fs::read_dir(rig.folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_decision_that_changes_no_byte_is_logged_all_the_same() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[2], 2, "Rightly so."));
        save(&rig, &mut opened, &session).unwrap();
        assert_eq!((rig.report().as_str(), rig.log().entries.len()), (REPORT, 1));
        assert_eq!(rig.open().session().pending(), []);
    }

    #[test]
    fn several_decisions_on_a_bug_are_logged_each_from_what_it_found() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let (first, second) = (decided(&[1], 2, "Configuration."), decided(&[0, 1], 1, "No: tests."));
        decide(&mut opened, first.clone());
        let mut session = opened.session();
        session.apply(first);
        opened.journal.record(&second).unwrap();
        session.apply(second);
        save(&rig, &mut opened, &session).unwrap();
        let log = rig.log();
        let values = |entry: &deviation::Entry| -> Vec<String> {
            let value = |bug: &deviation::BugRecord| bug.severity.as_ref().unwrap().said();
            entry.bugs.iter().map(value).collect()
        };
        assert_eq!(values(&log.entries[0]), ["P0 → P2"]);
        assert_eq!(values(&log.entries[1]), ["P0 → P1", "P2 → P1"]);
    }

    #[test]
    fn an_entry_begins_on_its_own_line_whatever_the_log_ended_with() {
        let rig = Rig::new();
        let log = rig.store().log_path(&rig.path()).unwrap();
        fs::write(&log, "---\nid: by hand").unwrap();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        save(&rig, &mut opened, &session).unwrap();
        assert!(fs::read_to_string(&log).unwrap().starts_with("---\nid: by hand\n---\nid: "));
        assert_eq!(rig.log().entries.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_permissions_stay_what_they_were() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let rig = Rig::new();
        fs::set_permissions(rig.path(), fs::Permissions::from_mode(0o640)).unwrap();
        let link = rig.folder.path().join("link.md");
        symlink(rig.path(), &link).unwrap();
        let mut opened = rig.store().open(&link, &rig.methodology).unwrap();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        save(&rig, &mut opened, &session).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(rig.path()).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(rig.log().entries.len(), 1);
    }

    #[test]
    fn a_saved_decision_can_be_taken_back_by_what_the_log_says() {
        let rig = Rig::new();
        let mut opened = rig.open();
        let session = decide(&mut opened, decided(&[1], 2, "Configuration."));
        save(&rig, &mut opened, &session).unwrap();
        let mut opened = rig.open();
        let draft = opened.session().revert(Writing::default()).unwrap();
        let at = "2026-02-12T09:00:00Z".parse().unwrap();
        let event = Event::Decided(crate::triage::Decision { at, by: String::from("Ada"), draft });
        let session = decide(&mut opened, event);
        save(&rig, &mut opened, &session).unwrap();
        let log = rig.log();
        assert_eq!(log.entries[1].reverts.as_ref(), Some(&log.entries[0].id));
        let opened = rig.open();
        let level = |bug| opened.report.level(bug).map(|level| level.0);
        assert_eq!(opened.report.indexes().map(level).collect::<Vec<_>>(), [Some(0), Some(0), Some(2)]);
        assert!(opened.session().revert(Writing::default()).is_err());
    }
}

//! git, the only door to it: who commits, what was committed, and commits of saved decisions.
//!
//! What this keeps, whatever a hook, a lock or a signature does:
//! - a save stands, committed or not: nothing here writes the report or its log;
//! - what is given to git has the report and its log, byte for byte as they were saved, and nothing else. What a hook
//!   makes of that is committed, as whoever wrote the hook wants it, and told in a warning;
//! - what somebody has staged is neither in a commit nor lost;
//! - where no commit is made, nothing is staged that was not before; where one is, the index has what it changed;
//! - commits that stand are told, also where a later one fails;
//! - what could not be committed is kept, and committed before anything later;
//! - git never opens an editor and is never let wait for a person.
//!
//! A commit is made with an index of its own, which hooks see, so that files in the folder are not read: neither what is
//! written there meanwhile nor what a later decision of the same save has made of the report gets into it.

mod call;
mod change;
mod commit;
mod hand;
mod index;
mod left;
mod message;
mod reached;
mod repository;
mod run;
mod why;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

pub use call::Git;
use call::Term;
pub use hand::quoted;
use left::Left;
pub use message::entries_named;
use repository::Repository;
use run::Run;
use why::Why;

use crate::fault::Fault;
use crate::progress::Progress;
use crate::report::Writing;
use crate::store::{Saved, Store};
use crate::text::Bytes;
use crate::triage::Session;

/// How long the note may take that is made before a save.
const LONGEST_NOTE: Duration = Duration::from_secs(5);

/// Whether saves are to be committed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Asked {
    /// They are not.
    #[default]
    Not,
    /// They are where the report is in a repository: a setting, which holds for other reports too.
    WherePossible,
    /// They are, and where there is no repository that is an error.
    Surely,
}

impl Asked {
    /// What an option asks for, else a setting.
    pub fn by(option: bool, setting: bool) -> Asked {
        match (option, setting) {
            (true, _) => Asked::Surely,
            (false, true) => Asked::WherePossible,
            (false, false) => Asked::Not,
        }
    }
}

/// A report and its log, in the same folder, and the disk that they are on.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The disk.
    pub store: &'a Store,
    /// The real path of the report.
    pub report: &'a Path,
    /// The path of its log.
    pub log: &'a Path,
}

/// A save that was made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// Of what.
    pub files: Files<'a>,
    /// The session that was saved.
    pub session: &'a Session,
    /// What has become of it.
    pub saved: &'a Saved,
    /// How its changes were written.
    pub writing: Writing,
}

/// What has become of a save in git.
#[derive(Debug, Default)]
pub struct Commits {
    /// The commits that stand, oldest first, by short id.
    pub ids: Vec<String>,
    /// How many decisions they have.
    pub decisions: usize,
    /// What hooks have made of them, a sentence each.
    pub warnings: Vec<String>,
    /// Why not every decision is committed, where that was asked for.
    pub uncommitted: Option<Fault>,
    /// Why the index is not what it should be after them.
    pub behind: Option<Fault>,
    /// How many decisions they were to have.
    pub wanted: usize,
    /// Whether what is not committed can be tried again once what is in the way is mended.
    pub can_retry: bool,
}

impl Commits {
    /// Takes out of it what went wrong.
    pub fn fault(&mut self) -> Option<Fault> {
        match (self.uncommitted.take(), self.behind.take()) {
            (Some(fault), behind) => Some(fault.with(behind.into_iter().collect())),
            (None, behind) => behind,
        }
    }
}

/// The store, whose saves are noted as to be committed before they are made, where that is asked for: a program that is
/// killed right behind a save leaves what the next one commits. A note that cannot be made, or not soon, keeps no save from
/// being made; whoever gives the save up meanwhile is not kept waiting for it.
pub fn noting(store: Store, asked: Asked) -> Store {
    if asked == Asked::Not {
        return store;
    }
    let progress = store.progress().clone();
    store.heralded(move |coming| {
        let term = Term::of(&progress, LONGEST_NOTE);
        if let Ok(Some(repository)) = Repository::around_within(coming.report, Some(term)) {
            drop(Left::intend(&repository, coming));
        }
    })
}

/// Commits a save, and before it what is left of earlier ones, one commit for each decision, oldest first; nothing where
/// that is not asked for. The save stands whatever becomes of that.
pub fn commit(made: &Made<'_>, asked: Asked, progress: &Progress) -> Commits {
    if asked == Asked::Not || made.saved.decisions == 0 {
        return Commits::default();
    }
    Run { files: made.files, made: Some(made), asked }.commits(progress)
}

/// Commits what is left of earlier saves, where nothing is to be saved.
pub fn again(files: Files<'_>, asked: Asked, progress: &Progress) -> Commits {
    if asked == Asked::Not {
        return Commits::default();
    }
    Run { files, made: None, asked }.commits(progress)
}

/// How it stands with what is left of earlier saves: that it is not committed, where that is asked for. Nothing is said of it
/// where git cannot say.
pub fn standing(files: Files<'_>, asked: Asked) -> Commits {
    if asked == Asked::Not {
        return Commits::default();
    }
    run::standing(files)
}

impl<'a> Files<'a> {
    fn folder(self) -> &'a Path {
        self.report.parent().unwrap_or(Path::new("."))
    }

    /// The bytes of one of them, where it is there.
    fn read(self, file: &Path) -> std::result::Result<Option<Bytes>, Why> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        self.store.bytes_at(file).map_err(|fault| {
            let why = fault.source().map_or_else(|| fault.to_string(), ToString::to_string);
            Why::new(format!("{name} cannot be read: {why}")).hint("what is to be committed is kept")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_goes_before_a_setting_and_neither_is_neither() {
        assert_eq!(Asked::by(true, true), Asked::Surely);
        assert_eq!([Asked::by(false, true), Asked::by(false, false)], [Asked::WherePossible, Asked::Not]);
    }
}

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
mod repository;

use std::fs;
use std::path::Path;

pub use call::Git;
pub use hand::quoted;
use left::Left;
pub use message::entries_named;
use repository::Repository;

use crate::fault::{Fault, Kind};
use crate::progress::{Progress, Stage};
use crate::report::Writing;
use crate::store::Saved;
use crate::text::Bytes;
use crate::triage::Session;

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

/// A save that was made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// The real path of the report.
    pub report: &'a Path,
    /// The path of its log, in the same folder.
    pub log: &'a Path,
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
    /// Whether what is not committed can be tried again as it is.
    pub is_kept: bool,
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

/// Commits a save, and before it what is left of earlier ones, one commit for each decision, oldest first; nothing where
/// that is not asked for. The save stands whatever becomes of that.
pub fn commit(made: &Made<'_>, asked: Asked, progress: &Progress) -> Commits {
    if asked == Asked::Not || made.saved.decisions == 0 {
        return Commits::default();
    }
    run(Files { report: made.report, log: made.log }, Some(made), asked, progress)
}

/// Commits what is left of earlier saves, where nothing is to be saved.
pub fn again(report: &Path, log: &Path, asked: Asked, progress: &Progress) -> Commits {
    if asked == Asked::Not {
        return Commits::default();
    }
    run(Files { report, log }, None, asked, progress)
}

fn run(files: Files<'_>, made: Option<&Made<'_>>, asked: Asked, progress: &Progress) -> Commits {
    let mut commits = Commits::default();
    progress.enter(Stage::Committing, 0);
    let done = committed(files, made, asked, progress, &mut commits);
    progress.enter(Stage::Idle, 0);
    commits.is_kept = done.as_ref().is_err_and(|why| why.is_kept && why.then != BY_HAND);
    commits.uncommitted = done.err().map(|why| not_committed(files, &commits, why));
    commits
}

fn committed(
    files: Files<'_>,
    made: Option<&Made<'_>>,
    asked: Asked,
    progress: &Progress,
    commits: &mut Commits,
) -> std::result::Result<(), Why> {
    commits.wanted = made.map_or(0, |made| made.saved.decisions);
    let Some(repository) = Repository::around(files.report)? else {
        return match asked {
            Asked::Surely => Err(Why::new("it is in no git repository")
                .hint("git init makes one; without --commit nothing is to be committed")),
            _ => Ok(()),
        };
    };
    let mut left = Left::of(&repository, files.report, files.log)?;
    gathered(&repository, &mut left, files, made, commits)?;
    commits.wanted = left.decisions();
    left.keep()?;
    if left.steps.is_empty() {
        return unknown(files);
    }
    let done = match left.is_put_back {
        true => Err(put_back(files)),
        false => commit::all(&repository, &mut left, progress, commits, |why| behind(files, why)),
    };
    left.keep()?;
    done.map_err(|why| Why { is_kept: true, ..why })?;
    if made.is_some() { Ok(()) } else { unknown(files) }
}

/// Adds a save to what is left, which git keeps from then on.
fn gathered(
    repository: &Repository,
    left: &mut Left,
    files: Files<'_>,
    made: Option<&Made<'_>>,
    commits: &mut Commits,
) -> std::result::Result<(), Why> {
    if !left.steps.is_empty() {
        let now = match made {
            Some(made) => [Some(made.session.report().base().clone()), made.saved.grown.before.clone()],
            None => [files.report, files.log].map(|file| fs::read(file).ok().map(Bytes::from)),
        };
        left.look_at(repository, &now)?;
    }
    let earlier = left.steps.len();
    if let Some(made) = made {
        left.add(repository, made)?;
    }
    commits.warnings.extend(left.join(repository, earlier)?);
    Ok(())
}

/// Why something was not committed, and what to do about it.
#[derive(Debug)]
pub(crate) struct Why {
    what: String,
    hint: Option<String>,
    /// What comes before the command that commits by hand.
    then: &'static str,
    /// Whether git keeps what is to be committed, so that it can be tried again.
    is_kept: bool,
}

impl Why {
    fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), hint: None, then: "once mended", is_kept: false }
    }

    fn hint(self, hint: impl Into<String>) -> Why {
        Why { hint: Some(hint.into()), ..self }
    }

    /// Says that committing by hand is all that is to be done.
    fn by_hand(self) -> Why {
        Why { then: BY_HAND, ..self }
    }
}

/// That decisions are saved in the log of a report and not committed, where that is asked for; `None` also where git
/// cannot say.
pub fn uncommitted(report: &Path, log: &Path, asked: Asked) -> Option<Fault> {
    if asked == Asked::Not {
        return None;
    }
    let files = Files { report, log };
    let repository = Repository::around(report).ok().flatten()?;
    let left = Left::of(&repository, report, log).ok()?;
    let is_left = !left.steps.is_empty() || has_changed(files);
    is_left.then(|| Fault::new(Kind::Refused, NOT_COMMITTED).at(report).hint(by_hand("to commit it", files)))
}

/// What has become of a save that no commit has.
const NOT_COMMITTED: &str = "saved, but not committed";

/// What comes before the command where it is all that is to be done.
const BY_HAND: &str = "to commit all of it";

/// A report and its log, in the same folder.
#[derive(Clone, Copy)]
struct Files<'a> {
    report: &'a Path,
    log: &'a Path,
}

impl<'a> Files<'a> {
    fn folder(self) -> &'a Path {
        self.report.parent().unwrap_or(Path::new("."))
    }
}

/// Whether git has the log otherwise than it is.
fn has_changed(files: Files<'_>) -> bool {
    let Some(name) = files.log.file_name() else { return false };
    let git =
        Git::at(files.folder()).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs", "status"]);
    git.args(["--porcelain", "--untracked-files=all", "--"]).args([name]).said().is_some()
}

/// Nothing is left, unless the log has what nobody has prepared for a commit.
fn unknown(files: Files<'_>) -> std::result::Result<(), Why> {
    match has_changed(files) {
        true => Err(Why::new("no note says which of its changes are decisions alone").by_hand()),
        false => Ok(()),
    }
}

fn put_back(files: Files<'_>) -> Why {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (report, log) = (name(files.report), name(files.log));
    Why::new(format!("{report} has been put back to before a decision that {log} has"))
        .hint(format!("put {log} back too, or {report} forward again"))
        .by_hand()
}

fn not_committed(files: Files<'_>, commits: &Commits, why: Why) -> Fault {
    let what = match commits.decisions {
        0 => NOT_COMMITTED.to_owned(),
        done => format!("saved, but only {done} of {} decisions committed", commits.wanted),
    };
    let fault = Fault::new(Kind::Refused, what).at(files.report).because(why.what);
    let fault = if let Some(hint) = why.hint { fault.hint(hint) } else { fault };
    fault.hint(by_hand(why.then, files))
}

fn by_hand(then: &str, files: Files<'_>) -> String {
    format!("{then}: {}", hand::command(files))
}

/// Says that commits stand and the index is not what it should be after them.
fn behind(files: Files<'_>, why: Why) -> Fault {
    let [folder, names] = hand::words(files);
    Fault::new(Kind::Refused, "saved and committed, but what was before looks staged")
        .at(files.report)
        .because(why.what)
        .hint(format!("the next commit of regrade mends that, or: cd {folder} && git reset -q {names}"))
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

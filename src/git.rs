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

use std::error::Error;
use std::path::Path;
use std::time::Duration;

pub use call::Git;
use call::Term;
pub use hand::quoted;
use left::Left;
pub use message::entries_named;
use repository::Repository;

use crate::fault::{Fault, Kind};
use crate::progress::{Progress, Stage};
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
    run(made.files, Some(made), asked, progress)
}

/// Commits what is left of earlier saves, where nothing is to be saved.
pub fn again(files: Files<'_>, asked: Asked, progress: &Progress) -> Commits {
    if asked == Asked::Not {
        return Commits::default();
    }
    run(files, None, asked, progress)
}

/// Where a report stands: its repository, and what is left of it there, as far as that is known.
#[derive(Debug, Default)]
struct Ground {
    repository: Option<Repository>,
    left: Option<Left>,
}

fn run(files: Files<'_>, made: Option<&Made<'_>>, asked: Asked, progress: &Progress) -> Commits {
    let (mut commits, mut ground) = (Commits::default(), Ground::default());
    progress.enter(Stage::Committing, 0);
    let done = committed(files, made, asked, progress, &mut commits, &mut ground);
    progress.enter(Stage::Idle, 0);
    if let Err(why) = done {
        commits.can_retry = why.remedy == Remedy::Mend && ground.has_left();
        commits.uncommitted = Some(not_committed(files, &commits, why, &ground));
    }
    commits
}

fn committed(
    files: Files<'_>,
    made: Option<&Made<'_>>,
    asked: Asked,
    progress: &Progress,
    commits: &mut Commits,
    ground: &mut Ground,
) -> std::result::Result<(), Why> {
    commits.wanted = made.map_or(0, |made| made.saved.decisions);
    let Some(repository) = Repository::around(files.report)? else {
        return match asked {
            Asked::Surely if made.is_none() && files.read(files.log)?.is_none() => Ok(()),
            Asked::Surely => Err(Why::new("it is in no git repository")
                .hint("git init makes one; without --commit nothing is to be committed")),
            _ => Ok(()),
        };
    };
    let repository = &*ground.repository.insert(repository);
    let left = ground.left.insert(Left::of(repository, files, made)?);
    gathered(repository, left, made, commits)?;
    commits.wanted = left.decisions();
    left.keep()?;
    if left.steps.is_empty() {
        return unknown(files);
    }
    let done = match left.is_put_back {
        true => Err(put_back(files)),
        false => commit::all(repository, (left, files), progress, commits, |why| behind(files, why)),
    };
    left.keep()?;
    done?;
    if made.is_some() { Ok(()) } else { unknown(files) }
}

/// Adds a save to what is left, which git keeps from then on.
fn gathered(
    repository: &Repository,
    left: &mut Left,
    made: Option<&Made<'_>>,
    commits: &mut Commits,
) -> std::result::Result<(), Why> {
    commits.warnings.extend(left.told());
    left.give(repository)?;
    left.forget_lost(repository)?;
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
    remedy: Remedy,
}

/// What helps where something was not committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    /// To mend what is in the way, and to try again.
    Mend,
    /// To commit by hand: another try would end as this one.
    ByHand,
}

impl Remedy {
    /// What comes before the command that commits by hand.
    fn words(self) -> &'static str {
        match self {
            Remedy::Mend => "once mended",
            Remedy::ByHand => "to commit all of it",
        }
    }
}

impl Why {
    fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), hint: None, remedy: Remedy::Mend }
    }

    fn hint(self, hint: impl Into<String>) -> Why {
        Why { hint: Some(hint.into()), ..self }
    }

    /// Says that committing by hand is all that is to be done.
    fn by_hand(self) -> Why {
        Why { remedy: Remedy::ByHand, ..self }
    }
}

/// How it stands with what is left of earlier saves: that it is not committed, where that is asked for. Nothing is said of it
/// where git cannot say.
pub fn standing(files: Files<'_>, asked: Asked) -> Commits {
    let mut commits = Commits::default();
    if asked == Asked::Not {
        return commits;
    }
    let repository = Repository::around(files.report).ok().flatten();
    let left = repository.as_ref().and_then(|repository| Left::of(repository, files, None).ok());
    let ground = Ground { repository, left };
    let Ground { repository: Some(repository), left: Some(left) } = &ground else { return commits };
    let why = match (left.steps.is_empty(), left.is_put_back) {
        (true, _) => match unknown(files) {
            Ok(()) => return commits,
            Err(why) => Some(why),
        },
        (false, true) => Some(put_back(files)),
        (false, false) => commit::hindrance(repository, left),
    };
    commits.can_retry = why.as_ref().is_none_or(|why| why.remedy == Remedy::Mend);
    let fault = Fault::new(Kind::Refused, NOT_COMMITTED).at(files.report);
    let fault = match why {
        Some(Why { what, hint, .. }) => hint.into_iter().fold(fault.because(what), Fault::hint),
        None => fault,
    };
    commits.uncommitted = Some(fault.hint(format!("to commit it: {}", hand::command(files, &ground))));
    commits
}

impl Ground {
    /// Whether something is left to commit.
    fn has_left(&self) -> bool {
        self.left.as_ref().is_some_and(|left| !left.steps.is_empty())
    }
}

/// What has become of a save that no commit has.
const NOT_COMMITTED: &str = "saved, but not committed";

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

/// Whether git has the log otherwise than it is.
fn has_changed(files: Files<'_>) -> bool {
    let Some(name) = files.log.file_name() else { return false };
    let git =
        Git::at(files.folder()).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs", "status"]);
    git.args(["--porcelain", "--untracked-files=all", "--"]).args([name]).said().is_some()
}

/// Nothing is left, unless the log has what nobody has prepared for a commit.
fn unknown(files: Files<'_>) -> std::result::Result<(), Why> {
    let name = files.log.file_name().unwrap_or_default().to_string_lossy();
    match has_changed(files) {
        true => Err(Why::new(format!("{name} has changes that were saved without --commit")).by_hand()),
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

fn not_committed(files: Files<'_>, commits: &Commits, why: Why, ground: &Ground) -> Fault {
    let what = match commits.decisions {
        0 => NOT_COMMITTED.to_owned(),
        done => format!("saved, but only {done} of {} decisions committed", commits.wanted),
    };
    let fault = Fault::new(Kind::Refused, what).at(files.report).because(why.what);
    let fault = if let Some(hint) = why.hint { fault.hint(hint) } else { fault };
    fault.hint(format!("{}: {}", why.remedy.words(), hand::command(files, ground)))
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

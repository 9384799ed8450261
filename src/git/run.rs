//! A run of commits: what is left of earlier saves, then what was saved; or how it stands with what is left.

use super::call::Git;
use super::left::Left;
use super::repository::Repository;
use super::why::{NOT_COMMITTED, Remedy, Why, behind, not_committed, put_back};
use super::{Asked, Commits, Files, Made, commit, hand};
use crate::fault::{Fault, Kind};
use crate::progress::{Progress, Stage};

/// What is to be committed.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) files: Files<'a>,
    /// A save behind all that is left; `None` where nothing is to be saved.
    pub(super) made: Option<&'a Made<'a>>,
    pub(super) asked: Asked,
}

/// Where a report stands: its repository, and what is left of it there, as far as that is known.
#[derive(Debug, Default)]
pub(super) struct Ground {
    pub(super) repository: Option<Repository>,
    pub(super) left: Option<Left>,
}

impl Ground {
    /// Whether something is left to commit.
    fn has_left(&self) -> bool {
        self.left.as_ref().is_some_and(|left| !left.steps.is_empty())
    }
}

impl Run<'_> {
    /// Commits all of it, and tells what has become of that.
    pub(super) fn commits(self, progress: &Progress) -> Commits {
        let (mut commits, mut ground) = (Commits::default(), Ground::default());
        progress.enter(Stage::Committing, 0);
        let done = self.commit(progress, &mut commits, &mut ground);
        progress.enter(Stage::Idle, 0);
        if let Err(why) = done {
            commits.can_retry = why.remedy == Remedy::Mend && ground.has_left();
            commits.uncommitted = Some(not_committed(self.files, &commits, why, &ground));
        }
        commits
    }

    fn commit(self, progress: &Progress, commits: &mut Commits, ground: &mut Ground) -> Result<(), Why> {
        let Run { files, made, .. } = self;
        commits.wanted = made.map_or(0, |made| made.saved.decisions);
        let Some(repository) = Repository::around(files.report)? else { return self.without_repository() };
        let repository = &*ground.repository.insert(repository);
        let left = ground.left.insert(Left::of(repository, files, made)?);
        self.gather(repository, left, commits)?;
        commits.wanted = left.decisions();
        left.keep()?;
        if left.steps.is_empty() {
            return expect_known(files);
        }
        let done = match left.is_put_back {
            true => Err(put_back(files)),
            false => commit::all(repository, (left, files), progress, commits, |why| behind(files, why)),
        };
        left.keep()?;
        done?;
        if made.is_some() { Ok(()) } else { expect_known(files) }
    }

    /// Where there is no repository nothing is committed, which is an error if that was asked for.
    fn without_repository(self) -> Result<(), Why> {
        let has_nothing = || Ok(self.made.is_none() && self.files.read(self.files.log)?.is_none());
        match self.asked == Asked::Surely && !has_nothing()? {
            true => Err(Why::new("it is in no git repository")
                .hint("git init makes one; without --commit nothing is to be committed")),
            false => Ok(()),
        }
    }

    /// Adds the save to what is left, which git keeps from then on.
    fn gather(self, repository: &Repository, left: &mut Left, commits: &mut Commits) -> Result<(), Why> {
        commits.warnings.extend(left.told());
        left.give(repository)?;
        left.forget_lost(repository)?;
        let earlier = left.steps.len();
        if let Some(made) = self.made {
            left.add(repository, made)?;
        }
        commits.warnings.extend(left.join(repository, earlier)?);
        Ok(())
    }
}

/// That something is left of earlier saves, where it is, and why.
pub(super) fn standing(files: Files<'_>) -> Commits {
    let repository = Repository::around(files.report).ok().flatten();
    let left = repository.as_ref().and_then(|repository| Left::of(repository, files, None).ok());
    let ground = Ground { repository, left };
    let Ground { repository: Some(repository), left: Some(left) } = &ground else {
        return Commits::default();
    };
    let why = match (left.steps.is_empty(), left.is_put_back) {
        (true, _) => match expect_known(files) {
            Ok(()) => return Commits::default(),
            Err(why) => Some(why),
        },
        (false, true) => Some(put_back(files)),
        (false, false) => commit::hindrance(repository, left),
    };
    let can_retry = why.as_ref().is_none_or(|why| why.remedy == Remedy::Mend);
    let fault = match why {
        Some(why) => why.fault(NOT_COMMITTED, files),
        None => Fault::new(Kind::Refused, NOT_COMMITTED).at(files.report),
    };
    let fault = fault.hint(format!("to commit it: {}", hand::command(files, &ground)));
    Commits { can_retry, uncommitted: Some(fault), ..Commits::default() }
}

/// Refuses a log with changes that nobody has prepared for a commit.
fn expect_known(files: Files<'_>) -> Result<(), Why> {
    let name = files.log.file_name().unwrap_or_default().to_string_lossy();
    match has_changed(files) {
        true => Err(Why::new(format!("{name} has changes that were saved without --commit")).by_hand()),
        false => Ok(()),
    }
}

/// Whether git has the log otherwise than it is.
fn has_changed(files: Files<'_>) -> bool {
    let Some(name) = files.log.file_name() else { return false };
    let git =
        Git::at(files.folder()).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs", "status"]);
    git.args(["--porcelain", "--untracked-files=all", "--"]).args([name]).said().is_some()
}

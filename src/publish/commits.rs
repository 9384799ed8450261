//! The commits of a git repository that belong to a review: they touched its report or log, or a decision names them.
//!
//! git is asked for nothing but a log, and gets names of files only where it takes them for such, literally, and of
//! what decisions say only what can be nothing but the id of a commit.

use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;

use crate::export::Commit;
use crate::git::{Git, entries_named};

/// How many commits are asked for.
const MOST: usize = 1000;

/// What is asked of each: its id, whole and short, its time, subject and body, with a line end between.
const FORMAT: &str = "--format=%H%n%h%n%ct%n%s%n%b";

/// Which commits are asked for.
pub(super) struct Asked<'a> {
    /// The folder of the report.
    pub(super) folder: &'a Path,
    /// The names of report and log.
    pub(super) files: &'a [&'a OsStr],
    /// Only what touched them since then.
    pub(super) since: Timestamp,
    /// Entries of the log that do not stand.
    pub(super) fallen: &'a HashSet<&'a str>,
    /// What could be ids of other commits, in small letters.
    pub(super) named: &'a BTreeSet<String>,
}

/// A commit and what it is known by.
struct Found {
    whole: String,
    at: i64,
    commit: Commit,
}

/// Those commits, oldest first, each once; none where there is no git or no repository. Of those that touched the files,
/// the ones that name entries of the log are left out where all these have fallen.
pub(super) fn of(asked: &Asked<'_>) -> Vec<Commit> {
    let mut known = HashSet::new();
    let all = named(asked).into_iter().chain(touching(asked));
    let mut all: Vec<Found> = all.filter(|one| known.insert(one.whole.clone())).collect();
    all.sort_by_key(|one| one.at);
    all.into_iter().map(|one| one.commit).collect()
}

fn touching(asked: &Asked<'_>) -> Vec<Found> {
    let git = log(asked.folder).args([format!("--since={}", asked.since).as_str(), "--"]);
    let stands = |one: &Found| {
        let mut entries = entries_named(&one.commit.body).peekable();
        entries.peek().is_none() || entries.any(|entry| !asked.fallen.contains(entry))
    };
    found(git.args(asked.files)).filter(stands).collect()
}

/// A branch may be called as if it were an id; what is not there is not fetched.
fn named(asked: &Asked<'_>) -> Vec<Found> {
    if asked.named.is_empty() {
        return Vec::new();
    }
    let git = log(asked.folder).env("GIT_NO_LAZY_FETCH", "1").args(["--no-walk", "--ignore-missing"]);
    let is_named = |one: &Found| asked.named.iter().any(|id| one.whole.starts_with(id.as_str()));
    found(git.args(asked.named.iter().take(MOST)).args(["--"])).filter(is_named).collect()
}

fn log(folder: &Path) -> Git {
    let git = Git::at(folder).args(["--no-pager", "--literal-pathspecs", "log", "-z", "--reverse"]);
    let git = git.args(["--no-color", "--no-show-signature", "--no-notes", FORMAT]);
    git.args([format!("--max-count={MOST}")])
}

fn found(git: Git) -> impl Iterator<Item = Found> {
    let said = git.said().unwrap_or_default();
    said.split('\0').filter_map(one).collect::<Vec<_>>().into_iter()
}

fn one(text: &str) -> Option<Found> {
    let mut parts = text.splitn(5, '\n').map(str::to_owned);
    let (whole, id, at) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
    let (subject, body) = (parts.next()?, parts.next().unwrap_or_default());
    Some(Found { whole, at, commit: Commit { id, subject, body } })
}

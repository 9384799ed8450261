//! The commits of a git repository that touched a report or its log.
//!
//! git is asked for nothing but a log, and gets names of files only where it takes them for such, literally.

use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;

use crate::export::Commit;
use crate::git::Git;

/// How many commits are asked for.
const MOST: &str = "--max-count=1000";

/// The commits since a time that touched one of these files of a folder, oldest first; none where there is no git or
/// no repository.
pub(super) fn since(at: Timestamp, folder: &Path, files: &[&OsStr]) -> Vec<Commit> {
    let git = Git::at(folder).args(["--no-pager", "--literal-pathspecs", "log", "--reverse", "--no-color"]);
    let git = git.args(["--no-show-signature", MOST, "--no-notes", "--format=%h%x09%s"]);
    let said = git.args([format!("--since={at}").as_str(), "--"]).args(files).said();
    said.unwrap_or_default().lines().filter_map(commit).collect()
}

fn commit(line: &str) -> Option<Commit> {
    let (id, subject) = line.split_once('\t')?;
    Some(Commit { id: id.to_owned(), subject: subject.to_owned() })
}

//! The commits of a git repository that touched a report or its log.
//!
//! git is asked for nothing but a log, and gets names of files only where it takes them for such, literally.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::Path;

use jiff::Timestamp;

use crate::export::Commit;
use crate::git::{Git, entries_named};

/// How many commits are asked for.
const MOST: &str = "--max-count=1000";

/// What is asked of each commit: short id, subject and body, with a line end between.
const FORMAT: &str = "--format=%h%n%s%n%b";

/// The commits since a time that touched one of these files of a folder, oldest first, but for those of which every
/// entry of the log that they name has fallen; none where there is no git or no repository.
pub(super) fn since(at: Timestamp, folder: &Path, files: &[&OsStr], fallen: &HashSet<&str>) -> Vec<Commit> {
    let git = Git::at(folder).args(["--no-pager", "--literal-pathspecs", "log", "-z", "--reverse"]);
    let git = git.args(["--no-color", "--no-show-signature", MOST, "--no-notes", FORMAT]);
    let said = git.args([format!("--since={at}").as_str(), "--"]).args(files).said();
    let stands = |body: &&str| {
        let mut entries = entries_named(body).peekable();
        entries.peek().is_none() || entries.any(|entry| !fallen.contains(entry))
    };
    said.unwrap_or_default().split('\0').filter_map(|text| commit(text, stands)).collect()
}

fn commit(text: &str, stands: impl Fn(&&str) -> bool) -> Option<Commit> {
    let (id, rest) = text.split_once('\n')?;
    let (subject, body) = rest.split_once('\n').unwrap_or((rest, ""));
    stands(&body).then(|| Commit { id: id.to_owned(), subject: subject.to_owned() })
}

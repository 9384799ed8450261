//! The commits of a git repository that touched a report or its log.
//!
//! git is asked for nothing but a log, and gets names of files only where it takes them for such, literally.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;

use crate::export::Commit;

/// How many commits are asked for.
const MOST: &str = "--max-count=1000";

/// The commits since a time that touched one of these files of a folder, oldest first; none where there is no git or
/// no repository.
pub(super) fn since(at: Timestamp, folder: &Path, files: &[&OsStr]) -> Vec<Commit> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut git = Command::new("git");
    git.current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
    git.args(["--no-pager", "--literal-pathspecs", "log", "--reverse", "--no-color", "--no-show-signature"]);
    git.args([MOST, "--no-notes", "--format=%h%x09%s"]).arg(format!("--since={at}")).arg("--").args(files);
    let said = git.output().ok().filter(|output| output.status.success()).map(|output| output.stdout);
    String::from_utf8_lossy(&said.unwrap_or_default()).lines().filter_map(commit).collect()
}

fn commit(line: &str) -> Option<Commit> {
    let (id, subject) = line.split_once('\t')?;
    Some(Commit { id: id.to_owned(), subject: subject.to_owned() })
}

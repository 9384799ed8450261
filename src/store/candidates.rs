//! Finding the reports of a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::report::Report;

/// How long a file may be to be looked into, in bytes.
const LOOKED_INTO: u64 = 64 << 20;

/// A file that has bugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name in the folder.
    pub path: PathBuf,
    /// How many bugs it has.
    pub bugs: usize,
}

/// The Markdown files of a folder that have bugs, by name.
///
/// # Errors
/// [`Kind::Unreadable`] where the folder cannot be read; files that cannot be read are passed over.
pub fn candidates(folder: &Path, methodology: &Arc<Methodology>) -> Result<Vec<Candidate>> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Fault::new(Kind::Unreadable, "the folder cannot be read").at(folder).because(error)
    })?;
    let mut found: Vec<Candidate> =
        entries.filter_map(|entry| candidate(&entry.ok()?.path(), methodology)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn candidate(path: &Path, methodology: &Arc<Methodology>) -> Option<Candidate> {
    let is_markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    let metadata =
        path.metadata().ok().filter(|metadata| metadata.is_file() && metadata.len() <= LOOKED_INTO)?;
    if !is_markdown || metadata.len() == 0 {
        return None;
    }
    let bugs = Report::parse(std::fs::read(path).ok()?.into(), methodology).len();
    Some(Candidate { path: PathBuf::from(path.file_name()?), bugs }).filter(|one| one.bugs > 0)
}

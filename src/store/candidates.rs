//! Finding the reports of a folder, and what is worth knowing of one before it is opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::Store;
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::triage::Session;

/// How long a file may be to be looked into, in bytes.
const LOOKED_INTO: u64 = 64 << 20;

/// A file that has bugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// Its first heading, as it is written; empty where it has none.
    pub title: String,
    /// How many bugs it has.
    pub bugs: usize,
    /// How many of them were reviewed.
    pub reviewed: usize,
    /// How many decisions on it wait to be saved.
    pub unsaved: usize,
}

/// The Markdown files of a folder that have bugs, by name; those that are hidden, and those whose bytes are no report's,
/// are left out.
///
/// # Errors
/// [`Kind::Unreadable`] where the folder cannot be read; files that cannot be read are passed over.
pub fn candidates(
    folder: &Path,
    store: &Store,
    methodology: &Arc<Methodology>,
    is_report: impl Fn(&[u8]) -> bool + Sync,
) -> Result<Vec<Candidate>> {
    let paths = markdown_files(folder)?;
    let of = |path: &PathBuf| {
        let session = looked_into(path, store, methodology)?;
        is_report(session.report().base()).then(|| told(path, &session))
    };
    let mut found: Vec<Candidate> = paths.par_iter().filter_map(of).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The Markdown files of a folder that are not hidden, with bugs or without.
///
/// # Errors
/// [`Kind::Unreadable`] where the folder cannot be read.
pub fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Fault::new(Kind::Unreadable, "the folder cannot be read").at(folder).because(error)
    })?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.is_file() && is_markdown(path) && !is_hidden(path)).collect())
}

/// What is worth knowing of a report; `None` where it has no bugs, or is too long to be looked into.
pub fn candidate(path: &Path, store: &Store, methodology: &Arc<Methodology>) -> Option<Candidate> {
    looked_into(path, store, methodology).map(|session| told(path, &session))
}

fn looked_into(path: &Path, store: &Store, methodology: &Arc<Methodology>) -> Option<Session> {
    let metadata = path.metadata().ok().filter(|metadata| metadata.is_file())?;
    if metadata.len() == 0 || metadata.len() > LOOKED_INTO {
        return None;
    }
    store.look(path, methodology).ok().filter(|session| !session.report().is_empty())
}

fn told(path: &Path, session: &Session) -> Candidate {
    let report = session.report();
    let title = report.sections().first().map(|section| section.title.of(report.base()));
    let (bugs, reviewed, unsaved) = (report.len(), session.reviewed().len(), session.pending().len());
    let title = String::from_utf8_lossy(title.unwrap_or_default()).into_owned();
    Candidate { path: path.to_owned(), title, bugs, reviewed, unsaved }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

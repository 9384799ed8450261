//! git, the only door to it: who commits, what was committed, and commits of saved decisions.
//!
//! What this keeps, whatever a hook, a lock or a signature does:
//! - a save stands, committed or not: nothing here writes the report or its log;
//! - a commit has the report and its log, byte for byte as they were saved, and nothing else; what somebody has staged
//!   is neither in it nor lost;
//! - where no commit is made, nothing is staged that was not before;
//! - git never opens an editor and is never let wait for a person.
//!
//! A commit is made with an index of its own, which hooks see, so that files in the folder are not read: neither what is
//! written there meanwhile nor what a later decision of the same save has made of the report gets into it.

mod call;
mod commit;
mod message;
mod repository;

use std::path::Path;

pub use call::Git;
use repository::Repository;

use crate::fault::{Fault, Kind, Result};
use crate::progress::{Progress, Stage};
use crate::report::Writing;
use crate::store::Saved;
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

/// Commits a save, one commit for each decision, oldest first: their short ids. None where that is not asked for.
///
/// # Errors
/// [`Kind::Refused`] where not every decision was committed; the save stands all the same.
pub fn commit(made: &Made<'_>, asked: Asked, progress: &Progress) -> Result<Vec<String>> {
    if asked == Asked::Not || made.saved.decisions == 0 {
        return Ok(Vec::new());
    }
    progress.enter(Stage::Committing, 0);
    let mut ids = Vec::new();
    let done = committed(made, asked, progress, &mut ids);
    progress.enter(Stage::Idle, 0);
    done.map_err(|why| not_committed(made, &ids, why))?;
    Ok(ids)
}

fn committed(
    made: &Made<'_>,
    asked: Asked,
    progress: &Progress,
    ids: &mut Vec<String>,
) -> std::result::Result<(), Why> {
    match Repository::around(made.report)? {
        Some(repository) => commit::all(&repository, made, progress, ids),
        None if asked == Asked::WherePossible => Ok(()),
        None => Err(Why::new("it is in no git repository")
            .hint("git init makes one; without --commit nothing is to be committed")),
    }
}

/// Why something was not committed, and what to do about it.
#[derive(Debug)]
pub(crate) struct Why {
    what: String,
    hint: Option<String>,
}

impl Why {
    fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), hint: None }
    }

    fn hint(self, hint: impl Into<String>) -> Why {
        Why { hint: Some(hint.into()), ..self }
    }
}

fn not_committed(made: &Made<'_>, ids: &[String], why: Why) -> Fault {
    let what = match ids {
        [] => "saved, but not committed".to_owned(),
        _ => format!("saved, but only {} of {} decisions committed", ids.len(), made.saved.decisions),
    };
    let fault = Fault::new(Kind::Refused, what).at(made.report).because(why.what);
    let fault = if let Some(hint) = why.hint { fault.hint(hint) } else { fault };
    fault.hint(format!("once that is put right: {}", by_hand(made)))
}

/// What commits report and log by hand, as a shell takes it.
fn by_hand(made: &Made<'_>) -> String {
    let folder = quoted(&made.report.parent().unwrap_or(Path::new(".")).to_string_lossy());
    let name = |path: &Path| quoted(&path.file_name().unwrap_or_default().to_string_lossy());
    let (report, log) = (name(made.report), name(made.log));
    format!("cd {folder} && git add -- {report} {log} && git commit -- {report} {log}")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_goes_before_a_setting_and_neither_is_neither() {
        assert_eq!(Asked::by(true, true), Asked::Surely);
        assert_eq!([Asked::by(false, true), Asked::by(false, false)], [Asked::WherePossible, Asked::Not]);
    }

    /// A hint that is pasted into a shell would run what a file's name says.
    #[test]
    fn a_name_is_one_word_to_a_shell() {
        assert_eq!(quoted("reports/bugs-é.md"), "reports/bugs-é.md");
        assert_eq!(quoted("a $(b) 'c'"), r"'a $(b) '\''c'\'''");
    }
}

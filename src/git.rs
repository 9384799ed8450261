//! git, the only door to it: who commits, what was committed, and commits of saved decisions.
//!
//! What this keeps, whatever a hook, a lock or a signature does:
//! - a save stands, committed or not: nothing here writes the report or its log;
//! - what is given to git has the report and its log, byte for byte as they were saved, and nothing else. What a hook
//!   makes of that is committed, as whoever wrote the hook wants it, and told in a warning;
//! - what somebody has staged is neither in a commit nor lost;
//! - where no commit is made, nothing is staged that was not before; where one is, the index has what it changed;
//! - commits that stand are told, also where a later one fails;
//! - git never opens an editor and is never let wait for a person.
//!
//! A commit is made with an index of its own, which hooks see, so that files in the folder are not read: neither what is
//! written there meanwhile nor what a later decision of the same save has made of the report gets into it.

mod call;
mod change;
mod commit;
mod index;
mod message;
mod repository;

use std::path::Path;

pub use call::Git;
use repository::Repository;

use crate::fault::{Fault, Kind};
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

/// Commits a save, one commit for each decision, oldest first; nothing where that is not asked for. The save stands
/// whatever becomes of that.
pub fn commit(made: &Made<'_>, asked: Asked, progress: &Progress) -> Commits {
    let mut commits = Commits::default();
    if asked == Asked::Not || made.saved.decisions == 0 {
        return commits;
    }
    progress.enter(Stage::Committing, 0);
    let done = committed(made, asked, progress, &mut commits);
    progress.enter(Stage::Idle, 0);
    commits.uncommitted = done.err().map(|why| not_committed(made, commits.decisions, why));
    commits
}

fn committed(
    made: &Made<'_>,
    asked: Asked,
    progress: &Progress,
    commits: &mut Commits,
) -> std::result::Result<(), Why> {
    match Repository::around(made.report)? {
        Some(repository) => commit::all(&repository, made, progress, commits),
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
    /// What comes before the command that commits by hand.
    then: &'static str,
}

impl Why {
    fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), hint: None, then: "once mended" }
    }

    fn hint(self, hint: impl Into<String>) -> Why {
        Why { hint: Some(hint.into()), ..self }
    }

    /// Says that committing by hand is all that is to be done.
    fn by_hand(self) -> Why {
        Why { then: "to commit all of it", ..self }
    }
}

/// That decisions are saved in the log of a report and not committed, where that is asked for; `None` also where git
/// cannot say.
pub fn uncommitted(report: &Path, log: &Path, asked: Asked) -> Option<Fault> {
    let (folder, name) = (log.parent().filter(|_| asked != Asked::Not)?, log.file_name()?);
    let git = Git::at(folder).args(["--no-pager", "--no-optional-locks", "--literal-pathspecs", "status"]);
    git.args(["--porcelain", "--untracked-files=all", "--"]).args([name]).said()?;
    let [folder, files] = words(report, log);
    let by_hand = format!("to commit it: cd {folder} && git add {files} && git commit {files}");
    Some(Fault::new(Kind::Refused, NOT_COMMITTED).at(report).hint(by_hand))
}

/// What has become of a save that no commit has.
const NOT_COMMITTED: &str = "saved, but not committed";

fn not_committed(made: &Made<'_>, committed: usize, why: Why) -> Fault {
    let what = match committed {
        0 => NOT_COMMITTED.to_owned(),
        _ => format!("saved, but only {committed} of {} decisions committed", made.saved.decisions),
    };
    let fault = Fault::new(Kind::Refused, what).at(made.report).because(why.what);
    let fault = if let Some(hint) = why.hint { fault.hint(hint) } else { fault };
    let [folder, files] = words(made.report, made.log);
    fault.hint(format!("{}: cd {folder} && git add {files} && git commit {files}", why.then))
}

/// Says that commits stand and the index is not what it should be after them.
fn behind(made: &Made<'_>, why: Why) -> Fault {
    let [folder, files] = words(made.report, made.log);
    Fault::new(Kind::Refused, "saved and committed, but what was before looks staged")
        .at(made.report)
        .because(why.what)
        .hint(format!("the next commit of regrade mends that, or: cd {folder} && git reset -q {files}"))
}

/// The folder, and report and log in it, as a shell and git take them.
fn words(report: &Path, log: &Path) -> [String; 2] {
    let folder = quoted(&report.parent().unwrap_or(Path::new(".")).to_string_lossy());
    [folder, format!("{} {}", named(report), named(log))]
}

/// A file of the folder, its name taken for nothing else.
fn named(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with(['-', ':']) { quoted(&format!("./{name}")) } else { quoted(&name) }
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
        let named = ["in/-f.md", ":(top).md"].map(|path| named(Path::new(path)));
        assert_eq!(named, ["./-f.md", "'./:(top).md'"]);
    }
}

//! The command that commits by hand what is saved: as it stands, with the message that was made for it, of these two files
//! alone, whatever their names.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ffi::OsString;
use std::path::Path;

use super::left::Left;
use super::repository::Repository;
use super::run::Ground;
use super::{Files, message};
use crate::deviation::{Entry, Log};

/// What a pattern of paths takes for more than itself.
const WILD: [char; 4] = ['*', '?', '[', '\\'];

/// `cd reports && git add bugs.md bugs.deviations.yaml && git commit -F ../.git/regrade/… bugs.md bugs.deviations.yaml`.
pub(super) fn command(files: Files<'_>, ground: &Ground) -> String {
    let Ground { repository, left } = ground;
    let both = [files.report, files.log];
    let names = both.map(|path| path.file_name().unwrap_or_default().to_owned());
    let shut_out = repository.as_ref().and_then(|repository| repository.shut_out(&names).ok().flatten());
    let force = if shut_out.is_some() { " -f" } else { "" };
    let [folder, words] = words(files);
    let git = if both.into_iter().any(|path| name(path).contains(WILD)) {
        "git --literal-pathspecs"
    } else {
        "git"
    };
    let kept = left.as_ref().filter(|left| !left.steps.is_empty()).map(Left::message_file);
    let with = match kept.filter(|file| files.folder().join(file).exists()) {
        Some(file) => format!("-F {}", quoted(&file.to_string_lossy())),
        None => format!("-m {}", quoted(&subject(repository.as_ref(), files, &names))),
    };
    format!("cd {folder} && {git} add{force} {words} && {git} commit {with} {words}")
}

/// The folder, and report and log in it, as a shell and git take them.
pub(super) fn words(files: Files<'_>) -> [String; 2] {
    let folder = quoted(&files.report.parent().unwrap_or(Path::new(".")).to_string_lossy());
    [folder, format!("{} {}", named(files.report), named(files.log))]
}

/// The first line of a message of all that the log has and the last commit has not.
fn subject(repository: Option<&Repository>, files: Files<'_>, names: &[OsString; 2]) -> String {
    let committed = repository.and_then(|repository| {
        let [_, log] = repository.committed_ids(names).ok()?;
        repository.bytes(log.as_deref()).ok()
    });
    let committed = Log::read(&committed.unwrap_or_default());
    let known: HashSet<&str> = committed.entries.iter().map(|entry| entry.id.as_str()).collect();
    let log = Log::read(&files.read(files.log).ok().flatten().unwrap_or_default());
    let new: Vec<Entry> =
        log.entries.iter().filter(|entry| !known.contains(entry.id.as_str())).cloned().collect();
    let stem = files.report.file_stem().unwrap_or_default().to_string_lossy();
    message::of(&new, &log.entries, &stem).lines().next().unwrap_or("triage").to_owned()
}

fn name(path: &Path) -> Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}

/// A file of the folder, its name taken for nothing else.
pub(super) fn named(path: &Path) -> String {
    let name = name(path);
    if name.starts_with(['-', ':']) { quoted(&format!("./{name}")) } else { quoted(&name) }
}

/// A word as a shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if word.chars().all(is_plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hint that is pasted into a shell would run what a file's name says.
    #[test]
    fn a_name_is_one_word_to_a_shell() {
        assert_eq!(quoted("reports/bugs-é.md"), "reports/bugs-é.md");
        assert_eq!(quoted("a $(b) 'c'"), r"'a $(b) '\''c'\'''");
        let named = ["in/-f.md", ":(top).md"].map(|path| named(Path::new(path)));
        assert_eq!(named, ["./-f.md", "'./:(top).md'"]);
    }
}

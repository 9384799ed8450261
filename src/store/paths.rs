//! Where files stand. Names come from the report's path and from numbers, never from its content.

use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

/// How many characters of a report's name a journal's name shows.
const SHOWN: usize = 40;

/// The folder that a file stands in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The new file that is to take the place of `target`, in the same folder.
pub(super) fn beside(target: &Path) -> PathBuf {
    let sum = xxh3_64(target.file_name().unwrap_or_default().as_encoded_bytes());
    target.with_file_name(format!(".regrade-{sum:016x}.new"))
}

/// What the name of a deviation log ends in.
const LOG: &str = ".deviations.yaml";

/// The deviation log of the report with this real path: `<stem>.deviations.yaml` beside it.
pub(super) fn log(real: &Path) -> PathBuf {
    let mut name = real.file_stem().unwrap_or_default().to_owned();
    name.push(LOG);
    real.with_file_name(name)
}

/// Whether a path has the name of a deviation log.
pub(super) fn is_log(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(LOG.as_bytes()))
}

/// The journal of the report with this real path.
pub(super) fn journal(state: &Path, real: &Path) -> PathBuf {
    let stem = real.file_stem().unwrap_or_default().to_string_lossy();
    let kept = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let stem: String = stem.chars().take(SHOWN).map(kept).collect();
    let sum = xxh3_64(real.as_os_str().as_encoded_bytes());
    journals(state).join(format!("{stem}-{sum:016x}.journal"))
}

/// Where the suggestions are that were declined for the report with this real path.
pub(super) fn declined(state: &Path, real: &Path) -> PathBuf {
    journal(state, real).with_extension("declined")
}

/// Where the proposals are that others make for the report with this real path.
pub(super) fn proposals(state: &Path, real: &Path) -> PathBuf {
    journal(state, real).with_extension("proposals")
}

/// Where a rationale is kept that was being typed about the report with this real path.
pub(super) fn unfinished(state: &Path, real: &Path) -> PathBuf {
    journal(state, real).with_extension("unfinished")
}

/// Where journals are.
pub(super) fn journals(state: &Path) -> PathBuf {
    state.join("journals")
}

/// Whether a file among the journals is one, set aside or not.
pub(super) fn is_journal(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "journal") || is_aside(path)
}

/// Whether it is a journal that was set aside.
pub(super) fn is_aside(path: &Path) -> bool {
    let is_journal = path.file_stem().is_some_and(|stem| stem.as_encoded_bytes().ends_with(b".journal"));
    let why = path.extension().unwrap_or_default().to_string_lossy();
    is_journal && ["aside-", "damaged-"].iter().any(|aside| why.starts_with(aside))
}

/// The lock that guards a journal.
pub(super) fn lock(journal: &Path) -> PathBuf {
    journal.with_extension("lock")
}

/// Where a journal goes that no desk takes up any more: `why` is `aside`, `damaged`, or `brought` where all of it was brought to
/// another; `number` counts from 1.
pub(super) fn aside(journal: &Path, why: &str, number: u32) -> PathBuf {
    let mut name = journal.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{why}-{number}"));
    journal.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_stands_beside_the_report_under_its_name() {
        assert_eq!(log(Path::new("/a/bugs.found.md")), Path::new("/a/bugs.found.deviations.yaml"));
    }

    #[test]
    fn reports_of_one_name_have_journals_of_their_own_and_odd_names_do_no_harm() {
        let of = |path: &str| journal(Path::new("/s"), Path::new(path));
        assert_ne!(of("/a/bugs.md"), of("/b/bugs.md"));
        let odd = of("/a/\u{1b}[2J ..\n.md");
        let name = odd.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("__2J____-") && odd.parent() == Some(Path::new("/s/journals")), "{name}");
        assert!(aside(&odd, "aside", 2).to_str().unwrap().ends_with(".journal.aside-2"));
    }
}

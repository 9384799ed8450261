//! The files of a project that count for a report: those in its folder and in the folders around it.
//!
//! What lies beyond the project never counts, for it is another's: the search ends with the root of a repository and
//! with the person's home, and before a folder that everybody shares.

use std::path::{Path, PathBuf};

use super::Env;

/// What a project's settings are called.
pub(super) const NAME: &str = ".regrade.yaml";

/// What the root of a repository has in it.
const ROOTS: [&str; 3] = [".git", ".hg", ".jj"];

/// The files that are there, those that go before others last: that of the nearest folder.
pub(super) fn files(env: &Env, report: Option<&Path>) -> Vec<PathBuf> {
    let nearest = folder(env, report);
    let home = env.home.as_ref().map(|home| home.canonicalize().unwrap_or_else(|_| home.clone()));
    let mut found: Vec<PathBuf> = around(&nearest, home.as_deref())
        .map(|folder| folder.join(NAME))
        .filter(|path| path.exists())
        .collect();
    found.reverse();
    found
}

/// The folder from which a project's settings are looked for: that of the report, or the one we are in.
pub(super) fn folder(env: &Env, report: Option<&Path>) -> PathBuf {
    let report = report.map(|report| env.cwd.join(report));
    let folder = report.as_deref().and_then(Path::parent).unwrap_or(&env.cwd);
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// A folder and those around it that belong to its project.
fn around<'f>(nearest: &'f Path, home: Option<&'f Path>) -> impl Iterator<Item = &'f Path> {
    let is_last = move |folder: &Path| Some(folder) == home || is_root(folder);
    let mut last = false;
    nearest.ancestors().take_while(move |folder| {
        let goes_on = !last && (*folder == nearest || !is_shared(folder));
        last = is_last(folder);
        goes_on
    })
}

fn is_root(folder: &Path) -> bool {
    ROOTS.iter().any(|name| folder.join(name).exists())
}

/// Whether anybody may put a file there beside those of others, as into `/tmp`.
#[cfg(unix)]
fn is_shared(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    const STICKY_AND_OPEN: u32 = 0o1002;
    let mode = std::fs::metadata(folder).map_or(0, |found| found.permissions().mode());
    mode & STICKY_AND_OPEN == STICKY_AND_OPEN
}

#[cfg(not(unix))]
fn is_shared(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Files in these folders of a new place, and those that count for a report in `a/b/c`.
    fn found(prepare: impl FnOnce(&Path), home: &str) -> Vec<String> {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("a folder");
        fs::create_dir_all(root.join("a/b/c")).expect("folders");
        for folder in ["", "a", "a/b", "a/b/c"] {
            fs::write(root.join(folder).join(NAME), "").expect("a file");
        }
        prepare(&root);
        let env = Env { cwd: root.clone(), home: Some(root.join(home)), ..Env::default() };
        let files = files(&env, Some(Path::new("a/b/c/bugs.md")));
        let within = files.iter().filter_map(|path| path.strip_prefix(&root).ok()?.parent());
        within.map(|folder| folder.display().to_string()).collect()
    }

    #[test]
    fn every_folder_of_the_project_counts_the_nearest_last() {
        assert_eq!(found(|_| (), "elsewhere"), ["", "a", "a/b", "a/b/c"]);
        let lone = |root: &Path| fs::remove_file(root.join("a/b").join(NAME)).expect("removed");
        assert_eq!(found(lone, "elsewhere"), ["", "a", "a/b/c"]);
    }

    /// A file that somebody left above a project would switch its guards off.
    #[test]
    fn nothing_beyond_the_repository_or_the_home_counts() {
        for name in ROOTS {
            let repository = |root: &Path| fs::create_dir(root.join("a/b").join(name)).expect("a folder");
            assert_eq!(found(repository, "a"), ["a/b", "a/b/c"], "{name}");
        }
        assert_eq!(found(|_| (), "a"), ["a", "a/b", "a/b/c"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_anybody_may_have_put_there_counts_only_beside_the_report() {
        use std::os::unix::fs::PermissionsExt as _;
        let share = |folder: &'static str| {
            move |root: &Path| {
                let open = fs::Permissions::from_mode(0o1777);
                fs::set_permissions(root.join(folder), open).expect("permissions");
            }
        };
        assert_eq!(found(share("a"), "elsewhere"), ["a/b", "a/b/c"]);
        assert_eq!(found(share("a/b/c"), "elsewhere"), ["", "a", "a/b", "a/b/c"]);
    }
}

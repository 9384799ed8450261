//! The folders where the files stand that a report names, and what stands there.
//!
//! A report is written by somebody who may mean harm: what it names is looked for in the report's folder and those
//! around it up to the root of the project, and nowhere else. A name that leads out of there is not asked the disk
//! for, a link that does is followed no further than to see that it does, and nothing but a regular file is opened.

pub(super) mod excerpt;

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::Store;
use super::fs::{Fs, Shape};
use super::paths;

/// What the root of a repository has in it.
const ROOTS: [&str; 3] = [".git", ".hg", ".jj"];

/// What the root of a project has in it that is in no repository.
const SETTINGS: [&str; 1] = [".regrade.yaml"];

/// How many folders around the report are looked into at most.
const FOLDERS: usize = 32;

/// How long a name may be, in bytes.
const LONGEST: usize = 1024;

/// The folders around a report.
#[derive(Clone)]
pub struct Grounds {
    pub(super) fs: Arc<dyn Fs>,
    report: PathBuf,
}

/// What stands where a report names a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A file, at this path without links.
    File(PathBuf, u64),
    /// A folder, at this path without links.
    Folder(PathBuf),
    /// Something that is not opened: a pipe, a device.
    Other,
    /// Nothing.
    Missing,
    /// Something outside of the project, or what would be there.
    Outside,
}

impl Store {
    /// The folders around a report.
    pub fn grounds(&self, report: &Path) -> Grounds {
        Grounds { fs: Arc::clone(&self.fs), report: report.to_owned() }
    }
}

impl Grounds {
    /// What stands where each of these names leads, looked for beside the report first.
    pub fn inspect<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Vec<Standing> {
        let folders = self.folders();
        names.into_iter().map(|name| self.standing(name, &folders)).collect()
    }

    /// The folder of the report and those around it up to the root of the project; that folder alone where there
    /// is no root.
    fn folders(&self) -> Vec<PathBuf> {
        let Ok(report) = self.fs.resolve(&self.report) else { return Vec::new() };
        let around: Vec<&Path> = paths::folder(&report).ancestors().take(FOLDERS).collect();
        let with = |names: &[&str]| {
            let has_one =
                |folder: &&Path| names.iter().any(|name| self.fs.status(&folder.join(name)).is_ok());
            around.iter().position(has_one)
        };
        let root = with(&ROOTS).or_else(|| with(&SETTINGS)).unwrap_or(0);
        around.into_iter().take(root + 1).map(Path::to_owned).collect()
    }

    fn standing(&self, name: &str, folders: &[PathBuf]) -> Standing {
        let Some(root) = folders.last() else { return Standing::Missing };
        if name.len() > LONGEST || name.contains('\0') {
            return Standing::Missing;
        }
        let mut found = Standing::Outside;
        for folder in folders {
            match within(root, folder, name) {
                Some(path) => match self.at(root, &path) {
                    Standing::Missing => found = Standing::Missing,
                    Standing::Outside => return Standing::Outside,
                    here => return here,
                },
                None => continue,
            }
        }
        found
    }

    /// What stands at a path that is written within the root.
    fn at(&self, root: &Path, path: &Path) -> Standing {
        let Ok(real) = self.fs.resolve(path) else { return Standing::Missing };
        if !real.starts_with(root) {
            return Standing::Outside;
        }
        match self.fs.status(&real) {
            Ok(status) => match status.shape {
                Shape::File => Standing::File(real, status.length),
                Shape::Folder => Standing::Folder(real),
                Shape::Link | Shape::Other => Standing::Other,
            },
            Err(_) => Standing::Missing,
        }
    }
}

/// Where a name leads from a folder, as far as that is told without a disk; `None` where it leads out of the root.
fn within(root: &Path, folder: &Path, name: &str) -> Option<PathBuf> {
    let name = if name.contains('/') { name.to_owned() } else { name.replace('\\', "/") };
    let mut path = folder.to_owned();
    for part in Path::new(&name).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            Component::RootDir => path = PathBuf::from(std::path::MAIN_SEPARATOR_STR),
            Component::Prefix(prefix) => path = PathBuf::from(prefix.as_os_str()),
        }
    }
    path.starts_with(root).then_some(path)
}

impl std::fmt::Debug for Grounds {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Grounds").field("report", &self.report).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// A project in a folder, with a report in `docs`, and a secret beside it.
    fn project() -> (tempfile::TempDir, Grounds) {
        let home = tempfile::tempdir().unwrap();
        for folder in ["project/.git", "project/docs", "project/src"] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        for file in ["secret.txt", "project/docs/bugs.md", "project/docs/near.md", "project/src/a.py"] {
            fs::write(home.path().join(file), "12345").unwrap();
        }
        symlink("../../secret.txt", home.path().join("project/src/leak.txt")).unwrap();
        symlink("../..", home.path().join("project/src/up")).unwrap();
        symlink("loop", home.path().join("project/src/loop")).unwrap();
        symlink("a.py", home.path().join("project/src/b.py")).unwrap();
        let report = home.path().join("project/docs/bugs.md");
        let store = Store::new(home.path().join("state"));
        (home, store.grounds(&report))
    }

    fn told(home: &Path, grounds: &Grounds, name: &str) -> String {
        let home = fs::canonicalize(home).unwrap();
        let inside = |path: &Path| path.strip_prefix(&home).unwrap().display().to_string();
        match grounds.inspect([name]).remove(0) {
            Standing::File(path, length) => format!("{} {length}", inside(&path)),
            Standing::Folder(path) => format!("{}/", inside(&path)),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn files_are_found_beside_the_report_and_up_to_the_root_of_the_project() {
        let (home, grounds) = project();
        let absolute = home.path().canonicalize().unwrap().join("project/src/a.py").display().to_string();
        for (name, expected) in [
            ("near.md", "project/docs/near.md 5"),
            ("src/a.py", "project/src/a.py 5"),
            ("./src/../src/a.py", "project/src/a.py 5"),
            ("../src/a.py", "project/src/a.py 5"),
            ("src\\a.py", "project/src/a.py 5"),
            (&absolute, "project/src/a.py 5"),
            ("src/b.py", "project/src/a.py 5"),
            ("src", "project/src/"),
            ("src/no.py", "Missing"),
            ("", "project/docs/"),
        ] {
            assert_eq!(told(home.path(), &grounds, name), expected, "{name}");
        }
    }

    /// A team's settings for one folder would hide the code beside it.
    #[test]
    fn settings_are_the_root_of_what_is_in_no_repository() {
        let (home, grounds) = project();
        fs::write(home.path().join("project/docs/.regrade.yaml"), "").unwrap();
        assert_eq!(told(home.path(), &grounds, "src/a.py"), "project/src/a.py 5");
        fs::remove_dir(home.path().join("project/.git")).unwrap();
        assert_eq!(told(home.path(), &grounds, "src/a.py"), "Missing");
        assert_eq!(told(home.path(), &grounds, "near.md"), "project/docs/near.md 5");
    }

    /// A report could make a reviewer's desk look at, and show, whatever they can read.
    #[test]
    fn nothing_outside_of_the_project_is_looked_at() {
        let (home, grounds) = project();
        let secret = home.path().canonicalize().unwrap().join("secret.txt").display().to_string();
        let long = "a/".repeat(2000);
        for (name, expected) in [
            ("../../secret.txt", "Outside"),
            ("../../../../../../../../etc/passwd", "Outside"),
            ("/etc/passwd", "Outside"),
            ("src/leak.txt", "Outside"),
            ("src/up/secret.txt", "Outside"),
            ("src/loop", "Missing"),
            ("~/.ssh/id_ed25519", "Missing"),
            ("src/a.py/../../../secret.txt", "Missing"),
            ("a\0b", "Missing"),
            (secret.as_str(), "Outside"),
            (long.as_str(), "Missing"),
        ] {
            assert_eq!(told(home.path(), &grounds, name), expected, "{name}");
        }
    }

    /// Whoever opens a pipe waits until somebody writes to it.
    #[test]
    fn a_pipe_is_told_and_never_opened() {
        let (home, grounds) = project();
        let pipe = home.path().join("project/src/pipe.py");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        assert_eq!(told(home.path(), &grounds, "src/pipe.py"), "Other");
        assert!(grounds.excerpt("src/pipe.py", Some(3)).is_err());
    }
}

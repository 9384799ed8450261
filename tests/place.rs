//! A folder of its own for a test, and the program run in it with a scrubbed environment, a fixed time
//! and a fixed person.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regrade::deviation::{Entry, Log};
use tempfile::TempDir;

/// 2026-02-11T20:25:48Z, the hour of the review that regrade was born from.
pub const EPOCH: &str = "1770841548";

/// A folder of its own.
pub struct Place {
    folder: TempDir,
}

/// What a run of the program said.
#[derive(Debug, PartialEq)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder that holds one file.
    pub fn with(name: &str, bytes: impl AsRef<[u8]>) -> Place {
        let place = Place::new();
        place.write(name, bytes);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn read(&self, name: &str) -> String {
        String::from_utf8(fs::read(self.path(name)).unwrap()).unwrap()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// The variables that every run has, and no others.
    pub fn vars(&self) -> [(&'static str, String); 7] {
        [
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("HOME", self.root().join("home").display().to_string()),
            ("REGRADE_STATE_DIR", self.root().join("state").display().to_string()),
            ("REGRADE_CONFIG_DIR", self.root().join("config").display().to_string()),
            ("GIT_AUTHOR_NAME", "Ada Example".to_owned()),
            ("GIT_AUTHOR_EMAIL", "ada@example.org".to_owned()),
            ("SOURCE_DATE_EPOCH", EPOCH.to_owned()),
        ]
    }

    /// Runs the program here without a terminal.
    pub fn run(&self, args: &[&str]) -> Said {
        self.run_with(&args.iter().map(OsStr::new).collect::<Vec<_>>())
    }

    /// Runs what must go well, without a warning; gives what it said.
    pub fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        said.out
    }

    /// The same at another time, in seconds since 1970.
    pub fn run_at(&self, epoch: &str, args: &[&str]) -> Said {
        let args: Vec<&OsStr> = args.iter().map(OsStr::new).collect();
        self.run_as(&args, &[("SOURCE_DATE_EPOCH", epoch)])
    }

    /// The same with arguments that need not be text.
    pub fn run_with(&self, args: &[&OsStr]) -> Said {
        self.run_as(args, &[])
    }

    /// The same with more variables.
    pub fn run_in(&self, args: &[&str], vars: &[(&str, &str)]) -> Said {
        self.run_as(&args.iter().map(OsStr::new).collect::<Vec<_>>(), vars)
    }

    fn run_as(&self, args: &[&OsStr], vars: &[(&str, &str)]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_regrade"))
            .args(args)
            .env_clear()
            .envs(self.vars())
            .envs(vars.iter().copied())
            .current_dir(self.root())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes).unwrap().replace(&self.root().display().to_string(), "HERE")
        };
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs the program with text on its standard input; gives its code and all that it said.
    pub fn piped(&self, args: &[&str], text: &str) -> (Option<i32>, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_regrade"))
            .args(args)
            .env_clear()
            .envs(self.vars())
            .current_dir(self.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Whoever refuses reads nothing.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        let said = child.wait_with_output().unwrap();
        (said.status.code(), String::from_utf8([said.stdout, said.stderr].concat()).unwrap())
    }

    /// The log of `bugs.md`; empty where there is none.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("bugs.deviations.yaml")).unwrap_or_default()
    }

    /// The entries of that log, which must be whole.
    pub fn entries(&self) -> Vec<Entry> {
        let log = Log::read(self.log().as_bytes());
        assert_eq!((log.problems.as_slice(), log.verify().as_slice()), ([].as_slice(), [].as_slice()));
        log.entries
    }

    /// Every file here by its name, journals left out.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().path());
        let files = entries.filter(|path| path.is_file());
        files
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect()
    }
}

/// A file that the project is developed beside; a user's machine does not have it.
///
/// Says on a line that the test is skipped where it is absent, and fails where CI must have it.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "../shared/{path} is absent, which CI must have");
    eprintln!("skipped: ../shared/{path} is absent");
    None
}

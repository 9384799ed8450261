//! A folder with a report, for tests of the store.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::{Opened, Store};
use crate::deviation::Log;
use crate::methodology::{LevelId, Methodology};
use crate::report::{BugIx, To};
use crate::triage::{BugSet, Decision, Draft, Event, Kind, Set};

/// Three bugs, in the layout of most reports.
pub(super) const REPORT: &str = "\
# Bugs found

| Severity | Count |
|----------|-------|
| P0 (Critical) | 2 |
| P2 (Medium) | 1 |

## P0 Bugs (Critical)

### BUG-001: Missing dependency

- **Severity:** P0 - ImportError
- **Status:** Open

### BUG-002: Coverage warning

- **Severity:** P0 - CoverageWarning

## P2 Bugs (Medium)

### BUG-003: Slow test

- **Severity:** P2
";

/// A folder with a report in it, and a state folder that is not there yet.
pub(super) struct Rig {
    pub(super) folder: TempDir,
    pub(super) methodology: Arc<Methodology>,
}

impl Rig {
    pub(super) fn new() -> Rig {
        let rig = Rig { folder: tempfile::tempdir().unwrap(), methodology: methodology() };
        fs::write(rig.path(), REPORT).unwrap();
        rig
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("bugs.md")
    }

    pub(super) fn store(&self) -> Store {
        Store::new(self.folder.path().join("state"))
    }

    pub(super) fn open(&self) -> Opened {
        self.store().open(&self.path(), &self.methodology).unwrap()
    }

    pub(super) fn report(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    pub(super) fn log(&self) -> Log {
        self.store().log(&self.path()).unwrap()
    }

    /// The names of the files beside the journal, sorted, without what tells journals apart.
    pub(super) fn journals(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path().join("state/journals")).unwrap();
        let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> =
            entries.map(name).map(|name| name[name.find(".journal").unwrap()..].to_owned()).collect();
        names.sort();
        names
    }
}

pub(super) fn methodology() -> Arc<Methodology> {
    Arc::new(Methodology::embedded())
}

/// Bugs, by place, get this level.
pub(super) fn decided(bugs: &[u32], level: u8, rationale: &str) -> Event {
    let bugs: BugSet = bugs.iter().map(|&bug| BugIx(bug)).collect();
    let mut draft = Draft::new(Kind::Reclassified, bugs.clone(), Set::severity(LevelId(level)));
    (draft.seen, draft.rationale) = (bugs, rationale.to_owned());
    let at = "2026-02-11T20:25:48Z".parse().unwrap();
    Event::Decided(Decision { at, by: String::from("Ada <ada@example.org>"), draft })
}

/// The same, beside a field that would be read as another level.
pub(super) fn unsayable(bugs: &[u32], rationale: &str) -> Event {
    let Event::Decided(mut decision) = decided(bugs, 2, rationale) else { unreachable!("it is decided") };
    let field = (String::from("Severity"), To::Value(String::from("P3")));
    decision.draft.parts.iter_mut().for_each(|part| part.set.fields = vec![field.clone()]);
    Event::Decided(decision)
}

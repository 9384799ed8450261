//! A rationale that was being typed when the desk was ended, kept in the state folder for the next opening.
//!
//! It decides nothing and is a convenience: what cannot be read or written of it is not told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fs::Fs;
use super::{Store, paths};
use crate::triage::Begun;

/// How many bytes of a text are kept.
const MOST: usize = 64 << 10;

/// A rationale as it is kept.
#[derive(Serialize, Deserialize)]
struct Record {
    text: String,
    #[serde(default)]
    bugs: Vec<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    rule: Option<u8>,
}

/// Where the unfinished rationale of a report is kept.
#[derive(Clone)]
pub struct Unfinished {
    fs: Arc<dyn Fs>,
    path: Option<PathBuf>,
}

impl Store {
    /// Where the unfinished rationale of a report is kept.
    pub fn unfinished(&self, report: &Path) -> Unfinished {
        let path = self.fs.real(report).ok().map(|real| paths::unfinished(&self.state, &real));
        Unfinished { fs: self.fs.clone(), path }
    }
}

impl Unfinished {
    /// What was left there; `None` where nothing was.
    pub fn begun(&self) -> Option<Begun> {
        let bytes = self.fs.read(self.path.as_ref()?).ok()??;
        let begun = match serde_json::from_slice(&bytes) {
            Ok(Record { text, bugs, scope, rule }) => Begun { text, bugs, scope, rule },
            Err(_) => Begun::from(String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]).trim().to_owned()),
        };
        (!begun.text.is_empty()).then_some(begun)
    }

    /// Leaves this there, in the place of what was.
    pub fn keep(&self, begun: Option<&Begun>) {
        let Some(path) = &self.path else { return };
        let _told_nobody = match begun {
            Some(begun) => {
                let folder = paths::folder(path);
                self.fs.make_folders(folder).and_then(|()| self.fs.write_whole(path, &written(begun)))
            }
            None if self.fs.is_there(path).unwrap_or(false) => self.fs.remove(path),
            None => Ok(()),
        };
    }
}

fn written(begun: &Begun) -> Vec<u8> {
    let Begun { text, bugs, scope, rule } = begun.clone();
    let text = text[..text.floor_char_boundary(MOST)].trim().to_owned();
    serde_json::to_vec(&Record { text, bugs, scope, rule }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_left_is_there_until_it_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("bugs.md");
        fs::write(&report, "# x\n").unwrap();
        let unfinished = Store::new(folder.path().join("state")).unfinished(&report);
        unfinished.keep(None);
        assert_eq!(unfinished.begun(), None);
        let begun = Begun {
            text: "Only the tests\nare".to_owned(),
            bugs: vec!["BUG-2".to_owned()],
            scope: Some("Configuration".to_owned()),
            rule: Some(2),
        };
        unfinished.keep(Some(&begun));
        assert_eq!(unfinished.begun(), Some(begun));
        let path = unfinished.path.clone().unwrap();
        fs::write(path, " Only\nthe tests ").unwrap();
        assert_eq!(unfinished.begun(), Some(Begun::from("Only\nthe tests".to_owned())), "a text alone");
        unfinished.keep(Some(&Begun::from("ä".repeat(MOST))));
        assert_eq!(unfinished.begun().map(|begun| begun.text.len()), Some(MOST));
        unfinished.keep(None);
        assert_eq!(unfinished.begun(), None);
        assert_eq!(Store::new(folder.path()).unfinished(&folder.path().join("none.md")).begun(), None);
    }
}

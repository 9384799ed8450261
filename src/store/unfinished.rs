//! A rationale that was being typed when the desk was ended, kept in the state folder for the next opening.
//!
//! It decides nothing and is a convenience: what cannot be read or written of it is not told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fs::Fs;
use super::{Store, paths};

/// How many bytes of a text are kept.
const MOST: usize = 64 << 10;

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
    pub fn text(&self) -> Option<String> {
        let mut bytes = self.fs.read(self.path.as_ref()?).ok()??.to_vec();
        bytes.truncate(MOST);
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// Leaves this there, in the place of what was.
    pub fn keep(&self, text: Option<&str>) {
        let Some(path) = &self.path else { return };
        let _told_nobody = match text {
            Some(text) => {
                let folder = paths::folder(path);
                self.fs.make_folders(folder).and_then(|()| self.fs.write_whole(path, text.as_bytes()))
            }
            None if self.fs.is_there(path).unwrap_or(false) => self.fs.remove(path),
            None => Ok(()),
        };
    }
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
        assert_eq!(unfinished.text(), None);
        unfinished.keep(Some("Only the tests\nare"));
        assert_eq!(unfinished.text().as_deref(), Some("Only the tests\nare"));
        unfinished.keep(None);
        assert_eq!(unfinished.text(), None);
        assert_eq!(Store::new(folder.path()).unfinished(&folder.path().join("none.md")).text(), None);
    }
}

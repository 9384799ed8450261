//! The reports that were opened last, the newest first, in a file of the state folder.
//!
//! It is a convenience: what cannot be read of it is left out, and what cannot be written is not told.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Store;

/// How many are remembered.
const MOST: usize = 24;

#[derive(Deserialize, Serialize)]
struct Record {
    path: PathBuf,
}

impl Store {
    /// The real paths of the reports that were opened last and are still there, the newest first.
    pub fn recent(&self) -> Vec<PathBuf> {
        self.remembered().into_iter().filter(|path| self.fs.is_there(path).unwrap_or(false)).collect()
    }

    /// Remembers that a report was opened.
    pub fn remember(&self, report: &Path) {
        let Ok(real) = self.fs.real(report) else { return };
        let others = self.remembered().into_iter().filter(|path| *path != real);
        let paths: Vec<PathBuf> = std::iter::once(real.clone()).chain(others).take(MOST).collect();
        let lines = paths.into_iter().filter_map(|path| serde_json::to_string(&Record { path }).ok());
        let text: String = lines.map(|line| line + "\n").collect();
        let _told_nobody = self
            .fs
            .make_folders(&self.state)
            .and_then(|()| self.fs.write_whole(&self.list(), text.as_bytes()));
    }

    fn remembered(&self) -> Vec<PathBuf> {
        let bytes = self.fs.read(&self.list()).ok().flatten().unwrap_or_default();
        let records = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        records.map(|Record { path }| path).take(MOST).collect()
    }

    fn list(&self) -> PathBuf {
        self.state.join("recent.jsonl")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_opened_last_comes_first_and_once_while_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("state"));
        assert_eq!(store.recent(), [] as [PathBuf; 0]);
        let home = folder.path().canonicalize().unwrap();
        let paths = ["a.md", "b.md", "c.md"].map(|name| home.join(name));
        paths.iter().for_each(|path| fs::write(path, "# x\n").unwrap());
        [0, 1, 2, 0].iter().for_each(|at: &usize| store.remember(&paths[*at]));
        assert_eq!(store.recent(), [&paths[0], &paths[2], &paths[1]].map(Clone::clone));
        fs::remove_file(&paths[2]).unwrap();
        assert_eq!(store.recent(), [paths[0].clone(), paths[1].clone()]);
    }

    /// A list that grew for ever, or a line that nobody can read, would be in the way of every opening.
    #[test]
    fn a_long_or_damaged_list_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path());
        for at in 0..MOST + 5 {
            let path = folder.path().join(format!("{at}.md"));
            fs::write(&path, "# x\n").unwrap();
            store.remember(&path);
        }
        assert_eq!(store.recent().len(), MOST);
        let list = folder.path().join("recent.jsonl");
        let text = fs::read_to_string(&list).unwrap();
        fs::write(&list, format!("{{\"path\":7}}\n\u{0}\n{text}")).unwrap();
        assert_eq!(store.recent().len(), MOST);
    }
}

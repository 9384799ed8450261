//! What commits have changed, and what is staged: paths from the root of the repository, and what is there now.

use std::collections::HashSet;

use super::Why;
use super::repository::{Entry, Repository};

/// How differences are asked for: every file by itself, a moved one as two, all ids in full.
const RAW: [&str; 6] = ["-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none"];

/// A file that was changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// Its path from the root, in git's bytes.
    pub(super) path: Vec<u8>,
    /// What is there now; mode and id are zeros where nothing is.
    pub(super) after: Entry,
}

impl Repository {
    /// What a commit has otherwise than an earlier one, or than none.
    pub(super) fn changes(&self, from: Option<&str>, to: &str) -> Result<Vec<Change>, Why> {
        let from = self.or_nothing(from)?;
        let said = self.git().args(["diff-tree"]).args(RAW).args([from.as_str(), to, "--"]).run()?;
        Ok(changes(&said))
    }

    /// The paths that the index has otherwise than a commit, or than none: what somebody has staged.
    pub(super) fn staged_since(&self, commit: Option<&str>) -> Result<HashSet<Vec<u8>>, Why> {
        let commit = self.or_nothing(commit)?;
        let git = self.git().index(&self.index).args(["diff-index", "--cached"]).args(RAW);
        let said = git.args([commit.as_str(), "--"]).run()?;
        Ok(changes(&said).into_iter().map(|change| change.path).collect())
    }

    /// A commit, else the tree with nothing in it.
    fn or_nothing(&self, commit: Option<&str>) -> Result<String, Why> {
        match commit {
            Some(commit) => Ok(commit.to_owned()),
            None => {
                let id = self.git().args(["hash-object", "-t", "tree", "--stdin"]).run()?;
                Ok(String::from_utf8_lossy(&id).trim().to_owned())
            }
        }
    }
}

/// Reads `:100644 100644 41fa… 9b1e… M`, then a path, each with a zero behind.
fn changes(said: &[u8]) -> Vec<Change> {
    let parts: Vec<&[u8]> = said.split(|byte| *byte == 0).collect();
    parts.chunks_exact(2).filter_map(|pair| change(pair[0], pair[1])).collect()
}

fn change(record: &[u8], path: &[u8]) -> Option<Change> {
    let record = String::from_utf8_lossy(record);
    let mut fields = record.split_whitespace().skip(1);
    let (mode, id) = (fields.next()?, fields.nth(1)?);
    let after = Entry { mode: mode.to_owned(), id: id.to_owned() };
    Some(Change { path: path.to_owned(), after })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path that is read wrong would be taken out of somebody's index.
    #[test]
    fn a_path_is_any_bytes_and_what_is_gone_is_zeros() {
        let said = b":100644 100755 aa bb M\0a b\n\xff:c\0:100644 000000 aa 00 D\0gone\0";
        let entry = |mode: &str, id: &str| Entry { mode: mode.to_owned(), id: id.to_owned() };
        let expected = [
            Change { path: b"a b\n\xff:c".to_vec(), after: entry("100755", "bb") },
            Change { path: b"gone".to_vec(), after: entry("000000", "00") },
        ];
        assert_eq!(changes(said), expected);
        assert_eq!(changes(b""), []);
    }
}

//! Files and folders as they are, and as far as they would outlast the power.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::ops::Range;

use super::Power;
use crate::store::fs::Access;

#[derive(Clone, Hash)]
pub(super) enum Node {
    File(File),
    Folder(Folder),
}

/// A file.
#[derive(Clone, Default, Hash)]
pub(super) struct File {
    pub(super) now: Vec<u8>,
    pub(super) access: Access,
    lasting: Vec<u8>,
    /// What a failed sync was to write and no later one will.
    dropped: Range<usize>,
}

/// The names in a folder, each with its node.
#[derive(Clone, Default, Hash)]
pub(super) struct Folder {
    pub(super) now: BTreeMap<OsString, usize>,
    lasting: BTreeMap<OsString, usize>,
}

impl Node {
    pub(super) fn file(&self) -> io::Result<&File> {
        match self {
            Node::File(file) => Ok(file),
            Node::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        }
    }

    pub(super) fn file_mut(&mut self) -> io::Result<&mut File> {
        match self {
            Node::File(file) => Ok(file),
            Node::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        }
    }

    pub(super) fn folder(&self) -> io::Result<&Folder> {
        match self {
            Node::Folder(folder) => Ok(folder),
            Node::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn folder_mut(&mut self) -> io::Result<&mut Folder> {
        match self {
            Node::Folder(folder) => Ok(folder),
            Node::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn sync(&mut self) {
        match self {
            Node::File(file) => file.sync(),
            Node::Folder(folder) => folder.sync(),
        }
    }

    /// Lets the power do this to it; what is left lasts.
    pub(super) fn lose(&mut self, power: Power) {
        match self {
            Node::File(file) => file.lose(power),
            Node::Folder(folder) if power == Power::Lost => folder.now = folder.lasting.clone(),
            Node::Folder(_) => {}
        }
        if power != Power::Stays {
            self.sync();
        }
    }
}

impl File {
    pub(super) fn new(bytes: &[u8]) -> File {
        File { now: bytes.to_vec(), ..File::default() }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> usize {
        self.now.extend(bytes);
        bytes.len()
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.now.resize(length, 0);
        let Range { start, end } = self.dropped;
        self.dropped = start.min(length)..end.min(length);
    }

    pub(super) fn sync(&mut self) {
        self.lasting = self.now.clone();
        self.lasting[self.dropped.clone()].fill(0);
    }

    /// Takes what is not synced for written, though it never will be.
    pub(super) fn drop_unsynced(&mut self) {
        self.dropped = self.lasting.len().min(self.now.len())..self.now.len();
    }

    fn lose(&mut self, power: Power) {
        let same = self.now.iter().zip(&self.lasting).take_while(|(now, then)| now == then).count();
        let left = match power {
            Power::Stays => return,
            Power::Lost | Power::Empty => self.lasting.clone(),
            Power::Half if same < self.lasting.len() => self.lasting.clone(),
            Power::Half => self.now[..(same + self.now.len()) / 2].to_vec(),
            Power::Zeros if same < self.lasting.len() => self.lasting.clone(),
            Power::Zeros => [&self.now[..same], &vec![0; self.now.len() - same]].concat(),
        };
        (self.now, self.dropped) = (left, 0..0);
    }
}

impl Folder {
    pub(super) fn sync(&mut self) {
        self.lasting = self.now.clone();
    }
}

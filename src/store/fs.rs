//! A disk by its single calls, each of which may fail, and each of which may be the last that happens.
//!
//! Nothing here is more than one such call, so that tests can stop a machine between any two; what the store does
//! is put together of them in [`operations`] alone. No call follows a symbolic link in the last part
//! of a path but [`Fs::resolve`], or waits for anyone.

pub(super) mod beside;
pub(super) mod disk;
mod fresh;
pub(super) mod operations;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::lock::Lock;
use crate::text::{Bytes, Span};

/// A disk.
pub trait Fs: Send + Sync {
    /// The path without symbolic links; an error where nothing is there.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;

    /// What stands at a path.
    fn status(&self, path: &Path) -> io::Result<Status>;

    /// The content of a regular file, or its beginning where that is longer than can be held.
    fn load(&self, path: &Path) -> io::Result<Bytes>;

    /// Whether a regular file has exactly these bytes.
    fn is_same(&self, path: &Path, bytes: &[u8]) -> io::Result<bool>;

    /// No more than so many bytes of a regular file, from this offset on; fewer where it ends before.
    fn part(&self, path: &Path, from: u64, most: usize) -> io::Result<Vec<u8>>;

    /// Opens a file for writing.
    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn Handle>>;

    /// Gives a file another name in its folder, in one step and in place of any file of that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file a second name in its folder; an error where anything has it.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a name, and with its last name a file, away.
    fn unlink(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder last.
    fn sync_names(&self, folder: &Path) -> io::Result<()>;

    /// Locks a file, made where it is missing, and writes into it who holds it; where another process has
    /// locked it, gives what that one wrote. Never waits.
    fn lock(&self, path: &Path, holder: &[u8]) -> io::Result<Result<Lock, Vec<u8>>>;

    /// Whether a process has locked a file. Never waits.
    fn is_locked(&self, path: &Path) -> bool;

    /// Makes a folder in one that is there, for this person alone.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Does two things, both of which may wait for it.
    fn both(&self, one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send));
}

/// A file open for writing. What is written may be a part of what was to be.
pub trait Handle: Write + Send {
    /// Makes its content last.
    fn sync(&mut self) -> io::Result<()>;

    /// Writes what stands in a span of another file without it passing through memory; gives how many bytes. None where
    /// the disk has no such thing or that file ends before: then they are to be written.
    fn copy(&mut self, from: &Path, span: Span) -> usize {
        let _ = (from, span);
        0
    }

    /// Sets its length.
    fn truncate(&mut self, length: u64) -> io::Result<()>;

    /// Gives it to this user and group.
    fn give(&mut self, access: Access) -> io::Result<()>;

    /// Sets who may do what with it.
    fn permit(&mut self, access: Access) -> io::Result<()>;
}

/// How a file is opened for writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// To write at its end; made where it is missing.
    End,
    /// As it is; an error where it is missing.
    Present,
    /// As a new file, for this person alone; an error where anything has the name.
    New,
    /// As a new file, for whomever the system lets by itself; an error where anything has the name.
    Shared,
}

/// What sort of thing has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

/// What a disk knows of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// What sort of thing it is.
    pub shape: Shape,
    /// How many bytes a file has.
    pub length: u64,
    /// How many names it has.
    pub names: u64,
    /// When it was written last.
    pub written: Option<SystemTime>,
    /// When anything about it changed last, which nobody can set; nothing where the system does not tell.
    pub changed: Option<SystemTime>,
    /// What tells it from another file of the same name, where the system has that.
    pub number: u64,
    /// Whether nobody may write to it.
    pub read_only: bool,
    /// Whose it is, and who may do what with it.
    pub access: Access,
}

/// Whose a file is, and who may do what with it. All zero where the system has no such thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Access {
    /// The user.
    pub user: u32,
    /// The group.
    pub group: u32,
    /// The permissions, set-id and sticky bits among them.
    pub mode: u32,
}

impl Access {
    /// Whether user and group are the same.
    pub fn is_owned_like(self, other: Access) -> bool {
        (self.user, self.group) == (other.user, other.group)
    }
}

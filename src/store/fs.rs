//! The few operations on a disk that the store is made of. Each may fail, and at each a machine may stop.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use tempfile::TempPath;

use super::lock::Lock;
use crate::fault::Result;

/// What writes the content of a new file.
pub type Content<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// A file written beside the one it is to replace; gone when dropped.
#[derive(Debug)]
pub struct Temporary(pub TempPath);

/// What changes when a file does: its length, its time and, where it has one, its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The length in bytes.
    pub length: u64,
    /// When it was written last.
    pub written: Option<SystemTime>,
    /// What tells it from another file of the same name.
    pub number: u64,
}

/// A disk. Every error names the path it concerns.
pub trait Fs: Send + Sync {
    /// The path without symbolic links; an error where nothing is there.
    fn real(&self, path: &Path) -> Result<PathBuf>;

    /// The content of a file; `None` where nothing is there, an error where it is no regular file or has
    /// 4 GiB or more.
    fn read(&self, path: &Path) -> Result<Option<Arc<[u8]>>>;

    /// What tells whether a file may have changed; `None` where nothing is there or it cannot be told.
    fn stamp(&self, path: &Path) -> Option<Stamp>;

    /// Locks a file, made where it is missing, and writes into it who holds it; where another process has
    /// locked it, gives what that one wrote. Never waits.
    fn lock(&self, path: &Path, holder: &[u8]) -> Result<std::result::Result<Lock, Vec<u8>>>;

    /// Adds bytes to the end of a file in one write and syncs them; makes the file where it is missing.
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<()>;

    /// Cuts a file to this length and syncs it.
    fn cut(&self, path: &Path, length: u64) -> Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> Result<()>;

    /// Writes a new file in the folder of `target`, with the permissions of `target` if it exists, and
    /// syncs it. A read-only target is an error.
    fn write_beside(&self, target: &Path, content: Content<'_>) -> Result<Temporary>;

    /// Puts a new file in the place of `target` in one step.
    fn replace(&self, new: Temporary, target: &Path) -> Result<()>;

    /// Syncs the names in a folder.
    fn sync_folder(&self, folder: &Path) -> Result<()>;

    /// Makes a folder and those above it.
    fn make_folders(&self, folder: &Path) -> Result<()>;
}

//! A file of the state folder that says one thing a line, in JSON.
//!
//! A line that cannot be read, such as one of another version, counts for nothing and stays as it is, byte for byte and
//! in its place, also where others are written anew.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::fault::{Fault, Kind, Result};
use crate::store::lock::Lock;
use crate::store::trouble::{self, in_state_folder};
use crate::store::{Store, paths};

/// How often it is asked whether somebody else is writing such a file meanwhile, and how long is waited in between.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(20);

/// What such a file says; nothing where there is none.
#[derive(Debug)]
pub(super) struct Lines<T>(pub(super) Vec<Line<T>>);

/// A line of it that is not empty.
#[derive(Debug)]
pub(super) struct Line<T> {
    /// Its place in the file, from 1.
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
    /// What it says, where that can be read.
    pub(super) text: Option<T>,
}

impl<T> Lines<T> {
    /// What each of them says that can be read.
    pub(super) fn texts(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(|line| line.text.as_ref())
    }

    /// The numbers of those that cannot.
    pub(super) fn unread(&self) -> Vec<usize> {
        self.0.iter().filter(|line| line.text.is_none()).map(|line| line.number).collect()
    }
}

impl<T> Default for Lines<T> {
    fn default() -> Lines<T> {
        Lines(Vec::new())
    }
}

/// The line that says this, without its end.
pub(super) fn said(text: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(text).expect("it is words and numbers")
}

impl Store {
    /// Reads such a file; `read` tells what a line says.
    pub(super) fn lines<T>(&self, file: &Path, read: impl Fn(&[u8]) -> Option<T>) -> Result<Lines<T>> {
        let bytes = self.fs.read(file).map_err(in_state_folder)?.unwrap_or_default();
        let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
        let line =
            |(at, bytes): (usize, &[u8])| Line { number: at + 1, bytes: bytes.to_vec(), text: read(bytes) };
        Ok(Lines(lines.map(line).collect()))
    }

    /// Writes such a file whole.
    pub(super) fn put_lines(&self, file: &Path, lines: &[Vec<u8>]) -> Result<()> {
        let bytes: Vec<u8> = lines.iter().flat_map(|line| [line, &b"\n"[..]].concat()).collect();
        self.fs.make_folders(paths::folder(file)).map_err(in_state_folder)?;
        self.fs.write_whole(file, &bytes).map_err(in_state_folder)
    }

    /// Sees to it that nobody else writes what is suggested for a report, whoever decides meanwhile: what one adds the
    /// other would drop.
    pub(super) fn alone(&self, path: &Path) -> Result<Lock> {
        let lock = paths::proposals(&self.state, &self.fs.real(path)?).with_extension("proposing");
        self.fs.make_folders(paths::folder(&lock)).map_err(in_state_folder)?;
        for _ in 0..TRIES {
            let locked = self.fs.lock(&lock, b"").map_err(|error| trouble::unwritable(&lock, error));
            match locked.map_err(in_state_folder)? {
                Ok(lock) => return Ok(lock),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
        Err(Fault::new(Kind::Refused, "somebody else changes what is suggested for it at this moment")
            .at(path)
            .hint("try again once they have"))
    }
}

//! A text that is handed over rather than kept, such as what `<(…)` of a shell stands for: it can be read once, and
//! says only at its end how long it was. No more of it is taken than is wanted.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use crate::fault::{Fault, Kind, Result};

/// Whether a path leads to what can only be read on and on: a pipe or a device.
pub fn is_piped(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// What is handed over there, or so many bytes of its beginning. Waits for whoever hands it over.
///
/// # Errors
/// [`Kind::Unreadable`] where the system refuses.
pub fn piped(path: &Path, most: usize) -> Result<Vec<u8>> {
    let bytes = File::open(path).and_then(|file| beginning(file, most));
    bytes.map_err(|error| Fault::new(Kind::Unreadable, "this cannot be read").at(path).because(error))
}

/// So many bytes of a beginning, or all there is.
///
/// # Errors
/// Where reading fails.
pub fn beginning(from: impl io::Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

//! Scratch copies: a file of our own in a new folder of its own, which stays.

use std::path::PathBuf;

use crate::fault::{Fault, Kind, Result};

/// Writes a file of this name into a new folder among the temporary ones; gives its path.
///
/// # Errors
/// [`Kind::Unwritable`] where there is no room for it.
pub fn scratch(name: &str, bytes: &[u8]) -> Result<PathBuf> {
    let made = tempfile::Builder::new().prefix("regrade-demo-").tempdir().and_then(|folder| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes)?;
        let _kept = folder.keep();
        Ok(path)
    });
    made.map_err(|error| {
        Fault::new(Kind::Unwritable, "there is no room for a scratch copy")
            .at(std::env::temp_dir())
            .because(error)
            .hint("set TMPDIR to a folder that can be written to")
    })
}

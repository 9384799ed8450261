//! A text lent to another program in a file of its own, and what it has become there.

use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::fault::{Fault, Kind, Result};

/// A text lent in a file, which goes with this value unless it cannot be read back.
#[derive(Debug)]
pub struct Lent {
    file: NamedTempFile,
}

impl Lent {
    /// Writes the text into a new file that only this person can read.
    ///
    /// # Errors
    /// [`Kind::Unwritable`] where there is no room for it.
    pub fn new(text: &str) -> Result<Lent> {
        let file = write(text).map_err(|error| {
            Fault::new(Kind::Unwritable, "no file for the editor could be written")
                .because(error)
                .hint("set TMPDIR to a folder that can be written to")
        })?;
        Ok(Lent { file })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// What the text has become.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] where it cannot be read; the file is left where it is then.
    pub fn back(self) -> Result<String> {
        match std::fs::read(self.file.path()) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => {
                let path = self.file.path().to_path_buf();
                drop(self.file.keep());
                let fault = Fault::new(Kind::Unreadable, "what the editor wrote could not be read back");
                Err(fault.at(path).because(error))
            }
        }
    }
}

fn write(text: &str) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("rationale-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    Ok(file)
}

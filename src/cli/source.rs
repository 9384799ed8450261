//! Where a text that somebody hands in comes from: a file, a pipe that is named like one, or standard input; and what it is called.

use std::path::{Path, PathBuf};

use crate::fault::{Fault, Kind, Result};
use crate::proposal::LIMIT;
use crate::store::{self, Store};

/// The fault of a text of that name which is longer than [`LIMIT`].
type TooLong = fn(&Path) -> Fault;

/// The text, and the name for it in words.
pub(super) fn text(file: &Path, store: &Store, too_long: TooLong) -> Result<(String, PathBuf)> {
    match () {
        () if is_standard_input(file) => {
            let path = PathBuf::from("standard input");
            let bytes = store::beginning(std::io::stdin().lock(), 1 + LIMIT).map_err(|error| {
                Fault::new(Kind::Unreadable, "standard input cannot be read").because(error)
            })?;
            Ok((whole(bytes, &path, too_long)?, path))
        }
        () if store::is_piped(file) => {
            Ok((whole(store::piped(file, 1 + LIMIT)?, file, too_long)?, file.to_owned()))
        }
        () if store.length(file)? > LIMIT as u64 => Err(too_long(file)),
        () => Ok((store.text(file)?, file.to_owned())),
    }
}

/// Whether a name stands for standard input.
pub(super) fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

/// The text that these bytes are. Of one that is too long only a part is there, which may end within a character.
fn whole(bytes: Vec<u8>, path: &Path, too_long: TooLong) -> Result<String> {
    if bytes.len() > LIMIT {
        return Err(too_long(path));
    }
    String::from_utf8(bytes).map_err(|error| {
        let fault = Fault::new(Kind::Unreadable, "this is no UTF-8 text").at(path);
        fault.because(error.utf8_error()).hint("write it as UTF-8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proposal::too_long;

    /// Who pipes too much would look for a letter that is wrong.
    #[test]
    fn what_is_too_long_is_told_so_wherever_it_is_cut() {
        let long = "é".repeat(LIMIT / 2) + "é";
        let told =
            |bytes: &[u8]| whole(bytes.to_vec(), Path::new("a"), too_long).expect_err("wrong").to_string();
        assert_eq!(told(&long.as_bytes()[..=LIMIT]), "a: more than 16 MiB of decisions are not read here");
        assert!(told(b"by: \xff").starts_with("a: this is no UTF-8 text"));
    }
}

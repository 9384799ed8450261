//! Where a text or a report that somebody hands in comes from: a file, a pipe that is named like one, or standard input; and what it
//! is called.

use std::path::{Path, PathBuf};

use crate::fault::{Fault, Kind, Result};
use crate::proposal::LIMIT;
use crate::store::{self, Store};

/// How many bytes of a report that is piped in are too many.
const REPORT: usize = 1 << 30;

/// What standard input is called.
const STANDARD_INPUT: &str = "standard input";

/// The fault of a text of that name which is longer than [`LIMIT`].
type TooLong = fn(&Path) -> Fault;

/// The text, and the name for it in words.
pub(super) fn text(file: &Path, store: &Store, too_long: TooLong) -> Result<(String, PathBuf)> {
    match () {
        () if is_standard_input(file) => {
            let path = PathBuf::from(STANDARD_INPUT);
            Ok((whole(standard_input(1 + LIMIT)?, &path, too_long)?, path))
        }
        () if store::is_piped(file) => {
            Ok((whole(store::piped(file, 1 + LIMIT)?, file, too_long)?, file.to_owned()))
        }
        () if store.length(file)? > LIMIT as u64 => Err(too_long(file)),
        () => Ok((store.text(file)?, file.to_owned())),
    }
}

/// The bytes of a report that is piped in; `None` where the name is that of a file.
pub(super) fn report(file: &Path) -> Result<Option<Vec<u8>>> {
    let bytes = match () {
        () if is_standard_input(file) => standard_input(REPORT)?,
        () if store::is_piped(file) => store::piped(file, REPORT)?,
        () => return Ok(None),
    };
    match bytes.len() < REPORT {
        true => Ok(Some(bytes)),
        false => Err(Fault::new(Kind::Unreadable, "a report of more than 1 GiB is not read from a pipe")
            .hint("write it into a file, and name that")),
    }
}

/// Whether a report of this name is piped in.
pub(super) fn is_piped(file: &Path) -> bool {
    is_standard_input(file) || store::is_piped(file)
}

/// What a report that is piped in is called; `None` for a file.
pub(super) fn called(file: &Path) -> Option<PathBuf> {
    match is_standard_input(file) {
        true => Some(PathBuf::from(STANDARD_INPUT)),
        false => store::is_piped(file).then(|| file.to_owned()),
    }
}

/// Refuses a report that is piped in: what is decided is kept beside a file.
pub(super) fn expect_file(report: &Path) -> Result<()> {
    match is_piped(report) {
        false => Ok(()),
        true => {
            Err(Fault::new(Kind::Usage, "decisions are made on a file, and kept beside it; this is none")
                .at(report)
                .hint("list, show, check, suggest and export read a report from a pipe")
                .hint("write it into a file, and name that"))
        }
    }
}

fn standard_input(most: usize) -> Result<Vec<u8>> {
    let bytes = store::beginning(std::io::stdin().lock(), most);
    bytes.map_err(|error| Fault::new(Kind::Unreadable, "standard input cannot be read").because(error))
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

//! The lines of a file around one that a report names. However long the file or its lines are, no more is read than
//! leads to that line, and no more is kept than a screen can show.

use std::io;
use std::path::Path;

use memchr::memchr;

use crate::store::{Grounds, Standing};

/// How many bytes are read at once, and kept at most.
const PIECE: usize = 256 * 1024;

/// How many bytes are gone through at most to find the line.
const FURTHEST: u64 = 256 << 20;

/// How many lines before the named one are kept.
const BEFORE: u32 = 200;

/// Lines of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The number of the first, from 1.
    pub first: u32,
    /// Their bytes, the first line whole, the last perhaps not.
    pub bytes: Vec<u8>,
    /// Whether more follows.
    pub goes_on: bool,
}

impl Excerpt {
    /// Whether it is no text.
    pub fn is_binary(&self) -> bool {
        self.bytes.contains(&0)
    }
}

impl Grounds {
    /// The lines around the named one, or the first of a file where none is named or the file is shorter.
    ///
    /// # Errors
    /// What stands there instead of a file that can be read.
    pub fn excerpt(&self, name: &str, line: Option<u32>) -> Result<Excerpt, Standing> {
        match self.inspect([name]).remove(0) {
            Standing::File(path, _) => self.read(&path, line).map_err(|_| Standing::Other),
            other => Err(other),
        }
    }

    fn read(&self, path: &Path, line: Option<u32>) -> io::Result<Excerpt> {
        let first = line.unwrap_or(1).saturating_sub(BEFORE).max(1);
        let at = self.offset_of(path, first)?;
        let (first, at) = at.map_or((1, 0), |at| (first, at));
        let mut bytes = self.fs.part(path, at, PIECE + 1)?;
        let goes_on = bytes.len() > PIECE;
        bytes.truncate(PIECE);
        Ok(Excerpt { first, bytes, goes_on })
    }

    /// Where a line begins; `None` where the file has none of that number, or it is too far down.
    fn offset_of(&self, path: &Path, line: u32) -> io::Result<Option<u64>> {
        let (mut left, mut at) = (line - 1, 0);
        while left > 0 && at < FURTHEST {
            let piece = self.fs.part(path, at, PIECE)?;
            if piece.is_empty() {
                return Ok(None);
            }
            let mut start = 0;
            while let Some(end) = memchr(b'\n', &piece[start..]).filter(|_| left > 0) {
                start += end + 1;
                left -= 1;
            }
            at += if left == 0 { start } else { piece.len() } as u64;
        }
        Ok((left == 0).then_some(at))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::Store;

    fn excerpt(content: &[u8], line: Option<u32>) -> Excerpt {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("bugs.md"), "x").unwrap();
        fs::write(home.path().join("a.txt"), content).unwrap();
        let store = Store::new(home.path().join("state"));
        store.grounds(&home.path().join("bugs.md")).excerpt("a.txt", line).unwrap()
    }

    fn lines(count: u32) -> Vec<u8> {
        (1..=count).map(|at| format!("line {at}\n")).collect::<String>().into_bytes()
    }

    #[test]
    fn the_lines_around_the_named_one_are_read() {
        let found = excerpt(&lines(5000), Some(3000));
        assert_eq!(found.first, 2800);
        assert!(found.bytes.starts_with(b"line 2800\nline 2801\n") && !found.goes_on);
        assert_eq!(excerpt(&lines(5), Some(3)), Excerpt { first: 1, bytes: lines(5), goes_on: false });
    }

    /// The reviewer would see nothing at all of a file that has been shortened since.
    #[test]
    fn of_a_file_that_has_no_such_line_the_beginning_is_read() {
        assert_eq!(excerpt(&lines(3), Some(900)).bytes, lines(3));
        assert_eq!(excerpt(b"", Some(900)).bytes, b"");
        assert_eq!(excerpt(b"no end", Some(u32::MAX)).bytes, b"no end");
    }

    #[test]
    fn a_giant_is_read_in_part_and_bytes_that_are_no_text_are_told() {
        let giant = excerpt(&vec![b'x'; 3 * PIECE], None);
        assert_eq!((giant.bytes.len(), giant.goes_on), (PIECE, true));
        let far = excerpt(&[vec![b'x'; PIECE - 1], lines(900)].concat(), Some(800));
        assert!(far.bytes.starts_with(b"line 600\n"), "{:?}", String::from_utf8_lossy(&far.bytes[..20]));
        assert!(excerpt(b"\x7fELF\0\x01", None).is_binary());
    }
}

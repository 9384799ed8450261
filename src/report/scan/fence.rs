//! Fenced code: the lines that open and close it.

use memchr::memchr;

use super::cursor::{Cursor, run};

/// An open fence: where its first line starts, and what would close it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) start: u32,
    mark: u8,
    length: u32,
}

impl Fence {
    /// The fence that `rest`, on the line that starts at `start`, opens.
    pub(super) fn open(rest: &[u8], start: u32) -> Option<Fence> {
        let mark = *rest.first().filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = run(rest, mark);
        let spoiled = || mark == b'`' && memchr(mark, &rest[length..]).is_some();
        (length >= 3 && !spoiled()).then_some(Fence { start, mark, length: length as u32 })
    }

    /// Whether the rest of a line, after the containers, closes it.
    pub(super) fn closes(self, mut cursor: Cursor<'_>) -> bool {
        if cursor.take(4) == 4 || cursor.rest().first() != Some(&self.mark) {
            return false;
        }
        let length = run(cursor.rest(), self.mark);
        length >= self.length as usize && cursor.rest()[length..].iter().all(|byte| *byte == b' ')
    }
}

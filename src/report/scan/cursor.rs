//! A place in a line's indentation, counted in columns.
//!
//! A tab reaches to the next multiple of four columns; a part of it may be taken, and the columns left
//! over stay before the next byte. A cursor never leaves its line.

/// How far a line has been read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    line: &'a [u8],
    at: u32,
    /// Just after the last tab: a multiple of four columns.
    stop: u32,
    /// Columns of the last tab not taken yet.
    spare: u32,
}

impl<'a> Cursor<'a> {
    /// The start of a line given without its end.
    pub(super) fn new(line: &'a [u8]) -> Cursor<'a> {
        Cursor { line, at: 0, stop: 0, spare: 0 }
    }

    /// Bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at as usize
    }

    /// The bytes not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        &self.line[self.at as usize..]
    }

    /// Whether no byte is left.
    pub(super) fn ended(&self) -> bool {
        self.at as usize == self.line.len()
    }

    /// Whether a byte that is no blank comes next.
    pub(super) fn is_at_text(&self) -> bool {
        self.spare == 0 && self.rest().first().is_some_and(|byte| !is_blank_byte(*byte))
    }

    /// Passes over this many bytes that are no blanks.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes as u32;
    }

    /// Passes over all spaces and tabs.
    pub(super) fn skip_blanks(&mut self) {
        self.spare = 0;
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32;
    }

    /// Takes up to `most` columns of spaces and tabs; gives how many there were.
    pub(super) fn take(&mut self, most: u32) -> u32 {
        let mut taken = self.spare.min(most);
        self.spare -= taken;
        while taken < most {
            let width = match self.line.get(self.at as usize) {
                Some(b' ') => 1,
                Some(b'\t') => self.tab(),
                _ => break,
            };
            self.at += 1;
            let used = width.min(most - taken);
            self.spare = width - used;
            taken += used;
        }
        taken
    }

    fn tab(&mut self) -> u32 {
        let width = 4 - (self.at - self.stop) % 4;
        self.stop = self.at + 1;
        width
    }
}

/// Whether only blanks are left; vertical tabs and form feeds count.
pub(super) fn is_blank(rest: &[u8]) -> bool {
    rest.iter().all(|byte| is_blank_byte(*byte))
}

/// A space, a tab, a vertical tab or a form feed.
pub(super) fn is_blank_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

/// How many times `byte` stands at the start of `rest`.
pub(super) fn run(rest: &[u8], byte: u8) -> usize {
    rest.iter().take_while(|other| **other == byte).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_reaches_to_the_next_stop_and_can_be_taken_in_parts() {
        let mut cursor = Cursor::new(b" \t x");
        assert_eq!(cursor.take(2), 2);
        assert_eq!(cursor.rest(), b" x");
        assert_eq!(cursor.take(9), 3);
        assert_eq!(cursor.rest(), b"x");
        assert_eq!(cursor.take(1), 0);
    }
}

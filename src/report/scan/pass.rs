//! Passing over the inside of list items, many lines at a time, for a sink that takes nothing from there.
//!
//! What stands inside an item cannot reach out of it: whatever is open there, a line that is not indented as the item is
//! ends it, but for text that goes on with a paragraph. So only such lines are looked at, and those inside only
//! where text follows that may go on with them. Behind an indented heading nothing is passed over. The marks outside are
//! the same as if all had been read.

use memchr::{memchr2_iter, memrchr2};

use super::block::Scanner;
use super::cursor::Cursor;
use super::mark::Sink;
use super::paragraph::interrupts;
use super::state::{Hollow, Leaf};
use crate::text::line;

/// The columns by which the further lines of an item are indented whose marker is a bullet and a blank.
const INDENT: u8 = 2;

/// How many bytes are looked at together, a multiple of eight.
const BLOCK: usize = 64;

/// The bit that stands for each byte of a block where eight bytes are laid over each other.
const BITS: [u8; BLOCK] = {
    let mut bits = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        bits[at] = 1 << (at / 8);
        at += 1;
    }
    bits
};

/// How many bytes behind a line end tell whether the next line is one to look at.
const AHEAD: usize = 3;

impl<S: Sink> Scanner<'_, S> {
    /// Passes over lines from `start` on that lie in the open item, or in one that begins there, and over items like
    /// it; gives the first line to read.
    pub(super) fn pass(&mut self, start: u32) -> u32 {
        if S::LOOKS_INSIDE
            || start < self.unsure
            || !(self.is_in_item() || self.is_before_item(start))
            || self.state.indented.is_some()
        {
            return start;
        }
        let next = self.outside(start);
        if self.is_sure(next) {
            return self.pass_to(next);
        }
        self.unsure = next;
        self.last_item(start, next).map_or(start, |item| self.pass_to(item))
    }

    fn is_in_item(&self) -> bool {
        self.state.stack.outermost_item() == Some(INDENT) && self.state.hollow == Hollow::No
    }

    /// Whether an item begins at `start` and nothing is open that it could belong to.
    fn is_before_item(&self, start: u32) -> bool {
        self.has_nothing_open() && begins_item(&self.base[start as usize..])
    }

    /// Goes on at a line that ends what is open inside the item.
    fn pass_to(&mut self, next: u32) -> u32 {
        self.state.stack.keep_outermost_item();
        self.state.leaf = Leaf::None;
        next
    }

    /// The first line from `start` on that lies in no item, or begins one that a closer look is needed for.
    fn outside(&self, start: u32) -> u32 {
        let mut next = start;
        while !self.is_outside(next) {
            let Some(end) = find(self.base, next as usize) else {
                return self.base.len() as u32;
            };
            next = end as u32 + 1;
        }
        next
    }

    fn is_outside(&self, start: u32) -> bool {
        let ahead = ahead(self.base, start as usize);
        if is_inside(ahead) {
            return false;
        }
        if !matches!(ahead[0], b' ' | b'\t') {
            return true;
        }
        let text = line::at(self.base, start).text.of(self.base);
        let mut cursor = Cursor::new(text);
        cursor.take(u32::from(INDENT)) < u32::from(INDENT) && !cursor.ended()
    }

    /// Whether a line outside does not go on with a paragraph in the item before it, whatever is in there.
    fn is_sure(&self, next: u32) -> bool {
        follows_blank(&self.base[..next as usize]) || {
            let mut cursor = Cursor::new(line::at(self.base, next).text.of(self.base));
            cursor.take(u32::from(INDENT));
            !cursor.ended() && interrupts(cursor.rest(), true)
        }
    }

    /// The last line between two that begins an item without being indented.
    fn last_item(&self, start: u32, end: u32) -> Option<u32> {
        let lines = &self.base[start as usize..end as usize];
        let mut end = lines.len();
        while let Some(before) = lines[..end].split_last().and_then(|(_, line)| memrchr2(b'\n', b'\r', line))
        {
            if begins_item(&lines[before + 1..end]) {
                return Some(start + before as u32 + 1);
            }
            end = before + 1;
        }
        None
    }
}

/// Whether a line begins an item such as most lists have: of this indentation, by a hyphen, neither hollow nor a task.
fn begins_item(line: &[u8]) -> bool {
    matches!(*line, [mark, blank, text, ..] if is_item(mark, blank, text))
}

#[inline(always)]
fn is_item(mark: u8, blank: u8, text: u8) -> bool {
    (mark == b'-') & (blank == b' ') & ((text > b'-') & (text != b'[') | (text == b'*'))
}

/// The first line end from `at` on behind which something else begins than a blank line, an item or an indented line.
fn find(base: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while let Some(block) = base.get(at..).and_then(<[u8]>::first_chunk) {
        if let Some(end) = first_outside(block) {
            return Some(at + end);
        }
        at += BLOCK;
    }
    let rest = base.get(at..)?;
    memchr2_iter(b'\n', b'\r', rest).find(|end| !is_inside(ahead(rest, end + 1))).map(|end| at + end)
}

/// The same in a block: the least of those that are so, whose bits come in another order than the bytes.
#[inline]
fn first_outside(block: &[u8; BLOCK + AHEAD]) -> Option<usize> {
    let (mut ends, mut first) = (flush(block), None);
    while ends != 0 {
        let bit = ends.trailing_zeros() as usize;
        let end = bit % 8 * 8 + bit / 8;
        if !is_inside([block[end + 1], block[end + 2], block[end + 3]]) {
            first = Some(first.map_or(end, |first: usize| first.min(end)));
        }
        ends &= ends - 1;
    }
    first
}

/// Behind which bytes of a block a line begins that is not indented by two blanks, a bit each, that of byte `8 * a + b`
/// being `a + 8 * b`: so they are gathered by nothing but ors. Without a branch, and without a call that a compiler may leave
/// one, all bytes are looked at together, which takes less than looking for each line. Inlined it is not made of vectors.
#[inline(never)]
fn flush(block: &[u8; BLOCK + AHEAD]) -> u64 {
    let (mut bits, mut at) = ([0; BLOCK], 0);
    while at < BLOCK {
        let is_indented = (block[at + 1] == b' ') & (block[at + 2] == b' ');
        bits[at] = BITS[at] & 0_u8.wrapping_sub((is_end(block[at]) & !is_indented) as u8);
        at += 1;
    }
    bits.as_chunks().0.iter().fold(0, |bits, eight| bits | u64::from_le_bytes(*eight))
}

#[inline(always)]
fn is_end(byte: u8) -> bool {
    (byte == b'\n') | (byte == b'\r')
}

/// Whether a line that begins so is blank, indented or an item.
#[inline(always)]
fn is_inside([first, second, third]: [u8; AHEAD]) -> bool {
    (first == b' ') & (second == b' ') | is_end(first) | is_item(first, second, third)
}

/// The bytes at an offset, ends of lines behind the last one.
#[inline]
fn ahead(base: &[u8], at: usize) -> [u8; AHEAD] {
    match base.get(at..).and_then(<[u8]>::first_chunk) {
        Some(ahead) => *ahead,
        None => [0, 1, 2].map(|more| base.get(at + more).copied().unwrap_or(b'\n')),
    }
}

/// Whether a blank line, or nothing, ends a text.
fn follows_blank(before: &[u8]) -> bool {
    let line = before.strip_suffix(b"\n").unwrap_or(before);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let blanks = line.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    matches!(line[..line.len() - blanks].last(), None | Some(b'\n' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_item_and_not_inside_one_is_found_wherever_it_stands() {
        for filling in 0..2 * BLOCK {
            let inside = format!("- a\n  b\n\n- c{}\n", "c".repeat(filling));
            for other in ["text", " # x", "---", "- - -", "- [ ] x", "-", "\ttab", "1. x", "* * *"] {
                let base = format!("{inside}{other}\n- d\n");
                assert_eq!(find(base.as_bytes(), 0), Some(inside.len() - 1), "{filling} {other}");
            }
            assert_eq!(find(inside.repeat(3).as_bytes(), 0), None, "{filling}");
        }
    }

    #[test]
    fn a_blank_line_is_known_by_its_ends() {
        for text in ["", "\n", "a\n\n", "a\r\n \t\r\n", "a\r\r", "a\n\r"] {
            assert!(follows_blank(text.as_bytes()), "{text:?}");
        }
        for text in ["a\n", "a\r\n", "a\n b\n", "a\n\x0c\n"] {
            assert!(!follows_blank(text.as_bytes()), "{text:?}");
        }
    }
}

//! The lines of a stretch of bytes.
//!
//! A line ends with `\n`, `\r\n` or a lone `\r`, as in CommonMark; the last one may have no end. The
//! lines of a span lie end to end and cover it exactly: every byte belongs to one line.

use memchr::{memchr2, memchr2_iter};

use crate::text::span::Span;

/// One line: its bytes without the line end, and where the next line starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line without its end.
    pub text: Span,
    /// The offset after the line's end.
    pub end: u32,
}

impl Line {
    /// The line with its end.
    pub const fn whole(self) -> Span {
        Span::new(self.text.start, self.end)
    }

    /// The bytes that end it: none, `\n`, `\r` or `\r\n`.
    pub const fn ending(self) -> Span {
        Span::new(self.text.end, self.end)
    }
}

/// The line that starts at `start`, which must not lie beyond the end of `base`.
#[inline]
pub fn at(base: &[u8], start: u32) -> Line {
    let rest = &base[start as usize..];
    let Some(length) = first_end(rest) else {
        let end = start + rest.len() as u32;
        return Line { text: Span::new(start, end), end };
    };
    let end = start + length as u32;
    Line { text: Span::new(start, end), end: end + ending_length(&rest[length..]) }
}

/// The lines of a span of `base`, first to last.
pub fn lines(base: &[u8], span: Span) -> Lines<'_> {
    Lines { base: &base[..span.range().end.min(base.len())], next: span.start }
}

/// The 1-based number of the line that the byte at `offset` stands on.
pub fn number(base: &[u8], offset: u32) -> usize {
    let before = Span::new(0, offset).of(base);
    let halves = memchr2_iter(b'\n', b'\r', before)
        .filter(|at| before[*at] == b'\r' && base.get(at + 1) == Some(&b'\n'))
        .count();
    1 + memchr2_iter(b'\n', b'\r', before).count() - halves
}

/// An iterator over lines; see [`lines`].
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    base: &'a [u8],
    next: u32,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        if self.next as usize >= self.base.len() {
            return None;
        }
        let line = at(self.base, self.next);
        self.next = line.end;
        Some(line)
    }
}

/// How many bytes are looked at eight at a time, which takes less than a search where a line is as short as most.
const SHORT: usize = 64;

/// Where the first line end of a text begins.
#[inline]
fn first_end(text: &[u8]) -> Option<usize> {
    let (words, _) = text[..text.len().min(SHORT)].as_chunks();
    for (nth, word) in words.iter().enumerate() {
        let mut low = low_bytes(u64::from_le_bytes(*word));
        while low != 0 {
            let at = nth * 8 + low.trailing_zeros() as usize / 8;
            if matches!(text[at], b'\n' | b'\r') {
                return Some(at);
            }
            low &= low - 1;
        }
    }
    let looked = words.len() * 8;
    memchr2(b'\n', b'\r', &text[looked..]).map(|at| looked + at)
}

/// A bit for each byte of a word that is less than 14, as line ends are, and perhaps for some of those above one.
#[inline]
fn low_bytes(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    word.wrapping_sub(EACH * 14) & !word & (EACH * 128)
}

fn ending_length(rest: &[u8]) -> u32 {
    if rest.starts_with(b"\r\n") { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cover_every_byte_whatever_ends_them() {
        let base = b"a\r\n\rb\n\nc";
        let found: Vec<_> = lines(base, Span::whole(base)).collect();
        let texts: Vec<_> = found.iter().map(|line| line.text.of(base)).collect();
        let ends: Vec<_> = found.iter().map(|line| line.ending().of(base)).collect();
        assert_eq!(texts, [&b"a"[..], b"", b"b", b"", b"c"]);
        assert_eq!(ends, [&b"\r\n"[..], b"\r", b"\n", b"\n", b""]);
    }

    #[test]
    fn numbers_agree_with_the_lines() {
        let base = b"a\r\n\rb\n\nc";
        for (count, line) in lines(base, Span::whole(base)).enumerate() {
            assert_eq!(number(base, line.text.start), count + 1);
        }
        assert_eq!(number(b"", 0), 1);
    }
}

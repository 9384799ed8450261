//! The lines of a stretch of bytes.
//!
//! A line ends with `\n`, `\r\n` or a lone `\r`, as in CommonMark; the last one may have no end. The
//! lines of a span lie end to end and cover it exactly: every byte belongs to one line.

use memchr::{memchr2, memchr2_iter, memchr3, memrchr2};

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
    until(base, start, start + end_or(rest, b'\n').unwrap_or(rest.len()) as u32)
}

/// The line that starts at `start` and whose text ends at `end`, where a line end begins or `base` ends.
#[inline]
pub fn until(base: &[u8], start: u32, end: u32) -> Line {
    let ending = match base[end as usize..] {
        [] => 0,
        [b'\r', b'\n', ..] => 2,
        _ => 1,
    };
    Line { text: Span::new(start, end), end: end + ending }
}

/// Where the line starts that the byte at `offset` stands on.
pub fn start(base: &[u8], offset: u32) -> u32 {
    memrchr2(b'\n', b'\r', Span::new(0, offset).of(base)).map_or(0, |end| end as u32 + 1)
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

/// How many bytes are looked at eight at a time, which takes less than a search where a line is as short as most.
const SHORT: usize = 64;

/// A one in each byte of a word.
const EACH: u64 = u64::MAX / 255;

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

/// Where the first byte of a text stands that ends a line, or is this sign.
#[inline]
pub fn end_or(text: &[u8], sign: u8) -> Option<usize> {
    let (words, _) = text[..text.len().min(SHORT)].as_chunks();
    for (nth, word) in words.iter().enumerate() {
        let bytes = u64::from_le_bytes(*word);
        let is_sign = if sign == b'\n' { 0 } else { bytes_below(bytes ^ (EACH * u64::from(sign)), 1) };
        let mut may_be = is_sign | bytes_below(bytes, 1 + u64::from(b'\r'));
        while may_be != 0 {
            let at = may_be.trailing_zeros() as usize / 8;
            if matches!(word[at], b'\n' | b'\r') || word[at] == sign {
                return Some(nth * 8 + at);
            }
            may_be &= may_be - 1;
        }
    }
    let (looked, rest) = (words.len() * 8, &text[words.len() * 8..]);
    let found = if sign == b'\n' { memchr2(sign, b'\r', rest) } else { memchr3(b'\n', b'\r', sign, rest) };
    found.map(|at| looked + at)
}

/// A bit for each byte of a word that is less than this one, and perhaps for some of those above one.
#[inline]
fn bytes_below(word: u64, most: u64) -> u64 {
    word.wrapping_sub(EACH * most) & !word & (EACH * 128)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn a_line_ends_where_its_first_end_is_however_long_it_is() {
        for length in 0..200 {
            for end in ["\n", "\r", "\r\n"] {
                let base =
                    format!("{}{end}\tnext\nand more of it, so that there is enough", "a\t".repeat(length));
                let (text, whole) = (2 * length as u32, (2 * length + end.len()) as u32);
                assert_eq!(at(base.as_bytes(), 0), Line { text: Span::new(0, text), end: whole });
            }
            let last = "a".repeat(length);
            assert_eq!(at(last.as_bytes(), 0).whole(), Span::whole(last.as_bytes()));
        }
    }

    proptest! {
        #[test]
        fn the_first_end_or_sign_is_found_wherever_it_stands(text in "[ab\t\x00é]{0,80}[*+\n\r]{0,2}[ab*\n\r]{0,9}") {
            let text = text.as_bytes();
            for sign in [b'*', b'+', b'\n'] {
                let first = text.iter().position(|byte| matches!(byte, b'\n' | b'\r') || *byte == sign);
                prop_assert_eq!(end_or(text, sign), first);
            }
        }
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

//! A stretch of a report's bytes.
//!
//! A span is eight bytes and always has `start <= end`; a report is at most 4 GiB - 1 long.

use std::ops::Range;

/// The bytes from `start` up to, not including, `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span between two offsets; an `end` before `start` gives the empty span at `start`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// The empty span at an offset.
    pub const fn empty(at: u32) -> Span {
        Span { start: at, end: at }
    }

    /// The span of all of `bytes`, or of their first 4 GiB - 1.
    pub fn whole(bytes: &[u8]) -> Span {
        Span { start: 0, end: u32::try_from(bytes.len()).unwrap_or(u32::MAX) }
    }

    /// How many bytes it names.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it names no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range, for indexing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes it names in `base`; what lies beyond the end of `base` is left out.
    #[inline]
    pub fn of(self, base: &[u8]) -> &[u8] {
        let end = base.len().min(self.end as usize);
        &base[end.min(self.start as usize)..end]
    }

    /// Whether the byte at this offset is one of its own.
    pub const fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether all of `other` lies within it.
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of it that a range of its own bytes names.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Span {
        Span::new(self.start + range.start as u32, self.start + range.end as u32)
    }

    /// The span without the blanks (spaces and tabs) and line ends at the end of its bytes.
    #[must_use]
    pub fn trim_end(self, base: &[u8]) -> Span {
        let length = self.of(base).iter().rposition(|byte| !is_space(*byte)).map_or(0, |last| last + 1);
        Span { start: self.start, end: self.start + length as u32 }
    }

    /// The span without the blanks (spaces and tabs) and line ends at both ends of its bytes.
    #[must_use]
    pub fn trim(self, base: &[u8]) -> Span {
        let bytes = self.of(base);
        if bytes.first().is_some_and(|byte| !is_space(*byte)) {
            return self.trim_end(base);
        }
        let Some(first) = bytes.iter().position(|byte| !is_space(*byte)) else {
            return Span::empty(self.start);
        };
        let last = bytes.iter().rposition(|byte| !is_space(*byte)).unwrap_or(first);
        Span { start: self.start + first as u32, end: self.start + last as u32 + 1 }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_names_its_bytes_and_no_others() {
        let base = b"# one\n\n two \n";
        let span = Span::new(7, 13);
        assert_eq!(span.of(base), b" two \n");
        assert_eq!(span.trim(base).of(base), b"two");
        assert!(span.contains(7) && !span.contains(13) && span.covers(Span::new(8, 13)));
        assert_eq!(span.join(Span::new(0, 1)), Span::whole(base));
    }

    #[test]
    fn a_span_beyond_the_end_is_cut_and_never_a_panic() {
        assert_eq!(Span::new(2, 9).of(b"abc"), b"c");
        assert_eq!(Span::new(5, 9).of(b"abc"), b"");
        assert!(Span::new(3, 1).is_empty());
        assert_eq!(Span::new(1, 3).trim(b"x  y"), Span::empty(1));
    }
}

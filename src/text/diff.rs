//! What changed between two texts, as a unified diff of their lines.
//!
//! Bytes are kept as they are: CRLF, a missing last newline and invalid UTF-8 all show.

use similar::{Algorithm, TextDiff};

/// How many unchanged lines stand around a change.
const AROUND: usize = 3;

/// What a line of a diff is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// What the texts are called.
    File,
    /// Where the change below it stands.
    Place,
    /// A line that went.
    Gone,
    /// A line that came.
    New,
    /// A line that stayed.
    Same,
}

/// A unified diff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    bytes: Vec<u8>,
    starts: Vec<usize>,
    hunks: Vec<usize>,
    added: usize,
    removed: usize,
}

impl Diff {
    /// What changed from `old` to `new`, both called `name`; empty where nothing did.
    pub fn between(old: &[u8], new: &[u8], name: &str) -> Diff {
        let (old, new) = (lines(old), lines(new));
        let mut config = TextDiff::configure();
        let diff = config.algorithm(Algorithm::Histogram).newline_terminated(true).diff_slices(&old, &new);
        let mut bytes = Vec::new();
        for hunk in diff.unified_diff().context_radius(AROUND).iter_hunks() {
            if bytes.is_empty() {
                bytes.extend_from_slice(format!("--- a/{name}\n+++ b/{name}\n").as_bytes());
            }
            hunk.to_writer(&mut bytes).expect("writing to memory does not fail");
        }
        let ends = memchr::memchr_iter(b'\n', &bytes).map(|at| at + 1);
        let starts = std::iter::once(0).chain(ends).filter(|at| *at < bytes.len()).collect();
        Diff { bytes, starts, ..Diff::default() }.counted()
    }

    fn counted(mut self) -> Diff {
        for at in 0..self.len() {
            match self.line(at).map(|(sort, _)| sort) {
                Some(Sort::Place) => self.hunks.push(at),
                Some(Sort::New) => self.added += 1,
                Some(Sort::Gone) => self.removed += 1,
                _ => {}
            }
        }
        self
    }

    /// The lines, counted from 0, at which its hunks begin.
    pub fn hunks(&self) -> &[usize] {
        &self.hunks
    }

    /// How much it is: `3 hunks, +5 −4 lines`.
    pub fn summary(&self) -> String {
        let hunks = self.hunks.len();
        let noun = if hunks == 1 { "hunk" } else { "hunks" };
        format!("{hunks} {noun}, +{} −{} lines", self.added, self.removed)
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// How many lines the diff has.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The diff as it is written to a file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A line of the diff without its end, counted from 0, and what it is.
    pub fn line(&self, at: usize) -> Option<(Sort, &[u8])> {
        let start = *self.starts.get(at)?;
        let end = self.starts.get(at + 1).map_or(self.bytes.len(), |end| *end);
        let line = &self.bytes[start..end];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Some((self.sort(at, line), line))
    }

    fn sort(&self, at: usize, line: &[u8]) -> Sort {
        match line.first() {
            _ if at < 2 => Sort::File,
            Some(b'@') => Sort::Place,
            Some(b'-') => Sort::Gone,
            Some(b'+') => Sort::New,
            _ => Sort::Same,
        }
    }
}

/// The lines of a text with their ends; a lone carriage return ends none.
fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_show_with_what_stands_around_them() {
        let diff = Diff::between(b"a\nb\nc\n", b"a\nB\nc\n", "x.md");
        let lines: Vec<(Sort, &[u8])> = (0..diff.len()).filter_map(|at| diff.line(at)).collect();
        let expected: [(Sort, &[u8]); 7] = [
            (Sort::File, b"--- a/x.md"),
            (Sort::File, b"+++ b/x.md"),
            (Sort::Place, b"@@ -1,3 +1,3 @@"),
            (Sort::Same, b" a"),
            (Sort::Gone, b"-b"),
            (Sort::New, b"+B"),
            (Sort::Same, b" c"),
        ];
        assert_eq!(lines, expected);
        assert_eq!((diff.hunks(), diff.summary().as_str()), (&[2][..], "1 hunk, +1 −1 lines"));
    }

    #[test]
    fn bytes_that_are_no_text_and_line_ends_are_kept() {
        let diff = Diff::between(b"\xFF\r\nlast", b"\xFE\r\nlast", "x.md");
        assert!(diff.bytes().windows(4).any(|bytes| bytes == b"-\xFF\r\n"));
        assert!(diff.bytes().ends_with(b" last\n\\ No newline at end of file\n"));
        assert!(Diff::between(b"same", b"same", "x.md").is_empty());
    }
}

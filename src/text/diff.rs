//! What edits change in a text, as a unified diff of its lines.
//!
//! It is made from the edits alone: what it costs and keeps grows with what they change, and of the text no more is asked than how
//! many lines stand before the last of them. Lines of the text are named, not copied. Bytes are kept as they are: CRLF, a
//! missing last newline and invalid UTF-8 all show.

mod changes;
mod moved;
mod shown;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use memchr::{memchr_iter, memrchr_iter};

use super::Bytes;
use super::edit::Edits;
use changes::{Change, Changes};
use moved::Moved;

/// How many unchanged lines stand around a change.
const AROUND: usize = 3;

/// How many lines a run has at most, so that none of them takes long to find.
const LONGEST: usize = 256;

/// What is said of a last line without an end.
const OPEN: &[u8] = b"\\ No newline at end of file";

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
    /// That the line above it has no end.
    Open,
}

impl Sort {
    /// What such a line begins with, before what it says.
    pub fn sign(self) -> &'static str {
        match self {
            Sort::File | Sort::Place | Sort::Open => "",
            Sort::Gone => "-",
            Sort::New => "+",
            Sort::Same => " ",
        }
    }
}

/// A unified diff.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    name: String,
    base: Bytes,
    /// The lines that came.
    new: Vec<u8>,
    moved: Moved,
    runs: Vec<Run>,
    hunks: Vec<Hunk>,
    len: usize,
}

/// Lines of one sort that stand end to end.
#[derive(Clone, Copy, Debug)]
struct Run {
    sort: Sort,
    /// The number of its first line.
    line: usize,
    /// Where that begins in its text; of a place, the number of the hunk.
    at: usize,
}

/// Where a hunk stands.
#[derive(Clone, Debug)]
struct Hunk {
    /// The number of its first line.
    line: usize,
    /// The lines that it shows of the text before.
    old: Range<usize>,
    /// The same of the text after.
    new: Range<usize>,
}

impl Diff {
    /// What edits change in a text that is called `name` before and after; empty where nothing does.
    pub fn of(base: &Bytes, edits: &Edits, name: &str) -> Diff {
        let Changes { all, new, moved } = Changes::of(base, edits);
        let mut diff = Diff { name: name.to_owned(), base: base.clone(), new, moved, ..Diff::default() };
        if !all.is_empty() {
            diff.runs.push(Run { sort: Sort::File, line: 0, at: 0 });
            diff.len = 2;
        }
        let (mut at, mut old, mut new) = (0, 0, 0);
        let is_near = |a: &Change, b: &Change| is_near(&base[a.gone.end..b.gone.start]);
        for together in all.chunk_by(is_near) {
            let start = up(base, together[0].gone.start, AROUND);
            let between = lines(&base[at..start]);
            let hunk = diff.hunk(start, together, (old + between, new + between));
            (old, new) = (hunk.old.end, hunk.new.end);
            at = down(base, together[together.len() - 1].gone.end, AROUND);
            diff.hunks.push(hunk);
        }
        diff
    }

    /// Shows changes with what stands around and between them.
    fn hunk(&mut self, start: usize, changes: &[Change], (old, new): (usize, usize)) -> Hunk {
        let mut hunk = Hunk { line: self.len, old: old..old, new: new..new };
        self.runs.push(Run { sort: Sort::Place, line: self.len, at: self.hunks.len() });
        self.len += 1;
        let mut at = start;
        for adjoining in changes.chunk_by(|a, b| a.gone.end == b.gone.start) {
            let gone = adjoining[0].gone.start..adjoining[adjoining.len() - 1].gone.end;
            self.show(&mut hunk, Sort::Same, at..gone.start);
            at = gone.end;
            self.show(&mut hunk, Sort::Gone, gone);
            adjoining.iter().for_each(|change| self.show(&mut hunk, Sort::New, change.come.clone()));
        }
        self.show(&mut hunk, Sort::Same, at..down(&self.base, at, AROUND));
        hunk
    }

    /// Shows lines of the text that their sort is from.
    fn show(&mut self, hunk: &mut Hunk, sort: Sort, range: Range<usize>) {
        let (start, first) = (range.start, self.len);
        let text = &self.text(sort)[range];
        let ends = memchr_iter(b'\n', text).map(|end| end + 1);
        let starts = std::iter::once(0).chain(ends).filter(|at| *at < text.len());
        let mut count = 0;
        let runs: Vec<Run> = starts
            .inspect(|_| count += 1)
            .enumerate()
            .step_by(LONGEST)
            .map(|(nth, at)| Run { sort, line: first + nth, at: start + at })
            .collect();
        let is_open = text.last().is_some_and(|last| *last != b'\n');
        self.runs.extend(runs);
        self.len += count;
        hunk.old.end += if sort == Sort::New { 0 } else { count };
        hunk.new.end += if sort == Sort::Gone { 0 } else { count };
        if is_open {
            self.runs.push(Run { sort: Sort::Open, line: self.len, at: 0 });
            self.len += 1;
        }
    }

    fn text(&self, sort: Sort) -> &[u8] {
        if sort == Sort::New { &self.new } else { &self.base }
    }

    /// How many hunks it has.
    pub fn hunks(&self) -> usize {
        self.hunks.len()
    }

    /// The line, counted from 0, at which a hunk begins.
    pub fn hunk_start(&self, hunk: usize) -> Option<usize> {
        self.hunks.get(hunk).map(|hunk| hunk.line)
    }

    /// The hunk that a line is in; the first for what stands before it.
    pub fn hunk_of(&self, line: usize) -> usize {
        self.hunks.partition_point(|hunk| hunk.line <= line).saturating_sub(1)
    }

    /// How much it is: `3 hunks, +5 −4 lines`.
    pub fn summary(&self) -> String {
        let hunks = super::counted(self.hunks.len(), "hunk");
        format!("{hunks}, +{} −{} lines", self.count(Sort::New), self.count(Sort::Gone))
    }

    fn count(&self, sort: Sort) -> usize {
        self.runs().filter(|(run, _)| run.sort == sort).map(|(_, lines)| lines).sum()
    }

    /// The runs, each with how many lines it has.
    fn runs(&self) -> impl Iterator<Item = (&Run, usize)> {
        let ends = self.runs.iter().skip(1).map(|run| run.line).chain([self.len]);
        self.runs.iter().zip(ends).map(|(run, end)| (run, end - run.line))
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many lines the diff has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Writes the diff as a file of it is, line by line.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        for (run, lines) in self.runs() {
            let mut at = run.at;
            for nth in 0..lines {
                let (line, next) = self.line_at(run, nth, at);
                at = next;
                out.write_all(run.sort.sign().as_bytes())?;
                out.write_all(&line)?;
                out.write_all(b"\n")?;
            }
        }
        Ok(())
    }

    /// A line of the diff, counted from 0: its sort, and what it says behind the sign and without its end.
    pub fn line(&self, at: usize) -> Option<(Sort, Cow<'_, [u8]>)> {
        let (run, start) = self.place(at)?;
        let run = &self.runs[run];
        Some((run.sort, self.line_at(run, at - run.line, start).0))
    }

    /// The run that a line is in, and where it begins in its text.
    fn place(&self, at: usize) -> Option<(usize, usize)> {
        let nth = self.runs.partition_point(|run| run.line <= at).checked_sub(1).filter(|_| at < self.len)?;
        let run = &self.runs[nth];
        let text = || &self.text(run.sort)[run.at..];
        let start = match (run.sort, at - run.line) {
            (Sort::File | Sort::Place | Sort::Open, _) | (_, 0) => run.at,
            (_, nth) => run.at + memchr_iter(b'\n', text()).nth(nth - 1)? + 1,
        };
        Some((nth, start))
    }

    /// A line of a run that begins at an offset of its text, and where the next one does.
    fn line_at(&self, run: &Run, nth: usize, at: usize) -> (Cow<'_, [u8]>, usize) {
        let own = |text: String| (Cow::Owned(text.into_bytes()), at);
        match run.sort {
            Sort::File if nth == 0 => own(format!("--- a/{}", self.name)),
            Sort::File => own(format!("+++ b/{}", self.name)),
            Sort::Place => own(self.hunks.get(run.at).map(Hunk::header).unwrap_or_default()),
            Sort::Open => (Cow::Borrowed(OPEN), at),
            sort => {
                let text = &self.text(sort)[at..];
                let length = memchr::memchr(b'\n', text).unwrap_or(text.len());
                (Cow::Borrowed(&text[..length]), at + length + 1)
            }
        }
    }
}

impl Hunk {
    fn header(&self) -> String {
        let [old, new] = [&self.old, &self.new].map(|lines| match lines.len() {
            0 => format!("{},0", lines.start),
            1 => format!("{}", lines.start + 1),
            many => format!("{},{many}", lines.start + 1),
        });
        format!("@@ -{old} +{new} @@")
    }
}

/// Whether so few lines stand between two changes that they all show.
fn is_near(between: &[u8]) -> bool {
    memchr_iter(b'\n', between).nth(2 * AROUND).is_none()
}

/// How many lines end in a text.
fn lines(text: &[u8]) -> usize {
    memchr_iter(b'\n', text).count()
}

/// Where the line begins that is so many above one that begins at an offset.
fn up(base: &[u8], at: usize, count: usize) -> usize {
    memrchr_iter(b'\n', &base[..at]).nth(count).map_or(0, |end| end + 1)
}

/// The same, below.
fn down(base: &[u8], at: usize, count: usize) -> usize {
    memchr_iter(b'\n', &base[at..]).nth(count - 1).map_or(base.len(), |end| at + end + 1)
}

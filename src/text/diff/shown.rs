//! What a reader is shown of a line beside its sort: whether it has only moved, and what of it is other than before. It is
//! found out for the lines that are looked at.

use std::ops::Range;

use super::{Diff, Sort, moved, words};

impl Diff {
    /// Whether a line stood elsewhere before, or stands elsewhere now, as it is.
    pub fn is_moved(&self, at: usize) -> bool {
        let Some((run, start)) = self.place(at) else { return false };
        let (run, text) = (&self.runs[run], self.line(at).map_or(0, |(_, text)| text.len()));
        let line = start..start + text;
        match run.sort {
            Sort::Gone => moved::holds(&self.moved.from, &line),
            Sort::New => moved::holds(&self.moved.to, &line),
            _ => false,
        }
    }

    /// The stretches of a line that the one in its place before, or after, does not have; none where there is no such line.
    pub fn changed(&self, at: usize) -> Vec<Range<usize>> {
        let Some((_, line)) = self.line(at) else { return Vec::new() };
        let mut partners = self.partners(at).into_iter().filter_map(|other| self.line(other));
        partners.find_map(|(_, other)| words::changed(&line, &other)).unwrap_or_default()
    }

    /// The stretches of the text before that go elsewhere.
    pub fn moves(&self) -> &[Range<usize>] {
        &self.moved.from
    }

    /// The lines that may stand in the place of a line: as far from the upper end of those that go and come there, and as
    /// far from the lower.
    fn partners(&self, at: usize) -> Vec<usize> {
        let Some((run, _)) = self.place(at) else { return Vec::new() };
        let (gone, new) = match self.runs[run].sort {
            Sort::Gone => (self.block(run), self.block_at(self.block(run).end)),
            Sort::New => (
                self.block(run).start.checked_sub(1).map_or(0..0, |line| self.block_at(line)),
                self.block(run),
            ),
            _ => return Vec::new(),
        };
        let sort = |block: &Range<usize>| self.place(block.start).map(|(run, _)| self.runs[run].sort);
        if sort(&gone) != Some(Sort::Gone) || sort(&new) != Some(Sort::New) {
            return Vec::new();
        }
        let (own, other) = if gone.contains(&at) { (gone, new) } else { (new, gone) };
        let upper = other.start + (at - own.start);
        let lower = (other.end + at).checked_sub(own.end);
        let mut partners = vec![upper];
        partners.extend(lower.filter(|lower| *lower != upper));
        partners.retain(|line| other.contains(line));
        partners
    }

    fn block_at(&self, line: usize) -> Range<usize> {
        self.place(line).map_or(line..line, |(run, _)| self.block(run))
    }

    /// The lines of the same sort that stand around a run without a gap.
    fn block(&self, run: usize) -> Range<usize> {
        let sort = self.runs[run].sort;
        let first = self.runs[..run].iter().rev().take_while(|run| run.sort == sort).count();
        let behind = self.runs[run..].iter().take_while(|run| run.sort == sort).count();
        let end = self.runs.get(run + behind).map_or(self.len, |run| run.line);
        self.runs[run - first].line..end
    }
}

//! Text that edits only take from one place to another: of a bug that moves all but what is changed in it.

use std::ops::Range;

/// Where text goes from and where it comes, byte for byte the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved {
    /// In the text before, sorted and disjoint.
    pub(super) from: Vec<Range<usize>>,
    /// Among the lines that come, the same.
    pub(super) to: Vec<Range<usize>>,
}

impl Moved {
    /// Takes note of a stretch. Those that come are taken in their order.
    pub(super) fn add(&mut self, from: Range<usize>, to: Range<usize>) {
        self.from.push(from);
        self.to.push(to);
    }

    /// Forgets what was to come from an offset on.
    pub(super) fn cut(&mut self, at: usize) {
        while self.to.last().is_some_and(|to| to.end > at) {
            self.to.pop();
            self.from.pop();
        }
    }

    /// What comes in such a block has been turned by so many bytes to the left.
    pub(super) fn turned(&mut self, block: &Range<usize>, by: usize) {
        let inside = |to: &Range<usize>| block.start <= to.start && to.end <= block.end;
        let first = self.to.partition_point(|to| to.start < block.start);
        for at in first..self.to.len() {
            let Some(to) = self.to.get(at).cloned().filter(inside) else { break };
            let seam = (block.start + by).clamp(to.start, to.end);
            let (left, right) = (to.start..seam, seam..to.end);
            let behind = |range: Range<usize>| range.start + block.len() - by..range.end + block.len() - by;
            let before = |range: Range<usize>| range.start - by..range.end - by;
            self.to[at] = if right.is_empty() { behind(left.clone()) } else { before(right.clone()) };
            if !left.is_empty() && !right.is_empty() {
                self.to.push(behind(left));
            }
        }
    }

    /// The same, sorted, and what adjoins as one.
    pub(super) fn settled(self) -> Moved {
        Moved { from: joined(self.from), to: joined(self.to) }
    }
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, before| {
        let adjoins = next.start <= before.end;
        before.end = if adjoins { before.end.max(next.end) } else { before.end };
        adjoins
    });
    ranges
}

/// Whether one of such ranges holds all of another.
pub(super) fn holds(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let behind = ranges.partition_point(|known| known.start <= range.start);
    behind.checked_sub(1).is_some_and(|at| range.end <= ranges[at].end)
}

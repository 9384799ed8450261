//! Which line an offset stands on, without counting from the start each time.

use memchr::memchr_iter;
use rayon::prelude::*;

use crate::text::Span;

/// How many bytes lie between two counts that are kept: as many as are counted in no time, for a list asks for the line
/// of every bug, and so many that the counts take a thousandth of the report.
const STRIDE: usize = 1 << 12;

/// How many of them are counted at a time on one core.
const TOGETHER: usize = 64;

/// Line feeds before each stride of a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    before: Vec<u32>,
}

impl Lines {
    /// What was counted of each stride, in order.
    pub(super) fn counted(counts: impl IntoIterator<Item = u32>) -> Lines {
        Lines { before: running(0, counts).collect() }
    }

    /// The same of a report that is this one up to an offset.
    pub(super) fn of_edited(&self, same: usize, base: &[u8]) -> Lines {
        let kept = (same / STRIDE).min(self.before.len().saturating_sub(1));
        let rest = &base[kept * STRIDE..];
        let counts: Vec<u32> = rest.par_chunks(STRIDE).with_min_len(TOGETHER).map(feeds).collect();
        let mut before = self.before[..kept].to_vec();
        before.reserve_exact(counts.len());
        before.extend(running(self.before.get(kept).copied().unwrap_or(0), counts));
        Lines { before }
    }

    /// The 1-based line of an offset, counting line feeds as editors and `grep -n` do.
    pub(super) fn number(&self, base: &[u8], at: u32) -> usize {
        let at = (at as usize).min(base.len());
        let stride = at / STRIDE;
        let before =
            self.before.get(stride).copied().unwrap_or_else(|| self.before.last().copied().unwrap_or(0));
        let from = stride.min(self.before.len().saturating_sub(1)) * STRIDE;
        1 + before as usize + feeds(&base[from..at]) as usize
    }
}

/// How many there are before each of some counts, from so many on.
fn running(from: u32, counts: impl IntoIterator<Item = u32>) -> impl Iterator<Item = u32> {
    counts.into_iter().scan(from, |sum, count| {
        *sum += count;
        Some(*sum - count)
    })
}

/// How many strides a report has.
pub(super) fn strides(base: &[u8]) -> usize {
    base.len().div_ceil(STRIDE)
}

/// The line feeds of each stride that begins in a span.
pub(super) fn counts(base: &[u8], span: Span) -> impl Iterator<Item = u32> {
    let strides = (span.start as usize).div_ceil(STRIDE)..(span.end as usize).div_ceil(STRIDE);
    strides.map(|stride| feeds(&base[stride * STRIDE..base.len().min((stride + 1) * STRIDE)]))
}

fn feeds(bytes: &[u8]) -> u32 {
    memchr_iter(b'\n', bytes).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: &[u8]) -> Lines {
        Lines::default().of_edited(0, base)
    }

    #[test]
    fn what_is_counted_span_by_span_is_counted_whole() {
        let base = b"one\n".repeat(STRIDE);
        for cut in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 2, base.len()] {
            let spans = [(0, cut), (cut, base.len())].map(|(start, end)| Span::new(start as u32, end as u32));
            let counted = Lines::counted(spans.into_iter().flat_map(|span| counts(&base, span)));
            assert_eq!(counted.before, of(&base).before, "cut at {cut}");
        }
    }

    #[test]
    fn lines_are_numbered_alike_on_both_sides_of_a_stride() {
        let base = b"one\ntwo\n".repeat(STRIDE / 6);
        let lines = of(&base);
        for at in [0, 3, 4, STRIDE - 1, STRIDE, STRIDE + 1, base.len() - 1, base.len()] {
            let counted = base[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            assert_eq!(lines.number(&base, at as u32), counted, "at {at}");
        }
        assert_eq!(of(b"").number(b"", 0), 1);
    }

    #[test]
    fn lines_of_an_edited_report_are_numbered_as_if_all_were_counted() {
        let base = b"one
two
"
        .repeat(STRIDE / 2);
        let before = of(&base);
        for same in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, base.len() - 1, base.len()] {
            for edited in [
                &base[..same],
                &[
                    &base[..same],
                    b"more
",
                    &base[same..],
                ]
                .concat(),
            ] {
                assert_eq!(before.of_edited(same, edited).before, of(edited).before, "{same}");
            }
        }
        assert_eq!(of(b"").of_edited(0, &base).before, before.before);
    }
}

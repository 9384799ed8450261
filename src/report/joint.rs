//! Bugs that were not read again, put among those that were.
//!
//! It shows whether the bugs beside those left out are still what they were: then so are those left out.

use super::edited::Kept;
use super::index::Index;
use super::layout::Why;
use super::mention::Mention;
use super::plain::Plain;
use super::shape::{self, Shape};
use super::skipped::{READ, Skipped};
use super::{Bug, BugIx, Form, Source, scan};
use crate::methodology::{HeadingWord, Methodology};

/// Bugs of a report that were left out of the index of an edited one, and where in it they belong.
pub(super) struct Joint<'a> {
    skipped: &'a [Skipped],
    /// Their bugs as they stand now, one after the other.
    left_out: &'a [Bug],
    base: &'a [u8],
    index: &'a Index,
    /// For each of those left out, before which of the bugs of the index they stand.
    gaps: Vec<usize>,
    kept: Vec<Kept>,
}

impl<'a> Joint<'a> {
    /// `None` where the bugs beside those left out are not what they were, or where those left out could have a say in
    /// what the others are.
    pub(super) fn of(
        before: &[Bug],
        (skipped, left_out): (&'a [Skipped], &'a [Bug]),
        (base, index): (&'a [u8], &'a Index),
        methodology: &Methodology,
    ) -> Option<Joint<'a>> {
        let gap = |one: &Skipped| {
            let (gap, beside) = gap(before, one, index)?;
            beside.iter().any(|bug| is_counted(base, bug, methodology)).then_some(gap)
        };
        let gaps = skipped.iter().map(gap).collect::<Option<Vec<usize>>>()?;
        let kept = kept(skipped, &gaps);
        Some(Joint { skipped, left_out, base, index, gaps, kept })
    }

    /// Which bugs were left out, and where they are now.
    pub(super) fn kept(&self) -> Vec<Kept> {
        self.kept.clone()
    }

    /// All bugs.
    pub(super) fn bugs(&self) -> Vec<Bug> {
        let (mut read, mut left_out) = (self.index.bugs.as_slice(), self.left_out);
        let mut bugs = Vec::with_capacity(read.len() + left_out.len());
        for (one, gap) in self.skipped.iter().zip(&self.gaps) {
            let passed = self.index.bugs.len() - read.len();
            bugs.extend_from_slice(take(&mut read, gap - passed));
            let section = self.index.bugs[*gap].section;
            let skipped = take(&mut left_out, one.bugs.len()).iter();
            bugs.extend(skipped.map(|bug| Bug { section, ..*bug }));
        }
        bugs.extend_from_slice(read);
        bugs
    }

    /// The rows that speak of bugs.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mentions = self.index.mentions.iter();
        mentions.map(|mention| Mention { bug: self.place(mention.bug), ..*mention }).collect()
    }

    /// Which of them are told by themselves.
    pub(super) fn plain(&self) -> Plain {
        let read = (0..self.index.bugs.len() as u32).map(BugIx).filter(|bug| self.index.plain.has(*bug));
        let left_out = self.kept.iter().flat_map(|kept| kept.now.0..kept.now.0 + kept.count).map(BugIx);
        Plain::of(
            self.index.bugs.len() + self.left_out.len(),
            read.map(|bug| self.place(bug)).chain(left_out),
        )
    }

    /// The shapes of all.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let moved = |shape: &Shape| Shape { first: self.place(shape.first), ..*shape };
        let mut shapes: Vec<Shape> = self.index.shapes.iter().map(moved).collect();
        let mut left_out = self.left_out;
        for (kept, gap) in self.kept.iter().zip(&self.gaps) {
            let depth = scan::atx(self.base, self.index.bugs[*gap].block.start).unwrap_or_default();
            for (bug, at) in take(&mut left_out, kept.count as usize).iter().zip(kept.now.0..) {
                let why = if bug.source == Source::Heading { Why::Level } else { Why::Field };
                shape::add(&mut shapes, Shape::of_bug((Form::Heading, depth, why), BugIx(at)));
            }
        }
        shape::sort(&mut shapes);
        shapes
    }

    /// Where a bug of the index is among all.
    fn place(&self, bug: BugIx) -> BugIx {
        let passed = self.gaps.partition_point(|gap| *gap <= bug.at());
        let last = passed.checked_sub(1);
        let before = last.map_or(0, |last| {
            let Kept { now, count, .. } = self.kept[last];
            now.0 + count - self.gaps[last] as u32
        });
        BugIx(bug.0 + before)
    }
}

/// The first so many of some bugs, which then are no longer among those.
fn take<'a>(bugs: &mut &'a [Bug], count: usize) -> &'a [Bug] {
    let (first, rest) = bugs.split_at(count);
    *bugs = rest;
    first
}

/// Before which bug of an index some belong that were left out of it, and the bugs beside them; `None` where those are
/// not what they were.
fn gap<'a>(before: &[Bug], one: &Skipped, index: &'a Index) -> Option<(usize, &'a [Bug])> {
    let read = READ as usize;
    let gap = index.bugs.partition_point(|bug| bug.block.start < one.span.start);
    let (first, last) = (one.bugs.start as usize - read, one.bugs.end as usize);
    let were = before[first..first + read].iter().chain(&before[last..last + read]);
    let are = index.bugs.get(gap.checked_sub(read)?..gap + read)?;
    let section = are[0].section;
    let is_same = |(was, is): (&Bug, &Bug)| Bug { section, ..one.moved(was) } == *is;
    let are_plain = (gap - read..gap + read).all(|at| index.plain.has(BugIx(at as u32)));
    (are_plain && were.zip(are).all(is_same)).then_some((gap, are))
}

/// Where bugs are that were left out, given before which of the others.
fn kept(skipped: &[Skipped], gaps: &[usize]) -> Vec<Kept> {
    let place = |before: &mut u32, (one, gap): (&Skipped, &usize)| {
        let (now, count) = (BugIx(*gap as u32 + *before), one.bugs.len() as u32);
        *before += count;
        Some(Kept { before: BugIx(one.bugs.start), now, count })
    };
    skipped.iter().zip(gaps).scan(0, place).collect()
}

/// Whether a bug is one that makes other headings beside it bugs by being counted.
fn is_counted(base: &[u8], bug: &Bug, methodology: &Methodology) -> bool {
    let word = methodology.headings().leading(bug.title.of(base)).map(|(word, _)| word);
    !matches!(word, Some(HeadingWord::Prose | HeadingWord::Fine | HeadingWord::Step))
}

//! How headings stand below each other.

use rayon::prelude::*;

use crate::report::part::Part;
use crate::text::passing;

/// No part.
pub(super) const NONE: u32 = u32::MAX;

/// The headings around and below each heading.
pub(super) struct Tree {
    /// How deep each part stands (`Part::rank`).
    ranks: Vec<u8>,
    parents: Vec<u32>,
    /// Where what stands below each part ends.
    ends: Vec<u32>,
    title: Option<usize>,
}

impl Tree {
    pub(super) fn of(parts: &[Part]) -> Tree {
        let ranks = passing::collected(parts.par_iter().map(|part| part.rank()));
        let mut parents = passing::filled(NONE, ranks.len());
        let mut ends = passing::filled(ranks.len() as u32, ranks.len());
        let mut open: Vec<usize> = Vec::new();
        for (at, rank) in ranks.iter().enumerate() {
            while let Some(above) = open.pop_if(|above| ranks[*above] >= *rank) {
                ends[above] = at as u32;
            }
            parents[at] = open.last().map_or(NONE, |above| *above as u32);
            open.push(at);
        }
        Tree { parents, ends, title: title(&ranks), ranks }
    }

    /// The heading that a part stands below.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        Some(self.parents[at]).filter(|parent| *parent != NONE).map(|parent| parent as usize)
    }

    /// The headings around a part, from the inside.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(at), |at| self.parent(*at))
    }

    /// The parts below one, in order.
    pub(super) fn below(&self, at: usize) -> std::ops::Range<usize> {
        at + 1..self.ends[at] as usize
    }

    /// How deep the heading of a part is.
    pub(super) fn depth(&self, at: usize) -> u8 {
        self.ranks[at].div_ceil(2)
    }

    /// Whether it is the title of the whole report.
    pub(super) fn is_title(&self, at: usize) -> bool {
        self.title == Some(at)
    }
}

/// The title of the whole report: the first heading, if it alone is as high as that, or others head nothing.
fn title(levels: &[u8]) -> Option<usize> {
    let first = *levels.first()?;
    let heads = |pair: &[u8]| pair[0] == first && pair[1] > first;
    let mut heading = (0..levels.len() - 1).filter(|at| heads(&levels[*at..*at + 2]));
    let is_highest = levels.iter().all(|level| *level >= first);
    (is_highest && heading.next() == Some(0) && heading.next().is_none()).then_some(0)
}

//! What separates bugs from each other: blank lines and thematic breaks, which are not part of them.

use rayon::prelude::*;

use super::bug::Bug;
use crate::text::{Span, line};

/// Cuts the separators off the ends of bugs that reach up to the next heading. Where most bugs end with a
/// rule, what follows a rule inside one that does not is not the bug's.
///
/// `rules` are the starts of the lines that are thematic breaks, ascending.
pub(super) fn cut(base: &[u8], bugs: &mut [Bug], rules: &[u32]) {
    let cut = |bug: &mut Bug| {
        let first = rules.partition_point(|rule| *rule < bug.block.start);
        let own = &rules[first..first + rules[first..].partition_point(|rule| *rule < bug.block.end)];
        let ends_ruled = cut_trailing(base, &mut bug.block, own) < own.len();
        (ends_ruled, own.iter().copied().find(|rule| !ends_ruled && *rule >= bug.severity.end))
    };
    let inner: Vec<(bool, Option<u32>)> = bugs.par_iter_mut().map(cut).collect();
    let ruled = inner.iter().filter(|(ends_ruled, _)| *ends_ruled).count();
    if ruled * 2 > bugs.len() {
        for (bug, (_, rule)) in bugs.iter_mut().zip(inner) {
            bug.block = rule.map_or(bug.block, |rule| Span::new(bug.block.start, rule).trim_end(base));
        }
    }
}

/// Cuts blanks and rules off the end of a block; gives how many of its rules are left inside.
fn cut_trailing(base: &[u8], block: &mut Span, rules: &[u32]) -> usize {
    *block = block.trim_end(base);
    let mut left = rules.len();
    while left > 0 && line::at(base, rules[left - 1]).text.end >= block.end {
        left -= 1;
        *block = Span::new(block.start, rules[left]).trim_end(base);
    }
    left
}

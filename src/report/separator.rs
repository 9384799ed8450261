//! What separates bugs from each other: blank lines and thematic breaks, which are not part of them.

use super::bug::Bug;
use crate::text::{Span, line};

/// Cuts the separators off the ends of bugs that reach up to the next heading. Where most bugs end with a
/// rule, what follows a rule inside one that does not is not the bug's.
///
/// `rules` are the starts of the lines that are thematic breaks, ascending.
pub(super) fn cut(base: &[u8], bugs: &mut [Bug], rules: &[u32]) {
    let mut first = 0;
    let mut inner = Vec::with_capacity(bugs.len());
    let mut ruled = 0;
    for bug in bugs.iter_mut() {
        first += rules[first..].iter().take_while(|rule| **rule < bug.block.start).count();
        let count = rules[first..].iter().take_while(|rule| **rule < bug.block.end).count();
        let own = &rules[first..first + count];
        let left = cut_trailing(base, &mut bug.block, own);
        ruled += usize::from(left < own.len());
        let ends_ruled = left < own.len();
        inner.push(own.iter().copied().find(|rule| !ends_ruled && *rule >= bug.severity.end));
        first += count;
    }
    if ruled * 2 > bugs.len() {
        for (bug, rule) in bugs.iter_mut().zip(inner) {
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

//! What separates bugs from each other: blank lines and thematic breaks, which are not part of them.

use rayon::prelude::*;

use super::bug::Bug;
use crate::text::Span;
use crate::text::fetch::{self, fetch};

/// How many bugs are cut one after the other on one core.
const TOGETHER: usize = 1024;

/// Cuts the separators off the ends of bugs that reach up to the blanks above the next heading. Where most bugs end with
/// a rule, what follows a rule inside one that does not is not the bug's.
///
/// `rules` are the starts of the lines that are thematic breaks, ascending. Gives the bugs that do not end with a rule
/// and have one inside, ascending: how they are cut is told by the others.
pub(super) fn cut(base: &[u8], bugs: &mut [Bug], rules: &[u32]) -> Vec<usize> {
    let cut = |rules: &mut &[u32], bug: &mut Bug| {
        let own = own(rules, bug);
        if own.is_empty() {
            return (false, None);
        }
        let ends_ruled = cut_trailing(base, &mut bug.block, own) < own.len();
        (ends_ruled, own.iter().copied().find(|rule| !ends_ruled && *rule >= bug.severity.end))
    };
    let together = |(place, bugs): (usize, &mut [Bug])| {
        let first = bugs[0].block.start;
        let mut rules = &rules[rules.partition_point(|rule| *rule < first)..];
        let (mut ruled, mut inner) = (0, Vec::new());
        for (bugs, first) in
            bugs.chunks_mut(fetch::TOGETHER).zip((place * TOGETHER..).step_by(fetch::TOGETHER))
        {
            let is_ruled = |bug: &&Bug| rules.first().is_some_and(|rule| *rule < bug.block.end);
            fetch(base, bugs.iter().filter(is_ruled).map(|bug| bug.block.end.saturating_sub(1)));
            for (bug, at) in bugs.iter_mut().zip(first..) {
                let (ends_ruled, rule) = cut(&mut rules, bug);
                ruled += usize::from(ends_ruled);
                inner.extend(rule.map(|rule| (at, rule)));
            }
        }
        (ruled, inner)
    };
    let found: Vec<(usize, Vec<(usize, u32)>)> =
        bugs.par_chunks_mut(TOGETHER).enumerate().map(together).collect();
    let ruled: usize = found.iter().map(|(ruled, _)| ruled).sum();
    let inner: Vec<(usize, u32)> = found.into_iter().flat_map(|(_, inner)| inner).collect();
    if ruled * 2 > bugs.len() {
        for (at, rule) in &inner {
            bugs[*at].block = Span::new(bugs[*at].block.start, *rule).trim_end(base);
        }
    }
    inner.into_iter().map(|(at, _)| at).collect()
}

/// The rules in a bug; those before its end are taken off `rules`, which hold none of an earlier bug.
fn own<'a>(rules: &mut &'a [u32], bug: &Bug) -> &'a [u32] {
    let count = |end: u32, rules: &[u32]| rules.iter().take_while(|rule| **rule < end).count();
    let before = count(bug.block.start, rules);
    let (own, rest) = rules[before..].split_at(count(bug.block.end, &rules[before..]));
    *rules = rest;
    own
}

/// Cuts rules, and the blanks above them, off the end of a block; gives how many of its rules are left inside.
fn cut_trailing(base: &[u8], block: &mut Span, rules: &[u32]) -> usize {
    let mut left = rules.len();
    while left > 0 && is_one_line(Span::new(rules[left - 1], block.end).of(base)) {
        left -= 1;
        *block = Span::new(block.start, rules[left]).trim_end(base);
    }
    left
}

fn is_one_line(text: &[u8]) -> bool {
    !text.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
}

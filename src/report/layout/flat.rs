//! Headings that group bugs whose headings are as deep as theirs: `### Major`, `### BUG-1: Title`, `### Minor`.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::code::{leads_by_code, make_id};
use crate::methodology::{LevelId, Methodology};
use crate::report::entry::IdKind;
use crate::report::part::{self, Flat, Part};

/// The heading that one stands below, and how deep that one is.
type Place = (Option<usize>, u8);

/// Puts headings that name a level, and have no text, over those behind them that are as deep and have ids, where there
/// are several such groups below one heading, of several levels, or each over ids under a title of its own: `Low risk`, `Non
/// critical`. What is titled as such a group is one below another heading, too.
pub(super) fn settle(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) {
    let level = |at: &usize| Some((*at, level_of_group(base, parts, *at, methodology)?));
    let groups: Vec<(usize, LevelId)> = doubtful.par_iter().filter_map(level).collect();
    if groups.len() < 2 {
        return;
    }
    let mut runs: HashMap<Place, Vec<(usize, LevelId)>> = HashMap::new();
    let above = above(parts);
    let place = |at: usize| (above[at], parts[at].heading.level);
    groups.into_iter().for_each(|group| runs.entry(place(group.0)).or_default().push(group));
    let is_headed = |at: &usize| parts.get(at + 1).is_some_and(|next| next.entry.id_kind >= IdKind::Short);
    let title = |at: usize| parts[at].heading.text.of(base);
    let are_several = |groups: &[(usize, LevelId)]| {
        let levels: HashSet<LevelId> = groups.iter().map(|(_, level)| *level).collect();
        let titles: HashSet<&[u8]> = groups.iter().map(|(at, _)| title(*at)).collect();
        let are_apart = || titles.len() == groups.len() && groups.iter().all(|(at, _)| is_headed(at));
        levels.len() > 1 && groups.iter().any(|(at, _)| is_headed(at)) || titles.len() > 1 && are_apart()
    };
    let sure = runs.iter().filter(|(_, groups)| are_several(groups));
    let known: HashSet<(u8, &[u8])> =
        sure.flat_map(|((_, depth), groups)| groups.iter().map(|(at, _)| (*depth, title(*at)))).collect();
    runs.retain(|(_, depth), groups| groups.iter().all(|(at, _)| known.contains(&(*depth, title(*at)))));
    let first: HashMap<_, usize> = runs.iter().map(|(place, groups)| (*place, groups[0].0)).collect();
    let is_beside = |at: &usize| {
        first.get(&place(*at)).is_some_and(|first| first < at) && parts[*at].entry.id_kind <= IdKind::Range
    };
    let (coded, beside): (Vec<usize>, Vec<usize>) =
        (0..parts.len()).filter(is_beside).partition(|at| leads_by_code(base, &parts[*at]));
    beside.into_iter().for_each(|at| parts[at].flat = Flat::Beside);
    let codes: HashSet<&[u8]> = coded.iter().map(|at| parts[*at].entry.severity.of(base)).collect();
    if codes.len() == coded.len() {
        coded.into_iter().for_each(|at| make_id(base, &mut parts[at], methodology));
    }
    runs.into_values().flatten().for_each(|(at, _)| parts[at].flat = Flat::Group);
}

/// The level of a heading that has neither id nor text, and is followed by one as deep that has an id or is such itself.
fn level_of_group(base: &[u8], parts: &[Part], at: usize, methodology: &Methodology) -> Option<LevelId> {
    let part = &parts[at];
    let next = parts.get(at + 1)?;
    let is_blank = || part.own().of(base).iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'-');
    let may_be = part.entry.id_kind == IdKind::None
        && next.heading.level == part.heading.level
        && (next.entry.id_kind >= IdKind::Short || next.entry.id_kind == IdKind::None)
        && is_blank();
    may_be.then(|| part::level_of_heading(base, part.heading.text, methodology)).flatten()
}

/// The heading that each stands below.
fn above(parts: &[Part]) -> Vec<Option<usize>> {
    let mut last: [Option<usize>; 8] = [None; 8];
    let mut above = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let level = usize::from(part.heading.level);
        above.push(last[..level].iter().flatten().max().copied());
        last[level] = Some(at);
    }
    above
}

//! Bugs whose id or title stands below a heading of its own: `## Bug ID`, `BUG-1`, `## Title`, `It breaks`, `## Severity`, `High`.
//!
//! Where the headings of all that is said of a bug are as deep as each other, the one for its id begins it, else the one for its title.

use rayon::prelude::*;

use super::tree::Tree;
use crate::methodology::{FieldKind, Methodology};
use crate::report::entry::IdKind;
use crate::report::field::line_below;
use crate::report::part::{Fielded, Flat, Part};
use crate::report::table::{identify, plain};
use crate::text::Span;

/// Makes bugs of headings for ids behind which headings as deep say more of what has that id: its severity or its title; in a
/// report without such, of headings for titles right below its own behind which one as deep says how severe that is.
pub(super) fn settle_entries(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) {
    let id = |at: &usize| Some((*at, id_below(base, &parts[*at], methodology)?));
    let ids: Vec<(usize, Span)> = doubtful.par_iter().filter_map(id).collect();
    for (nth, (at, id)) in ids.iter().enumerate() {
        let next = ids.get(nth + 1).map_or(parts.len(), |(next, _)| *next);
        let beside = beside(parts, *at, next);
        let title = beside.iter().find_map(|other| title_below(base, &parts[*other], methodology));
        if title.is_some() || are_rated(parts, &beside) {
            let part = &mut parts[*at];
            (part.entry.id, part.entry.id_kind) = (*id, IdKind::Name);
            (part.entry.title, part.flat) = (title.unwrap_or(Span::empty(id.end)), Flat::Entry);
        }
    }
    if ids.is_empty() {
        settle_titled(base, parts, doubtful, methodology);
    }
}

fn settle_titled(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) {
    let title = |at: &usize| Some((*at, title_below(base, &parts[*at], methodology)?));
    let titles: Vec<(usize, Span)> = doubtful.par_iter().filter_map(title).collect();
    let Some(depth) = titles.first().map(|(at, _)| parts[*at].heading.level) else { return };
    let is_own = |(at, part): (usize, &Part)| at == 0 && part.entry.id.is_empty();
    let mut above = parts.iter().enumerate().filter(|(_, part)| part.heading.level < depth);
    if !above.all(is_own) {
        return;
    }
    for (nth, (at, title)) in titles.iter().enumerate() {
        let next = titles.get(nth + 1).map_or(parts.len(), |(next, _)| *next);
        if are_rated(parts, &beside(parts, *at, next)) {
            (parts[*at].entry.title, parts[*at].flat) = (*title, Flat::Entry);
        }
    }
}

/// The headings behind one that are as deep, up to the next or what is less deep.
fn beside(parts: &[Part], at: usize, next: usize) -> Vec<usize> {
    let depth = parts[at].heading.level;
    let behind = (at + 1..next).take_while(|other| parts[*other].heading.level >= depth);
    behind.filter(|other| parts[*other].heading.level == depth).collect()
}

fn are_rated(parts: &[Part], beside: &[usize]) -> bool {
    beside.iter().any(|other| parts[*other].field == Fielded::Name)
}

/// Gives what headings with nothing but an id stand for the title that a heading right below them names.
pub(super) fn settle_titles(
    base: &[u8],
    parts: &mut [Part],
    doubtful: &[usize],
    tree: &Tree,
    methodology: &Methodology,
) {
    let title = |at: &usize| {
        let above = tree.parent(*at)?;
        let entry = &parts[above].entry;
        let lacks_title = entry.title.is_empty() && !entry.id.is_empty();
        let title = lacks_title.then(|| title_below(base, &parts[*at], methodology)).flatten()?;
        Some((above, title))
    };
    let found: Vec<(usize, Span)> = doubtful.par_iter().filter_map(title).collect();
    for (at, title) in found.into_iter().rev() {
        parts[at].entry.title = title;
    }
}

/// The id below a heading that says nothing but that one follows.
fn id_below(base: &[u8], part: &Part, methodology: &Methodology) -> Option<Span> {
    let value = plain(base, below(base, part, FieldKind::Id, methodology)?);
    identify(base, value).filter(|id| *id == value)
}

fn title_below(base: &[u8], part: &Part, methodology: &Methodology) -> Option<Span> {
    below(base, part, FieldKind::Title, methodology).map(|value| plain(base, value))
}

/// The line below a heading that is what a field of a kind is called.
fn below(base: &[u8], part: &Part, kind: FieldKind, methodology: &Methodology) -> Option<Span> {
    let may_be = part.entry.id.is_empty() && part.entry.level.is_none();
    may_be.then(|| line_below(base, part.heading.text, part.own(), kind, methodology)).flatten()
}

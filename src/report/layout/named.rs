//! Bugs whose id or title stands below a heading of its own: `## Bug ID`, `BUG-1`, `## Title`, `It breaks`, `## Severity`, `High`.
//!
//! Where the headings of all that is said of a bug are as deep as each other, the one for its id begins it.

use rayon::prelude::*;

use super::tree::Tree;
use crate::methodology::{FieldKind, Methodology};
use crate::report::entry::IdKind;
use crate::report::field::line_below;
use crate::report::part::{Fielded, Flat, Part};
use crate::report::table::{identify, plain};
use crate::text::Span;

/// Makes bugs of headings for ids behind which headings as deep say more of what has that id: its severity or its title.
pub(super) fn settle_entries(base: &[u8], parts: &mut [Part], doubtful: &[usize], methodology: &Methodology) {
    let id = |at: &usize| Some((*at, id_below(base, &parts[*at], methodology)?));
    let ids: Vec<(usize, Span)> = doubtful.par_iter().filter_map(id).collect();
    for (nth, (at, id)) in ids.iter().enumerate() {
        let depth = parts[*at].heading.level;
        let next = ids.get(nth + 1).map_or(parts.len(), |(next, _)| *next);
        let beside = at + 1..next;
        let beside = beside.take_while(|other| parts[*other].heading.level >= depth);
        let beside: Vec<usize> = beside.filter(|other| parts[*other].heading.level == depth).collect();
        let title = beside.iter().find_map(|other| title_below(base, &parts[*other], methodology));
        let is_rated = beside.iter().any(|other| parts[*other].field == Fielded::Name);
        if title.is_some() || is_rated {
            let part = &mut parts[*at];
            (part.entry.id, part.entry.id_kind) = (*id, IdKind::Name);
            (part.entry.title, part.flat) = (title.unwrap_or(Span::empty(id.end)), Flat::Entry);
        }
    }
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

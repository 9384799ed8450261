//! Headings below those of bugs whose text holds the fields: `## BUG-7: Title`, `### Details`; or holds the severity among other
//! parts: `## Title`, `### Steps`, `### Impact`.
//!
//! Such a heading repeats from bug to bug, or is called as fields are, and is no bug itself, however severe it says that one is.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::title_key;
use super::tree::Tree;
use crate::methodology::Methodology;
use crate::report::entry::IdKind;
use crate::report::field::Weight;
use crate::report::part::{Fielded, Part};

/// From how many headings alike on they are overviews.
const ALIKE: u32 = 2;

/// Makes fields of the bugs above of headings that open the text of several bugs and state their severity, or that alone do
/// of what stands below them.
pub(super) fn settle(
    base: &[u8],
    parts: &mut [Part],
    doubtful: &[usize],
    tree: &Tree,
    methodology: &Methodology,
) {
    let opens = |at: &usize| *at > 0 && opens_entry(base, parts, tree, *at);
    let opening: Vec<usize> = doubtful.par_iter().copied().filter(opens).collect();
    let mut alike: HashMap<u64, u32> = HashMap::new();
    opening.iter().for_each(|at| *alike.entry(title_key(base, &parts[*at])).or_insert(0) += 1);
    let repeats = |at: &usize| alike[&title_key(base, &parts[*at])] >= ALIKE;
    let mut found: Vec<usize> = opening.into_iter().filter(repeats).collect();
    found.extend(telling(base, parts, doubtful, tree, methodology));
    for at in found {
        if parts[at].field == Fielded::Nothing {
            parts[at].field = Fielded::Text;
        }
    }
}

/// The headings without an id that alone state a severity among all that stands below the same heading, where such
/// of one title stand below several headings as deep, or the title is what a field is called.
fn telling(
    base: &[u8],
    parts: &[Part],
    doubtful: &[usize],
    tree: &Tree,
    methodology: &Methodology,
) -> Vec<usize> {
    let states = |at: &usize| {
        let is_severity = parts[*at].stated.is_some_and(|stated| stated.weight == Weight::Severity);
        is_severity && parts[*at].field == Fielded::Nothing
    };
    let has_id = |at: usize| !parts[at].entry.id.is_empty();
    let stating: Vec<usize> =
        doubtful.par_iter().copied().filter(|at| *at > 0 && states(at) && !has_id(*at)).collect();
    let mut one_below: HashMap<usize, bool> = HashMap::new();
    let mut has_one_below =
        |at: usize| *one_below.entry(at).or_insert_with(|| tree.below(at).filter(states).nth(1).is_none());
    let mut tells = |at: usize| {
        let above = tree.parent(at).filter(|above| has_one_below(*above))?;
        let heads = has_id(above) || !tree.is_title(above);
        (heads && parts[at].entry.level.is_none()).then_some((at, above))
    };
    let telling: Vec<(usize, usize)> = stating.iter().filter_map(|at| tells(*at)).collect();
    let mut depths: HashMap<u64, Vec<u8>> = HashMap::new();
    for (at, above) in &telling {
        depths.entry(title_key(base, &parts[*at])).or_default().push(parts[*above].rank());
    }
    let told: HashSet<usize> = telling.iter().map(|(at, _)| *at).collect();
    let other = stating.iter().filter(|at| !depths.is_empty() && !told.contains(at));
    let others: HashSet<u64> = other.map(|at| title_key(base, &parts[*at])).collect();
    let is_part = |at: &usize| {
        let title = parts[*at].entry.title.of(base);
        let key = title_key(base, &parts[*at]);
        let depths = &depths[&key];
        let repeats = depths.len() > 1 && depths.iter().all(|depth| *depth == depths[0]);
        !others.contains(&key) && (repeats || methodology.fields().kind_of(title).is_some())
    };
    telling.into_iter().map(|(at, _)| at).filter(is_part).collect()
}

/// Whether a heading without an id states a severity, and stands right below one that has an id and says no more.
fn opens_entry(base: &[u8], parts: &[Part], tree: &Tree, at: usize) -> bool {
    let (part, above) = (&parts[at], &parts[at - 1]);
    part.stated.is_some()
        && part.entry.id_kind <= IdKind::Number
        && tree.parent(at) == Some(at - 1)
        && above.entry.id_kind >= IdKind::Short
        && above.own().of(base).iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'-')
}

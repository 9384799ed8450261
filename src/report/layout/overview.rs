//! Headings right below those of bugs whose text holds the fields: `## BUG-7: Title`, `### Details`.
//!
//! Such a heading repeats from bug to bug and is no bug itself, however severe it says that one is.

use std::collections::HashMap;

use rayon::prelude::*;

use super::title_key;
use super::tree::Tree;
use crate::report::entry::IdKind;
use crate::report::part::{Fielded, Part};

/// From how many headings alike on they are overviews.
const ALIKE: u32 = 2;

/// Makes fields of the bugs above of headings that open the text of several bugs and state their severity.
pub(super) fn settle(base: &[u8], parts: &mut [Part], tree: &Tree) {
    let opens = |at: &usize| opens_entry(base, parts, tree, *at);
    let opening: Vec<usize> = (1..parts.len()).into_par_iter().filter(opens).collect();
    let mut alike: HashMap<u64, u32> = HashMap::new();
    opening.iter().for_each(|at| *alike.entry(title_key(base, &parts[*at])).or_insert(0) += 1);
    for at in opening {
        if parts[at].field == Fielded::Nothing && alike[&title_key(base, &parts[at])] >= ALIKE {
            parts[at].field = Fielded::Text;
        }
    }
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

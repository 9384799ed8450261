//! Codes that could be levels or ids: `S1`, `S2`, `S3` before three titles.
//!
//! A level is written more than once sooner or later; what counts up without repeating itself counts bugs.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::methodology::Methodology;
use crate::report::entry::IdKind;
use crate::report::part::{self, Part};
use crate::text::Span;

/// From how many such headings on they are taken to count.
const COUNTED: usize = 3;

/// Makes ids of the codes before the titles of headings as deep as each other, where there are several and none
/// stands twice. Whether there are codes at all, each of which may be one or the other by what the others are.
pub(super) fn settle(base: &[u8], parts: &mut [Part], methodology: &Methodology) -> bool {
    let mut coded: HashMap<u8, Vec<usize>> = HashMap::new();
    let all: Vec<usize> = (0..parts.len()).into_par_iter().filter(|at| is_coded(base, &parts[*at])).collect();
    all.into_iter().for_each(|at| coded.entry(parts[at].heading.level).or_default().push(at));
    let has_codes = !coded.is_empty();
    for parts_at in coded.into_values() {
        let codes: HashSet<&[u8]> = parts_at.iter().map(|at| parts[*at].entry.severity.of(base)).collect();
        if codes.len() == parts_at.len() && codes.len() >= COUNTED {
            parts_at.iter().for_each(|at| make_id(base, &mut parts[*at], methodology));
        }
    }
    has_codes
}

/// Whether `S` and a number stand before a title that has no other id.
fn is_coded(base: &[u8], part: &Part) -> bool {
    let entry = &part.entry;
    entry.severity.of(base).starts_with(b"S") && leads_by_code(base, part)
}

/// Whether a letter and a number that name a level stand before a title that has no other id.
pub(super) fn leads_by_code(base: &[u8], part: &Part) -> bool {
    let entry = &part.entry;
    entry.id.is_empty()
        && !entry.title.is_empty()
        && entry.severity.end <= entry.title.start
        && matches!(entry.severity.of(base), [b'A'..=b'Z', digits @ ..]
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
}

/// Makes an id of the code of a heading; what else names a level there, such as `(High)` at its end, is its severity.
pub(super) fn make_id(base: &[u8], part: &mut Part, methodology: &Methodology) {
    let other = part::entry(base, part.heading.text, methodology).echoes[0];
    let entry = &mut part.entry;
    (entry.id, entry.id_kind) = (entry.severity, IdKind::Short);
    entry.severity = if other.is_empty() { Span::empty(entry.severity.start) } else { other };
    entry.level = methodology.read_level(other.of(base)).map(|found| found.level);
}

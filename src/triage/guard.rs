//! What a decision must have before it may be made. Desk and commands ask the same questions here.

use super::{Draft, Fact, Kind};
use crate::methodology::Methodology;

/// How many characters the rationale of such a decision must have, blanks at its ends left out.
pub fn least_rationale(kind: Kind, methodology: &Methodology) -> usize {
    match kind {
        Kind::Confirmed | Kind::Claims | Kind::Reverted => 0,
        Kind::Note | Kind::Finding | Kind::Recommendation | Kind::NotExecuted => {
            methodology.rationale().minimum.max(1)
        }
        Kind::Reclassified | Kind::Status | Kind::Fixed => methodology.rationale().minimum,
    }
}

/// The facts that a decision about the whole report needs and does not tell. A fix outside the report's bugs has its
/// reason in them, and needs no rationale beside.
pub fn missing_facts(draft: &Draft) -> impl Iterator<Item = Fact> {
    let asked = if draft.is_empty() { Fact::of(draft.kind) } else { &[] };
    let tells = |fact| draft.facts.iter().any(|(told, text)| *told == fact && !text.trim().is_empty());
    asked.iter().copied().filter(move |fact| fact.is_needed() && !tells(*fact))
}

/// How many characters a rationale is short of what such a decision needs.
pub fn missing_rationale(kind: Kind, rationale: &str, methodology: &Methodology) -> usize {
    least_rationale(kind, methodology).saturating_sub(rationale.trim().chars().count())
}

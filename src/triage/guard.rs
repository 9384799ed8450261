//! What a decision must have before it may be made. Desk and commands ask the same questions here.

use super::Kind;
use crate::methodology::Methodology;

/// How many characters the rationale of such a decision must have, blanks at its ends left out.
pub fn least_rationale(kind: Kind, methodology: &Methodology) -> usize {
    match kind {
        Kind::Confirmed | Kind::Claims | Kind::Reverted => 0,
        Kind::Note | Kind::Finding | Kind::NotExecuted => methodology.rationale().minimum.max(1),
        Kind::Reclassified | Kind::Status | Kind::Fixed => methodology.rationale().minimum,
    }
}

/// How many characters a rationale is short of what such a decision needs.
pub fn missing_rationale(kind: Kind, rationale: &str, methodology: &Methodology) -> usize {
    least_rationale(kind, methodology).saturating_sub(rationale.trim().chars().count())
}

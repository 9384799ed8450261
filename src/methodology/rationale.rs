//! Deviation rules and rationales: under which rule a decision departs from the report, and why.

use super::{Direction, LevelId, ScopeId, StatusId};

/// One of the numbered rules that allow a deviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviationRule {
    /// The number it is cited by.
    pub number: u8,
    /// Its name: `Missing critical`.
    pub name: String,
    /// When it applies.
    pub definition: String,
}

/// What a rationale must be, and texts to begin one with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RationaleRules {
    /// The least number of characters, blanks at both ends not counted; 0 allows none at all.
    pub minimum: usize,
    /// Texts offered while typing.
    pub templates: Vec<Template>,
}

impl RationaleRules {
    /// Whether the text is long enough.
    pub fn allow(&self, text: &str) -> bool {
        text.trim().chars().count() >= self.minimum
    }
}

/// A text offered as a rationale, and the decision it was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its key in the methodology.
    pub name: String,
    /// The rationale.
    pub text: String,
    /// Offered first when this level is being set.
    pub severity: Option<LevelId>,
    /// Offered first when this scope is being set.
    pub scope: Option<ScopeId>,
    /// Offered first when this status is being set.
    pub status: Option<StatusId>,
    /// Not offered unasked when the severity goes the other way.
    pub direction: Option<Direction>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_do_not_make_a_rationale() {
        let rules = RationaleRules { minimum: 3, templates: Vec::new() };
        assert!(!rules.allow("  .\n   "));
        assert!(rules.allow("测试件"));
    }
}

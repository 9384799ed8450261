//! Suggestions: rules that propose a decision from what a bug says, and never make it.

use super::expression::Expression;
use super::path::{PathKind, Pattern};
use super::{Among, Bounds, FieldKind, LevelId, ScopeId, StatusId};

/// A rule that proposes a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its key in the methodology, which the log cites.
    pub name: String,
    /// When it proposes; every stated condition must hold.
    pub when: When,
    /// What it proposes.
    pub then: Proposal,
}

/// Conditions over what a bug says; what is not stated holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Fields whose values match; all of them.
    pub fields: Vec<FieldMatch>,
    /// A regular expression that the bug's whole text matches somewhere.
    pub text: Option<Expression>,
    /// The severity it has now.
    pub severity: Option<Among<LevelId>>,
    /// The scope it has now.
    pub scope: Option<Among<ScopeId>>,
    /// The status it has now.
    pub status: Option<Among<StatusId>>,
    /// The paths it names.
    pub paths: Option<PathMatch>,
}

/// A field and what its value must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMatch {
    /// The field.
    pub field: FieldRef,
    /// A regular expression that its value matches somewhere.
    pub matches: Expression,
}

/// A field by what it says, or by the very name a report gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldRef {
    /// A kind of field, in whatever language.
    Kind(FieldKind),
    /// A field of this name; case does not matter.
    Named(String),
}

/// Conditions over the paths a bug names; all that are stated must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathMatch {
    /// What every path must be one of; empty where this is not asked.
    pub all: Vec<PathTest>,
    /// What one path at least must be one of; empty where this is not asked.
    pub some: Vec<PathTest>,
    /// What no path may be.
    pub none: Vec<PathTest>,
    /// How many paths it must name at all.
    pub count: Bounds,
}

/// What a path must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathTest {
    /// Of this kind under the path rules.
    Kind(PathKind),
    /// Such that this pattern matches.
    Pattern(Pattern),
}

/// A proposed decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Whether it says that the severity is right as it is.
    pub confirm: bool,
    /// The severity to set.
    pub severity: Option<LevelId>,
    /// The scope to set.
    pub scope: Option<ScopeId>,
    /// The status to set.
    pub status: Option<StatusId>,
    /// The rationale, in which `{name}` stands for what a named group caught, and `{id}`, `{title}`,
    /// `{severity}`, `{scope}`, `{status}` and `{paths}` for those of the bug.
    pub rationale: String,
}

impl Proposal {
    /// The placeholders that need no named group.
    pub const OWN: [&'static str; 6] = ["id", "title", "severity", "scope", "status", "paths"];

    /// The names that stand in braces in the rationale, in order; `{{` and `}}` are braces themselves.
    pub fn placeholders(&self) -> Vec<&str> {
        let mut names = Vec::new();
        let mut rest = self.rationale.as_str();
        while let Some(open) = rest.find('{') {
            rest = &rest[open + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                rest = after;
            } else if let Some(close) = rest.find('}') {
                names.push(&rest[..close]);
                rest = &rest[close + 1..];
            }
        }
        names
    }
}

impl When {
    /// The names of the groups in its regular expressions, `(?<name>…)` or `(?P<name>…)`.
    pub fn captures(&self) -> Vec<&str> {
        let fields = self.fields.iter().map(|field| &field.matches);
        fields.chain(&self.text).flat_map(Expression::names).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rationale_names_what_it_wants_filled_in() {
        let proposal = Proposal {
            rationale: String::from("{module} of {id}; {{not}} {unclosed"),
            ..Proposal::default()
        };
        assert_eq!(proposal.placeholders(), ["module", "id"]);
    }
}

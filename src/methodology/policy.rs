//! Policy: guards that speak up about a decision before it is made.
//!
//! What is here is the rules themselves; a guard speaks when every condition it states holds.

use std::cmp::Ordering;

use super::{LevelId, ScopeId, StatusId};

/// A guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Its key in the methodology.
    pub name: String,
    /// When it speaks.
    pub when: Condition,
    /// What it does then.
    pub act: Act,
    /// What it says.
    pub message: String,
}

/// What a guard does when its conditions hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Shows its message and has it logged.
    Note,
    /// Asks for an override reason, which is logged.
    Warn,
    /// Refuses the decision.
    Block,
}

/// Conditions over a decision; what is not stated holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// The severity the bug has after the decision.
    pub severity: Option<Among<LevelId>>,
    /// The scope the bug has after the decision.
    pub scope: Option<Among<ScopeId>>,
    /// The status the bug has after the decision.
    pub status: Option<Among<StatusId>>,
    /// The change of severity; a decision that leaves it alone does not hold.
    pub change: Option<Change>,
    /// Whether the bug's detail was on screen.
    pub seen: Option<bool>,
    /// How many bugs the decision is on.
    pub count: Option<Bounds>,
    /// How many characters the rationale has, blanks at its ends not counted.
    pub rationale: Option<Bounds>,
}

/// A change of severity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The level before.
    pub from: Option<Among<LevelId>>,
    /// The level after.
    pub to: Option<Among<LevelId>>,
    /// Which way it goes.
    pub direction: Option<Direction>,
}

/// Which way a severity is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To a more severe level.
    Up,
    /// To a less severe level.
    Down,
}

impl Direction {
    /// What a methodology calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }

    /// The way from one level to another; none between the same.
    pub fn of(from: LevelId, to: LevelId) -> Option<Direction> {
        match from.cmp(&to) {
            Ordering::Less => Some(Direction::Down),
            Ordering::Greater => Some(Direction::Up),
            Ordering::Equal => None,
        }
    }
}

/// Some of the levels, scopes or statuses; `None` among them is a bug that states none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Among<T> {
    /// The listed ones.
    pub listed: Vec<Option<T>>,
    /// Whether all but the listed ones are meant.
    pub but: bool,
}

impl<T: PartialEq> Among<T> {
    /// Whether this one is meant.
    pub fn holds(&self, one: Option<T>) -> bool {
        self.listed.contains(&one) != self.but
    }

    /// The same for what a bug states: nothing, or a text, which has nothing inside where the methodology does not
    /// know it. Such a one is none of those that are listed, and is not none either.
    pub fn holds_stated(&self, stated: Option<Option<T>>) -> bool {
        match stated {
            Some(None) => self.but,
            Some(known) => self.holds(known),
            None => self.holds(None),
        }
    }
}

/// Bounds of a number, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub at_least: Option<usize>,
    /// The most.
    pub at_most: Option<usize>,
}

impl Bounds {
    /// Whether the number is within.
    pub fn hold(&self, number: usize) -> bool {
        self.at_least.is_none_or(|least| number >= least) && self.at_most.is_none_or(|most| number <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_production_means_a_bug_without_a_scope_too() {
        let but = Among { listed: vec![Some(ScopeId(0))], but: true };
        assert_eq!(
            [but.holds(Some(ScopeId(0))), but.holds(Some(ScopeId(1))), but.holds(None)],
            [false, true, true]
        );
        let none = Among { listed: vec![None::<ScopeId>], but: false };
        assert_eq!([none.holds(None), none.holds(Some(ScopeId(1)))], [true, false]);
        assert_eq!([but.holds_stated(Some(None)), none.holds_stated(Some(None))], [true, false]);
    }

    #[test]
    fn bounds_are_included() {
        let bounds = Bounds { at_least: Some(2), at_most: Some(3) };
        assert_eq!([1, 2, 3, 4].map(|number| bounds.hold(number)), [false, true, true, false]);
        assert!(Bounds::default().hold(0));
    }
}

//! A decision that was saved, as the log tells of it, in the terms of the report that is open.

mod absent;
pub mod edited;
mod reworded;
mod sides;
mod undone;

use jiff::Timestamp;

use super::{Answer, BugSet, Fact, Kind, Set};
use crate::methodology::LevelId;
use crate::report::{BugIx, Restated};
use crate::text::{Span, WayBack};
pub use absent::Gone;
pub use edited::Edited;
pub use reworded::Reworded;
pub use sides::Sides;
pub use undone::taken_back;

/// A saved decision in the terms of the open report: what the log says of bugs that are still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The id of its log entry.
    pub entry: String,
    /// What sort it was.
    pub kind: Kind,
    /// The entry it took back, for [`Kind::Reverted`].
    pub reverts: Option<String>,
    /// Where that took one back itself, the entry that stands again since.
    pub brings_back: Option<String>,
    /// Who made it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub rationale: String,
    /// The deviation rule that it stands under.
    pub rule: Option<u8>,
    /// The suggestion rule that it accepted.
    pub suggestion: Option<String>,
    /// Who proposed it, where somebody else decided.
    pub suggested_by: Option<String>,
    /// What the guards of the policy said of it.
    pub answers: Vec<Answer>,
    /// What it told beside its rationale.
    pub facts: Vec<(Fact, String)>,
    /// What it changed, in a few words of the log: `P0 → P2, scope – → configuration`.
    pub changed: String,
    /// Its bugs in document order, each with the values that it changed.
    pub sides: Sides,
    /// Those that the report no longer has, and which are nowhere else here.
    pub gone: Gone,
    /// Those of them that had a severity of which nobody knows the level: only the way back leads to one again.
    pub unread: BugSet,
    /// Those of them, in document order, that were given a severity of which nobody knows the level any more, each with it.
    pub unknown: Vec<(BugIx, String)>,
    /// Those of its bugs, in document order, that said already what they were given, each with the level that their
    /// section counted them as.
    pub counted: Vec<(BugIx, LevelId)>,
    /// Its claims that still state what it made them, each with what they were before.
    pub claims: Vec<Restated>,
    /// Those that state something else by now, each with what: they may state it again once newer decisions are
    /// taken back.
    pub moved: Vec<(Restated, i64)>,
    /// Whether it is about the report as a whole: about no bug and no claim.
    pub is_general: bool,
    /// The paragraph in which the report still states it.
    pub paragraph: Option<Span>,
    /// How the report as it was written then becomes again what it was before, where the values do not tell that.
    pub way_back: Option<WayBack>,
    /// The severity of a bug before it, as the log has it, where the methodology has no such level and no way leads back:
    /// the decision cannot be taken back.
    pub lost: Option<String>,
}

impl Past {
    /// The same without what it did to places of the report.
    pub fn bare(&self) -> Past {
        Past {
            sides: Sides::default(),
            unread: BugSet::default(),
            unknown: Vec::new(),
            counted: Vec::new(),
            claims: Vec::new(),
            moved: Vec::new(),
            paragraph: None,
            way_back: None,
            ..self.clone()
        }
    }

    /// The values that a bug had before, and those that it was given.
    pub fn about(&self, bug: BugIx) -> Option<(&Set, &Set)> {
        self.sides.of(bug)
    }

    /// The severity that a bug was given of which nobody knows the level any more.
    pub fn given_unknown(&self, bug: BugIx) -> Option<&str> {
        let at = self.unknown.binary_search_by_key(&bug, |(of, _)| *of).ok()?;
        Some(&self.unknown[at].1)
    }

    /// What the section of a bug counted it as that said already what it was given.
    pub fn counted_as(&self, bug: BugIx) -> Option<LevelId> {
        let at = self.counted.binary_search_by_key(&bug, |(of, _)| *of).ok()?;
        Some(self.counted[at].1)
    }
}

//! Signs in the list beside bugs that want a look, made from what does not fit together as soon as that is known.

use crate::report::audit::Kind;
use crate::report::{BugIx, Finding};
use crate::triage::BugSet;

/// Which bugs have which sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Badges {
    /// Those that the report says one severity of here and another there.
    pub contradictory: BugSet,
    /// Those that should have been fixed by now.
    pub overdue: BugSet,
}

impl Badges {
    /// The signs that these findings give.
    pub fn of(findings: &[Finding]) -> Badges {
        let of = |kinds: &[Kind]| {
            let mine = findings.iter().filter(|finding| kinds.contains(&finding.kind));
            let mut bugs: Vec<BugIx> = mine.filter_map(|finding| finding.bug).collect();
            bugs.sort_unstable();
            bugs.into_iter().collect()
        };
        Badges { contradictory: of(&[Kind::Severity, Kind::Id]), overdue: of(&[Kind::Overdue]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bugs_get_the_signs_of_what_was_found_about_them() {
        let found = |kind, bug| Finding { kind, at: 0, bug, claim: None, what: String::new() };
        let bug = |bug| Some(BugIx(bug));
        let badges = Badges::of(&[
            found(Kind::Overdue, bug(4)),
            found(Kind::Severity, bug(4)),
            found(Kind::Claim, None),
            found(Kind::Missing, bug(2)),
            found(Kind::Id, bug(1)),
        ]);
        assert_eq!(badges.contradictory, [1, 4].map(BugIx).into_iter().collect());
        assert_eq!(badges.overdue, BugSet::from(BugIx(4)));
    }
}

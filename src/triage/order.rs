//! The order of a list: by what bugs are sorted, and whether those of a level stand together.
//!
//! An order lies over bugs that are given in document order, which it keeps where it has nothing to say. It is a
//! picture of the moment it was made at: what is decided later moves no bug.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{BugSet, Session};
use crate::methodology::LevelId;
use crate::report::{BugIx, without_remark};

/// How many bytes of a text have a say in its place.
const BEGINNING: usize = 256;

/// What bugs are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Where they stand in the report.
    #[default]
    Document,
    /// Their level, the most severe first.
    Severity,
    /// What they are called, numbers by what they count: `BUG-9` before `BUG-10`.
    Id,
    /// What has become of them: what is open first, then in the order of the methodology.
    Status,
    /// Whether they are decided, the undecided first.
    Undecided,
    /// What they affect.
    Scope,
    /// Their title.
    Title,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// What its bugs are sorted by.
    pub by: By,
    /// Whether from the other end. Bugs without what they are sorted by come last either way.
    pub reversed: bool,
    /// Whether the bugs of a level stand together.
    pub grouped: bool,
}

/// Bugs in an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The order they are in.
    pub order: Order,
    /// All of them.
    pub bugs: Vec<BugIx>,
    /// The groups, in the order of the list; none where it is not grouped.
    pub groups: Vec<Group>,
}

/// Bugs of a level that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Their level when they were put in order; `None` for those without.
    pub level: Option<LevelId>,
    /// The place of the first in the list.
    pub start: usize,
    /// Which they are.
    pub bugs: BugSet,
    /// How many of them are decided.
    pub decided: usize,
}

impl Order {
    /// Whether it is the order of the report and nothing else, for which nothing has to be done.
    pub fn is_plain(self) -> bool {
        self == Order::default()
    }
}

impl Arranged {
    /// Puts bugs that are in document order into another, by what is decided so far. Takes time in their number.
    pub fn of(session: &Session, bugs: &[BugIx], order: Order) -> Arranged {
        let bugs = sorted(session, bugs, order);
        if !order.grouped {
            return Arranged { order, bugs, groups: Vec::new() };
        }
        let turned = order.reversed && order.by == By::Severity;
        let bugs = sort(&bugs, turned, |bug| session.level(bug));
        let groups = groups(session, &bugs);
        let mut arranged = Arranged { order, bugs, groups };
        arranged.recount(session.reviewed());
        arranged
    }

    /// The same bugs in another reading of the report; `None` where that does not have them all.
    pub fn follow(&self, place: impl Fn(BugIx) -> Option<BugIx>) -> Option<Arranged> {
        let follow =
            |group: &Group| Group { bugs: group.bugs.iter().filter_map(&place).collect(), ..group.clone() };
        let bugs = self.bugs.iter().map(|bug| place(*bug)).collect::<Option<Vec<_>>>()?;
        Some(Arranged { order: self.order, bugs, groups: self.groups.iter().map(follow).collect() })
    }

    /// Counts anew how many bugs of each group are decided.
    pub fn recount(&mut self, reviewed: &BugSet) {
        for group in &mut self.groups {
            group.decided = group.bugs.intersection(reviewed).len();
        }
    }
}

fn sorted(session: &Session, bugs: &[BugIx], Order { by, reversed, .. }: Order) -> Vec<BugIx> {
    let report = session.report();
    match by {
        By::Document if reversed => bugs.iter().rev().copied().collect(),
        By::Document => bugs.to_vec(),
        By::Severity => sort(bugs, reversed, |bug| session.level(bug)),
        By::Id => sort(bugs, reversed, |bug| natural(&report.handle(bug))),
        By::Status => sort(bugs, reversed, |bug| status(session, bug)),
        By::Undecided => sort(bugs, reversed, |bug| Some(session.reviewed().contains(bug))),
        By::Scope => sort(bugs, reversed, |bug| natural(&session.scope(bug)?)),
        By::Title => sort(bugs, reversed, |bug| natural(&report.title(bug))),
    }
}

/// Bugs by a key; equals keep their order, and those without a key come last.
fn sort<K: Ord + Send>(
    bugs: &[BugIx],
    reversed: bool,
    key: impl Fn(BugIx) -> Option<K> + Sync,
) -> Vec<BugIx> {
    let mut keyed: Vec<(Option<K>, BugIx)> = bugs.par_iter().map(|bug| (key(*bug), *bug)).collect();
    if reversed {
        keyed.par_sort_by(|(a, _), (b, _)| (a.is_none(), Reverse(a)).cmp(&(b.is_none(), Reverse(b))));
    } else {
        keyed.par_sort_by(|(a, _), (b, _)| (a.is_none(), a).cmp(&(b.is_none(), b)));
    }
    keyed.into_iter().map(|(_, bug)| bug).collect()
}

fn groups(session: &Session, bugs: &[BugIx]) -> Vec<Group> {
    let mut start = 0;
    let group = |run: &[BugIx]| {
        let mut members = run.to_vec();
        members.par_sort_unstable();
        let (level, bugs) = (session.level(run[0]), members.into_iter().collect());
        let group = Group { level, start, bugs, decided: 0 };
        start += run.len();
        group
    };
    bugs.chunk_by(|a, b| session.level(*a) == session.level(*b)).map(group).collect()
}

/// Whether a status closes its bug, and its place in the methodology; behind those one that the methodology does not
/// know, by how it is written.
fn status(session: &Session, bug: BugIx) -> Option<(bool, u8, Vec<u8>)> {
    let methodology = session.methodology();
    let written = session.status(bug)?;
    let said = without_remark(beginning(&written));
    let known = methodology.read_status(said.as_bytes()).map(|found| found.status);
    let closes = known.is_some_and(|status| methodology.status(status).closes);
    Some(match known {
        Some(status) => (closes, status.0, Vec::new()),
        None => (closes, u8::MAX, natural(said)?),
    })
}

/// A text as bytes that sort as a person would have it: in any case, numbers by what they count. `None` for
/// an empty one.
fn natural(text: &str) -> Option<Vec<u8>> {
    let text = beginning(text).to_lowercase();
    let mut key = Vec::with_capacity(text.len() + 4);
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (taken, behind) = rest.split_at(digits.max(1));
        if digits == 0 {
            key.push(*first);
        } else {
            push_number(&mut key, taken);
        }
        rest = behind;
    }
    (!key.is_empty()).then_some(key)
}

/// A number with how many digits it has before it, so that the longer one is the greater.
fn push_number(key: &mut Vec<u8>, digits: &[u8]) {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    let counts = &digits[zeros..];
    key.extend([b'0', u8::try_from(counts.len()).unwrap_or(u8::MAX)]);
    key.extend(counts);
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(BEGINNING)]
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::Report;
    use crate::triage::{Decision, Draft, Event, Kind, Set};

    static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

    const REPORT: &str = "\
# Bugs

### BUG-10: Slow
- **Severity:** P1
- **Status:** resolved
- **Scope:** tests

### BUG-9: crash
- **Severity:** P0
- **Status:** open

### bug-2: Odd
- **Status:** open

### BUG-002: Beyond
- **Severity:** P1
- **Scope:** configuration
";

    fn session(text: &str) -> Session {
        let report = Arc::new(Report::parse(text.as_bytes().into(), &METHODOLOGY));
        Session::new(report, Arc::clone(&METHODOLOGY), Vec::new())
    }

    fn arranged(session: &Session, order: Order) -> Arranged {
        let bugs: Vec<BugIx> = session.report().indexes().collect();
        Arranged::of(session, &bugs, order)
    }

    fn by(session: &Session, by: By, reversed: bool) -> Vec<u32> {
        let order = Order { by, reversed, grouped: false };
        arranged(session, order).bugs.iter().map(|bug| bug.0).collect()
    }

    #[test]
    fn bugs_are_sorted_as_a_person_would_and_what_is_missing_comes_last() {
        let session = session(REPORT);
        for (key, there, back) in [
            (By::Document, [0, 1, 2, 3], [3, 2, 1, 0]),
            (By::Severity, [1, 0, 3, 2], [0, 3, 1, 2]),
            (By::Id, [2, 3, 1, 0], [0, 1, 2, 3]),
            (By::Status, [1, 2, 0, 3], [0, 1, 2, 3]),
            (By::Scope, [3, 0, 1, 2], [0, 3, 1, 2]),
            (By::Title, [3, 1, 2, 0], [0, 2, 1, 3]),
        ] {
            assert_eq!(by(&session, key, false), there, "{key:?}");
            assert_eq!(by(&session, key, true), back, "{key:?} from the other end");
        }
    }

    #[test]
    fn what_is_decided_counts_when_the_order_is_made() {
        let mut session = session(REPORT);
        let draft = Draft::new(Kind::Reclassified, BugIx(0).into(), Set::severity(LevelId(0)));
        let decision = Decision { at: Timestamp::UNIX_EPOCH, by: "Ada".to_owned(), draft };
        session.apply(Event::Decided(decision));
        assert_eq!(by(&session, By::Undecided, false), [1, 2, 3, 0]);
        assert_eq!(by(&session, By::Severity, false), [0, 1, 3, 2]);
    }

    #[test]
    fn groups_are_those_of_a_level_each_in_the_order_within() {
        let order = Order { by: By::Id, reversed: true, grouped: true };
        let arranged = arranged(&session(REPORT), order);
        assert_eq!(arranged.bugs.iter().map(|bug| bug.0).collect::<Vec<_>>(), [1, 0, 3, 2]);
        let groups = arranged.groups.iter();
        let groups: Vec<_> =
            groups.map(|group| (group.level.map(|l| l.0), group.start, group.bugs.len())).collect();
        assert_eq!(groups, [(Some(0), 0, 1), (Some(1), 1, 2), (None, 3, 1)]);
    }

    proptest! {
        /// A decision on all in view would hit others, or some not.
        #[test]
        fn an_order_has_every_bug_once(texts in prop::collection::vec("[a-zA-Z0-9 日]{0,6}", 0..12), reversed: bool, grouped: bool) {
            let text: String = texts.iter().map(|text| format!("### BUG-{text}: t\n- **Severity:** P1\n\n")).collect();
            let session = session(&text);
            for by in [By::Id, By::Title, By::Status, By::Severity] {
                let mut bugs = arranged(&session, Order { by, reversed, grouped }).bugs;
                bugs.sort_unstable();
                prop_assert_eq!(bugs, session.report().indexes().collect::<Vec<_>>());
            }
        }

        /// Numbers are compared by what they count, wherever they stand.
        #[test]
        fn numbers_sort_by_what_they_count(a: u32, b: u32) {
            let key = |number: u32| natural(&format!("Bug-{number:05}x"));
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }
    }
}

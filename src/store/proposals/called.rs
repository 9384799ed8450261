//! A bug as it was called, and which one that is in a report that has changed since.
//!
//! Id and title tell a bug. Others may have the same: then it is known by its text, and where that was changed, too, as
//! by a decision that was saved, by the order of those whose text was. One that may be another is not found.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::deviation::Handles;
use crate::report::{BugIx, Report};
use crate::store::fingerprint::Fingerprint;

/// A bug as it was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Called {
    pub(super) handle: String,
    id: Option<String>,
    pub(super) title: String,
    /// Its place in `texts`.
    place: usize,
    /// The texts of all with this id and title, in document order; of too many its own alone.
    texts: Vec<Fingerprint>,
}

/// How many that are called alike are told by more than their own text.
const MANY: usize = 64;

type Named<'r> = (Option<Cow<'r, str>>, Cow<'r, str>);

/// The bugs of a report by id and title, as far as some are looked for.
pub(super) struct Finder<'r> {
    report: &'r Report,
    alike: HashMap<Named<'r>, Vec<(BugIx, Fingerprint)>>,
    handles: OnceCell<Handles<'r>>,
}

impl<'r> Finder<'r> {
    /// For finding bugs that were called so. Takes time in the number of bugs of the report.
    pub(super) fn of<'c>(report: &'r Report, called: impl IntoIterator<Item = &'c Called>) -> Finder<'r> {
        let called = called.into_iter();
        let named = called.map(|one| (one.id.clone().map(Cow::Owned), Cow::Owned(one.title.clone())));
        Finder::with(report, named)
    }

    /// For calling bugs.
    pub(super) fn for_bugs(report: &'r Report, bugs: impl IntoIterator<Item = BugIx>) -> Finder<'r> {
        Finder::with(report, bugs.into_iter().map(|bug| (report.id(bug), report.title(bug))))
    }

    fn with(report: &'r Report, named: impl Iterator<Item = Named<'r>>) -> Finder<'r> {
        let mut alike: HashMap<Named<'r>, Vec<_>> = named.map(|named| (named, Vec::new())).collect();
        if !alike.is_empty() {
            for bug in report.indexes() {
                if let Some(bugs) = alike.get_mut(&(report.id(bug), report.title(bug))) {
                    bugs.push((bug, Fingerprint::of(report.bug(bug).block.of(report.base()))));
                }
            }
        }
        Finder { report, alike, handles: OnceCell::new() }
    }

    /// What a bug is called, which must be one of those that this is for.
    pub(super) fn call(&self, bug: BugIx) -> Called {
        let (id, title) = (self.report.id(bug), self.report.title(bug));
        let alike = self.alike.get(&(id.clone(), title.clone())).map_or(&[][..], Vec::as_slice);
        let own = alike.iter().position(|(other, _)| *other == bug);
        Called {
            handle: self.report.handle(bug).into_owned(),
            id: id.map(Cow::into_owned),
            title: title.into_owned(),
            place: own.filter(|_| alike.len() <= MANY).unwrap_or_default(),
            texts: match alike.len() {
                0..=MANY => alike.iter().map(|(_, text)| text.clone()).collect(),
                _ => own.map(|at| alike[at].1.clone()).into_iter().collect(),
            },
        }
    }

    /// The bug that was called so, which must be one of those that this is for.
    pub(super) fn find(&self, called: &Called) -> Option<BugIx> {
        let named = (called.id.as_deref().map(Cow::Borrowed), Cow::Borrowed(called.title.as_str()));
        match (self.alike.get(&named).map_or(&[][..], Vec::as_slice), called.texts.len()) {
            ([], 1) => self.retitled(called),
            ([(bug, _)], 1) => Some(*bug),
            (alike, _) => among(alike, called),
        }
    }

    /// The bug whose title was edited.
    fn retitled(&self, called: &Called) -> Option<BugIx> {
        let handles = self.handles.get_or_init(|| Handles::of(self.report));
        called.id.as_ref().and_then(|_| handles.find_logged(&called.handle, &called.title))
    }
}

/// That with the same text: at the same place where none has come or gone, else with as many before it that have it. Else
/// the one that is left where as many are left of those that there were as of those that there are.
fn among(alike: &[(BugIx, Fingerprint)], called: &Called) -> Option<BugIx> {
    let is_as_many = alike.len() == called.texts.len();
    let stays = |at: usize| is_as_many && alike[at].1 == called.texts[at];
    if is_as_many && called.place < alike.len() && stays(called.place) {
        return Some(alike[called.place].0);
    }
    let left = alike.iter().enumerate().filter(|(at, _)| !stays(*at));
    let mut left: Vec<&(BugIx, Fingerprint)> = left.map(|(_, one)| one).collect();
    let mut changed = Vec::new();
    for (place, text) in called.texts.iter().enumerate().filter(|(at, _)| !stays(*at)) {
        match left.iter().position(|(_, is)| is == text) {
            Some(at) if place == called.place => return Some(left[at].0),
            Some(at) => drop(left.remove(at)),
            None => changed.push(place),
        }
    }
    let nth = changed.iter().position(|place| *place == called.place)?;
    (changed.len() == left.len()).then(|| left[nth].0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    fn report(bugs: &[(&str, &str)]) -> Report {
        let bug = |(title, text): &(&str, &str)| format!("## {title}\n- **Severity:** P0\n\n{text}\n\n");
        let text: String = bugs.iter().map(bug).collect();
        Report::parse(text.into_bytes().into(), &Arc::new(Methodology::embedded()))
    }

    /// Where the bug at a place of one report is in another.
    fn moved(before: &[(&str, &str)], at: u32, after: &[(&str, &str)]) -> Option<u32> {
        let (before, after) = (report(before), report(after));
        let called = Finder::for_bugs(&before, [BugIx(at)]).call(BugIx(at));
        Finder::of(&after, [&called]).find(&called).map(|bug| bug.0)
    }

    const ALONE: (&str, &str) = ("#12: Crash", "One.");
    const FIRST: (&str, &str) = ("B-1: Crash", "One.");
    const SECOND: (&str, &str) = ("B-1: Crash", "Two.");
    const EDITED: (&str, &str) = ("B-1: Crash", "Two, looked at.");

    #[test]
    fn a_bug_that_is_called_like_no_other_is_found_whatever_its_text() {
        assert_eq!(moved(&[ALONE], 0, &[FIRST, ("#12: Crash", "Otherwise.")]), Some(1));
        let slow = [("B-1: Slow start", "One.")];
        assert_eq!(moved(&slow, 0, &[("B-1: Slow start of all", "One.")]), Some(0), "with more words");
        assert_eq!(moved(&[FIRST], 0, &[("B-1: Data is lost", "One.")]), None, "another that has the id");
        assert_eq!(moved(&[FIRST], 0, &[("B-2: Crash", "One.")]), None, "another that has the title");
    }

    /// What is proposed for each of thousands would otherwise be told by the texts of all of them.
    #[test]
    fn one_of_very_many_is_told_by_its_own_text() {
        let texts: Vec<String> = (0..=MANY).map(|nth| format!("Text {nth}.")).collect();
        let all: Vec<(&str, &str)> = texts.iter().map(|text| ("B-1: Crash", text.as_str())).collect();
        assert_eq!(moved(&all, 7, &all[1..]), Some(6));
        assert_eq!(moved(&all, 7, &[&all[..7], &all[8..]].concat()), None);
    }

    #[test]
    fn of_those_that_are_called_alike_it_is_the_one_with_its_text_or_the_one_that_is_left() {
        assert_eq!(moved(&[FIRST, SECOND], 1, &[SECOND, FIRST]), Some(0), "in another order");
        assert_eq!(moved(&[FIRST, SECOND], 1, &[FIRST, EDITED]), Some(1));
        assert_eq!(moved(&[FIRST, SECOND], 0, &[EDITED, FIRST]), Some(1));
        assert_eq!(moved(&[FIRST, SECOND], 1, &[EDITED, FIRST]), Some(0));
        assert_eq!(moved(&[FIRST, SECOND], 1, &[FIRST]), None, "it is gone");
        assert_eq!(moved(&[FIRST, SECOND], 0, &[EDITED]), None, "either may be");
        assert_eq!(moved(&[SECOND], 0, &[FIRST, SECOND]), Some(1), "another came before it");
        assert_eq!(moved(&[SECOND], 0, &[FIRST, EDITED]), None);
        assert_eq!(moved(&[FIRST, FIRST, FIRST], 1, &[EDITED, FIRST, FIRST, FIRST]), Some(2), "all the same");
        assert_eq!(moved(&[FIRST, FIRST], 0, &[EDITED, FIRST]), Some(0), "the first was decided on");
        assert_eq!(moved(&[FIRST, FIRST], 1, &[EDITED, FIRST]), Some(1));
    }
}

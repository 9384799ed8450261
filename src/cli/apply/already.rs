//! What of a file the report has already, since it was decided before: a file that is applied again changes nothing.
//!
//! What its bugs have is not decided again. Nor is what the log tells of, where the bugs have it but for what later items of
//! the file, which are so already, have set anew: those were steps on the way to how the bugs stand. What changes no bug, such
//! as a note, is so where the log tells of it. An entry accounts for one item, and for none once it is taken back. What was
//! so when the file was applied first has no entry: of that, what the log tells of in its place counts.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::judge::Ground;
use super::taken_back::TakenBack;
use crate::methodology::Methodology;
use crate::proposal::{self, Item, LoggedClaim, What};
use crate::report::{BugIx, Restated};
use crate::triage::decision::meaning::Meaning;
use crate::triage::{Draft, Kind, Past, Set};

/// What of a file a report has: what its items give, by their places, but for what later ones that are so give in its place.
pub(super) struct Already(HashMap<usize, Left>);

/// What an item gives to its bugs, but for what later ones give to them.
struct Left {
    of_bugs: Vec<(BugIx, Set)>,
    /// Whether the log tells of it.
    is_told: bool,
}

/// What the later items of a file that are so give to a bug, and whether the log tells of that.
type Later<'d> = HashMap<BugIx, Vec<(&'d Set, bool)>>;

impl Already {
    /// That of a report as it was opened.
    pub(super) fn of(items: &proposal::Items<'_>, taken_back: &TakenBack, on: Ground<'_, '_>) -> Already {
        let mut already = Already(HashMap::new());
        if on.session.past().is_empty() {
            return already;
        }
        let mut log = Unmatched::of(on);
        let meant = items.iter().map(|item| {
            let item = item.as_ref().ok().filter(|item| !taken_back.has(item))?;
            let draft = on.meant(item)?;
            Some((item, log.take(item, &draft), draft))
        });
        let meant: Vec<Option<(&Item<'_>, bool, Draft)>> = meant.collect();
        let mut later = Later::new();
        for (place, meant) in meant.iter().enumerate().rev() {
            let Some((item, is_told, draft)) = meant else { continue };
            let left = Left::of(draft, *is_told, &later);
            let gives = *is_told || draft.bugs().any(|(_, set)| !set.is_empty());
            if gives && left.is_so(item, on) {
                draft.bugs().for_each(|(bug, set)| later.entry(bug).or_default().push((set, *is_told)));
                already.0.insert(place, left);
            }
        }
        already
    }

    /// Whether an item, at its place, is so on this ground, which items before it may have changed: nothing is to become of it.
    pub(super) fn has(&self, place: usize, item: &Item<'_>, on: Ground<'_, '_>) -> bool {
        on.has_all(item) || on.is_told(item) || self.0.get(&place).is_some_and(|left| left.is_so(item, on))
    }
}

impl Left {
    /// That of a decision. The log tells of what takes the place of what it does not tell of.
    fn of(draft: &Draft, is_told: bool, later: &Later<'_>) -> Left {
        let left = |(bug, set): (BugIx, &Set)| {
            let later = later.get(&bug).into_iter().flatten().filter(|(_, of_log)| is_told || *of_log);
            (bug, later.fold(set.clone(), |left, (set, _)| left.less(set)))
        };
        Left { of_bugs: draft.bugs().map(left).collect(), is_told }
    }

    /// Whether all of it is there.
    fn is_so(&self, item: &Item<'_>, on: Ground<'_, '_>) -> bool {
        let has = |(bug, set): &(BugIx, Set)| match self.is_told {
            true => on.session.still_has(*bug, set),
            false => on.has(item, *bug, set),
        };
        self.of_bugs.iter().all(has)
    }
}

/// The saved decisions that stand, each until an item is known by it.
struct Unmatched<'s> {
    methodology: &'s Methodology,
    /// By why they were made, then by the first of their bugs: thousands may have one reason.
    by_words: HashMap<&'s str, HashMap<Option<BugIx>, Vec<&'s Past>>>,
}

impl<'s> Unmatched<'s> {
    fn of(on: Ground<'s, '_>) -> Unmatched<'s> {
        let mut by_words: HashMap<&str, HashMap<Option<BugIx>, Vec<&Past>>> = HashMap::new();
        for past in on.session.standing() {
            let first = past.sides.iter().next().map(|(bug, ..)| bug);
            by_words.entry(&past.rationale).or_default().entry(first).or_default().push(past);
        }
        Unmatched { methodology: on.session.methodology(), by_words }
    }

    /// Whether there is one that comes to the same as an item, which is then taken.
    fn take(&mut self, item: &Item<'_>, draft: &Draft) -> bool {
        let of_words = self.by_words.get_mut(draft.rationale.as_str());
        let first = draft.bugs().map(|(bug, _)| bug).min();
        let Some(told) = of_words.and_then(|of_words| of_words.get_mut(&first)) else { return false };
        let same = (0..told.len()).filter(|at| is_same(item, draft, told[*at], self.methodology));
        let Some(at) = same.max_by_key(|at| (is_entry(item, told[*at]), Reverse(*at))) else { return false };
        told.remove(at);
        true
    }
}

/// Whether an item is the very entry of the log.
fn is_entry(item: &Item<'_>, past: &Past) -> bool {
    matches!(&item.what, What::Logged(logged) if logged.id == past.entry)
}

/// Whether applying an item, which means this, has made such an entry.
fn is_same(item: &Item<'_>, draft: &Draft, past: &Past, methodology: &Methodology) -> bool {
    let meaning = |set: &Set| Meaning::of(draft.kind, set, &draft.rationale, methodology);
    let mut bugs: Vec<(BugIx, &Set)> = draft.bugs().collect();
    bugs.sort_by_key(|(bug, _)| *bug);
    let is_after = |((bug, set), (of, _, after)): (&(BugIx, &Set), (BugIx, &Set, &Set))| {
        *bug == of && meaning(set) == meaning(after)
    };
    past.kind == draft.kind
        && (is_entry(item, past) || past.suggested_by.as_deref() == item.proposer())
        && past.facts == draft.facts
        && claims_of(item, draft.kind) == claims(past)
        && bugs.len() == past.sides.len()
        && bugs.iter().zip(past.sides.iter()).all(is_after)
}

/// What an item sets claims to, from what; what a decision about bugs leaves of claims follows from that.
fn claims_of(item: &Item<'_>, kind: Kind) -> Vec<(i64, i64)> {
    let ends = |claim: &LoggedClaim| (claim.from, i64::try_from(claim.to).unwrap_or(i64::MAX));
    let mut all: Vec<(i64, i64)> = match &item.what {
        What::Logged(logged) if kind == Kind::Claims => logged.claims.iter().map(ends).collect(),
        _ => Vec::new(),
    };
    all.sort_unstable();
    all
}

fn claims(past: &Past) -> Vec<(i64, i64)> {
    let ends = |restated: &Restated| (restated.from, restated.to);
    let of_claims = past.kind == Kind::Claims;
    let stated = past.claims.iter().chain(past.moved.iter().map(|(restated, _)| restated));
    let mut all: Vec<(i64, i64)> = stated.filter(|_| of_claims).map(ends).collect();
    all.sort_unstable();
    all
}

//! What of a file the report has already, since it was decided before: a file that is applied again changes nothing.
//!
//! What its bugs have is not decided again. Nor is what the log tells of, where the bugs have it but for what later items of
//! the file, which are so already, have set anew: those were steps on the way to how the bugs stand. What changes no bug, such
//! as a note, is so where the log tells of it. An entry accounts for one item, and for none once it is taken back. What was
//! so when the file was applied first has no entry: of that, what the log tells of in its place counts.

use std::collections::{HashMap, HashSet};

use super::judge::Ground;
use super::taken_back::TakenBack;
use crate::methodology::Methodology;
use crate::proposal::{self, Item, LoggedClaim, What};
use crate::report::{BugIx, Restated};
use crate::triage::meaning::Meaning;
use crate::triage::{Draft, Kind, Past, Set};

/// What of a file a report has, by the places of its items.
pub(super) struct Already {
    /// Those that the log tells of, and that are so.
    told: HashSet<usize>,
    /// What others give, but for what such later ones give in its place.
    left: HashMap<usize, Vec<(BugIx, Set)>>,
}

/// What the later items of a file that are so give to a bug, and whether the log tells of that.
type Later<'d> = HashMap<BugIx, Vec<(&'d Set, bool)>>;

impl Already {
    /// That of a report as it was opened.
    pub(super) fn of(items: &proposal::Items<'_>, taken_back: &TakenBack, on: Ground<'_, '_>) -> Already {
        let mut already = Already { told: HashSet::new(), left: HashMap::new() };
        if on.session.past().is_empty() {
            return already;
        }
        let mut log = Told::of(on);
        let meant = items.iter().map(|item| {
            let item = item.as_ref().ok().filter(|item| !taken_back.has(item))?;
            let draft = on.meant(item)?;
            Some((item, log.take(item, &draft), draft))
        });
        let meant: Vec<Option<(&Item<'_>, bool, Draft)>> = meant.collect();
        let mut later = Later::new();
        for (place, meant) in meant.iter().enumerate().rev() {
            let Some((item, is_told, draft)) = meant else { continue };
            let left = left(draft, *is_told, &later);
            if left.iter().all(|(bug, set)| on.has(item, *bug, set)) {
                draft.bugs().for_each(|(bug, set)| later.entry(bug).or_default().push((set, *is_told)));
                already.keep(place, *is_told, draft, left);
            }
        }
        already
    }

    fn keep(&mut self, place: usize, is_told: bool, draft: &Draft, left: Vec<(BugIx, Set)>) {
        if is_told {
            self.told.insert(place);
        } else if draft.bugs().zip(&left).any(|((_, set), (_, left))| set != left) {
            self.left.insert(place, left);
        }
    }

    /// Whether an item, at its place, is so on this ground: nothing is to become of it.
    pub(super) fn has(&self, place: usize, item: &Item<'_>, on: Ground<'_, '_>) -> bool {
        let has = |left: &Vec<(BugIx, Set)>| left.iter().all(|(bug, set)| on.has(item, *bug, set));
        self.told.contains(&place) || on.has_all(item) || self.left.get(&place).is_some_and(has)
    }
}

/// What a decision gives to its bugs, but for what later ones give to them; of those, the log tells of what takes the place of
/// what it does not tell of.
fn left(draft: &Draft, is_told: bool, later: &Later<'_>) -> Vec<(BugIx, Set)> {
    let left = |(bug, set): (BugIx, &Set)| {
        let later = later.get(&bug).into_iter().flatten().filter(|(_, of_log)| is_told || *of_log);
        (bug, later.fold(set.clone(), |left, (set, _)| left.less(set)))
    };
    draft.bugs().map(left).collect()
}

/// The saved decisions that stand, each until an item is known by it.
struct Told<'s> {
    methodology: &'s Methodology,
    /// By why they were made.
    by_words: HashMap<&'s str, Vec<&'s Past>>,
}

impl<'s> Told<'s> {
    fn of(on: Ground<'s, '_>) -> Told<'s> {
        let mut by_words: HashMap<&str, Vec<&Past>> = HashMap::new();
        on.session.standing().for_each(|past| by_words.entry(&past.rationale).or_default().push(past));
        Told { methodology: on.session.methodology(), by_words }
    }

    /// Whether there is one that comes to the same as an item, which is then taken.
    fn take(&mut self, item: &Item<'_>, draft: &Draft) -> bool {
        let Some(told) = self.by_words.get_mut(draft.rationale.as_str()) else { return false };
        let is_it = |past: &&Past| is_entry(item, past) || is_same(item, draft, past, self.methodology);
        let Some(at) = told.iter().position(is_it) else { return false };
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
    let is_after = |((bug, set), (of, after)): (&(BugIx, &Set), &(BugIx, Set))| {
        bug == of && meaning(set) == meaning(after)
    };
    past.kind == draft.kind
        && past.suggested_by.as_deref() == item.proposer()
        && past.facts == draft.facts
        && claims_of(item, draft.kind) == claims(past)
        && bugs.len() == past.after.len()
        && bugs.iter().zip(&past.after).all(is_after)
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

//! The bugs in view, their order, and the cursor among them.
//!
//! What a search finds is in document order; the order that was asked for lies over it, and is made anew only when
//! filter or order are touched, so that no decision moves a bug. The cursor is kept by bug, not by row: it stays on
//! its bug while the view around it changes, and goes to the nearest one where its bug has left the view. It
//! never wraps around.

mod range;
mod rows;

pub use rows::Line;

use crate::report::{BugIx, Report};
use crate::triage::query::Matches;
use crate::triage::{Arranged, BugSet, Order};

/// Where the cursor goes once the view has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// It stays on its bug, or goes to the nearest after it.
    #[default]
    Keep,
    /// To the best match.
    Best,
    /// To this bug.
    Bug(BugIx),
}

/// The bugs in view and the cursor among them.
#[derive(Clone, Debug, Default)]
pub struct View {
    matches: Matches,
    /// The matches in another order than the report's.
    arranged: Option<Arranged>,
    order: Order,
    whole: usize,
    at: usize,
    /// Where a range begins that is being drawn, as a place among the bugs in view.
    anchor: Option<usize>,
    filter: String,
    asked: u64,
    shown: u64,
    aim: Aim,
    top: usize,
}

impl View {
    /// Every bug of a report, the cursor on the first.
    pub fn of(report: &Report) -> View {
        View { matches: Matches::all(report), whole: report.len(), ..View::default() }
    }

    /// The bugs in view, in the order of the list.
    pub fn bugs(&self) -> &[BugIx] {
        self.arranged.as_ref().map_or(&self.matches.bugs, |arranged| &arranged.bugs)
    }

    /// The bugs in view, in document order.
    pub fn matches(&self) -> &Matches {
        &self.matches
    }

    /// The order that was asked for last.
    pub fn order(&self) -> Order {
        self.order
    }

    /// The number of the search whose matches are in view.
    pub fn shown(&self) -> u64 {
        self.shown
    }

    /// How many bugs there are, in view or not.
    pub fn whole(&self) -> usize {
        self.whole
    }

    /// The filter that was asked for last; empty for none.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The bug under the cursor.
    pub fn cursor(&self) -> Option<BugIx> {
        self.bugs().get(self.at).copied()
    }

    /// The place of the cursor among the bugs in view, from 0.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether a bug is in view.
    pub fn shows(&self, bug: BugIx) -> bool {
        self.bugs().len() == self.whole || self.matches.bugs.binary_search(&bug).is_ok()
    }

    /// How many of these bugs the filter hides.
    pub fn hides(&self, bugs: &BugSet) -> usize {
        let hidden =
            |&(start, end): &(u32, u32)| (end - start) as usize - (self.before(end) - self.before(start));
        bugs.runs().iter().map(hidden).sum()
    }

    /// How many bugs in view stand before this one in the report.
    fn before(&self, bug: u32) -> usize {
        self.matches.bugs.partition_point(|shown| shown.0 < bug)
    }

    /// Moves the cursor by rows, stopping at the ends.
    pub fn step(&mut self, rows: isize) {
        self.at = self.at.saturating_add_signed(rows).min(self.bugs().len().saturating_sub(1));
    }

    /// Moves the cursor to the last row.
    pub fn last(&mut self) {
        self.step(isize::MAX);
    }

    /// Moves the cursor to the first row.
    pub fn first(&mut self) {
        self.at = 0;
    }

    /// Puts the cursor where a review goes on: on the first bug that is not in `done`, or where all are on the first.
    pub fn begin(&mut self, done: &BugSet) {
        self.first();
        if self.cursor().is_some_and(|bug| done.contains(bug)) {
            self.go_outside(done, true);
        }
    }

    /// Puts the cursor on a bug, or where it is not in view on the nearest after it in the report.
    pub fn go(&mut self, bug: BugIx) {
        let nearest = self.before(bug.0).min(self.matches.bugs.len().saturating_sub(1));
        let in_order = |arranged: &Arranged| {
            let bug = self.matches.bugs.get(nearest)?;
            arranged.bugs.iter().position(|shown| shown == bug)
        };
        self.at = self.arranged.as_ref().and_then(in_order).unwrap_or(nearest);
    }

    /// Puts the cursor on the next bug that is not in `done`, or the last one before it; `false` where there is none.
    pub fn go_outside(&mut self, done: &BugSet, forward: bool) -> bool {
        let found = self.outside(done, forward);
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    /// Where the next bug stands that is not in `done`, or the last one before the cursor.
    pub fn outside(&self, done: &BugSet, forward: bool) -> Option<usize> {
        if forward { self.outside_after(done) } else { self.outside_before(done) }
    }

    fn outside_after(&self, done: &BugSet) -> Option<usize> {
        let mut at = self.at + 1;
        while let Some(bug) = self.bugs().get(at) {
            match run_of(done, *bug) {
                Some(_) if self.arranged.is_some() => at += 1,
                Some((_, end)) => at = self.before(end),
                None => return Some(at),
            }
        }
        None
    }

    fn outside_before(&self, done: &BugSet) -> Option<usize> {
        let mut at = self.at;
        while let Some(before) = at.checked_sub(1) {
            match self.bugs().get(before).and_then(|bug| run_of(done, *bug)) {
                Some(_) if self.arranged.is_some() => at = before,
                Some((start, _)) => at = self.before(start),
                None => return Some(before),
            }
        }
        None
    }

    /// Puts the cursor on the next bug that is in `set`, or the previous one; `false` where there is none.
    pub fn go_inside(&mut self, set: &BugSet, forward: bool) -> bool {
        let found = if forward { self.inside_after(set) } else { self.inside_before(set) };
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    fn inside_after(&self, set: &BugSet) -> Option<usize> {
        let mut at = self.at + 1;
        loop {
            let bug = *self.bugs().get(at)?;
            match set.next_from(bug) {
                Some(next) if next == bug => return Some(at),
                _ if self.arranged.is_some() => at += 1,
                next => at = self.before(next?.0),
            }
        }
    }

    fn inside_before(&self, set: &BugSet) -> Option<usize> {
        let mut at = self.at;
        loop {
            at = at.checked_sub(1)?;
            let bug = *self.bugs().get(at)?;
            match set.last_upto(bug) {
                Some(last) if last == bug => return Some(at),
                _ if self.arranged.is_some() => {}
                last => at = self.before(last?.0 + 1),
            }
        }
    }

    /// Puts the cursor on the next bug in view, or the previous one; `false` where there is none.
    pub fn step_on(&mut self, forward: bool) -> bool {
        let before = self.at;
        self.step(if forward { 1 } else { -1 });
        self.at != before
    }

    /// Asks for another filter, and where the cursor is to go then; gives the number that its matches must bring.
    pub fn ask(&mut self, filter: &str, aim: Aim) -> u64 {
        filter.clone_into(&mut self.filter);
        self.ask_again(aim)
    }

    /// Asks for what is in view once more, for the sake of its order.
    pub fn ask_again(&mut self, aim: Aim) -> u64 {
        self.aim = aim;
        self.asked += 1;
        self.asked
    }

    /// Asks for another order; it is there with the next matches that are shown.
    pub fn ask_order(&mut self, order: Order) {
        self.order = order;
    }

    /// Where the cursor goes once the search under way has ended.
    pub fn aim(&mut self, aim: Aim) {
        self.aim = aim;
    }

    /// Takes the matches of a filter, in document order and in another where one was asked for; `false` where
    /// another filter was asked for since.
    pub fn show(&mut self, generation: u64, matches: Matches, arranged: Option<Arranged>) -> bool {
        if !self.awaits(generation) {
            return false;
        }
        self.shown = generation;
        let aim = match self.aim {
            Aim::Keep => self.cursor(),
            Aim::Best => matches.best,
            Aim::Bug(bug) => Some(bug),
        };
        (self.matches, self.arranged) = (matches, arranged);
        aim.into_iter().for_each(|bug| self.go(bug));
        self.step(0);
        true
    }

    /// Goes on in a report that takes the place of the one before, of which `whole` has every bug; searches under way are
    /// overtaken. What a filter or an order has in view stays until that is made anew.
    pub fn reopen(&mut self, whole: View, place: impl Fn(BugIx) -> Option<BugIx>) {
        let next = self.asked + 1;
        let before = std::mem::take(self);
        let arranged = before.arranged.and_then(|arranged| arranged.follow(&place));
        let View { top, order, .. } = before;
        *self = View { asked: next, shown: next, order, top, arranged, ..whole };
        if !before.filter.is_empty() {
            self.matches = before.matches.follow(&place);
        }
    }

    /// Whether this is the number of what was asked for last.
    pub fn awaits(&self, generation: u64) -> bool {
        generation == self.asked
    }

    /// Whether the matches of the filter, or their order, are still to come; until then the view is not what was
    /// asked for.
    pub fn is_searching(&self) -> bool {
        self.shown != self.asked
    }

    /// Stays with the bugs in view where this search was the one asked for last: its matches will not come;
    /// `false` where another was asked for since.
    pub fn give_up(&mut self, generation: u64) -> bool {
        if !self.awaits(generation) {
            return false;
        }
        self.shown = generation;
        self.order = self.arranged.as_ref().map_or_else(Order::default, |arranged| arranged.order);
        true
    }
}

/// The run of a set that a bug is in.
fn run_of(set: &BugSet, bug: BugIx) -> Option<(u32, u32)> {
    let runs = set.runs();
    let at = runs.partition_point(|run| run.1 <= bug.0);
    runs.get(at).copied().filter(|run| run.0 <= bug.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(bugs: &[u32], whole: usize) -> View {
        let bugs: Vec<BugIx> = bugs.iter().map(|bug| BugIx(*bug)).collect();
        View { matches: Matches { best: bugs.first().copied(), bugs }, whole, ..View::default() }
    }

    fn set(bugs: &[u32]) -> BugSet {
        bugs.iter().map(|bug| BugIx(*bug)).collect()
    }

    #[test]
    fn the_cursor_stays_on_its_bug_or_goes_to_the_nearest() {
        let mut view = view(&[0, 1, 2, 3, 4, 5], 6);
        view.go(BugIx(4));
        let generation = view.ask("x", Aim::Keep);
        let matches = |bugs: &[u32]| Matches { bugs: bugs.iter().map(|b| BugIx(*b)).collect(), best: None };
        assert!(view.show(generation, matches(&[1, 4]), None));
        assert_eq!(view.cursor(), Some(BugIx(4)));
        assert!(view.show(generation, matches(&[1, 3]), None));
        assert_eq!(view.cursor(), Some(BugIx(3)));
        view.ask("xy", Aim::Keep);
        assert!(!view.show(generation, matches(&[0]), None), "an overtaken search changes nothing");
        assert_eq!(view.cursor(), Some(BugIx(3)));
    }

    #[test]
    fn undecided_bugs_are_found_both_ways_and_never_around_the_end() {
        let mut view = view(&[0, 2, 3, 5, 8], 9);
        let done = set(&[2, 3, 4, 8]);
        assert!(view.go_outside(&done, true));
        assert_eq!(view.cursor(), Some(BugIx(5)));
        assert!(!view.go_outside(&done, true));
        assert_eq!(view.cursor(), Some(BugIx(5)));
        assert!(view.go_outside(&done, false));
        assert_eq!(view.cursor(), Some(BugIx(0)));
        assert!(!view.go_outside(&done, false));
    }

    /// Whoever goes on with a review would look for where it stopped.
    #[test]
    fn a_review_goes_on_with_the_first_bug_that_is_not_done() {
        let begun = |done: &[u32]| {
            let mut view = view(&[0, 1, 2, 3], 4);
            view.begin(&set(done));
            view.at()
        };
        assert_eq!([begun(&[]), begun(&[0, 1, 3]), begun(&[1]), begun(&[0, 1, 2, 3])], [0, 2, 0, 0]);
    }

    /// The next match would be passed by, or looked for among all that are between.
    #[test]
    fn bugs_of_a_set_are_found_both_ways_in_any_order() {
        let (shown, sought) = ([0, 2, 3, 5, 8, 9], set(&[1, 3, 4, 6, 9]));
        let bugs: Vec<BugIx> = shown.map(BugIx).to_vec();
        for arranged in [None, Some(Arranged { bugs, ..Arranged::default() })] {
            let found = |at: usize, forward: bool| {
                let mut view = View { arranged: arranged.clone(), at, ..view(&shown, 10) };
                view.go_inside(&sought, forward).then_some(view.at)
            };
            assert_eq!([0, 1, 2, 4, 5].map(|at| found(at, true)), [Some(2), Some(2), Some(5), Some(5), None]);
            assert_eq!([5, 3, 2, 0].map(|at| found(at, false)), [Some(2), Some(2), None, None]);
        }
    }

    #[test]
    fn in_another_order_the_cursor_goes_by_that_order() {
        let mut view = view(&[0, 2, 3, 5], 6);
        let bugs: Vec<BugIx> = [5, 2, 3, 0].map(BugIx).to_vec();
        let (generation, matches) = (view.ask_again(Aim::Keep), view.matches().clone());
        assert!(view.show(generation, matches, Some(Arranged { bugs, ..Arranged::default() })));
        assert_eq!((view.cursor(), view.at()), (Some(BugIx(0)), 3), "it stays on its bug");
        let done = set(&[2, 3]);
        assert!(!view.go_outside(&done, true) && view.go_outside(&done, false));
        assert_eq!(view.cursor(), Some(BugIx(5)));
        assert!(view.go_outside(&done, true));
        assert_eq!(view.cursor(), Some(BugIx(0)));
        view.go(BugIx(4));
        assert_eq!(view.cursor(), Some(BugIx(5)), "the nearest after one that is not in view");
        assert_eq!((view.hides(&set(&[0, 1, 4, 5])), view.shows(BugIx(4))), (2, false));
    }

    #[test]
    fn what_a_filter_hides_of_a_set_is_counted() {
        let view = view(&[1, 2, 7], 10);
        assert_eq!(view.hides(&set(&[0, 1, 2, 3, 9])), 3);
        assert!(view.shows(BugIx(7)) && !view.shows(BugIx(0)));
    }

    #[test]
    fn steps_stop_at_the_ends_even_of_nothing() {
        let mut one = view(&[0, 1], 2);
        one.step(-3);
        assert_eq!(one.at(), 0);
        one.last();
        assert_eq!(one.at(), 1);
        let mut none = view(&[], 0);
        none.step(5);
        assert_eq!(none.cursor(), None);
    }
}

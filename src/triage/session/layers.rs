//! Which pending decisions are about a bug, found without going through all of them.
//!
//! Decisions lie over the report in layers. Bugs that stand side by side and are under the same layers are one stretch, so one
//! decision about a million bugs is one stretch and one layer, and what all of them take grows with the runs of bugs that were
//! decided, not with the bugs. Only the newest decision is taken off, and what it leaves is what was there before it.

use std::collections::{BTreeMap, HashMap};

use crate::report::BugIx;
use crate::triage::BugSet;
use crate::triage::decision::Part;

/// The layers over all bugs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layers {
    /// By their first bugs; disjoint, and no two side by side are under the same layers.
    stretches: BTreeMap<u32, Stretch>,
    /// Those of a newer decision behind those of an older one.
    layers: Vec<Layer>,
    /// How many layers there were before each decision, oldest first.
    before: Vec<usize>,
}

/// Bugs side by side under the same layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    /// The bug after the last of them.
    end: u32,
    top: usize,
}

/// What a decision makes of bugs of which those before it make the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layer {
    at: At,
    below: Option<usize>,
}

/// A decision, counted from the oldest, and that part of it which is about a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) decision: usize,
    pub(super) part: usize,
}

impl Layers {
    /// Adds a decision.
    pub(super) fn put_on(&mut self, parts: &[Part]) {
        let decision = self.before.len();
        self.before.push(self.layers.len());
        for (part, Part { bugs, .. }) in parts.iter().enumerate() {
            let mut put = HashMap::new();
            for &(start, end) in bugs.runs() {
                self.cover(start, end, At { decision, part }, &mut put);
            }
        }
    }

    /// Takes the newest decision off, which has these parts.
    pub(super) fn take_off(&mut self, parts: &[Part]) {
        let before = self.before.pop().unwrap_or_default();
        for &(start, end) in parts.iter().flat_map(|part| part.bugs.runs()) {
            self.uncover(start, end);
        }
        self.layers.truncate(before);
    }

    /// The decisions about a bug, newest first.
    pub(super) fn over(&self, bug: BugIx) -> impl Iterator<Item = At> + use<'_> {
        let stretch = self.stretches.range(..=bug.0).next_back().map(|(_, stretch)| *stretch);
        let top = stretch.filter(|stretch| bug.0 < stretch.end).map(|stretch| self.layers[stretch.top]);
        std::iter::successors(top, |layer| layer.below.map(|below| self.layers[below])).map(|layer| layer.at)
    }

    /// These bugs in runs that the same decisions are about, `(first, after last)`, each with those, newest first.
    pub(super) fn under<'a>(
        &'a self,
        bugs: &'a BugSet,
    ) -> impl Iterator<Item = (u32, u32, impl Iterator<Item = At> + use<'a>)> {
        let cut = move |&(start, end): &(u32, u32)| {
            let mut at = start;
            std::iter::from_fn(move || {
                let first = at;
                (first < end).then(|| {
                    at = self.end_of_same(first).min(end);
                    (first, at, self.over(BugIx(first)))
                })
            })
        };
        bugs.runs().iter().flat_map(cut)
    }

    /// The bug after the last of those behind a bug that the same decisions are about.
    fn end_of_same(&self, bug: u32) -> u32 {
        let here = self.stretches.range(..=bug).next_back().filter(|(_, stretch)| bug < stretch.end);
        let next = || self.stretches.range(bug..).next().map_or(u32::MAX, |(start, _)| *start);
        here.map_or_else(next, |(_, stretch)| stretch.end)
    }

    /// Puts a layer over a run of bugs. Of one part, those over the same layers are the same.
    fn cover(&mut self, start: u32, end: u32, at: At, put: &mut HashMap<Option<usize>, usize>) {
        self.split(start);
        self.split(end);
        let known: Vec<(u32, Stretch)> =
            self.stretches.range(start..end).map(|(at, known)| (*at, *known)).collect();
        let mut free = start;
        for (from, stretch) in
            known.into_iter().map(|(from, stretch)| (from, Some(stretch))).chain([(end, None)])
        {
            if free < from {
                let top = self.layer(at, None, put);
                self.stretches.insert(free, Stretch { end: from, top });
            }
            if let Some(Stretch { end, top }) = stretch {
                let top = self.layer(at, Some(top), put);
                self.stretches.insert(from, Stretch { end, top });
                free = end;
            }
        }
    }

    fn layer(&mut self, at: At, below: Option<usize>, put: &mut HashMap<Option<usize>, usize>) -> usize {
        *put.entry(below).or_insert_with(|| {
            self.layers.push(Layer { at, below });
            self.layers.len() - 1
        })
    }

    /// Takes the top layer off a run of bugs.
    fn uncover(&mut self, start: u32, end: u32) {
        let layers = &self.layers;
        let mut bare = Vec::new();
        for (from, stretch) in self.stretches.range_mut(start..end) {
            match layers[stretch.top].below {
                Some(below) => stretch.top = below,
                None => bare.push(*from),
            }
        }
        for from in bare {
            self.stretches.remove(&from);
        }
        self.join(start);
        self.join(end);
    }

    /// Cuts the stretch in two that goes across a bug.
    fn split(&mut self, at: u32) {
        let Some((_, across)) = self.stretches.range_mut(..at).next_back() else { return };
        if at < across.end {
            let rest = *across;
            across.end = at;
            self.stretches.insert(at, rest);
        }
    }

    /// Makes one of the two that meet at a bug and are under the same layers.
    fn join(&mut self, at: u32) {
        let Some(rest) = self.stretches.get(&at).copied() else { return };
        let Some((_, before)) = self.stretches.range_mut(..at).next_back() else { return };
        if before.end == at && before.top == rest.top {
            before.end = rest.end;
            self.stretches.remove(&at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::triage::Set;

    fn part(bugs: impl IntoIterator<Item = u32>) -> Part {
        Part { bugs: bugs.into_iter().map(BugIx).collect(), set: Set::default() }
    }

    /// Those of these decisions, oldest first.
    fn layers<'a>(decisions: impl IntoIterator<Item = &'a [Part]>) -> Layers {
        let mut layers = Layers::default();
        decisions.into_iter().for_each(|parts| layers.put_on(parts));
        layers
    }

    /// What going through all decisions finds.
    fn naive(decisions: &[Vec<Part>], bug: BugIx) -> Vec<At> {
        let about = |(decision, parts): (usize, &Vec<Part>)| {
            let part = parts.iter().position(|part| part.bugs.contains(bug))?;
            Some(At { decision, part })
        };
        decisions.iter().enumerate().rev().filter_map(about).collect()
    }

    /// Parts that are disjoint: what each of the bugs gets, if anything.
    fn parts() -> impl Strategy<Value = Vec<Part>> {
        prop::collection::vec(prop::option::of(0..2usize), 30).prop_map(|chosen| {
            let of = |wanted| {
                (0..).zip(&chosen).filter(move |(_, part)| **part == Some(wanted)).map(|(bug, _)| bug)
            };
            [part(of(0)), part(of(1))].into_iter().filter(|part| !part.bugs.is_empty()).collect()
        })
    }

    proptest! {
        /// A bug would be shown, searched and saved as something else than was decided.
        #[test]
        fn they_are_the_decisions_that_are_about_a_bug(steps in prop::collection::vec(prop::option::weighted(0.7, parts()), 0..20)) {
            let (mut layers, mut decisions) = (Layers::default(), Vec::<Vec<Part>>::new());
            for step in steps {
                match step {
                    Some(parts) => {
                        layers.put_on(&parts);
                        decisions.push(parts);
                    }
                    None => decisions.pop().into_iter().for_each(|parts| layers.take_off(&parts)),
                }
                for bug in (0..32).map(BugIx) {
                    prop_assert_eq!(layers.over(bug).collect::<Vec<_>>(), naive(&decisions, bug));
                }
                let odd: BugSet = (0..32).filter(|bug| bug % 5 != 3).map(BugIx).collect();
                let runs = layers.under(&odd).flat_map(|(start, end, over)| {
                    let over: Vec<At> = over.collect();
                    (start..end).map(move |bug| (BugIx(bug), over.clone()))
                });
                prop_assert!(runs.eq(odd.iter().map(|bug| (bug, naive(&decisions, bug)))));
                prop_assert_eq!(&layers, &self::layers(decisions.iter().map(Vec::as_slice)));
            }
        }
    }

    /// A million bugs would cost megabytes with every decision about all of them.
    #[test]
    fn a_decision_about_all_bugs_is_one_stretch_whatever_was_undone() {
        let all = [Part { bugs: BugSet::all(1_000_000), set: Set::default() }];
        let some = [part((0..1000).map(|bug| bug * 7))];
        let mut layers = self::layers([&all[..], &some[..]]);
        assert_eq!((layers.stretches.len(), layers.layers.len()), (2000, 2));
        layers.take_off(&some);
        assert_eq!((layers.stretches.len(), layers.layers.len()), (1, 1));
        layers.take_off(&all);
        assert_eq!(layers, Layers::default());
    }
}

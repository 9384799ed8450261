//! Decisions of a journal in terms of the open report.
//!
//! In the report that they were made about they come back exactly. In one that has changed each follows its
//! bugs by handle, where those are still as they were judged; what does not fit stays in the journal for the
//! reviewer to settle. Nothing is dropped in silence but what had been undone.

use super::bugs::{Bugs, Found};
use super::claims::ClaimText;
use super::record::{AnswerText, DecisionText, PartText, Value};
use super::replay::Replay;
use crate::deviation::Handles;
use crate::methodology::Methodology;
use crate::report::{Report, Restated};
use crate::triage::{Answer, BugSet, Decision, Draft, Event, Fact, Kind, Lost, Misfit, Part, Set};

/// What a journal's decisions are in the open report.
#[derive(Debug, Default)]
pub(in crate::store) struct Fitted {
    /// To be applied in order.
    pub(in crate::store) events: Vec<Event>,
    /// What does not fit, oldest first.
    pub(in crate::store) misfits: Vec<DecisionText>,
}

/// How a report stands to the one that decisions were made about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Since {
    /// It is that one.
    Same,
    /// It may have changed.
    Changed,
    /// It may have been changed by these very decisions: bugs are found whatever their text is.
    Saved,
}

/// The decisions of a journal that fit, and what does not. What did not fit before is tried again.
pub(in crate::store) fn fitted(replay: &Replay, report: &Report, since: Since) -> Fitted {
    // What is unfit for this report is in its journal too, and names places of another one.
    let mut carrier = Carrier::new(report, Since::Changed);
    let mut done: Vec<Event> = replay.misfits.iter().filter_map(|text| carrier.fit(text)).collect();
    carrier.since = since;
    let (first, deeper) = replay.done.split_at(replay.done.len().saturating_sub(replay.deeper));
    done.extend(first.iter().filter_map(|text| carrier.fit(text)));
    let deeper: Vec<Event> = deeper.iter().filter_map(|text| carrier.fit(text)).collect();
    let misfits = std::mem::take(&mut carrier.misfits);
    let undone: Vec<Event> = replay.undone.iter().rev().filter_map(|text| carrier.fit(text)).collect();
    let back = std::iter::repeat_n(Event::Undone, undone.len());
    Fitted { events: done.into_iter().chain(undone).chain(back).chain(deeper).collect(), misfits }
}

/// What of these decisions fits the report as it is by now, and what still does not.
pub(in crate::store) fn again(texts: &[DecisionText], report: &Report) -> Fitted {
    let mut carrier = Carrier::new(report, Since::Changed);
    let events = texts.iter().filter_map(|text| carrier.fit(text)).collect();
    Fitted { events, misfits: carrier.misfits }
}

/// What does not fit, as the reviewer is to settle it.
pub(in crate::store) fn misfits(texts: &[DecisionText], report: &Report) -> Vec<Misfit> {
    let mut carrier = Carrier::new(report, Since::Saved);
    texts.iter().map(|text| carrier.misfit(text)).collect()
}

struct Carrier<'r> {
    report: &'r Report,
    methodology: &'r Methodology,
    since: Since,
    handles: Option<Handles<'r>>,
    misfits: Vec<DecisionText>,
}

impl<'r> Carrier<'r> {
    fn new(report: &'r Report, since: Since) -> Carrier<'r> {
        Carrier { report, methodology: report.methodology(), since, handles: None, misfits: Vec::new() }
    }

    /// What of a decision fits, if anything; the rest goes to the misfits.
    fn fit(&mut self, text: &DecisionText) -> Option<Event> {
        let Some((kind, sets)) = self.known(text) else {
            self.misfits.push(text.clone());
            return None;
        };
        let whose = self.exact(text).unwrap_or_else(|| self.carried(text));
        let claims = self.claims(text);
        let had_bugs = text.parts.iter().any(|part| !part.bugs.is_empty());
        let parts = whose.parts.into_iter().zip(sets).map(|(bugs, set)| Part { bugs, set });
        let parts: Vec<Part> = parts.filter(|part| !had_bugs || !part.bugs.is_empty()).collect();
        let had_any = had_bugs || !text.claims.is_empty();
        let has_any = !claims.is_empty() || parts.iter().any(|part| !part.bugs.is_empty());
        (has_any || !had_any).then(|| Event::Decided(decision(text, kind, parts, claims, whose.seen)))
    }

    /// Its claims, each once; those that the report no longer makes are a misfit.
    fn claims(&mut self, text: &DecisionText) -> Vec<Restated> {
        let (mut claims, mut lost) = (Vec::new(), Vec::new());
        for claim in &text.claims {
            match claim.on(self.report) {
                Some(restated) if !claims.iter().any(|known: &Restated| known.claim == restated.claim) => {
                    claims.push(restated);
                }
                _ => lost.push(claim.clone()),
            }
        }
        claims.sort_by_key(|restated| restated.claim);
        self.set_aside(text, Vec::new(), lost);
        claims
    }

    /// Its kind and new values, if all of them are known.
    fn known(&self, text: &DecisionText) -> Option<(Kind, Vec<Set>)> {
        let sets = text.parts.iter().map(|part| part.set.read(self.methodology)).collect::<Option<_>>()?;
        let knows_facts = text.facts.iter().all(|(name, _)| Fact::named(name).is_some());
        knows_facts.then_some((Kind::named(&text.kind)?, sets))
    }

    /// Its bugs, where the report is the one that they were judged in.
    fn exact(&self, text: &DecisionText) -> Option<Whose> {
        if self.since != Since::Same {
            return None;
        }
        let parts = text.parts.iter().map(|part| part.bugs.on(self.report)).collect::<Option<_>>()?;
        Some(Whose { parts, seen: text.seen.on(self.report)? })
    }

    /// Those of its bugs that are found as they were judged, each once; the others are misfits.
    fn carried(&mut self, text: &DecisionText) -> Whose {
        let found: Vec<Found> = text.parts.iter().map(|part| self.find(&part.bugs)).collect();
        let seen = self.find(&text.seen).same;
        if self.since != Since::Saved {
            self.set_aside(text, found.iter().map(|found| &found.as_judged).collect(), Vec::new());
        }
        self.set_aside(text, found.iter().map(|found| &found.gone).collect(), Vec::new());
        Whose { parts: disjoint(found.into_iter().map(|found| self.fitting(found))), seen }
    }

    fn find(&mut self, bugs: &Bugs) -> Found {
        let handles = self.handles.get_or_insert_with(|| Handles::of(self.report));
        bugs.find(self.report, handles)
    }

    fn fitting(&self, found: Found) -> BugSet {
        if self.since == Since::Saved { found.same.union(&found.changed) } else { found.same }
    }

    /// Keeps of a decision what it says of these bugs, part by part, and of these claims.
    fn set_aside(&mut self, text: &DecisionText, bugs: Vec<&Bugs>, claims: Vec<ClaimText>) {
        let parts = text.parts.iter().zip(bugs).filter(|(_, bugs)| !bugs.is_empty());
        let parts: Vec<PartText> =
            parts.map(|(part, bugs)| PartText { bugs: bugs.clone(), ..part.clone() }).collect();
        if !parts.is_empty() || !claims.is_empty() {
            self.misfits.push(DecisionText { parts, claims, ..text.clone() });
        }
    }

    fn misfit(&mut self, text: &DecisionText) -> Misfit {
        let Some((kind, sets)) = self.known(text) else {
            let kind = Kind::named(&text.kind).unwrap_or(Kind::Note);
            let decision = decision(text, kind, Vec::new(), Vec::new(), BugSet::default());
            return Misfit { decision, lost: Lost::Unknown(self.unknown(text)) };
        };
        let found: Vec<Found> = text.parts.iter().map(|part| self.find(&part.bugs)).collect();
        let gone: Vec<String> = found.iter().flat_map(|found| found.gone.called()).collect();
        let lost = match text.claims.len() {
            _ if !gone.is_empty() => Lost::Gone(gone),
            0 => Lost::Changed,
            claims => Lost::Claims(claims),
        };
        let bugs = disjoint(found.into_iter().map(|found| self.fitting(found)));
        let parts = bugs.into_iter().zip(sets).map(|(bugs, set)| Part { bugs, set }).collect();
        Misfit { decision: decision(text, kind, parts, Vec::new(), BugSet::default()), lost }
    }

    /// The first word of a decision that the methodology does not know.
    fn unknown(&self, text: &DecisionText) -> String {
        let levels = text.parts.iter().filter_map(|part| match &part.set.severity {
            Some(Value::Set(key)) => Some(key),
            _ => None,
        });
        let unknown = levels.into_iter().find(|key| self.methodology.level_called(key).is_none());
        let mut facts = text.facts.iter().map(|(name, _)| name);
        let fact = facts.find(|name| Kind::named(&text.kind).is_some() && Fact::named(name).is_none());
        unknown.or(fact).unwrap_or(&text.kind).clone()
    }
}

fn decision(
    text: &DecisionText,
    kind: Kind,
    parts: Vec<Part>,
    claims: Vec<Restated>,
    seen: BugSet,
) -> Decision {
    let (rationale, rule) = (text.rationale.clone(), text.rule);
    let (suggestion, suggested_by) = (text.suggestion.clone(), text.suggested_by.clone());
    let (reverts, brings_back) = (text.reverts.clone(), text.brings_back.clone());
    let facts = text.facts.iter().filter_map(|(name, text)| Some((Fact::named(name)?, text.clone())));
    let answer = |text: &AnswerText| Answer { guard: text.guard.clone(), reason: text.reason.clone() };
    let (facts, answers) = (facts.collect(), text.policy.iter().map(answer).collect());
    let draft = Draft {
        kind,
        parts,
        claims,
        facts,
        seen,
        rationale,
        rule,
        suggestion,
        answers,
        reverts,
        brings_back,
        suggested_by,
        is_step: text.step,
    };
    Decision { at: text.at, by: text.by.clone(), draft }
}

/// The bugs of a decision, part by part, and those that were seen.
struct Whose {
    parts: Vec<BugSet>,
    seen: BugSet,
}

/// The parts, each bug in the first that has it.
fn disjoint(parts: impl Iterator<Item = BugSet>) -> Vec<BugSet> {
    let mut taken = BugSet::default();
    let mut sets = Vec::new();
    for part in parts {
        let set: BugSet = part.iter().filter(|bug| !taken.contains(*bug)).collect();
        taken = taken.union(&set);
        sets.push(set);
    }
    sets
}

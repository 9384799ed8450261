//! What is on offer while a filter is typed: how it may go on, or the filters that were kept earlier.
//!
//! How it may go on is made out beside the desk, one text at a time; `Tab` waits until that is about what was typed.

use std::ops::Range;

use super::{FilterLine, wants_offer};
use crate::app::{App, Effect, Input, Msg, Popup};
use crate::fault::Fault;
use crate::triage::fuzzy::Pattern;
use crate::triage::query::complete::{Completion, Offer};
use crate::triage::query::{Problem, Query};

/// What is on offer, and which of it is chosen.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    list: Vec<Offer>,
    /// What of the text an offer takes the place of.
    span: Range<usize>,
    chosen: Option<usize>,
    are_earlier: bool,
}

impl Offers {
    /// What is on offer, the likeliest first.
    pub fn list(&self) -> &[Offer] {
        &self.list
    }

    /// The place of the one that is chosen.
    pub fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// Whether they are filters that were kept earlier.
    pub fn are_earlier(&self) -> bool {
        self.are_earlier
    }

    /// Chooses the next one or the one before; before the first none is chosen.
    pub(super) fn choose(&mut self, forward: bool) {
        let last = self.list.len().checked_sub(1);
        self.chosen = match (self.chosen, forward) {
            (None, true) => last.map(|_| 0),
            (Some(at), true) => last.map(|last| (at + 1).min(last)),
            (at, false) => at.and_then(|at| at.checked_sub(1)),
        };
    }

    /// Writes the chosen offer, or else the first, into the text; `false` where there is none.
    pub(super) fn take(&self, input: &mut Input) -> bool {
        let offer = self.list.get(self.chosen.unwrap_or(0));
        offer.into_iter().for_each(|offer| input.splice(self.span.clone(), &offer.text));
        offer.is_some()
    }
}

/// How far completions have come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Completing {
    asked: u64,
    is_under_way: bool,
}

impl App {
    /// Asks how the text may go on; where that is being made out for another text, asks once that is done.
    pub(in crate::app) fn ask_offers(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        line.offers = match line.offers.are_earlier {
            true => Offers::default(),
            false => Offers { chosen: None, ..std::mem::take(&mut line.offers) },
        };
        let completing = &mut self.ui.filters.completing;
        completing.asked += 1;
        if completing.is_under_way {
            return Vec::new();
        }
        completing.is_under_way = true;
        let (generation, text) = (completing.asked, line.input.text().to_owned());
        vec![Effect::Complete { generation, text, cursor: line.input.cursor() }]
    }

    /// Whether what is on offer is not yet what was typed.
    pub(super) fn is_offering(&self) -> bool {
        self.ui.filters.completing.is_under_way && matches!(self.popup(), Some(Popup::Filter(_)))
    }

    /// Whether the keys that were kept wait for that.
    pub(in crate::app) fn waits_for_offers(&self) -> bool {
        let is_for_offers = matches!(self.ui.held.first(), Some(Msg::Key(key)) if wants_offer(*key));
        is_for_offers && self.is_offering()
    }

    pub(in crate::app) fn completed(&mut self, generation: u64, completion: Completion) -> Vec<Effect> {
        self.ui.filters.completing.is_under_way = false;
        if matches!(self.popup(), Some(Popup::Filter(line)) if line.offers.are_earlier) {
            return self.release();
        }
        if generation != self.ui.filters.completing.asked {
            return self.ask_offers();
        }
        if let Some(Popup::Filter(line)) = self.ui.popups.last_mut() {
            let Completion { span, offers: list } = completion;
            line.offers = Offers { list, span, ..Offers::default() };
        }
        self.release()
    }

    pub(in crate::app) fn not_completed(&mut self, fault: Fault) {
        self.ui.filters.completing.is_under_way = false;
        self.failed_waited_for(fault);
    }

    /// Offers the filters that were kept earlier and match what is typed, the newest being chosen; where they are on
    /// offer already, chooses the next.
    pub(super) fn offer_earlier(&mut self) {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return };
        if line.offers.are_earlier {
            return line.offers.choose(true);
        }
        let text = line.input.text();
        let typed = if line.input.is_selected() { "" } else { text };
        let (pattern, other) = (Pattern::new(typed), |kept: &&String| kept.as_str() != text.trim());
        let kept = self.ui.filters.kept.iter().filter(|kept| pattern.score(kept).is_some());
        let list = kept.filter(other).map(|kept| earlier(kept)).collect::<Vec<_>>();
        let chosen = (!list.is_empty()).then_some(0);
        line.offers = Offers { list, span: 0..text.len(), chosen, are_earlier: true };
    }

    /// What cannot be understood in the filter being typed, but for the word that offers would go on with, unless it was to
    /// be left so.
    pub fn filter_problems(&self, line: &FilterLine) -> Vec<Problem> {
        let query = Query::parse(line.input.text(), self.session.report());
        let offers = &line.offers;
        let is_begun = |problem: &Problem| {
            let is_there = problem.span.start <= offers.span.end && offers.span.start <= problem.span.end;
            is_there && !offers.list.is_empty() && !line.refused
        };
        query.problems().iter().filter(|problem| !is_begun(problem)).cloned().collect()
    }
}

fn earlier(kept: &str) -> Offer {
    Offer { text: kept.to_owned(), about: String::new(), count: None }
}

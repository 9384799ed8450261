//! The filter while it is typed: the view follows every key, and Esc brings back what was before.
//! Keys that go by what is in view or on offer wait until that is what was asked for.

mod offers;
mod search;

pub use offers::Offers;
pub use search::Filters;

use super::view::Aim;
use super::{App, Effect, Input, Popup};
use crate::config::{Code, Key};
use crate::report::BugIx;
use crate::triage::query::Query;

/// A filter being typed.
#[derive(Clone, Debug)]
pub struct FilterLine {
    /// What was typed.
    pub input: Input,
    /// What is on offer.
    pub offers: Offers,
    /// Whether it was not understood when it was to be left as it is; until more is typed.
    refused: bool,
    before: String,
    cursor: Option<BugIx>,
}

impl FilterLine {
    /// The filter that Esc goes back to.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// Follows the bug that Esc goes back to into a report written anew.
    pub(super) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        self.cursor = self.cursor.and_then(place);
    }
}

impl App {
    /// Opens the filter to be typed, in the place of the one that is there; what is in view is what matches that now.
    pub(super) fn open_filter(&mut self) -> Vec<Effect> {
        self.leave_matches();
        let before = self.ui.view.filter().to_owned();
        let (input, offers) = (Input::one_line(&before).selected(), Offers::default());
        self.open(Popup::Filter(FilterLine { input, offers, refused: false, before, cursor: self.cursor() }));
        let mut effects = self.filter_anew();
        effects.extend(self.ask_offers());
        effects
    }

    pub(super) fn filter_key(&mut self, key: Key) -> Vec<Effect> {
        let (is_searching, is_offering) = (self.ui.view.is_searching(), self.is_offering());
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        let (is_chosen, wants_offer) = (line.offers.chosen().is_some(), wants_offer(key));
        match (key.code(), key.ctrl()) {
            (Code::Esc, _) => return self.leave_filter(),
            _ if wants_offer && is_offering => return self.hold(key),
            (Code::Tab, _) => return self.take_offer(),
            (code, _) if wants_offer => line.offers.choose(matches!(code, Code::Down | Code::Char('n'))),
            (Code::Enter, _) if is_chosen => return self.take_offer(),
            (Code::Enter | Code::Down | Code::Up, _) if is_searching => return self.hold(key),
            (Code::Enter, _) => return self.keep_filter(),
            (Code::Down, _) => self.step(1),
            (Code::Up, _) => self.step(-1),
            (Code::Char('r'), true) => self.offer_earlier(),
            _ if line.input.key(key) => return self.filter_typed(),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn filter_typed(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        line.refused = false;
        let text = line.input.text().to_owned();
        let mut effects = self.filter(text, Aim::Best);
        effects.extend(self.ask_offers());
        effects
    }

    fn take_offer(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        if line.offers.take(&mut line.input) { self.filter_typed() } else { Vec::new() }
    }

    /// Leaves the filter as it is. One that is not understood restricts less than its words say, so it is not left.
    fn keep_filter(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.ui.popups.last_mut() else { return Vec::new() };
        line.refused = !Query::parse(line.input.text(), self.session.report()).problems().is_empty();
        if line.refused {
            return Vec::new();
        }
        self.remember_filter();
        self.close()
    }

    fn leave_filter(&mut self) -> Vec<Effect> {
        let Some(Popup::Filter(line)) = self.popup() else { return Vec::new() };
        let (before, cursor) = (line.before.clone(), line.cursor);
        cursor.into_iter().for_each(|bug| self.ui.view.go(bug));
        let effects = self.filter(before, cursor.map_or(Aim::Keep, Aim::Bug));
        self.ui.popups.pop();
        effects
    }
}

/// Whether a key goes by what is on offer.
fn wants_offer(key: Key) -> bool {
    let chooses = key.alt() && matches!(key.code(), Code::Down | Code::Up)
        || key.ctrl() && matches!(key.code(), Code::Char('n' | 'p'));
    chooses || key.code() == Code::Tab
}

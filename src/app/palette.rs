//! Every action, found by its name and run, bound to a key or not.

use super::{App, Effect, Input, Popup, command};
use crate::config::{Action, Code, Key};
use crate::triage::fuzzy::Pattern;

/// How many actions are remembered.
const RECENT: usize = 8;

/// An action on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The action.
    pub action: Action,
    /// What settings call it.
    pub name: String,
    /// What it does.
    pub help: String,
    /// Its keys, as they are shown.
    pub keys: String,
    both: String,
}

/// Every action, found by its name.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What was typed.
    pub input: Input,
    /// Which of those that match is chosen.
    pub at: usize,
    offers: Vec<Offer>,
    matching: Vec<usize>,
}

impl Palette {
    /// The offers that match what was typed, best first.
    pub fn matching(&self) -> impl ExactSizeIterator<Item = &Offer> {
        self.matching.iter().map(|at| &self.offers[*at])
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.input.insert(text);
        self.look_up();
    }

    /// Goes to the action of a row; `false` where there is none.
    pub(super) fn point_at(&mut self, at: usize) -> bool {
        let is_there = at < self.matching.len();
        self.at = if is_there { at } else { self.at };
        is_there
    }

    fn look_up(&mut self) {
        let offers = self.offers.iter().enumerate();
        let ranked = Pattern::new(self.input.text()).rank(offers, |(_, offer)| offer.both.as_str());
        (self.matching, self.at) = (ranked.into_iter().map(|(at, _)| at).collect(), 0);
    }

    fn key(&mut self, key: Key) {
        let last = self.matching.len().saturating_sub(1);
        self.at = match (key.code(), key.ctrl()) {
            (Code::Down, _) | (Code::Char('n'), true) => self.at + 1,
            (Code::Up, _) | (Code::Char('p'), true) => self.at.saturating_sub(1),
            (Code::PageDown, _) => self.at + 10,
            (Code::PageUp, _) => self.at.saturating_sub(10),
            _ if self.input.key(key) => return self.look_up(),
            _ => self.at,
        }
        .min(last);
    }
}

impl App {
    pub(super) fn open_palette(&mut self) {
        let recent = self.ui.recent.iter().copied();
        let others = Action::all().filter(|action| !self.ui.recent.contains(action));
        let actions = recent.chain(others).filter(|action| self.can_run(*action));
        let offers: Vec<Offer> = actions.map(|action| self.offer(action)).collect();
        let input = Input::one_line("");
        let mut palette = Palette { input, at: 0, offers, matching: Vec::new() };
        palette.look_up();
        self.open(Popup::Palette(Box::new(palette)));
    }

    /// Whether an action does anything here.
    pub(super) fn can_run(&self, action: Action) -> bool {
        match action {
            Action::Palette => false,
            Action::Severity(rank) if usize::from(rank) >= self.session.methodology().levels().len() => false,
            _ => self.ui.holder.is_none() || !command::decides(action),
        }
    }

    fn offer(&self, action: Action) -> Offer {
        let keys: Vec<String> = self.ui.keymap.keys(action).iter().map(ToString::to_string).collect();
        let (name, help) = (action.name().to_owned(), self.says(action));
        let both = format!("{name} {help}");
        Offer { action, name, help, keys: keys.join(" "), both }
    }

    pub(super) fn palette_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() else { return Vec::new() };
        match key.code() {
            Code::Esc => return self.close(),
            Code::Enter if !key.alt() && !key.ctrl() => {
                let chosen = palette.matching().nth(palette.at).map(|offer| offer.action);
                return chosen.map_or_else(Vec::new, |action| self.run_chosen(action));
            }
            _ => palette.key(key),
        }
        Vec::new()
    }

    fn run_chosen(&mut self, action: Action) -> Vec<Effect> {
        self.close();
        self.ui.recent.retain(|known| *known != action);
        self.ui.recent.insert(0, action);
        self.ui.recent.truncate(RECENT);
        self.run(action)
    }
}

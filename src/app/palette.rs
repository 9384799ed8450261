//! Every action, found by its name and run, bound to a key or not; and the way to a bug, by its place in the list or
//! its handle.

use super::{App, Effect, Input, Popup, command};
use crate::config::{Action, Code, Key};
use crate::report::BugIx;
use crate::text::display;
use crate::triage::fuzzy::Pattern;
use crate::triage::query::Matches;

/// How many actions are remembered.
const RECENT: usize = 8;

/// How many of the bugs that were found are held against what was typed, beside the best: as many as a frame has time for.
const HELD: usize = 10_000;

/// What editors call an action on such a line, beside the name that settings have for it.
const CALLED: [(Action, &[&str]); 3] =
    [(Action::Save, &["w", "write"]), (Action::Quit, &["q", "q!"]), (Action::SaveQuit, &["x", "wq"])];

/// What is done where an offer is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// An action.
    Run(Action),
    /// Going to the bug in this row of the list, from 0.
    Row(usize),
    /// Going to this bug.
    Bug(BugIx),
}

/// Something on offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is done.
    pub does: Does,
    /// What settings call it; of a bug its handle.
    pub name: String,
    /// What it does.
    pub help: String,
    /// Its keys, as they are shown.
    pub keys: String,
    both: String,
    /// What editors call it.
    called: Vec<&'static str>,
    /// Its keys, as they are typed.
    typed: Vec<String>,
}

impl Offer {
    fn going(does: Does, name: String, help: String) -> Offer {
        Offer {
            does,
            name,
            help,
            keys: String::new(),
            both: String::new(),
            called: Vec::new(),
            typed: Vec::new(),
        }
    }

    /// Whether it is called so: `0` by a name of its own, `1` by a key; `None` where it is not.
    fn is_called(&self, typed: &str) -> Option<u8> {
        match () {
            () if self.name == typed || self.called.contains(&typed) => Some(0),
            () => self.typed.iter().any(|key| key == typed).then_some(1),
        }
    }
}

/// Every action, found by its name, and bugs, found by their places in the list or their handles.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What was typed.
    pub input: Input,
    /// Which of those that match is chosen.
    pub at: usize,
    offers: Vec<Offer>,
    matching: Vec<Offer>,
    /// The search for a bug that was asked for last, and the one that has ended.
    asked: u64,
    answered: u64,
}

impl Palette {
    /// The offers that match what was typed: what is called exactly so, then the others, best first.
    pub fn matching(&self) -> impl ExactSizeIterator<Item = &Offer> {
        self.matching.iter()
    }

    /// Whether a bug that may be called so is still being looked for.
    pub(super) fn is_searching(&self) -> bool {
        self.asked != self.answered
    }

    /// Whether it offers to go to a bug.
    pub(super) fn holds_bugs(&self) -> bool {
        self.is_searching() || self.matching.iter().any(|offer| matches!(offer.does, Does::Bug(_)))
    }

    /// Goes to the action of a row; `false` where there is none.
    pub(super) fn point_at(&mut self, at: usize) -> bool {
        let is_there = at < self.matching.len();
        self.at = if is_there { at } else { self.at };
        is_there
    }

    /// Has what matches on offer, a place to go to before all else.
    fn look_up(&mut self, place: Option<Offer>) {
        let typed = self.input.text().trim();
        let named = |offer: &&Offer| Some((offer.is_called(typed)?, (*offer).clone()));
        let mut exact: Vec<(u8, Offer)> = self.offers.iter().filter_map(|offer| named(&offer)).collect();
        exact.sort_by_key(|(how, _)| *how);
        let others = self.offers.iter().filter(|offer| offer.is_called(typed).is_none());
        let others = Pattern::new(typed).rank(others, |offer| offer.both.as_str());
        let exact = place.into_iter().chain(exact.into_iter().map(|(_, offer)| offer));
        (self.matching, self.at) = (exact.chain(others.into_iter().cloned()).collect(), 0);
    }

    /// A search for a bug has ended: with this offer, or none; `false` where another was asked for since.
    pub(super) fn answer(&mut self, generation: u64, going: Option<Offer>) -> bool {
        if self.asked != generation {
            return false;
        }
        self.answered = generation;
        let is_row = |offer: &Offer| matches!(offer.does, Does::Row(_));
        let before = usize::from(self.matching.first().is_some_and(is_row));
        let is_passed = self.at >= before && self.at > 0;
        self.at += usize::from(is_passed && going.is_some());
        self.matching.splice(before..before, going);
        true
    }

    /// Does what a key asks for; `true` where it changed what is typed.
    fn key(&mut self, key: Key) -> bool {
        let last = self.matching.len().saturating_sub(1);
        self.at = match (key.code(), key.ctrl()) {
            (Code::Down, _) | (Code::Char('n'), true) => self.at + 1,
            (Code::Up, _) | (Code::Char('p'), true) => self.at.saturating_sub(1),
            (Code::PageDown, _) => self.at + 10,
            (Code::PageUp, _) => self.at.saturating_sub(10),
            _ if self.input.key(key) => return true,
            _ => self.at,
        }
        .min(last);
        false
    }
}

impl App {
    pub(super) fn open_palette(&mut self) {
        let recent = self.ui.recent.iter().copied();
        let others = Action::all().filter(|action| !self.ui.recent.contains(action));
        let actions = recent.chain(others).filter(|action| self.can_run(*action));
        let offers: Vec<Offer> = actions.map(|action| self.offer(action)).collect();
        let (input, matching) = (Input::one_line(""), offers.clone());
        let palette = Palette { input, at: 0, offers, matching, asked: 0, answered: 0 };
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
        let aliases = CALLED.iter().filter(|(known, _)| *known == action).flat_map(|(_, names)| *names);
        let typed = keys.iter().map(|key| key.replace(' ', "")).collect();
        let called = aliases.copied().collect();
        Offer { does: Does::Run(action), name, help, keys: keys.join(" "), both, called, typed }
    }

    pub(super) fn palette_key(&mut self, key: Key) -> Vec<Effect> {
        let is_searching = self.ui.view.is_searching();
        let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() else { return Vec::new() };
        match key.code() {
            Code::Esc => return self.close(),
            Code::Enter if !key.alt() && !key.ctrl() => {
                let chosen = palette.matching().nth(palette.at).map(|offer| offer.does);
                if palette.is_searching() || is_searching && matches!(chosen, Some(Does::Row(_))) {
                    return self.hold(key);
                }
                return chosen.map_or_else(Vec::new, |does| self.run_chosen(does));
            }
            _ if palette.key(key) => return self.palette_typed(),
            _ => {}
        }
        Vec::new()
    }

    /// Looks up what is typed: at once among actions and the rows of the list, beside the desk among the bugs.
    pub(super) fn palette_typed(&mut self) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = self.ui.popups.last() else { return Vec::new() };
        let typed = palette.input.text().trim().to_owned();
        let row = typed.parse().ok().and_then(|number| self.way_to_row(number));
        let may_be_bug = typed.contains(|c: char| c.is_ascii_digit()) && !typed.contains(' ');
        self.ui.finding += u64::from(may_be_bug);
        let generation = self.ui.finding;
        let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() else { return Vec::new() };
        palette.look_up(row);
        if !may_be_bug {
            palette.answered = palette.asked;
            return Vec::new();
        }
        palette.asked = generation;
        let text = typed.split('#').next().unwrap_or_default().to_owned();
        vec![Effect::Find { generation, text }]
    }

    /// The way to the bug of this row of the list, from 1; to the first or the last where there is no such row.
    fn way_to_row(&self, number: usize) -> Option<Offer> {
        let bugs = self.ui.view.bugs();
        let row = number.clamp(1, bugs.len().max(1)) - 1;
        let bug = *bugs.get(row)?;
        let help = format!("Go to bug {} of {} in the list: {}", row + 1, bugs.len(), self.title_of(bug));
        Some(Offer::going(Does::Row(row), self.session.report().handle(bug).into_owned(), help))
    }

    fn title_of(&self, bug: BugIx) -> String {
        display::brief(&display::unmarked(&self.session.report().title(bug))).into_owned()
    }

    /// Offers the bug that is called as was typed, where one of those that were found is.
    pub(super) fn palette_found(&mut self, generation: u64, matches: &Matches) {
        let Some(Popup::Palette(palette)) = self.ui.popups.last() else { return };
        if palette.asked != generation {
            return;
        }
        let (typed, report) = (palette.input.text().trim(), self.session.report());
        let is_called = |bug: &BugIx| report.handle(*bug).to_lowercase() == typed.to_lowercase();
        let mut others = matches.bugs.iter().copied().take(HELD);
        let found = matches.best.filter(is_called).or_else(|| others.find(is_called));
        let going = found.map(|bug| {
            let (handle, help) = (report.handle(bug).into_owned(), self.title_of(bug));
            Offer::going(Does::Bug(bug), handle, format!("Go to it: {help}"))
        });
        if let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() {
            palette.answer(generation, going);
        }
    }

    fn run_chosen(&mut self, does: Does) -> Vec<Effect> {
        self.close();
        let action = match does {
            Does::Run(action) => action,
            Does::Bug(bug) => return self.go_to_bug(bug),
            Does::Row(row) => {
                let bug = self.ui.view.bugs().get(row).copied();
                return bug.map_or_else(Vec::new, |bug| self.go_to_bug(bug));
            }
        };
        self.ui.recent.retain(|known| *known != action);
        self.ui.recent.insert(0, action);
        self.ui.recent.truncate(RECENT);
        self.run(action)
    }
}

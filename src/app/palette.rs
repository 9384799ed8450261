//! Every action, found by its name and run, bound to a key or not; and the way to a bug, by its place in the list or
//! its handle.

use super::view::Aim;
use super::{App, Effect, Input, Pane, Popup, Toast, command};
use crate::config::{Action, Code, Key, Stake};
use crate::report::BugIx;
use crate::text::display;
use crate::triage::fuzzy::Pattern;
use crate::triage::query::Matches;

/// How many actions are remembered.
const RECENT: usize = 8;

/// How many of the bugs that were found are held against what was typed, beside the best: as many as a frame has time for.
const HELD: usize = 10_000;

/// What editors call an action on such a line, beside the name that settings have for it.
const CALLED: [(Action, &[&str]); 5] = [
    (Action::Save, &["w", "w!", "write", "update"]),
    (Action::Quit, &["q", "qa", "exit"]),
    (Action::SaveQuit, &["x", "xa", "wq", "wq!", "wqa"]),
    (Action::Reread, &["e", "e!", "ed", "edit", "edit!", "reload", "rl", "revert"]),
    (Action::Help, &["h"]),
];

/// What editors call showing again what a search has left out.
const UNFILTER: [&str; 4] = ["noh", "nohl", "nohls", "nohlsearch"];

/// What editors call leaving without what is not saved.
const ABANDON: [&str; 4] = ["q!", "qa!", "quit!", "exit!"];

/// What editors have before such a line, which may be typed once more.
const PROMPT: char = ':';

/// How many letters of a name there have to be at least for what does more than to look.
const LETTERS: usize = 2;

/// What is done where an offer is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// An action.
    Run(Action),
    /// Going to the bug in this row of the list, from 0.
    Row(usize),
    /// Going to this bug.
    Bug(BugIx),
    /// Looking in the help for the words that were typed behind its name.
    Help,
    /// Showing all bugs again that the filter leaves out.
    Unfilter,
    /// Leaving without what is not saved, which is set aside.
    Abandon,
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

    /// Whether what was typed names it well enough to be done without being chosen: each word begins one of its name, or, where
    /// it only looks, one of what it does.
    fn fits(&self, typed: &str) -> bool {
        let Does::Run(action) = self.does else { return true };
        let looks = action.stake() == Stake::Looks;
        let said = if looks { self.both.as_str() } else { self.name.as_str() }.to_lowercase();
        let begins = |word: &str| words(&said).any(|known| known.starts_with(word));
        let says_something = typed.is_empty() || words(typed).next().is_some();
        let is_named = says_something && (looks || typed.chars().count() >= LETTERS);
        self.is_called(typed).is_some() || is_named && words(&typed.to_lowercase()).all(begins)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || "-,:;".contains(c)).filter(|word| !word.is_empty())
}

/// What is looked for in the help where that is asked for: `help filter`.
fn helped(typed: &str) -> Option<&str> {
    let (name, what) = typed.split_once(char::is_whitespace)?;
    matches!(name, "help" | "h").then(|| what.trim())
}

/// Every action, found by its name, and bugs, found by their places in the list or their handles.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What was typed.
    pub input: Input,
    /// Which of those that match is chosen, where one is.
    pub at: usize,
    /// Whether one is: it was chosen, or what was typed names the first.
    points: bool,
    offers: Vec<Offer>,
    matching: Vec<Offer>,
    /// The search for a bug that was asked for last, and the one that has ended.
    asked: u64,
    answered: u64,
}

impl Palette {
    /// What is looked for: what was typed, without a second prompt before it.
    fn typed(&self) -> &str {
        let typed = self.input.text().trim();
        typed.strip_prefix(PROMPT).unwrap_or(typed).trim_start()
    }

    /// The offers that match what was typed: what is called exactly so, what it fits well, then the others, best first.
    pub fn matching(&self) -> impl ExactSizeIterator<Item = &Offer> {
        self.matching.iter()
    }

    /// The offer that `Enter` takes, and its place: none where what was typed is only like some.
    pub fn chosen(&self) -> Option<(usize, &Offer)> {
        self.matching.get(self.at).filter(|_| self.points).map(|offer| (self.at, offer))
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
        (self.at, self.points) = if is_there { (at, true) } else { (self.at, self.points) };
        is_there
    }

    /// Has what matches on offer, what is meant by more than a name before all else.
    fn look_up(&mut self, special: Option<Offer>) {
        let typed = self.typed();
        let named = |offer: &&Offer| Some((offer.is_called(typed)?, (*offer).clone()));
        let mut exact: Vec<(u8, Offer)> = self.offers.iter().filter_map(|offer| named(&offer)).collect();
        exact.sort_by_key(|(how, _)| *how);
        let others = self.offers.iter().filter(|offer| offer.is_called(typed).is_none());
        let others = Pattern::new(typed).rank(others, |offer| offer.both.as_str());
        let exact = special.into_iter().chain(exact.into_iter().map(|(_, offer)| offer));
        let (fitting, like): (Vec<&Offer>, Vec<&Offer>) =
            others.into_iter().partition(|offer| typed.is_empty() || offer.fits(typed));
        (self.matching, self.at) = (exact.chain(fitting.into_iter().chain(like).cloned()).collect(), 0);
        self.point();
    }

    /// Points at the first offer where what was typed names it.
    fn point(&mut self) {
        let typed = self.typed();
        self.points = self.matching.first().is_some_and(|offer| offer.fits(typed));
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
        self.points |= going.is_some();
        self.matching.splice(before..before, going);
        true
    }

    /// Does what a key asks for; `true` where it changed what is typed.
    fn key(&mut self, key: Key) -> bool {
        let by = match (key.code(), key.ctrl()) {
            (Code::Down, _) | (Code::Char('n'), true) => 1,
            (Code::Up, _) | (Code::Char('p'), true) => -1,
            (Code::PageDown, _) => 10,
            (Code::PageUp, _) => -10,
            _ => return self.input.key(key),
        };
        let last = self.matching.len().saturating_sub(1);
        let to = self.at.saturating_add_signed(by).min(last);
        (self.at, self.points) = (if self.points { to } else { 0 }, true);
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
        let mut palette = Palette { input, at: 0, points: false, offers, matching, asked: 0, answered: 0 };
        palette.point();
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
                let chosen = palette.chosen().map(|(_, offer)| offer.does);
                if palette.is_searching() || is_searching && matches!(chosen, Some(Does::Row(_))) {
                    return self.hold(key);
                }
                return match chosen {
                    Some(does) => self.run_chosen(does),
                    None => self.say_unnamed(),
                };
            }
            _ if palette.key(key) => return self.palette_typed(),
            _ => {}
        }
        Vec::new()
    }

    /// Looks up what is typed: at once among actions and the rows of the list, beside the desk among the bugs.
    pub(super) fn palette_typed(&mut self) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = self.ui.popups.last() else { return Vec::new() };
        let typed = palette.typed().to_owned();
        let row = typed.parse().ok().and_then(|number| self.way_to_row(number));
        let may_be_bug = typed.contains(|c: char| c.is_ascii_digit()) && !typed.contains(' ');
        self.ui.finding += u64::from(may_be_bug);
        let generation = self.ui.finding;
        let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() else { return Vec::new() };
        palette.look_up(row.or_else(|| meant(&typed)));
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
        let (typed, report) = (palette.typed(), self.session.report());
        let is_called = |bug: &BugIx| report.handle(*bug).to_lowercase() == typed.to_lowercase();
        let mut others = matches.bugs.iter().copied().take(HELD);
        let in_place = BugIx::of_number(typed).filter(|bug| bug.at() < report.len());
        let found = matches.best.filter(is_called).or_else(|| others.find(is_called)).or(in_place);
        let going = found.map(|bug| {
            let (handle, help) = (report.handle(bug).into_owned(), self.title_of(bug));
            Offer::going(Does::Bug(bug), handle, format!("Go to it: {help}"))
        });
        if let Some(Popup::Palette(palette)) = self.ui.popups.last_mut() {
            palette.answer(generation, going);
        }
    }

    /// Says that nothing is named by what was typed: what it is only like is done by nobody who did not choose it.
    fn say_unnamed(&mut self) -> Vec<Effect> {
        let Some(Popup::Palette(palette)) = self.ui.popups.last() else { return Vec::new() };
        let said = match (palette.typed(), palette.matching.is_empty()) {
            ("", _) => "nothing is typed or chosen; Down chooses".to_owned(),
            (typed, true) => format!("nothing is called “{typed}”"),
            (typed, false) => format!("nothing is called “{typed}”; Down chooses what is like it"),
        };
        self.say(Toast::refusal(said));
        Vec::new()
    }

    fn run_chosen(&mut self, does: Does) -> Vec<Effect> {
        let typed = match self.ui.popups.last() {
            Some(Popup::Palette(palette)) => palette.typed().to_owned(),
            _ => String::new(),
        };
        self.close();
        let action = match does {
            Does::Run(action) => action,
            Does::Help => return self.open_help_on(helped(&typed).unwrap_or_default()),
            Does::Abandon => return self.abandon(),
            Does::Unfilter => return self.filter(String::new(), Aim::Keep),
            Does::Bug(bug) => return self.go_to_bug(bug),
            Does::Row(row) => {
                let bug = self.ui.view.bugs().get(row).copied();
                return bug.map_or_else(Vec::new, |bug| self.go_to_bug(bug));
            }
        };
        if action == Action::Quit {
            // Whoever names it means the desk, not the text that is read.
            self.ui.pane = Pane::List;
        }
        self.ui.recent.retain(|known| *known != action);
        self.ui.recent.insert(0, action);
        self.ui.recent.truncate(RECENT);
        self.run(action)
    }
}

/// What is meant by more than the name of an action.
fn meant(typed: &str) -> Option<Offer> {
    if UNFILTER.contains(&typed) {
        let help = "Show all bugs again: drop the filter".to_owned();
        return Some(Offer::going(Does::Unfilter, typed.to_owned(), help));
    }
    if ABANDON.contains(&typed) {
        let help =
            "Leave at once; what is not saved is set aside, and regrade recover brings it back".to_owned();
        return Some(Offer::going(Does::Abandon, typed.to_owned(), help));
    }
    let what = helped(typed)?;
    Some(Offer::going(Does::Help, "help".to_owned(), format!("Show all keys, and look for “{what}” there")))
}

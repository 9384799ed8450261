//! What lies on top of the desk, and where its keys go.
//!
//! Popups are a stack; the topmost has every key. Esc closes it and decides nothing.

use super::filter::FilterLine;
use super::{App, Busy, Effect, Input, Leaving, Picker, Rationale, Toast, picker, rationale};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::text::Diff;

/// What lies on top of the desk.
#[derive(Debug)]
pub enum Popup {
    /// A decision being made, its rationale being typed.
    Rationale(Box<Rationale>),
    /// One of several to be picked.
    Picker(Picker),
    /// A filter being typed.
    Filter(FilterLine),
    /// The keys, from this line on.
    Help(usize),
    /// The deviation log, from this line on.
    Log(usize),
    /// What does not fit together in the report, the cursor on this.
    Check(usize),
    /// What no longer fits a report that was changed, the cursor on this; and the key that asks for more than
    /// one press, once it was pressed.
    Settle(usize, Option<Key>),
    /// What saving would change, once that is known, from this line on.
    Diff(Option<Diff>, usize),
    /// What a person should know before all else: a title, and a sentence each.
    Notice(String, Vec<String>),
    /// Something that failed.
    Error(Box<Fault>),
    /// Whether to leave with decisions unsaved.
    Quit,
}

impl Popup {
    /// Whether it tells what nobody asked for.
    pub(super) fn is_news(&self) -> bool {
        matches!(self, Popup::Notice(..) | Popup::Error(_) | Popup::Settle(..))
    }

    /// The first line on screen, where the popup scrolls.
    fn scroll(&mut self) -> Option<&mut usize> {
        match self {
            Popup::Help(scroll) | Popup::Log(scroll) | Popup::Diff(_, scroll) => Some(scroll),
            _ => None,
        }
    }
}

impl App {
    /// What is being typed.
    pub fn typing(&self) -> Option<&Input> {
        match self.popup()? {
            Popup::Rationale(rationale) => Some(&rationale.text),
            Popup::Filter(line) => Some(&line.input),
            _ => None,
        }
    }

    pub(super) fn popup_key(&mut self, key: Key) -> Vec<Effect> {
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => {
                let reply = rationale.key(key);
                self.rationale_reply(reply)
            }
            Some(Popup::Picker(picker)) => {
                let reply = picker.key(key);
                self.picker_reply(reply)
            }
            Some(Popup::Filter(_)) => self.filter_key(key),
            Some(Popup::Help(_) | Popup::Log(_) | Popup::Diff(..) | Popup::Error(_) | Popup::Notice(..)) => {
                self.reading_key(key)
            }
            Some(Popup::Check(_)) => self.check_key(key),
            Some(Popup::Settle(..)) => self.settle_key(key),
            Some(Popup::Quit) => self.quit_key(key),
            None => Vec::new(),
        }
    }

    fn rationale_reply(&mut self, reply: rationale::Reply) -> Vec<Effect> {
        match reply {
            rationale::Reply::Stay => {}
            rationale::Reply::Leave => self.leave_rationale(),
            rationale::Reply::Scope => self.open_scopes(picker::Use::InRationale),
            rationale::Reply::Record(draft) => return self.record(*draft),
            rationale::Reply::Edit(text) => return vec![Effect::Edit(text)],
        }
        Vec::new()
    }

    fn leave_rationale(&mut self) {
        if let Some(Popup::Rationale(rationale)) = self.ui.popups.pop() {
            self.ui.left = rationale.unfinished().or(self.ui.left.take());
        }
    }

    fn picker_reply(&mut self, reply: picker::Reply) -> Vec<Effect> {
        match reply {
            picker::Reply::Stay => {}
            picker::Reply::Leave => drop(self.ui.popups.pop()),
            picker::Reply::Pick(usage, value) => self.picked(usage, value),
        }
        Vec::new()
    }

    /// A popup that is only read: keys scroll it, and close it with Esc, Enter, q or what opened it.
    fn reading_key(&mut self, key: Key) -> Vec<Effect> {
        let page = self.ui.drawn.popup_lines.max(1);
        let from = self.ui.popups.last_mut().and_then(Popup::scroll).map_or(0, |scroll| *scroll);
        let to = match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc | Code::Enter, _) => return self.close(),
            (Code::Home, _) | (_, Some(Action::First)) => 0,
            (Code::End, _) | (_, Some(Action::Last)) => usize::MAX,
            (Code::PageDown | Code::Char(' '), _) => from.saturating_add(page),
            (Code::PageUp, _) => from.saturating_sub(page),
            (_, Some(Action::Down)) => from.saturating_add(1),
            (_, Some(Action::Up)) => from.saturating_sub(1),
            (_, Some(Action::HalfPageDown)) => from.saturating_add(page / 2),
            (_, Some(Action::HalfPageUp)) => from.saturating_sub(page / 2),
            (_, Some(Action::Save)) if matches!(self.popup(), Some(Popup::Diff(..))) => {
                self.ui.popups.pop();
                return self.save();
            }
            (_, Some(Action::Quit | Action::Help | Action::Diff | Action::Log)) => return self.close(),
            _ => return Vec::new(),
        };
        self.scroll_popup(to);
        Vec::new()
    }

    pub(super) fn scroll_popup(&mut self, to: usize) {
        if let Some(scroll) = self.ui.popups.last_mut().and_then(Popup::scroll) {
            *scroll = to;
        }
    }

    pub(super) fn close(&mut self) -> Vec<Effect> {
        self.ui.popups.pop();
        Vec::new()
    }

    fn quit_key(&mut self, key: Key) -> Vec<Effect> {
        match key.code() {
            Code::Char('s' | 'w') if !key.alt() => {
                self.ui.popups.pop();
                self.ui.busy = Busy::ThenQuit;
                vec![Effect::Save]
            }
            Code::Char('q') => vec![Effect::Quit(Leaving::Quietly)],
            Code::Esc => self.close(),
            _ => Vec::new(),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.ui.prefix.clear();
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.paste(text),
            Some(Popup::Filter(line)) => {
                line.input.insert(text);
                return self.filter_typed();
            }
            _ => self.say(Toast::refusal("nothing here takes text: a paste is not read as keys")),
        }
        Vec::new()
    }

    pub(super) fn edited(&mut self, text: &str, fault: Option<Fault>) {
        if let Some(Popup::Rationale(rationale)) = self.ui.popups.last_mut() {
            rationale.rewrite(text);
        }
        self.ui.popups.extend(fault.map(|fault| Popup::Error(Box::new(fault))));
    }
}

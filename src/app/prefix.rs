//! Keys that begin something: they wait, for as long as it takes, for the keys that say what.
//!
//! Nothing is done before a sequence is whole. What leads nowhere is left with words.

use super::{App, Effect, Msg, Toast};
use crate::config::{Action, Code, Follows, Found, Key, written};

impl App {
    /// Takes a key where no popup is open.
    pub(super) fn desk_key(&mut self, key: Key) -> Vec<Effect> {
        let mut typed = std::mem::take(&mut self.ui.prefix);
        typed.push(key);
        match self.ui.keymap.find(&typed) {
            Found::Action(action) if self.has_to_wait(action) => self.hold_all(&typed),
            Found::Action(action) => return self.act(action),
            Found::Prefix => self.ui.prefix = typed,
            Found::Nothing => self.leads_nowhere(&typed),
        }
        Vec::new()
    }

    /// Whether the key map has a use for this key after those that were pressed.
    pub(super) fn goes_on(&self, key: Key) -> bool {
        let typed = [&self.ui.prefix[..], &[key]].concat();
        typed.len() > 1 && self.ui.keymap.find(&typed) != Found::Nothing
    }

    /// The key as popups take it: what clears on the desk and types nothing cancels like Esc.
    pub(super) fn as_cancel(&self, key: Key) -> Key {
        let types_nothing = key.ctrl() || key.alt() || matches!(key.code(), Code::F(_));
        let cancels = types_nothing && self.ui.keymap.action(key) == Some(Action::Clear);
        if cancels { Key::plain(Code::Esc) } else { key }
    }

    /// What may follow the keys that were pressed, each key with a word for what it does; nothing where none
    /// waits.
    pub fn following(&self) -> Vec<(String, String)> {
        if self.ui.prefix.is_empty() || !self.ui.popups.is_empty() {
            return Vec::new();
        }
        let said = |follows| match follows {
            Follows::Action(action) => self.label_of(action),
            Follows::Prefix(more) => format!("+{more}"),
        };
        let following = self.ui.keymap.following(&self.ui.prefix).into_iter();
        following.map(|(key, follows)| (key.to_string(), said(follows))).collect()
    }

    /// A word or two for an action; for a severity its level.
    fn label_of(&self, action: Action) -> String {
        let level = match action {
            Action::Severity(rank) => self.session.methodology().levels().get(usize::from(rank)),
            Action::NextUndecided | Action::PreviousUndecided => return action.name().replace('-', " "),
            _ => None,
        };
        level.map_or_else(|| action.label().to_owned(), |level| format!("{} {}", level.key, level.name))
    }

    fn hold_all(&mut self, keys: &[Key]) {
        self.ui.held.extend(keys.iter().map(|key| Msg::Key(*key)));
    }

    fn leads_nowhere(&mut self, typed: &[Key]) {
        let help = self.key_of(Action::Help);
        let cancels = |key: Key| key.code() == Code::Esc || self.ui.keymap.action(key) == Some(Action::Clear);
        self.say(match typed {
            [begun @ .., last] if !begun.is_empty() && cancels(*last) => {
                Toast::done(format!("{} left, nothing done", written(begun)))
            }
            _ => Toast::refusal(format!("{} does nothing here; {help} shows the keys", written(typed))),
        });
    }
}

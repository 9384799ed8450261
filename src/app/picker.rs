//! One of several to be picked, each with a key of its own.

use super::weighing::AT_ONCE;
use super::{App, Effect, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::export::Format;
use crate::methodology::{DeviationRule, Scope, StatusId};
use crate::report::{BugIx, To};
use crate::triage::{By, Kind, Set};

/// What is picked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A scope that begins a decision.
    Scope,
    /// A scope for the decision being made.
    InRationale,
    /// A status that begins a decision.
    Status,
    /// A deviation rule for the decision being made.
    Rule,
    /// An order for the list.
    Order,
    /// What is recorded of the report as a whole.
    Record,
    /// What decisions are exported as.
    Export,
}

/// What a choice stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scope.
    Scope(To<String>),
    /// A status.
    Status(StatusId),
    /// A deviation rule, or none.
    Rule(Option<u8>),
    /// What the list is sorted by.
    Order(By),
    /// What sort of decision.
    Kind(Kind),
    /// What decisions are exported as, and whether a file that is there may be written over.
    Export(Format, bool),
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The key that picks it.
    pub key: Option<char>,
    /// What it is called.
    pub name: String,
    /// What it means.
    pub about: String,
    /// What it stands for.
    pub value: Value,
}

/// One of several to be picked.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What for.
    pub usage: Use,
    /// What there is.
    pub choices: Vec<Choice>,
    /// The row of the cursor.
    pub at: usize,
    /// What holds already, where that is one of them.
    pub holds: Option<usize>,
    /// What holds for whatever is picked, a sentence without a full stop each.
    pub notes: Vec<String>,
}

/// What a key in the picker asks for.
#[derive(Debug)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To say that the key is nothing here.
    Unknown,
    /// To leave everything as it was.
    Leave,
    /// To take this one.
    Pick(Use, Value),
}

impl Picker {
    /// A picker of these; each without a key gets the first letter of its name that is still free. `j` and `k` stay free:
    /// fingers move with them.
    pub fn new(usage: Use, mut choices: Vec<Choice>) -> Picker {
        let mut taken: Vec<char> = choices.iter().filter_map(|choice| choice.key).collect();
        for choice in choices.iter_mut().filter(|choice| choice.key.is_none()) {
            let letters = choice.name.chars().filter(char::is_ascii_alphanumeric);
            choice.key =
                letters.map(|c| c.to_ascii_lowercase()).find(|c| !taken.contains(c) && !"jk".contains(*c));
            taken.extend(choice.key);
        }
        Picker { usage, choices, at: 0, holds: None, notes: Vec::new() }
    }

    /// The same with the cursor on what holds already, and that marked.
    pub(super) fn holding(self, value: Option<&Value>) -> Picker {
        let holds = self.choices.iter().position(|choice| Some(&choice.value) == value);
        Picker { at: holds.unwrap_or(0), holds, ..self }
    }

    /// Does what a key asks for; `action` is what it does on the desk, which counts where no choice has that key.
    pub fn key(&mut self, key: Key, action: Option<Action>) -> Reply {
        if let Some(at) = self.keyed(key) {
            return self.pick(at);
        }
        let to = match (key.code(), action) {
            (Code::Esc, _) => return Reply::Leave,
            (Code::Enter, _) => return self.pick(self.at),
            (Code::Down, _) | (_, Some(Action::Down)) => self.at + 1,
            (Code::Char('n'), _) if key.ctrl() => self.at + 1,
            (Code::Up, _) | (_, Some(Action::Up)) => self.at.saturating_sub(1),
            (Code::Char('p'), _) if key.ctrl() => self.at.saturating_sub(1),
            (Code::Home, _) | (_, Some(Action::First)) => 0,
            (Code::End, _) | (_, Some(Action::Last)) => usize::MAX,
            _ => return Reply::Unknown,
        };
        self.at = to.min(self.choices.len().saturating_sub(1));
        Reply::Stay
    }

    /// Goes to the choice of a row; `false` where there is none.
    pub(super) fn point_at(&mut self, at: usize) -> bool {
        let is_there = at < self.choices.len();
        self.at = if is_there { at } else { self.at };
        is_there
    }

    /// The choice that a key picks.
    pub(super) fn keyed(&self, key: Key) -> Option<usize> {
        let Code::Char(c) = key.code() else { return None };
        let is_plain = !key.ctrl() && !key.alt();
        self.choices.iter().position(|choice| is_plain && choice.key == Some(c))
    }

    fn pick(&self, at: usize) -> Reply {
        let choice = self.choices.get(at);
        choice.map_or(Reply::Leave, |choice| Reply::Pick(self.usage, choice.value.clone()))
    }
}

impl App {
    pub(super) fn picker_key(&mut self, key: Key) -> Vec<Effect> {
        let action = self.ui.keymap.action(key);
        let Some(Popup::Picker(picker)) = self.ui.popups.last_mut() else { return Vec::new() };
        match picker.key(key, action) {
            Reply::Stay => self.spare_what_is_there(),
            Reply::Unknown => {
                self.say(Toast::refusal(format!("{key} is nothing here: Enter takes, Esc goes back")));
            }
            Reply::Leave => drop(self.ui.popups.pop()),
            Reply::Pick(usage, value) => return self.picked(usage, value),
        }
        Vec::new()
    }

    pub(super) fn open_scopes(&mut self, usage: Use) {
        let methodology = self.session.methodology();
        let choice = |scope: &Scope| Choice {
            key: scope.hotkey,
            name: scope.name.clone(),
            about: scope.definition.clone(),
            value: Value::Scope(To::Value(scope.name.clone())),
        };
        let mut choices: Vec<Choice> = methodology.scopes().iter().map(choice).collect();
        choices.push(Choice { key: None, ..plain('n', "none", Value::Scope(To::Clear)) });
        if usage == Use::InRationale {
            choices.push(plain('-', "as it is", Value::Scope(To::Keep)));
        }
        let holds = self.scope_held(usage).map(Value::Scope);
        self.open(Popup::Picker(Picker::new(usage, choices).holding(holds.as_ref())));
    }

    /// The scope that the decision being made gives, or all its bugs have before it is made.
    fn scope_held(&self, usage: Use) -> Option<To<String>> {
        if let (Use::InRationale, Some(Popup::Rationale(rationale))) = (usage, self.popup()) {
            return Some(rationale.set.scope.clone());
        }
        let methodology = self.session.methodology();
        let named = |bug| match self.session.scope(bug) {
            None => Some(To::Clear),
            Some(said) => {
                methodology.scope_named(&said).map(|id| To::Value(methodology.scope(id).name.clone()))
            }
        };
        self.common_to_targets(named).flatten()
    }

    /// What all bugs that the next decision is about have in common; `None` where they differ, or are too many to ask.
    pub(super) fn common_to_targets<T: PartialEq>(&self, of: impl Fn(BugIx) -> T) -> Option<T> {
        let bugs = self.targets();
        let mut all = bugs.iter().take(AT_ONCE).map(of);
        let first = all.next()?;
        (bugs.len() <= AT_ONCE && all.all(|other| other == first)).then_some(first)
    }

    pub(super) fn open_rules(&mut self) {
        let key = |rule: &DeviationRule| char::from_digit(rule.number.into(), 10);
        let choice = |rule: &DeviationRule| Choice {
            key: key(rule),
            name: key(rule).map_or_else(|| format!("{} {}", rule.number, rule.name), |_| rule.name.clone()),
            about: rule.definition.clone(),
            value: Value::Rule(Some(rule.number)),
        };
        let mut choices: Vec<Choice> = self.session.methodology().rules().iter().map(choice).collect();
        choices.push(plain('-', "none", Value::Rule(None)));
        let holds = match self.popup() {
            Some(Popup::Rationale(rationale)) => Some(Value::Rule(rationale.rule)),
            Some(Popup::Form(form)) => Some(Value::Rule(form.rule)),
            _ => None,
        };
        self.open(Popup::Picker(Picker::new(Use::Rule, choices).holding(holds.as_ref())));
    }

    pub(super) fn picked(&mut self, usage: Use, value: Value) -> Vec<Effect> {
        if let Value::Export(format, may_replace) = value {
            return self.export(format, may_replace);
        }
        self.ui.popups.pop();
        match (usage, value, self.ui.popups.last_mut()) {
            (Use::Scope, Value::Scope(scope), _) => {
                return self.ask(Kind::Reclassified, Set { scope, ..Set::default() });
            }
            (_, Value::Status(status), _) => return self.status_picked(status),
            (_, Value::Order(by), _) => return self.sort(by),
            (_, Value::Scope(scope), Some(Popup::Rationale(rationale))) => rationale.set_scope(scope),
            (_, Value::Rule(rule), Some(Popup::Rationale(rationale))) => rationale.rule = rule,
            (_, Value::Rule(rule), Some(Popup::Form(form))) => (form.rule, form.refused) = (rule, None),
            (_, Value::Kind(kind), _) => self.open_record(kind),
            _ => {}
        }
        Vec::new()
    }
}

/// A choice that needs no words beside its name.
fn plain(key: char, name: &str, value: Value) -> Choice {
    Choice { key: Some(key), name: name.to_owned(), about: String::new(), value }
}

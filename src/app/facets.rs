//! Facets: what the bugs have in common, with how many have it, to be put into the filter by a key.
//!
//! A value that is chosen is a term of the filter, written where it can be read; the list behind follows. Counts are
//! made beside the desk, and those of before stay until they come.

use super::view::Aim;
use super::{App, Effect, Popup};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::triage::query::facets::{Facet, Value, toggled};

/// The facets of what is in view, and the cursor among their values.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    facets: Option<Vec<Facet>>,
    at: usize,
}

/// A row of the popup.
#[derive(Clone, Copy, Debug)]
pub enum Row<'a> {
    /// The name of a facet.
    Name(&'a str),
    /// One of its values, with its place among all.
    Value(usize, &'a Value),
}

/// What a key asks for.
#[derive(Debug)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To close them.
    Leave,
    /// To put this term into the filter, or take it out.
    Toggle(String),
}

impl Facets {
    /// Whether the values are still to come.
    pub fn are_awaited(&self) -> bool {
        self.facets.is_none()
    }

    /// The place of the cursor among all values.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The rows: each facet's name, and its values below it.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let mut at = 0..;
        let mut rows = Vec::new();
        for facet in self.facets.iter().flatten() {
            rows.push(Row::Name(&facet.name));
            rows.extend(facet.values.iter().zip(&mut at).map(|(value, at)| Row::Value(at, value)));
        }
        rows
    }

    /// The value under the cursor, and the name of its facet.
    pub fn current(&self) -> Option<(&str, &Value)> {
        let facets = self.facets.iter().flatten();
        let mut values =
            facets.flat_map(|facet| facet.values.iter().map(move |value| (facet.name.as_str(), value)));
        values.nth(self.at)
    }

    /// Puts the cursor on the value of a row; `false` where it has none.
    pub(super) fn point_at(&mut self, row: usize) -> bool {
        let value = match self.rows().get(row) {
            Some(Row::Value(at, _)) => Some(*at),
            _ => None,
        };
        self.at = value.unwrap_or(self.at);
        value.is_some()
    }

    /// Does what a key asks for; `action` is what the key map has for it, `page` how many rows fit.
    pub fn key(&mut self, key: Key, action: Option<Action>, page: usize) -> Reply {
        let page = page.max(1);
        self.at = match (key.code(), action) {
            (Code::Esc, _) | (_, Some(Action::Quit | Action::Facets)) => return Reply::Leave,
            (Code::Enter | Code::Char(' '), _) => {
                let term = self.current().map(|(_, value)| value.term.clone());
                return term.map_or(Reply::Stay, Reply::Toggle);
            }
            (Code::Down, _) | (_, Some(Action::Down)) => self.at.saturating_add(1),
            (Code::Up, _) | (_, Some(Action::Up)) => self.at.saturating_sub(1),
            (Code::Tab | Code::Right, _) | (_, Some(Action::FocusDetail)) => self.next_facet(),
            (Code::Left, _) | (_, Some(Action::FocusList)) => self.previous_facet(),
            (Code::Home, _) | (_, Some(Action::First)) => 0,
            (Code::End, _) | (_, Some(Action::Last)) => usize::MAX,
            (Code::PageDown, _) | (_, Some(Action::HalfPageDown)) => self.at.saturating_add(page / 2 + 1),
            (Code::PageUp, _) | (_, Some(Action::HalfPageUp)) => self.at.saturating_sub(page / 2 + 1),
            _ => self.at,
        };
        self.at = self.at.min(self.count().saturating_sub(1));
        Reply::Stay
    }

    fn count(&self) -> usize {
        self.facets.iter().flatten().map(|facet| facet.values.len()).sum()
    }

    /// The places of the first values.
    fn firsts(&self) -> impl DoubleEndedIterator<Item = usize> {
        let mut next = 0;
        let mut firsts = Vec::new();
        for facet in self.facets.iter().flatten() {
            firsts.push(next);
            next += facet.values.len();
        }
        firsts.into_iter()
    }

    /// The first value of the next facet; in the last one it stays.
    fn next_facet(&self) -> usize {
        self.firsts().find(|first| *first > self.at).unwrap_or(self.at)
    }

    fn previous_facet(&self) -> usize {
        self.firsts().rev().find(|first| *first < self.at).unwrap_or(0)
    }

    /// Takes other counts; the cursor stays on its value.
    fn renew(&mut self, facets: Vec<Facet>) {
        let term = self.current().map(|(_, value)| value.term.clone());
        self.facets = Some(facets);
        let terms = self.facets.iter().flatten().flat_map(|facet| &facet.values);
        let place = terms.map(|value| Some(&value.term)).position(|known| known == term.as_ref());
        self.at = place.unwrap_or(self.at).min(self.count().saturating_sub(1));
    }
}

impl App {
    /// Opens the facets of what is in view.
    pub(super) fn open_facets(&mut self) -> Vec<Effect> {
        self.leave_matches();
        self.open(Popup::Facets(Facets::default()));
        let mut effects = self.filter_anew();
        effects.push(self.count_facets());
        effects
    }

    fn count_facets(&mut self) -> Effect {
        self.ui.faceted += 1;
        Effect::Facets { generation: self.ui.faceted, text: self.ui.view.filter().to_owned() }
    }

    /// Counts them once more where they are open, for the report is another one.
    pub(super) fn count_facets_anew(&mut self) -> Option<Effect> {
        let are_open = matches!(self.popup(), Some(Popup::Facets(_)));
        are_open.then(|| self.count_facets())
    }

    pub(super) fn faceted(&mut self, generation: u64, counted: Vec<Facet>) {
        let is_last = generation == self.ui.faceted;
        for popup in self.ui.popups.iter_mut().filter(|_| is_last) {
            if let Popup::Facets(facets) = popup {
                facets.renew(counted);
                return;
            }
        }
    }

    pub(super) fn not_faceted(&mut self, generation: u64, fault: Fault) {
        if generation == self.ui.faceted {
            self.failed(fault);
        }
    }

    pub(super) fn facets_key(&mut self, key: Key) -> Vec<Effect> {
        let (action, page) = (self.ui.keymap.action(key), self.ui.drawn.popup_lines);
        let Some(Popup::Facets(facets)) = self.ui.popups.last_mut() else { return Vec::new() };
        match facets.key(key, action, page) {
            Reply::Stay => Vec::new(),
            Reply::Leave => {
                self.remember_filter();
                self.close()
            }
            Reply::Toggle(term) => {
                let text = toggled(self.ui.view.filter(), &term);
                let mut effects = self.filter(text, Aim::Keep);
                effects.push(self.count_facets());
                effects
            }
        }
    }
}

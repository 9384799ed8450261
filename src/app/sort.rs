//! The order of the list: picked, turned round, grouped, and made beside the desk.
//!
//! A decision moves no bug. What is decided counts once filter or order are touched, and when the picker is opened.

use super::view::Aim;
use super::{App, Effect, Popup, Toast};
use crate::config::{Code, Column, Key};
use crate::triage::query::Matches;
use crate::triage::{Arranged, By, Order};

/// The orders that can be picked: by what, the key, the name and what it means.
pub const ORDERS: [(By, char, &str, &str); 7] = [
    (By::Document, 'd', "document", "as they stand in the report"),
    (By::Severity, 's', "severity", "the most severe first"),
    (By::Id, 'i', "id", "BUG-9 before BUG-10"),
    (By::Status, 'x', "status", "what is open first"),
    (By::Undecided, 'u', "undecided", "what is still to be decided first"),
    (By::Scope, 'c', "scope", "what they affect"),
    (By::Title, 't', "title", "by the alphabet"),
];

/// An order being picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorting {
    /// The row of the cursor.
    pub at: usize,
}

/// What a key in the picker asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To leave the order as it is.
    Leave,
    /// To sort by this.
    Sort(By),
}

impl Sorting {
    /// The cursor on this order.
    pub fn on(by: By) -> Sorting {
        Sorting { at: ORDERS.iter().position(|(known, ..)| *known == by).unwrap_or(0) }
    }

    /// Does what a key asks for.
    pub fn key(&mut self, key: Key) -> Reply {
        match (key.code(), key.ctrl(), key.alt()) {
            (Code::Esc, ..) => return Reply::Leave,
            (Code::Enter, ..) => return Reply::Sort(ORDERS[self.at].0),
            (Code::Down, ..) | (Code::Char('n'), true, _) => self.at += 1,
            (Code::Up, ..) | (Code::Char('p'), true, _) => self.at = self.at.saturating_sub(1),
            (Code::Char(c), false, false) => {
                let picked = ORDERS.iter().find(|(_, key, ..)| *key == c);
                return picked.map_or(Reply::Stay, |(by, ..)| Reply::Sort(*by));
            }
            _ => {}
        }
        self.at = self.at.min(ORDERS.len() - 1);
        Reply::Stay
    }
}

impl App {
    /// Opens the picker; meanwhile the order is made anew by what is decided so far.
    pub(super) fn open_sorting(&mut self) -> Vec<Effect> {
        let order = self.ui.view.order();
        self.open(Popup::Sort(Sorting::on(order.by)));
        if order.is_plain() { Vec::new() } else { self.order(order) }
    }

    pub(super) fn sorting_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Sort(sorting)) = self.ui.popups.last_mut() else { return Vec::new() };
        match sorting.key(key) {
            Reply::Stay => Vec::new(),
            Reply::Leave => self.close(),
            Reply::Sort(by) => {
                self.ui.popups.pop();
                self.sort(by)
            }
        }
    }

    /// Sorts the list by this; where it is already, the other way round.
    pub(super) fn sort(&mut self, by: By) -> Vec<Effect> {
        let before = self.ui.view.order();
        let reversed = before.by == by && !before.reversed;
        let effects = self.order(Order { by, reversed, ..before });
        let turned = if reversed { ", from the other end" } else { "" };
        self.say(Toast::done(match by {
            By::Document => format!("in the order of the report{turned}"),
            By::Undecided if reversed => "what is decided first".to_owned(),
            By::Undecided => "what is undecided first".to_owned(),
            _ => format!("sorted by {}{turned}", name(by)),
        }));
        effects
    }

    /// Sorts by what a column shows, where it shows something to sort by; `None` for the signs before the first.
    pub(super) fn sort_by_column(&mut self, column: Option<Column>) -> Vec<Effect> {
        let by = column.map_or(Some(By::Undecided), shown_in);
        by.map_or_else(Vec::new, |by| self.sort(by))
    }

    /// Has the bugs of a level stand together, or no longer.
    pub(super) fn group(&mut self) -> Vec<Effect> {
        let before = self.ui.view.order();
        let effects = self.order(Order { grouped: !before.grouped, ..before });
        self.say(Toast::done(if before.grouped { "no longer grouped" } else { "grouped by severity" }));
        effects
    }

    /// Asks for what is in view in this order. Where a search is under way, what that finds comes in it.
    fn order(&mut self, order: Order) -> Vec<Effect> {
        self.keep_range();
        self.ui.view.ask_order(order);
        if self.ui.view.is_searching() {
            return Vec::new();
        }
        self.arrange_anew()
    }

    /// Asks for what is in view once more, in the order that was asked for.
    pub(super) fn arrange_anew(&mut self) -> Vec<Effect> {
        let matches = self.ui.view.matches().clone();
        let generation = self.ui.view.ask_again(Aim::Keep);
        self.arrange(generation, matches)
    }

    /// Shows what a search found, once it is in the order that was asked for.
    pub(super) fn arrange(&mut self, generation: u64, matches: Matches) -> Vec<Effect> {
        if !self.ui.view.awaits(generation) {
            return Vec::new();
        }
        match self.ui.view.order() {
            order if order.is_plain() => self.show(generation, matches, None),
            order => vec![Effect::Arrange { generation, matches, order }],
        }
    }

    /// Shows what is in order, unless another order was asked for since.
    pub(super) fn arranged(&mut self, generation: u64, matches: Matches, arranged: Arranged) -> Vec<Effect> {
        if arranged.order == self.ui.view.order() {
            return self.show(generation, matches, Some(arranged));
        }
        self.arrange(generation, matches)
    }

    fn show(&mut self, generation: u64, matches: Matches, arranged: Option<Arranged>) -> Vec<Effect> {
        self.ui.view.show(generation, matches, arranged);
        self.ui.view.recount(self.session.reviewed());
        self.release()
    }

    /// What the list is sorted and grouped by, in a few words, `…` while that is under way; nothing for the order of
    /// the report.
    pub fn sorted_by(&self) -> String {
        let order = self.ui.view.order();
        let by = match order.by {
            By::Document if !order.reversed => String::new(),
            by => format!("by {} {}", name(by), arrow(order)),
        };
        let grouped = if order.grouped { "grouped" } else { "" };
        let said: Vec<&str> = [by.as_str(), grouped].into_iter().filter(|said| !said.is_empty()).collect();
        let still = if self.ui.view.is_searching() && !said.is_empty() { " …" } else { "" };
        format!("{}{still}", said.join(", "))
    }
}

/// What a column shows, as something to sort by.
pub fn shown_in(column: Column) -> Option<By> {
    match column {
        Column::Id => Some(By::Id),
        Column::Severity => Some(By::Severity),
        Column::Scope => Some(By::Scope),
        Column::Title => Some(By::Title),
        Column::Status => Some(By::Status),
        Column::Badges => None,
    }
}

/// The sign of a direction.
pub fn arrow(order: Order) -> &'static str {
    if order.reversed { "↓" } else { "↑" }
}

fn name(by: By) -> &'static str {
    ORDERS.iter().find(|(known, ..)| *known == by).map_or("", |(_, _, name, _)| name)
}

//! The order of the list: picked, turned round, grouped, and made beside the desk.
//!
//! A decision moves no bug. What is decided counts once filter or order are touched, and when the picker is opened.

use super::picker::{Choice, Use, Value};
use super::view::Aim;
use super::{App, Effect, Picker, Popup, Toast};
use crate::config::Column;
use crate::triage::query::Matches;
use crate::triage::{Arranged, By, Order};

/// The orders that can be picked: by what, the key, the name and what it means.
const ORDERS: [(By, char, &str, &str); 7] = [
    (By::Document, 'd', "document", "as they stand in the report"),
    (By::Severity, 's', "severity", "the most severe first"),
    (By::Id, 'i', "id", "BUG-9 before BUG-10"),
    (By::Status, 'x', "status", "what is open first"),
    (By::Undecided, 'u', "undecided", "what is still to be decided first"),
    (By::Scope, 'c', "scope", "what they affect"),
    (By::Title, 't', "title", "by the alphabet"),
];

impl App {
    /// Opens the picker, the order that the list has under the cursor; meanwhile that is made anew by what is decided
    /// so far.
    pub(super) fn open_sorting(&mut self) -> Vec<Effect> {
        let order = self.ui.view.order();
        let choices = ORDERS.iter().map(|known| choice(known, order)).collect();
        let holds = Value::Order(order.by);
        self.open(Popup::Picker(Picker::new(Use::Order, choices).holding(Some(&holds))));
        if order.is_plain() { Vec::new() } else { self.order(order) }
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

/// An order as a choice: the one that the list has is turned round where it is picked again.
fn choice((by, key, name, about): &(By, char, &str, &str), order: Order) -> Choice {
    let (name, about) = match *by == order.by {
        true => (format!("{name} {}", arrow(order)), format!("{about}; again: the other way round")),
        false => ((*name).to_owned(), (*about).to_owned()),
    };
    Choice { key: Some(*key), name, about, value: Value::Order(*by) }
}

/// The sign of a direction.
pub fn arrow(order: Order) -> &'static str {
    if order.reversed { "↓" } else { "↑" }
}

fn name(by: By) -> &'static str {
    ORDERS.iter().find(|(known, ..)| *known == by).map_or("", |(_, _, name, _)| name)
}

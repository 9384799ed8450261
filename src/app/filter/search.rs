//! Asking for the bugs that match, and what is remembered of it: filters that were kept, and what the last one found.
//!
//! A decision moves no bug out of view: what is decided counts once the filter is touched, or a new search is made.

use std::sync::Arc;

use super::offers::Completing;
use crate::app::view::Aim;
use crate::app::{App, Effect, Popup, Toast};
use crate::config::Action;
use crate::report::BugIx;
use crate::text::display;
use crate::triage::BugSet;
use crate::triage::query::{Known, Matches, Query};

/// How many filters are remembered.
const KEPT: usize = 50;

/// What is remembered of filters.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    /// Those that were kept, the newest first, each once.
    pub(super) kept: Vec<String>,
    pub(super) completing: Completing,
    /// What was found by the filter that was left last.
    left: Option<Left>,
    /// The searches from the one that is shown on, each with its number.
    asked: Vec<(u64, Asked)>,
    /// How often the session has changed.
    changed: u64,
}

/// A filter that was left, and what it found.
#[derive(Clone, Debug)]
struct Left {
    text: String,
    matches: BugSet,
}

/// What was asked for, and of what.
#[derive(Clone, Debug)]
struct Asked {
    query: Query,
    state: State,
}

/// What decides beside the report what a filter finds.
#[derive(Clone, Debug, PartialEq)]
struct State {
    changed: u64,
    known: Known,
    /// Only where the filter may go by it.
    seen: Option<BugSet>,
}

impl Filters {
    /// How often the session has changed, other than by what was seen or declined.
    pub fn changes(&self) -> u64 {
        self.changed
    }

    /// The session has changed: what was found may no longer match.
    pub(in crate::app) fn changed(&mut self) {
        self.changed += 1;
    }

    /// Follows what was found into a report written anew.
    pub(in crate::app) fn follow(&mut self, place: impl Fn(BugIx) -> Option<BugIx>) {
        if let Some(left) = &mut self.left {
            left.matches = left.matches.iter().filter_map(place).collect();
        }
        self.asked.clear();
        self.changed();
    }
}

impl App {
    /// What the session does not know of its bugs and this filter may ask for.
    pub fn known(&self, query: &Query) -> Known {
        Known {
            marked: self.ui.marks.clone(),
            suggested: self.ui.suggested.clone(),
            voices: if query.asks_voices() { self.voices() } else { Arc::default() },
            stale: self.stale(),
            overdue: self.ui.badges.overdue.clone(),
            contradicting: self.ui.badges.contradictory.clone(),
        }
    }

    /// Asks for the bugs that match; where the filter stays the same, a search under way gets the new aim.
    pub(in crate::app) fn filter(&mut self, text: String, aim: Aim) -> Vec<Effect> {
        if text == self.ui.view.filter() && !self.is_stale() {
            self.ui.view.aim(aim);
            return Vec::new();
        }
        if text.is_empty() && !matches!(self.popup(), Some(Popup::Filter(_))) {
            self.leave_matches();
        }
        self.keep_range();
        let asked = self.asked(&text);
        let is_known = self.in_view(&asked).is_some_and(|shown| asked.query.finds_what(shown));
        let within = self.within(&asked);
        let generation = self.ui.view.ask(&text, aim);
        if text.is_empty() {
            self.ui.filters.asked.clear();
            return self.arrange(generation, Matches::all(self.session.report()));
        }
        self.ui.filters.asked.push((generation, asked.clone()));
        if is_known {
            return self.arrange(generation, self.ui.view.matches().clone());
        }
        vec![Effect::Filter { generation, query: Box::new(asked.query), within }]
    }

    /// Asks once more for what matches, where that may have changed since.
    pub(in crate::app) fn filter_anew(&mut self) -> Vec<Effect> {
        let text = self.ui.view.filter().to_owned();
        if self.is_stale() { self.filter(text, Aim::Keep) } else { Vec::new() }
    }

    fn asked(&self, text: &str) -> Asked {
        let seen = text.to_lowercase().contains("seen").then(|| self.session.seen().clone());
        let query = Query::parse(text, self.session.report());
        let state = State { changed: self.ui.filters.changed, known: self.known(&query), seen };
        Asked { query, state }
    }

    /// Whether something was decided, marked or found since the filter was asked for.
    fn is_stale(&self) -> bool {
        let last = self.ui.filters.asked.last();
        last.is_some_and(|(_, last)| last.state != self.asked(self.ui.view.filter()).state)
    }

    /// The bugs that a search need go through: those in view, where all that it finds is among them.
    fn within(&mut self, asked: &Asked) -> Option<Vec<BugIx>> {
        let narrows = asked.query.narrows(self.in_view(asked)?);
        narrows.then(|| self.ui.view.matches().bugs.clone())
    }

    /// What the bugs in view were found by, where all that decides beside it is as it was.
    fn in_view(&mut self, asked: &Asked) -> Option<&Query> {
        let shown = self.ui.view.shown();
        self.ui.filters.asked.retain(|(generation, _)| *generation >= shown);
        let (_, before) = self.ui.filters.asked.first().filter(|(generation, _)| *generation == shown)?;
        (before.state == asked.state).then_some(&before.query)
    }

    /// Remembers the filter in view for those to come.
    pub(in crate::app) fn remember_filter(&mut self) {
        let text = self.ui.view.filter().trim().to_owned();
        if !text.is_empty() {
            let kept = &mut self.ui.filters.kept;
            kept.retain(|kept| *kept != text);
            kept.insert(0, text);
            kept.truncate(KEPT);
        }
    }

    /// Remembers what the filter in view has found, before it is left.
    pub(in crate::app) fn leave_matches(&mut self) {
        let view = &self.ui.view;
        if !view.filter().is_empty() && !view.is_searching() {
            let matches = view.matches().bugs.iter().copied().collect();
            self.ui.filters.left = Some(Left { text: view.filter().to_owned(), matches });
        }
    }

    /// Goes to the next or the previous bug that matches the filter, also where that was cleared since.
    pub(in crate::app) fn go_to_match(&mut self, forward: bool) {
        let (text, moved) = match (self.ui.view.filter().to_owned(), &self.ui.filters.left) {
            (text, Some(left)) if text.is_empty() => {
                (left.text.clone(), self.ui.view.go_inside(&left.matches, forward))
            }
            (text, None) if text.is_empty() => {
                let filter = self.key_of(Action::Filter);
                return self.say(Toast::refusal(format!("nothing was filtered yet; {filter} begins that")));
            }
            (text, _) => (text, self.ui.view.step_on(forward)),
        };
        if !moved {
            let side = if forward { "after" } else { "before" };
            self.say(Toast::refusal(format!("no bug {side} this one matches “{}”", display::brief(&text))));
        }
    }
}

//! A page that is read on top of the desk: scrolled, searched, gone through part by part.
//!
//! A page never lays out its whole sheet: it says which line it wants at its top, and the drawing answers with
//! where that really is. What is looked for is looked for beside the desk, so that no key waits.

mod findings;
mod line;
mod log;
mod search;
mod sheet;

use std::sync::Arc;

pub use findings::FindingsSheet;
pub use line::{Line, Run};
pub use log::{LogSheet, Unsaved};
pub use search::{Needle, Search};
pub use sheet::{Lines, Sheet};

use super::Drawn;
use crate::config::{Action, Code, Key};
use crate::report::BugIx;
use crate::triage::Statistics;

/// The key that sets claims to what is documented.
pub(super) const RESTATE: char = 'f';

/// How many columns a step to the side is.
const STEP: usize = 8;

/// What a page tells.
#[derive(Clone, Debug)]
pub enum Kind {
    /// The keys.
    Help,
    /// The deviation log.
    Log,
    /// What does not fit together in the report.
    Check,
    /// The lines of the report that a finding is about.
    Excerpt,
    /// What saving would change.
    Diff,
    /// The methodology.
    Methodology,
    /// The numbers of the review, once they are known.
    Statistics(Option<Arc<Statistics>>),
}

/// A place in a sheet as it is wrapped: a line, and a row of it. The row may lie outside its line until the page
/// is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The row, counted from the first one of the line.
    pub row: isize,
}

/// A page that is read.
#[derive(Debug)]
pub struct Page {
    /// What it tells.
    pub kind: Kind,
    /// What stands above it.
    pub title: String,
    /// What is on it.
    pub sheet: Arc<Sheet>,
    /// Whether long lines go on below themselves.
    pub wraps: bool,
    /// Where it begins on the screen.
    pub top: Spot,
    /// How many columns of its lines are out of sight on the left.
    pub shift: usize,
    /// The part that Enter is about, where parts are about something.
    pub cursor: Option<usize>,
    /// The line to be brought into sight.
    pub follow: Option<usize>,
    /// What is looked for in it.
    pub search: Search,
}

/// What a key on a page asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// Nothing more.
    Stay,
    /// To close it.
    Close,
    /// To look for what was typed.
    Seek,
    /// To go to a bug.
    Go(BugIx),
    /// To go to a bug where what the cursor is on is about none.
    Nowhere,
    /// To save.
    Save,
    /// To set the numbers that the report claims to what it documents.
    Restate,
    /// To take a decision back that was made here, or to make it again.
    Run(Action),
    /// To show the keys of pages.
    Help,
}

impl Page {
    /// A page at its beginning.
    pub fn new(kind: Kind, title: &str, sheet: Sheet) -> Page {
        let has_cursor = has_cursor(&kind, &sheet);
        Page {
            wraps: true,
            kind,
            title: title.to_owned(),
            sheet: Arc::new(sheet),
            top: Spot::default(),
            shift: 0,
            cursor: has_cursor.then_some(0),
            follow: None,
            search: Search::default(),
        }
    }

    /// Does what a key asks for; `action` is what it does on the desk, `height` how many rows are on screen.
    pub fn key(&mut self, key: Key, action: Option<Action>, height: usize) -> Reply {
        if self.search.input.is_some() {
            return self.search_key(key);
        }
        let plain = !key.ctrl() && !key.alt();
        match (key.code(), action) {
            (Code::Char('/'), _) if plain => self.search.open(),
            (Code::Char('n'), _) if plain => self.step(1),
            (Code::Char('N'), _) if plain => self.step(-1),
            (Code::Char(']'), _) | (_, Some(Action::NextUndecided)) => self.turn(1),
            (Code::Char('['), _) | (_, Some(Action::PreviousUndecided)) => self.turn(-1),
            (Code::Char('W'), _) if plain => (self.wraps, self.shift) = (!self.wraps, 0),
            (Code::Esc, _) if self.search.is_on() => self.search.clear(),
            (Code::Esc, _) => return Reply::Close,
            (Code::Enter, _) => return self.enter(),
            (Code::Char(RESTATE), _) if plain && matches!(self.kind, Kind::Check) => return Reply::Restate,
            (_, Some(action @ (Action::Undo | Action::Redo))) if matches!(self.kind, Kind::Check) => {
                return Reply::Run(action);
            }
            (Code::F(1), _) | (_, Some(Action::Help)) => return self.help(),
            (_, Some(Action::Save)) if matches!(self.kind, Kind::Diff) => return Reply::Save,
            (_, Some(action)) if action == Action::Quit || self.is_opened_by(action) => return Reply::Close,
            _ => self.move_by(key, action, height.max(1)),
        }
        Reply::Stay
    }

    /// Takes pasted text into what is looked for; `true` where something else is to be looked for.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        let from = self.here();
        self.search.input.iter_mut().for_each(|input| input.insert(text));
        self.search.retyped(from)
    }

    /// Looks for words from its beginning.
    pub(super) fn look_for(&mut self, words: &str) {
        self.search.open();
        self.paste(words);
        self.search.close();
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, rows: isize) {
        self.follow = None;
        match self.wraps {
            true => self.top.row = self.top.row.saturating_add(rows),
            false => self.top.line = self.top.line.saturating_add_signed(rows),
        }
    }

    /// Takes in what was on the screen.
    pub(super) fn drawn(&mut self, drawn: &Drawn) {
        (self.top, self.shift) = (Spot { line: drawn.popup_scroll, row: drawn.popup_row }, drawn.popup_shift);
        self.cursor = self.cursor_within(self.top, drawn.popup_last);
        self.follow = None;
    }

    /// Where the cursor is while the screen begins here and ends with this line: what was scrolled takes it along, to a
    /// part that begins in sight where one does.
    pub fn cursor_within(&self, top: Spot, last: usize) -> Option<usize> {
        if self.follow.is_some() {
            return self.cursor;
        }
        let (first, last) = (self.sheet.part_of(top.line), self.sheet.part_of(last));
        let begins = Spot { line: self.sheet.start(first), row: 0 } >= top;
        let first = if begins || first >= last { first } else { first + 1 };
        self.cursor.map(|at| at.clamp(first, last.max(first)))
    }

    /// Puts another sheet in place of the one there is.
    pub(super) fn replace(&mut self, sheet: Sheet) {
        self.sheet = Arc::new(sheet);
        self.top = Spot::default();
    }

    /// Puts a newer state of its sheet in place of the one there is; what was found in that is no longer shown.
    pub(super) fn renew(&mut self, sheet: Sheet) {
        self.replace(sheet);
        self.search.clear();
        let last = self.sheet.parts().saturating_sub(1);
        let cursor = has_cursor(&self.kind, &self.sheet).then(|| self.cursor.unwrap_or(0).min(last));
        self.cursor = cursor;
        self.follow = cursor.map(|at| self.sheet.start(at));
    }

    /// What was looked for is found on these lines.
    pub(super) fn found(&mut self, generation: u64, hits: &[u32]) {
        if self.search.found(generation, hits) {
            self.show_hit();
        }
    }

    fn search_key(&mut self, key: Key) -> Reply {
        match key.code() {
            Code::Esc => self.search.clear(),
            Code::Enter => self.search.close(),
            Code::Down => self.step(1),
            Code::Up => self.step(-1),
            _ if self.search.typed(key, self.here()) => return Reply::Seek,
            _ => {}
        }
        Reply::Stay
    }

    /// The line from which a search goes on.
    fn here(&self) -> usize {
        self.cursor.map_or(self.top.line, |part| self.sheet.start(part))
    }

    fn step(&mut self, by: isize) {
        if self.search.step(by) {
            self.show_hit();
        }
    }

    fn show_hit(&mut self) {
        if let Some(line) = self.search.line() {
            self.follow = Some(line);
            self.cursor = self.cursor.map(|_| self.sheet.part_of(line));
        }
    }

    /// Goes to the part after, or before, the one that is on top.
    fn turn(&mut self, by: isize) {
        let last = self.sheet.parts().saturating_sub(1);
        if let Some(cursor) = self.cursor {
            return self.point(cursor.saturating_add_signed(by).min(last));
        }
        let here = self.sheet.part_of(self.top.line);
        let is_inside = self.sheet.start(here) < self.top.line;
        let to = match by {
            ..0 if is_inside => here,
            _ if self.sheet.start(here) > self.top.line && by > 0 => here,
            _ => here.saturating_add_signed(by).min(last),
        };
        if self.sheet.parts() > 0 {
            self.top = Spot { line: self.sheet.start(to), row: 0 };
        }
    }

    /// Puts the cursor on a part; `false` where none is.
    pub(super) fn point_at(&mut self, part: usize) -> bool {
        let points = self.cursor.is_some() && part < self.sheet.parts();
        if points {
            self.point(part);
        }
        points
    }

    /// Puts the cursor on a part.
    fn point(&mut self, part: usize) {
        self.cursor = Some(part);
        self.follow = Some(self.sheet.start(part));
    }

    fn enter(&self) -> Reply {
        match self.cursor {
            Some(part) => self.sheet.about(part).map_or(Reply::Nowhere, Reply::Go),
            None => Reply::Close,
        }
    }

    fn help(&self) -> Reply {
        if matches!(self.kind, Kind::Help) { Reply::Close } else { Reply::Help }
    }

    fn is_opened_by(&self, action: Action) -> bool {
        match self.kind {
            Kind::Help => action == Action::Help,
            Kind::Log => action == Action::Log,
            Kind::Check => action == Action::Check,
            Kind::Excerpt => false,
            Kind::Diff => action == Action::Diff,
            Kind::Methodology => action == Action::Methodology,
            Kind::Statistics(_) => action == Action::Statistics,
        }
    }

    fn move_by(&mut self, key: Key, action: Option<Action>, height: usize) {
        let rows = |rows: usize| isize::try_from(rows.max(1)).unwrap_or(isize::MAX);
        match (key.code(), action) {
            (Code::Home, _) | (_, Some(Action::First)) => self.go_first(),
            (Code::End, _) | (_, Some(Action::Last)) => self.go_last(),
            (Code::PageDown | Code::Char(' '), _) => self.scroll(rows(height)),
            (Code::PageUp, _) => self.scroll(-rows(height)),
            (_, Some(Action::HalfPageDown)) => self.scroll(rows(height / 2)),
            (_, Some(Action::HalfPageUp)) => self.scroll(-rows(height / 2)),
            (_, Some(Action::Down)) if self.cursor.is_some() => self.turn(1),
            (_, Some(Action::Up)) if self.cursor.is_some() => self.turn(-1),
            (_, Some(Action::Down)) => self.scroll(1),
            (_, Some(Action::Up)) => self.scroll(-1),
            (Code::Right, _) | (_, Some(Action::FocusDetail)) if !self.wraps => self.shift += STEP,
            (Code::Left, _) | (_, Some(Action::FocusList)) => self.shift = self.shift.saturating_sub(STEP),
            _ => {}
        }
    }

    fn go_first(&mut self) {
        (self.top, self.follow) = (Spot::default(), None);
        self.cursor = self.cursor.map(|_| 0);
    }

    fn go_last(&mut self) {
        (self.top, self.follow) = (Spot { line: usize::MAX, row: 0 }, None);
        if self.cursor.is_some() {
            self.point(self.sheet.parts().saturating_sub(1));
        }
    }
}

/// Whether the parts of a page are about bugs.
fn has_cursor(kind: &Kind, sheet: &Sheet) -> bool {
    matches!(kind, Kind::Log | Kind::Check) && sheet.parts() > 0
}

#[cfg(test)]
mod tests;

//! What the mouse does: it points at what the last frame showed. Among choices a click is Enter on one of them, and
//! beside them it is nothing.
//!
//! While keys wait, or would, for a search, a save or what is made out, it does nothing, for what it points at is about to
//! change.

use super::view::Line;
use super::{App, Effect, Pane, Popup};
use crate::config::{Code, Key};
use crate::report::BugIx;

/// How many lines one notch of the wheel moves.
const NOTCH: isize = 3;

/// Something that the mouse did, and on which cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// The column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// What it did there.
    pub does: Does,
}

/// What a mouse can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Press its main button.
    Click,
    /// Press that a second time soon after.
    DoubleClick,
    /// Turn its wheel down, by this many notches; up where they are less than none.
    Wheel(isize),
}

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) -> Vec<Effect> {
        if !self.ui.held.is_empty() || self.ui.view.is_searching() || self.is_making_out() {
            return Vec::new();
        }
        match (mouse.does, self.popup()) {
            (Does::Wheel(notches), None | Some(Popup::Filter(_))) => self.wheel(mouse, notches),
            (Does::Wheel(notches), Some(_)) => return self.wheel_in_popup(notches),
            (_, None | Some(Popup::Filter(_))) => return self.click(mouse),
            (_, Some(_)) => return self.click_in_popup(mouse),
        }
        Vec::new()
    }

    /// Scrolls what is under the pointer.
    fn wheel(&mut self, Mouse { x, y, .. }: Mouse, notches: isize) {
        let lines = notches.saturating_mul(NOTCH);
        if self.ui.drawn.hits.detail.has(x, y) {
            self.scroll(lines);
        } else if self.ui.drawn.hits.list.has(x, y) {
            let before = self.cursor();
            self.ui.view.scroll(lines, self.ui.drawn.rows);
            self.top_of(before);
        }
    }

    /// Has the topmost popup do what it does with the arrows.
    fn wheel_in_popup(&mut self, notches: isize) -> Vec<Effect> {
        let key = Key::plain(if notches < 0 { Code::Up } else { Code::Down });
        let is_read = matches!(self.popup(), Some(Popup::Page(_) | Popup::Notice(..) | Popup::Error(_)));
        let times = notches.unsigned_abs() * if is_read { NOTCH.unsigned_abs() } else { 1 };
        (0..times.min(100)).flat_map(|_| self.popup_key(key)).collect()
    }

    fn click(&mut self, mouse: Mouse) -> Vec<Effect> {
        (self.ui.toast, self.ui.interrupted) = (None, false);
        self.ui.prefix.clear();
        let Mouse { x, y, does } = mouse;
        let hits = self.ui.drawn.hits;
        if let Some(head) = hits.heads.into_iter().flatten().find(|head| head.area.has(x, y)) {
            return self.sort_by_column(head.column);
        }
        if hits.detail.has(x, y) {
            self.ui.pane = Pane::Detail;
        } else if let Some(row) = hits.list.row(x, y) {
            self.point_at(self.ui.drawn.top + row, does == Does::DoubleClick);
        }
        Vec::new()
    }

    /// Puts the cursor on the bug of a row, and reads it where that is asked for.
    fn point_at(&mut self, row: usize, read: bool) {
        let Some(Line::Bug(at)) = self.ui.view.line(row) else { return };
        let before = self.cursor();
        self.ui.view.go_to(at);
        self.top_of(before);
        self.ui.pane = if read { Pane::Detail } else { Pane::List };
    }

    /// Shows the top of the bug's text where the cursor has left `before`.
    fn top_of(&mut self, before: Option<BugIx>) {
        if self.cursor() != before {
            self.ui.scroll = 0;
        }
    }

    /// Takes the choice that was clicked on, or goes to the line of a form; elsewhere nothing happens, and nothing is
    /// closed.
    fn click_in_popup(&mut self, Mouse { x, y, .. }: Mouse) -> Vec<Effect> {
        let Some(at) = self.ui.drawn.hits.choice(x, y) else { return Vec::new() };
        let is_choice = match self.ui.popups.last_mut() {
            Some(Popup::Picker(picker)) => picker.point_at(at),
            Some(Popup::Facets(facets)) => facets.point_at(at),
            Some(Popup::Page(page)) => page.point_at(at),
            Some(Popup::Palette(palette)) => palette.point_at(at),
            Some(Popup::Originals(originals)) => originals.point_at(at),
            Some(Popup::Form(form)) => {
                form.point_at(at);
                false
            }
            _ => false,
        };
        if is_choice { self.popup_key(Key::plain(Code::Enter)) } else { Vec::new() }
    }
}

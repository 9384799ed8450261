//! The desk on a screen of any size: what [`App`] holds, drawn.
//!
//! Drawing changes nothing and touches no more than what fits on the screen. Every byte of the
//! report goes through [`text::display`](crate::text::display) before it reaches a cell. No meaning
//! rests on colour alone. What the next key needs to know of the frame comes back as [`Drawn`].

mod check;
mod detail;
mod diff;
mod facts;
mod footer;
mod help;
mod layout;
mod list;
mod log;
mod markdown;
mod notice;
mod paint;
mod picker;
mod popup;
mod rationale;
mod row;
mod settle;
mod status;
mod table;
mod typing;
mod wrap;

use ratatui::Frame;

use self::layout::Layout;
use self::paint::Paint;
use crate::app::{App, Drawn};
use crate::config::Theme;

/// Draws the desk; gives what was on the frame.
pub fn draw(app: &App, theme: &Theme, frame: &mut Frame<'_>) -> Drawn {
    let paint = Paint::new(theme);
    let screen = frame.area();
    let layout = Layout::of(app, screen);
    frame.buffer_mut().set_style(screen, paint.role("text"));
    let before = app.ui.drawn;
    let mut drawn = Drawn { detail: None, popup_scroll: 0, popup_lines: 0, scroll: app.ui.scroll, ..before };
    if let Some(area) = layout.list {
        list::draw(app, &paint, frame.buffer_mut(), area, &mut drawn);
    }
    if let Some(area) = layout.detail {
        detail::draw(app, &paint, frame.buffer_mut(), area, &mut drawn);
    }
    status::draw(app, &paint, frame.buffer_mut(), layout.status);
    footer::draw(app, &paint, frame, layout.footer);
    popup::draw(app, &paint, frame, &mut drawn);
    drawn
}

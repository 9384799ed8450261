//! The desk on a screen of any size: what [`App`] holds, drawn.
//!
//! Drawing changes nothing and touches no more than what fits on the screen. Every byte of the
//! report goes through [`text::display`](crate::text::display) before it reaches a cell, and every cell
//! is looked at once more before the frame is shown: this is the one door to the terminal. No meaning
//! rests on colour alone. What the next key needs to know of the frame comes back as [`Drawn`].

mod across;
mod cells;
mod columns;
mod detail;
mod facets;
mod facts;
mod footer;
mod form;
mod label;
mod layout;
mod linear;
mod list;
mod lobby;
mod markdown;
mod memory;
mod notice;
mod objection;
mod offers;
mod original;
mod page;
mod paint;
mod palette;
mod picker;
mod popup;
mod preview;
mod rationale;
mod row;
mod scrollbar;
mod settle;
mod statistics;
mod status;
mod suggestion;
mod table;
mod typing;
mod which;
mod wrap;

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell};

pub(crate) use self::cells::text_of;
pub use self::linear::{Cause, Speaker};
pub use self::lobby::{draw_lobby, draw_opening};
pub use self::memory::Memory;

use self::layout::Layout;
use self::paint::Paint;
use crate::app::{App, Drawn, Hits, Popup};
use crate::config::Theme;
use crate::text::display;

/// Draws the desk; gives what was on the frame. The memory is that of the frames before it.
pub fn draw(app: &App, theme: &Theme, memory: &mut Memory, frame: &mut Frame<'_>) -> Drawn {
    let paint = Paint::new(theme);
    let screen = frame.area();
    let layout = Layout::of(app, screen);
    lay_ground(&paint, frame.buffer_mut());
    let before = app.ui.drawn;
    let mut drawn = Drawn {
        width: usize::from(screen.width),
        detail: None,
        hits: Hits::default(),
        popup_lines: 0,
        popup_row: 0,
        popup_shift: 0,
        scroll: app.ui.scroll,
        preview: false,
        beyond: 0,
        ..before
    };
    if let Some(area) = layout.list {
        list::draw(app, &paint, memory, frame.buffer_mut(), area, &mut drawn);
    }
    if let Some(area) = layout.detail {
        let area = (area, layout.list.is_some());
        detail::draw(app, &paint, memory, frame.buffer_mut(), area, &mut drawn);
    }
    if let Some(area) = layout.preview {
        preview::draw(app, &paint, frame.buffer_mut(), area, &mut drawn);
    }
    drawn.across = app.ui.across.min(drawn.beyond);
    match app.popup() {
        Some(Popup::Filter(line)) => offers::draw(app, line, &paint, frame.buffer_mut(), layout.status),
        _ => status::draw(app, &paint, frame.buffer_mut(), layout.status),
    }
    suggestion::draw(app, &paint, frame.buffer_mut(), layout.suggestion);
    footer::draw(app, &paint, frame, layout.footer);
    which::draw(app, &paint, frame, layout.footer);
    popup::draw(app, &paint, frame, &mut drawn);
    footer::draw_over(app, &paint, frame, layout.footer);
    seal(frame.buffer_mut());
    drawn
}

/// Lays what is beneath everything, where nothing is yet.
fn lay_ground(paint: &Paint<'_>, buffer: &mut Buffer) {
    let mut bare = Cell::default();
    let Cell { fg, bg, underline_color, modifier, .. } = *bare.set_style(paint.ground());
    for cell in &mut buffer.content {
        (cell.fg, cell.bg, cell.underline_color, cell.modifier) = (fg, bg, underline_color, modifier);
    }
}

/// Whatever stands in a cell without having been made visible is shown as a character that cannot be shown, and
/// half a wide character, whose other half is under a popup, is not shown at all.
fn seal(buffer: &mut Buffer) {
    let mut known = Vec::with_capacity(KNOWN);
    for row in buffer.content.chunks_mut(usize::from(buffer.area.width.max(1))) {
        let open = row.iter().enumerate().filter(|(_, cell)| !is_sealed(cell.symbol(), &mut known));
        let open: Vec<usize> = open.map(|(at, _)| at).collect();
        open.into_iter().for_each(|at| seal_cell(row, at));
    }
}

/// How many characters of a frame are remembered as narrow and visible: more than frames are drawn with.
const KNOWN: usize = 16;

/// Whether a symbol is known to be visible and to take one column. Most are plain, or drawn again and again.
fn is_sealed(symbol: &str, known: &mut Vec<char>) -> bool {
    if matches!(symbol.as_bytes(), [b' '..=b'~']) || display::is_simple(symbol) {
        return true;
    }
    let mut chars = symbol.chars();
    let (Some(one), None) = (chars.next(), chars.next()) else { return false };
    if known.contains(&one) {
        return true;
    }
    let is_sealed = display::width(symbol) == 1 && display::is_visible(symbol);
    if is_sealed && known.len() < KNOWN {
        known.push(one);
    }
    is_sealed
}

fn seal_cell(row: &mut [Cell], at: usize) {
    let symbol = row[at].symbol();
    let mut behind = row[at + 1..].iter().take(display::width(symbol).saturating_sub(1));
    if !display::is_visible(symbol) {
        row[at].set_symbol("\u{FFFD}");
    } else if behind.any(|cell| cell.symbol() != " ") {
        row[at].set_symbol(" ");
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    /// The next person who draws something may forget to make it visible.
    #[test]
    fn no_cell_leaves_with_what_nobody_made_visible() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, format!("a日e{}\u{E000}", "\u{301}".repeat(99)), Style::new());
        buffer[(5, 0)].set_symbol("\u{1b}]52;c;eA==\u{7}");
        buffer[(6, 0)].set_symbol("x\u{202E}");
        seal(&mut buffer);
        let shown: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(shown, "a日 \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}     ");
    }

    /// The border of a popup would have a gap in it.
    #[test]
    fn a_popup_over_half_a_wide_character_is_whole() {
        let mut buffer = Buffer::with_lines(["日本語"]);
        buffer[(3, 0)].set_symbol("│");
        seal(&mut buffer);
        let shown: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(shown, "日  │語 ");
    }
}

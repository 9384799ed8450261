//! The popups over the desk, and the box that each stands in.

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::paint::{self, Paint};
use super::{facets, form, notice, objection, original, page, palette, picker, rationale, scrollbar, settle};
use crate::app::{App, Area, Drawn, Popup};
use crate::text::display;

pub(super) fn draw(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let popups = &app.ui.popups;
    let top = popups.iter().rposition(is_rationale);
    let is_shown = |at: usize| !is_rationale(&popups[at]) || top == Some(at);
    let shown = popups.iter().enumerate().filter(|(at, _)| is_shown(*at));
    shown.for_each(|(_, popup)| draw_one(app, popup, paint, frame, drawn));
}

/// Of decisions that wait to be looked at one after the other, the one on top is shown alone: the others are of other
/// sizes.
fn is_rationale(popup: &Popup) -> bool {
    matches!(popup, Popup::Rationale(_))
}

fn draw_one(app: &App, popup: &Popup, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    (drawn.hits.choices, drawn.hits.first, drawn.hits.goes_on) = (Area::default(), 0, 0);
    (drawn.popup_scroll, drawn.typed) = (app.ui.drawn.popup_scroll, 0);
    match popup {
        Popup::Rationale(rationale) => rationale::draw(app, rationale, paint, frame, drawn),
        Popup::Picker(picker) => picker::draw(picker, paint, frame, drawn),
        Popup::Form(form) => form::draw(app, form, paint, frame, drawn),
        Popup::Objection(objection) => objection::draw(objection, paint, frame),
        Popup::Originals(originals) => original::draw(app, originals, paint, frame, drawn),
        Popup::Filter(_) => {}
        Popup::Facets(facets) => facets::draw(app, facets, paint, frame, drawn),
        Popup::Page(page) => page::draw(app, page, paint, frame, drawn),
        Popup::Palette(palette) => palette::draw(palette, paint, frame, drawn),
        Popup::Error(fault) => notice::draw_error(fault, paint, frame, drawn),
        Popup::Settle(at, _) => settle::draw(app, *at, paint, frame, drawn),
        Popup::Notice(title, said) => notice::draw_notice(title, said, paint, frame, drawn),
        Popup::Quit(_) => notice::draw_quit(app, paint, frame, drawn),
    }
}

/// A box in the middle of the screen with room for `width` × `height`, as far as the screen has it.
pub(super) fn boxed(title: &str, width: u16, height: u16, paint: &Paint<'_>, frame: &mut Frame<'_>) -> Rect {
    let area = sized(width, height, frame.area());
    let (x, y) = ((frame.area().width - area.width) / 2, (frame.area().height - area.height) / 2);
    open_box(title, Rect { x, y, ..area }, paint, frame)
}

/// The same at the right end of the screen, so that the list beside it stays in sight.
pub(super) fn boxed_right(
    title: &str,
    width: u16,
    height: u16,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
) -> Rect {
    let area = sized(width, height, frame.area());
    open_box(title, Rect { x: frame.area().width - area.width, ..area }, paint, frame)
}

/// The size of a box with room for so much, at the upper left. Where the last row of the screen shows beside it, that
/// row is left free: half a border would stand in it.
fn sized(width: u16, height: u16, screen: Rect) -> Rect {
    let (width, height) = (width.saturating_add(4), height.saturating_add(2));
    let rows = if width < screen.width { screen.height.saturating_sub(1).max(1) } else { screen.height };
    Rect { x: 0, y: 0, width: width.min(screen.width), height: height.min(rows).min(screen.height) }
}

/// Draws a box; gives what is in it.
fn open_box(title: &str, area: Rect, paint: &Paint<'_>, frame: &mut Frame<'_>) -> Rect {
    clear(area, frame.buffer_mut());
    frame.buffer_mut().set_style(area, paint.popup());
    let title = display::clip(&format!(" {title} "), usize::from(area.width.saturating_sub(2))).into_owned();
    let title = Span::styled(title, paint.role("popup.title"));
    let block =
        paint.frame().border_style(paint.role("popup").patch(paint.role("border.focus"))).title(title);
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    let margin = inner.width.min(1);
    Rect { x: inner.x + margin, width: inner.width.saturating_sub(2 * margin), ..inner }
}

/// Takes away what is beneath. Terminals do not agree on how wide an emoji is that a selector makes one: the cell
/// behind it may hold what was there before it, and is drawn anew.
fn clear(area: Rect, buffer: &mut Buffer) {
    let is_selected = |cell: &Cell| cell.symbol().ends_with('\u{FE0F}') && display::width(cell.symbol()) > 1;
    let is_behind = |at: &Position| at.x > 0 && is_selected(&buffer[(at.x - 1, at.y)]);
    let behind: Vec<Position> = area.intersection(buffer.area).positions().filter(is_behind).collect();
    Clear.render(area, buffer);
    behind.into_iter().for_each(|at| {
        buffer[at].set_diff_option(CellDiffOption::AlwaysUpdate);
    });
}

/// Says on the lower border of a box which keys read on in it.
pub(super) fn foot(keys: &str, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    if area.bottom() < frame.area().bottom() {
        let width = usize::from(area.width);
        let said = fitting(keys, width);
        // The last blank stands where the margin goes on in the border.
        frame.buffer_mut().set_stringn(area.x, area.bottom(), said, width + 1, paint.role("quiet"));
    }
}

/// Shows on the right border of a box how far what is in it is scrolled: of so many lines, from this one on as many as fit.
pub(super) fn scrolled(lines: (usize, usize, usize), paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let outer = Rect { y: area.y.saturating_sub(1), width: area.width + 2, height: area.height + 2, ..area };
    let outer = outer.intersection(frame.area());
    scrollbar::draw(lines, paint, frame.buffer_mut(), outer);
}

/// As many keys as fit, the last of them always: it says how to leave.
fn fitting(keys: &str, width: usize) -> String {
    let mut parts: Vec<&str> = keys.trim().split(" · ").collect();
    let said = |parts: &[&str]| format!(" {}", parts.join(" · "));
    while parts.len() > 2 && display::width(&said(&parts)) > width {
        match parts.len() - 2 {
            at if parts[at] == "…" => drop(parts.remove(at - 1)),
            at => parts[at] = "…",
        }
    }
    display::clip(&said(&parts), width).into_owned() + " "
}

/// Writes lines from the top of an area; gives the area below them.
pub(super) fn write(lines: &[Line<'_>], frame: &mut Frame<'_>, area: Rect) -> Rect {
    let fits = (lines.len() as u16).min(area.height);
    for (y, line) in (area.y..area.y + fits).zip(lines) {
        paint::put(frame.buffer_mut(), (area.x, y), line, area.width);
    }
    Rect { y: area.y + fits, height: area.height - fits, ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Underlined blanks of a form that is gone would stand in the next popup.
    #[test]
    fn what_stands_behind_an_emoji_beneath_a_popup_is_drawn_anew() {
        let beneath = Buffer::with_lines(["a ⚠\u{FE0F} b"]);
        let mut popup = beneath.clone();
        clear(Rect { x: 1, width: 4, ..popup.area }, &mut popup);
        let drawn: Vec<u16> = beneath.diff(&popup).into_iter().map(|(x, ..)| x).collect();
        assert_eq!(drawn, [2, 3]);
    }
}

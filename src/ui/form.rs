//! The form of what a status needs to be told: a line each, what is wrong with it beside it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::footer;
use super::paint::Paint;
use super::popup::{boxed, write};
use super::typing::Typed;
use crate::app::form::Row;
use crate::app::{App, Form};
use crate::text::display;

/// How wide the form is.
const WIDTH: u16 = 76;

/// How much of the width the labels take at most: one part of so many.
const LABELS: usize = 2;

pub(super) fn draw(app: &App, form: &Form, paint: &Paint<'_>, frame: &mut Frame<'_>) {
    let status = &app.session.methodology().status(form.status).name;
    let title = format!("{}: {}", display::brief(status), display::brief(&app.called(&form.bugs)));
    let height = u16::try_from(form.rows.len() + 2).unwrap_or(u16::MAX);
    let area = boxed(&title, WIDTH, height, paint, frame);
    let width = usize::from(area.width);
    let label = form.rows.iter().map(|row| display::width(&display::brief(row.label()))).max().unwrap_or(0);
    let label = label.min(width / LABELS);
    let next = if form.at + 1 == form.rows.len() { "go on" } else { "next" };
    let keys = [("Enter", next), ("Esc", "back"), ("Alt-Enter", "go on"), ("Tab", "next")];
    let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let rows = Rect { height: area.height.saturating_sub(2).max(area.height.min(1)), ..area };
    let first = (form.at + 1).saturating_sub(usize::from(rows.height));
    for (y, (at, row)) in (rows.y..rows.bottom()).zip(form.rows.iter().enumerate().skip(first)) {
        let line = Rect { y, height: 1, ..rows };
        draw_row(form, row, at == form.at, label, paint, frame, line);
    }
    let error = form.rows.get(form.at).and_then(|row| row.error.as_ref());
    if let (Some(error), 2..) = (error, area.height) {
        let room = Rect { y: foot.y - 1, height: 1, ..area };
        write(&[Line::styled(display::clip(error, width).into_owned(), paint.role("error"))], frame, room);
    }
    let keys: Vec<(String, &str)> = keys.iter().map(|(key, does)| ((*key).to_owned(), *does)).collect();
    write(&[footer::keys(paint, &keys, width)], frame, foot);
}

fn draw_row(
    form: &Form,
    row: &Row,
    has_cursor: bool,
    label: usize,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    line: Rect,
) {
    let role = if has_cursor { "popup.title" } else { "quiet" };
    let name = display::fit(&display::brief(row.label()), label);
    let told = Span::styled(format!("{name}  "), paint.role(role));
    let taken = (told.width() as u16).min(line.width);
    frame.buffer_mut().set_span(line.x, line.y, &told, line.width);
    let room = Rect { x: line.x + taken, width: line.width - taken, ..line };
    let beside = beside(form, row, paint, usize::from(room.width) / 2);
    let taken = (beside.width() as u16).min(room.width);
    let input = Rect { width: room.width - taken, ..room };
    frame.buffer_mut().set_line(input.right(), line.y, &beside, taken);
    frame.buffer_mut().set_style(input, paint.role("popup.input"));
    if row.input.text().is_empty() && !row.was.is_empty() {
        let was = format!(" stays: {}", display::brief(&row.was));
        let was = display::clip(&was, usize::from(input.width)).into_owned();
        frame.buffer_mut().set_string(input.x, line.y, was, paint.role("quiet"));
    }
    let typed = Typed::of(&row.input, usize::from(input.width));
    if has_cursor {
        typed.draw(paint.role("popup.input"), frame, input);
    } else {
        let text = display::clip(row.input.text(), usize::from(input.width));
        frame.buffer_mut().set_string(input.x, line.y, text, paint.role("popup.input"));
    }
}

/// What is wrong with a line, or the day that it stands for.
fn beside(form: &Form, row: &Row, paint: &Paint<'_>, room: usize) -> Line<'static> {
    let (said, role) = match (&row.error, form.day(row)) {
        (Some(error), _) if display::width(error) + 3 > room => (" !".to_owned(), "error"),
        (Some(error), _) => (format!(" ! {error}"), "error"),
        (None, Some(day)) => (format!(" = {day}"), "success"),
        (None, None) => return Line::default(),
    };
    Line::styled(display::clip(&said, room).into_owned(), paint.role(role))
}

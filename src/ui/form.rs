//! The form of what a decision needs to be told: a line each, what is wrong with it beside it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::footer;
use super::paint::{self, Paint};
use super::popup::{self, boxed, write};
use super::typing::Typed;
use super::wrap::wrap_text;
use crate::app::form::{About, Row};
use crate::app::{App, Drawn, Form, record};
use crate::text::display;
use crate::triage::{BugSet, JOINED};

/// How wide the form is.
const WIDTH: u16 = 76;

/// How much of the width the labels take at most: one part of so many.
const LABELS: usize = 2;

/// How many rows a text takes where there is room, and how many it has at least while it is typed.
const TEXT: (u16, u16) = (5, 3);

pub(super) fn draw(app: &App, form: &Form, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let texts = form.rows.iter().filter(|row| row.is_text()).count();
    let lines = form.rows.len() + texts * usize::from(TEXT.0 - 1);
    let width = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)));
    let label = form.rows.iter().map(|row| display::width(&display::brief(&row.label()))).max().unwrap_or(0);
    let label = label.min(width / LABELS);
    let said = said(app, form, paint, (width, label));
    let height = u16::try_from(lines + 1 + said.len().max(1)).unwrap_or(u16::MAX);
    let area = boxed(&title(form, app, App::called), WIDTH, height, paint, frame);
    let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let below = (said.len() as u16).clamp(1, (area.height / 2).max(1));
    let rows = Rect { height: area.height.saturating_sub(1 + below).max(area.height.min(1)), ..area };
    let first = first(form, rows.height);
    (drawn.hits.choices, drawn.hits.first) = (paint::area(rows), first);
    let (mut y, mut shown) = (rows.y, 0);
    for (at, row) in form.rows.iter().enumerate().skip(first) {
        let height = height_of(form, at, rows.height).min(rows.bottom() - y);
        let room = Rect { y, height, ..rows };
        let typed = draw_row(form, row, at == form.at, label, paint, frame, room);
        drawn.typed = if at == form.at { typed } else { drawn.typed };
        for below in (y + 1..y + height).map(|y| u32::from(y - rows.y)) {
            drawn.hits.goes_on |= 1_u128.checked_shl(below).unwrap_or(0);
        }
        y += height;
        shown += usize::from(height > 0);
    }
    if area.height > below {
        write(&said, frame, Rect { y: foot.y - below, height: below, ..area });
    }
    out_of_sight(first, form.rows.len() - first - shown, paint, frame, area);
    write(&[footer::keys(paint, &keys(form), width)], frame, foot);
}

/// The line of the cursor, for whoever listens.
pub(super) fn spoken(app: &App, form: &Form, paint: &Paint<'_>, width: usize) -> Vec<Line<'static>> {
    let row = form.row();
    let asked = match (row.input.text(), asked_in(form, row)) {
        (typed, asked) if !typed.is_empty() || asked.is_empty() => row.label(),
        (_, asked) => format!("{}, {asked}", row.label()),
    };
    let said = told(app, form).map(|(said, _)| said);
    let means = form.stands_for(row).map(|means| format!("= {means}"));
    let plain = |text: &str| Line::raw(display::clip(&display::brief(text), width).into_owned());
    let lines = [Some(title(form, app, App::named)), Some(asked), said, means].into_iter().flatten();
    lines.map(|line| plain(&line)).chain([footer::keys(paint, &keys(form), width)]).collect()
}

/// What stands in a line where nothing is typed.
fn asked_in(form: &Form, row: &Row) -> String {
    match &form.left {
        Some(left) if row.is_text() => format!("Tab takes what was left: {left}"),
        _ => row.placeholder(),
    }
}

fn title(form: &Form, app: &App, called: impl Fn(&App, &BugSet) -> String) -> String {
    match &form.about {
        About::Status(status, bugs) => {
            let status = &app.session.methodology().status(*status).name;
            format!("{}: {}", display::brief(status), display::brief(&called(app, bugs)))
        }
        About::Report(kind) => {
            let name = record::named(*kind).map_or(kind.name(), |(name, _)| name);
            format!("Recording: {}", name.to_lowercase())
        }
    }
}

fn keys(form: &Form) -> Vec<(String, &'static str)> {
    let is_last = form.at + 1 == form.rows.len();
    let is_of_report = matches!(form.about, About::Report(_));
    let goes_on = if is_of_report { "record" } else { "go on" };
    let keys = [
        (true, "Enter", if is_last { goes_on } else { "next" }),
        (true, "Esc", "back"),
        (!is_last, "Alt-Enter", goes_on),
        (is_of_report, "Alt-r", "rule"),
        (is_of_report, "Ctrl-e", "editor"),
        (form.row().is_text(), "Ctrl-j", "line"),
    ];
    keys.into_iter().filter(|(now, ..)| *now).map(|(_, key, does)| (key.to_owned(), does)).collect()
}

/// Why it was not recorded, else what is wrong with the line of the cursor, else the rule that it stands under and what
/// becomes of its lines; and the role of that.
fn told(app: &App, form: &Form) -> Option<(String, &'static str)> {
    if let Some(wrong) = form.refused.as_ref().or(form.row().error.as_ref()) {
        return Some((wrong.clone(), "error"));
    }
    let rule = form.rule.map(|number| {
        let name = app.session.methodology().rule(number).map_or("", |rule| rule.name.as_str());
        format!("rule {number} {}", display::brief(name))
    });
    let joined = form.joins_lines().then(|| JOINED.to_owned());
    let said: Vec<String> = rule.into_iter().chain(joined).collect();
    (!said.is_empty()).then(|| (said.join(" · "), "quiet"))
}

/// The same in as many rows as it takes; where there is nothing to say, what the line of the cursor asks for, if that
/// is cut in it.
fn said(app: &App, form: &Form, paint: &Paint<'_>, (width, label): (usize, usize)) -> Vec<Line<'static>> {
    let (asked, row) = (asked_in(form, form.row()), form.row());
    let is_cut = row.input.text().is_empty() && display::width(&asked) + label + 2 > width;
    let told = told(app, form).or_else(|| is_cut.then_some((asked, "quiet")));
    told.map_or_else(Vec::new, |(said, role)| wrap_text(&display::brief(&said), paint.role(role), width))
}

/// Says at the lower edge how many lines of the form are out of sight.
fn out_of_sight(above: usize, below: usize, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let sign = |sign, count| (count > 0).then(|| format!("{sign} {count} more"));
    let said: Vec<String> = [sign("↑", above), sign("↓", below)].into_iter().flatten().collect();
    if !said.is_empty() {
        popup::foot(&format!(" {} ", said.join(" · ")), paint, frame, area);
    }
}

/// How many rows of a screen a line of the form takes.
fn height_of(form: &Form, at: usize, room: u16) -> u16 {
    let others = u16::try_from(form.rows.len() - 1).unwrap_or(u16::MAX);
    let least = if at == form.at { TEXT.1.min(room) } else { 1 };
    match form.rows[at].is_text() {
        true => room.saturating_sub(others).clamp(least, TEXT.0.max(least)),
        false => 1,
    }
}

/// The first line of the form that is on screen, so that the one of the cursor is.
fn first(form: &Form, room: u16) -> usize {
    let mut left = room;
    let fits = |at: &usize| {
        let height = height_of(form, *at, room);
        let fits = height <= left;
        left = left.saturating_sub(height);
        fits
    };
    (0..=form.at).rev().take_while(fits).last().unwrap_or(form.at)
}

/// Draws a line; gives how wide the rows are of what is typed in it.
fn draw_row(
    form: &Form,
    row: &Row,
    has_cursor: bool,
    label: usize,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) -> usize {
    let role = if has_cursor { "popup.title" } else { "quiet" };
    let name = display::fit(&display::brief(&row.label()), label);
    let told = Span::styled(format!("{name}  "), paint.role(role));
    let taken = (told.width() as u16).min(area.width);
    if area.is_empty() {
        return 0;
    }
    frame.buffer_mut().set_span(area.x, area.y, &told, area.width);
    let room = Rect { x: area.x + taken, width: area.width - taken, ..area };
    let beside = beside(form, row, has_cursor, paint, usize::from(room.width) / 2);
    let taken = (beside.width() as u16).min(room.width);
    let input = Rect { width: room.width - taken, ..room };
    paint::put(frame.buffer_mut(), (input.right(), area.y), &beside, taken);
    frame.buffer_mut().set_style(input, paint.role("popup.input"));
    let asked = asked_in(form, row);
    if row.input.text().is_empty() && !asked.is_empty() {
        let asked = display::clip(&display::brief(&asked), usize::from(input.width)).into_owned();
        frame.buffer_mut().set_string(input.x, area.y, asked, paint.role("quiet"));
    }
    let typed = Typed::of(&row.input, usize::from(input.width));
    match (has_cursor, row.is_text()) {
        (true, _) => typed.draw(paint.role("popup.input"), frame, input),
        (false, true) => typed.draw_top(paint.role("popup.input"), frame, input),
        (false, false) => {
            let text = display::clip(row.input.text(), usize::from(input.width));
            frame.buffer_mut().set_string(input.x, area.y, text, paint.role("popup.input"));
        }
    }
    usize::from(input.width)
}

/// What is wrong with a line, where that is not told below, or what it stands for.
fn beside(form: &Form, row: &Row, has_cursor: bool, paint: &Paint<'_>, room: usize) -> Line<'static> {
    let (said, role) = match (&row.error, form.stands_for(row)) {
        (Some(_), _) if has_cursor && form.refused.is_none() => return Line::default(),
        (Some(error), _) if display::width(error) + 3 > room => (" !".to_owned(), "error"),
        (Some(error), _) => (format!(" ! {error}"), "error"),
        (None, Some(means)) => (format!(" = {means}"), "success"),
        (None, None) => return Line::default(),
    };
    Line::styled(display::clip(&said, room).into_owned(), paint.role(role))
}

//! The facets beside the list that they make: each value with how many bugs it leaves.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::popup::{boxed_right, foot, scrolled, write};
use super::wrap::wrap_text;
use crate::app::facets::{Facets, Row};
use crate::app::{App, Drawn};
use crate::text::display;
use crate::triage::query::facets::Value;

/// How wide the popup is at least, where the screen has room for it, and at most.
const WIDTHS: (usize, usize) = (32, 58);

/// How wide counts are.
const COUNT: usize = 7;

/// How many bytes of a value are looked at.
const BEGINNING: usize = 1024;

/// The keys of the popup, as the lower border says them.
pub(super) const KEYS: &str = " Space toggle · Tab next · Esc close ";

pub(super) fn draw(app: &App, facets: &Facets, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let rows = facets.rows();
    let columns = columns(&rows);
    let labels = rows.iter().zip(&columns).map(|(row, column)| match row {
        Row::Value(_, value) => display::width(&padded(value, *column)),
        Row::Name(_) => 0,
    });
    let width = (labels.max().unwrap_or(0) + COUNT + 8).clamp(WIDTHS.0, WIDTHS.1);
    let height = u16::try_from(rows.len().max(1) + 1).unwrap_or(u16::MAX);
    let area = boxed_right(&title(app), width as u16, height, paint, frame);
    foot(KEYS, paint, frame, area);
    if area.is_empty() {
        return;
    }
    let filter = Line::styled(display::fit(&filter(app), usize::from(area.width)), paint.role("popup.input"));
    paint::put(frame.buffer_mut(), (area.x, area.y), &filter, area.width);
    let current = rows.iter().zip(&columns).find(|(row, _)| is_at(row, facets.at()));
    let told = current.map(|(row, column)| told(row, *column, paint, usize::from(area.width)));
    let told = told.unwrap_or_default();
    let under = (told.len() as u16).min((area.height - 1) / 2);
    let below = Rect { y: area.y + 1, height: area.height - 1 - under, ..area };
    write(&told, frame, Rect { y: below.bottom(), height: under, ..area });
    drawn.popup_lines = usize::from(below.height);
    if facets.are_awaited() || rows.is_empty() {
        let said = if facets.are_awaited() { "counting …" } else { "no bug has anything to choose by" };
        frame.buffer_mut().set_stringn(below.x, below.y, said, usize::from(below.width), paint.role("quiet"));
        return;
    }
    let first = first_row(&rows, facets.at(), usize::from(below.height));
    (drawn.hits.choices, drawn.hits.first) = (paint::area(below), first);
    scrolled((rows.len(), first, usize::from(below.height)), paint, frame, area);
    for (y, (row, column)) in (below.y..below.bottom()).zip(rows.iter().zip(columns).skip(first)) {
        let is_current = is_at(row, facets.at());
        paint::put(
            frame.buffer_mut(),
            (below.x, y),
            &line(row, column, is_current, paint, usize::from(below.width)),
            below.width,
        );
        if is_current {
            paint.lay("popup.cursor", frame.buffer_mut(), Rect { y, height: 1, ..below });
        }
    }
}

/// `Facets · 12 of 300`
pub(super) fn title(app: &App) -> String {
    let (shown, whole) = (app.ui.view.bugs().len(), app.counted_so_far(app.ui.view.whole()));
    let still = if app.ui.view.is_searching() { " …" } else { "" };
    format!("Facets · {shown} of {whole}{still}")
}

/// The filter that the values make.
pub(super) fn filter(app: &App) -> String {
    let filter = app.ui.view.filter();
    if filter.is_empty() { "/ no filter".to_owned() } else { format!("/ {}", display::brief(filter)) }
}

/// Whether a row is the value in this place.
fn is_at(row: &Row<'_>, at: usize) -> bool {
    matches!(row, Row::Value(place, _) if *place == at)
}

/// A value in full, where its row is too short for it.
fn told(row: &Row<'_>, column: usize, paint: &Paint<'_>, width: usize) -> Vec<Line<'static>> {
    match row {
        Row::Value(_, value) if display::width(&padded(value, column)) > room(width) => {
            wrap_text(&label(value), paint.role("text"), width)
        }
        _ => Vec::new(),
    }
}

/// How much of a row of this width is left for the value.
fn room(width: usize) -> usize {
    width.saturating_sub(6 + COUNT)
}

/// The first row to show, so that the cursor is in sight, with the name of its facet where there is room.
fn first_row(rows: &[Row<'_>], at: usize, height: usize) -> usize {
    let row = rows.iter().position(|row| is_at(row, at)).unwrap_or(0);
    (row + 2).min(rows.len()).saturating_sub(height).min(row)
}

/// `severity`, or `[x] P0 Critical        12`.
fn line(row: &Row<'_>, column: usize, is_current: bool, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let value = match row {
        Row::Name(name) => {
            return Line::styled(display::brief(name).into_owned(), paint.role("detail.field"));
        }
        Row::Value(_, value) => value,
    };
    let mark = if is_current { "▸" } else { " " };
    let on = if value.on { "[x]" } else { "[ ]" };
    let role = if value.on { "header.title" } else { "text" };
    vec![
        Span::styled(format!("{mark}{on} "), paint.role("footer.key")),
        Span::styled(display::fit(&padded(value, column), room(width)), paint.role(role)),
        Span::styled(format!("{:>COUNT$}", value.count), paint.role("text")),
    ]
    .into()
}

/// For each row, how wide the words of its facet are that have what they mean behind them.
fn columns(rows: &[Row<'_>]) -> Vec<usize> {
    let facets = rows.chunk_by(|_, next| matches!(next, Row::Value(..)));
    let columns = facets.flat_map(|facet| {
        let words =
            facet.iter().filter_map(|row| if let Row::Value(_, value) = row { word(value) } else { None });
        vec![words.map(display::width).max().unwrap_or(0); facet.len()]
    });
    columns.collect()
}

/// The word of a value that has what it means behind it.
fn word(value: &Value) -> Option<&str> {
    value.label.get(..value.word).filter(|word| word.len() < value.label.len())
}

/// `seen       its text was on screen`: what it means begins in the same column for all of a facet.
fn padded(value: &Value, column: usize) -> String {
    let label = label(value);
    match word(value).and_then(|word| Some((word, label.strip_prefix(word)?.strip_prefix(' ')?))) {
        Some((word, means)) => format!("{}  {means}", display::fit(word, column)),
        None => label,
    }
}

pub(super) fn label(value: &Value) -> String {
    let beginning = &value.label[..value.label.floor_char_boundary(BEGINNING)];
    display::brief(beginning).into_owned()
}

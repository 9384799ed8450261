//! What is on offer above a filter that is typed, or what is wrong with the filter: on one row, or on as many as there
//! is room for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::wrap::wrap_text;
use crate::app::{App, FilterLine};
use crate::text::{counted, display};
use crate::triage::query::complete::Offer;

/// The widest that an offer is shown.
const OFFER_MOST: usize = 40;

/// How many bytes of an offer are looked at.
const BEGINNING: usize = 1024;

/// What is said where no filter that was kept earlier matches.
const NOTHING: &str = "no earlier filter holds that";

/// What is said of a filter that is there already, before anything is typed.
pub(super) const REPLACES: &str = " typing replaces it, ← or Space goes on";

/// What stands before the offer that is chosen.
const CHOSEN: &str = "▸";

pub(super) fn draw(app: &App, line: &FilterLine, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let width = usize::from(area.width);
    buffer.set_style(area, paint.popup());
    let rows = match area.height {
        0 => Vec::new(),
        1 => vec![one_row(app, line, paint, width)],
        height => rows(app, line, paint, (width, usize::from(height))),
    };
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        paint::put(buffer, (area.x, y), &row, area.width);
    }
}

/// What is said of it in lines: the offer that is chosen, or that `Tab` takes.
pub(super) fn spoken(line: &FilterLine) -> Option<String> {
    let offers = &line.offers;
    let (at, of) = (offers.chosen().unwrap_or(0), offers.list().len());
    let Some(offer) = offers.list().get(at) else {
        return offers.are_earlier().then(|| NOTHING.to_owned());
    };
    let about = said(offer).map_or_else(String::new, |about| format!(", {about}"));
    let count = offer.count.map_or_else(String::new, |count| format!(", {}", counted(count, "bug")));
    Some(match offers.chosen() {
        Some(at) => format!("{} of {of} on offer: {}{about}{count}", at + 1, text(offer)),
        None => format!("Tab takes {}{about}{count}: the first of {of}, Alt-↓ chooses", text(offer)),
    })
}

fn rows(
    app: &App,
    line: &FilterLine,
    paint: &Paint<'_>,
    (width, height): (usize, usize),
) -> Vec<Line<'static>> {
    let offers = line.offers.list();
    let mut rows = problems(app, line, paint, width);
    rows.truncate(height);
    let room = height.saturating_sub(rows.len() + 1);
    if line.offers.are_earlier() && offers.is_empty() && room > 0 {
        rows.push(nothing(paint));
    }
    if room == 0 || offers.is_empty() && !line.input.is_selected() {
        return rows;
    }
    let first = (line.offers.chosen().unwrap_or(0) + 1).saturating_sub(room);
    let shown = || offers.iter().enumerate().skip(first).take(room);
    let names = shown().map(|(_, offer)| display::width(&text(offer))).max().unwrap_or(0).min(OFFER_MOST);
    rows.push(head(line, paint, (width, offers.len().saturating_sub(first + room))));
    rows.extend(
        shown().map(|(at, offer)| row(offer, line.offers.chosen() == Some(at), paint, (names, width))),
    );
    rows
}

/// `Tab take · Alt-Down Alt-Up choose · Ctrl-r earlier filters · 7 more`
fn head(line: &FilterLine, paint: &Paint<'_>, (width, more): (usize, usize)) -> Line<'static> {
    let earlier = line.offers.are_earlier();
    let what = match earlier {
        true => " earlier filters",
        false if line.input.is_selected() => REPLACES,
        false => " on offer",
    };
    let mut said = vec![what.to_owned()];
    said.extend((more > 0).then(|| format!("{more} more")));
    said.extend(["Tab take".to_owned(), "Alt-↓ Alt-↑ choose".to_owned()]);
    said.push(if earlier { "Ctrl-r next" } else { "Ctrl-r earlier filters" }.to_owned());
    while said.len() > 1 && display::width(&said.join(" · ")) > width {
        said.pop();
    }
    Line::styled(display::clip(&said.join(" · "), width).into_owned(), paint.role("popup.hint"))
}

/// `▸ sev:P0        3  P0 Critical`; the count where any offer has one.
fn row(offer: &Offer, is_chosen: bool, paint: &Paint<'_>, (names, width): (usize, usize)) -> Line<'static> {
    let mark = if is_chosen { CHOSEN } else { " " };
    let name = display::fit(&text(offer), names.min(width.saturating_sub(2)));
    let count = offer.count.map_or_else(String::new, |count| format!("{count:>7}"));
    let left = width.saturating_sub(2 + display::width(&name) + count.len() + 2);
    let about = said(offer).filter(|_| left >= 4).unwrap_or_default();
    let line = Line::from(vec![
        Span::styled(format!("{mark} "), paint.role("footer.key")),
        Span::styled(name, paint.role("header.title")),
        Span::styled(count, paint.role("text")),
        Span::styled(format!("  {}", display::clip(&about, left)), paint.role("popup.hint")),
    ]);
    if is_chosen { line.patch_style(paint.role("popup.cursor")) } else { line }
}

/// What is wrong, or as many offers as fit side by side, from the chosen one on.
fn one_row(app: &App, line: &FilterLine, paint: &Paint<'_>, width: usize) -> Line<'static> {
    if let Some(problem) = problems(app, line, paint, usize::MAX).into_iter().next() {
        let said: String = problem.spans.iter().map(|span| span.content.as_ref()).collect();
        return Line::styled(display::clip(&said, width).into_owned(), paint.role("warning"));
    }
    let offers = line.offers.list();
    if line.offers.are_earlier() && offers.is_empty() {
        return nothing(paint);
    }
    let chosen = line.offers.chosen();
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut left = width.saturating_sub(2);
    for (at, offer) in offers.iter().enumerate().skip(chosen.unwrap_or(0)) {
        let mark = if chosen == Some(at) { CHOSEN } else { " " };
        let count = offer.count.map_or_else(String::new, |count| format!(" {count}"));
        let said = format!("{mark}{}{count} ", text(offer));
        if display::width(&said) > left && !spans.is_empty() {
            spans.push(Span::styled("…", paint.role("quiet")));
            break;
        }
        let said = display::clip(&said, left).into_owned();
        left = left.saturating_sub(display::width(&said));
        let role = if chosen == Some(at) { "popup.cursor" } else { "popup.hint" };
        spans.push(Span::styled(said, paint.role(role)));
    }
    spans.into()
}

fn problems(app: &App, line: &FilterLine, paint: &Paint<'_>, width: usize) -> Vec<Line<'static>> {
    let problems = app.filter_problems(line);
    let said = problems.iter().map(|problem| format!(" ! {}", display::brief(&problem.what)));
    said.flat_map(|said| wrap_text(&said, paint.role("warning"), width)).collect()
}

fn nothing(paint: &Paint<'_>) -> Line<'static> {
    Line::styled(format!(" {NOTHING}"), paint.role("popup.hint"))
}

/// An offer as it is shown: one that ends in a blank is no wider for it.
fn text(offer: &Offer) -> String {
    let beginning = &offer.text[..offer.text.floor_char_boundary(BEGINNING)];
    display::brief(beginning.trim_end()).into_owned()
}

fn said(offer: &Offer) -> Option<String> {
    let beginning = &offer.about[..offer.about.floor_char_boundary(BEGINNING)];
    (!beginning.is_empty()).then(|| display::brief(beginning).into_owned())
}

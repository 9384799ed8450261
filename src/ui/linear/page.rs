//! A page in lines: what is on it, the keys that read on, and last the line that was found or that Enter is about.

use super::ROWS;
use super::line::{nth, plain};
use crate::app::page::Page;
use crate::app::{App, Drawn};
use crate::ui::page::keys;

pub(super) fn told(app: &App, page: &Page, drawn: &mut Drawn) -> Vec<String> {
    let (top, length) = (top(page), page.sheet.len());
    let end = length.min(top + ROWS);
    (drawn.popup_scroll, drawn.popup_row, drawn.popup_shift) = (top, 0, 0);
    (drawn.popup_lines, drawn.popup_last) = (ROWS, end.saturating_sub(1));
    let mut rows: Vec<String> = plain(&page.title).into_iter().collect();
    rows.extend((top..end).filter_map(|at| text(page, at)));
    rows.extend((end < length).then(|| format!("↓ {} more", length - end)));
    rows.push(plain(&foot(app, page)).unwrap_or_default());
    rows.extend(found(page));
    rows.extend(pointed(page));
    rows
}

/// The first line that is said, with the one to be brought into sight among those that are.
fn top(page: &Page) -> usize {
    let last = page.sheet.len().saturating_sub(ROWS);
    let top = page.top.line.saturating_add_signed(page.top.row).min(last);
    let follow = |line: usize| top.clamp((line + 1).saturating_sub(ROWS), line).min(last);
    page.follow.map_or(top, follow)
}

fn text(page: &Page, at: usize) -> Option<String> {
    plain(&page.sheet.line(at).text())
}

fn foot(app: &App, page: &Page) -> String {
    match (&page.search.input, page.search.is_on()) {
        (Some(_), _) => "looking for what is typed · ↓ ↑ next, previous · Enter keep · Esc clear".to_owned(),
        (None, true) => "n N next, previous · Esc clear".to_owned(),
        (None, false) => keys(app, page),
    }
}

/// `3 of 17: the line`, or that it is not found.
fn found(page: &Page) -> Option<String> {
    page.search.needle()?;
    let said = page.search.said().replace('/', " of ");
    let line = page.search.line().map(|line| format!(": {}", text(page, line).unwrap_or_default()));
    Some(said + &line.unwrap_or_default())
}

/// `at 2 of 5: the first line`, of the part that Enter is about.
fn pointed(page: &Page) -> Option<String> {
    let (part, parts) = (page.cursor?, page.sheet.parts());
    let first = text(page, page.sheet.start(part)).unwrap_or_default();
    Some(format!("at {}", nth(part, parts, &first)))
}

//! What may follow the keys that were pressed: key and word, in columns at the foot of the desk.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::paint::{self, Paint};
use crate::app::App;
use crate::config::{Action, written};
use crate::text::display;

/// How many rows it takes at most, its heading included.
const ROWS: usize = 6;

/// How many blanks stand between columns.
const GAP: usize = 2;

pub(super) fn draw(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let following = app.following();
    let (width, most) = (usize::from(area.width), ROWS.min(usize::from(area.bottom())));
    if following.is_empty() || most == 0 {
        return;
    }
    let mut lines = vec![heading(app, paint, width)];
    lines.extend(columns(&following, paint, width, most.saturating_sub(1)));
    lines.truncate(most);
    let top = area.bottom() - lines.len() as u16;
    for (y, line) in (top..area.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..area };
        Clear.render(row, frame.buffer_mut());
        frame.buffer_mut().set_style(row, paint.popup());
        paint::put(frame.buffer_mut(), (row.x, y), &line, row.width);
    }
}

/// The keys that were pressed, and how to leave them.
fn heading(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let begun = format!(" {} …", written(&app.ui.prefix));
    let leave = format!("{} leaves ", app.key_of(Action::Clear));
    let rest = width.saturating_sub(display::width(&begun) + display::width(&leave));
    let mut spans = vec![Span::styled(display::clip(&begun, width).into_owned(), paint.role("popup.title"))];
    if rest > 0 {
        spans.push(Span::raw(" ".repeat(rest)));
        spans.push(Span::styled(leave, paint.role("popup.hint")));
    }
    spans.into()
}

/// As many as fit, one below the other, then in the next column; `…` where some do not.
fn columns(
    following: &[(String, String)],
    paint: &Paint<'_>,
    width: usize,
    most: usize,
) -> Vec<Line<'static>> {
    let key = following.iter().map(|(key, _)| display::width(key)).max().unwrap_or(0);
    let word = following.iter().map(|(_, word)| display::width(word)).max().unwrap_or(0);
    let each = (key + word + 1 + GAP).min(width.max(1));
    let across = (width / each).max(1);
    let rows = following.len().div_ceil(across).min(most);
    let fits = rows * across;
    let cell = |at: usize| {
        let (name, does) = following.get(at)?;
        let is_last = at + 1 == fits && following.len() > fits;
        let (name, does) = if is_last { ("…", "") } else { (name.as_str(), does.as_str()) };
        let room = each.saturating_sub(key + 2);
        Some([
            Span::styled(format!(" {}", display::fit(name, key)), paint.role("footer.key")),
            Span::styled(format!(" {}", display::fit(does, room)), paint.role("popup")),
        ])
    };
    let line = |row: usize| (0..across).filter_map(|column| cell(column * rows + row)).flatten().collect();
    (0..rows).map(line).collect::<Vec<Line<'static>>>()
}

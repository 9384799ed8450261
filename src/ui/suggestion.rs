//! What accepting would do to the bug under the cursor, on a row of its own where the detail is not beside the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use crate::app::{Accepting, App};
use crate::config::Action;
use crate::text::display;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() || app.popup().is_some() {
        return;
    }
    if let Some(accepting) = app.accepting() {
        paint::put(buffer, (area.x, area.y), &line(&accepting, paint, usize::from(area.width)), area.width);
    }
}

/// ` Tab P0 → P2 · Configuration (review-agent)  E edit`: who suggests it is cut to what is left, at least a third of
/// the row, then what it is; the key to change it goes first.
pub(super) fn line(accepting: &Accepting, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let (key, what) = (format!(" {} ", accepting.key), display::brief(&accepting.what));
    let left = width.saturating_sub(display::width(&key) + display::width(&what) + " ()".len());
    let by =
        accepting.by.as_ref().map(|by| display::clip(&display::brief(by), left.max(width / 3)).into_owned());
    let by = by.map(|by| format!(" ({by})")).unwrap_or_default();
    let room = width.saturating_sub(display::width(&key) + display::width(&by));
    let what = display::clip(&what, room).into_owned();
    let edit = format!("  {} ", accepting.edit);
    let does = Action::EditSuggestion.label();
    let left = room.saturating_sub(display::width(&what));
    let has_room = !accepting.edit.is_empty() && display::width(&edit) + does.len() <= left;
    let mut spans = vec![(key, "footer.key"), (what, "text"), (by, "quiet")];
    spans.extend(has_room.then(|| [(edit, "footer.key"), (does.to_owned(), "quiet")]).into_iter().flatten());
    spans.into_iter().map(|(said, name)| Span::styled(said, paint.role(name))).collect::<Vec<_>>().into()
}

//! What accepting would do to the bug under the cursor, on a row of its own where the detail is not beside the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use crate::app::{Accepting, App};
use crate::text::display;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    if area.is_empty() || app.popup().is_some() {
        return;
    }
    if let Some(accepting) = app.accepting() {
        paint::put(buffer, (area.x, area.y), &line(&accepting, paint, usize::from(area.width)), area.width);
    }
}

/// ` Tab P0 → P2 · Configuration (review-agent)`: who suggests it is cut to a third of the row, then what it is.
fn line(accepting: &Accepting, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let key = format!(" {} ", accepting.key);
    let by = accepting.by.as_ref().map(|by| format!(" ({})", display::clip(&display::brief(by), width / 3)));
    let by = by.unwrap_or_default();
    let room = width.saturating_sub(display::width(&key) + display::width(&by));
    let what = display::clip(&display::brief(&accepting.what), room).into_owned();
    let role = |role| paint.role(role);
    let spans = [(key, "footer.key"), (what, "text"), (by, "quiet")];
    spans.map(|(said, name)| Span::styled(said, role(name))).to_vec().into()
}

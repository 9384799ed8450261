//! A scrollbar on the right border of a frame, where there is more than fits.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::widgets::{Scrollbar, ScrollbarOrientation, ScrollbarState, StatefulWidget};

use super::paint::Paint;

/// Draws it on the frame of an area: so many lines in all, from this one on as many as fit.
pub(super) fn draw(
    (whole, from, fits): (usize, usize, usize),
    paint: &Paint<'_>,
    buffer: &mut Buffer,
    area: Rect,
) {
    if whole <= fits || area.height < 4 {
        return;
    }
    let mut state = ScrollbarState::new(whole - fits + 1).position(from).viewport_content_length(fits);
    Scrollbar::new(ScrollbarOrientation::VerticalRight)
        .begin_symbol(None)
        .end_symbol(None)
        .track_symbol(None)
        .thumb_symbol("┃")
        .thumb_style(paint.role("border.focus"))
        .render(area.inner(Margin::new(0, 1)), buffer, &mut state);
}

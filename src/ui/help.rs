//! The help screen.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::paint::Paint;
use super::popup::{boxed, foot, write};
use crate::app::{App, Drawn};
use crate::text::display;

/// What a popup that is only read says of its keys.
pub(super) const READING: &str = " ↑ ↓ PgUp PgDn scroll · Esc close ";

/// How wide the screen is.
const WIDTH: u16 = 72;

pub(super) fn draw(app: &App, scroll: usize, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let help = app.help();
    let keys = help.iter().map(|line| display::width(&line.keys)).max().unwrap_or(0);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for line in help {
        if line.keys.is_empty() {
            lines.extend((!lines.is_empty()).then(Line::default));
            lines.push(Line::styled(line.does, paint.role("detail.heading")));
        } else {
            let does = Span::styled(line.does, paint.role("text"));
            lines.push(
                vec![Span::styled(display::fit(&line.keys, keys + 2), paint.role("footer.key")), does].into(),
            );
        }
    }
    show("Keys", &lines, scroll, (WIDTH, paint), frame, drawn);
}

/// Lines in a box, scrolled as far as they go; notes what was shown.
pub(super) fn show(
    title: &str,
    lines: &[Line<'_>],
    scroll: usize,
    (width, paint): (u16, &Paint<'_>),
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let area = boxed(title, width, height, paint, frame);
    let fits = usize::from(area.height);
    let scroll = scroll.min(lines.len().saturating_sub(fits));
    write(&lines[scroll..], frame, area);
    foot(READING, paint, frame, area);
    (drawn.popup_scroll, drawn.popup_lines) = (scroll, fits);
}

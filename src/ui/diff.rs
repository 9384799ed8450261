//! What saving would change, line by line.

use ratatui::Frame;
use ratatui::text::Line;

use super::help::{READING, show};
use super::paint::Paint;
use super::popup::{boxed, foot, write};
use crate::app::{App, Drawn};
use crate::config::Action;
use crate::text::Diff;
use crate::text::diff::Sort;
use crate::text::display;

const TITLE: &str = "What saving would change";

/// How wide the popup is where there is no difference to show.
const WIDTH: u16 = 48;

/// How many bytes of a line are looked at: more than any screen is wide.
const LONGEST: usize = 8 * 1024;

pub(super) fn draw(
    app: &App,
    diff: Option<&Diff>,
    scroll: usize,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let said = match diff {
        Some(diff) if !diff.is_empty() => return draw_lines(app, diff, scroll, paint, frame, drawn),
        Some(_) => "saving would change nothing in the report",
        None => "comparing …",
    };
    show(TITLE, &[Line::styled(said, paint.role("quiet"))], 0, (WIDTH, paint), frame, drawn);
}

fn draw_lines(
    app: &App,
    diff: &Diff,
    scroll: usize,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let screen = frame.area();
    let height = u16::try_from(diff.len()).unwrap_or(u16::MAX);
    let area = boxed(TITLE, screen.width.saturating_sub(8), height, paint, frame);
    let fits = usize::from(area.height);
    let scroll = scroll.min(diff.len().saturating_sub(fits));
    let lines = (scroll..scroll + fits).map_while(|at| diff.line(at));
    let lines: Vec<Line<'static>> = lines.map(|(sort, bytes)| line(sort, bytes, paint, area.width)).collect();
    write(&lines, frame, area);
    foot(&format!(" {} save ·{READING}", app.key_of(Action::Save)), paint, frame, area);
    (drawn.popup_scroll, drawn.popup_lines) = (scroll, fits);
}

/// A line of the diff, `…` at its end where it is cut.
fn line(sort: Sort, bytes: &[u8], paint: &Paint<'_>, width: u16) -> Line<'static> {
    let role = match sort {
        Sort::File => "diff.file",
        Sort::Place => "diff.hunk",
        Sort::Gone => "diff.removed",
        Sort::New => "diff.added",
        Sort::Same => "diff",
    };
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let text = display::visible(&bytes[..bytes.len().min(LONGEST)]);
    Line::styled(display::clip(&text, usize::from(width)).into_owned(), paint.role(role))
}

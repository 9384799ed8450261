//! The bug under the cursor: what matters about it first, then what the report says.

use std::borrow::Cow;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::markdown::{self, Room};
use super::memory::{Memory, Text};
use super::paint::{self, Paint};
use super::{across, facts, layout, scrollbar, suggestion};
use crate::app::{App, Drawn, Pane};
use crate::config::Action;
use crate::report::{BugIx, Form, Report};
use crate::text::display;

/// How many columns of the lower edge are left to how many lines follow.
const MORE: u16 = 16;

/// Draws it; `is_beside` says whether the list is in sight with it, and no row of its own for what accepting would do.
pub(super) fn draw(
    app: &App,
    paint: &Paint<'_>,
    memory: &mut Memory,
    buffer: &mut Buffer,
    (area, is_beside): (Rect, bool),
    drawn: &mut Drawn,
) {
    let inner = framed(app, paint, buffer, area, is_beside);
    let Some(bug) = app.cursor().filter(|_| !inner.is_empty()) else { return };
    let width = usize::from(inner.width);
    let room = Room { width, wrap: app.ui.wrap };
    let ((facts, suggested), text) = parts(app, paint, memory, bug, room);
    let lines: Vec<&Line<'static>> = facts.iter().chain(&text.lines).collect();
    let height = usize::from(inner.height);
    let scroll = app.ui.scroll.min(lines.len().saturating_sub(height));
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(scroll)) {
        let line = across::part(line, app.ui.across, width, paint.role("quiet"));
        paint::put(buffer, (inner.x, y), &line, inner.width);
    }
    drawn.beyond = if app.ui.wrap { 0 } else { across::beyond(lines.iter().copied(), width) };
    if layout::is_roomy(area) {
        scrollbar::draw((lines.len(), scroll, height), paint, buffer, area);
    }
    drawn.hits.detail = paint::area(area);
    more(app, paint, buffer, area, lines.len().saturating_sub(scroll + height));
    let is_in_sight = suggested.is_none_or(|at| (scroll..scroll + height).contains(&at));
    if is_beside && (!is_in_sight || app.chosen_as().is_some()) {
        accepting(app, paint, buffer, area);
    }
    (drawn.detail, drawn.scroll, drawn.lines) = (Some(bug), scroll, height);
}

/// All lines of it, for a place where nothing is remembered.
pub(super) fn lines(app: &App, paint: &Paint<'_>, bug: BugIx, width: usize) -> Vec<Line<'static>> {
    let room = Room { width, wrap: app.ui.wrap };
    let ((mut lines, _), text) = parts(app, paint, &mut Memory::default(), bug, room);
    lines.extend(text.lines.iter().cloned());
    lines
}

/// The lines above its text, and on which of them stands what is suggested for it, where anything is.
type Facts = (Vec<Line<'static>>, Option<usize>);

/// What is above its text, and that, in lines none of which is wider than the room but those that are not to be wrapped.
fn parts(app: &App, paint: &Paint<'_>, memory: &mut Memory, bug: BugIx, room: Room) -> (Facts, Arc<Text>) {
    let report = app.session.report();
    let laid_out = || markdown::render(&markdown_of(report, bug), room, paint);
    let text = memory.text(report, bug, room, paint, laid_out);
    let mut facts = facts::lines(app, paint, bug, (memory.written(report, bug), &text), room.width);
    facts.0.push(Line::styled("─".repeat(room.width), paint.role("border")));
    (facts, text)
}

/// Says how many lines follow: at the lower edge of the frame, else at the end of the title line, with the key that goes on.
fn more(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect, below: usize) {
    let (is_roomy, key) = (layout::is_roomy(area), app.key_of(Action::ScrollDetailDown));
    let said = if is_roomy { format!(" ↓ {below} more ") } else { format!(" {key} ↓ {below} more ") };
    let width = display::width(&said) as u16;
    let y = if is_roomy { area.bottom() - 1 } else { area.y };
    let x = area.right().saturating_sub(width + if is_roomy { 2 } else { 0 });
    let has_room = is_roomy && area.width > width + 4 || is_titled(area) && area.width > width + MORE;
    if below > 0 && has_room {
        buffer.set_string(x, y, said, paint.role("quiet"));
    }
}

/// Whether a pane without a frame has room for a line that says which bug it shows.
fn is_titled(area: Rect) -> bool {
    !layout::is_roomy(area) && area.height >= layout::TITLED
}

/// Says at the lower edge what accepting would do, where what is suggested is out of sight or it would be done to others.
fn accepting(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let has_room = layout::is_roomy(area) && app.popup().is_none();
    if let Some(accepting) = app.accepting().filter(|_| has_room) {
        let room = area.width.saturating_sub(MORE);
        let line = suggestion::line(&accepting, paint, usize::from(room));
        paint::put(buffer, (area.x + 1, area.bottom() - 1), &line, room);
    }
}

fn framed(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect, is_beside: bool) -> Rect {
    let title = title(app, paint, is_beside);
    if is_titled(area) {
        buffer.set_stringn(area.x, area.y, &title.content, usize::from(area.width), title.style);
        return Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    if !layout::is_roomy(area) {
        return area;
    }
    let border = match app.ui.pane {
        Pane::Detail => "border.focus",
        Pane::List => "border",
    };
    paint.enclose(buffer, area, paint.role(border), title).inner(Margin::new(1, 0))
}

/// Where the bug stands; which of how many it is says the list, where that is in sight.
fn title(app: &App, paint: &Paint<'_>, is_beside: bool) -> Span<'static> {
    let said = app.cursor().map(|bug| if is_beside { line_said(app, bug) } else { place(app, bug) });
    Span::styled(said.map_or_else(String::new, |said| format!(" {said} ")), paint.role("quiet"))
}

/// Which of how many bugs the one under the cursor is, and on what line of the report it begins.
pub(super) fn place(app: &App, bug: BugIx) -> String {
    let (at, count) = (app.ui.view.at() + 1, app.ui.view.bugs().len());
    format!("{at} of {count} · {}", line_said(app, bug))
}

/// On what line of the report it begins.
fn line_said(app: &App, bug: BugIx) -> String {
    let report = app.session.report();
    format!("line {}", report.line_of(report.bug(bug).block.start))
}

/// The Markdown of a bug: its block, or for a row its cells under the names of their columns, as a list.
fn markdown_of(report: &Report, bug: BugIx) -> Cow<'_, [u8]> {
    if report.bug(bug).form != Form::Row {
        return report.block(bug).into();
    }
    let base = report.base();
    let fields = report.fields(bug).into_iter().filter(|field| !field.value.is_empty());
    let items = fields
        .map(|field| [b"- **", field.name.of(base), b":** ", field.text(base).as_bytes(), b"\n"].concat());
    items.collect::<Vec<_>>().concat().into()
}

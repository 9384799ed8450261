//! The list of bugs: one row each below the names of the columns, and the headings of groups.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::columns::Columns;
use super::memory::Memory;
use super::paint::{self, Paint};
use super::wrap::wrap_text;
use super::{layout, scrollbar};
use crate::app::view::Line as Shown;
use crate::app::{App, Drawn, Pane, Popup};
use crate::config::Action;
use crate::text::{counted, display};
use crate::triage::Group;
use crate::triage::query::Query;

/// How much of the line that says the position is left for other things.
const MARGIN: u16 = 12;

pub(super) fn draw(
    app: &App,
    paint: &Paint<'_>,
    memory: &mut Memory,
    buffer: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) {
    let inner = framed(app, paint, buffer, area);
    let is_roomy = layout::is_roomy(area);
    if app.ui.view.bugs().is_empty() {
        (drawn.rows, drawn.top) = (usize::from(inner.height), 0);
        return hint(app, paint, buffer, inner);
    }
    let head = u16::from(is_roomy);
    let below = Rect { y: inner.y + head, height: inner.height - head, ..inner };
    (drawn.rows, drawn.hits.list) = (usize::from(below.height), paint::area(below));
    drawn.top = app.ui.view.first_row(drawn.rows);
    let columns = draw_rows(app, paint, memory, buffer, below, drawn);
    if is_roomy {
        paint::put(buffer, (inner.x, inner.y), &columns.names(app, paint), inner.width);
        drawn.hits.heads = columns.heads(inner.x, inner.y);
        scrollbar::draw((app.ui.view.rows(), drawn.top, drawn.rows), paint, buffer, area);
    }
    position(app, paint, buffer, area);
}

/// Draws the bugs and headings that are in sight; gives the columns that bugs stand in.
fn draw_rows(
    app: &App,
    paint: &Paint<'_>,
    memory: &mut Memory,
    buffer: &mut Buffer,
    area: Rect,
    drawn: &mut Drawn,
) -> Columns {
    let view = &app.ui.view;
    let query = Query::parse(view.filter(), app.session.report());
    let bug = |at: usize| (at, view.bugs()[at]);
    let lines: Vec<Shown<'_>> = (drawn.top..).map_while(|row| view.line(row)).take(drawn.rows).collect();
    drawn.columns = lines.iter().fold(app.ui.drawn.columns, |need, line| match line {
        Shown::Bug(at) => memory.row(app, paint, bug(*at), &query).need(need),
        Shown::Group(_) => need,
    });
    let columns = Columns::of(app, drawn.columns, usize::from(area.width));
    for (y, line) in (area.y..).zip(lines) {
        match line {
            Shown::Bug(at) => {
                let row = Rect { y, height: 1, ..area };
                memory.row(app, paint, bug(at), &query).draw(buffer, row, &columns);
            }
            Shown::Group(group) => {
                let line = heading(app, paint, group, usize::from(area.width));
                paint::put(buffer, (area.x, y), &line, area.width);
            }
        }
        if matches!(line, Shown::Bug(at) if at == view.at()) {
            let role = if is_active(app) { "list.cursor" } else { "list.cursor.idle" };
            paint.lay(role, buffer, Rect { y, height: 1, ..area });
        }
    }
    columns
}

/// `P0 Critical · 7 bugs · 3/7 decided ─────`
fn heading(app: &App, paint: &Paint<'_>, group: &Group, width: usize) -> Line<'static> {
    let level = group.level.map(|level| app.session.methodology().level(level));
    let name =
        level.map_or_else(|| "no severity".to_owned(), |level| format!("{} {}", level.key, level.name));
    let (many, name) = (group.bugs.len(), display::brief(&name));
    let said = format!(" {name} · {} · {}/{many} decided ", counted(many, "bug"), group.decided);
    let said = display::clip(&said, width).into_owned();
    let rest = width.saturating_sub(display::width(&said));
    let style = paint.role("header.title").patch(paint.level(app, group.level));
    vec![Span::styled(said, style), Span::styled("─".repeat(rest), paint.role("border"))].into()
}

/// Which of how many bugs the cursor is on, at the lower edge of the frame, else at the end of the title line.
fn position(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let said = position_said(app);
    let width = said.len() as u16;
    let (is_roomy, is_titled) = (layout::is_roomy(area), area.height >= layout::TITLED);
    if !is_titled || area.width < width + MARGIN {
        return;
    }
    let (x, y) = match is_roomy {
        true => (area.right() - width - 2, area.bottom() - 1),
        false => (area.right() - width, area.y),
    };
    buffer.set_string(x, y, said, paint.role("quiet"));
}

fn is_active(app: &App) -> bool {
    app.ui.pane == Pane::List
}

/// The frame of the list, or its title line where there is no room for one; gives what is left.
fn framed(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) -> Rect {
    let is_roomy = layout::is_roomy(area);
    let position = if is_roomy { 0 } else { position_said(app).len() };
    let around = if is_roomy { 4 } else { 2 };
    let title = title(app, paint, usize::from(area.width).saturating_sub(around + position));
    if is_roomy {
        return paint.enclose(buffer, area, paint.role("border"), title);
    }
    if area.height < layout::TITLED {
        return area;
    }
    paint::put(buffer, (area.x, area.y), &title, area.width);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

fn position_said(app: &App) -> String {
    format!(" {}/{} ", app.ui.view.at() + 1, app.counted_so_far(app.ui.view.bugs().len()))
}

/// The report, how many bugs are in view, what a decision would be on, and what makes the list other than it is by
/// itself.
fn title(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let view = &app.ui.view;
    let (shown, whole) = (view.bugs().len(), view.whole());
    let all = app.counted_so_far(whole);
    let count = if shown == whole { all } else { format!("{shown} of {all}") };
    let mut said = vec![format!("{count} {}", if whole == 1 { "bug" } else { "bugs" })];
    said.extend(view.range().map(|range| format!("{} in range", range.count())));
    said.extend((!app.ui.marks.is_empty()).then(|| format!("{} marked", app.ui.marks.len())));
    said.extend((!view.filter().is_empty()).then(|| format!("/{}", display::brief(view.filter()))));
    said.extend(Some(app.sorted_by()).filter(|order| !order.is_empty()));
    let rest = format!(" · {}", said.join(" · "));
    let name = display::brief(&app.ui.name);
    let name = display::clip(&name, width.saturating_sub(display::width(&rest)).max(8)).into_owned();
    let rest = display::clip(&rest, width.saturating_sub(display::width(&name))).into_owned();
    vec![
        Span::styled(format!(" {name}"), paint.role("header.title")),
        Span::styled(format!("{rest} "), paint.role("quiet")),
    ]
    .into()
}

/// What stands in place of the list where it is empty.
fn hint(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let said = if !app.session.report().is_text() {
        "This does not look like text: it has bytes that no Markdown has. No bugs were found.".to_owned()
    } else if app.session.report().is_empty() {
        "No bugs were found in this report.\n\n\
         A bug is a heading such as “### BUG-001: Title” with a line “- **Severity:** P1” below it, a row of a table with \
         a column of severities, or an item of a list below a heading that names one.\n\n\
         “regrade demo” opens a sample."
            .to_owned()
    } else {
        let filter = display::brief(app.ui.view.filter()).into_owned();
        let back = match app.popup() {
            Some(Popup::Filter(line)) if !line.before().is_empty() => {
                format!("Esc goes back to “{}”.", display::brief(line.before()))
            }
            Some(Popup::Filter(_)) => "Esc goes back to all bugs.".to_owned(),
            _ => format!("{} clears the filter.", app.key_of(Action::Clear)),
        };
        let which = if app.is_glimpse() { "None of the bugs read so far" } else { "No bug" };
        format!("{which} matches “{filter}”.\n\n{back}")
    };
    let area = area.inner(Margin::new(area.width.min(2), u16::from(area.height > 8)));
    let lines = wrap_text(&said, paint.role("quiet"), usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        paint::put(buffer, (area.x, y), &line, area.width);
    }
}

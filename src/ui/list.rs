//! The list of bugs: one row each, in columns that line up by display width.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::layout;
use super::paint::Paint;
use super::row::{Columns, Row};
use super::wrap::wrap_text;
use crate::app::{App, Drawn, Pane};
use crate::config::Action;
use crate::report::BugIx;
use crate::text::display;
use crate::triage::query::Query;

/// How many rows stay in sight beyond the cursor.
const AHEAD: usize = 2;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let inner = framed(app, paint, buffer, area);
    drawn.rows = usize::from(inner.height);
    drawn.top = first_row(app, drawn.rows);
    if app.ui.view.bugs().is_empty() {
        return hint(app, paint, buffer, inner);
    }
    let bugs = app.ui.view.bugs().iter().skip(drawn.top).take(drawn.rows);
    let query = Query::parse(app.ui.view.filter(), app.session.report());
    let rows: Vec<(BugIx, Row)> = bugs.map(|bug| (*bug, Row::of(app, paint, *bug, query.fuzzy()))).collect();
    drawn.columns = rows.iter().fold(app.ui.drawn.columns, |need, (_, row)| row.need(need));
    let columns = Columns::of(app, drawn.columns, usize::from(inner.width));
    for (y, (bug, row)) in (inner.y..).zip(&rows) {
        let line = Rect { y, height: 1, ..inner };
        buffer.set_line(line.x, y, &row.line(&columns), line.width);
        if app.cursor() == Some(*bug) {
            buffer
                .set_style(line, paint.role(if is_active(app) { "list.cursor" } else { "list.cursor.idle" }));
        }
    }
}

fn is_active(app: &App) -> bool {
    app.ui.pane == Pane::List
}

/// The frame of the list, or its title line where there is no room for one; gives what is left.
fn framed(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) -> Rect {
    use ratatui::widgets::Widget;
    let title = title(app, paint, usize::from(area.width).saturating_sub(4));
    if layout::is_roomy(area) {
        let block = paint.frame().title(title);
        let inner = block.inner(area);
        block.render(area, buffer);
        return inner.inner(Margin::new(0, 0));
    }
    if area.height < 4 {
        return area;
    }
    buffer.set_line(area.x, area.y, &title, area.width);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

fn title(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let view = &app.ui.view;
    let (shown, whole) = (view.bugs().len(), view.whole());
    let count = if shown == whole { format!("{whole}") } else { format!("{shown} of {whole}") };
    let mut rest = format!(" · {count} {}", if whole == 1 { "bug" } else { "bugs" });
    if !view.filter().is_empty() {
        rest.push_str(&format!(" · /{}", display::brief(view.filter())));
    }
    if !app.ui.marks.is_empty() {
        rest.push_str(&format!(" · {} marked", app.ui.marks.len()));
    }
    let name = display::brief(&app.ui.name);
    let name = display::clip(&name, width.saturating_sub(display::width(&rest)).max(8)).into_owned();
    vec![
        Span::styled(format!(" {name}"), paint.role("header.title")),
        Span::styled(format!("{rest} "), paint.role("quiet")),
    ]
    .into()
}

/// The first row to show, so that the cursor is in sight and the list moves no more than it must.
fn first_row(app: &App, rows: usize) -> usize {
    let (at, count) = (app.ui.view.at(), app.ui.view.bugs().len());
    let ahead = AHEAD.min(rows.saturating_sub(1) / 2);
    let lowest = (at + ahead + 1).saturating_sub(rows);
    let highest = at.saturating_sub(ahead);
    app.ui.view.top().clamp(lowest.min(highest), highest).min(count.saturating_sub(rows))
}

/// What stands in place of the list where it is empty.
fn hint(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let said = if app.session.report().is_empty() {
        "No bugs were found in this report.\n\n\
         A bug is a heading such as “### BUG-001: Title” with a line “- **Severity:** P1” below it.\n\n\
         “regrade demo” opens a sample."
            .to_owned()
    } else {
        let filter = display::brief(app.ui.view.filter()).into_owned();
        format!("No bug matches “{filter}”.\n\n{} clears the filter.", app.key_of(Action::Clear))
    };
    let area = area.inner(Margin::new(area.width.min(2), u16::from(area.height > 8)));
    let lines = wrap_text(&said, paint.role("quiet"), usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        buffer.set_line(area.x, y, &line, area.width);
    }
}

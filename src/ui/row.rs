//! One row of the list: what it says of a bug, and how wide each part of it may be.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::paint::Paint;
use crate::app::App;
use crate::report::{BugIx, To, without_remark};
use crate::text::display;
use crate::triage::fuzzy::Pattern;

/// The widest that ids are shown.
const ID_MOST: usize = 16;

/// The widest that scopes are shown.
const SCOPE_MOST: usize = 14;

/// The widest that statuses are shown.
const STATUS_MOST: usize = 18;

/// The narrowest that a title gets before another column is shown.
const TITLE_LEAST: usize = 30;

/// How many bytes of a status are looked at.
const BEGINNING: usize = 4 * 1024;

/// How wide the columns are; 0 for one that is not shown.
pub(super) struct Columns {
    id: usize,
    severity: usize,
    scope: usize,
    title: usize,
    status: usize,
}

impl Columns {
    /// The columns on so wide a list, for ids, scopes and statuses that need so much.
    pub(super) fn of(app: &App, [id, scope, status]: [usize; 3], width: usize) -> Columns {
        let id = id.min(ID_MOST.min(width / 3));
        let levels = app.session.methodology().levels();
        let level = levels.iter().map(|level| display::width(&level.key)).max().unwrap_or(0);
        let severity = (2 * level + 1).min(9);
        let mut left = width.saturating_sub(3 + id + 1 + severity + 1);
        let scope = take(&mut left, scope.min(SCOPE_MOST));
        let status = take(&mut left, status.min(STATUS_MOST));
        Columns { id, severity, scope, title: left, status }
    }
}

/// Takes a column of this width, and the blank beside it, where the title keeps enough.
fn take(left: &mut usize, width: usize) -> usize {
    if width == 0 || *left < TITLE_LEAST + width + 1 {
        return 0;
    }
    *left -= width + 1;
    width
}

/// What a row says.
pub(super) struct Row {
    mark: Span<'static>,
    state: Span<'static>,
    id: (String, Style),
    severity: Vec<Span<'static>>,
    scope: Span<'static>,
    title: (String, Style),
    status: Span<'static>,
    hits: Vec<usize>,
    hit: Style,
}

impl Row {
    /// What the row of a bug says.
    pub(super) fn of(app: &App, paint: &Paint<'_>, bug: BugIx, filter: &Pattern) -> Row {
        let report = app.session.report();
        let (id, title) = (report.handle(bug), report.title(bug));
        let (id, title) = (display::brief(&id), display::brief(&title));
        let hits = if filter.is_empty() { Vec::new() } else { filter.hits(&format!("{id} {title}")) };
        Row {
            mark: mark(app, paint, bug),
            state: state(app, paint, bug),
            severity: severity(app, paint, bug),
            scope: scope(app, paint, bug),
            status: status(app, paint, bug),
            id: (id.into_owned(), paint.role("list.id")),
            title: (title.into_owned(), paint.role("list")),
            hits,
            hit: paint.role("match"),
        }
    }

    /// The widths that columns of ids, scopes and statuses need for this row, too.
    pub(super) fn need(&self, [id, scope, status]: [usize; 3]) -> [usize; 3] {
        [id.max(display::width(&self.id.0)), scope.max(self.scope.width()), status.max(self.status.width())]
    }

    /// The row in these columns.
    pub(super) fn line(&self, columns: &Columns) -> Line<'static> {
        let mut spans = vec![self.mark.clone(), self.state.clone(), Span::raw(" ")];
        spans.extend(self.lit(&self.id, 0, columns.id));
        spans.push(Span::raw(" "));
        spans.extend(fitted(&self.severity, columns.severity));
        push_column(&mut spans, &self.scope, columns.scope);
        spans.push(Span::raw(" "));
        spans.extend(self.lit(&self.title, self.id.0.chars().count() + 1, columns.title));
        push_column(&mut spans, &self.status, columns.status);
        spans.into()
    }

    /// A text in its column, with the letters lit that the filter matched; `from` is where the text
    /// begins in what the filter looked at.
    fn lit(&self, (text, style): &(String, Style), from: usize, width: usize) -> Vec<Span<'static>> {
        let fitted = display::fit(text, width);
        if self.hits.is_empty() {
            return vec![Span::styled(fitted, *style)];
        }
        let end = from + text.chars().count();
        let mut at = from;
        let is_lit = |cluster: &str| {
            let start = at;
            at += cluster.chars().count();
            let hit = self.hits.partition_point(|hit| *hit < start);
            self.hits.get(hit).is_some_and(|hit| *hit < at.min(end))
        };
        let lit: Vec<bool> = fitted.graphemes(true).map(is_lit).collect();
        let clusters: Vec<(bool, &str)> = lit.into_iter().zip(fitted.graphemes(true)).collect();
        let run = |run: &[(bool, &str)]| {
            let style = if run[0].0 { style.patch(self.hit) } else { *style };
            Span::styled(run.iter().map(|(_, cluster)| *cluster).collect::<String>(), style)
        };
        clusters.chunk_by(|a, b| a.0 == b.0).map(run).collect()
    }
}

fn push_column(spans: &mut Vec<Span<'static>>, span: &Span<'static>, width: usize) {
    if width > 0 {
        spans.push(Span::raw(" "));
        spans.push(Span::styled(display::fit(&span.content, width), span.style));
    }
}

/// Spans filled with blanks to a width.
fn fitted(spans: &[Span<'static>], width: usize) -> Vec<Span<'static>> {
    let taken: usize = spans.iter().map(Span::width).sum();
    let mut fitted = spans.to_vec();
    if taken > width {
        let text: String = spans.iter().map(|span| span.content.as_ref()).collect();
        let style = spans.last().map(|span| span.style).unwrap_or_default();
        return vec![Span::styled(display::fit(&text, width), style)];
    }
    fitted.push(Span::raw(" ".repeat(width - taken)));
    fitted
}

fn mark(app: &App, paint: &Paint<'_>, bug: BugIx) -> Span<'static> {
    let marked = app.ui.marks.contains(bug);
    Span::styled(if marked { "◆" } else { " " }, paint.role("list.mark"))
}

/// `●` decided and not saved, `✓` decided, `!` undecided and contradictory, nothing for undecided.
fn state(app: &App, paint: &Paint<'_>, bug: BugIx) -> Span<'static> {
    if app.session.net(bug).last.is_some() {
        Span::styled("●", paint.role("list.changed"))
    } else if app.session.reviewed().contains(bug) {
        match app.is_lost(bug) {
            true => Span::styled("!", paint.role("warning")),
            false => Span::styled("✓", paint.role("list.decided")),
        }
    } else if disagrees(app, bug) {
        Span::styled("!", paint.role("warning"))
    } else {
        Span::raw(" ")
    }
}

/// Whether the report says one severity here and another there.
fn disagrees(app: &App, bug: BugIx) -> bool {
    let report = app.session.report();
    report.level(bug).is_some_and(|level| !report.agrees(bug, &To::Value(level)))
}

/// The level, or from which to which a pending decision takes it.
pub(super) fn severity(app: &App, paint: &Paint<'_>, bug: BugIx) -> Vec<Span<'static>> {
    let report = app.session.report();
    let (before, after) = (report.level(bug), app.session.level(bug));
    if before == after {
        return vec![match before {
            Some(_) => Span::styled(app.level_key(after).to_owned(), paint.level(app, after)),
            None => Span::styled(unknown(report.severity(bug)), paint.role("quiet")),
        }];
    }
    vec![
        Span::styled(app.level_key(before).to_owned(), paint.level(app, before)),
        Span::styled("→", paint.role("quiet")),
        Span::styled(app.level_key(after).to_owned(), paint.level(app, after)),
    ]
}

/// What is shown of a severity that the methodology does not know.
fn unknown(written: Option<Cow<'_, str>>) -> String {
    written.map_or_else(|| "–".to_owned(), |written| display::brief(&written).into_owned())
}

/// The key of the scope where the methodology knows it, else what is written.
fn scope(app: &App, paint: &Paint<'_>, bug: BugIx) -> Span<'static> {
    let methodology = app.session.methodology();
    let Some(written) = app.session.scope(bug) else { return Span::raw("") };
    match methodology.scope_named(&written).map(|id| &methodology.scope(id).key) {
        Some(key) => Span::styled(key.clone(), paint.role(&format!("scope.{key}"))),
        None => Span::styled(display::brief(&written).into_owned(), paint.role("scope")),
    }
}

/// The status without its remark, as what it means for the bug.
fn status(app: &App, paint: &Paint<'_>, bug: BugIx) -> Span<'static> {
    let methodology = app.session.methodology();
    let Some(written) = app.session.status(bug) else { return Span::raw("") };
    let closes = methodology
        .read_status(beginning(&written).as_bytes())
        .map(|found| methodology.status(found.status).closes);
    let role = match closes {
        Some(true) => "status.closed",
        Some(false) => "status.open",
        None => "status",
    };
    Span::styled(display::brief(without_remark(beginning(&written))).into_owned(), paint.role(role))
}

/// As much of a value as a row has room for, and more.
fn beginning(written: &str) -> &str {
    &written[..written.floor_char_boundary(BEGINNING)]
}

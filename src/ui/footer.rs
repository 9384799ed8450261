//! The last row: the keys that matter now, or what was said last, or the filter being typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::layout;
use super::paint::{self, Paint};
use super::typing;
use super::wrap::wrap_text;
use crate::app::page::Kind;
use crate::app::{App, Pane, Popup, Toast, Underneath};
use crate::config::Action;
use crate::text::{counted, display};
use crate::triage;

/// How many rows what was said last takes at most; with what to do next, half of the screen.
const SAID: usize = 3;

/// On how many columns what keys do is said in fewer words.
const TIGHT: u16 = 60;

/// How much of what repeating gives is said.
const REPEATED: usize = 20;

pub(super) fn draw(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    if let Some(Popup::Filter(line)) = app.popup() {
        return typing::draw_filter(app, line, paint, frame, area);
    }
    match &app.ui.toast {
        Some(toast) => say(toast, paint, frame, area),
        None if app.popup().is_some() => {
            let leaves = matches!(app.popup(), Some(Popup::Rationale(rationale)) if !rationale.goes_back());
            let esc = if leaves { "leave" } else { "back" };
            let mut beneath = vec![("Esc".to_owned(), esc), ("F1".to_owned(), "the keys that count here")];
            let is_help = matches!(app.popup(), Some(Popup::Page(page)) if matches!(page.kind, Kind::Help));
            beneath.truncate(if is_help { 1 } else { 2 });
            let line = keys(paint, &beneath, usize::from(area.width));
            paint::put(frame.buffer_mut(), (area.x, area.y), &line, area.width);
        }
        None => {
            let line = line(paint, fitting(hints(app, area.width), usize::from(area.width)));
            paint::put(frame.buffer_mut(), (area.x, area.y), &line, area.width);
        }
    }
}

/// Says once more what was said last, over a popup, which may cover it.
pub(super) fn draw_over(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let may_cover = app.popup().is_some_and(|popup| !matches!(popup, Popup::Filter(_)));
    if let Some(toast) = app.ui.toast.as_ref().filter(|_| may_cover && !area.is_empty()) {
        say(toast, paint, frame, area);
    }
}

/// What was said last, on as many rows from the last one up as it takes.
fn say(toast: &Toast, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let role = if toast.refusal { "toast.warning" } else { "toast.success" };
    let lines = said(toast, paint, area);
    let top = area.bottom() - lines.len() as u16;
    for (y, (line, end)) in (top..area.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..area };
        Clear.render(row, frame.buffer_mut());
        frame.buffer_mut().set_style(row, paint.ground());
        let edge = |said| vec![Span::styled(said, paint.role(role))];
        let line = [edge(" "), line.spans, edge(end)];
        paint::put(frame.buffer_mut(), (row.x, y), &line.concat().into(), row.width);
    }
}

/// Its rows, each with what stands at its end: the text is cut before what to do next is.
fn said(toast: &Toast, paint: &Paint<'_>, area: Rect) -> Vec<(Line<'static>, &'static str)> {
    let (mark, role) = if toast.refusal { ("!", "toast.warning") } else { ("✓", "toast.success") };
    let width = usize::from(area.width).saturating_sub(2);
    let wrap = |text: &str| wrap_text(text, paint.role(role), width);
    let hint = if toast.hint.is_empty() { Vec::new() } else { wrap(&display::brief(&toast.hint)) };
    let rows = usize::from(area.bottom());
    let most = if hint.is_empty() { SAID } else { SAID.max(rows / 2) }.min(rows);
    let text = wrap(&format!("{mark} {}", display::brief(&toast.text)));
    let mut lines = within(text, most.saturating_sub(hint.len()).max(1));
    lines.extend(within(hint, most - lines.len().min(most)));
    lines
}

/// The first of the lines, with a sign at the end of the last where that is not all.
fn within(mut lines: Vec<Line<'static>>, most: usize) -> Vec<(Line<'static>, &'static str)> {
    let is_cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    let end = |at| if is_cut && at == last { "…" } else { " " };
    lines.into_iter().enumerate().map(|(at, line)| (line, end(at))).collect()
}

/// As many of these keys as fit, the first being the most needed; `…` where some do not.
pub(super) fn keys(paint: &Paint<'_>, hints: &[(String, &str)], width: usize) -> Line<'static> {
    let may = || hints.iter().map(|(keys, does)| Hint::may(keys.clone(), *does)).collect();
    let fits = fitting(may(), width);
    if fits.len() == hints.len() {
        return line(paint, fits);
    }
    let mut line = line(paint, fitting(may(), width.saturating_sub(2)));
    line.push_span(Span::styled(" …", paint.role("quiet")));
    line
}

/// What a key does.
struct Hint {
    keys: String,
    does: String,
    /// Whether it is shown before those that are not needed.
    is_needed: bool,
}

impl Hint {
    fn may(keys: String, does: impl Into<String>) -> Hint {
        Hint { keys, does: does.into(), is_needed: false }
    }

    fn must(keys: String, does: impl Into<String>) -> Hint {
        Hint { is_needed: true, ..Hint::may(keys, does) }
    }

    fn width(&self) -> usize {
        display::width(&self.keys) + display::width(&self.does) + 3
    }
}

/// Those that fit, in their order: first what is needed, then the others, from the first on.
fn fitting(hints: Vec<Hint>, width: usize) -> Vec<Hint> {
    let needed: usize = hints.iter().filter(|hint| hint.is_needed).map(Hint::width).sum();
    let mut left = [width, width.saturating_sub(needed)];
    let fits = |hint: &Hint| {
        let left = &mut left[usize::from(!hint.is_needed)];
        let fits = hint.width() <= *left;
        *left -= if fits { hint.width() } else { 0 };
        fits
    };
    hints.into_iter().filter(fits).collect()
}

fn line(paint: &Paint<'_>, hints: Vec<Hint>) -> Line<'static> {
    let spans = hints.into_iter().flat_map(|hint| {
        let key = Span::styled(format!(" {}", hint.keys), paint.role("footer.key"));
        [key, Span::styled(format!(" {} ", hint.does), paint.role("quiet"))]
    });
    spans.collect::<Vec<_>>().into()
}

/// What the keys do that matter now, from the live key map: those that decide say what comes of it.
fn hints(app: &App, width: u16) -> Vec<Hint> {
    let (narrow, tight) = (!layout::is_wide(width), width < TIGHT);
    let detail = app.ui.pane == Pane::Detail;
    let marked = app.chosen_as().is_some();
    let (ranged, filtered) = (app.ui.view.range().is_some(), !app.ui.view.filter().is_empty());
    let decides = app.ui.holder.is_none() && !app.is_glimpse();
    let unsaved = decides && app.unsaved() > 0;
    let (here, any) = (app.cursor().is_some(), !app.session.report().is_empty());
    let judges = decides && (here || marked);
    let key = |action| app.key_of(action);
    let mut hints = if decides { deciding(app, narrow, tight) } else { vec![] };
    let rest = [
        (unsaved, Hint::must(key(Action::Save), "save")),
        (true, Hint::must(key(Action::Help), "keys")),
        (ranged, Hint::must(key(Action::Clear), "drop range")),
        (detail && narrow, Hint::must(key(Action::FocusList), "list")),
        (detail && !narrow, Hint::may(key(Action::FocusList), "list")),
        (here && narrow && !detail, Hint::must(key(Action::FocusDetail), "read")),
        (app.ui.underneath != Underneath::Same, Hint::may(key(Action::Reread), "read again")),
        (!app.session.misfits().is_empty(), Hint::may(key(Action::Settle), "settle")),
        (marked && !ranged, Hint::may(key(Action::Clear), "unmark")),
        (filtered && !marked && !ranged, Hint::may(key(Action::Clear), "all bugs")),
        (judges, Hint::may(key(Action::Scope), "scope")),
        (judges && app.ui.last.is_some(), Hint::may(key(Action::Repeat), repeat(app))),
        (unsaved, Hint::may(key(Action::Undo), "undo")),
        (judges, Hint::may(key(Action::Status), "status")),
        (here && !app.is_glimpse(), Hint::may(key(Action::NextUndecided), "next undecided")),
        (any, Hint::may(key(Action::Filter), "filter")),
        (!app.findings().is_empty(), Hint::may(key(Action::Check), "check")),
        (here && !marked, Hint::may(key(Action::Mark), "mark")),
        (app.chosen_piece().is_some(), Hint::may(key(Action::Preview), "preview")),
        (app.chosen_piece().is_some(), Hint::may(key(Action::OpenEvidence), "open file")),
        (unsaved, Hint::may(key(Action::Diff), "diff")),
        (true, Hint::may(key(Action::Quit), if detail && narrow { "back" } else { "quit" })),
    ];
    hints.extend(rest.into_iter().filter(|(now, _)| *now).map(|(_, hint)| hint));
    hints.retain(|hint| !hint.keys.is_empty());
    hints
}

/// The keys of the levels, one by one where there is room, and of confirming.
fn deciding(app: &App, narrow: bool, tight: bool) -> Vec<Hint> {
    let marks = app.how_many_chosen();
    if marks == 0 && app.cursor().is_none() {
        return Vec::new();
    }
    let on = if marks == 0 { String::new() } else { format!(" for {}", counted(marks, "bug")) };
    let mut hints = if narrow {
        let does = match marks {
            0 if tight => "sev",
            0 => "severity",
            _ => on.trim_start(),
        };
        vec![Hint::must(range(app), does)]
    } else {
        levels(app, marks).map(|(key, to)| Hint::must(key, format!("→ {to}{on}"))).collect()
    };
    hints.extend(confirming(app, marks, tight).map(|does| Hint::may(app.key_of(Action::Confirm), does)));
    hints
}

/// The keys of the levels that the bug under the cursor does not have, each with the level; on marks and a range, of all.
fn levels(app: &App, marks: usize) -> impl Iterator<Item = (String, String)> + '_ {
    let bug = app.cursor().filter(|_| marks == 0);
    let ids = app.session.methodology().level_ids();
    let others = ids.filter(move |level| bug.is_none_or(|bug| !app.stands(bug, *level)));
    others.map(move |id| {
        let level = app.session.methodology().level(id);
        let name = if bug.is_some() { format!("{} {}", level.key, level.name) } else { level.key.clone() };
        (app.key_of(Action::Severity(id.0)), display::brief(&name).into_owned())
    })
}

/// What confirming says; `None` where the bug under the cursor is decided already.
fn confirming(app: &App, marks: usize, tight: bool) -> Option<String> {
    if marks > 0 {
        return Some(format!("confirm {}", counted(marks, "bug")));
    }
    let bug = app.cursor()?;
    let is_free = !app.session.reviewed().contains(bug);
    let level = app.session.level(bug).map(|level| app.level_key(Some(level)));
    let what = format!("confirm {}", display::brief(level.unwrap_or("it")));
    is_free.then(|| if tight { "confirm".to_owned() } else { what })
}

/// `repeat → P2`, `repeat note`, `repeat confirm`
fn repeat(app: &App) -> String {
    let Some(last) = &app.ui.last else { return String::new() };
    let first = last.parts.first().and_then(|part| app.values(&part.set).into_iter().next());
    let kind = if last.kind == triage::Kind::Confirmed { "confirm" } else { last.kind.name() };
    let what = first.unwrap_or_else(|| kind.to_owned());
    format!("repeat {}", display::clip(&display::brief(&what), REPEATED))
}

/// `0–3`: the keys of the first and the last level.
fn range(app: &App) -> String {
    let count = app.session.methodology().levels().len();
    let last = u8::try_from(count.saturating_sub(1)).unwrap_or(u8::MAX);
    let key = |level| app.key_of(Action::Severity(level));
    if count < 2 { key(0) } else { format!("{}–{}", key(0), key(last)) }
}

//! The last row: the keys that matter now, or what was said last, or the filter being typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use super::layout;
use super::paint::Paint;
use super::typing;
use super::wrap::wrap_text;
use crate::app::{App, Pane, Popup, Toast, Underneath};
use crate::config::Action;
use crate::text::display;

/// How many rows what was said last takes at most.
const SAID: usize = 3;

pub(super) fn draw(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    if area.is_empty() {
        return;
    }
    if let Some(Popup::Filter(line)) = app.popup() {
        return typing::draw_filter(line, paint, frame, area);
    }
    match &app.ui.toast {
        Some(toast) => say(toast, paint, frame, area),
        None => {
            let line = keys(paint, &hints(app, area.width), usize::from(area.width));
            frame.buffer_mut().set_line(area.x, area.y, &line, area.width);
        }
    }
}

/// What was said last, on as many rows from the last one up as it takes.
fn say(toast: &Toast, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (mark, role) = if toast.refusal { ("!", "toast.warning") } else { ("✓", "toast.success") };
    let said = format!("{mark} {}", display::brief(&toast.text));
    let mut lines = wrap_text(&said, paint.role(role), usize::from(area.width).saturating_sub(2));
    lines.truncate(SAID.min(usize::from(area.bottom())));
    let top = area.bottom() - lines.len() as u16;
    for (y, line) in (top..area.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..area };
        Clear.render(row, frame.buffer_mut());
        let line = [
            vec![Span::styled(" ", paint.role(role))],
            line.spans,
            vec![Span::styled(" ", paint.role(role))],
        ];
        frame.buffer_mut().set_line(row.x, y, &line.concat().into(), row.width);
    }
}

/// As many of these keys as fit, the first being the most needed.
pub(super) fn keys(paint: &Paint<'_>, hints: &[(String, &str)], width: usize) -> Line<'static> {
    let mut spans = Vec::new();
    let mut left = width;
    for (keys, does) in hints {
        let taken = display::width(keys) + display::width(does) + 3;
        if taken > left {
            break;
        }
        left -= taken;
        spans.push(Span::styled(format!(" {keys}"), paint.role("footer.key")));
        spans.push(Span::styled(format!(" {does} "), paint.role("quiet")));
    }
    spans.into()
}

/// What the keys do that matter now, from the live key map.
fn hints(app: &App, width: u16) -> Vec<(String, &'static str)> {
    let narrow = !layout::is_wide(width);
    let detail = app.ui.pane == Pane::Detail;
    let marked = !app.ui.marks.is_empty();
    let decides = app.ui.holder.is_none();
    let all = [
        (decides, severities(app), if marked { "severity of all marked" } else { "severity" }),
        (decides, app.key_of(Action::Confirm), "confirm"),
        (!decides, app.key_of(Action::Reread), "take over"),
        (true, app.key_of(Action::Help), "keys"),
        (
            narrow || detail,
            app.key_of(if detail { Action::FocusList } else { Action::FocusDetail }),
            if detail { "list" } else { "read" },
        ),
        (app.ui.underneath != Underneath::Same, app.key_of(Action::Reread), "read again"),
        (!app.session.misfits().is_empty(), app.key_of(Action::Settle), "settle"),
        (marked, app.key_of(Action::Clear), "unmark"),
        (decides && app.unsaved() > 0, app.key_of(Action::Save), "save"),
        (decides, app.key_of(Action::Scope), "scope"),
        (decides && app.ui.last.is_some(), app.key_of(Action::Repeat), "repeat"),
        (decides && app.unsaved() > 0, app.key_of(Action::Undo), "undo"),
        (true, app.key_of(Action::NextUndecided), "next undecided"),
        (true, app.key_of(Action::Filter), "filter"),
        (!app.findings().is_empty(), app.key_of(Action::Check), "check"),
        (!marked, app.key_of(Action::Mark), "mark"),
        (app.chosen_piece().is_some(), app.key_of(Action::Preview), "preview"),
        (app.chosen_piece().is_some(), app.key_of(Action::OpenEvidence), "open file"),
        (app.unsaved() > 0, app.key_of(Action::Diff), "diff"),
        (true, app.key_of(Action::Quit), "quit"),
    ];
    all.into_iter()
        .filter(|(now, keys, _)| *now && !keys.is_empty())
        .map(|(_, keys, does)| (keys, does))
        .collect()
}

/// `0–3`: the keys of the first and the last level.
fn severities(app: &App) -> String {
    let count = app.session.methodology().levels().len();
    let last = u8::try_from(count.saturating_sub(1)).unwrap_or(u8::MAX);
    let key = |level| app.key_of(Action::Severity(level));
    if count < 2 { key(0) } else { format!("{}–{}", key(0), key(last)) }
}

//! What the deviation log says of the report, the newest first.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::help::READING;
use super::paint::Paint;
use super::popup::{boxed, foot, write};
use crate::app::{App, Drawn};
use crate::text::display;
use crate::triage::{BugSet, Past};

/// How wide the log is.
const WIDTH: u16 = 92;

/// How many lines an entry has: who decided on which bugs, what changed, why, and a blank one.
const ENTRY: usize = 4;

pub(super) fn draw(app: &App, scroll: usize, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let past = app.session.past();
    let count = (past.len() * ENTRY).saturating_sub(1);
    let area = boxed("Deviation log", WIDTH, u16::try_from(count).unwrap_or(u16::MAX), paint, frame);
    let fits = usize::from(area.height);
    let scroll = scroll.min(count.saturating_sub(fits));
    let clipped = |line: Line<'static>| match line.width() > usize::from(area.width) {
        true => {
            Line::styled(display::clip(&line.to_string(), usize::from(area.width)).into_owned(), line.style)
        }
        false => line,
    };
    let line = |at: usize| line(app, &past[past.len() - 1 - at / ENTRY], at % ENTRY, paint);
    let lines: Vec<Line<'static>> = (scroll..count.min(scroll + fits)).map(line).map(clipped).collect();
    write(&lines, frame, area);
    foot(READING, paint, frame, area);
    (drawn.popup_scroll, drawn.popup_lines) = (scroll, fits);
}

fn line(app: &App, past: &Past, part: usize, paint: &Paint<'_>) -> Line<'static> {
    match part {
        0 => decided(app, past, paint),
        1 => Line::styled(display::brief(&changed(past)).into_owned(), paint.role("text")),
        2 => Line::styled(display::brief(&past.rationale).into_owned(), paint.role("detail.quote")),
        _ => Line::default(),
    }
}

fn changed(past: &Past) -> String {
    let rule = past.rule.map(|rule| format!("rule {rule}"));
    let changed = Some(past.changed.clone()).filter(|changed| !changed.is_empty());
    let said = changed.unwrap_or_else(|| "nothing changed in the report".to_owned());
    [Some(said), rule].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn decided(app: &App, past: &Past, paint: &Paint<'_>) -> Line<'static> {
    let bugs: BugSet = past.before.iter().map(|(bug, _)| *bug).collect();
    let called = if past.before.is_empty() { "the report".to_owned() } else { app.called(&bugs) };
    let said = format!("  {} · {} · {}", past.kind.name(), past.at.strftime("%Y-%m-%d %H:%M"), past.by);
    vec![
        Span::styled(display::brief(&called).into_owned(), paint.role("emphasis")),
        Span::styled(display::brief(&said).into_owned(), paint.role("quiet")),
    ]
    .into()
}

//! What went wrong, until it is dismissed; and the question asked before leaving.

use ratatui::Frame;
use ratatui::text::Line;

use super::footer;
use super::paint::Paint;
use super::popup::{boxed, foot, write};
use super::wrap::wrap_text;
use crate::app::{App, Drawn};
use crate::fault::Fault;
use crate::text::display;

pub(super) const FAILED: &str = "That did not work";

pub(super) const QUIT: &str = "Quit?";

pub(super) const DISMISS: &[(&str, &str)] = &[("Esc", "dismiss")];

pub(super) const LEAVE: &[(&str, &str)] = &[
    ("s or w", "save and quit"),
    ("q", "quit, keep for next time"),
    ("d d", "quit without, set aside"),
    ("Esc", "stay"),
];

/// How wide a notice is.
const WIDTH: u16 = 64;

/// How many sentences are laid out: more than any screen has rows for.
pub(super) const SENTENCES: usize = 100;

pub(super) fn draw_error(fault: &Fault, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let room = room(frame);
    let mut lines = Vec::new();
    for said in told(fault) {
        lines.extend(wrap_text(&display::brief(&said), paint.role("error"), room));
    }
    for hint in fault.hints() {
        lines.push(Line::default());
        lines.extend(wrap_text(&display::brief(hint), paint.role("text"), room));
    }
    notice(FAILED, lines, DISMISS, paint, frame, drawn);
}

/// What went wrong, a sentence each.
pub(super) fn told(fault: &Fault) -> impl Iterator<Item = String> {
    [fault].into_iter().chain(fault.further()).take(SENTENCES).map(Fault::to_string)
}

pub(super) fn draw_notice(
    title: &str,
    said: &[String],
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let room = room(frame);
    let mut lines = Vec::new();
    for sentence in said.iter().take(SENTENCES) {
        lines.extend((!lines.is_empty()).then(Line::default));
        lines.extend(wrap_text(&display::brief(sentence), paint.role("text"), room));
    }
    notice(title, lines, DISMISS, paint, frame, drawn);
}

pub(super) fn draw_quit(app: &App, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let lines = wrap_text(&unsaved(app), paint.role("text"), room(frame));
    notice(QUIT, lines, LEAVE, paint, frame, drawn);
}

/// How much is not saved yet, and what becomes of it.
pub(super) fn unsaved(app: &App) -> String {
    match app.unsaved() {
        1 => "1 decision is not saved yet. Left as it is, it waits in the journal for next time.".to_owned(),
        many => format!(
            "{many} decisions are not saved yet. Left as they are, they wait in the journal for next time."
        ),
    }
}

fn room(frame: &Frame<'_>) -> usize {
    usize::from(WIDTH.min(frame.area().width.saturating_sub(4)).max(1))
}

/// Lines in a box with keys below them, which stay where there is too little room for all.
fn notice(
    title: &str,
    mut lines: Vec<Line<'static>>,
    keys: &[(&str, &'static str)],
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let height = u16::try_from(lines.len() + 1 + keys.len()).unwrap_or(u16::MAX);
    let area = boxed(title, WIDTH, height, paint, frame);
    let room = usize::from(area.height).saturating_sub(keys.len());
    let scroll = drawn.popup_scroll.min(lines.len().saturating_sub(room));
    let hidden = lines.len().saturating_sub(scroll + room);
    lines.drain(..scroll);
    lines.resize(room, Line::default());
    (drawn.popup_scroll, drawn.popup_lines) = (scroll, room);
    lines.extend(
        keys.iter()
            .map(|(key, does)| footer::keys(paint, &[((*key).to_owned(), does)], usize::from(area.width))),
    );
    write(&lines, frame, area);
    if hidden > 0 {
        foot(&format!(" ↓ {hidden} more "), paint, frame, area);
    }
}

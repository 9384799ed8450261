//! One of several to be picked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::popup::{boxed, foot, write};
use super::wrap::wrap_text;
use crate::app::picker::{Choice, Use};
use crate::app::{Drawn, Picker};
use crate::text::display;

/// How wide a picker is at most.
const WIDTH: usize = 112;

/// The keys of a picker, as the lower border says them.
pub(super) const KEYS: &str = "Enter take · Esc back";

/// The least room that is worth saying something in what a choice means.
const ABOUT: usize = 12;

pub(super) fn draw(picker: &Picker, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let names = picker.choices.iter().map(|choice| display::width(&choice.name)).max().unwrap_or(0);
    let about = picker.choices.iter().map(|choice| display::width(&choice.about)).max().unwrap_or(0);
    let noted = picker.notes.iter().map(|note| display::width(note)).max().unwrap_or(0);
    let room = WIDTH.min(usize::from(frame.area().width.saturating_sub(4)));
    // What a choice of these means changes while they are open: the frame stays where it is.
    let is_steady = picker.usage == Use::Export;
    let width = if is_steady { room } else { (names + about + 7).max(noted + 4).min(room) };
    let column = width.saturating_sub(names + 6);
    let told = if about > column { told(picker, width, paint) } else { Told::default() };
    let rows = picker.choices.len() + picker.notes.len() + told.rows;
    let whole =
        boxed(title(picker.usage), width as u16, u16::try_from(rows).unwrap_or(u16::MAX), paint, frame);
    let below = (told.rows as u16).min(whole.height / 2);
    let area = Rect { height: whole.height - below, ..whole };
    write(&told.lines, frame, Rect { y: area.bottom(), height: below, ..area });
    let area = draw_notes(&picker.notes, area, paint, frame);
    let about = column;
    let first = (picker.at + 1).saturating_sub(usize::from(area.height));
    let hidden = picker.choices.len().saturating_sub(first + usize::from(area.height));
    let more = if hidden > 0 { format!("↓ {hidden} more · ") } else { String::new() };
    foot(&format!(" {more}{KEYS} "), paint, frame, whole);
    for (y, (at, choice)) in (area.y..area.bottom()).zip(picker.choices.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..area };
        let holds = picker.holds == Some(at);
        paint::put(frame.buffer_mut(), (row.x, y), &line(choice, holds, (names, about), paint), row.width);
        if at == picker.at {
            paint.lay("popup.cursor", frame.buffer_mut(), row);
        }
    }
    (drawn.hits.choices, drawn.hits.first) = (paint::area(area), first);
}

/// What is asked.
pub(super) fn title(usage: Use) -> &'static str {
    match usage {
        Use::Scope | Use::InRationale => "What does it really affect?",
        Use::Status => "What has become of it?",
        Use::Rule => "Which rule does it stand under?",
        Use::Order => "Sort by",
        Use::Record => "What is to be recorded of the report?",
        Use::Export => "Export what was decided as",
    }
}

/// What the chosen one means, in full, and how many rows any of them takes for that.
#[derive(Default)]
struct Told {
    lines: Vec<Line<'static>>,
    rows: usize,
}

fn told(picker: &Picker, width: usize, paint: &Paint<'_>) -> Told {
    let told = |choice: &Choice| wrap_text(&display::brief(&choice.about), paint.role("text"), width);
    let lines = picker.choices.get(picker.at).map(told).unwrap_or_default();
    Told { lines, rows: picker.choices.iter().map(|choice| told(choice).len()).max().unwrap_or(0) }
}

/// Draws what holds for every choice below them; gives the room that is left to the choices.
fn draw_notes(notes: &[String], area: Rect, paint: &Paint<'_>, frame: &mut Frame<'_>) -> Rect {
    let rows = u16::try_from(notes.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    let rest = Rect { height: area.height - rows, ..area };
    for (y, note) in (rest.bottom()..area.bottom()).zip(notes) {
        let said = display::clip(note, usize::from(area.width).saturating_sub(2)).into_owned();
        let line = Line::styled(format!(" {said}"), paint.role("warning"));
        paint::put(frame.buffer_mut(), (area.x, y), &line, area.width);
    }
    rest
}

/// `t •Test infrastructure  What the tests need`: the dot stands before what holds already.
fn line(choice: &Choice, holds: bool, (names, about): (usize, usize), paint: &Paint<'_>) -> Line<'static> {
    let said = display::brief(&choice.about);
    let said = if about < ABOUT { String::new() } else { display::clip(&said, about).into_owned() };
    let key = choice.key.map_or_else(|| " ".to_owned(), String::from);
    vec![
        Span::styled(format!(" {key} "), paint.role("footer.key")),
        Span::styled(if holds { "•" } else { " " }, paint.role("list.mark")),
        Span::styled(display::fit(&display::brief(&choice.name), names + 2), paint.role("header.title")),
        Span::styled(said, paint.role("quiet")),
    ]
    .into()
}

//! The bugs among which the original of a duplicate is picked: what was typed, and below it what matches.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::footer;
use super::paint::{self, Paint};
use super::popup::{boxed, write};
use super::typing::Typed;
use super::wrap::wrap_text;
use crate::app::{App, Drawn, Originals};
use crate::report::BugIx;
use crate::text::display;

/// How wide the popup is.
const WIDTH: u16 = 76;

/// How many bugs it has room for.
const ROWS: u16 = 12;

/// What one bug is to be, or several are: it is never cut for their name.
const IS: [&str; 2] = [" is a duplicate of …", " are duplicates of …"];

pub(super) const KEYS: &[(&str, &str)] = &[("Enter", "take"), ("Esc", "back"), ("Up Down", "choose")];

/// How wide ids are at most.
const IDS: usize = 16;

pub(super) fn draw(
    app: &App,
    originals: &Originals,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let room = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)));
    let called = app.called(&originals.bugs);
    let is = is(originals);
    let called =
        display::clip_middle(&display::brief(&called), room.saturating_sub(display::width(is))).into_owned();
    let area = boxed(&(called + is), WIDTH, ROWS + 2, paint, frame);
    let typed = Rect { height: area.height.min(1), ..area };
    let foot = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
    let list = Rect { y: typed.bottom(), height: area.height.saturating_sub(2), ..area };
    let first = (originals.at + 1).saturating_sub(usize::from(list.height));
    draw_list(app, originals, paint, frame, (list, first));
    (drawn.hits.choices, drawn.hits.first) = (paint::area(list), first);
    let keys: Vec<(String, &str)> = KEYS.iter().map(|(key, does)| ((*key).to_owned(), *does)).collect();
    write(&[footer::keys(paint, &keys, usize::from(area.width))], frame, foot);
    frame.buffer_mut().set_style(typed, paint.role("popup.input"));
    Typed::of(&originals.input, usize::from(typed.width)).draw(paint.role("popup.input"), frame, typed);
}

/// What the bugs are to be.
pub(super) fn is(originals: &Originals) -> &'static str {
    IS[usize::from(originals.bugs.len() > 1)]
}

/// What is said where there is no bug to pick.
pub(super) fn nothing(app: &App, originals: &Originals) -> &'static str {
    match originals.is_searching() {
        true => "looking …",
        false if app.leaves_no_original(originals) => {
            "every bug of the report is among them: none is left to be repeated; unmark the one that stays"
        }
        false => "no other bug matches",
    }
}

fn draw_list(
    app: &App,
    originals: &Originals,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    (list, first): (Rect, usize),
) {
    if originals.found.is_empty() {
        let said = wrap_text(nothing(app, originals), paint.role("quiet"), usize::from(list.width));
        write(&said, frame, list);
        return;
    }
    let shown = originals.found.iter().copied().enumerate().skip(first);
    for (y, (at, bug)) in (list.y..list.bottom()).zip(shown) {
        let row = Rect { y, height: 1, ..list };
        paint::put(
            frame.buffer_mut(),
            (row.x, y),
            &line(app, bug, usize::from(list.width), paint),
            row.width,
        );
        if at == originals.at {
            paint.lay("popup.cursor", frame.buffer_mut(), row);
        }
    }
}

fn line(app: &App, bug: BugIx, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let report = app.session.report();
    let level = app.session.level(bug);
    let id = display::clip_middle(&display::brief(&report.handle(bug)), IDS).into_owned();
    let mut spans = vec![
        Span::styled(format!("{id}  "), paint.role("emphasis")),
        Span::styled(format!("{}  ", app.level_key(level)), paint.level(app, level)),
    ];
    let taken: usize = spans.iter().map(Span::width).sum();
    let title = report.title(bug);
    let title = display::clip(&display::brief(&title), width.saturating_sub(taken)).into_owned();
    spans.push(Span::styled(title, paint.role("text")));
    spans.into()
}

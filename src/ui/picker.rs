//! One of several to be picked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::popup::{boxed, foot};
use crate::app::picker::{Choice, Use};
use crate::app::{Drawn, Picker};
use crate::text::display;

/// How wide a picker is at most.
const WIDTH: usize = 96;

/// The keys of a picker, as the lower border says them.
const KEYS: &str = " Enter take · Esc back ";

/// The least room that is worth saying something in what a choice means.
const ABOUT: usize = 12;

pub(super) fn draw(picker: &Picker, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let title = match picker.usage {
        Use::Scope | Use::InRationale => "What does it really affect?",
        Use::Status => "What has become of it?",
        Use::Rule => "Which rule does it stand under?",
        Use::Order => "Sort by",
    };
    let height = u16::try_from(picker.choices.len()).unwrap_or(u16::MAX);
    let names = picker.choices.iter().map(|choice| display::width(&choice.name)).max().unwrap_or(0);
    let about = picker.choices.iter().map(|choice| display::width(&choice.about)).max().unwrap_or(0);
    let area = boxed(title, (names + about + 7).min(WIDTH) as u16, height, paint, frame);
    foot(KEYS, paint, frame, area);
    let about = usize::from(area.width).saturating_sub(names + 6);
    let first = (picker.at + 1).saturating_sub(usize::from(area.height));
    for (y, (at, choice)) in (area.y..area.bottom()).zip(picker.choices.iter().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..area };
        frame.buffer_mut().set_line(row.x, y, &line(choice, (names, about), paint), row.width);
        if at == picker.at {
            frame.buffer_mut().set_style(row, paint.role("popup.cursor"));
        }
    }
    (drawn.hits.choices, drawn.hits.first) = (paint::area(area), first);
}

fn line(choice: &Choice, (names, about): (usize, usize), paint: &Paint<'_>) -> Line<'static> {
    let said = display::brief(&choice.about);
    let said = if about < ABOUT { String::new() } else { display::clip(&said, about).into_owned() };
    let key = choice.key.map_or_else(|| " ".to_owned(), String::from);
    vec![
        Span::styled(format!(" {key}  "), paint.role("footer.key")),
        Span::styled(display::fit(&display::brief(&choice.name), names + 2), paint.role("header.title")),
        Span::styled(said, paint.role("quiet")),
    ]
    .into()
}

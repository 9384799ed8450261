//! The order of the list being picked.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{Paint, area};
use super::popup::boxed;
use crate::app::sort::{ORDERS, arrow};
use crate::app::{App, Drawn, Sorting};
use crate::text::display;

/// How wide the names of orders are.
const NAME: usize = 12;

/// How wide the popup is.
const WIDTH: u16 = 76;

pub(super) fn draw(app: &App, sorting: Sorting, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let place = boxed("Sort by", WIDTH, ORDERS.len() as u16, paint, frame);
    let first = (sorting.at + 1).saturating_sub(usize::from(place.height));
    for (y, at) in (place.y..place.bottom()).zip(first..ORDERS.len()) {
        let row = Rect { y, height: 1, ..place };
        frame.buffer_mut().set_line(row.x, y, &line(app, at, usize::from(row.width), paint), row.width);
        if at == sorting.at {
            frame.buffer_mut().set_style(row, paint.role("popup.cursor"));
        }
    }
    (drawn.hits.choices, drawn.hits.first) = (area(place), first);
}

/// `↑ s  severity    the most severe first`: the sign is on the order that the list has, which turns it round.
fn line(app: &App, at: usize, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let (by, key, name, about) = ORDERS[at];
    let order = app.ui.view.order();
    let (sign, about) = match order.by == by {
        true => (arrow(order), format!("{about}; again: the other way round")),
        false => (" ", about.to_owned()),
    };
    vec![
        Span::styled(format!("{sign} {key}  "), paint.role("footer.key")),
        Span::styled(display::fit(name, NAME), paint.role("header.title")),
        Span::styled(display::clip(&about, width.saturating_sub(NAME + 5)).into_owned(), paint.role("quiet")),
    ]
    .into()
}

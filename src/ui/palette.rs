//! The palette of actions: what is typed, and what matches it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::popup::{boxed, foot, write};
use super::typing::Typed;
use super::wrap::wrap;
use crate::app::palette::Offer;
use crate::app::{Drawn, Palette};
use crate::text::display;

/// How wide the palette is, and how many actions it shows at most.
const SIZE: (u16, u16) = (92, 20);

/// From which width on the names that settings use are shown.
const NAMED: usize = 64;

/// How wide names are.
const NAME: usize = 22;

pub(super) fn draw(palette: &Palette, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    let area = boxed("Actions", SIZE.0, SIZE.1 + 1, paint, frame);
    if area.is_empty() {
        return;
    }
    let row = Rect { height: 1, ..area };
    frame.buffer_mut().set_style(row, paint.role("popup.input"));
    Typed::of(&palette.input, usize::from(row.width)).draw(paint.role("popup.input"), frame, row);
    let width = usize::from(area.width);
    let chosen = palette.chosen();
    let cut = chosen.map(|(_, offer)| offer).filter(|offer| is_cut(offer, width));
    let told = cut.map(|offer| told(offer, width, paint)).unwrap_or_default();
    let below = (told.len() as u16).min((area.height - 1) / 2);
    let list = Rect { y: area.y + 1, height: area.height - 1 - below, ..area };
    write(&told, frame, Rect { y: list.bottom(), height: below, ..area });
    let first = (palette.at + 1).saturating_sub(usize::from(list.height));
    for (y, (at, offer)) in (list.y..list.bottom()).zip(palette.matching().enumerate().skip(first)) {
        let row = Rect { y, height: 1, ..list };
        paint::put(frame.buffer_mut(), (row.x, y), &line(offer, usize::from(row.width), paint), row.width);
        if chosen.is_some_and(|(chosen, _)| at == chosen) {
            paint.lay("popup.cursor", frame.buffer_mut(), row);
        }
    }
    if palette.matching().len() == 0 && list.height > 0 {
        let said = display::clip("no such thing; Backspace takes back", usize::from(list.width)).into_owned();
        frame.buffer_mut().set_string(list.x, list.y, said, paint.role("quiet"));
    }
    (drawn.hits.choices, drawn.hits.first) = (paint::area(list), first);
    let of = palette.matching().len();
    let place = match chosen {
        Some((at, _)) => format!("{} of {of} · Enter run", at + 1),
        None => format!("{of} alike"),
    };
    let place = if of == 0 { String::new() } else { format!("{place} · ↑ ↓ choose · ") };
    foot(&format!(" {place}Esc close "), paint, frame, area);
}

/// Whether the line of an action is too short for it.
fn is_cut(offer: &Offer, width: usize) -> bool {
    let (_, keys, room) = parts(offer, width);
    display::width(&offer.help) > room || keys != offer.keys
}

/// An action in full.
fn told(offer: &Offer, width: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let spans = [
        Span::styled(offer.help.clone(), paint.role("text")),
        Span::styled(format!("  {}", offer.keys), paint.role("footer.key")),
    ];
    wrap(&spans, width)
}

fn line(offer: &Offer, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let (name, keys, room) = parts(offer, width);
    vec![
        Span::styled(name, paint.role("quiet")),
        Span::styled(display::fit(&display::clip(&offer.help, room), room), paint.role("text")),
        Span::raw(" "),
        Span::styled(keys, paint.role("footer.key")),
    ]
    .into()
}

/// The name and the keys of an action as they stand in its line, and how much room is between them.
fn parts(offer: &Offer, width: usize) -> (String, String, usize) {
    let keys = display::clip(&offer.keys, width / 3).into_owned();
    let name = if width < NAMED { String::new() } else { display::fit(&offer.name, NAME) };
    let room = width.saturating_sub(display::width(&name) + display::width(&keys) + 1);
    (name, keys, room)
}

//! The rationale popup: what the decision does, to which bugs, and why.

mod head;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::footer;
use super::paint::Paint;
use super::popup::{boxed, foot, write};
use super::typing::Typed;
use super::wrap::wrap_text;
use crate::app::rationale::{OFFERS, Offer};
use crate::app::{App, Drawn, Rationale};
use crate::text::{counted, display};
use crate::triage::Kind;
use head::Head;

/// How wide the popup is.
const WIDTH: u16 = 76;

/// How many rows the text gets at least, and how many it may take before the box grows for it.
const TEXT: (usize, usize) = (2, 8);

/// How many rows the line above the text and the keys take.
const FIXED: usize = 2;

pub(super) fn draw(
    app: &App,
    rationale: &Rationale,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    drawn: &mut Drawn,
) {
    let width = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)));
    let typed = Typed::of(&rationale.text, width);
    let head = Head { app, rationale, paint, width };
    let facts = head.lines();
    drawn.typed = width;
    let others = rationale.offers().count().saturating_sub(1);
    let offered = (others + chosen_rows(rationale, width, paint).len()).min(OFFERS);
    let (text, below) = (typed.rows.len().max(TEXT.0), if offered == 0 { 0 } else { offered + 1 });
    // The box keeps its size while offers come and go.
    let usual = text.min(TEXT.1) + OFFERS + 1;
    let height = facts.len() + usual.max(text + below) + FIXED;
    let area = boxed(&title(rationale), WIDTH, u16::try_from(height).unwrap_or(u16::MAX), paint, frame);
    let short = head.short();
    let wanted = [facts.len(), text, below];
    let [tall, text, below] = shares(wanted, short.least(), usize::from(area.height).saturating_sub(FIXED));
    let (facts, hidden) = if tall < facts.len() { short.rows(tall, width, drawn) } else { (facts, (0, 0)) };
    let read_on = match hidden {
        (0, 0) => None,
        (above, 0) => Some(format!(" {} above · PgUp reads back ", counted(above, "line"))),
        (_, below) => Some(format!(" {} · PgDn PgUp read on ", counted(below, "more line"))),
    };
    read_on.into_iter().for_each(|said| foot(&said, paint, frame, area));
    let area = write(&facts, frame, area);
    let (area, last) = split_last(area);
    let area = write(&[rule(rationale, usize::from(area.width), paint)], frame, area);
    let (text, area) = split_at(area, text);
    let offers = offers(rationale, below.saturating_sub(usize::from(below > 1)), width, paint);
    let place = format!("{} of {}", rationale.chosen() + 1, rationale.offers().count());
    write(&separated(offers, &place, below > 1, paint, width), frame, area);
    write(&[footer::keys(paint, &keys(rationale), usize::from(last.width))], frame, last);
    typed.draw(paint.role("popup.input"), frame, text);
}

/// The same in lines, with the offer that `Tab` takes.
pub(super) fn spoken(
    app: &App,
    rationale: &Rationale,
    paint: &Paint<'_>,
    width: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::raw(title(rationale))];
    lines.extend(Head { app, rationale, paint, width }.lines());
    lines.push(rule(rationale, 0, paint));
    lines.push(footer::keys(paint, &keys(rationale), width));
    let (at, of) = (rationale.chosen(), rationale.offers().count());
    lines.extend(rationale.offers().nth(at).map(|offer| {
        let (text, from) = (display::brief(&offer.text), display::brief(&offer.from));
        Line::raw(format!("{} of {of} on offer: {text} ({from})", at + 1))
    }));
    lines
}

/// How many rows what is decided, the text and the offers get of `room`, where they want so many. What is decided
/// keeps so many as it needs to be read on in, then so many as have what was chosen; the offer that would be taken
/// stays in sight as long as those do.
fn shares(mut wanted: [usize; 3], (read, chosen): (usize, usize), room: usize) -> [usize; 3] {
    let least = [(2, 3), (1, TEXT.0), (0, read), (2, 1), (1, 1), (0, chosen), (2, 0), (0, 0)];
    for (at, least) in least {
        let over = wanted.iter().sum::<usize>().saturating_sub(room);
        wanted[at] -= over.min(wanted[at].saturating_sub(least));
    }
    wanted
}

/// What sort of decision it is, and which of how many.
fn title(rationale: &Rationale) -> String {
    let place = rationale.place.map(|(at, of)| format!(" · {at} of {of}"));
    format!("{}{}", named(rationale), place.unwrap_or_default())
}

fn named(rationale: &Rationale) -> &'static str {
    match rationale.kind {
        Kind::Note => "Note",
        Kind::Status => "Set status",
        Kind::Fixed => "Record a fix",
        Kind::Confirmed => "Confirm",
        _ if rationale.set.severity.is_keep() => "Set the scope",
        _ => "Reclassify",
    }
}

/// What keys do in it; of several decisions that wait, leaving one leaves all.
fn keys(rationale: &Rationale) -> Vec<(String, &'static str)> {
    let leave = match rationale.place {
        Some((at, of)) if at < of => "leave the rest",
        _ if rationale.goes_back() => "back",
        _ => "leave",
    };
    let offers = rationale.offers().next().map(|_| ("Tab", "take offer"));
    let keys = [("Enter", "record"), ("Esc", leave)].into_iter().chain(offers);
    let keys = keys.chain([("Alt-Enter", "new line"), ("Ctrl-e", "editor")]);
    keys.map(|(key, does)| (key.to_owned(), does)).collect()
}

/// The line above the text: what it is, how much of it is missing, and why it was refused.
fn rule(rationale: &Rationale, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let missing = rationale.minimum().saturating_sub(rationale.length());
    let (said, role) = match (&rationale.refused, missing) {
        (Some(refused), _) => (format!(" ! {} ", display::brief(refused)), "error"),
        (None, 0) => (" rationale ".to_owned(), "quiet"),
        (None, missing) => (format!(" rationale, {} needed ", counted(missing, "more character")), "quiet"),
    };
    let is_cut = width > 0 && display::width(&said) + 1 > width;
    let said = match (is_cut, &rationale.refused) {
        (false, _) => said,
        (true, None) => format!(" rationale, {} ", counted(missing, "more character")),
        (true, Some(_)) => display::clip(said.trim_end(), width.saturating_sub(1)).into_owned(),
    };
    let rest = width.saturating_sub(display::width(&said) + 1);
    vec![
        Span::styled("─", paint.role("border")),
        Span::styled(said, paint.role(role)),
        Span::styled("─".repeat(rest), paint.role("border")),
    ]
    .into()
}

/// As many offers as there are rows, the chosen one among them.
/// As many offers as fit, with the chosen one in sight.
fn offers(rationale: &Rationale, rows: usize, width: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let mut chosen = chosen_rows(rationale, width, paint);
    if chosen.len() > rows {
        chosen = rationale
            .offers()
            .nth(rationale.chosen())
            .map(|offer| chosen_line(offer, width, paint))
            .into_iter()
            .collect();
    }
    let first = (rationale.chosen() + chosen.len()).saturating_sub(rows);
    let shown = rationale.offers().enumerate().skip(first);
    let lines = shown.flat_map(|(at, offer)| match at == rationale.chosen() {
        true => std::mem::take(&mut chosen),
        false => vec![offer_line(offer, width, paint)],
    });
    lines.take(rows).collect()
}

/// The offer that would be taken, in as many rows as it takes.
fn chosen_rows(rationale: &Rationale, width: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let Some(offer) = rationale.offers().nth(rationale.chosen()) else { return Vec::new() };
    let (room, style) = (width.saturating_sub(2), paint.role("popup.cursor"));
    let mut lines = wrap_text(&display::brief(&offer.text), style, room);
    for (at, line) in lines.iter_mut().enumerate() {
        line.spans.insert(0, Span::styled(if at == 0 { "› " } else { "  " }, style));
    }
    if let Some(last) = lines.last_mut() {
        let from = format!(" {}", display::brief(&offer.from));
        let left = width.saturating_sub(last.width() + display::width(&from));
        if last.width() + display::width(&from) <= width {
            last.spans.push(Span::styled(" ".repeat(left), style));
            last.spans.push(Span::styled(from, paint.role("quiet")));
        }
    }
    lines
}

/// The same on the only row that there is room for.
fn chosen_line(offer: &Offer, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let text = display::brief(&offer.text).into_owned();
    let text = display::clip_between_words(&text, width.saturating_sub(2));
    Line::styled(format!("› {text}"), paint.role("popup.cursor"))
}

/// Another offer on one row; where it comes from gives way to what it says.
fn offer_line(offer: &Offer, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let (room, text) = (width.saturating_sub(2), display::brief(&offer.text).into_owned());
    let from = format!(" {}", display::brief(&offer.from));
    let (from, room) = match room.checked_sub(display::width(&from)) {
        Some(room) if display::width(&text) <= room => (from, room),
        _ => (String::new(), room),
    };
    let text = display::fit(&display::clip_between_words(&text, room), room);
    vec![Span::styled(format!("  {text}"), paint.role("text")), Span::styled(from, paint.role("quiet"))]
        .into()
}

/// The offers under a line of their own, where there is room for one.
fn separated(
    offers: Vec<Line<'static>>,
    place: &str,
    has_room: bool,
    paint: &Paint<'_>,
    width: usize,
) -> Vec<Line<'static>> {
    if offers.is_empty() || !has_room {
        return offers;
    }
    let said = format!("─ offers, {place} ");
    let rest = "─".repeat(width.saturating_sub(display::width(&said)));
    let mut lines = vec![Line::styled(format!("{said}{rest}"), paint.role("quiet"))];
    lines.extend(offers);
    lines
}

fn split_last(area: Rect) -> (Rect, Rect) {
    let foot = area.height.min(1);
    let above = Rect { height: area.height - foot, ..area };
    (above, Rect { y: above.bottom(), height: foot, ..area })
}

fn split_at(area: Rect, rows: usize) -> (Rect, Rect) {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    let above = Rect { height: rows, ..area };
    (above, Rect { y: above.bottom(), height: area.height - rows, ..area })
}

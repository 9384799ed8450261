//! What is on the screen before a report is open: the reports to choose from, and how far an opening has come.

use ratatui::Frame;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use super::typing::Typed;
use super::wrap::wrap_text;
use super::{footer, seal};
use crate::app::lobby::{Lobby, Offer};
use crate::config::Theme;
use crate::text::{counted, display};

/// The widest and narrowest that the names of reports are cut to, and the narrowest that a title gets.
const NAME_MOST: usize = 32;
const NAME_LEAST: usize = 12;
const TITLE_LEAST: usize = 12;

/// The room that is kept for how far a review has come.
const STATE: usize = 18;

/// Draws the reports to choose from; `None` while they are still looked for.
pub fn draw_lobby(lobby: Option<&Lobby>, theme: &Theme, frame: &mut Frame<'_>) {
    let paint = Paint::new(theme);
    let screen = frame.area();
    frame.buffer_mut().set_style(screen, paint.ground());
    let area = screen.inner(Margin::new(screen.width.min(1), 0));
    match lobby {
        None => put(frame, area, 0, &Line::styled("looking for reports …", paint.role("quiet"))),
        Some(lobby) => draw(lobby, &paint, frame, area),
    }
    seal(frame.buffer_mut());
}

/// Draws how far the opening of a report has come, `said` being that in words.
pub fn draw_opening(name: &str, said: &str, percent: Option<u8>, theme: &Theme, frame: &mut Frame<'_>) {
    let paint = Paint::new(theme);
    let screen = frame.area();
    frame.buffer_mut().set_style(screen, paint.ground());
    let area = screen.inner(Margin::new(screen.width.min(1), 0));
    let width = usize::from(area.width);
    let name = display::clip(&display::brief(name), width).into_owned();
    put(frame, area, 0, &Line::styled(name, paint.role("header.title")));
    if let Some(percent) = percent {
        put(frame, area, 2, &gauge(percent, width.saturating_sub(2).min(40), &paint));
    }
    let said = percent.map_or_else(|| format!("{said} …"), |percent| format!("{said} {percent} %"));
    put(frame, area, 3, &Line::styled(said, paint.role("quiet")));
    foot(&[("Ctrl-c", "give it up")], &paint, frame, area);
    seal(frame.buffer_mut());
}

fn gauge(percent: u8, long: usize, paint: &Paint<'_>) -> Line<'static> {
    let done = long * usize::from(percent.min(100)) / 100;
    vec![
        Span::styled("━".repeat(done), paint.role("progress.done")),
        Span::styled("╌".repeat(long - done), paint.role("progress.rest")),
    ]
    .into()
}

fn draw(lobby: &Lobby, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let count = count(lobby);
    let head = vec![
        Span::styled(asked(lobby), paint.role("header.title")),
        Span::styled(format!("  {count}"), paint.role("quiet")),
    ];
    put(frame, area, 0, &head.into());
    let prompt = Span::styled("/ ", paint.role("footer.key"));
    let input = Rect { y: area.y + 1, height: area.height.saturating_sub(1).min(1), ..area };
    let input = Rect { x: input.x + 2, width: input.width.saturating_sub(2), ..input };
    put(frame, area, 1, &prompt.into());
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(5), ..area };
    rows(lobby, paint, frame, list.intersection(area));
    match &lobby.refused {
        Some(refused) => refusal(refused, paint, frame, area),
        None => foot(keys(lobby), paint, frame, area),
    }
    Typed::of(&lobby.input, usize::from(input.width)).draw(paint.role("popup.input"), frame, input);
}

/// `45 reports · 9 recent`, or how many of all match.
pub(super) fn count(lobby: &Lobby) -> String {
    let (shown, whole, recent) = (lobby.offers().len(), lobby.whole(), lobby.recent());
    match (whole - recent, recent) {
        _ if shown != whole => format!("{shown} of {}", counted(whole, "report")),
        (_, 0) => counted(whole, "report"),
        (0, recent) => format!("{recent} recent"),
        (here, recent) => format!("{} · {recent} recent", counted(here, "report")),
    }
}

pub(super) fn asked(lobby: &Lobby) -> &'static str {
    let none = lobby.offers().next().is_some() && lobby.offers().all(|offer| offer.recent);
    if none { "No report here; one opened before?" } else { "Which report?" }
}

pub(super) fn keys(lobby: &Lobby) -> &'static [(&'static str, &'static str)] {
    match (lobby.input.text().is_empty(), lobby.offers().len()) {
        (true, _) => &[("Enter", "open"), ("↑ ↓", "choose"), ("Esc", "leave")],
        (false, 0) => &[("Esc", "clear")],
        (false, _) => &[("Enter", "open"), ("↑ ↓", "choose"), ("Esc", "clear")],
    }
}

fn rows(lobby: &Lobby, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    if lobby.offers().len() == 0 {
        return put(frame, area, 0, &Line::styled("no report matches", paint.role("quiet")));
    }
    let first = (lobby.at() + 1).saturating_sub(usize::from(area.height));
    let names = lobby.offers().map(|offer| display::width(&display::brief(&offer.name))).max().unwrap_or(0);
    let width = usize::from(area.width);
    let most = NAME_MOST.max(width / 3).min(width.saturating_sub(STATE)).max(NAME_LEAST);
    let names = names.min(most).min(width.saturating_sub(2));
    let shown = lobby.offers().enumerate().skip(first);
    for (y, (at, offer)) in (0..area.height).zip(shown) {
        put(frame, area, y, &row(offer, (names, width), paint));
        if at == lobby.at() {
            paint.lay("popup.cursor", frame.buffer_mut(), Rect { y: area.y + y, height: 1, ..area });
        }
    }
}

/// `nightly.md   Nightly report   7/22 reviewed · 3 unsaved`.
fn row(offer: &Offer, (names, width): (usize, usize), paint: &Paint<'_>) -> Line<'static> {
    let state = format!("  {}", state(offer));
    let name = display::brief(&offer.name);
    let name = display::fit(&display::clip_start(&name, names), names);
    let mut spans = vec![Span::styled(format!(" {name}"), paint.role("list.id"))];
    let left = width.saturating_sub(names + 1);
    let title = left.saturating_sub(display::width(&state) + 2);
    if title >= TITLE_LEAST {
        let said = display::fit(&display::brief(&display::unmarked(&offer.title)), title);
        spans.push(Span::styled(format!("  {said}"), paint.role("list")));
    }
    spans.push(Span::styled(display::clip(&state, left).into_owned(), paint.role("quiet")));
    spans.into()
}

/// `7/22 reviewed · 3 unsaved`.
pub(super) fn state(offer: &Offer) -> String {
    let mut state = format!("{}/{} reviewed", offer.reviewed, offer.bugs);
    if offer.unsaved > 0 {
        state.push_str(&format!(" · {} unsaved", offer.unsaved));
    }
    if offer.recent {
        state.push_str(" · recent");
    }
    state
}

fn refusal(refused: &str, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let said = format!("! {}", display::brief(refused));
    let lines = wrap_text(&said, paint.role("toast.warning"), usize::from(area.width));
    let top = area.height.saturating_sub(lines.len() as u16);
    (top..area.height).zip(&lines).for_each(|(y, line)| put(frame, area, y, line));
}

fn foot(keys: &[(&str, &'static str)], paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let keys: Vec<(String, &str)> = keys.iter().map(|(key, does)| ((*key).to_owned(), *does)).collect();
    let line = footer::keys(paint, &keys, usize::from(area.width));
    put(frame, area, area.height.saturating_sub(1), &line);
}

fn put(frame: &mut Frame<'_>, area: Rect, row: u16, line: &Line<'_>) {
    if row < area.height {
        paint::put(frame.buffer_mut(), (area.x, area.y + row), line, area.width);
    }
}

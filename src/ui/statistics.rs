//! The numbers of a review as charts, where there is room for them; else they are read as a page.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Bar, BarChart, Gauge, Paragraph, Widget, Wrap};

use super::paint::{self, Paint};
use super::popup::{boxed, foot};
use crate::app::App;
use crate::app::page::{Kind, Page};
use crate::app::statistics::{decisions, pace, row_names};
use crate::methodology::LevelId;
use crate::text::{counted, display};
use crate::triage::Statistics;

/// The least room that charts are drawn in, within the frame.
const LEAST: (u16, u16) = (72, 20);

/// How large the charts are at most.
const MOST: (u16, u16) = (112, 30);

/// How many rows pace and progress take, with the gaps beside them.
const FIXED: u16 = 5;

/// The fewest rows that scopes, statuses and decisions get, with their names.
const LOWER_LEAST: u16 = 5;

/// Draws the charts; `false` where they do not fit, are not known yet, or something is looked for.
pub(super) fn draw(app: &App, page: &Page, paint: &Paint<'_>, frame: &mut Frame<'_>) -> bool {
    let Kind::Statistics(Some(numbers)) = &page.kind else { return false };
    let screen = frame.area();
    let rows = (0..numbers.moves.len()).filter(|row| numbers.level(*row) != (0, 0)).collect::<Vec<_>>();
    let upper = (2 * rows.len() + 1) as u16;
    let fits = screen.width >= LEAST.0 + 4 && screen.height >= LEAST.1 + 2;
    let fits = fits && screen.height.saturating_sub(2) >= upper + FIXED + LOWER_LEAST;
    if !fits || page.search.is_on() {
        return false;
    }
    let made = decisions(numbers).map(|(name, saved, pending)| (name.to_owned(), saved + pending));
    let made: Vec<(String, usize)> = made.collect();
    let longest = numbers.scopes.len().max(numbers.statuses.len()).max(made.len());
    let lower = LOWER_LEAST.max(longest.min(usize::from(MOST.1)) as u16 + 1);
    let area = boxed(&page.title, MOST.0, MOST.1.min(upper + FIXED + lower), paint, frame);
    let parts = [
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(upper),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(2),
    ];
    let [progress, _, upper, _, lower, last] = Layout::vertical(parts).areas(area);
    gauge(numbers, paint, frame, progress);
    let [bars, matrix] =
        Layout::horizontal([Constraint::Percentage(56), Constraint::Fill(1)]).spacing(3).areas(upper);
    levels(app, numbers, &rows, paint, frame, bars);
    moves(app, numbers, &rows, paint, frame, matrix);
    let [scopes, statuses, kinds] = Layout::horizontal([Constraint::Fill(1); 3]).spacing(3).areas(lower);
    breakdown("Scopes", &numbers.scopes, paint, frame, scopes);
    breakdown("Statuses", &numbers.statuses, paint, frame, statuses);
    breakdown("Decisions", &made, paint, frame, kinds);
    Paragraph::new(pace(numbers))
        .style(paint.role("quiet"))
        .wrap(Wrap { trim: true })
        .render(last, frame.buffer_mut());
    foot(" / search, as a list · Esc close ", paint, frame, area);
    true
}

fn gauge(numbers: &Statistics, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (done, all) = (numbers.reviewed, numbers.bugs);
    let ratio = if all == 0 { 0.0 } else { done as f64 / all as f64 };
    let label = format!("{done} of {} reviewed", counted(all, "bug"));
    let gauge = Gauge::default().ratio(ratio.clamp(0.0, 1.0)).label(label).use_unicode(true);
    gauge.gauge_style(paint.role("progress.done")).render(area, frame.buffer_mut());
}

/// Two bars a level: how many bugs it had before, and has now.
fn levels(
    app: &App,
    numbers: &Statistics,
    rows: &[usize],
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let names = row_names(app.session.methodology());
    let width = rows.iter().map(|row| display::width(&names[*row])).max().unwrap_or(0);
    let digits = numbers.bugs.to_string().len();
    let bars = rows.iter().flat_map(|row| {
        let (before, now) = numbers.level(*row);
        let style = paint.solid(app, u8::try_from(*row).ok().map(LevelId));
        let name = display::fit(&names[*row], width);
        let bar = |label: String, count: usize| {
            let value = Bar::default().value(count as u64).text_value("");
            value.label(Line::from(format!("{label} {count:>digits$} "))).style(style).value_style(style)
        };
        [bar(format!("{name} before"), before), bar(format!("{}    now", " ".repeat(width)), now)]
    });
    let bars: Vec<Bar<'_>> = bars.collect();
    heading("Severity", paint, frame, area);
    let chart = BarChart::horizontal(bars).bar_width(1).bar_gap(0).label_style(paint.role("text"));
    chart.render(under(area), frame.buffer_mut());
}

/// From which level to which: a row for each before, a column for each now.
fn moves(
    app: &App,
    numbers: &Statistics,
    rows: &[usize],
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let names = row_names(app.session.methodology());
    heading("From (rows) to (columns)", paint, frame, area);
    let area = under(area);
    let cell = |text: &str| format!("{text:>6}");
    let head: String = rows.iter().map(|row| cell(&display::clip(&names[*row], 5))).collect();
    let mut lines = vec![Line::styled(format!("{:6}{head}", ""), paint.role("quiet"))];
    for from in rows {
        let mut spans = vec![Span::styled(display::fit(&names[*from], 6), paint.role("quiet"))];
        for to in rows {
            let count = numbers.moves[*from][*to];
            let role = if from == to || count == 0 { "quiet" } else { "emphasis" };
            let text = if count == 0 { "·".to_owned() } else { count.to_string() };
            spans.push(Span::styled(cell(&text), paint.role(role)));
        }
        lines.push(spans.into());
    }
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        let line = if line.width() > usize::from(area.width) {
            Line::from(display::clip(&line.to_string(), usize::from(area.width)).into_owned())
        } else {
            line
        };
        paint::put(frame.buffer_mut(), (area.x, y), &line, area.width);
    }
}

/// How many there are of each, the most first, as far as there is room.
fn breakdown(title: &str, counts: &[(String, usize)], paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    heading(title, paint, frame, area);
    let area = under(area);
    let mut counts: Vec<&(String, usize)> = counts.iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let room = usize::from(area.height);
    let shown = if counts.len() > room { room.saturating_sub(1) } else { counts.len() };
    let mut lines: Vec<Line<'static>> = counts[..shown]
        .iter()
        .map(|(name, count)| {
            let name = display::clip(name, usize::from(area.width).saturating_sub(8)).into_owned();
            vec![
                Span::styled(format!("{count:>6}  "), paint.role("emphasis")),
                Span::styled(name, paint.role("text")),
            ]
            .into()
        })
        .collect();
    if shown < counts.len() {
        lines.push(Line::styled(format!("     … and {} more", counts.len() - shown), paint.role("quiet")));
    }
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        paint::put(frame.buffer_mut(), (area.x, y), &line, area.width);
    }
}

fn heading(title: &str, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let title = display::clip(title, usize::from(area.width)).into_owned();
    if area.height > 0 {
        frame.buffer_mut().set_string(area.x, area.y, title, paint.role("detail.heading"));
    }
}

fn under(area: Rect) -> Rect {
    Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area }
}

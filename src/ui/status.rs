//! How far the review has come, how severe the report is before and after, and what is unsaved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{self, Paint};
use crate::app::{App, Busy, Underneath};
use crate::config::Action;
use crate::methodology::LevelId;
use crate::progress::{Share, Stage};
use crate::text::counted;

/// How wide the gauge of the review is at most.
const GAUGE: usize = 24;

/// How wide a severity bar is at most.
const BAR: usize = 20;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let width = usize::from(area.width);
    match area.height {
        0 => {}
        1 => put(buffer, area, 0, &one_line(app, paint, width)),
        _ => {
            put(buffer, area, 0, &progress(app, paint, width));
            put(buffer, area, 1, &severities(app, paint, width));
        }
    }
}

fn put(buffer: &mut Buffer, area: Rect, row: u16, line: &Line<'_>) {
    paint::put(buffer, (area.x, area.y + row), line, area.width);
}

fn one_line(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let said = if app.is_glimpse() { so_far(app) } else { reviewed_said(app) };
    let head = Span::styled(format!(" {said} "), paint.role("header.title"));
    let mut spans = if has_none(app) { Vec::new() } else { vec![head] };
    spans.extend(counts(app, paint));
    let mut long: usize = spans.iter().map(Span::width).sum();
    let mut saved = saved(app, paint);
    if long + saved.width() >= width && app.unsaved() > 0 && !is_at_work(app) {
        saved.content = format!("●{} ", app.unsaved()).into();
    }
    while long + saved.width() >= width
        && let [_, .., key, count] = &spans[..]
    {
        long -= key.width() + count.width();
        spans.truncate(spans.len() - 2);
    }
    let end = with_badges(app, paint, saved, width.saturating_sub(long));
    ended(spans, end, width)
}

fn progress(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    if has_none(app) {
        return ended(Vec::new(), with_badges(app, paint, saved(app, paint), width), width);
    }
    let said = if app.is_glimpse() { so_far(app) } else { format!("{} reviewed", reviewed_said(app)) };
    let mut spans = vec![Span::styled(format!(" {said} "), paint.role("header.title"))];
    let long = GAUGE.min(width.saturating_sub(50)).max(8);
    let filled = filled(app, long);
    spans.push(Span::styled("━".repeat(filled), paint.role("progress.done")));
    spans.push(Span::styled("╌".repeat(long - filled), paint.role("progress.rest")));
    let taken: usize = spans.iter().map(Span::width).sum();
    let end = with_badges(app, paint, saved(app, paint), width.saturating_sub(taken));
    ended(spans, end, width)
}

fn severities(app: &App, paint: &Paint<'_>, width: usize) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    spans.extend(counts(app, paint));
    let taken: usize = spans.iter().map(Span::width).sum();
    let room = width.saturating_sub(taken + 6) / 2;
    let mut bars = Vec::new();
    if room >= 6 && app.ui.counts.iter().any(|count| *count != (0, 0)) {
        let before = bar(app, paint, room.min(BAR), |count| count.0);
        let after = bar(app, paint, room.min(BAR), |count| count.1);
        bars.extend(before.clone());
        if after != before {
            bars.push(Span::styled(" → ", paint.role("quiet")));
            bars.extend(after);
        }
        bars.push(Span::raw(" "));
    }
    ended(spans, bars, width)
}

/// A line with something at its right end, where both fit.
fn ended(mut spans: Vec<Span<'static>>, end: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let taken: usize = spans.iter().chain(&end).map(Span::width).sum();
    if taken < width {
        spans.push(Span::raw(" ".repeat(width - taken)));
        spans.extend(end);
    }
    spans.into()
}

/// Whether there is nothing to review.
fn has_none(app: &App) -> bool {
    app.session.report().is_empty() && !app.is_glimpse()
}

/// How far the review has come, or before that the reading, on a scale of `long`.
fn filled(app: &App, long: usize) -> usize {
    let (done, all) = reviewed(app);
    match app.ui.share {
        _ if !app.is_glimpse() => share(done, all, long),
        Share { stage: Stage::Idle, .. } => 0,
        Share { stage: Stage::Reading, percent } => share(usize::from(percent), 100, long),
        _ => long,
    }
}

/// `1234+ bugs`: those that were read so far.
fn so_far(app: &App) -> String {
    format!("{} bugs", app.counted_so_far(app.session.report().len()))
}

fn reviewed_said(app: &App) -> String {
    let (done, all) = reviewed(app);
    format!("{done}/{all}")
}

fn reviewed(app: &App) -> (usize, usize) {
    (app.session.reviewed().len(), app.session.report().len())
}

/// What is unsaved, and before it the keys that wait and what else needs a look, the gravest first, in as many words as there is room
/// for.
fn with_badges(app: &App, paint: &Paint<'_>, saved: Span<'static>, room: usize) -> Vec<Span<'static>> {
    let (found, unfit) = (app.findings().len(), app.session.misfits().len());
    let underneath = match app.ui.underneath {
        Underneath::Same => None,
        Underneath::Proposed => Some(["! new proposals ".to_owned(), "!prop ".to_owned()]),
        Underneath::Changed => Some(["! changed on disk ".to_owned(), "!disk ".to_owned()]),
        Underneath::Gone => Some(["! gone from disk ".to_owned(), "!gone ".to_owned()]),
    };
    let unfit = (unfit > 0).then(|| [format!("! {unfit} to settle "), format!("!{unfit} unfit ")]);
    let held = if is_at_work(app) { app.ui.held.len() } else { 0 };
    let held = (held > 0).then(|| [format!("{} waiting ", counted(held, "key")), format!("+{held} ")]);
    let when = if app.unsaved() > 0 { "as saved " } else { "" };
    let check = Some(app.key_of(Action::Check)).filter(|key| !key.is_empty());
    let check = check.map_or_else(String::new, |key| format!("· {key} "));
    let findings = format!("! {} {when}", counted(found, "finding"));
    let found = (found > 0).then(|| vec![format!("{findings}{check}"), findings, format!("!{found} ")]);
    let mut left = room.saturating_sub(saved.width());
    let mut badges = Vec::new();
    let others = [held, underneath, unfit].into_iter().flatten().map(Vec::from);
    for said in others.chain(found) {
        let said = said.into_iter().map(|said| Span::styled(said, paint.role("warning")));
        let badge = said.into_iter().find(|badge| badge.width() < left);
        left -= badge.as_ref().map_or(0, Span::width);
        badges.extend(badge);
    }
    badges.into_iter().chain([saved]).collect()
}

/// Whether something is under way that keys wait for.
fn is_at_work(app: &App) -> bool {
    app.ui.busy.holds() || app.is_weighing()
}

fn saved(app: &App, paint: &Paint<'_>) -> Span<'static> {
    match (app.ui.busy, app.unsaved()) {
        (Busy::Saving | Busy::ThenQuit, _) => Span::styled(busy(app, "saving"), paint.role("list.changed")),
        (Busy::Opening, _) => Span::styled(opening(app), paint.role("list.changed")),
        (Busy::Reading, _) => Span::styled(busy(app, "reading"), paint.role("list.changed")),
        (Busy::Exporting, _) => Span::styled(busy(app, "exporting"), paint.role("list.changed")),
        _ if app.is_weighing() => Span::styled("weighing … ", paint.role("list.changed")),
        _ if app.ui.suggestions.is_declining() => Span::styled("declining … ", paint.role("list.changed")),
        _ if app.ui.holder.is_some() => Span::styled("read-only ", paint.role("warning")),
        (_, 0) if app.session.past().is_empty() || !app.session.misfits().is_empty() => Span::raw(""),
        (_, 0) if app.ui.uncommitted => Span::styled("! saved, not committed ", paint.role("warning")),
        (_, 0) => Span::styled("✓ saved ", paint.role("list.decided")),
        (_, unsaved) => Span::styled(format!("● {unsaved} unsaved "), paint.role("list.changed")),
    }
}

/// `reading 43 % `: how far the reading of a report has come of which only the first bugs are shown.
fn opening(app: &App) -> String {
    match app.ui.share.stage {
        Stage::Finding => "finding the bugs … ".to_owned(),
        _ => busy(app, "reading"),
    }
}

/// `saving 43 % `: what is under way, and how far it has come where that can be told.
fn busy(app: &App, what: &str) -> String {
    match app.ui.share {
        Share { stage: Stage::Reading | Stage::Writing, percent } => format!("{what} {percent} % "),
        Share { stage: Stage::Committing, .. } => "committing … ".to_owned(),
        _ => format!("{what} … "),
    }
}

/// `P0 22→1  P1 8→29  none 1`; levels that no bug has or had are left out.
fn counts(app: &App, paint: &Paint<'_>) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    for (level, (before, after)) in tallies(app).filter(|(_, count)| *count != (0, 0)) {
        let key = if level.is_some() { app.level_key(level) } else { "none" }.to_owned();
        spans.push(Span::styled(format!("{key} "), paint.level(app, level)));
        let said = if before == after {
            format!("{}  ", app.counted_so_far(before))
        } else {
            format!("{before}→{after}  ")
        };
        spans.push(Span::styled(said, paint.role(if before == after { "text" } else { "header.title" })));
    }
    spans
}

/// How many bugs each level has, before and after, and last how many have none.
fn tallies(app: &App) -> impl Iterator<Item = (Option<LevelId>, (usize, usize))> + '_ {
    let all = app.session.report().len();
    let none = |of: fn(&(usize, usize)) -> usize| all.saturating_sub(app.ui.counts.iter().map(of).sum());
    let none = (None, (none(|count| count.0), none(|count| count.1)));
    levels(app).map(|(level, count)| (Some(level), count)).chain([none])
}

/// The shares of the levels side by side, each in a shade of its own.
fn bar(
    app: &App,
    paint: &Paint<'_>,
    width: usize,
    of: impl Fn((usize, usize)) -> usize,
) -> Vec<Span<'static>> {
    let all: usize = app.ui.counts.iter().map(|count| of(*count)).sum();
    let (mut sum, mut drawn) = (0, 0);
    let mut spans = Vec::new();
    for (level, count) in levels(app) {
        sum += of(count);
        let end = share(sum, all, width);
        let shade = ["█", "▓", "▒", "░"][usize::from(level.0).min(3)];
        spans.push(Span::styled(shade.repeat(end - drawn), paint.solid(app, Some(level))));
        drawn = end;
    }
    spans.push(Span::raw(" ".repeat(width - drawn)));
    spans
}

fn levels(app: &App) -> impl Iterator<Item = (LevelId, (usize, usize))> + '_ {
    (0..).map(LevelId).zip(app.ui.counts.iter().copied())
}

/// `part` of `all` on a scale of `width`: full only for all of it, and something for anything.
fn share(part: usize, all: usize, width: usize) -> usize {
    match part {
        0 => 0,
        _ if part >= all => width,
        _ => (part * width / all).max(1).min(width.saturating_sub(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_is_full_only_when_all_is_done_and_empty_only_when_nothing_is() {
        assert_eq!([share(0, 0, 9), share(0, 5, 9), share(5, 5, 9)], [0, 0, 9]);
        assert_eq!([share(1, 1000, 9), share(999, 1000, 9)], [1, 8]);
    }
}

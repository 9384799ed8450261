//! The rationale popup: what the decision does, to which bugs, and why.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::footer;
use super::paint::Paint;
use super::popup::{boxed, write};
use super::typing::Typed;
use super::wrap::wrap;
use crate::app::rationale::{OFFERS, Offer};
use crate::app::{App, Blast, Rationale};
use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::text::display;
use crate::triage::Kind;

/// How wide the popup is.
const WIDTH: u16 = 76;

/// How many rows the text gets, at least and at most.
const TEXT: (usize, usize) = (2, 8);

/// How many lines of the from → to matrix are shown.
const MOVES: usize = 6;

pub(super) fn draw(app: &App, rationale: &Rationale, paint: &Paint<'_>, frame: &mut Frame<'_>) {
    let width = usize::from(WIDTH.min(frame.area().width.saturating_sub(4)));
    let typed = Typed::of(&rationale.text, width);
    let mut head = target(app, rationale, paint);
    head.extend(suggestion(app, rationale, paint));
    head.extend(wrap(&terms(app, rationale, paint), width));
    let offers: Vec<Line<'static>> = offers(rationale, width, paint);
    let text = typed.rows.len().clamp(TEXT.0, TEXT.1);
    let height = u16::try_from(head.len() + text + OFFERS + 3).unwrap_or(u16::MAX);
    let area = boxed(title(rationale.kind), WIDTH, height, paint, frame);
    let area = write(&head, frame, area);
    let (area, foot) = split_last(area);
    let area = write(&[rule(rationale, usize::from(area.width), paint)], frame, area);
    let (text, below) = split_at(area, text.min(usize::from(area.height).max(1)));
    write(&separated(offers, paint, width), frame, below);
    write(&[footer::keys(paint, &keys(), usize::from(foot.width))], frame, foot);
    typed.draw(paint.role("popup.input"), frame, text);
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Note => "Note",
        Kind::Status => "Set status",
        Kind::Confirmed => "Confirm",
        _ => "Reclassify",
    }
}

fn keys() -> Vec<(String, &'static str)> {
    let keys = [
        ("Enter", "record"),
        ("Esc", "leave"),
        ("Tab", "take offer"),
        ("Alt-Enter", "new line"),
        ("Ctrl-e", "editor"),
    ];
    keys.into_iter().map(|(key, does)| (key.to_owned(), does)).collect()
}

/// What the decision is about: one bug and its title, or how many and what becomes of them.
fn target(app: &App, rationale: &Rationale, paint: &Paint<'_>) -> Vec<Line<'static>> {
    match (rationale.bugs.len(), rationale.bugs.first()) {
        (1, Some(bug)) => one(app, rationale, bug, paint),
        _ => many(app, rationale, paint),
    }
}

fn one(app: &App, rationale: &Rationale, bug: BugIx, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let report = app.session.report();
    let handle = display::brief(&report.handle(bug)).into_owned();
    let mut spans = vec![Span::styled(handle, paint.role("emphasis")), Span::raw("  ")];
    if let To::Value(to) = rationale.set.severity {
        spans.extend(step(app, app.session.level(bug), Some(to), paint));
    }
    if let To::Value(status) = &rationale.set.status {
        spans.push(Span::styled(format!("status: {}", display::brief(status)), paint.role("header.title")));
    }
    let title = display::brief(&report.title(bug)).into_owned();
    let mut lines = vec![spans.into(), Line::styled(title, paint.role("quiet"))];
    if brings_in_line(app, rationale, bug) {
        lines.push(Line::styled("its sites disagree: this brings them in line", paint.role("warning")));
    }
    lines
}

/// Whether the level stays and the places that disagree with it change.
fn brings_in_line(app: &App, rationale: &Rationale, bug: BugIx) -> bool {
    let report = app.session.report();
    matches!(rationale.set.severity, To::Value(level) if report.level(bug) == Some(level))
        && !report.agrees(bug, &rationale.set.severity)
}

fn many(app: &App, rationale: &Rationale, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let blast = &rationale.blast;
    let mut head = vec![Span::styled(format!("{} bugs", blast.bugs), paint.role("emphasis"))];
    match (&rationale.set.severity, &rationale.set.status) {
        (To::Value(level), _) => {
            head.push(Span::styled(" → ", paint.role("quiet")));
            head.push(level_span(app, Some(*level), paint));
        }
        (_, To::Value(status)) => head
            .push(Span::styled(format!("  status: {}", display::brief(status)), paint.role("header.title"))),
        _ => {}
    }
    let mut lines = vec![head.into()];
    if !rationale.set.severity.is_keep() {
        lines.extend(moves(app, blast, paint));
    }
    lines.extend(warning(blast).map(|said| Line::styled(said, paint.role("warning"))));
    lines
}

/// `P0 → P1   20`, a line for each way that bugs go.
fn moves(app: &App, blast: &Blast, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let line = |(from, to, count): &(Option<LevelId>, Option<LevelId>, usize)| {
        let mut spans = vec![Span::styled(format!("{count:>6}  "), paint.role("header.title"))];
        spans.push(Span::styled(app.level_key(*from).to_owned(), paint.level(app, *from)));
        if from == to {
            spans.push(Span::styled(" stays", paint.role("quiet")));
        } else {
            spans.push(Span::styled(" → ", paint.role("quiet")));
            spans.push(Span::styled(app.level_key(*to).to_owned(), paint.level(app, *to)));
        }
        spans.into()
    };
    blast.moves.iter().take(MOVES).map(line).collect()
}

/// What a reviewer should know before hitting so many.
fn warning(blast: &Blast) -> Option<String> {
    let parts = [
        (blast.hidden, "hidden by the filter"),
        (blast.decided, "decided already"),
        (blast.unseen, "never seen"),
    ];
    let said: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// `P0 Critical → P2 Medium`.
fn step(app: &App, from: Option<LevelId>, to: Option<LevelId>, paint: &Paint<'_>) -> Vec<Span<'static>> {
    if from == to {
        return vec![level_span(app, to, paint)];
    }
    vec![level_span(app, from, paint), Span::styled(" → ", paint.role("quiet")), level_span(app, to, paint)]
}

fn level_span(app: &App, level: Option<LevelId>, paint: &Paint<'_>) -> Span<'static> {
    let levels = app.session.methodology().levels();
    let known = level.and_then(|level| levels.get(usize::from(level.0)));
    let said =
        known.map_or_else(|| "no severity".to_owned(), |level| format!("{} {}", level.key, level.name));
    Span::styled(said, paint.level(app, level))
}

/// The suggestion rule that it accepts, and how many more are to be looked at below it.
fn suggestion(app: &App, rationale: &Rationale, paint: &Paint<'_>) -> Option<Line<'static>> {
    let rule = display::brief(rationale.suggestion.as_deref()?).into_owned();
    let more = match app.ui.popups.len().saturating_sub(1) {
        0 => String::new(),
        more => format!(" · {more} more of other rules to come"),
    };
    Some(Line::styled(format!("as {rule} suggests{more}"), paint.role("quiet")))
}

/// The scope and the rule of the decision, each with the key that sets it.
fn terms(app: &App, rationale: &Rationale, paint: &Paint<'_>) -> Vec<Span<'static>> {
    let scope = match &rationale.set.scope {
        To::Value(scope) => display::brief(scope).into_owned(),
        _ => "as it is".to_owned(),
    };
    let rules = app.session.methodology().rules();
    let rule = rationale.rule.and_then(|number| rules.iter().find(|rule| rule.number == number));
    let rule = rule.map_or_else(|| "none".to_owned(), |rule| format!("{} {}", rule.number, rule.name));
    let (key, dim, value) = (paint.role("footer.key"), paint.role("quiet"), paint.role("header.title"));
    vec![
        Span::styled("Alt-s", key),
        Span::styled(" scope ", dim),
        Span::styled(scope, value),
        Span::styled("   Alt-r", key),
        Span::styled(" rule ", dim),
        Span::styled(rule, value),
    ]
}

/// The line above the text: what it is, how much of it is missing, and why it was refused.
fn rule(rationale: &Rationale, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let missing = rationale.minimum().saturating_sub(rationale.length());
    let (said, role) = match (&rationale.refused, missing) {
        (Some(refused), _) => (format!(" ! {} ", display::brief(refused)), "error"),
        (None, 0) => (" rationale ".to_owned(), "quiet"),
        (None, missing) => (format!(" rationale, {missing} more characters "), "quiet"),
    };
    let rest = width.saturating_sub(display::width(&said) + 1);
    vec![
        Span::styled("─", paint.role("border")),
        Span::styled(said, paint.role(role)),
        Span::styled("─".repeat(rest), paint.role("border")),
    ]
    .into()
}

fn offers(rationale: &Rationale, width: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
    let first = rationale.chosen().map_or(0, |at| (at + 1).saturating_sub(OFFERS));
    let shown = rationale.offers().enumerate().skip(first).take(OFFERS);
    shown.map(|(at, offer)| offer_line(offer, rationale.chosen() == Some(at), width, paint)).collect()
}

fn offer_line(offer: &Offer, chosen: bool, width: usize, paint: &Paint<'_>) -> Line<'static> {
    let from = format!(" {}", display::brief(&offer.from));
    let room = width.saturating_sub(display::width(&from) + 2);
    let text = display::fit(&display::brief(&offer.text), room);
    let mark = if chosen { "› " } else { "  " };
    let style = if chosen { paint.role("popup.cursor") } else { paint.role("text") };
    vec![Span::styled(format!("{mark}{text}"), style), Span::styled(from, paint.role("quiet"))].into()
}

/// The offers under a line of their own.
fn separated(offers: Vec<Line<'static>>, paint: &Paint<'_>, width: usize) -> Vec<Line<'static>> {
    if offers.is_empty() {
        return offers;
    }
    let said = "─ offers ";
    let rest = "─".repeat(width.saturating_sub(display::width(said)));
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

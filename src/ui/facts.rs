//! What matters about a bug before its text: where it stands, what is pending, what was decided.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::memory::{Text, Written};
use super::paint::Paint;
use super::row;
use super::wrap::{wrap, wrap_text};
use crate::app::{App, Piece, Presence, Standing, Told};
use crate::config::Action;
use crate::report::{BugIx, Site};
use crate::text::display;

/// How many lines of a rationale are shown; the log has them all.
const REASON: usize = 12;

/// What is said of a decision that writes a severity where the report says another.
pub(super) const IN_LINE: &str = "its sites disagree: this brings them in line";

/// How wide the names of facts are.
const NAME: usize = 10;

/// How wide the mark before a file is, beside its cursor.
const MARK: usize = 2;

/// How many decisions are shown; the log has all.
const DECISIONS: usize = 4;

/// How many proposals are shown beside the first; the others come into sight when that is declined.
const OTHERS: usize = 2;

/// How many files are shown that the bug names; the others come into sight when they are chosen.
const FILES: usize = 6;

/// The lines above the text of a bug, which says of itself what is `written`; and on which of them stands what is
/// suggested for it, where anything is.
pub(super) fn lines(
    app: &App,
    paint: &Paint<'_>,
    bug: BugIx,
    (written, text): (&Written, &Text),
    width: usize,
) -> (Vec<Line<'static>>, Option<usize>) {
    let mut page = Page { paint, width, lines: heading(app, paint, bug, width) };
    let net = app.session.net(bug);
    let [scope, status] =
        [&written.scope, &written.status].map(|written| || written.as_deref().map(Cow::Borrowed));
    page.fact("severity", severity(app, paint, bug, text));
    page.text("sites", contradiction(app, &text.sites), paint.role("warning"));
    page.text("scope", net.scope_or(scope).map(unmarked), paint.role("text"));
    page.text("status", net.status_or(status).map(unmarked), paint.role("text"));
    page.text("section", section(app, bug), paint.role("quiet"));
    let suggested = app.suggestion(bug).map(|_| page.lines.len());
    page.suggestion(app, bug);
    page.stale(app, bug);
    page.history(app, bug);
    page.evidence(app);
    (page.lines, suggested)
}

fn heading(app: &App, paint: &Paint<'_>, bug: BugIx, width: usize) -> Vec<Line<'static>> {
    let report = app.session.report();
    let (id, title) = (report.id(bug), report.title(bug));
    let mut spans = Vec::new();
    if let Some(id) = id {
        spans.push(Span::styled(display::brief(&id).into_owned(), paint.role("emphasis")));
        spans.push(Span::raw("  "));
    }
    spans.push(Span::styled(display::brief(&display::unmarked(&title)).into_owned(), paint.role("emphasis")));
    wrap(&spans, width)
}

/// Lines of facts, each under its name.
struct Page<'a> {
    paint: &'a Paint<'a>,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Page<'_> {
    fn fact(&mut self, name: &str, value: Vec<Span<'static>>) {
        let mut name = Span::styled(display::fit(name, NAME), self.paint.role("quiet"));
        for line in wrap(&value, self.width.saturating_sub(NAME)) {
            let mut spans = vec![std::mem::replace(&mut name, Span::raw(" ".repeat(NAME)))];
            spans.extend(line.spans);
            self.lines.push(spans.into());
        }
    }

    fn text(&mut self, name: &str, value: Option<String>, style: Style) {
        if let Some(value) = value {
            self.fact(name, vec![Span::styled(display::brief(&value).into_owned(), style)]);
        }
    }

    /// What is suggested, why, and the keys for it.
    fn suggestion(&mut self, app: &App, bug: BugIx) {
        let Some(suggested) = app.suggestion(bug) else { return };
        let words = suggested.words(bug, &app.session);
        let name = if suggested.by.is_some() { "proposed" } else { "suggests" };
        let said = format!("{words} — {}", suggested.who());
        self.text(name, Some(said), self.paint.role("quiet"));
        self.text("", app.going_with(bug, &suggested), self.paint.role("warning"));
        let in_line = app.brings_in_line(bug, &suggested.set).then(|| IN_LINE.to_owned());
        self.text("", in_line, self.paint.role("warning"));
        self.quote(&suggested.rationale);
        for other in app.proposed_beside(bug).take(OTHERS) {
            let words = other.words(bug, &app.session);
            let said = format!("{words} — {}", other.who());
            self.text("also", Some(said), self.paint.role("quiet"));
            self.quote(&other.rationale);
        }
        let keys = [Action::Accept, Action::EditSuggestion, Action::AcceptAll, Action::Decline];
        let keys = keys.map(|action| format!("{} {}", app.key_of(action), action.label()));
        self.text("", Some(keys.join(" · ")), self.paint.role("quiet"));
    }

    /// What was proposed and no longer is for the bug as it stands.
    fn stale(&mut self, app: &App, bug: BugIx) {
        for stale in app.stale_for(bug).take(OTHERS) {
            let words = stale.words_then(bug, &app.session);
            let said = format!("{words} — {}, before it was changed or decided", stale.who());
            self.text("stale", Some(said), self.paint.role("quiet"));
            self.quote(&stale.rationale);
        }
    }

    fn history(&mut self, app: &App, bug: BugIx) {
        let mut told = app.history(bug);
        told.by_ref().take(DECISIONS).for_each(|told| self.told(&told));
        let more = told.count();
        if more > 0 {
            let log = app.key_of(Action::Log);
            self.text("", Some(format!("… and {more} more; {log} shows all")), self.paint.role("quiet"));
        }
    }

    /// The files that the bug names, as many of them around the chosen one as are shown.
    fn evidence(&mut self, app: &App) {
        let (Some(pieces), Some(chosen)) = (app.evidence(), app.chosen()) else { return };
        let first = chosen.saturating_sub(FILES / 2).min(pieces.len().saturating_sub(FILES));
        for (at, piece) in pieces.iter().enumerate().skip(first).take(FILES) {
            let name = if at == first { "evidence" } else { "" };
            self.piece(name, piece, at == chosen && pieces.len() > 1);
        }
        if pieces.len() > FILES {
            let said = format!("{} of {} files", chosen + 1, pieces.len());
            self.text("", Some(said), self.paint.role("quiet"));
        }
    }

    /// A file, which hangs under itself where it takes several lines.
    fn piece(&mut self, name: &str, piece: &Piece, is_chosen: bool) {
        let paint = self.paint;
        let cursor = Span::styled(if is_chosen { "▸" } else { " " }, paint.role("emphasis"));
        let is_there = matches!(piece.presence, Presence::File(_) | Presence::Folder | Presence::Pattern);
        let (mark, role) = match piece.presence {
            Presence::Pattern => ("· ", "quiet"),
            _ if is_there => ("✓ ", "detail.evidence"),
            _ => ("✗ ", "detail.evidence.missing"),
        };
        let name = Span::styled(display::fit(name, NAME - 1), paint.role("quiet"));
        let mut before = vec![name, cursor, Span::styled(mark, paint.role(role))];
        let room = self.width.saturating_sub(NAME + MARK);
        for line in wrap(&words(piece, is_there, room, paint), room) {
            let hanging = vec![Span::raw(" ".repeat(NAME + MARK))];
            let mut spans = std::mem::replace(&mut before, hanging);
            spans.extend(line.spans);
            self.lines.push(spans.into());
        }
    }

    fn told(&mut self, told: &Told) {
        let (name, remark, role) = match &told.standing {
            Standing::Pending => ("● pending", None, "list.changed"),
            Standing::Saved => ("✓ saved", None, "text"),
            Standing::Replaced => ("· earlier", Some("replaced since"), "quiet"),
            Standing::TakenBack => ("· earlier", Some("taken back since"), "quiet"),
            Standing::Lost(why) => ("! saved", Some(why.as_str()), "warning"),
        };
        let said = remark.map_or(told.said.clone(), |remark| format!("{} · {remark}", told.said));
        self.text(name, Some(said), self.paint.role(role));
        self.text("", Some(told.by.clone()), self.paint.role("quiet"));
        self.quote(&told.rationale);
        told.policy.iter().for_each(|said| self.text("", Some(said.clone()), self.paint.role("quiet")));
    }

    fn quote(&mut self, rationale: &str) {
        let mut visible: Vec<_> = rationale.lines().take(REASON).map(display::brief).collect();
        let more = rationale.lines().skip(REASON).count();
        visible.extend((more > 0).then(|| format!("… {more} more lines").into()));
        if !rationale.is_empty() {
            let room = self.width.saturating_sub(NAME + 2);
            for line in wrap_text(&visible.join("\n"), self.paint.role("detail.quote"), room) {
                let mut spans =
                    vec![Span::raw(" ".repeat(NAME)), Span::styled("▌ ", self.paint.role("detail.quote"))];
                spans.extend(line.spans);
                self.lines.push(spans.into());
            }
        }
    }
}

/// `tests/test_a.py:42 · test`.
fn words(piece: &Piece, is_there: bool, room: usize, paint: &Paint<'_>) -> Vec<Span<'static>> {
    let mut spans = vec![Span::styled(broken(&piece.called(), room), paint.role("text"))];
    let presence = piece.presence.said();
    for word in [piece.kind_said(), presence].into_iter().flatten() {
        let is_warned = word == "production" || !is_there && Some(word) == presence;
        spans.push(Span::styled(" · ", paint.role("quiet")));
        spans.push(Span::styled(word, paint.role(if is_warned { "warning" } else { "quiet" })));
    }
    spans
}

/// A path on as many lines as it takes, each but the last up to a `/` where that can be.
fn broken(path: &str, room: usize) -> String {
    let (mut out, mut left) = (String::new(), 0);
    for part in path.split_inclusive('/') {
        let width = display::width(part);
        if width > left && !out.is_empty() {
            out.push('\n');
        }
        left = if width > left { room.saturating_sub(width) } else { left - width };
        out.push_str(part);
    }
    out
}

/// `P0→P2 Medium · written “P0 - ImportError” in its field`.
fn severity(app: &App, paint: &Paint<'_>, bug: BugIx, text: &Text) -> Vec<Span<'static>> {
    let report = app.session.report();
    let level = app.session.level(bug);
    let levels = app.session.methodology().levels();
    let mut spans = row::severity(app, paint, bug);
    if let Some(level) = level.and_then(|level| levels.get(usize::from(level.0))) {
        spans.push(Span::styled(format!(" {}", level.name), paint.level(app, app.session.level(bug))));
    }
    if let Some(written) = &text.severity {
        let written = display::brief(written).into_owned();
        let place = report.bug(bug).source.name();
        spans.push(Span::styled(format!(" · “{written}” ({place})"), paint.role("quiet")));
    }
    spans
}

/// What the sites of a bug say, where they disagree.
fn contradiction(app: &App, sites: &[Site]) -> Option<String> {
    let differ = sites.iter().any(|site| site.level != sites[0].level);
    let said = |site: &Site| format!("{} {}", site.source.name(), app.level_key(site.level));
    differ.then(|| format!("disagree: {}", sites.iter().map(said).collect::<Vec<_>>().join(", ")))
}

fn unmarked(written: Cow<'_, str>) -> String {
    display::unmarked(&written).into_owned()
}

fn section(app: &App, bug: BugIx) -> Option<String> {
    let report = app.session.report();
    let section = report.section(bug)?;
    Some(String::from_utf8_lossy(section.title.of(report.base())).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader would see neither folder nor file whole.
    #[test]
    fn a_long_path_breaks_between_its_folders() {
        assert_eq!(broken("a/b.py", 20), "a/b.py");
        assert_eq!(broken("tests/unit/test_a.py:4", 12), "tests/unit/\ntest_a.py:4");
        assert_eq!(broken("tests/a_very_long_name.py", 8), "tests/\na_very_long_name.py");
    }
}

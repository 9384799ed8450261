//! What matters about a bug before its text: where it stands, what is pending, what was decided.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paint::Paint;
use super::row;
use super::wrap::{wrap, wrap_text};
use crate::app::App;
use crate::config::Action;
use crate::report::{BugIx, Site};
use crate::text::display;
use crate::triage::{Decision, Past};

/// How wide the names of facts are.
const NAME: usize = 10;

/// How many saved decisions are shown; the log has them all.
const EARLIER: usize = 3;

/// The lines above the text of a bug.
pub(super) fn lines(app: &App, paint: &Paint<'_>, bug: BugIx, width: usize) -> Vec<Line<'static>> {
    let mut page = Page { paint, width, lines: heading(app, paint, bug, width) };
    page.fact("severity", severity(app, paint, bug));
    page.text("sites", contradiction(app, bug), paint.role("warning"));
    page.text("scope", app.session.scope(bug).map(Into::into), paint.role("text"));
    page.text("status", app.session.status(bug).map(Into::into), paint.role("text"));
    page.text("section", section(app, bug), paint.role("quiet"));
    page.suggestion(app, bug);
    for decision in app.pending(bug) {
        page.pending(app, decision);
    }
    for past in app.earlier(bug).take(EARLIER) {
        page.earlier(past);
    }
    page.lines
}

fn heading(app: &App, paint: &Paint<'_>, bug: BugIx, width: usize) -> Vec<Line<'static>> {
    let report = app.session.report();
    let (id, title) = (report.id(bug), report.title(bug));
    let mut spans = Vec::new();
    if let Some(id) = id {
        spans.push(Span::styled(display::brief(&id).into_owned(), paint.role("emphasis")));
        spans.push(Span::raw("  "));
    }
    spans.push(Span::styled(display::brief(&title).into_owned(), paint.role("emphasis")));
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
        let words = suggested.words(app.session.level(bug), app.session.methodology());
        let said = format!("{words} — {}: {}", suggested.name, suggested.because());
        self.text("suggests", Some(said), self.paint.role("quiet"));
        self.quote(&suggested.rationale);
        let keys = [Action::Accept, Action::AcceptAll, Action::Decline];
        let keys = keys.map(|action| format!("{} {}", app.key_of(action), action.label()));
        self.text("", Some(keys.join(" · ")), self.paint.role("quiet"));
    }

    fn pending(&mut self, app: &App, decision: &Decision) {
        let draft = &decision.draft;
        let mut said = app.described(draft);
        if let Some(rule) = draft.rule {
            said.push_str(&format!(" · rule {rule}"));
        }
        let said = Span::styled(display::brief(&said).into_owned(), self.paint.role("list.changed"));
        self.fact("● pending", vec![said]);
        self.quote(&draft.rationale);
    }

    fn earlier(&mut self, past: &Past) {
        let said = format!("{} by {}, {}", past.kind.name(), past.by, past.at.strftime("%Y-%m-%d"));
        self.text("✓ saved", Some(said), self.paint.role("text"));
        self.quote(&past.rationale);
    }

    fn quote(&mut self, rationale: &str) {
        let visible: Vec<_> = rationale.lines().map(display::brief).collect();
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

/// `P0→P2 Medium · written “P0 - ImportError” in its field`.
fn severity(app: &App, paint: &Paint<'_>, bug: BugIx) -> Vec<Span<'static>> {
    let report = app.session.report();
    let level = app.session.level(bug);
    let levels = app.session.methodology().levels();
    let mut spans = row::severity(app, paint, bug);
    if let Some(level) = level.and_then(|level| levels.get(usize::from(level.0))) {
        spans.push(Span::styled(format!(" {}", level.name), paint.level(app, app.session.level(bug))));
    }
    if let Some(written) = report.severity_text(bug) {
        let written = display::brief(&written).into_owned();
        let place = report.bug(bug).source.name();
        spans.push(Span::styled(format!(" · “{written}” ({place})"), paint.role("quiet")));
    }
    spans
}

/// What the sites of a bug say, where they disagree.
fn contradiction(app: &App, bug: BugIx) -> Option<String> {
    let sites = app.session.report().sites(bug);
    let differ = sites.iter().any(|site| site.level != sites[0].level);
    let said = |site: &Site| format!("{} {}", site.source.name(), app.level_key(site.level));
    differ.then(|| format!("disagree: {}", sites.iter().map(said).collect::<Vec<_>>().join(", ")))
}

fn section(app: &App, bug: BugIx) -> Option<String> {
    let report = app.session.report();
    let section = report.section(bug)?;
    Some(String::from_utf8_lossy(section.title.of(report.base())).into_owned())
}

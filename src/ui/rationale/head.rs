//! What is decided, above the text of a rationale: the change, the bugs, what it would hit, and under which terms.

use std::borrow::Cow;

use ratatui::text::{Line, Span};

use crate::app::words::accepted;
use crate::app::{App, Drawn, Rationale};
use crate::methodology::LevelId;
use crate::report::{BugIx, To};
use crate::text::display::{self, one_line};
use crate::triage::outcome;
use crate::triage::{Kind, name_of};
use crate::ui::facts::IN_LINE;
use crate::ui::label::Label;
use crate::ui::paint::Paint;
use crate::ui::wrap::{wrap, wrap_text};

/// How many lines of the from → to matrix are shown.
const MOVES: usize = 6;

/// What is decided, above the text.
pub(super) struct Head<'a> {
    pub(super) app: &'a App,
    pub(super) rationale: &'a Rationale,
    pub(super) paint: &'a Paint<'a>,
    pub(super) width: usize,
}

impl Head<'_> {
    /// One fact a line: what is decided, on what, what it would hit, the fields it gives, and under which terms.
    pub(super) fn lines(&self) -> Vec<Line<'static>> {
        let mut lines = self.what();
        lines.extend(self.about());
        lines.extend(self.credit());
        lines.extend(self.without());
        lines.extend(self.going());
        lines.extend(self.policy());
        lines.extend(self.facts().into_iter().map(|(said, role)| self.said(&said, role)));
        lines.extend(self.fields());
        lines.extend(self.terms());
        lines
    }

    /// The same for where there is little room: what was chosen stays in sight, the rest is read on in, what it would
    /// hit in a row.
    pub(super) fn short(&self) -> Short {
        let facts: Vec<String> = self.facts().into_iter().map(|(said, _)| one_line(&said)).collect();
        let hit = wrap_text(&facts.join(" · "), self.paint.role("warning"), self.width);
        let (names, title) =
            if self.rationale.bugs.len() > 1 { (self.about(), vec![]) } else { (vec![], self.about()) };
        let mut rest: Vec<Line<'static>> = self.without().into_iter().chain(names).collect();
        rest.extend(hit.into_iter().filter(|_| !facts.is_empty()));
        rest.extend(self.going());
        rest.extend(self.fields());
        rest.extend(self.policy());
        rest.extend(title);
        Short { above: self.what().into_iter().chain(self.credit()).collect(), rest, below: self.terms() }
    }

    fn said(&self, said: &str, role: &str) -> Line<'static> {
        Line::styled(display::clip(said, self.width).into_owned(), self.paint.role(role))
    }

    /// The bug, or how many, and what becomes of them.
    fn what(&self) -> Vec<Line<'static>> {
        let (app, paint, set) = (self.app, self.paint, &self.rationale.set);
        let one = self.rationale.bugs.first().filter(|_| self.rationale.bugs.len() == 1);
        let called = app.named(&self.rationale.bugs);
        let called = display::clip_middle(&display::brief(&called), self.width / 2).into_owned();
        let mut spans = vec![Span::styled(called, paint.role("emphasis")), Span::raw("  ")];
        match (&set.severity, one) {
            (To::Value(to), Some(bug)) => {
                spans.extend(step(app, app.session.level_before(bug, &set.severity, 0), Some(*to), paint));
            }
            (To::Value(to), None) => {
                spans.extend([Span::styled("→ ", paint.role("quiet")), level_span(app, Some(*to), paint)])
            }
            (_, Some(bug)) if self.rationale.kind == Kind::Confirmed => {
                spans.extend([
                    level_span(app, app.session.level(bug), paint),
                    Span::styled(" stays", paint.role("quiet")),
                ]);
            }
            _ => {}
        }
        if let (To::Keep, true) = (&set.severity, self.rationale.kind == Kind::Reclassified) {
            spans.extend(self.scope_step(one));
        }
        if let To::Value(status) = &set.status {
            spans.extend((spans.len() > 2).then(|| Span::raw("  ")));
            spans.extend(self.status_step(one, status));
        }
        wrap(&spans, self.width)
    }

    /// `status Open → ✅ FIXED`, `status ✅ FIXED - renamed stays`: with the remark that stays behind it.
    fn status_step(&self, one: Option<BugIx>, status: &str) -> Vec<Span<'static>> {
        let Some(bug) = one else { return self.change("status", None, status) };
        let before = self.app.session.status(bug);
        let kept = outcome::status_kept(&self.app.session, bug, status);
        if before.as_deref() == Some(&*kept) {
            let said = display::brief(&display::unmarked(&kept)).into_owned();
            let role = |role| self.paint.role(role);
            return vec![
                Span::styled("status ", role("quiet")),
                Span::styled(said, role("text")),
                Span::styled(" stays", role("quiet")),
            ];
        }
        self.change("status", Some(before), &kept)
    }

    /// `scope – → Production`.
    fn scope_step(&self, one: Option<BugIx>) -> Vec<Span<'static>> {
        let before = one.map(|bug| self.app.session.scope(bug));
        let after = if let To::Value(scope) = &self.rationale.set.scope { scope.as_str() } else { "–" };
        self.change("scope", before, after)
    }

    /// `scope – → Production`; of several bugs only what they get.
    fn change(&self, name: &str, before: Option<Option<Cow<'_, str>>>, after: &str) -> Vec<Span<'static>> {
        let before =
            before.map(|before| before.map_or_else(|| "– ".to_owned(), |before| format!("{before} ")));
        let before = display::brief(&display::unmarked(&before.unwrap_or_default())).into_owned();
        let role = |role| self.paint.role(role);
        vec![
            Span::styled(format!("{name} {before}→ "), role("quiet")),
            Span::styled(display::brief(after).into_owned(), role("header.title")),
        ]
    }

    /// The title of the only bug, and whether its sites disagree; of several their names.
    fn about(&self) -> Vec<Line<'static>> {
        let Some(bug) = self.rationale.bugs.first().filter(|_| self.rationale.bugs.len() == 1) else {
            return vec![self.said(&self.names(), "quiet")];
        };
        let title = Label::title(self.app.session.report(), bug);
        let mut lines = vec![self.said(&title.text, "quiet")];
        if self.app.brings_in_line(bug, &self.rationale.set) {
            lines.push(self.said(IN_LINE, "warning"));
        }
        lines
    }

    /// `BUG-1, BUG-2 … and 3 more`: as many of the bugs as fit on a line, and the first always.
    fn names(&self) -> String {
        let (report, all) = (self.app.session.report(), self.rationale.bugs.len());
        let more = |named: usize| format!(" … and {} more", all - named);
        let (mut said, mut named) = (String::new(), 0);
        for bug in self.rationale.bugs.iter() {
            let comma = if named == 0 { "" } else { ", " };
            let next = format!("{said}{comma}{}", display::brief(&report.handle(bug)));
            let end = if named + 1 < all { display::width(&more(named + 1)) } else { 0 };
            if named > 0 && display::width(&next) + end > self.width {
                break;
            }
            (said, named) = (next, named + 1);
        }
        let more = if named < all { more(named) } else { String::new() };
        let room = self.width.saturating_sub(display::width(&more));
        format!("{}{more}", display::clip_middle(&said, room))
    }

    /// What it would hit, where that is more than one bug: a fact each, and its role.
    fn facts(&self) -> Vec<(String, &'static str)> {
        let blast = &self.rationale.blast;
        if blast.bugs < 2 {
            return Vec::new();
        }
        let moves = blast.moves.iter().filter(|_| !self.rationale.set.severity.is_keep()).take(MOVES);
        let moves = moves.map(|step| (self.move_of(step), "text"));
        let warnings = [
            (blast.hidden, "hidden by the filter"),
            (blast.decided, "decided already"),
            (blast.unseen, "never seen"),
        ];
        let warnings = warnings.into_iter().filter(|(count, _)| *count > 0);
        moves.chain(warnings.map(|(count, what)| (format!("{count:>6}  {what}"), "warning"))).collect()
    }

    /// Whose suggestion it accepts, or no longer does.
    fn credit(&self) -> Vec<Line<'static>> {
        let Some((credit, is_due)) = self.rationale.credit() else { return Vec::new() };
        let (rule, by) = (credit.suggestion.as_deref(), credit.suggested_by.as_deref());
        let (said, role) = if is_due { (accepted(rule, by), "quiet") } else { (own(rule, by), "warning") };
        let said = said.map(|said| display::brief(&said).into_owned());
        said.map_or_else(Vec::new, |said| wrap_text(&said, self.paint.role(role), self.width))
    }

    /// How many of the chosen bugs are left out, for nothing is suggested for them.
    fn without(&self) -> Option<Line<'static>> {
        self.rationale.without.as_ref().map(|without| self.said(without, "warning"))
    }

    /// The remarks that go with their status.
    fn going(&self) -> Vec<Line<'static>> {
        let said = self.rationale.going.as_deref().map(display::brief);
        said.map_or_else(Vec::new, |said| wrap_text(&said, self.paint.role("warning"), self.width))
    }

    /// What the guards of the policy say.
    fn policy(&self) -> Vec<Line<'static>> {
        let said = self.rationale.policy.iter().map(|said| display::brief(said).into_owned());
        said.flat_map(|said| wrap_text(&said, self.paint.role("warning"), self.width)).collect()
    }

    /// `    20  P0 → P1`
    fn move_of(&self, (from, to, count): &(Option<LevelId>, Option<LevelId>, usize)) -> String {
        let (before, after) = (self.app.level_key(*from), self.app.level_key(*to));
        match from == to {
            true => format!("{count:>6}  {before} stays"),
            false => format!("{count:>6}  {before} → {after}"),
        }
    }

    /// The scope and the rule of the decision, each with the key that sets it; on a line each where one is too short.
    fn terms(&self) -> Vec<Line<'static>> {
        let scope = match &self.rationale.set.scope {
            To::Value(scope) => display::brief(scope).into_owned(),
            To::Clear => "none".to_owned(),
            To::Keep => "as it is".to_owned(),
        };
        let rule = self.rationale.rule.and_then(|number| self.app.session.methodology().rule(number));
        let rule = rule.map_or_else(|| "none".to_owned(), |rule| format!("{} {}", rule.number, rule.name));
        let (scope, rule) = (self.term("Alt-s", " scope ", scope), self.term("Alt-r", " rule ", rule));
        if scope.width() + rule.width() + 3 > self.width {
            return vec![scope, rule];
        }
        vec![[scope.spans, vec![Span::raw("   ")], rule.spans].concat().into()]
    }

    fn term(&self, key: &'static str, name: &'static str, value: String) -> Line<'static> {
        let value = display::clip(&display::brief(&value), self.width.saturating_sub(key.len() + name.len()))
            .into_owned();
        let role = |role| self.paint.role(role);
        vec![
            Span::styled(key, role("footer.key")),
            Span::styled(name, role("quiet")),
            Span::styled(value, role("header.title")),
        ]
        .into()
    }

    /// The fields that are given, as they will be written.
    fn fields(&self) -> Vec<Line<'static>> {
        let fields = self.rationale.set.fields.iter().map(|(name, to)| match to {
            To::Value(value) => format!("{}: {}", display::brief(name), display::brief(value)),
            _ => format!("{}: taken away", display::brief(name)),
        });
        fields.map(|said| self.said(&said, "detail.value")).collect()
    }
}

/// What is decided where there is little room.
pub(super) struct Short {
    above: Vec<Line<'static>>,
    rest: Vec<Line<'static>>,
    below: Vec<Line<'static>>,
}

impl Short {
    /// How many rows it needs to be read on in, and to show what was chosen.
    pub(super) fn least(&self) -> (usize, usize) {
        let chosen = self.above.len() + self.below.len();
        (chosen + self.rest.len().min(2), chosen)
    }

    /// So many rows, the rest as far as it is scrolled, and how many lines of it are out of sight above and below.
    pub(super) fn rows(
        mut self,
        rows: usize,
        width: usize,
        drawn: &mut Drawn,
    ) -> (Vec<Line<'static>>, (usize, usize)) {
        self.above.truncate(rows.saturating_sub(self.below.len()).max(1).min(rows));
        self.below.truncate(rows - self.above.len());
        let room = rows - self.above.len() - self.below.len();
        let hidden = self.rest.len().saturating_sub(room);
        let scroll = drawn.popup_scroll.min(hidden);
        (drawn.popup_scroll, drawn.popup_lines) = (scroll, room);
        let mut rest: Vec<Line<'static>> = self.rest.into_iter().skip(scroll).take(room).collect();
        if let Some(last) = rest.last_mut().filter(|_| scroll < hidden) {
            goes_on(last, width);
        }
        (self.above.into_iter().chain(rest).chain(self.below).collect(), (scroll, hidden - scroll))
    }
}

/// Says at the end of a line that more follows, in so many columns.
fn goes_on(line: &mut Line<'static>, width: usize) {
    let over = (line.width() + 2).saturating_sub(width);
    if let Some(last) = line.spans.last_mut() {
        let room = (display::width(&last.content) + 2).saturating_sub(over);
        last.content = display::clip(&format!("{} …", last.content), room).into_owned().into();
    }
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

/// That it is no longer what somebody suggested.
fn own(rule: Option<&str>, by: Option<&str>) -> Option<String> {
    let proposed = by.map(|by| format!("{} proposes", name_of(by)));
    let suggested = proposed.or_else(|| rule.map(|rule| format!("{rule} suggests")))?;
    Some(format!("no longer what {suggested}: recorded as your own"))
}

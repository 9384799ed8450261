//! One row of the list: what it says of a bug, in columns that line up by display width.

use std::borrow::Cow;
use std::sync::Arc;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::columns::{Columns, SIGNS};
use super::label::Label;
use super::memory::{Shown, Written};
use super::paint::Paint;
use crate::app::App;
use crate::config::Column;
use crate::methodology::Methodology;
use crate::report::{BugIx, To, without_remark};
use crate::text::display;
use crate::triage::query::Query;
use crate::triage::{BugSet, Net};

/// How many bytes of a status are looked at.
const BEGINNING: usize = 4 * 1024;

/// What stands where a text is cut.
const CUT: char = '…';

/// What a row says.
#[derive(Debug)]
pub(super) struct Row {
    signs: Vec<Span<'static>>,
    written: Arc<Written>,
    id: Style,
    severity: Vec<Span<'static>>,
    scope: Span<'static>,
    title: Style,
    status: Span<'static>,
    badges: Vec<Span<'static>>,
    hits: Vec<usize>,
    hit: Style,
}

/// What beside the report, the theme and the filter decides what a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    changes: u64,
    mark: &'static str,
    badges: [Option<bool>; 3],
}

impl State {
    /// That of the row of a bug, which stands at this place among those in view.
    pub(super) fn of(app: &App, (at, bug): (usize, BugIx)) -> State {
        let has = |(_, _, bugs): (_, _, &BugSet)| (!bugs.is_empty()).then(|| bugs.contains(bug));
        let badges = signs(app).map(has);
        State { changes: app.ui.filters.changes(), mark: mark(app, at, bug), badges }
    }
}

impl Row {
    /// What the row of a bug says.
    pub(super) fn of(
        app: &App,
        paint: &Paint<'_>,
        (bug, state): (BugIx, State),
        written: &Arc<Written>,
        filter: &Query,
    ) -> Row {
        let (net, methodology) = (app.session.net(bug), app.session.methodology());
        let hits = if filter.has_words() { filter.hits(&looked_at(written)) } else { Vec::new() };
        let role = |label: &Label, role| paint.role(if label.is_own { role } else { "quiet" });
        Row {
            signs: vec![sign(paint, state.mark, "list.mark"), self::state(app, paint, bug, &net)],
            severity: severity(app, paint, bug),
            scope: cell(paint, net.scope, written.scope_shown.as_ref(), |said| scope(methodology, said)),
            status: cell(paint, net.status, written.status_shown.as_ref(), |said| status(methodology, said)),
            badges: badges(app, paint, state.badges, &net),
            id: role(&written.id, "list.id"),
            title: role(&written.title, "list"),
            hits,
            hit: paint.role("match"),
            written: Arc::clone(written),
        }
    }

    /// The widths that columns of ids, scopes, statuses and titles need for this row.
    pub(super) fn need(&self) -> [usize; 4] {
        let width = |span: &Span<'_>| display::width(&span.content);
        let Written { id, title, .. } = self.written.as_ref();
        [display::width(&id.text), width(&self.scope), width(&self.status), display::width(&title.text)]
    }

    /// The row in these columns, as wide as they are.
    pub(super) fn line(&self, columns: &Columns) -> Line<'static> {
        let mut spans = fitted(self.signs.clone(), SIGNS);
        for (at, (column, width)) in columns.iter().enumerate() {
            spans.extend((at > 0).then(|| Span::raw(" ")));
            spans.extend(self.cell(column, width));
        }
        fitted(spans, columns.width()).into()
    }

    fn cell(&self, column: Column, width: usize) -> Vec<Span<'static>> {
        match column {
            Column::Id => self.lit(&self.written.id, self.id, 0, (width, true)),
            Column::Severity => fitted(self.severity.clone(), width),
            Column::Scope => fitted(vec![self.scope.clone()], width),
            Column::Title => {
                let id = &self.written.id;
                let from = if id.is_own { id.text.chars().count() + 1 } else { 0 };
                self.lit(&self.written.title, self.title, from, (width, false))
            }
            Column::Status => fitted(vec![self.status.clone()], width),
            Column::Badges => fitted(self.badges.clone(), width),
        }
    }

    /// A text in its column, with the letters lit that the filter matched; `from` is where the text
    /// begins in what the filter looked at. One that keeps its tail is cut in its middle: handles end in what tells them apart.
    fn lit(
        &self,
        Label { text, is_own }: &Label,
        style: Style,
        from: usize,
        (width, keeps_tail): (usize, bool),
    ) -> Vec<Span<'static>> {
        let cut = if keeps_tail { display::clip_middle(text, width) } else { display::clip(text, width) };
        let skipped = match cut.find(CUT) {
            Some(at) if !text.starts_with(cut.as_ref()) => {
                let behind = cut[at + CUT.len_utf8()..].chars().count();
                Some((from + cut[..at].chars().count(), text.chars().count().saturating_sub(behind)))
            }
            _ => None,
        };
        let fitted = display::fit(&cut, width);
        if self.hits.is_empty() || !is_own {
            return vec![Span::styled(fitted, style)];
        }
        let end = from + text.chars().count();
        let mut at = from;
        let is_lit = |cluster: &str| {
            let start = at;
            at += cluster.chars().count();
            if let Some((sign, tail)) = skipped.filter(|(sign, _)| start == *sign) {
                at = (from + tail).max(sign + 1);
                return false;
            }
            let hit = self.hits.partition_point(|hit| *hit < start);
            self.hits.get(hit).is_some_and(|hit| *hit < at.min(end))
        };
        let lit: Vec<bool> = display::clusters(&fitted).map(is_lit).collect();
        let clusters: Vec<(bool, &str)> = lit.into_iter().zip(display::clusters(&fitted)).collect();
        let run = |run: &[(bool, &str)]| {
            let style = if run[0].0 { style.patch(self.hit) } else { style };
            Span::styled(run.iter().map(|(_, cluster)| *cluster).collect::<String>(), style)
        };
        clusters.chunk_by(|a, b| a.0 == b.0).map(run).collect()
    }
}

/// What a row shows of what a filter looks at: the id and the title that the report gives the bug.
fn looked_at(Written { id, title, .. }: &Written) -> String {
    let own = [id, title].into_iter().filter(|label| label.is_own).map(|label| label.text.as_str());
    own.collect::<Vec<_>>().join(" ")
}

/// Spans filled with blanks to a width, or cut to it.
fn fitted(mut spans: Vec<Span<'static>>, width: usize) -> Vec<Span<'static>> {
    let mut left = width;
    for at in 0..spans.len() {
        let taken = display::width(&spans[at].content);
        let is_cut =
            taken > left || taken == left && spans[at + 1..].iter().any(|span| !span.content.is_empty());
        if is_cut {
            let rest: String = spans[at..].iter().map(|span| span.content.as_ref()).collect();
            spans.truncate(at + 1);
            spans[at].content = display::fit(&rest, left).into();
            return spans;
        }
        left -= taken;
    }
    spans.extend((left > 0).then(|| blank(left)));
    spans
}

/// So many blanks.
fn blank(width: usize) -> Span<'static> {
    const BLANKS: &str = "                                ";
    match BLANKS.get(..width) {
        Some(blanks) => Span::raw(blanks),
        None => Span::raw(" ".repeat(width)),
    }
}

/// `◆` marked, `◇` in the range that is drawn.
fn mark(app: &App, at: usize, bug: BugIx) -> &'static str {
    let is_ranged = app.ui.view.range().is_some_and(|range| range.contains(&at));
    match app.ui.marks.contains(bug) {
        true => "◆",
        false if is_ranged => "◇",
        false => " ",
    }
}

/// `●` decided and not saved, `○` a note or the like not saved, `✓` decided, nothing for undecided.
fn state(app: &App, paint: &Paint<'_>, bug: BugIx, net: &Net<'_>) -> Span<'static> {
    if net.last.is_some() {
        let sign = if app.session.reviewed().contains(bug) { "●" } else { "○" };
        Span::styled(sign, paint.role("list.changed"))
    } else if app.session.reviewed().contains(bug) {
        match app.is_lost(bug) {
            true => Span::styled("!", paint.role("warning")),
            false => Span::styled("✓", paint.role("list.decided")),
        }
    } else {
        Span::raw(" ")
    }
}

/// `!` a severity that the report contradicts, `?` something suggested, `D` past its due date. Each has a place of its
/// own where any bug has it.
fn badges(app: &App, paint: &Paint<'_>, has: [Option<bool>; 3], net: &Net<'_>) -> Vec<Span<'static>> {
    let is_settled = matches!(net.severity, To::Value(_));
    let kinds = signs(app).into_iter().zip(has).filter_map(|(sign, has)| Some((sign, has?)));
    let badge = |((said, role, bugs), has): ((&'static str, &str, &BugSet), bool)| {
        let counts = !is_settled || !std::ptr::eq(bugs, &app.ui.badges.contradictory);
        sign(paint, if has && counts { said } else { " " }, role)
    };
    kinds.map(badge).collect()
}

/// A sign as it is painted. The place of one that is not there stays bare: a role may have a background.
fn sign(paint: &Paint<'_>, said: &'static str, role: &str) -> Span<'static> {
    if said == " " { Span::raw(said) } else { Span::styled(said, paint.role(role)) }
}

/// The signs that a bug may have, each with its role and the bugs that have it.
fn signs(app: &App) -> [(&'static str, &'static str, &BugSet); 3] {
    let badges = &app.ui.badges;
    [
        ("!", "warning", &badges.contradictory),
        ("?", "quiet", &app.ui.suggested),
        ("D", "error", &badges.overdue),
    ]
}

/// The level, or from which to which a pending decision takes it.
pub(super) fn severity(app: &App, paint: &Paint<'_>, bug: BugIx) -> Vec<Span<'static>> {
    let report = app.session.report();
    let (before, after) = (app.session.level_reported(bug), app.session.level(bug));
    if before == after {
        return vec![match before {
            Some(_) => Span::styled(app.level_key(after).to_owned(), paint.level(app, after)),
            None => Span::styled(unknown(report.severity(bug)), paint.role("quiet")),
        }];
    }
    vec![
        Span::styled(app.level_key(before).to_owned(), paint.level(app, before)),
        Span::styled("→", paint.role("quiet")),
        Span::styled(app.level_key(after).to_owned(), paint.level(app, after)),
    ]
}

/// What is shown of a severity that the methodology does not know.
fn unknown(written: Option<Cow<'_, str>>) -> String {
    written.map_or_else(|| "–".to_owned(), |written| display::brief(&written).into_owned())
}

/// What a decision sets, else what is written.
fn cell(
    paint: &Paint<'_>,
    set: To<&str>,
    written: Option<&Shown>,
    shown: impl FnOnce(&str) -> Shown,
) -> Span<'static> {
    match (set, written) {
        (To::Keep, Some(written)) => written.span(paint),
        (To::Value(value), _) => shown(value).span(paint),
        (To::Keep, None) | (To::Clear, _) => Span::raw(""),
    }
}

/// The key of the scope where the methodology knows it, else what is written.
pub(super) fn scope(methodology: &Methodology, said: &str) -> Shown {
    match methodology.scope_named(said).map(|id| &methodology.scope(id).key) {
        Some(key) => Shown { text: key.clone(), role: format!("scope.{key}").into() },
        None => Shown { text: display::brief(said).into_owned(), role: "scope".into() },
    }
}

/// The status without its remark, as what it means for the bug.
pub(super) fn status(methodology: &Methodology, said: &str) -> Shown {
    let closes = methodology
        .read_status(beginning(said).as_bytes())
        .map(|found| methodology.status(found.status).closes);
    let role = match closes {
        Some(true) => "status.closed",
        Some(false) => "status.open",
        None => "status",
    };
    let text = display::brief(&display::unmarked(without_remark(beginning(said)))).into_owned();
    Shown { text, role: role.into() }
}

/// As much of a value as a row has room for, and more.
fn beginning(written: &str) -> &str {
    &written[..written.floor_char_boundary(BEGINNING)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Config, Settings, Theme};
    use crate::report::Report;
    use crate::triage::Session;
    use crate::ui::memory::Memory;

    /// A desk on a report with these titles, each its own status and scope too.
    fn app(titles: &[String], columns: &[Column]) -> App {
        let config = Config::embedded();
        let methodology = config.methodology;
        let bug = |(at, title): (usize, &String)| {
            format!(
                "### B-{at}: {title}\n- **Severity:** P1\n- **Status:** {title}\n- **Scope:** {title}\n\n"
            )
        };
        let text: String = titles.iter().enumerate().map(bug).collect();
        let report = Arc::new(Report::parse(text.as_bytes().into(), &methodology));
        let session = Session::new(report, methodology, Vec::new());
        let settings = Settings { columns: columns.to_vec(), ..config.settings };
        let mut app = App::new(session, "bugs.md", Arc::new(settings), Arc::new(config.keymap));
        app.ui.suggested = BugSet::from(BugIx(0));
        app
    }

    /// How wide every row is, the row of names among them.
    fn widths(app: &App, width: usize) -> Vec<usize> {
        let theme = Config::embedded().theme;
        let (paint, query) = (Paint::new(&theme), Query::parse("e", app.session.report()));
        let bugs = app.session.report().indexes();
        let (report, mut memory) = (app.session.report(), Memory::default());
        let state = |bug: BugIx| State::of(app, (bug.at(), bug));
        let row = |bug| Row::of(app, &paint, (bug, state(bug)), memory.written(report, bug), &query);
        let rows: Vec<Row> = bugs.map(row).collect();
        let widest = |a: [usize; 4], b: [usize; 4]| std::array::from_fn(|at| a[at].max(b[at]));
        let needs = rows.iter().map(Row::need).fold([0; 4], widest);
        let columns = Columns::of(app, needs, width);
        let lines = rows.iter().map(|row| row.line(&columns)).chain([columns.names(app, &paint)]);
        let wide = |line: Line<'_>| line.spans.iter().map(|span| display::width(&span.content)).sum();
        lines.map(wide).collect()
    }

    #[test]
    fn rows_of_awkward_texts_are_as_wide_as_the_list() {
        let long = "long ".repeat(40);
        let titles =
            ["日本語のタイトル", "👩‍💻 and 👨‍👩‍👧‍👦", "e\u{301}\u{302} ﾊﾞ", "שלום עולם", "⚠️ FE0F", long.as_str()];
        let app = app(&titles.map(str::to_owned), &Column::DEFAULT);
        for width in 0..130 {
            assert!(
                widths(&app, width).into_iter().all(|wide| wide == width),
                "{width}: {:?}",
                widths(&app, width)
            );
        }
    }

    proptest! {
        /// Columns would not line up, and a row would run into the frame.
        #[test]
        fn every_row_is_as_wide_as_the_list(
            titles in prop::collection::vec("\\PC{0,40}", 1..5),
            columns in prop::sample::subsequence(Column::DEFAULT.to_vec(), 1..=6).prop_shuffle(),
            width in 0_usize..140,
        ) {
            let app = app(&titles, &columns);
            prop_assert!(widths(&app, width).into_iter().all(|wide| wide == width), "{:?}", widths(&app, width));
        }
    }

    /// A column of signs would be a bar down the whole list, as if every bug had one.
    #[test]
    fn the_place_of_a_sign_that_is_not_there_is_bare() {
        let app = app(&["a".to_owned(), "b".to_owned()], &[Column::Badges]);
        for theme in ["dark", "light", "high-contrast", "colour-blind", "plain"] {
            let theme = Theme::named(theme).expect("an embedded theme");
            let (paint, query) = (Paint::new(&theme), Query::parse("", app.session.report()));
            let (report, mut memory) = (app.session.report(), Memory::default());
            let mut styles = |bug: BugIx| {
                let state = State::of(&app, (bug.at(), bug));
                let row = Row::of(&app, &paint, (bug, state), memory.written(report, bug), &query);
                (row.badges[0].style, row.signs[0].style)
            };
            assert_ne!(styles(BugIx(0)).0, Style::new(), "{}", theme.name());
            assert_eq!(styles(BugIx(1)), (Style::new(), Style::new()), "{}", theme.name());
        }
    }

    #[test]
    fn the_title_gives_way_last_and_columns_stand_as_they_are_set() {
        let names = |columns: &[Column], width: usize| {
            let app = app(&["a title".to_owned()], columns);
            let columns = Columns::of(&app, [3, 4, 6, 80], width);
            columns.iter().map(|(column, width)| format!("{column:?} {width}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(names(&Column::DEFAULT, 80), "Id 3, Severity 5, Scope 5, Title 52, Status 6, Badges 1");
        assert_eq!(names(&Column::DEFAULT, 55), "Id 3, Severity 5, Title 33, Status 6, Badges 1");
        assert_eq!(names(&Column::DEFAULT, 40), "Id 3, Severity 5, Title 25, Badges 1");
        assert_eq!(names(&Column::DEFAULT, 24), "Id 3, Severity 5, Title 11");
        assert_eq!(names(&[Column::Title, Column::Id], 24), "Title 17, Id 3");
        assert_eq!(names(&[Column::Status, Column::Id], 40), "Status 6, Id 3");
    }
}

//! What rows and the detail say that is read off the text of bugs, kept from frame to frame: the same bugs are drawn
//! again and again, and finding a bug's fields or laying out its text takes longer than drawing it.
//!
//! It is of one reading of a report, which never changes. What is pending is asked of the session once more whenever that has
//! changed, and in each frame for the detail.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Weak};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::columns::Columns;
use super::label::Label;
use super::markdown::Room;
use super::paint::{self, Paint};
use super::row::{self, Row, State};
use crate::app::App;
use crate::report::{BugIx, Report, Site};
use crate::triage::query::Query;

/// How many bugs are remembered at most, and how many rows.
const MOST: usize = 512;
const ROWS: usize = 256;

/// How many texts are remembered: that of the bug under the cursor, and of those that it was on before.
const TEXTS: usize = 8;

/// What is remembered of the frames before.
#[derive(Debug, Default)]
pub struct Memory {
    of: Weak<Report>,
    written: HashMap<BugIx, Arc<Written>>,
    rows: HashMap<BugIx, Kept>,
    /// The theme and the filter that those were made for.
    manner: (String, String),
    /// The texts that were shown last, the newest at the end.
    texts: Vec<(Place, Arc<Text>)>,
}

/// What a row said, and how it looked last.
#[derive(Debug)]
pub(super) struct Kept {
    state: State,
    row: Row,
    need: [usize; 4],
    /// Its cells in these columns.
    cells: Option<(Columns, Vec<Cell>)>,
}

/// What a text was laid out for: a bug, so much room, a theme.
#[derive(Debug, PartialEq, Eq)]
struct Place(BugIx, Room, String);

/// What the report says of a bug, all but scope and status as they are shown.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) id: Label,
    pub(super) title: Label,
    pub(super) scope: Option<String>,
    pub(super) status: Option<String>,
    pub(super) scope_shown: Option<Shown>,
    pub(super) status_shown: Option<Shown>,
}

/// What is shown of a value, and as what.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) role: Cow<'static, str>,
}

/// What the detail shows of the text of a bug.
#[derive(Debug)]
pub(super) struct Text {
    /// The whole value that its severity stands in.
    pub(super) severity: Option<String>,
    pub(super) sites: Vec<Site>,
    pub(super) lines: Vec<Line<'static>>,
}

impl Memory {
    /// What this report says of a bug.
    pub(super) fn written(&mut self, report: &Arc<Report>, bug: BugIx) -> &Arc<Written> {
        self.turn_to(report);
        if self.written.len() >= MOST && !self.written.contains_key(&bug) {
            self.written.clear();
        }
        self.written.entry(bug).or_insert_with(|| Arc::new(Written::of(report, bug)))
    }

    /// What the row of a bug says, which stands at this place among those in view; a filter lights letters in it.
    pub(super) fn row(
        &mut self,
        app: &App,
        paint: &Paint<'_>,
        (at, bug): (usize, BugIx),
        filter: &Query,
    ) -> &mut Kept {
        self.turn_to(app.session.report());
        let manner = (paint.theme_name(), app.ui.view.filter());
        if self.rows.len() >= ROWS || manner != (&self.manner.0, &self.manner.1) {
            self.rows.clear();
            self.manner = (manner.0.to_owned(), manner.1.to_owned());
        }
        let state = State::of(app, (at, bug));
        if self.rows.get(&bug).is_none_or(|kept| kept.state != state) {
            let written = self.written(app.session.report(), bug);
            let row = Row::of(app, paint, (bug, state), written, filter);
            let need = row.need();
            self.rows.insert(bug, Kept { state, row, need, cells: None });
        }
        self.rows.get_mut(&bug).expect("it was just put there")
    }

    /// What the detail shows of the text of a bug, which `lines` lays out.
    pub(super) fn text(
        &mut self,
        report: &Arc<Report>,
        bug: BugIx,
        room: Room,
        paint: &Paint<'_>,
        lines: impl FnOnce() -> Vec<Line<'static>>,
    ) -> Arc<Text> {
        self.turn_to(report);
        let place = Place(bug, room, paint.theme_name().to_owned());
        if let Some((_, text)) = self.texts.iter().find(|(known, _)| *known == place) {
            return Arc::clone(text);
        }
        if self.texts.len() >= TEXTS {
            self.texts.remove(0);
        }
        let severity = report.severity_text(bug).map(Cow::into_owned);
        let text = Arc::new(Text { severity, sites: report.sites(bug), lines: lines() });
        self.texts.push((place, Arc::clone(&text)));
        text
    }

    /// Forgets all that is of another report.
    fn turn_to(&mut self, report: &Arc<Report>) {
        let of = Arc::downgrade(report);
        if !self.of.ptr_eq(&of) {
            *self = Memory { of, ..Memory::default() };
        }
    }
}

impl Kept {
    /// The widths that columns need for it, too.
    pub(super) fn need(&self, need: [usize; 4]) -> [usize; 4] {
        std::array::from_fn(|at| need[at].max(self.need[at]))
    }

    /// Draws the row in these columns, on bare ground.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, row: Rect, columns: &Columns) {
        let start = buffer.index_of(row.x, row.y);
        let place = start..start + usize::from(row.width);
        match &self.cells {
            Some((of, cells)) if of == columns && cells.len() == place.len() => {
                buffer.content[place].clone_from_slice(cells);
            }
            _ => {
                paint::put(buffer, (row.x, row.y), &self.row.line(columns), row.width);
                self.cells = Some((columns.clone(), buffer.content[place].to_vec()));
            }
        }
    }
}

impl Written {
    fn of(report: &Report, bug: BugIx) -> Written {
        let (values, methodology) = (report.values(bug), report.methodology());
        let [scope, status] = [values.scope(), values.status()].map(|value| value.map(Cow::into_owned));
        Written {
            id: Label::id(report, bug),
            title: Label::title(report, bug),
            scope_shown: scope.as_deref().map(|said| row::scope(methodology, said)),
            status_shown: status.as_deref().map(|said| row::status(methodology, said)),
            scope,
            status,
        }
    }
}

impl Shown {
    /// The same in its colours.
    pub(super) fn span(&self, paint: &Paint<'_>) -> Span<'static> {
        Span::styled(self.text.clone(), paint.role(&self.role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Theme;
    use crate::methodology::Methodology;

    fn report(bugs: usize, scope: &str) -> Arc<Report> {
        let bug = |at| format!("### B-{at}: x\n- **Severity:** P1\n- **Scope:** {scope} {at}\n\n");
        let text: String = (0..bugs).map(bug).collect();
        Arc::new(Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded())))
    }

    /// Rows would show what a report said before it was written anew.
    #[test]
    fn what_is_remembered_is_of_the_report_that_is_drawn() {
        let mut memory = Memory::default();
        let (before, after) = (report(1, "old"), report(1, "new"));
        for (report, scope) in [(&before, "old 0"), (&after, "new 0"), (&before, "old 0")] {
            assert_eq!(memory.written(report, BugIx(0)).scope.as_deref(), Some(scope));
        }
    }

    /// A detail would show the text of another bug, or one laid out for another place.
    #[test]
    fn a_text_is_laid_out_anew_for_another_bug_room_report_or_theme() {
        let (dark, light) = (theme("dark"), theme("light"));
        let (mut memory, reports) = (Memory::default(), [report(9, "a"), report(9, "a")]);
        let (mut laid, room) = (0, Room { width: 40, wrap: true });
        let mut shown = |report: &Arc<Report>, bug, room, theme: &Theme| {
            memory.text(report, BugIx(bug), room, &Paint::new(theme), || {
                laid += 1;
                vec![Line::from(laid.to_string())]
            });
            laid
        };
        assert_eq!([0, 1, 0].map(|bug| shown(&reports[0], bug, room, &dark)), [1, 2, 2]);
        assert_eq!(shown(&reports[0], 0, Room { width: 41, ..room }, &dark), 3);
        assert_eq!(shown(&reports[0], 0, Room { wrap: false, ..room }, &dark), 4);
        assert_eq!(shown(&reports[0], 0, room, &light), 5);
        assert_eq!(shown(&reports[1], 0, room, &light), 6);
        (0..9).for_each(|bug| _ = shown(&reports[1], bug, room, &light));
        assert_eq!((memory.texts.len(), memory.texts[0].0.0), (TEXTS, BugIx(1)));
    }

    fn theme(name: &str) -> Theme {
        Theme::named(name).expect("an embedded theme")
    }

    /// Going through a long report would fill the memory with what nobody sees any more.
    #[test]
    fn no_more_is_remembered_than_a_few_screens_hold() {
        let (mut memory, report) = (Memory::default(), report(2 * MOST + 1, "a"));
        for bug in report.indexes() {
            assert_eq!(memory.written(&report, bug).scope, Some(format!("a {}", bug.0)));
            assert!(memory.written.len() <= MOST);
        }
    }
}

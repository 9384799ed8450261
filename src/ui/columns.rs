//! The columns of the list: which are shown in which order, how wide each is, and the row with their names.
//!
//! What a row takes is always as wide as the list. Where room is short the title keeps the most of it: first scopes
//! give way to it, then statuses, then signs.

use ratatui::text::{Line, Span};

use super::paint::Paint;
use crate::app::hit::{Area, Head};
use crate::app::{App, sort};
use crate::config::Column;
use crate::text::display;
use crate::triage::By;

/// How many columns of the screen stand before the first column: the mark, the state and a blank.
pub(super) const SIGNS: usize = 3;

/// The widest that ids are shown.
const ID_MOST: usize = 16;

/// The widest that scopes are shown.
const SCOPE_MOST: usize = 14;

/// The widest that statuses are shown.
const STATUS_MOST: usize = 18;

/// The widest that severities are shown.
const SEVERITY_MOST: usize = 9;

/// The narrowest that a title gets before a column is shown that says less.
const TITLE_LEAST: usize = 30;

/// The same before the signs of a bug are shown.
const TITLE_LEAST_BESIDE_BADGES: usize = 12;

/// The columns that are shown, in their order, each with its width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    shown: Vec<(Column, usize)>,
    width: usize,
}

impl Columns {
    /// The columns on so wide a list, for ids, scopes, statuses and titles that need so much. What titles leave goes to
    /// statuses and ids that are cut.
    pub(super) fn of(app: &App, needs: [usize; 4], width: usize) -> Columns {
        let wanted = &app.ui.settings.columns;
        let mut room = Room { left: width.saturating_sub(SIGNS), has_title: wanted.contains(&Column::Title) };
        let mut shown: Vec<(Column, usize)> = Vec::new();
        for column in BY_WEIGHT.into_iter().filter(|column| wanted.contains(column)) {
            shown.push((column, room.take(column, need(app, column, needs, width))));
        }
        let mut title = room.left;
        let [id, _, status, titles] = needs;
        for (cut, need) in [(Column::Status, status), (Column::Id, id)] {
            let spare = title.saturating_sub(titles.max(TITLE_LEAST_BESIDE_BADGES));
            let column = shown.iter_mut().find(|(column, width)| *column == cut && *width > 0);
            if let Some((_, width)) = column.filter(|_| room.has_title) {
                let more = need.saturating_sub(*width).min(spare);
                (*width, title) = (*width + more, title - more);
            }
        }
        shown.extend(room.has_title.then_some((Column::Title, title)));
        shown.retain(|(_, width)| *width > 0);
        shown.sort_by_key(|(column, _)| wanted.iter().position(|wanted| wanted == column));
        Columns { shown, width }
    }

    /// The columns with their widths.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Column, usize)> + '_ {
        self.shown.iter().copied()
    }

    /// How wide the list is.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The names of the columns, the one that the list is sorted by with its direction.
    pub(super) fn names(&self, app: &App, paint: &Paint<'_>) -> Line<'static> {
        let by = app.ui.view.order().by;
        let arrow = |is_sorted: bool| if is_sorted { sort::arrow(app.ui.view.order()) } else { "" };
        let mut said = display::fit(arrow(by == By::Undecided), SIGNS);
        for (at, (column, width)) in self.iter().enumerate() {
            let (name, arrow) = (name(column, width), arrow(sort::shown_in(column) == Some(by)));
            let room = width.saturating_sub(display::width(arrow));
            let name: String = name.chars().take(room).collect();
            let gap = if at > 0 { " " } else { "" };
            said = format!("{said}{gap}{}", display::fit(&format!("{name}{arrow}"), width));
        }
        Span::styled(display::fit(&said, self.width), paint.role("quiet")).into()
    }

    /// Where the names stand, on a row that begins here.
    pub(super) fn heads(&self, x: u16, y: u16) -> [Option<Head>; 7] {
        let mut heads = [None; 7];
        let area = |x, width| Area { x, y, width, height: 1 };
        let signs = (self.width.min(SIGNS)) as u16;
        heads[0] = Some(Head { column: None, area: area(x, signs) });
        let mut x = x + signs;
        for (head, (column, width)) in heads.iter_mut().skip(1).zip(self.iter()) {
            *head = Some(Head { column: Some(column), area: area(x, width as u16) });
            x += width as u16 + 1;
        }
        heads
    }
}

/// The columns beside the title, those first that give way last.
const BY_WEIGHT: [Column; 5] = [Column::Id, Column::Severity, Column::Badges, Column::Status, Column::Scope];

/// What is left of a row.
struct Room {
    left: usize,
    has_title: bool,
}

impl Room {
    /// Takes a column of this width, and the blank beside it, where the title keeps enough.
    fn take(&mut self, column: Column, width: usize) -> usize {
        let least = match column {
            Column::Id | Column::Severity => 0,
            Column::Badges => TITLE_LEAST_BESIDE_BADGES,
            _ => TITLE_LEAST,
        };
        let least = if self.has_title { least } else { 0 };
        if width == 0 || self.left < least + width + 1 {
            return 0;
        }
        self.left -= width + 1;
        width
    }
}

/// How wide a column is where there is room.
fn need(app: &App, column: Column, [id, scope, status, _]: [usize; 4], width: usize) -> usize {
    let named = |need: usize| if need == 0 { 0 } else { need.max(name(column, need).len()) };
    match column {
        Column::Id => named(id).min(ID_MOST.min(width / 3)),
        Column::Severity => severity(app),
        Column::Scope => named(scope).min(SCOPE_MOST),
        Column::Status => named(status).min(STATUS_MOST),
        Column::Badges => badges(app),
        Column::Title => 0,
    }
}

fn severity(app: &App) -> usize {
    let levels = app.session.methodology().levels();
    let level = levels.iter().map(|level| display::width(&level.key)).max().unwrap_or(0);
    (2 * level + 1).min(SEVERITY_MOST)
}

/// A column for each sign that any bug has.
fn badges(app: &App) -> usize {
    let signs = [&app.ui.badges.contradictory, &app.ui.suggested, &app.ui.badges.overdue];
    signs.into_iter().filter(|bugs| !bugs.is_empty()).count()
}

fn name(column: Column, width: usize) -> &'static str {
    match column {
        Column::Id => "id",
        Column::Severity if width < 8 => "sev",
        Column::Severity => "severity",
        Column::Scope => "scope",
        Column::Title => "title",
        Column::Status => "status",
        Column::Badges => "",
    }
}

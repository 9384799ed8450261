//! Where everything goes: list and detail side by side where both fit, else one above the other, else one of them.

use ratatui::layout::{Constraint, Layout as Split, Rect};

use crate::app::{App, Pane, Popup};

/// From how many columns list and detail stand side by side.
const WIDE: u16 = 100;

/// From how many columns and rows on the list stands above the detail, where it does not stand beside it.
const STACKED: (u16, u16) = (44, 19);

/// How much of the rows a list above the detail has at most: two fifths.
const ABOVE: (u16, u16) = (2, 5);

/// From how many columns the preview stands beside the two.
const WIDEST: u16 = 160;

/// From how many columns and rows on a detail has room for the preview below it.
const HALVED: (u16, u16) = (60, 14);

/// From how many columns and rows on there is room for a frame around a pane.
const ROOMY: (u16, u16) = (44, 13);

/// From how many rows on a pane without a frame has a title line.
pub(super) const TITLED: u16 = 4;

/// From how many rows on there is one for what accepting would do.
const SUGGESTING: u16 = 10;

/// How many rows have what is on offer for a filter that is typed, in the place of the status.
const OFFERS: u16 = 7;

/// Where everything goes.
pub(super) struct Layout {
    /// The list, where it is shown.
    pub(super) list: Option<Rect>,
    /// The detail, where it is shown.
    pub(super) detail: Option<Rect>,
    /// The preview, where it is asked for and shown.
    pub(super) preview: Option<Rect>,
    /// What accepting would do, where that is not shown beside the list; of one row, or none.
    pub(super) suggestion: Rect,
    /// Progress, severities and what is unsaved; of one or two rows, or none. While a filter is typed, what is on
    /// offer for it.
    pub(super) status: Rect,
    /// The keys, or what was said last.
    pub(super) footer: Rect,
}

impl Layout {
    /// The layout of the desk on a screen of this size.
    pub(super) fn of(app: &App, area: Rect) -> Layout {
        let layout = Layout::with(app, area, false);
        let is_shown = layout.list.is_some() && layout.detail.is_some_and(is_roomy);
        if is_shown || !wants_suggestion(app, area) { layout } else { Layout::with(app, area, true) }
    }

    /// The same with or without a row for what accepting would do.
    fn with(app: &App, area: Rect, has_suggestion: bool) -> Layout {
        let status = match area.height {
            0..6 => 0,
            6..18 => 1,
            _ if matches!(app.popup(), Some(Popup::Filter(_))) => OFFERS,
            _ => 2,
        };
        let footer = u16::from(area.height > 2);
        let suggestion = u16::from(has_suggestion);
        let rows = [Constraint::Fill(1)].into_iter();
        let rows = rows.chain([suggestion, status, footer].map(Constraint::Length));
        let [body, suggestion, status, footer] = Split::vertical(rows).areas(area);
        let (list, beside) = panes(app, body);
        let (list, detail, preview) = match beside {
            Some(detail) if app.ui.preview.is_on => with_preview(body, list, detail),
            detail => (list, detail, None),
        };
        Layout { list, detail, preview, suggestion, status, footer }
    }
}

/// Whether a row for what accepting would do is wanted where no frame says it: as long as any bug has a suggestion, so
/// that moving does not change how much of the list is shown.
fn wants_suggestion(app: &App, area: Rect) -> bool {
    let is_typed = matches!(app.popup(), Some(Popup::Filter(_)));
    area.height >= SUGGESTING && !is_typed && app.has_suggestions()
}

/// Whether list and detail stand side by side on a screen this wide.
pub(super) fn is_wide(width: u16) -> bool {
    width >= WIDE
}

/// Whether a pane this big has room for a frame.
pub(super) fn is_roomy(area: Rect) -> bool {
    area.width >= ROOMY.0 && area.height >= ROOMY.1
}

fn panes(app: &App, body: Rect) -> (Option<Rect>, Option<Rect>) {
    if is_wide(body.width) {
        let columns = [Constraint::Percentage(48), Constraint::Fill(1)];
        let [list, detail] = Split::horizontal(columns).areas(body);
        return (Some(list), Some(detail));
    }
    let has_room = body.width >= STACKED.0 && body.height >= STACKED.1;
    match app.ui.pane {
        Pane::Detail => (None, Some(body)),
        Pane::List if has_room && app.cursor().is_some() => {
            let [list, detail] =
                Split::vertical([Constraint::Length(above(app, body.height)), Constraint::Fill(1)])
                    .areas(body);
            (Some(list), Some(detail))
        }
        Pane::List => (Some(body), None),
    }
}

/// How many of so many rows a list above the detail has: as many as it takes with all bugs in it, whatever the filter
/// leaves, so that the detail stays where it is; what is below has room for a frame.
fn above(app: &App, height: u16) -> u16 {
    let most = (height * ABOVE.0 / ABOVE.1).min(height.saturating_sub(ROOMY.1));
    let rows = app.ui.view.rows().max(app.ui.view.whole());
    let rows = u16::try_from(rows).unwrap_or(most).saturating_add(1);
    let framed = if rows < ROOMY.1 { rows } else { rows.saturating_add(2) };
    framed.max(TITLED).min(most)
}

/// List, detail and preview: side by side, the preview below the detail, or in its place.
fn with_preview(body: Rect, list: Option<Rect>, detail: Rect) -> (Option<Rect>, Option<Rect>, Option<Rect>) {
    if body.width >= WIDEST {
        let columns = [Constraint::Percentage(34), Constraint::Percentage(33), Constraint::Fill(1)];
        let [list, detail, preview] = Split::horizontal(columns).areas(body);
        return (Some(list), Some(detail), Some(preview));
    }
    let has_room = body.width >= HALVED.0 && detail.height >= HALVED.1;
    if !is_wide(body.width) && !has_room {
        return (list, None, Some(detail));
    }
    let [detail, preview] = Split::vertical([Constraint::Percentage(50), Constraint::Fill(1)]).areas(detail);
    (list, Some(detail), Some(preview))
}

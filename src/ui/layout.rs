//! Where everything goes: list and detail side by side where both fit, else one of them.

use ratatui::layout::{Constraint, Layout as Split, Rect};

use crate::app::{App, Pane};

/// From how many columns list and detail stand side by side.
const WIDE: u16 = 100;

/// From how many columns and rows on there is room for a frame around a pane.
const ROOMY: (u16, u16) = (44, 13);

/// Where everything goes.
pub(super) struct Layout {
    /// The list, where it is shown.
    pub(super) list: Option<Rect>,
    /// The detail, where it is shown.
    pub(super) detail: Option<Rect>,
    /// Progress, severities and what is unsaved; of one or two rows, or none.
    pub(super) status: Rect,
    /// The keys, or what was said last.
    pub(super) footer: Rect,
}

impl Layout {
    /// The layout of the desk on a screen of this size.
    pub(super) fn of(app: &App, area: Rect) -> Layout {
        let status = match area.height {
            0..6 => 0,
            6..18 => 1,
            _ => 2,
        };
        let footer = u16::from(area.height > 2);
        let rows = [Constraint::Fill(1), Constraint::Length(status), Constraint::Length(footer)];
        let [body, status, footer] = Split::vertical(rows).areas(area);
        let (list, detail) = panes(app, body);
        Layout { list, detail, status, footer }
    }
}

/// Whether list and detail are shown side by side on a screen this wide.
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
    match app.ui.pane {
        Pane::List => (Some(body), None),
        Pane::Detail => (None, Some(body)),
    }
}

//! The text of a bug in lines, and below it the file that is looked into.

use super::{ROWS, line};
use crate::app::{App, Drawn};
use crate::report::BugIx;
use crate::ui::paint::Paint;
use crate::ui::{detail, preview};

/// How many columns a line of the text may have before it is broken: the columns of a table are each as wide as their
/// widest cell, which a giant one must not make of all its rows.
const WIDE: usize = 1024;

pub(super) fn told(app: &App, bug: BugIx, paint: &Paint<'_>, drawn: &mut Drawn) -> Vec<String> {
    let lines = detail::lines(app, paint, bug, WIDE);
    let scroll = app.ui.scroll.min(lines.len().saturating_sub(ROWS));
    let below = lines.len().saturating_sub(scroll + ROWS);
    (drawn.detail, drawn.scroll, drawn.lines) = (Some(bug), scroll, ROWS);
    (drawn.across, drawn.beyond) = (0, 0);
    let mut rows: Vec<String> = line::plain(&detail::place(app, bug)).into_iter().collect();
    rows.extend(line::all(&lines[scroll..lines.len() - below]));
    rows.extend((below > 0).then(|| format!("↓ {below} more")));
    if app.ui.preview.is_on {
        drawn.preview = true;
        let said = preview::spoken(app, ROWS / 2, drawn);
        rows.extend(said.iter().filter_map(|said| line::plain(said)));
    }
    rows
}

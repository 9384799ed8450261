//! What the last frame showed, as far as the desk goes by it.

use super::Hits;
use crate::report::BugIx;

/// What was on a frame, as far as the next key needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How wide it was.
    pub width: usize,
    /// The first row of the list, headings counted.
    pub top: usize,
    /// How many rows of the list fit.
    pub rows: usize,
    /// How wide the columns of ids, scopes, statuses and titles need to be for what was on the list so far.
    pub columns: [usize; 4],
    /// The bug whose detail was on it.
    pub detail: Option<BugIx>,
    /// The first line of that detail.
    pub scroll: usize,
    /// How many lines of it fit.
    pub lines: usize,
    /// Whether the preview was on it.
    pub preview: bool,
    /// How far the preview is scrolled.
    pub preview_scroll: isize,
    /// How many columns what is wider than its pane is moved to the left.
    pub across: usize,
    /// How many columns the widest line has beyond its pane.
    pub beyond: usize,
    /// The first line of the topmost popup, where that scrolls.
    pub popup_scroll: usize,
    /// How many lines of it fit.
    pub popup_lines: usize,
    /// Where things are that can be clicked on.
    pub hits: Hits,
    /// How wide the rows are of what is typed in it, where that is shown on several.
    pub typed: usize,
    /// Which row of its first line is its first, where lines are wrapped.
    pub popup_row: isize,
    /// Its last line.
    pub popup_last: usize,
    /// How many of its columns are out of sight on the left.
    pub popup_shift: usize,
}

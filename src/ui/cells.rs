//! The text that stands in cells of a screen.

use ratatui::buffer::Cell;

use crate::text::display;

/// The text of a row of cells. What stands in a cell under a wide character is left from an earlier frame.
pub(crate) fn text_of(cells: &[Cell]) -> String {
    let (mut row, mut covered) = (String::new(), 0);
    for cell in cells {
        covered = match covered {
            0 => {
                row.push_str(cell.symbol());
                display::width(cell.symbol()).saturating_sub(1)
            }
            covered => covered - 1,
        };
    }
    row
}

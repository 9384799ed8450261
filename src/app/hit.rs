//! Where things are on the screen that can be clicked on, as the last frame had them.

use crate::config::Column;

/// A part of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its first column.
    pub x: u16,
    /// Its first row.
    pub y: u16,
    /// How many columns it has.
    pub width: u16,
    /// How many rows it has.
    pub height: u16,
}

/// The name of a column above the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Which column it names; `None` for the signs before the first.
    pub column: Option<Column>,
    /// Where it stands.
    pub area: Area,
}

/// Where things are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The rows of the list.
    pub list: Area,
    /// The names of its columns, as far as they are shown.
    pub heads: [Option<Head>; 7],
    /// The detail.
    pub detail: Area,
    /// The choices of the topmost popup, a row each.
    pub choices: Area,
    /// The first of them on screen.
    pub first: usize,
    /// The rows that go on with the choice above them, a bit each from the lowest on.
    pub goes_on: u128,
}

impl Hits {
    /// The choice on a cell.
    pub fn choice(&self, x: u16, y: u16) -> Option<usize> {
        let row = self.choices.row(x, y)?;
        let above = u128::MAX >> 127_usize.saturating_sub(row);
        Some(self.first + row - (self.goes_on & above).count_ones() as usize)
    }
}

impl Area {
    /// How far below its top a cell is; `None` where it is not in it.
    pub fn row(self, x: u16, y: u16) -> Option<usize> {
        let is_in = |at: u16, start: u16, length: u16| at >= start && at - start < length;
        let inside = is_in(x, self.x, self.width) && is_in(y, self.y, self.height);
        inside.then(|| usize::from(y - self.y))
    }

    /// Whether a cell is in it.
    pub fn has(self, x: u16, y: u16) -> bool {
        self.row(x, y).is_some()
    }
}

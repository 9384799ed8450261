//! A Markdown table as lines: columns as wide as they need, the widest narrowed until all fit.

use ratatui::text::{Line, Span};

use super::paint::Paint;
use super::wrap::{wrap, wrap_text};

/// The narrowest that a column gets.
const LEAST: usize = 3;

/// How many columns are shown at most; how many more there are is said below the table.
const COLUMNS: usize = 32;

type Cell = Vec<Span<'static>>;

/// The cells of a table, its head first.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    /// How many cells the row has, and any has at most.
    cells: (usize, usize),
}

impl Table {
    /// Ends a cell.
    pub(super) fn end_cell(&mut self, cell: Cell) {
        self.cells.0 += 1;
        if self.row.len() < COLUMNS {
            self.row.push(cell);
        }
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.row));
        self.cells = (0, self.cells.1.max(self.cells.0));
    }

    /// The table in no more than `room` columns of the screen: as many of its columns as fit at [`LEAST`].
    pub(super) fn lines(&self, room: usize, paint: &Paint<'_>) -> Vec<Line<'static>> {
        let widths = self.widths(room);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            lines.extend(row_lines(row, &widths, paint));
            if at == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
                lines.push(Line::styled(rule.join("─┼─"), paint.role("border")));
            }
        }
        let more = Some(self.cells.1 - widths.len()).filter(|more| *more > 0);
        let said = more.map(|more| format!("… and {more} more columns"));
        lines.extend(said.into_iter().flat_map(|said| wrap_text(&said, paint.role("quiet"), room)));
        lines
    }

    fn widths(&self, room: usize) -> Vec<usize> {
        let fit = ((room + 3) / (LEAST + 3)).max(1);
        let columns = self.cells.1.min(COLUMNS).min(fit);
        let natural = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| cell.iter().map(Span::width).sum()).max().unwrap_or(0)
        };
        let natural: Vec<usize> = (0..columns).map(natural).map(|width| width.max(1)).collect();
        let room = room.saturating_sub(3 * columns.saturating_sub(1));
        let capped = |cap: usize| natural.iter().map(move |width| *width.min(&cap));
        let cap = (LEAST..=room).rev().find(|cap| capped(*cap).sum::<usize>() <= room);
        capped(cap.unwrap_or(LEAST)).collect()
    }
}

fn row_lines(row: &[Cell], widths: &[usize], paint: &Paint<'_>) -> Vec<Line<'static>> {
    let empty = Vec::new();
    let cell = |(at, width): (usize, &usize)| wrap(row.get(at).unwrap_or(&empty), *width);
    let cells: Vec<Vec<Line<'static>>> = widths.iter().enumerate().map(cell).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height).map(|y| screen_line(&cells, widths, y, paint)).collect()
}

fn screen_line(cells: &[Vec<Line<'static>>], widths: &[usize], y: usize, paint: &Paint<'_>) -> Line<'static> {
    let mut spans = Vec::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        if at > 0 {
            spans.push(Span::styled(" │ ", paint.role("border")));
        }
        let line = cell.get(y).cloned().unwrap_or_default();
        let blanks = width.saturating_sub(line.width());
        spans.extend(line.spans);
        spans.push(Span::raw(" ".repeat(blanks)));
    }
    spans.into()
}

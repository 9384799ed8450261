//! Text being typed: wrapped, scrolled to its cursor, and the cursor shown where it is.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::paint::Paint;
use crate::app::{App, FilterLine, Input};
use crate::text::display;

/// The least room for a filter beside how many bugs it leaves.
const TYPED_LEAST: u16 = 16;

/// A typed text as rows, and the cell of its cursor among them.
pub(super) struct Typed {
    /// The rows.
    pub(super) rows: Vec<String>,
    cursor: (usize, usize),
}

impl Typed {
    /// The rows of an input, none wider than `width`.
    pub(super) fn of(input: &Input, width: usize) -> Typed {
        let (text, cursor, width) = (input.text(), input.cursor(), width.max(2));
        let rows = rows_of(text, width);
        let row = rows.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
        let column = display::width(&text[rows[row].start..cursor]);
        let mut rows: Vec<String> = rows.into_iter().map(|row| text[row].to_owned()).collect();
        if column < width {
            return Typed { rows, cursor: (row, column) };
        }
        rows.insert(row + 1, String::new());
        Typed { rows, cursor: (row + 1, 0) }
    }

    /// Draws what fits of it from its first row on, and no cursor.
    pub(super) fn draw_top(&self, style: Style, frame: &mut Frame<'_>, area: Rect) {
        for (y, row) in (area.y..area.bottom()).zip(&self.rows) {
            frame.buffer_mut().set_stringn(area.x, y, row, usize::from(area.width), style);
        }
    }

    /// Draws what fits of it, with the cursor in sight.
    pub(super) fn draw(&self, style: Style, frame: &mut Frame<'_>, area: Rect) {
        let height = usize::from(area.height);
        let first = (self.cursor.0 + 1).saturating_sub(height);
        for (y, row) in (area.y..area.bottom()).zip(self.rows.iter().skip(first)) {
            frame.buffer_mut().set_stringn(area.x, y, row, usize::from(area.width), style);
        }
        if !area.is_empty() {
            let x = area.x + (self.cursor.1 as u16).min(area.width - 1);
            let y = area.y + (self.cursor.0 - first) as u16;
            frame.set_cursor_position(Position::new(x, y));
        }
    }
}

/// Where the rows of a text begin and end; there is one at least.
fn rows_of(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        while let Some(over) = overflow(&text[start..end], width) {
            let blank = text[start..start + over].rfind(' ').map(|at| at + 1);
            let cut = start + blank.unwrap_or(over);
            rows.push(start..cut);
            start = cut;
        }
        rows.push(start..end);
        start = end + 1;
    }
    rows
}

/// The offset of the first grapheme that does not fit; blanks at the end always do.
fn overflow(line: &str, width: usize) -> Option<usize> {
    let start = &line.as_bytes()[..line.len().min(width + 2)];
    if start.is_ascii() {
        let blanks = start.iter().skip(width).take_while(|byte| **byte == b' ').count();
        let over = width + blanks;
        if over < start.len() {
            return Some(over);
        }
        if start.len() == line.len() {
            return None;
        }
    }
    let mut taken = 0;
    let mut graphemes = line.grapheme_indices(true);
    let over = graphemes.find(|(_, grapheme)| {
        taken += display::width(grapheme);
        taken > width && *grapheme != " "
    });
    over.map(|(at, _)| at).filter(|at| *at > 0)
}

/// The filter being typed, on one row, and how many bugs it leaves at its end.
pub(super) fn draw_filter(
    app: &App,
    line: &FilterLine,
    paint: &Paint<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let prompt = Span::styled(" / ", paint.role("footer.key"));
    let taken = (prompt.width() as u16).min(area.width);
    frame.buffer_mut().set_span(area.x, area.y, &prompt, area.width);
    let count = Span::styled(count(app), paint.role("quiet"));
    let counted = count.width() as u16;
    let counted = if area.width >= taken + counted + TYPED_LEAST { counted } else { 0 };
    let room = Rect { x: area.x + taken, width: area.width - taken - counted, ..area };
    frame.buffer_mut().set_span(room.right(), area.y, &count, counted);
    Typed::of(&line.input, usize::from(room.width)).draw(paint.role("popup.input"), frame, room);
}

/// `12 of 300`, and a sign while that is still being found out.
fn count(app: &App) -> String {
    let (shown, whole) = (app.ui.view.bugs().len(), app.ui.view.whole());
    let still = if app.ui.view.is_searching() { "…" } else { " " };
    format!(" {shown} of {whole} {still}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_wraps_at_words_and_the_cursor_goes_with_its_word() {
        let mut input = Input::many_lines();
        input.insert("one two three\nfour");
        let typed = Typed::of(&input, 10);
        assert_eq!(typed.rows, ["one two ", "three", "four"]);
        assert_eq!(typed.cursor, (2, 4));
    }

    #[test]
    fn a_full_row_leaves_the_cursor_on_the_next() {
        let mut input = Input::many_lines();
        input.insert("abcd");
        let typed = Typed::of(&input, 4);
        assert_eq!((typed.rows.len(), typed.cursor), (2, (1, 0)));
    }
}

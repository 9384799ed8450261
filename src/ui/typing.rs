//! Text being typed: wrapped, scrolled to its cursor, and the cursor shown where it is.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;

use super::paint::Paint;
use crate::app::input::rows;
use crate::app::{App, FilterLine, Input};
use crate::text::display;

/// The least room for a filter beside how many bugs it leaves.
const TYPED_LEAST: u16 = 16;

/// What stands for that part of a typed text which is out of sight.
const MORE: &str = "…";

/// A typed text as rows, and the cell of its cursor among them.
pub(super) struct Typed {
    /// The rows.
    pub(super) rows: Vec<String>,
    cursor: (usize, usize),
    /// What there is to see of it where there is room for one row only, and the column of the cursor in that.
    around: (String, usize),
}

impl Typed {
    /// The rows of an input, none wider than `width`.
    pub(super) fn of(input: &Input, width: usize) -> Typed {
        let (text, cursor, width) = (input.text(), input.cursor(), width.max(2));
        let rows = rows(text, width);
        let around = around(text, cursor, width);
        let row = rows.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
        let column = display::width(&text[rows[row].start..cursor]);
        let mut rows: Vec<String> = rows.into_iter().map(|row| text[row].to_owned()).collect();
        if column < width {
            return Typed { rows, cursor: (row, column), around };
        }
        rows.insert(row + 1, String::new());
        Typed { rows, cursor: (row + 1, 0), around }
    }

    /// Draws what fits of it from its first row on, and no cursor.
    pub(super) fn draw_top(&self, style: Style, frame: &mut Frame<'_>, area: Rect) {
        for (y, row) in (area.y..area.bottom()).zip(&self.rows) {
            frame.buffer_mut().set_stringn(area.x, y, row, usize::from(area.width), style);
        }
    }

    /// Draws what fits of it, with the cursor in sight, and a sign where more stands before.
    pub(super) fn draw(&self, style: Style, frame: &mut Frame<'_>, area: Rect) {
        let height = usize::from(area.height);
        let first = (self.cursor.0 + 1).saturating_sub(height);
        let mut rows: Vec<Cow<'_, str>> =
            self.rows.iter().skip(first).take(height).map(|row| row.as_str().into()).collect();
        let mut cursor = (self.cursor.0.saturating_sub(first), self.cursor.1);
        match rows.first_mut() {
            Some(row) if height == 1 => (*row, cursor.1) = (self.around.0.as_str().into(), self.around.1),
            Some(row) if first > 0 => *row = format!("{MORE}{row}").into(),
            _ => {}
        }
        for (y, row) in (area.y..area.bottom()).zip(&rows) {
            let width = usize::from(area.width);
            // Blanks at the end of a row are no more of the text.
            let cut = display::clip(row.trim_end(), width);
            let row = if *cut == *row.trim_end() { row } else { &cut };
            frame.buffer_mut().set_stringn(area.x, y, row, width, style);
        }
        if !area.is_empty() {
            let x = area.x + (cursor.1 as u16).min(area.width - 1);
            frame.set_cursor_position(Position::new(x, area.y + cursor.0 as u16));
        }
    }
}

/// As much of the line of the cursor as fits into one row, with signs for the rest, and the column of the cursor in it.
fn around(text: &str, cursor: usize, width: usize) -> (String, usize) {
    let start = text[..cursor].rfind('\n').map_or(0, |at| at + 1);
    let end = text[cursor..].find('\n').map_or(text.len(), |at| cursor + at);
    let (before, behind) = (&text[start..cursor], &text[cursor..end]);
    // What follows is seen while something is put in before it.
    let room = width - 1 - display::width(behind).min(width / 4);
    let mut left = room.saturating_sub(1);
    let shown = match display::width(before) > room {
        false => before.to_owned(),
        true => {
            let fits = |grapheme: &&str| {
                let fits = display::width(grapheme) <= left;
                left = left.saturating_sub(display::width(grapheme));
                fits
            };
            let seen: usize = before.graphemes(true).rev().take_while(fits).map(str::len).sum();
            format!("{MORE}{}", &before[before.len() - seen..])
        }
    };
    let column = display::width(&shown);
    (shown + behind, column)
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
    let plain = paint.role("popup.input");
    let style = if line.input.is_selected() { plain.reversed() } else { plain };
    Typed::of(&line.input, usize::from(room.width)).draw(style, frame, room);
}

/// `12 of 300`, and a sign while that is still being found out.
fn count(app: &App) -> String {
    let (shown, whole) = (app.ui.view.bugs().len(), app.counted_so_far(app.ui.view.whole()));
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

    /// Who types would not know that the beginning is still there.
    #[test]
    fn one_row_shows_what_is_about_the_cursor_and_that_there_is_more() {
        let mut input = Input::many_lines();
        input.insert("one two three");
        assert_eq!(Typed::of(&input, 14).around, ("one two three".to_owned(), 13));
        assert_eq!(Typed::of(&input, 10).around, ("…wo three".to_owned(), 9));
        assert_eq!(around("one two three", 11, 10), ("…wo three".to_owned(), 7));
        assert_eq!(around("one two three", 0, 8), ("one two three".to_owned(), 0));
        assert_eq!(around("one\ntwo three", 6, 20), ("two three".to_owned(), 2));
        assert_eq!(around("日本日本日本", 18, 6), ("…日本".to_owned(), 5));
    }

    #[test]
    fn a_full_row_leaves_the_cursor_on_the_next() {
        let mut input = Input::many_lines();
        input.insert("abcd");
        let typed = Typed::of(&input, 4);
        assert_eq!((typed.rows.len(), typed.cursor), (2, (1, 0)));
    }
}

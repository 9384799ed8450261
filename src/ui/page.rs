//! A page on the screen: no more of its sheet is laid out than fits, and what is cut off says so with `…`.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::paint::{self, Paint};
use super::popup::{boxed, foot, scrolled};
use super::statistics;
use super::typing::Typed;
use super::wrap::wrap;
use crate::app::page::{Kind, Line as Text, Page, Sheet, Spot};
use crate::app::{App, Drawn};
use crate::config::Action;
use crate::text::display;

/// How wide a page is.
const WIDTH: u16 = 104;

/// How much of the desk is left beside a page, or none of it is: less would be but scraps.
const RIM: u16 = 24;

/// How wide a page of keys is.
const HELP: u16 = 76;

pub(super) fn draw(app: &App, page: &Page, paint: &Paint<'_>, frame: &mut Frame<'_>, drawn: &mut Drawn) {
    if statistics::draw(app, page, paint, frame) {
        return;
    }
    let screen = frame.area();
    let width = match page.kind {
        Kind::Help => HELP,
        Kind::Diff => screen.width,
        _ if screen.width < WIDTH + RIM => screen.width,
        _ => WIDTH,
    };
    let room = usize::from(width.min(screen.width.saturating_sub(4)).max(1));
    let mut sheet = Layout { page, paint, room, shift: page.shift };
    let height = sheet.height(usize::from(screen.height)).max(2);
    let area = boxed(&page.title, width, u16::try_from(height).unwrap_or(u16::MAX), paint, frame);
    let top = sheet.settle(usize::from(area.height));
    sheet.shift_to_fit(top, usize::from(area.height));
    let (mut last, first) = (top.line, page.sheet.part_of(top.line));
    let (mut part, mut goes_on) = (first, 0);
    let rows = sheet.rows(top, usize::from(area.height));
    let cursor = page.cursor_within(top, rows.last().map_or(top.line, |(at, _)| *at));
    for (y, (at, line)) in (area.y..area.bottom()).zip(rows) {
        paint::put(frame.buffer_mut(), (area.x, y), &line, area.width);
        if cursor.is_some_and(|part| part == page.sheet.part_of(at)) && line.width() > 0 {
            let row = Rect { y, height: 1, ..area };
            paint.lay("popup.cursor", frame.buffer_mut(), row);
        }
        let is_same = y > area.y && page.sheet.part_of(at) == part;
        goes_on |= u128::from(is_same).checked_shl(u32::from(y - area.y)).unwrap_or(0);
        (last, part) = (at, page.sheet.part_of(at));
        drawn.hits.choices = paint::area(Rect { height: y + 1 - area.y, ..area });
    }
    (drawn.hits.first, drawn.hits.goes_on) = (first, goes_on);
    below(app, page, paint, frame, area);
    if (top.line, top.row) > (0, 0) || last + 1 < page.sheet.len() {
        let fits = (last + 1 - top.line).min(page.sheet.len() - 1);
        scrolled((page.sheet.len(), top.line, fits), paint, frame, area);
    }
    (drawn.popup_scroll, drawn.popup_row, drawn.popup_last) = (top.line, top.row, last);
    (drawn.popup_lines, drawn.popup_shift) = (usize::from(area.height), sheet.shift);
}

/// What is being looked for, or the keys that read on.
fn below(app: &App, page: &Page, paint: &Paint<'_>, frame: &mut Frame<'_>, area: Rect) {
    let said = page.search.said();
    let Some(input) = page.search.input.as_ref().filter(|_| area.bottom() < frame.area().bottom()) else {
        let keys = if page.search.is_on() {
            format!(" {said} · n N next, previous · Esc clear ")
        } else {
            keys(app, page)
        };
        return foot(&keys, paint, frame, area);
    };
    let row = Rect { y: area.bottom(), height: 1, ..area };
    let end = format!(" {said} ");
    let taken = (display::width(&end) as u16).min(row.width.saturating_sub(8));
    let typing = Rect { x: row.x + 2.min(row.width), width: row.width.saturating_sub(taken + 2), ..row };
    frame.buffer_mut().set_style(row, paint.role("popup.input"));
    frame.buffer_mut().set_stringn(
        row.x,
        row.y,
        " ".repeat(usize::from(row.width)),
        usize::from(row.width),
        paint.role("popup.input"),
    );
    frame.buffer_mut().set_stringn(row.x, row.y, "/ ", usize::from(row.width), paint.role("footer.key"));
    Typed::of(input, usize::from(typing.width)).draw(paint.role("popup.input"), frame, typing);
    let x = row.right().saturating_sub(taken);
    frame.buffer_mut().set_stringn(x, row.y, end, usize::from(taken), paint.role("quiet"));
}

/// The keys that read on.
pub(super) fn keys(app: &App, page: &Page) -> String {
    let first = match page.kind {
        Kind::Diff => format!(" {} save · ] [ hunks · W wrap ·", app.key_of(Action::Save)),
        Kind::Log => " Enter go to the bug ·".to_owned(),
        Kind::Check if app.ui.holder.is_some() || !can_set(page) => " Enter go to the bug ·".to_owned(),
        Kind::Check => " Enter go to the bug · f set all claims ○ ·".to_owned(),
        _ => String::new(),
    };
    format!("{first} / search · ↑ ↓ PgUp PgDn scroll · Esc close ")
}

/// Whether there are claims that could be set right and are not.
fn can_set(page: &Page) -> bool {
    matches!(&*page.sheet, Sheet::Findings(findings) if findings.is_open)
}

/// The sheet of a page as rows of the screen.
struct Layout<'a> {
    page: &'a Page,
    paint: &'a Paint<'a>,
    room: usize,
    shift: usize,
}

impl Layout<'_> {
    /// How many rows the sheet has, as far as that matters.
    fn height(&self, most: usize) -> usize {
        let mut rows = 0;
        for at in 0..self.page.sheet.len().min(most) {
            rows += self.count(at);
            if rows >= most {
                break;
            }
        }
        rows
    }

    fn count(&self, at: usize) -> usize {
        if self.page.wraps { self.rows_of(at).len().max(1) } else { 1 }
    }

    /// Where the page really begins: within the sheet, with what is to be shown in sight, its end no higher than the
    /// lower edge.
    fn settle(&self, height: usize) -> Spot {
        let length = self.page.sheet.len();
        let most = self.before(length, height);
        let mut spot = self.within(self.page.top).min(most);
        if let Some(line) = self.page.follow.filter(|line| *line < length) {
            let part = self.page.cursor.map_or(line, |part| self.page.sheet.start(part)).min(line);
            let end = if self.page.cursor.is_some() { self.end_of_part(line) } else { line + 1 };
            let lowest = self.before(end, height);
            spot = spot
                .max(lowest.min(Spot { line, row: 0 }))
                .min(Spot { line: part.max(lowest.line.min(line)), row: 0 });
        }
        spot.min(most)
    }

    /// The end of the part that a line is in.
    fn end_of_part(&self, line: usize) -> usize {
        let (sheet, part) = (&self.page.sheet, self.page.sheet.part_of(line));
        if part + 1 < sheet.parts() { sheet.start(part + 1) } else { sheet.len() }.max(line + 1)
    }

    /// The spot with its row within its line.
    fn within(&self, Spot { mut line, mut row }: Spot) -> Spot {
        let last = self.page.sheet.len().saturating_sub(1);
        if line > last {
            return Spot { line: last, row: isize::MAX };
        }
        while row < 0 && line > 0 {
            line -= 1;
            row += self.count(line) as isize;
        }
        while row > 0 && row >= self.count(line) as isize && line < last {
            row -= self.count(line) as isize;
            line += 1;
        }
        Spot { line, row: row.max(0) }
    }

    /// The spot from which it is so many rows to a line.
    fn before(&self, end: usize, height: usize) -> Spot {
        let (mut line, mut rows) = (end, 0);
        while line > 0 && rows < height {
            line -= 1;
            rows += self.count(line);
        }
        Spot { line, row: rows.saturating_sub(height) as isize }
    }

    /// So many rows from a spot on, each with the line that it is of.
    fn rows(&self, top: Spot, height: usize) -> Vec<(usize, Line<'static>)> {
        let lines = top.line..self.page.sheet.len();
        let rows = lines.flat_map(|at| self.rows_of(at).into_iter().map(move |row| (at, row)));
        rows.skip(usize::try_from(top.row).unwrap_or(0)).take(height).collect()
    }

    fn rows_of(&self, at: usize) -> Vec<Line<'static>> {
        let line = self.page.sheet.shown(at);
        let spans = self.spans(&line);
        if !self.page.wraps {
            return vec![cut(&spans, self.shift, self.room)];
        }
        hanging(&spans, line.hang.min(self.room / 2), self.room)
    }

    fn spans(&self, line: &Text) -> Vec<Span<'static>> {
        let hits = self.page.search.needle().map(|needle| needle.ranges(&line.text())).unwrap_or_default();
        let mut from = 0;
        let mut spans = Vec::new();
        for run in &line.runs {
            let style = self.paint.role(&run.role);
            for (range, is_hit) in split(from, &run.text, &hits) {
                let style = if is_hit { style.patch(self.paint.role("match")) } else { style };
                spans.push(Span::styled(run.text[range].to_owned(), style));
            }
            from += run.text.len();
        }
        spans
    }

    /// Shifts no further than the longest line in sight goes, and to a match that is out of sight.
    fn shift_to_fit(&mut self, top: Spot, height: usize) {
        if self.page.wraps {
            return;
        }
        let lines = top.line..(top.line + height).min(self.page.sheet.len());
        let widest = lines.map(|at| display::width(&self.page.sheet.line(at).text())).max().unwrap_or(0);
        if let (Some(line), Some(needle)) = (self.page.follow, self.page.search.needle()) {
            let text = self.page.sheet.line(line).text();
            let hit = needle.ranges(&text).into_iter().next();
            let columns =
                hit.map(|hit| (display::width(&text[..hit.start]), display::width(&text[..hit.end])));
            self.shift = match columns {
                Some((start, end)) if start < self.shift || end >= self.shift + self.room => {
                    start.saturating_sub(self.room / 3)
                }
                _ => self.shift,
            };
        }
        self.shift = self.shift.min(widest.saturating_sub(self.room));
    }
}

/// A run cut where matches begin and end; the run begins at `from` in its line.
fn split(from: usize, text: &str, hits: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for hit in hits {
        let start = hit.start.saturating_sub(from).min(text.len()).max(at);
        let end = hit.end.saturating_sub(from).min(text.len()).max(start);
        pieces.push((at..start, false));
        pieces.push((start..end, true));
        at = end;
    }
    pieces.push((at..text.len(), false));
    pieces.retain(|(range, _)| !range.is_empty());
    pieces
}

/// A line wrapped, what goes on standing further in.
fn hanging(spans: &[Span<'static>], hang: usize, room: usize) -> Vec<Line<'static>> {
    let mut first = wrap(spans, room);
    if first.len() < 2 || hang == 0 {
        return first;
    }
    let taken: usize = first[0].spans.iter().map(|span| span.content.len()).sum();
    first.truncate(1);
    let rest = wrap(&behind(spans, taken), room - hang);
    let inward =
        rest.into_iter().map(|line| Line::from([vec![Span::raw(" ".repeat(hang))], line.spans].concat()));
    first.into_iter().chain(inward).collect()
}

/// What stands behind so many bytes, without the blanks that it begins with.
fn behind(spans: &[Span<'static>], mut taken: usize) -> Vec<Span<'static>> {
    let mut rest: Vec<Span<'static>> = Vec::new();
    for span in spans {
        let skipped = span.content.len().min(taken);
        taken -= skipped;
        let text = span.content.get(skipped..).unwrap_or_default();
        let text = if rest.is_empty() { text.trim_start_matches(' ') } else { text };
        if !text.is_empty() {
            rest.push(Span::styled(text.to_owned(), span.style));
        }
    }
    rest
}

/// The columns of a line from `shift` on, `…` where something is out of sight.
fn cut(spans: &[Span<'static>], shift: usize, room: usize) -> Line<'static> {
    let whole: usize = spans.iter().map(|span| display::width(&span.content)).sum();
    if shift == 0 && whole <= room {
        return Line::from(spans.to_vec());
    }
    let (first, last) =
        (shift + usize::from(shift > 0), (shift + room).min(whole + 1) - usize::from(whole > shift + room));
    let mut shown = vec![Span::raw(if shift > 0 { "…" } else { "" })];
    let mut column = 0;
    for span in spans {
        let mut text = String::new();
        for grapheme in span.content.graphemes(true) {
            let end = column + display::width(grapheme);
            if column >= first && end <= last {
                text.push_str(grapheme);
            } else if end > first && column < last {
                text.push_str(&" ".repeat(end.min(last) - column.max(first)));
            }
            column = end;
        }
        shown.push(Span::styled(text, span.style));
    }
    if whole > shift + room {
        shown.push(Span::raw("…"));
    }
    Line::from(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_on_either_side_says_so() {
        let line = |shift, room| cut(&[Span::raw("abcdef"), Span::raw("ghij")], shift, room).to_string();
        assert_eq!(line(0, 10), "abcdefghij");
        assert_eq!(line(0, 5), "abcd…");
        assert_eq!(line(3, 4), "…ef…");
        assert_eq!(line(6, 4), "…hij");
        assert_eq!(cut(&[Span::raw("日本語")], 1, 4).to_string(), "…本…");
    }

    #[test]
    fn a_match_is_split_out_of_the_runs_that_it_goes_over() {
        assert_eq!(
            split(0, "abcd", &[1..2, 3..6]),
            [(0..1, false), (1..2, true), (2..3, false), (3..4, true)]
        );
        assert_eq!(split(4, "efgh", &[1..2, 3..6]), [(0..2, true), (2..4, false)]);
    }

    #[test]
    fn a_wrapped_line_goes_on_further_in() {
        let lines = hanging(&[Span::raw("key  "), Span::raw("one two three")], 5, 10);
        let shown: Vec<String> = lines.iter().map(Line::to_string).collect();
        assert_eq!(shown, ["key  one", "     two", "     three"]);
    }
}

//! The preview pane: lines of the chosen file with their numbers, the named one marked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::paint::{self, Paint};
use super::wrap::wrap_text;
use super::{across, layout};
use crate::app::{App, Drawn, Shown};
use crate::text::display;

pub(super) fn draw(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect, drawn: &mut Drawn) {
    let inner = framed(app, paint, buffer, area);
    drawn.preview = true;
    match app.ui.preview.shown().filter(|_| app.chosen_piece().is_some()) {
        Some(Shown::Lines { first, lines, goes_on }) => {
            Pane { app, paint, first: *first as usize, lines, goes_on: *goes_on, area: inner }
                .draw(buffer, drawn);
        }
        Some(Shown::Nothing(why)) => say(why, paint, buffer, inner),
        None => say(waiting(app), paint, buffer, inner),
    }
}

/// The preview in lines, no more of them than so many.
pub(super) fn spoken(app: &App, height: usize, drawn: &mut Drawn) -> Vec<String> {
    let called = called(app);
    match app.ui.preview.shown().filter(|_| app.chosen_piece().is_some()) {
        Some(Shown::Lines { first, lines, goes_on }) => {
            let (first, at) = (*first as usize, sight(app, *first as usize, lines.len(), height));
            drawn.preview_scroll = at.scroll;
            let end = lines.len().min(at.top + height);
            let numbered = (first + at.top..).zip(&lines[at.top..end]);
            let mark = |line| if at.marked.is_some_and(|marked| first + marked == line) { "▶" } else { "" };
            let numbered = numbered.map(|(line, text)| format!("{}{line}: {}", mark(line), shown(text)));
            let note = at.note(*goes_on, end == lines.len());
            [called].into_iter().chain(numbered).chain(note).collect()
        }
        Some(Shown::Nothing(why)) => vec![called, (*why).to_owned()],
        None => vec![called, waiting(app).to_owned()],
    }
}

fn waiting(app: &App) -> &'static str {
    match (app.cursor(), app.evidence()) {
        (None, _) => "no bug in view",
        (_, Some([])) => "this bug names no files",
        _ => "…",
    }
}

fn say(said: &str, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) {
    let lines = wrap_text(said, paint.role("quiet"), usize::from(area.width));
    for (y, line) in (area.y..area.bottom()).zip(lines) {
        paint::put(buffer, (area.x, y), &line, area.width);
    }
}

/// What the chosen file is called.
fn called(app: &App) -> String {
    app.chosen_piece().map_or_else(|| "preview".to_owned(), |piece| piece.called())
}

/// The frame of the preview, or its title line where there is no room for one; gives what is left.
fn framed(app: &App, paint: &Paint<'_>, buffer: &mut Buffer, area: Rect) -> Rect {
    let width = usize::from(area.width).saturating_sub(4);
    let title = Span::styled(format!(" {} ", display::clip(&called(app), width)), paint.role("header.title"));
    if layout::is_roomy(area) {
        let block = paint.frame().title(title);
        let inner = block.inner(area).inner(Margin::new(1, 0));
        block.render(area, buffer);
        return inner;
    }
    if area.height < 2 {
        return area;
    }
    let rule = "─".repeat(usize::from(area.width).saturating_sub(title.width()));
    let title = Line::from(vec![title, Span::styled(rule, paint.role("border"))]);
    paint::put(buffer, (area.x, area.y), &title, area.width);
    Rect { y: area.y + 1, height: area.height - 1, ..area }
}

/// Lines of a file in their place.
struct Pane<'a> {
    app: &'a App,
    paint: &'a Paint<'a>,
    first: usize,
    lines: &'a [String],
    goes_on: bool,
    area: Rect,
}

impl Pane<'_> {
    fn draw(&self, buffer: &mut Buffer, drawn: &mut Drawn) {
        let height = usize::from(self.area.height);
        let sight = sight(self.app, self.first, self.lines.len(), height);
        let (top, marked) = (sight.top, sight.marked);
        drawn.preview_scroll = sight.scroll;
        let shown = &self.lines[top..self.lines.len().min(top + height)];
        let digits = (self.first + top + shown.len()).to_string().len();
        let width = usize::from(self.area.width).saturating_sub(digits + 3).max(1);
        let texts: Vec<Line<'static>> =
            (top..).zip(shown).map(|(at, text)| self.text(text, marked == Some(at))).collect();
        drawn.beyond = drawn.beyond.max(across::beyond(&texts, width));
        for ((at, y), text) in (top..).zip(self.area.y..self.area.bottom()).zip(&texts) {
            let mut spans = vec![self.number(self.first + at, digits, marked == Some(at))];
            spans.extend(
                across::part(text, self.app.ui.across, width, self.paint.role("quiet")).into_owned().spans,
            );
            paint::put(buffer, (self.area.x, y), &spans.into(), self.area.width);
        }
        self.note(buffer, sight.note(self.goes_on, top + height >= self.lines.len()));
    }

    fn number(&self, line: usize, digits: usize, is_named: bool) -> Span<'static> {
        let (mark, role) = if is_named { ('▶', "warning") } else { (' ', "quiet") };
        Span::styled(format!("{mark}{line:>digits$}│ "), self.paint.role(role))
    }

    fn text(&self, line: &str, is_named: bool) -> Line<'static> {
        let role = if is_named { "emphasis" } else { "text" };
        Line::styled(shown(line), self.paint.role(role))
    }

    /// Says at the lower edge what is not to be seen.
    fn note(&self, buffer: &mut Buffer, said: Option<String>) {
        let Some(said) = said.map(|said| format!(" {said} ")) else { return };
        let width = display::width(&said) as u16;
        if let (Some(x), Some(y)) = (self.area.right().checked_sub(width), self.area.bottom().checked_sub(1))
            && x >= self.area.x
        {
            buffer.set_string(x, y, said, self.paint.role("warning"));
        }
    }
}

/// How many bytes of a line are shown at most.
const LONGEST: usize = 4 * 1024;

/// A line as it is shown.
fn shown(line: &str) -> String {
    let line = display::untabbed(&line[..line.floor_char_boundary(LONGEST)]).into_owned();
    display::visible_str(&line).into_owned()
}

/// Which lines of a file are in sight.
struct Sight {
    /// The first of them.
    top: usize,
    /// How far it is from where it would be without scrolling.
    scroll: isize,
    /// The line that is named, where the file has it.
    marked: Option<usize>,
    /// Its number, where the file has not.
    absent: Option<usize>,
}

/// The lines in sight where so many fit of `count`, whose first is the line `first` of the file.
fn sight(app: &App, first: usize, count: usize, height: usize) -> Sight {
    let named = app.chosen_piece().and_then(|piece| piece.line).map(|line| line as usize);
    let marked = named.and_then(|line| line.checked_sub(first)).filter(|at| *at < count);
    let (last, about) = (count.saturating_sub(height), marked.unwrap_or(0));
    let begin = about.saturating_sub(height / 3).min(last);
    let top = begin.saturating_add_signed(app.ui.preview.scroll).min(last);
    let scroll = top as isize - begin as isize;
    Sight { top, scroll, marked, absent: named.filter(|_| marked.is_none()) }
}

impl Sight {
    /// What is not to be seen: a named line that the file does not have, or the rest of it.
    fn note(&self, goes_on: bool, is_end: bool) -> Option<String> {
        match self.absent {
            Some(line) => Some(format!("line {line} is not there")),
            None if goes_on && is_end => Some("… goes on".to_owned()),
            None => None,
        }
    }
}

//! Lines being written behind the margins of the blocks that they stand in.

use ratatui::text::{Line, Span};

use super::Room;
use crate::text::display;
use crate::ui::paint::Paint;
use crate::ui::wrap::wrap;

/// How many blocks around a line are shown as such; how many more there are is said before it.
pub(super) const DEEPEST: usize = 12;

/// How wide a table gets that is not wrapped.
const WIDEST: usize = 500;

/// The narrowest that text is laid out.
const LEAST: usize = 8;

/// What a line of a nested block begins with.
pub(super) struct Margin {
    /// The bullet or number, for the first line only.
    mark: Option<String>,
    /// What stands on every further line, as wide as the mark.
    rest: String,
    role: &'static str,
}

impl Margin {
    /// The margin of what hangs under a mark.
    pub(super) fn hanging(mark: String) -> Margin {
        let rest = " ".repeat(display::width(&mark));
        Margin { mark: Some(mark), rest, role: "quiet" }
    }

    /// The margin of what has a bar before every line.
    pub(super) fn bar(bar: &str, role: &'static str) -> Margin {
        Margin { mark: None, rest: bar.to_owned(), role }
    }
}

/// Lines being written.
pub(super) struct Writer<'a> {
    lines: Vec<Line<'static>>,
    room: Room,
    paint: &'a Paint<'a>,
    margins: Vec<Margin>,
    is_blank: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(room: Room, paint: &'a Paint<'a>) -> Writer<'a> {
        Writer { lines: Vec::new(), room, paint, margins: Vec::new(), is_blank: true }
    }

    /// Begins a block with this margin.
    pub(super) fn open(&mut self, margin: Margin) {
        self.margins.push(margin);
    }

    /// Ends the innermost block.
    pub(super) fn close(&mut self) {
        self.margins.pop();
    }

    /// Puts another mark in the place of a bullet that is not shown yet; `false` where there is none.
    pub(super) fn mark(&mut self, mark: &str) -> bool {
        let bullet = self.margins.last_mut().filter(|margin| {
            margin.mark.as_ref().is_some_and(|mark| !mark.starts_with(|c: char| c.is_ascii_digit()))
        });
        bullet.map(|margin| *margin = Margin::hanging(mark.to_owned())).is_some()
    }

    /// Whether a mark is still to be shown.
    pub(super) fn has_mark(&self) -> bool {
        self.margins.iter().take(DEEPEST).any(|margin| margin.mark.is_some())
    }

    /// How wide a line may be inside the margins.
    pub(super) fn width(&self) -> usize {
        self.room.width.saturating_sub(self.margin()).max(LEAST)
    }

    /// How wide a table may be.
    pub(super) fn table_width(&self) -> usize {
        if self.room.wrap { self.width() } else { self.width().max(WIDEST) }
    }

    /// How wide a line of code may be.
    pub(super) fn code_width(&self) -> usize {
        if self.room.wrap { self.width() } else { usize::MAX }
    }

    fn margin(&self) -> usize {
        let shown = self.margins.iter().take(DEEPEST);
        shown.map(|margin| display::width(&margin.rest)).sum::<usize>() + display::width(&self.deeper())
    }

    /// A blank line, unless there is one already or nothing stands above it.
    pub(super) fn gap(&mut self) {
        if !self.is_blank {
            let is_barred = self.margins.iter().take(DEEPEST).any(|margin| !margin.rest.trim().is_empty());
            if is_barred {
                self.put(Line::default());
            } else {
                self.lines.push(Line::default());
            }
        }
        self.is_blank = true;
    }

    /// Writes a text, wrapped at this width.
    pub(super) fn write(&mut self, text: &[Span<'static>], width: usize) {
        for line in wrap(text, width) {
            self.put(line);
        }
    }

    /// Writes one line behind the margins; a mark not yet shown is shown now.
    pub(super) fn put(&mut self, line: Line<'static>) {
        let deeper = self.deeper();
        let mut spans = Vec::with_capacity(self.margins.len().min(DEEPEST) + 1 + line.spans.len());
        for margin in self.margins.iter_mut().take(DEEPEST) {
            let text = margin.mark.take().unwrap_or_else(|| margin.rest.clone());
            spans.push(Span::styled(text, self.paint.role(margin.role)));
        }
        spans.extend((!deeper.is_empty()).then(|| Span::styled(deeper, self.paint.role("quiet"))));
        spans.extend(line.spans);
        self.lines.push(spans.into());
        self.is_blank = false;
    }

    /// `⋯3 `: how many more blocks are around a line than are shown; nothing for none.
    fn deeper(&self) -> String {
        match self.margins.len().saturating_sub(DEEPEST) {
            0 => String::new(),
            more => format!("⋯{more} "),
        }
    }

    /// The lines written.
    pub(super) fn lines(mut self) -> Vec<Line<'static>> {
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
        self.lines
    }
}

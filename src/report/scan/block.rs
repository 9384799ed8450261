//! The scanner itself: takes one line after the other from one state to the next.
//!
//! Each line is read once, plus at most twice ahead (the row under a possible table header, and the
//! lines of a link definition). Blocks that go on are tried first; what is left starts new ones.

use super::cursor::{Cursor, is_blank};
use super::fence::Fence;
use super::heading::{atx, atx_text, is_rule};
use super::html;
use super::mark::{Block, Heading, Item, Sink};
use super::marker;
use super::state::{Hollow, Indented, Leaf, State, quote};
use crate::text::line::{self, Line};
use crate::text::span::Span;

/// A scan under way.
pub(super) struct Scanner<'a, S> {
    /// The report up to where the scan ends.
    pub(super) base: &'a [u8],
    pub(super) state: State,
    pub(super) sink: &'a mut S,
    /// The offset before which all lines must be read, whatever they lie in.
    pub(super) unsure: u32,
}

/// What stands after the containers that a line opens.
enum Opened {
    /// Nothing: the last one is a list item with only its marker, or its marker and a task box.
    Hollow,
    /// The text of a task, always a paragraph.
    Task,
    /// Any block.
    Block,
}

impl<'a, S: Sink> Scanner<'a, S> {
    /// Scans the lines from `start` to the end.
    pub(super) fn run(&mut self, start: u32) {
        let mut next = start;
        while (next as usize) < self.base.len() {
            next = self.pass(self.past_blank(next));
            if (next as usize) < self.base.len() {
                next = self.step(next);
            }
        }
    }

    /// Ends all that is open, before `at`.
    pub(super) fn finish(&mut self, at: u32) {
        self.close_leaf(at);
        self.leave(0);
    }

    /// The first line from `start` on that is not empty, where empty ones say nothing.
    fn past_blank(&self, start: u32) -> u32 {
        let is_end = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let ends = || self.base[start as usize..].iter().take_while(is_end).count();
        if self.has_nothing_open() { start + ends() as u32 } else { start }
    }

    /// Whether no container and no leaf is open.
    pub(super) fn has_nothing_open(&self) -> bool {
        self.state.leaf == Leaf::None && self.state.stack.is_empty()
    }

    /// Scans the line at `start`, and those after it that belong to it at once; gives the next one.
    fn step(&mut self, start: u32) -> u32 {
        let line = line::at(self.base, start);
        if line.text.is_empty() && self.state.stack.has_no_quote() && self.state.leaf.ends_at_blank() {
            self.close_leaf(start);
            return self.blank(line);
        }
        let mut cursor = Cursor::new(self.bytes(line));
        let matched = match self.is_aligned(cursor) {
            true => 0,
            false => self.state.stack.walk(&mut cursor),
        };
        if self.go_on(line, cursor, matched == self.state.stack.len()) {
            self.state.last = line.end;
            return line.end;
        }
        self.begin(line, cursor, matched)
    }

    /// Whether a line inside list items is a heading that stands as far in as the last one outside did, of its level or one above:
    /// to a reader the one goes on behind the other, whatever list lies between them.
    fn is_aligned(&self, mut cursor: Cursor<'a>) -> bool {
        let Some(Indented { columns, level }) = self.state.indented else { return false };
        let is_in_items = !self.state.stack.is_empty() && self.state.stack.has_no_quote();
        is_in_items
            && !matches!(self.state.leaf, Leaf::Fence(_) | Leaf::Html { .. })
            && cursor.take(columns + 1) == columns
            && atx(cursor.rest()).is_some_and(|own| own <= level)
    }

    /// Goes on with the open leaf, if the line belongs to it; closes it otherwise.
    fn go_on(&mut self, line: Line, cursor: Cursor<'a>, whole: bool) -> bool {
        let goes_on = match self.state.leaf {
            Leaf::None | Leaf::FrontMatter { .. } => return false,
            Leaf::Paragraph { .. } => return self.go_on_paragraph(line, cursor, whole),
            _ if !whole => false,
            Leaf::Fence(fence) => return self.go_on_fence(fence, line, cursor),
            Leaf::Html { until, .. } => return self.go_on_html(until, line, cursor),
            Leaf::Table => self.go_on_table(line, cursor),
        };
        if !goes_on {
            self.close_leaf(line.text.start);
        }
        goes_on
    }

    fn go_on_fence(&mut self, fence: Fence, line: Line, cursor: Cursor<'a>) -> bool {
        if fence.closes(cursor) {
            self.close_leaf(line.end);
        }
        true
    }

    fn go_on_html(&mut self, until: html::Until, line: Line, cursor: Cursor<'a>) -> bool {
        if until == html::Until::Blank && is_blank(cursor.rest()) {
            self.close_leaf(line.text.start);
            return false;
        }
        if until.ends_in(cursor.rest()) {
            self.close_leaf(line.end);
        }
        true
    }

    /// Starts what the line starts: containers, then a leaf.
    fn begin(&mut self, line: Line, mut cursor: Cursor<'a>, matched: usize) -> u32 {
        self.leave(matched);
        let next = match self.open_containers(line, &mut cursor) {
            Opened::Hollow => {
                self.state.hollow = Hollow::Started;
                line.end
            }
            Opened::Task => self.begin_paragraph(line, cursor),
            Opened::Block if !cursor.is_at_text() && is_blank(cursor.rest()) => return self.blank(line),
            Opened::Block => self.begin_block(line, cursor),
        };
        self.state.last = next;
        next
    }

    /// Opens the quotes and items of a line.
    fn open_containers(&mut self, line: Line, cursor: &mut Cursor<'a>) -> Opened {
        let mut no_rule = 0;
        loop {
            if cursor.is_at_text() && !may_open(cursor.rest()[0]) {
                return Opened::Block;
            }
            let indented = (!cursor.is_at_text()).then_some(*cursor);
            let outer = if indented.is_some() { cursor.take(4) } else { 0 };
            if outer < 4
                && let Some(marker) = marker::open(cursor, outer, &mut no_rule)
            {
                self.drop_hollow();
                match self.open_item(line, cursor, &marker) {
                    Opened::Block => {}
                    opened => return opened,
                }
            } else if outer < 4 && quote(cursor) {
                self.drop_hollow();
                self.state.stack.push_quote();
            } else {
                if let Some(before) = indented {
                    *cursor = before;
                }
                return Opened::Block;
            }
        }
    }

    fn open_item(&mut self, line: Line, cursor: &mut Cursor<'a>, found: &marker::Marker) -> Opened {
        let at = |start: usize, length: usize| {
            let start = line.text.start + start as u32;
            Span::new(start, start + length as u32)
        };
        let hollow = is_blank(cursor.rest());
        let task = if hollow { None } else { marker::task(cursor) };
        self.sink.item(Item {
            lines: line.whole(),
            marker: at(found.start, found.width),
            task: task.map(|(done, start)| (at(start, 3), done)),
            place: self.state.stack.place(),
        });
        self.state.stack.push_item(found.indent);
        match task {
            None if !hollow => Opened::Block,
            Some(_) if !is_blank(cursor.rest()) => Opened::Task,
            _ => Opened::Hollow,
        }
    }

    fn begin_block(&mut self, line: Line, mut cursor: Cursor<'a>) -> u32 {
        self.drop_hollow();
        let is_code = cursor.take(4) == 4;
        if is_code { line.end } else { self.begin_leaf(line, cursor) }
    }

    /// A line with nothing but, perhaps, quote marks.
    fn blank(&mut self, line: Line) -> u32 {
        if self.state.hollow == Hollow::Started {
            self.state.stack.flatten();
            self.state.hollow = Hollow::Over;
        }
        if !is_blank(self.bytes(line)) {
            self.state.last = line.end;
        }
        line.end
    }

    fn begin_leaf(&mut self, line: Line, cursor: Cursor<'a>) -> u32 {
        let rest = cursor.rest();
        let start = line.text.start;
        match rest[0] {
            b'#' if let Some(level) = atx(rest) => self.heading(line, cursor, level),
            b'-' | b'*' | b'_' if is_rule(rest).is_ok() => {
                let rule = self.block(line.whole(), start + cursor.at() as u32);
                self.sink.rule(rule);
            }
            b'`' | b'~' if let Some(fence) = Fence::open(rest, start) => self.state.leaf = Leaf::Fence(fence),
            b'<' if let Some(until) = html::open(rest) => {
                self.state.leaf = Leaf::Html { start, until };
                if until.ends_in(rest) {
                    self.close_leaf(line.end);
                }
            }
            _ => return self.begin_text(line, cursor),
        }
        line.end
    }

    fn heading(&mut self, line: Line, cursor: Cursor<'a>, level: u8) {
        if self.state.stack.is_empty() {
            let columns = cursor.at() as u32;
            self.state.indented = (columns > 0).then_some(Indented { columns, level });
        }
        let (start, end) = atx_text(cursor.rest(), level);
        let base = line.text.start + cursor.at() as u32;
        self.sink.heading(Heading {
            lines: line.whole(),
            text: Span::new(base + start as u32, base + end as u32),
            level,
            setext: false,
            place: self.state.stack.place(),
        });
    }

    /// Tells the open leaf, which ends before `at`.
    pub(super) fn close_leaf(&mut self, at: u32) {
        match std::mem::take(&mut self.state.leaf) {
            Leaf::None | Leaf::FrontMatter { .. } => {}
            Leaf::Paragraph { start, text } => {
                let paragraph = self.block(Span::new(start, self.state.last), text);
                self.sink.paragraph(paragraph);
            }
            Leaf::Fence(fence) => {
                let code = self.block(Span::new(fence.start, at), fence.start);
                self.sink.code(code);
            }
            Leaf::Html { start, .. } => {
                let html = self.block(Span::new(start, at), start);
                self.sink.html(html);
            }
            Leaf::Table => self.sink.table_end(self.state.last),
        }
    }

    /// Leaves all containers but the outermost `depth`, so also a hollow item, which is the innermost.
    fn leave(&mut self, depth: usize) {
        while self.state.stack.len() > depth {
            self.state.hollow = Hollow::No;
            if self.state.stack.pop() {
                self.sink.item_end(self.state.last);
            }
        }
    }

    /// Leaves the innermost item if it has nothing in it and a blank line has followed.
    fn drop_hollow(&mut self) {
        if self.state.hollow == Hollow::Over {
            self.leave(self.state.stack.len() - 1);
        }
        self.state.hollow = Hollow::No;
    }

    /// A block of these lines whose text starts at `start`, in the open containers.
    fn block(&self, lines: Span, start: u32) -> Block {
        Block { lines, start, place: self.state.stack.place() }
    }

    /// The bytes of a line without its end.
    pub(super) fn bytes(&self, line: Line) -> &'a [u8] {
        line.text.of(self.base)
    }
}

/// Whether a container may begin with a byte.
fn may_open(byte: u8) -> bool {
    matches!(byte, b'>' | b'-' | b'+' | b'*' | b'0'..=b'9')
}

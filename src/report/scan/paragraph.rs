//! Paragraphs: where they start, what they swallow, what ends them, and what they turn out to be.
//!
//! A paragraph can turn out to be a setext heading (known from the line after it), a table (known from
//! its second line) or a row of link definitions (known once they are read); its mark is given only when
//! all of that is ruled out.

use memchr::memchr;

use super::block::Scanner;
use super::cursor::{Cursor, is_blank};
use super::fence::Fence;
use super::heading::{atx, is_rule, setext};
use super::mark::{Heading, Row, Sink, Table};
use super::state::Leaf;
use super::{html, marker, table};
use crate::text::line::{self, Line};
use crate::text::span::Span;

/// A line that could go on with the paragraph before it.
pub(super) struct Follower<'a> {
    pub(super) line: Line,
    /// After the containers that it belongs to and up to four columns of blanks.
    pub(super) cursor: Cursor<'a>,
    /// Whether it belongs to all open containers.
    pub(super) whole: bool,
    /// Whether it is indented so far that only a paragraph can be here.
    pub(super) deep: bool,
}

impl<'a> Follower<'a> {
    fn new(line: Line, mut cursor: Cursor<'a>, whole: bool) -> Follower<'a> {
        let deep = cursor.take(4) == 4;
        Follower { line, cursor, whole, deep }
    }
}

impl<'a, S: Sink> Scanner<'a, S> {
    /// Goes on with the open paragraph, ends it as a setext heading, or closes it.
    pub(super) fn go_on_paragraph(&mut self, line: Line, cursor: Cursor<'a>, whole: bool) -> bool {
        let mut follower = Follower::new(line, cursor, whole);
        if !follower.deep
            && whole
            && let Some(level) = setext(follower.cursor.rest())
        {
            self.underline(line, level);
            return true;
        }
        let mut ends = !follower.deep && self.interrupts(&follower);
        follower.cursor.skip_blanks();
        ends |= follower.cursor.ended();
        if ends {
            self.close_leaf(line.text.start);
        }
        !ends
    }

    /// Starts a paragraph or what looks like one: link definitions, a table.
    pub(super) fn begin_text(&mut self, line: Line, cursor: Cursor<'a>) -> u32 {
        let (mut line, mut cursor) = (line, cursor);
        while cursor.rest().first() == Some(&b'[')
            && let Some(end) = self.definition(line, cursor)
        {
            let Some(next) = self.lazy_line(end) else { return end };
            (line, cursor) = (next.line, next.cursor);
        }
        self.begin_paragraph(line, cursor)
    }

    /// Starts a paragraph or table; gives the next line.
    pub(super) fn begin_paragraph(&mut self, line: Line, mut cursor: Cursor<'a>) -> u32 {
        cursor.skip_blanks();
        let text = line.text.start + cursor.at() as u32;
        if let Some(end) = self.begin_table(line, Span::new(text, line.text.end)) {
            return end;
        }
        self.state.leaf = Leaf::Paragraph { start: line.text.start, text };
        line.end
    }

    /// The next row of the open table, if the line is one.
    pub(super) fn go_on_table(&mut self, line: Line, mut cursor: Cursor<'a>) -> bool {
        cursor.skip_blanks();
        if interrupts(cursor.rest(), true) || !table::is_row(cursor.rest()) {
            return false;
        }
        self.sink.row(Row {
            lines: line.whole(),
            text: Span::new(line.text.start + cursor.at() as u32, line.text.end).trim(self.base),
            place: self.state.stack.place(),
        });
        true
    }

    /// Whether the line ends the paragraph before it; it is not indented by four columns.
    pub(super) fn interrupts(&self, follower: &Follower<'a>) -> bool {
        let rest = follower.cursor.rest();
        let heads_table = || self.table_under(rest, follower.line.end).is_some();
        interrupts(rest, !follower.whole) || (rest.starts_with(b"|") && heads_table())
    }

    /// The line at `start` as one that could go on with a paragraph; none at the end.
    pub(super) fn follower(&self, start: u32) -> Option<Follower<'a>> {
        let (line, cursor, matched) = self.peek(start)?;
        Some(Follower::new(line, cursor, matched == self.state.stack.len()))
    }

    /// The line at `start`, its blanks skipped, if it goes on with the paragraph before it.
    fn lazy_line(&self, start: u32) -> Option<Follower<'a>> {
        let mut next = self.follower(start)?;
        if is_blank(next.cursor.rest()) || (!next.deep && self.interrupts(&next)) {
            return None;
        }
        next.cursor.skip_blanks();
        Some(next)
    }

    /// Ends the open paragraph as a heading that this line underlines.
    fn underline(&mut self, line: Line, level: u8) {
        let Leaf::Paragraph { start, text } = std::mem::take(&mut self.state.leaf) else { return };
        if self.state.stack.is_empty() {
            self.state.indented = None;
        }
        self.sink.heading(Heading {
            lines: Span::new(start, line.end),
            text: Span::new(text, self.state.last).trim(self.base),
            level,
            setext: true,
            place: self.state.stack.place(),
        });
    }

    /// Starts a table if `head` is followed by its delimiter row; gives the line after that.
    fn begin_table(&mut self, line: Line, head: Span) -> Option<u32> {
        let row = head.of(self.base);
        let is_broken = row.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let (under, columns) = self.table_under(row, line.end).filter(|_| !is_broken)?;
        self.sink.table(Table {
            lines: Span::new(line.text.start, under.end),
            head: head.trim(self.base),
            delimiter: under.text.trim(self.base),
            columns: columns as u32,
            place: self.state.stack.place(),
        });
        self.state.leaf = Leaf::Table;
        Some(under.end)
    }

    /// The delimiter row at `next` that makes `row` the head of a table, and the number of columns.
    fn table_under(&self, row: &[u8], next: u32) -> Option<(Line, usize)> {
        let ahead = self.base.get(next as usize..)?;
        if !table::may_delimit(ahead) || memchr(b'|', row).is_none() {
            return None;
        }
        let (line, cursor, matched) = self.peek(next)?;
        if matched < self.state.stack.len() {
            return None;
        }
        let columns = table::delimiter_columns(cursor.rest())?;
        (table::header_columns(row) == Some(columns)).then_some((line, columns))
    }

    /// The line at `start`, how far it belongs to the open containers, and how many those are.
    fn peek(&self, start: u32) -> Option<(Line, Cursor<'a>, usize)> {
        if start as usize >= self.base.len() {
            return None;
        }
        let line = line::at(self.base, start);
        let mut cursor = Cursor::new(self.bytes(line));
        let matched = self.state.stack.walk(&mut cursor);
        Some((line, cursor, matched))
    }
}

/// Whether this ends a paragraph, tables left aside; `lazy` as for [`marker::interrupts`].
pub(super) fn interrupts(rest: &[u8], lazy: bool) -> bool {
    match rest.first() {
        None | Some(b'>') => true,
        Some(b'#') => atx(rest).is_some(),
        Some(b'`' | b'~') => Fence::open(rest, 0).is_some(),
        Some(b'-' | b'*' | b'_') if is_rule(rest).is_ok() => true,
        Some(b'-' | b'*' | b'+' | b'0'..=b'9') => marker::interrupts(rest, lazy),
        Some(b'<') => html::interrupting(rest).is_some(),
        Some(_) => false,
    }
}

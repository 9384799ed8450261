//! The block structure of a report, line by line: headings, lists, tables, code, and where they stand.
//!
//! A scan reads any bytes, never fails, and allocates nothing but its stack of containers. It tells what
//! it finds to a [`Sink`], whose unused methods cost nothing: an index takes headings, tables and
//! thematic breaks; a single bug's block is scanned again for its items, paragraphs and rows. Nothing
//! inside fenced code, indented code, HTML, comments or front matter is ever a mark.
//!
//! Each line is settled by its containers and first bytes, so a scan takes time in the length of the
//! report whatever is in it: nesting costs one byte of memory and, on each line, at least a byte of
//! indentation per level; a blank line passes any number of list items at once.
//!
//! What a line is follows CommonMark with tables and task items as pulldown-cmark 0.13 reads it, down to
//! its own reading of unclear places. It differs knowingly in these:
//! - front matter stands only at the start (after a byte order mark); elsewhere `---` is what it is in
//!   CommonMark, also where two thematic breaks hold something between them;
//! - a heading that is indented as the one before it ends the list items between them, where it would stand in the last of them;
//! - a lone `\r` ends a line everywhere, not only outside code and HTML;
//! - a table may leave out any number of cells (there, 262,144 in all), and a link label may be of any
//!   length (there, some thousand characters that are not ASCII).

mod block;
mod cursor;
mod definition;
mod fence;
mod front;
mod heading;
mod html;
mod mark;
mod marker;
#[cfg(test)]
mod oracle;
mod outline;
mod paragraph;
mod parallel;
mod pass;
mod state;
mod table;

pub use mark::{Block, Heading, Item, Place, Row, Sink, Table};
pub use outline::{Kind, Mark, Outline};
pub use parallel::scan_parallel;
pub use state::State;

use crate::text::line;
use crate::text::span::Span;
use block::Scanner;
use state::Leaf;

/// Scans `span` of a report, whole lines of it, and gives the state after it.
///
/// `state` is the one after the lines before it: the default at the start of a report, and wherever
/// nothing before matters. What is open at the end is not told yet; see [`finish`]. `base` must be
/// shorter than 4 GiB.
pub fn scan(base: &[u8], span: Span, state: State, sink: &mut impl Sink) -> State {
    let lines = &base[..span.range().end.min(base.len())];
    let mut scanner = Scanner { base: lines, state, sink, unsure: 0 };
    let start = scanner.enter(base, span.start);
    scanner.run(start);
    scanner.state
}

/// The level of the ATX heading, 1 to 6, that the line is which begins at an offset, at column 0.
pub fn atx(base: &[u8], at: u32) -> Option<u8> {
    heading::atx(line::at(base, at).text.of(base))
}

/// Ends all that is open in `state`, the state before offset `at`, and tells it.
pub fn finish(base: &[u8], at: u32, state: State, sink: &mut impl Sink) {
    Scanner { base, state, sink, unsure: 0 }.finish(at);
}

/// The front matter of a report, its delimiter lines included.
pub(in crate::report) fn front_matter(base: &[u8]) -> Option<Span> {
    let start = if base.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    front::find(base, start)
}

/// Scans `span` of a report as if it were all of it.
pub fn scan_all(base: &[u8], span: Span, sink: &mut impl Sink) {
    let state = scan(base, span, State::default(), sink);
    finish(base, span.end, state, sink);
}

impl<S: Sink> Scanner<'_, S> {
    /// Passes over a byte order mark and over front matter, also such as an earlier span began; gives
    /// where to go on. `report` is all of the report, for front matter may end beyond the span.
    fn enter(&mut self, report: &[u8], start: u32) -> u32 {
        if start == 0 {
            let text = if report.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let Some(front) = front::find(report, text) else { return text };
            self.sink.front_matter(front);
            self.state.leaf = Leaf::FrontMatter { end: front.end };
        }
        let Leaf::FrontMatter { end } = self.state.leaf else { return start };
        if end as usize <= self.base.len() {
            self.state.leaf = Leaf::None;
        }
        end.max(start)
    }
}

//! What the scanner finds: marks, and the sink that takes them.
//!
//! Marks hold spans, never bytes. `lines` are whole lines, line ends included; `text` leaves out the
//! marks of Markdown and the blanks around.

use crate::text::span::Span;

/// The containers that a block stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Block quotes around it.
    pub quotes: u32,
    /// List items around it.
    pub items: u32,
}

impl Place {
    /// Containers around it, of both kinds.
    pub const fn depth(self) -> u32 {
        self.quotes + self.items
    }

    /// Whether no container is around it.
    pub const fn is_top(self) -> bool {
        self.depth() == 0
    }
}

/// A heading: `## text ##`, or text with a line of `=` or `-` under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its line or, for a setext heading, lines.
    pub lines: Span,
    /// Its text.
    pub text: Span,
    /// 1 to 6.
    pub level: u8,
    /// Whether it is underlined.
    pub setext: bool,
    /// Where it stands.
    pub place: Place,
}

/// The start of a table: its header row and the delimiter row under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Both lines.
    pub lines: Span,
    /// The header row, outer pipes included.
    pub head: Span,
    /// The delimiter row.
    pub delimiter: Span,
    /// How many columns it has.
    pub columns: u32,
    /// Where it stands.
    pub place: Place,
}

/// A row of a table's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line.
    pub lines: Span,
    /// The row, outer pipes included.
    pub text: Span,
    /// Where it stands.
    pub place: Place,
}

/// The start of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its first line.
    pub lines: Span,
    /// Its bullet or number.
    pub marker: Span,
    /// The brackets of its task box and whether they are ticked.
    pub task: Option<(Span, bool)>,
    /// Where the item itself stands.
    pub place: Place,
}

/// A block told whole, when it is over: a paragraph, fenced code, an HTML block, a thematic break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its lines.
    pub lines: Span,
    /// Where on the first line its text starts, after the marks of containers and the blanks.
    pub start: u32,
    /// Where it stands.
    pub place: Place,
}

impl Block {
    /// Its text, without the blanks around; marks of containers on further lines are part of it.
    pub fn text(&self, base: &[u8]) -> Span {
        Span::new(self.start, self.lines.end).trim(base)
    }
}

/// Takes marks in the order in which they become certain; what it does not care for costs nothing.
///
/// `table` comes before its rows and `table_end`; `item` before the blocks in it and its `item_end`;
/// headings, paragraphs, code and HTML are told when they are over.
pub trait Sink {
    /// Whether it wants what stands inside containers. Where not, it may be told of it or not.
    const LOOKS_INSIDE: bool = true;

    /// A heading.
    fn heading(&mut self, _heading: Heading) {}
    /// A thematic break.
    fn rule(&mut self, _rule: Block) {}
    /// A table starts.
    fn table(&mut self, _table: Table) {}
    /// A row of the body of the table that started last.
    fn row(&mut self, _row: Row) {}
    /// The table that started last is over; `_end` is the offset after its last line.
    fn table_end(&mut self, _end: u32) {}
    /// A list item starts, inside those that have not ended.
    fn item(&mut self, _item: Item) {}
    /// The innermost list item is over; `_end` is the offset after its last line that is not blank.
    fn item_end(&mut self, _end: u32) {}
    /// A paragraph.
    fn paragraph(&mut self, _paragraph: Block) {}
    /// Fenced code, fences included; one that never closes reaches to the end of its container.
    fn code(&mut self, _code: Block) {}
    /// An HTML block, comments included.
    fn html(&mut self, _html: Block) {}
    /// The front matter, its delimiter lines included.
    fn front_matter(&mut self, _lines: Span) {}
}

//! What the scanner carries from one line to the next.
//!
//! A state is all that the lines before a place can say about the lines after it: the open containers,
//! the open leaf, whether a list item has been started that has nothing in it yet, and how the last heading was indented.

use super::cursor::Cursor;
use super::fence::Fence;
use super::html::Until;
use super::mark::Place;

/// Where the scanner stands between two lines; the default one stands before a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(super) stack: Stack,
    pub(super) leaf: Leaf,
    pub(super) hollow: Hollow,
    pub(super) indented: Option<Indented>,
    /// The offset after the last line that was not blank.
    pub(super) last: u32,
}

impl State {
    /// Whether an ATX heading that starts at column 0 of the next line closes all that is open. Only
    /// fenced code, an HTML block or front matter outside all containers goes on instead.
    pub fn yields_to_heading(&self) -> bool {
        let goes_on = matches!(self.leaf, Leaf::Fence(_) | Leaf::Html { .. } | Leaf::FrontMatter { .. });
        !(goes_on && self.stack.is_empty())
    }

    /// Whether what comes after a blank line is still part of the leaf that is open, even a heading.
    pub fn goes_on_behind_blank(&self) -> bool {
        !self.leaf.ends_at_blank() && self.stack.is_empty()
    }
}

/// The block without children that is open; indented code needs no memory, each line tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Leaf {
    #[default]
    None,
    Paragraph {
        start: u32,
        text: u32,
    },
    Fence(Fence),
    Html {
        start: u32,
        until: Until,
    },
    Table,
    FrontMatter {
        end: u32,
    },
}

impl Leaf {
    /// Whether a blank line is never part of it.
    pub(super) fn ends_at_blank(&self) -> bool {
        !matches!(self, Leaf::Fence(_) | Leaf::Html { until: Until::Text(_), .. } | Leaf::FrontMatter { .. })
    }
}

/// The last heading outside all containers, where that is indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Indented {
    /// By how many columns, 1 to 3.
    pub(super) columns: u32,
    pub(super) level: u8,
}

/// Whether the innermost container is a list item with only its marker. Such an item is over at its
/// second line if that is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hollow {
    #[default]
    No,
    Started,
    Over,
}

/// The open containers, outermost first, a byte each: a list item is the columns its content is
/// indented by (at most 17), a quote is [`QUOTE`]. Its two allocations serve a whole scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stack {
    frames: Vec<u8>,
    /// How many containers each quote stands in.
    quotes: Vec<u32>,
}

const QUOTE: u8 = u8::MAX;

impl Stack {
    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub(super) fn has_no_quote(&self) -> bool {
        self.quotes.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn place(&self) -> Place {
        let quotes = self.quotes.len() as u32;
        Place { quotes, items: self.frames.len() as u32 - quotes }
    }

    pub(super) fn push_quote(&mut self) {
        self.quotes.push(self.frames.len() as u32);
        self.frames.push(QUOTE);
    }

    pub(super) fn push_item(&mut self, indent: u8) {
        self.frames.push(indent);
    }

    /// Closes the innermost container; gives whether it was a list item.
    pub(super) fn pop(&mut self) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        if frame == QUOTE {
            self.quotes.pop();
        }
        frame != QUOTE
    }

    /// The columns that the outermost container indents its content by, if it is a list item.
    pub(super) fn outermost_item(&self) -> Option<u8> {
        self.frames.first().copied().filter(|frame| *frame != QUOTE)
    }

    /// Closes all but the outermost container, a list item.
    pub(super) fn keep_outermost_item(&mut self) {
        self.frames.truncate(1);
        self.quotes.clear();
    }

    /// Makes the innermost container, a list item, one that any line belongs to.
    pub(super) fn flatten(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            *frame = 0;
        }
    }

    /// Moves over the indents and quote marks of the open containers; gives how many of them the line
    /// belongs to. What is blank belongs to all up to the next quote, which is known, so that deep
    /// nesting and many blank lines do not multiply.
    #[inline]
    pub(super) fn walk(&self, cursor: &mut Cursor<'_>) -> usize {
        let mut quotes = self.quotes.iter();
        for (depth, frame) in self.frames.iter().enumerate() {
            if cursor.ended() {
                return quotes.next().map_or(self.len(), |quote| *quote as usize);
            }
            if !goes_on(*frame, cursor) {
                return depth;
            }
            if *frame == QUOTE {
                quotes.next();
            }
        }
        self.len()
    }
}

/// Whether the line goes on with this container; the cursor moves only if it does.
#[inline]
fn goes_on(frame: u8, cursor: &mut Cursor<'_>) -> bool {
    let before = *cursor;
    let belongs = if frame == QUOTE {
        cursor.take(3);
        quote(cursor)
    } else {
        cursor.take(u32::from(frame)) == u32::from(frame) || cursor.ended()
    };
    if !belongs {
        *cursor = before;
    }
    belongs
}

/// Moves over a quote mark and the blank that belongs to it, if one stands here.
pub(super) fn quote(cursor: &mut Cursor<'_>) -> bool {
    let found = cursor.rest().first() == Some(&b'>');
    if found {
        cursor.skip(1);
        cursor.take(1);
    }
    found
}

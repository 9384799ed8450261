//! Link definitions (`[label]: destination "title"`), which look like paragraphs and are none.
//!
//! They matter because of what follows: a line of dashes under a paragraph makes it a heading, under
//! a definition it is a thematic break. Only where one ends is told.

use super::block::Scanner;
use super::cursor::{Cursor, is_blank, is_blank_byte};
use super::heading::setext;
use super::mark::Sink;
use crate::text::line::Line;

/// Parentheses that a destination may nest.
const NESTING: usize = 32;

impl<'a, S: Sink> Scanner<'a, S> {
    /// The offset after the lines of the definition that starts at the cursor, on this line.
    pub(super) fn definition(&self, line: Line, cursor: Cursor<'a>) -> Option<u32> {
        let mut reader = Reader { scanner: self, line, rest: &cursor.rest()[1..] };
        reader.label()?;
        reader.gap()?;
        reader.destination()?;
        let bare = reader.line.end;
        let before = reader.rest.len();
        let Some(turned) = reader.gap() else { return Some(bare) };
        if !turned && reader.rest.len() == before {
            return None;
        }
        let titled = reader.title().is_some() && is_blank(reader.rest);
        if titled { Some(reader.line.end) } else { turned.then_some(bare) }
    }
}

/// Reads text that goes on over the lines of a paragraph.
struct Reader<'s, 'a, S> {
    scanner: &'s Scanner<'a, S>,
    line: Line,
    /// What is left of the line.
    rest: &'a [u8],
}

impl<S: Sink> Reader<'_, '_, S> {
    /// Reads a label after its `[`, up to and with `]:`.
    fn label(&mut self) -> Option<()> {
        let mut is_empty = true;
        loop {
            match self.rest {
                [] => self.turn(false)?,
                [b'[', ..] => return None,
                [b']', after @ ..] => {
                    self.rest = after.strip_prefix(b":").filter(|_| !is_empty)?;
                    return Some(());
                }
                [b'\\', escaped, ..] if escaped.is_ascii_punctuation() => {
                    is_empty = false;
                    self.skip(2);
                }
                [byte, ..] => {
                    is_empty &= is_blank_byte(*byte);
                    self.skip(1);
                }
            }
        }
    }

    /// Reads blanks and at most one line end; gives whether there was one.
    fn gap(&mut self) -> Option<bool> {
        self.skip(self.rest.iter().take_while(|byte| is_blank_byte(**byte)).count());
        let turns = self.rest.is_empty();
        if turns {
            self.turn(true)?;
        }
        Some(turns)
    }

    /// Reads a destination, bare or between `<` and `>`.
    fn destination(&mut self) -> Option<()> {
        let length = match self.rest.strip_prefix(b"<") {
            Some(inside) => pointed(inside)? + 2,
            None => bare(self.rest)?,
        };
        self.skip(length);
        (length > 0).then_some(())
    }

    /// Reads a title with its quotes or parentheses.
    fn title(&mut self) -> Option<()> {
        let close = match self.rest.first()? {
            quote @ (b'"' | b'\'') => *quote,
            b'(' => b')',
            _ => return None,
        };
        self.skip(1);
        loop {
            match self.rest {
                [] => self.turn(true)?,
                [b'(', ..] if close == b')' => return None,
                [b'\\', _, ..] => self.skip(2),
                [byte, ..] => {
                    let closes = *byte == close;
                    self.skip(1);
                    if closes {
                        return Some(());
                    }
                }
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    /// Goes to the text of the next line, unless the paragraph ends with this one. An underline of a
    /// heading ends it too, even, if `lazy`, outside the containers where it is none.
    fn turn(&mut self, lazy: bool) -> Option<()> {
        let mut next = self.scanner.follower(self.line.end)?;
        let text = next.cursor.rest();
        let underlines = (lazy || next.whole) && setext(text).is_some();
        let ends = !next.deep && (underlines || self.scanner.interrupts(&next));
        if ends || is_blank(text) {
            return None;
        }
        next.cursor.skip_blanks();
        (self.line, self.rest) = (next.line, next.cursor.rest());
        Some(())
    }
}

/// The length of a destination after its `<`, without its `>`.
fn pointed(inside: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match &inside[at..] {
            [b'>', ..] => return Some(at),
            [] | [b'<', ..] => return None,
            after => at += unit(after),
        }
    }
}

/// The length of a destination that blanks and controls end, as does a `)` too many.
fn bare(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut nesting = 0;
    loop {
        match &rest[at..] {
            [] | [0..=b' ', ..] => break,
            [b')', ..] if nesting == 0 => break,
            [b')', ..] => nesting -= 1,
            [b'(', ..] if nesting > NESTING => return None,
            [b'(', ..] => nesting += 1,
            _ => {}
        }
        at += unit(&rest[at..]);
    }
    (nesting == 0).then_some(at)
}

/// The bytes of the first character, or of an escape.
fn unit(rest: &[u8]) -> usize {
    match rest {
        [b'\\', escaped, ..] if escaped.is_ascii_punctuation() => 2,
        _ => 1,
    }
}

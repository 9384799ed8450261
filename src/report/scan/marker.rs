//! The markers that open a list item: bullets, numbers and task boxes.
//!
//! Nothing here looks beyond the line.

use super::cursor::{Cursor, is_blank, is_blank_byte};
use super::heading::is_rule;

/// A list item's marker.
#[derive(Clone, Copy)]
pub(super) struct Marker {
    /// Where in the line it starts.
    pub(super) start: usize,
    /// Its bytes: one for a bullet, two to ten for a number.
    pub(super) width: usize,
    /// The columns by which the item's further lines are indented.
    pub(super) indent: u8,
}

/// Reads a list marker that stands after `outer` columns of blanks, with the blanks that belong to it.
///
/// `no_rule` is the offset in the line before which no thematic break can start; it keeps a line of a
/// million bullets linear.
pub(super) fn open(cursor: &mut Cursor<'_>, outer: u32, no_rule: &mut usize) -> Option<Marker> {
    let start = cursor.at();
    let (width, _) = prefix(cursor.rest())?;
    if matches!(cursor.rest()[0], b'-' | b'*') && start >= *no_rule {
        match is_rule(cursor.rest()) {
            Ok(()) => return None,
            Err(failed) => *no_rule = start + failed,
        }
    }
    cursor.skip(width);
    cursor.take(1);
    Some(Marker { start, width, indent: (outer + width as u32 + 1 + inner(cursor)) as u8 })
}

/// Whether a paragraph ends before this list marker; `lazy` when the line is outside its containers,
/// or a table stands there.
pub(super) fn interrupts(rest: &[u8], lazy: bool) -> bool {
    let Some((width, number)) = prefix(rest) else { return false };
    lazy || (number == 1 && !is_blank(&rest[width..]))
}

/// Reads a task box; gives whether it is ticked, and the offsets of its brackets in the line.
pub(super) fn task(cursor: &mut Cursor<'_>) -> Option<(bool, usize)> {
    if cursor.is_at_text() && cursor.rest()[0] != b'[' {
        return None;
    }
    let mut ahead = *cursor;
    ahead.take(3);
    let [b'[', tick, b']', after @ ..] = ahead.rest() else { return None };
    let done = matches!(tick, b'x' | b'X');
    if !(done || is_blank_byte(*tick)) || after.first().is_some_and(|byte| !is_blank_byte(*byte)) {
        return None;
    }
    let start = ahead.at();
    ahead.skip(3);
    *cursor = ahead;
    Some((done, start))
}

/// The columns of blanks after a marker and a blank that belong to it too: up to three, or none where
/// code or nothing follows.
fn inner(cursor: &mut Cursor<'_>) -> u32 {
    if cursor.is_at_text() || is_blank(cursor.rest()) {
        return 0;
    }
    let before = *cursor;
    let columns = cursor.take(4);
    if columns < 4 {
        return columns;
    }
    *cursor = before;
    0
}

/// The width of a list marker and its number (1 for a bullet), when a blank or nothing follows it.
fn prefix(rest: &[u8]) -> Option<(usize, u32)> {
    let (width, number) = match rest.first()? {
        b'-' | b'+' | b'*' => (1, 1),
        b'0'..=b'9' => ordered(rest)?,
        _ => return None,
    };
    matches!(rest.get(width), None | Some(b' ' | b'\t')).then_some((width, number))
}

fn ordered(rest: &[u8]) -> Option<(usize, u32)> {
    let digits = rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let closed = digits < 10 && matches!(rest.get(digits), Some(b'.' | b')'));
    let value = || rest[..digits].iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    closed.then(|| (digits + 1, value()))
}

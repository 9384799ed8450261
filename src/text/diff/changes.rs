//! Which lines of a text give way to which others by edits of it.
//!
//! Changes are in order and disjoint. None begins or ends with a line that stays, and what only comes or only goes
//! stands as far down as the lines around it allow: a block begins with its heading, not with the blank line above it.

use std::iter::Peekable;
use std::ops::Range;

use memchr::{memchr, memrchr};

use super::moved::Moved;
use crate::text::edit::{Edit, Edits, Piece};

/// Lines that give way to others.
#[derive(Debug)]
pub(super) struct Change {
    /// Those that go, in the text.
    pub(super) gone: Range<usize>,
    /// Those that come, in [`Changes::new`].
    pub(super) come: Range<usize>,
}

/// All that edits change.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) all: Vec<Change>,
    /// The lines that come.
    pub(super) new: Vec<u8>,
    /// What of them stood elsewhere before.
    pub(super) moved: Moved,
}

impl Changes {
    /// What these edits change in a text.
    pub(super) fn of(base: &[u8], edits: &Edits) -> Changes {
        let mut changes = Changes::default();
        let mut edits = edits.iter().peekable();
        while let Some(first) = edits.next() {
            let change = changes.whole_lines(base, first, &mut edits);
            let change = changes.trimmed(base, change);
            if change.gone.is_empty() && change.come.is_empty() {
                changes.new.truncate(change.come.start);
                changes.moved.cut(change.come.start);
            } else {
                changes.all.push(change);
            }
        }
        changes.slide_down(base);
        if changes.come_to_nothing(base) {
            return Changes::default();
        }
        Changes { moved: changes.moved.settled(), ..changes }
    }

    /// Whether all together leave the text as it is, such as a blank line that goes and another that comes below it.
    fn come_to_nothing(&self, base: &[u8]) -> bool {
        let (Some(first), Some(last)) = (self.all.first(), self.all.last()) else { return true };
        let (mut at, mut left) = (first.gone.start, &base[first.gone.start..last.gone.end]);
        for change in &self.all {
            for piece in [&base[at..change.gone.start], &self.new[change.come.clone()]] {
                let Some(rest) = left.strip_prefix(piece) else { return false };
                left = rest;
            }
            at = change.gone.end;
        }
        left.is_empty()
    }

    /// The lines that an edit touches, and those that stand there afterwards, all of them whole. Edits that touch the
    /// same lines or the next ones go with it.
    fn whole_lines<'e>(
        &mut self,
        base: &[u8],
        first: &'e Edit,
        edits: &mut Peekable<impl Iterator<Item = &'e Edit>>,
    ) -> Change {
        let start = memrchr(b'\n', &base[..first.span.range().start]).map_or(0, |end| end + 1);
        let come = self.new.len();
        let (mut at, mut end) = (self.edited(base, start, first), start);
        loop {
            if end <= at {
                end = memchr(b'\n', &base[at..]).map_or(base.len(), |length| at + length + 1);
            }
            let is_last = end == base.len();
            if let Some(edit) = edits.next_if(|edit| is_last || edit.span.range().start < end) {
                at = self.edited(base, at, edit);
            } else if is_whole(&base[start..at]) && is_whole(&self.new[come..]) {
                break;
            } else {
                self.new.extend_from_slice(&base[at..end]);
                at = end;
                if is_last {
                    break;
                }
            }
        }
        Change { gone: start..at, come: come..self.new.len() }
    }

    /// Takes what stands before an edit, and what it puts in place; gives where it ends.
    fn edited(&mut self, base: &[u8], at: usize, edit: &Edit) -> usize {
        self.new.extend_from_slice(&base[at..edit.span.range().start]);
        for piece in &edit.pieces {
            let come = self.new.len();
            self.new.extend_from_slice(piece.of(base));
            if let Piece::Kept(from) = piece {
                let (from, own) = (from.range(), edit.span.range());
                if from.end <= own.start || own.end <= from.start {
                    self.moved.add(from, come..self.new.len());
                }
            }
        }
        edit.span.range().end
    }

    /// The same without the lines at both ends that stay.
    fn trimmed(&self, base: &[u8], change: Change) -> Change {
        let Change { mut gone, mut come } = change;
        let same = whole(common(&base[gone.clone()], &self.new[come.clone()]), &base[gone.clone()]);
        (gone.start, come.start) = (gone.start + same, come.start + same);
        let (old, new) = (&base[gone.clone()], &self.new[come.clone()]);
        let alike = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        // What is alike may begin in the middle of a line, on one side or both.
        let begins_line = |side: &[u8]| is_whole(&side[..side.len() - alike]);
        let same = match begins_line(old) && begins_line(new) {
            true => alike,
            false => memchr(b'\n', &old[old.len() - alike..]).map_or(0, |end| alike - end - 1),
        };
        Change { gone: gone.start..gone.end - same, come: come.start..come.end - same }
    }

    fn slide_down(&mut self, base: &[u8]) {
        let mut end = base.len();
        for Change { gone, come } in self.all.iter_mut().rev() {
            let below = &base[gone.end..end];
            let by = match (gone.len(), come.len()) {
                (_, 0) => whole(common(below, &base[gone.start..end]), below),
                (0, _) => {
                    let by = slid(below, &mut self.new[come.clone()]);
                    self.moved.turned(come, by % come.len());
                    by
                }
                _ => 0,
            };
            *gone = gone.start + by..gone.end + by;
            end = gone.start;
        }
    }
}

/// How far a block goes down that comes above these lines; it is turned until it says what stands there.
fn slid(below: &[u8], block: &mut [u8]) -> usize {
    let again = below.iter().zip(block.iter().cycle()).take_while(|(a, b)| a == b).count();
    let by = whole(again, below);
    block.rotate_left(by % block.len());
    by
}

/// Whether lines have their ends.
fn is_whole(lines: &[u8]) -> bool {
    lines.last().is_none_or(|last| *last == b'\n')
}

/// How many bytes at the beginning are the same.
fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// How many of the first so many bytes are whole lines.
fn whole(length: usize, text: &[u8]) -> usize {
    memrchr(b'\n', &text[..length]).map_or(0, |end| end + 1)
}

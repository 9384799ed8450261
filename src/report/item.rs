//! Lists: what each item says as a bug, and what a list says of itself.
//!
//! A list is never called bugs here: its evidence tells how many items have a level, an id, a box and so
//! on, and whether it is a legend, a tally, a table of contents or steps; what stands around it decides.
//! Only lists at the top of a text count. A numbered list goes on over what stands between its items as
//! long as its numbers do, for a paragraph that is not indented ends a list in Markdown, not in its reader's eye.

mod evidence;
mod gather;
mod label;
mod lead;
mod printed;

pub(super) use evidence::{Evidence, ListKind};
pub(super) use gather::fields;
pub(super) use label::{LABEL_DEPTH, Label};

use rayon::prelude::*;

use super::entry::Entry;
use super::field::Field;
use super::scan::{Kind, Mark, Outline};
use crate::methodology::{LevelId, Methodology};
use crate::text::{Span, line};

/// How many items of a list are read at a time on one core.
const TOGETHER: usize = 64;

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// `-`, `*`, `+`.
    Bullet,
    /// `1.`, `1)`.
    Number,
    /// A box, behind a bullet or a number.
    Task,
    /// A number that opens a paragraph: `**1. Title**`.
    Paragraph,
    /// Words in bold that open a paragraph: `**Title**`.
    Bold,
    /// A field for an id that opens a paragraph of fields: `ID: BUG-1`.
    Field,
    /// A line that a scanner prints for what it found.
    Printed,
}

/// Where the severity of an item was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// In a field inside it.
    Field,
    /// Beside its title.
    Decoration,
    /// In brackets behind its title, under its name.
    Note,
    /// Nowhere.
    Nothing,
}

/// A list.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// How its items are marked.
    pub(super) marker: Marker,
    /// Its items, in order; never none.
    pub(super) items: Vec<ItemEntry>,
    /// What it says of itself.
    pub(super) evidence: Evidence,
}

/// What an item says as a bug; a part that is not there is an empty span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ItemEntry {
    /// All its lines, with what belongs to it.
    pub(super) block: Span,
    /// The offset after the line that its title ends on.
    pub(super) body: u32,
    /// The id, as written; the number of a numbered item.
    pub(super) id: Span,
    /// The title: the bold lead, else the first sentence.
    pub(super) title: Span,
    /// The words that name the level.
    pub(super) severity: Span,
    /// The level they name.
    pub(super) level: Option<LevelId>,
    /// Where they stand.
    pub(super) hint: Hint,
    /// The status: of a field, of a decoration, or the box.
    pub(super) status: Span,
}

/// The lists at the top of a text, by its marks, and the lines that head some of them with a level.
pub(super) fn lists(base: &[u8], marks: &[Mark], methodology: &Methodology) -> (Vec<List>, Vec<Label>) {
    let labels = label::labels(base, marks, methodology);
    let read = |raw: &gather::RawList| {
        let mut items: Vec<lead::Read> =
            each(&raw.items).map(|item| lead::read(base, item, marks, methodology)).collect();
        let have_ids = items.iter().filter(|item| item.has_id).count() * 2 > items.len();
        items.iter_mut().for_each(|item| item.settle(base, have_ids, raw.marker));
        settle_remarks(base, raw, &mut items);
        let evidence = Evidence::of(base, raw, &items, methodology);
        List { marker: raw.marker, items: items.into_iter().map(|read| read.entry).collect(), evidence }
    };
    let lists = gather::raw_lists(base, marks, &labels, methodology).iter().map(read).collect();
    (lists, labels)
}

/// Makes fields of items such as `**Note:** it is so` that stand beside fields and no levels of a scale.
fn settle_remarks(base: &[u8], raw: &gather::RawList, items: &mut [lead::Read]) {
    let names_level = |item: &lead::Read| item.entry.hint == Hint::Decoration && !item.is_remark;
    if !items.iter().any(|item| item.is_remark) || items.iter().any(names_level) {
        return;
    }
    let is_field = |(read, raw): (&lead::Read, &gather::RawItem)| {
        let line = line::at(base, raw.text.start);
        let said = Span::new(raw.text.start, line.text.end);
        !read.is_remark && Field::read(base, said, line.whole()).is_some()
    };
    if items.iter().zip(&raw.items).any(is_field) {
        items.iter_mut().filter(|item| item.is_remark).for_each(lead::Read::drop_remark);
    }
}

/// All items of a list, on all cores where it is long.
fn each<T: Sync>(items: &[T]) -> impl IndexedParallelIterator<Item = &T> {
    items.par_iter().with_min_len(TOGETHER)
}

/// Whether the first line of a block is one that scanners print.
pub(super) fn is_printed(base: &[u8], block: Span, methodology: &Methodology) -> bool {
    let first = line::at(base, block.start).text.trim(base);
    printed::may_begin(first.of(base)) && printed::read(base, first, methodology).is_some()
}

/// What the first line of the item at the start of a block says.
pub(super) fn lead(base: &[u8], block: Span, methodology: &Methodology) -> Option<Entry> {
    let marks = Outline::of(base, block);
    let text = marks.iter().find(|mark| mark.kind == Kind::Paragraph)?.text;
    Some(lead::of_text(base, text, methodology))
}

#[cfg(test)]
mod tests;

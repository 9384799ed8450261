//! The lists of a text, and what they tell by themselves: whether they split what stands above them into bugs, and what their
//! items are called.

use crate::methodology::{HeadingWord, Methodology};
use crate::report::field::Field;
use crate::report::item::{ItemEntry, Label, List, ListKind, lists};
use crate::report::mention::Name;
use crate::report::scan::{Kind, Mark, Outline};
use crate::report::section::{Section, SectionIx};
use crate::text::{Span, line};

/// How many items a list has at least that splits what stands below a heading into bugs.
const SPLIT: usize = 2;

/// The lists of one text without headings.
#[derive(Debug)]
pub(in crate::report) struct Lists {
    /// The text.
    pub(super) text: Span,
    pub(super) lists: Vec<List>,
    /// The lines that head some of them with a level.
    labels: Vec<Label>,
    /// Whether there is nothing else in it.
    pub(super) alone: bool,
}

impl Lists {
    /// The lists of a text; `None` where it has none.
    pub(in crate::report) fn of(base: &[u8], text: Span, methodology: &Methodology) -> Option<Lists> {
        let marks = Outline::of(base, text);
        let (lists, labels) = lists(base, &marks, methodology);
        let is_label = |mark: &Mark| labels.iter().any(|label| label.lines == mark.lines);
        let is_other = |kind: &Kind| !matches!(kind, Kind::Item { .. } | Kind::Rule);
        let alone = !marks.iter().any(|mark| mark.place.is_top() && is_other(&mark.kind) && !is_label(mark));
        (!lists.is_empty()).then_some(Lists { text, lists, labels, alone })
    }

    /// Where the text begins.
    pub(in crate::report) fn start(&self) -> u32 {
        self.text.start
    }

    /// The sections that labels head, in the one around, each with what its title begins with.
    pub(in crate::report) fn sections(
        &self,
        parent: SectionIx,
    ) -> impl Iterator<Item = (Section, Option<HeadingWord>)> {
        let ends = self.labels.iter().skip(1).map(|next| next.lines.start).chain([self.text.end]);
        let labels = self.labels.iter().zip(ends);
        labels.map(move |(label, end)| (label.section(end, Some(parent)), label.begins))
    }
}

/// Whether the text below a heading is split into bugs by a list: its items are set off as entries, or, where
/// the heading has no id, there is nothing but plain items in it.
pub(in crate::report) fn is_split(base: &[u8], text: Span, has_id: bool, methodology: &Methodology) -> bool {
    let Some(found) = Lists::of(base, text, methodology) else { return false };
    let sets_off = |list: &List| {
        let Evidence { levels, ids, bold, tasks, fields } = Evidence::of(list);
        let are_several = |count: u32| count as usize >= SPLIT;
        let (levels, bold) =
            (levels && are_several(list.evidence.levels), bold && are_several(list.evidence.bold));
        let plain = found.alone && !has_id && list.items.len() > SPLIT && !are_named(base, list);
        list.items.len() >= SPLIT
            && (levels || ids || tasks || bold && found.alone && !are_named(base, list) || fields || plain)
    };
    found.lists.iter().any(|list| list.evidence.kind == ListKind::Entries && sets_off(list))
}

/// Whether the text below a heading is split into bugs by a list whose items state their severity or status each.
pub(in crate::report) fn is_split_by_fields(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let Some(found) = Lists::of(base, text, methodology) else { return false };
    let states = |list: &List| list.items.len() >= SPLIT && Evidence::of(list).fields;
    found.lists.iter().any(|list| list.evidence.kind == ListKind::Entries && states(list))
}

/// Whether a text has a list whose items tell how severe they are each, in fields or beside their titles.
pub(in crate::report) fn grades_items(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let Some(found) = Lists::of(base, text, methodology) else { return false };
    let grades = |list: &List| {
        let Evidence { levels, fields, .. } = Evidence::of(list);
        list.evidence.kind == ListKind::Entries && list.items.len() >= SPLIT && (levels || fields)
    };
    found.lists.iter().any(grades)
}

/// Whether there is nothing but lists in a text, and not those of names and values.
pub(in crate::report) fn is_list(base: &[u8], text: Span, methodology: &Methodology) -> bool {
    let may_be = |list: &List| matches!(list.evidence.kind, ListKind::Entries | ListKind::Steps);
    let found = Lists::of(base, text, methodology).filter(|found| found.alone);
    found.is_some_and(|found| found.lists.iter().all(|list| may_be(list) && !are_named(base, list)))
}

/// What the items of lists in a text begin with.
pub(in crate::report) fn leads(base: &[u8], text: Span, methodology: &Methodology) -> Vec<Span> {
    let found = Lists::of(base, text, methodology);
    let items = found.iter().flat_map(|found| &found.lists).flat_map(|list| &list.items);
    items.map(|item| item.title).collect()
}

/// What stands before the lists of a text, and what their items are called, in order, where all are entries with ids.
pub(in crate::report) fn named_items(
    base: &[u8],
    text: Span,
    methodology: &Methodology,
) -> Option<(Span, Vec<Name>)> {
    let found = Lists::of(base, text, methodology)?;
    let has_ids = |list: &List| list.evidence.ids as usize == list.items.len();
    let is_named = |list: &List| list.evidence.kind == ListKind::Entries && has_ids(list);
    let items = || found.lists.iter().flat_map(|list| &list.items);
    let first = items().map(|item| item.block.start).min()?;
    let is_told = found.lists.iter().all(is_named) && items().all(|item| !item.title.is_empty());
    let mut named: Vec<Name> = items().map(|item| (item.id, item.title)).collect();
    named.sort_by_key(|(id, _)| id.start);
    is_told.then_some((Span::new(text.start, first), named))
}

/// Whether most items are names and values.
pub(super) fn are_named(base: &[u8], list: &List) -> bool {
    let named = |item: &&ItemEntry| {
        let line = line::at(base, item.title.start);
        let before = Span::new(line.text.start, item.title.start).of(base);
        let marks = before.iter().rev().take_while(|byte| b"*_".contains(byte)).count() as u32;
        Field::read(base, Span::new(item.title.start - marks, line.text.end), line.whole()).is_some()
    };
    list.items.iter().filter(named).count() * 2 > list.items.len()
}

/// What at least half of the items of a list have.
pub(super) struct Evidence {
    pub(super) levels: bool,
    pub(super) ids: bool,
    pub(super) bold: bool,
    pub(super) tasks: bool,
    pub(super) fields: bool,
}

impl Evidence {
    pub(super) fn of(list: &List) -> Evidence {
        let half = |count: u32| count as usize * 2 >= list.items.len();
        let told = list.evidence;
        Evidence {
            levels: half(told.levels),
            ids: half(told.ids),
            bold: half(told.bold),
            tasks: half(told.tasks),
            fields: half(told.fields),
        }
    }
}

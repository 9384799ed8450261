//! A document as pulldown-cmark renders it, block by block: those that no change touches look as before.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::touched::{Before, lines};
use crate::changed::difference;

/// How many blocks a rewrite may add: a field, a heading, the list that the field stands in.
const ADDED: usize = 3;

/// One block: a paragraph, a heading, an item of a list, a row of a table.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    shown: String,
    /// The lines it stands on, from 0.
    lines: Range<usize>,
}

/// The blocks of a document. Rules are left out, for they move with what they separate.
pub(super) fn units(base: &[u8]) -> Vec<Unit> {
    let text = String::from_utf8_lossy(base);
    let starts: Vec<usize> = lines(text.as_bytes()).into_iter().map(|line| line.start).collect();
    let line_of = |at: usize| starts.partition_point(|start| *start <= at) - 1;
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let skipped = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut units = Vec::new();
    let mut depth = 0;
    let mut open = None;
    for (event, range) in Parser::new_ext(&text[skipped..], options).into_offset_iter() {
        if open.is_none() && is_frame(&event) {
            continue;
        }
        depth += i32::from(matches!(event, Event::Start(_))) - i32::from(matches!(event, Event::End(_)));
        let lines = line_of(skipped + range.start)..line_of(skipped + range.end.max(1) - 1) + 1;
        let unit = open.get_or_insert_with(|| Unit { shown: String::new(), lines });
        unit.shown += &format!("{event:?}");
        if depth == 0 {
            units.extend(open.take());
        }
    }
    units
}

/// Whether an event only begins or ends a row of blocks, or is a rule.
fn is_frame(event: &Event<'_>) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(
        event,
        Event::Rule
            | Event::Start(Tag::List(_) | Tag::Table(_))
            | Event::End(TagEnd::List(_) | TagEnd::Table)
    )
}

/// A block that a rewrite may not touch and that looks otherwise afterwards.
pub(super) fn harm(old: &[u8], before: &[Unit], touched: &Before<'_>, new: &[u8]) -> Option<String> {
    let after = units(new);
    let shown = |units: &[Unit]| units.iter().map(|unit| unit.shown.clone()).collect::<Vec<_>>();
    let (lost, gained) = difference(shown(before), shown(&after));
    let grown: Vec<BTreeSet<&[u8]>> = grown(&after, &gained, touched, new);
    let may = |shown: &String| {
        let such = before.iter().filter(|unit| unit.shown == *shown);
        such.clone().any(|unit| touched.touches(&unit.lines))
            || such.clone().any(|unit| grown.iter().any(|grown| is_within(&texts(old, unit), grown)))
    };
    if let Some(shown) = lost.iter().find(|shown| !may(shown)) {
        return Some(format!("no longer {shown:.150}"));
    }
    let more = gained.len().saturating_sub(lost.len());
    (more > ADDED).then(|| format!("{more} blocks more, such as {:.150}", gained[0]))
}

/// What stands on the lines of those new blocks that have a line which the document had not: a block that
/// a field was added to is one of these.
fn grown<'a>(
    after: &[Unit],
    gained: &[String],
    touched: &Before<'_>,
    new: &'a [u8],
) -> Vec<BTreeSet<&'a [u8]>> {
    let added = touched.new_lines(new);
    let grown = after.iter().filter(|unit| gained.contains(&unit.shown));
    grown
        .filter(|unit| added.range(unit.lines.clone()).next().is_some())
        .map(|unit| texts(new, unit))
        .collect()
}

/// Whether a block has all lines of another and more.
fn is_within(block: &BTreeSet<&[u8]>, grown: &BTreeSet<&[u8]>) -> bool {
    block.is_subset(grown) && block.len() < grown.len()
}

/// The lines of a block, without the blanks around them.
fn texts<'a>(base: &'a [u8], unit: &Unit) -> BTreeSet<&'a [u8]> {
    let lines = lines(base).into_iter().skip(unit.lines.start).take(unit.lines.len());
    lines.map(|line| base[line].trim_ascii()).collect()
}

/// Blocks cut too coarsely would let everything in a list change with one item.
#[test]
fn items_and_rows_are_blocks_of_their_own() {
    let count = |text: &str| units(text.as_bytes()).iter().map(|unit| unit.lines.clone()).collect::<Vec<_>>();
    assert_eq!(count("# a\n\nb\nc\n\n---\n"), [0..1, 2..4]);
    assert_eq!(count("- a\n  - b\n- c\n"), [0..2, 2..3]);
    assert_eq!(count("| a |\n|---|\n| b |\n| c |\n"), [0..1, 2..3, 3..4]);
}

//! Writing scope, status and any other field: replaced where they stand, else inserted where this report
//! has them, in its style.

use super::beside::{Beside, whole};
use super::cell::CellChange;
use super::examples::Example;
use super::{Fields, fill, is_list_item, item, newline, one_line, waits};
use crate::methodology::FieldKind;
use crate::report::dialect;
use crate::report::field::without_break;
use crate::report::status::{StatusStand, boxes};
use crate::report::{Bug, BugIx, Change, Field, Form, Report, To};
use crate::text::edit::{Edit, Edits};
use crate::text::{Span, line};

/// Behind a sign, has it shown as an emoji.
const EMOJI: &str = "\u{fe0f}";

/// The edits that write everything but the severity of a bug.
pub(super) fn edits(
    report: &Report,
    change: &Change,
    fields: &Fields,
    cells: &mut Vec<CellChange>,
) -> Vec<Edit> {
    let scope = scope(report, change, fields);
    let known = scope.into_iter().chain(status(report, change, fields, cells)).chain(ticked(report, change));
    let named = change.fields.iter().filter_map(|(name, to)| {
        edit(
            || fields.named(report, name),
            to,
            |value| insert_any(report, change.bug, fields, &one_line(name), value),
        )
    });
    known.chain(named).collect()
}

/// The edit of the scope, in the language of its field.
fn scope(report: &Report, change: &Change, fields: &Fields) -> Option<Edit> {
    let To::Value(value) = &change.scope else { return None };
    let field = fields.of_kind(report, FieldKind::Scope);
    let label = match field {
        Some(field) => report.text(field.name).into_owned(),
        None => name_of(report, fields, FieldKind::Scope),
    };
    let words = dialect::scope_words(report, change.bug, &label, value).into_owned();
    edit(|| field, &To::Value(words), |value| insert(report, change.bug, fields, FieldKind::Scope, value))
}

/// The edit of the status: of its field, else where it stands beside the title, else in its box, else of a field that
/// waits for one. A box that is given back takes the place of a field that said more than it.
fn status(report: &Report, change: &Change, fields: &Fields, cells: &mut Vec<CellChange>) -> Option<Edit> {
    let To::Value(value) = &change.status else { return None };
    let stand = report.status_stand(change.bug);
    let field = fields.of_kind(report, FieldKind::Status);
    let stated = field.filter(|field| !field.value.is_empty());
    let elsewhere = match (stated, stand) {
        (Some(field), _) => Some(fill(field, &one_line(value))),
        (None, Some((span, StatusStand::Decoration))) => {
            decoration(report, change.bug, span, &one_line(value))
        }
        (None, Some((span, StatusStand::Index(cell)))) => {
            cells.push(CellChange::part(cell, span, &one_line(value)));
            return None;
        }
        (None, Some((span, StatusStand::Box))) => report.boxed(value).map(|boxed| Edit::replace(span, boxed)),
        (None, Some((_, StatusStand::Field { .. }))) => {
            let boxed = report.boxed(value).zip(report.task(change.bug));
            boxed.map(|(boxed, (span, _))| Edit::replace(span, boxed))
        }
        _ => None,
    };
    elsewhere.or_else(|| {
        edit(|| field, &change.status, |value| insert(report, change.bug, fields, FieldKind::Status, value))
    })
}

/// The box of a task whose status is one that it cannot say, and stands in brackets behind the title: ticked or not as goes
/// with that.
fn ticked(report: &Report, change: &Change) -> Option<Edit> {
    let To::Value(value) = &change.status else { return None };
    let (span, is_ticked) = report.task(change.bug)?;
    let is_beside = report.boxed(value).is_none() && report.is_in_box(change.bug, &report.fields(change.bug));
    let ticks = report.ticks(value);
    (is_beside && ticks != is_ticked).then(|| Edit::replace(span, boxes(ticks)))
}

/// A status beside the title, rewritten; `None` where it would not be read as such.
pub(super) fn decoration(report: &Report, bug: BugIx, span: Span, value: &str) -> Option<Edit> {
    let base = report.base();
    let marks = memchr::memmem::find_iter(span.of(base), b"**").count();
    let longer = Span::new(span.start, span.end + 2);
    let span = match marks % 2 {
        1 if longer.of(base).ends_with(b"**") => longer,
        1 => return None,
        _ => span,
    };
    let coloured = span.end + EMOJI.len() as u32;
    let span = match Span::new(span.end, coloured).of(base) == EMOJI.as_bytes() {
        true => Span::new(span.start, coloured),
        false => span,
    };
    let edit = Edit::replace(span, value);
    let own = report.bug(bug);
    let new = Edits::new(vec![edit.clone()]).ok()?.apply(&base[..own.block.end as usize]);
    let entry = report.entry_in(&new, own.form, own.block.start)?;
    let status = entry.status.of(&new);
    let reads = (status == value.as_bytes() || value.as_bytes().strip_suffix(b"**") == Some(status))
        && entry.title.of(&new) == own.title.of(base)
        && entry.id.len() == report.entry(bug)?.id.len();
    reads.then_some(edit)
}

fn edit<'f>(
    field: impl FnOnce() -> Option<&'f Field>,
    to: &To<String>,
    insert: impl FnOnce(&str) -> Edit,
) -> Option<Edit> {
    let To::Value(value) = to else { return None };
    let value = one_line(value);
    Some(field().map_or_else(|| insert(&value), |field| fill(field, &value)))
}

/// Takes fields out with their lines; at the end of the block, with the line end before them instead.
pub(super) fn removals(report: &Report, bug: BugIx, leaving: &[Field]) -> Vec<Edit> {
    let (base, block) = (report.base(), report.bug(bug).block);
    let leaving: Vec<Field> = leaving.iter().map(|field| whole(report, bug, field)).collect();
    let runs = leaving.chunk_by(|a, b| a.lines.end == b.lines.start);
    let lines = runs.map(|run| run[0].lines.join(run[run.len() - 1].lines));
    let span = |lines: Span| match lines.end < block.end {
        true => with_blank(base, Span::new(block.start, block.end), lines),
        false => Span::new(last_line_end(base, Span::new(block.start, lines.start)), block.end),
    };
    lines.map(|lines| Edit::delete(span(lines))).collect()
}

/// Lines that blank ones set off on both sides, with the blank one before them: one is left between what they stood
/// between.
fn with_blank(base: &[u8], block: Span, lines: Span) -> Span {
    let before = line::start(base, last_line_end(base, Span::new(block.start, lines.start)));
    let is_blank = |at: u32| block.contains(at) && line::at(base, at).text.trim(base).is_empty();
    let stands_apart = before > block.start && is_blank(before) && is_blank(lines.end);
    if stands_apart { Span::new(before, lines.end) } else { lines }
}

/// Inserts a field of a known kind, under the name that the report has for it.
pub(super) fn insert(report: &Report, bug: BugIx, fields: &Fields, kind: FieldKind, value: &str) -> Edit {
    insert_any(report, bug, fields, &name_of(report, fields, kind), value)
}

/// Inserts a severity right below the heading of a bug.
pub(super) fn insert_first(report: &Report, bug: BugIx, fields: &Fields, value: &str) -> Edit {
    insert_alone(report.base(), report.bug(bug), &name_of(report, fields, FieldKind::Severity), value)
}

/// The name that the report has for fields of a kind, else the usual one.
fn name_of(report: &Report, fields: &Fields, kind: FieldKind) -> String {
    let names = report.methodology().fields().names(kind);
    let spoken = fields.lexicon.own().map(|tongue| report.methodology().label_in(kind, tongue));
    let spoken = spoken.map(|label| label.or_else(|| names.first().map(String::as_str)));
    let name = spoken.flatten().map(str::to_owned);
    let name = name.or_else(|| fields.examples.of_kind(kind).map(|example| example.name.clone()));
    let name = name.or_else(|| dialect::label(report, kind).map(str::to_owned));
    let name = name.or_else(|| names.first().cloned()).unwrap_or_default();
    let heads = |name: &str| {
        let mut so_called = fields.staying().iter().filter(|field| field.is_named(report.base(), name));
        so_called.any(|field| field.value.is_empty() && !waits(report.base(), field))
    };
    match kind == FieldKind::Scope && heads(&name) {
        true => other_name(names, &name).filter(|other| !heads(other)).map_or(name, str::to_owned),
        false => name,
    }
}

/// Another name for fields that are called so, for where the bug has what is a list under that one: in the same letters.
fn other_name<'n>(names: &'n [String], name: &str) -> Option<&'n str> {
    let others = || names.iter().map(String::as_str).filter(|other| !other.eq_ignore_ascii_case(name));
    let is_of_it = |other: &&str| !name.is_ascii() && other.contains(name);
    others().find(is_of_it).or_else(|| others().find(|other| other.is_ascii() && name.is_ascii()))
}

/// Inserts a field where a bug of its form has them.
fn insert_any(report: &Report, bug: BugIx, fields: &Fields, name: &str, value: &str) -> Edit {
    match report.bug(bug).form {
        Form::Item => item::insert(report, bug, fields, name, value),
        _ => insert_named(report, bug, fields, name, value),
    }
}

/// Inserts a line like those of the other fields.
pub(super) fn insert_named(report: &Report, bug: BugIx, fields: &Fields, name: &str, value: &str) -> Edit {
    let base = report.base();
    let Some(first) = fields.lines().next() else {
        return insert_alone(base, report.bug(bug), name, value);
    };
    let beside = Beside::of(report, bug, fields);
    let before = predecessor(report, fields, name);
    let before = before.and_then(|before| match beside.introduces(before) {
        false => Some(before),
        true => fields
            .lines()
            .take_while(|field| *field != before)
            .filter(|field| !beside.introduces(field))
            .last(),
    });
    match before {
        Some(before) => beside.behind(before, like(base, fields, &beside.line(before), name, value)),
        None => beside.before(first, like(base, fields, &beside.line(first), name, value)),
    }
}

/// Inserts a field below a heading that has none: a paragraph of its own, for what follows may not become
/// part of it.
fn insert_alone(base: &[u8], bug: &Bug, name: &str, value: &str) -> Edit {
    let heading = Span::new(bug.block.start, bug.body.min(bug.block.end)).trim_end(base);
    let end = String::from_utf8_lossy(newline(base, bug.block.start)).into_owned();
    let next = line::at(base, line::at(base, heading.end).end).text.trim(base);
    let blank = if next.is_empty() { "" } else { &end };
    Edit::insert(heading.end, format!("{end}{end}**{name}:** {value}{blank}"))
}

/// The field of the bug behind which a field of this name belongs; `None` for the front.
fn predecessor<'a>(report: &Report, fields: &'a Fields, name: &str) -> Option<&'a Field> {
    let Fields { examples, .. } = fields;
    let staying: Vec<&Field> = fields.lines().collect();
    if let Some((before, _)) = examples.named(name) {
        let same = |example: &Example| {
            staying.iter().rfind(|field| field.is_named(report.base(), &example.name)).copied()
        };
        let known = before.iter().rev().find_map(same);
        if known.is_some() || before.is_empty() {
            return known;
        }
    }
    let staying = beside_severity(report, staying);
    let of_kind = |kind| staying.iter().position(|field| report.kind_of(field) == Some(kind));
    match report.methodology().fields().kind_of(name.as_bytes()) {
        Some(FieldKind::Severity) => None,
        Some(FieldKind::Scope) => {
            of_kind(FieldKind::Severity).map_or(staying.last(), |at| staying.get(at)).copied()
        }
        Some(FieldKind::Status) => staying.last().copied(),
        _ => match of_kind(FieldKind::Status) {
            Some(status) => {
                let before = status.checked_sub(1).map(|at| staying[at]);
                // On one line with the status nothing comes between: behind all, each behind those before it.
                let is_between =
                    before.is_none_or(|before| before.lines.start != staying[status].lines.start);
                if is_between { before } else { staying.last().copied() }
            }
            None => staying.last().copied(),
        },
    }
}

/// Those of the fields that are items of a list, or those that are none, as the severity is, else the last that is known, else
/// the first: what describes a bug may be set otherwise.
fn beside_severity<'a>(report: &Report, fields: Vec<&'a Field>) -> Vec<&'a Field> {
    let base = report.base();
    let is_item = |field: &Field| is_list_item(&line::at(base, line::start(base, field.lines.start)), base);
    let severity = fields.iter().find(|field| report.kind_of(field) == Some(FieldKind::Severity));
    let known = || fields.iter().rfind(|field| report.kind_of(field).is_some());
    let model = severity.or_else(known).or(fields.first());
    let Some(is_such) = model.map(|field| is_item(field)) else { return fields };
    fields.into_iter().filter(|field| is_item(field) == is_such).collect()
}

/// A line in the style of the one that a field stands on, without its end: with the marks of the first field there,
/// and with nothing of what it says.
fn like(base: &[u8], fields: &Fields, field: &Field, name: &str, value: &str) -> Vec<u8> {
    let line = line::at(base, field.lines.start).text;
    let line = if field.value.is_empty() { line } else { line.join(line::at(base, field.value.end).text) };
    let beside = || fields.lines().filter(|other| line.covers(other.name));
    let model = beside().min_by_key(|other| other.name.start).unwrap_or(field);
    let end = if model.value.is_empty() { without_break(base, line).end } else { model.value.start };
    let mut text = Span::new(line.start, model.name.start).of(base).to_vec();
    text.extend_from_slice(name.as_bytes());
    text.extend_from_slice(Span::new(model.name.end, end).of(base));
    let is_set_off = matches!(text.last(), Some(b' ' | b'\n' | b'\r')) || text.ends_with("：".as_bytes());
    if !is_set_off {
        text.push(b' ');
    }
    text.extend_from_slice(value.as_bytes());
    if !model.value.is_empty() {
        let opened = Span::new(line.start, model.value.start).of(base);
        text.extend(closing(opened, Span::new(model.value.end, line.end).of(base), beside().count() > 1));
    }
    text
}

/// What stands behind a value for its own sake, such as marks that close; of what says more, or is another field of the
/// line, the mark that closes the bold which is open before the value, and the blanks that break the line.
fn closing(opened: &[u8], rest: &[u8], is_shared: bool) -> Vec<u8> {
    let says_more = String::from_utf8_lossy(rest).contains(char::is_alphanumeric);
    if !is_shared && !says_more {
        return rest.to_vec();
    }
    let is_open = memchr::memmem::find_iter(opened, b"**").count() % 2 == 1;
    let mark = if is_open && rest.starts_with(b"**") { &rest[..2] } else { &rest[..0] };
    [mark, &rest[rest.trim_ascii_end().len()..]].concat()
}

/// Where the last line of `lines` ends, its line end left out.
pub(super) fn last_line_end(base: &[u8], lines: Span) -> u32 {
    let bytes = lines.of(base);
    let end = if bytes.ends_with(b"\r\n") {
        2
    } else {
        usize::from(bytes.ends_with(b"\n") || bytes.ends_with(b"\r"))
    };
    lines.end - end as u32
}

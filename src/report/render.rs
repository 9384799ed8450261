//! From changes to edits: what each change rewrites, in the report's own style.
//!
//! An edit touches nothing but sites, fields, moved blocks and claims. What is written is learnt from
//! what stands there: line ends, bullets, words for levels, separators, section headings.

mod beside;
mod cell;
mod claims;
mod examples;
mod in_line;
mod item;
mod moving;
mod row;
pub(in crate::report) mod severity;
mod statuses;
mod values;

use std::borrow::Cow;
use std::cell::OnceCell;

use examples::Examples;
pub use in_line::brings_in_line;
use moving::Plan;
use rayon::prelude::*;
use severity::Remembered;
pub use statuses::brings_status_in_line;

use super::dialect::{self, Lexicon, Statuses};
use super::paragraph;
use super::status::is_box;
use super::table::unescaped;
use super::{BugIx, Change, Field, Form, Paragraph, Report, Restated, To, Writing};
use crate::methodology::FieldKind;
use crate::text::edit::{Edit, Edits, Overlap};
use crate::text::{Span, line};

/// How many bugs are written one after the other on one core.
const TOGETHER: usize = 1024;

/// The edits that make a report say these changes, which are in document order and of different bugs.
///
/// # Errors
/// When two changes want the same bytes, such as one of the status and one of a field called so.
pub fn edits(report: &Report, changes: &[Change], writing: Writing) -> Result<Edits, Overlap> {
    edits_of(report, &Wanted { changes, ..Wanted::default() }, writing)
}

/// All that is to become different in a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// What changes in its bugs, in document order and of different bugs.
    pub changes: &'a [Change],
    /// Its claims that are set anew.
    pub restated: &'a [Restated],
    /// The paragraphs about all of it that come and go.
    pub paragraphs: &'a [Paragraph],
}

/// How much each claim of a report gains or loses by these changes.
pub fn shifts(report: &Report, changes: &[Change], writing: Writing) -> Vec<i64> {
    let plan = Plan::of(report, changes, writing);
    let known = known(report);
    claims::shifts(report, changes, &plan, &|change| {
        severity_written(report, change, (writing, &plan, &known))
    })
}

/// The same as [`edits`], with whatever else is to become different.
///
/// # Errors
/// As for [`edits`].
pub fn edits_of<'a>(report: &'a Report, wanted: &Wanted<'a>, writing: Writing) -> Result<Edits, Overlap> {
    let Wanted { changes, restated, paragraphs } = *wanted;
    let plan = Plan::of(report, changes, writing);
    let known = known(report);
    let within = |remembered: &mut Remembered<'a>, changes: &'a [Change]| {
        let mut edits = Vec::with_capacity(changes.len() * 2);
        for change in changes {
            within(report, change, (writing, &plan, &known), remembered, &mut edits);
        }
        edits
    };
    let inner =
        || changes.par_chunks(TOGETHER).map_init(Remembered::default, within).flatten_iter().collect();
    let written = |change: &Change| severity_written(report, change, (writing, &plan, &known));
    let (inner, claims) = rayon::join(inner, || claims::edits(report, changes, &plan, restated, &written));
    let (moving, staying) = Edits::new(inner)?.split(plan.moves_along());
    let mut all = paragraph::edits(report, paragraphs);
    all.extend(staying.into_edits());
    all.extend(plan.edits(&moving, &known.1));
    all.extend(claims);
    Edits::new(all)
}

/// How a report has its fields, levels and statuses, each found when it is first asked for.
type Known<'a> = (Examples<'a>, Lexicon<'a>, Statuses<'a>);

fn known(report: &Report) -> Known<'_> {
    (Examples::of(report), Lexicon::of(report), Statuses::of(report))
}

/// The words for their severities that bugs have once they are changed so; `None` where they are not known.
pub(in crate::report) fn severities_after(
    report: &Report,
    changes: &[Change],
    writing: Writing,
) -> Vec<Option<String>> {
    let (plan, known) = (Plan::of(report, changes, writing), known(report));
    changes.iter().map(|change| severity_written(report, change, (writing, &plan, &known))).collect()
}

fn severity_written(
    report: &Report,
    change: &Change,
    (writing, plan, known): (Writing, &Plan<'_>, &Known<'_>),
) -> Option<String> {
    let own = told_apart(report, change, &known.0);
    let spoken = dialect::own(report, change.bug).map(|tongue| known.1.of_language(tongue));
    let fields = Fields::of(report, &own, (plan, &known.0, spoken.as_ref().unwrap_or(&known.1)));
    severity::words_after(report, change, &fields, writing)
}

/// The edits of one bug: inside its block, and in the rows elsewhere that speak of it.
fn within<'a>(
    report: &'a Report,
    change: &'a Change,
    (writing, plan, known): (Writing, &Plan<'_>, &Known<'_>),
    remembered: &mut Remembered<'a>,
    edits: &mut Vec<Edit>,
) {
    let row = row::Writer::of(report, change.bug);
    let own = told_apart(report, change, &known.0);
    let spoken = dialect::own(report, change.bug).map(|tongue| known.1.of_language(tongue));
    let fields = Fields::of(report, &own, (plan, &known.0, spoken.as_ref().unwrap_or(&known.1)));
    let mut cells = Vec::new();
    edits.extend(values::removals(report, change.bug, fields.leaving()));
    severity::put_edits(report, change, &fields, writing, (edits, &mut cells), remembered);
    match row {
        Some(row) => {
            cells.extend(row.values(&own));
            cells.extend(if change.severity == To::Clear { row.clear_severity() } else { Vec::new() });
        }
        None => edits.extend(values::edits(report, &own, &fields, &mut cells)),
    }
    edits.extend(statuses::edits(report, change, &known.2, &mut cells));
    edits.extend(cell::edits(report, cells));
}

/// A change without a status that the section of its bug says: the field that said another goes, unless bugs have such fields
/// beside what their sections say.
fn told_apart<'c>(report: &Report, change: &'c Change, examples: &Examples<'_>) -> Cow<'c, Change> {
    let goes = |status: &str| {
        report.may_leave_to_section(change.bug, &one_line(status)) && !examples.restate_sections()
    };
    match &change.status {
        To::Value(status) if goes(status) => Cow::Owned(Change { status: To::Clear, ..change.clone() }),
        _ => Cow::Borrowed(change),
    }
}

/// The fields of a bug that changes.
struct Fields<'a> {
    report: &'a Report,
    change: &'a Change,
    /// Whether it is a row, which has its fields in cells.
    is_row: bool,
    /// Those that it loses, and those that it still has afterwards, once they are asked for.
    found: OnceCell<(Vec<Field>, Vec<Field>)>,
    /// Those of both that stand in brackets behind the title.
    notes: Vec<Field>,
    /// Which bugs move.
    plan: &'a Plan<'a>,
    /// How other bugs have theirs.
    examples: &'a Examples<'a>,
    /// How the report writes levels.
    lexicon: &'a Lexicon<'a>,
}

impl<'a> Fields<'a> {
    fn of(
        report: &'a Report,
        change: &'a Change,
        (plan, examples, lexicon): (&'a Plan<'a>, &'a Examples<'a>, &'a Lexicon<'a>),
    ) -> Fields<'a> {
        Fields {
            report,
            change,
            is_row: report.bug(change.bug).form == Form::Row,
            found: OnceCell::new(),
            notes: report.notes(change.bug),
            plan,
            examples,
            lexicon,
        }
    }

    /// Whether the bug moves to the section of its new level.
    fn moves(&self) -> bool {
        self.plan.moves(self.change.bug)
    }

    /// Those that it loses.
    fn leaving(&self) -> &[Field] {
        if clears(self.change) { &self.found().0 } else { &[] }
    }

    /// Those that it still has afterwards; new ones are put beside these.
    fn staying(&self) -> &[Field] {
        &self.found().1
    }

    fn found(&self) -> &(Vec<Field>, Vec<Field>) {
        self.found.get_or_init(|| {
            let (report, change) = (self.report, self.change);
            match clears(change) {
                _ if self.is_row => (Vec::new(), Vec::new()),
                false => (Vec::new(), report.fields(change.bug)),
                true => {
                    report.fields(change.bug).into_iter().partition(|field| leaves(report, change, field))
                }
            }
        })
    }

    /// Those it still has afterwards that stand on lines with their names, as those below the head of a table do not. What
    /// is counted in a list is no field unless it is called as one.
    fn lines(&self) -> impl Iterator<Item = &Field> {
        let counted = |field: &Field| self.report.base()[field.lines.start as usize].is_ascii_digit();
        let is_named_there = move |field: &&Field| {
            field.lines.covers(field.name) && (!counted(field) || self.report.kind_of(field).is_some())
        };
        self.staying().iter().filter(|field| !self.notes.contains(field)).filter(is_named_there)
    }

    /// The field that a new value of this kind belongs into: one that has a value, else one that waits for it.
    fn of_kind(&self, report: &Report, kind: FieldKind) -> Option<&Field> {
        self.fitting(report.base(), |field| report.kind_of(field) == Some(kind))
    }

    /// The same for a field of this name.
    fn named(&self, report: &Report, name: &str) -> Option<&Field> {
        self.fitting(report.base(), |field| field.is_named(report.base(), name))
    }

    fn fitting(&self, base: &[u8], is_such: impl Fn(&Field) -> bool) -> Option<&Field> {
        let mut such = self.staying().iter().filter(|field| is_such(field));
        such.clone().find(|field| !field.value.is_empty()).or_else(|| such.find(|field| waits(base, field)))
    }

    /// The field of a kind that has no value and nothing else below its name.
    fn waiting(&self, report: &Report, kind: FieldKind) -> Option<&Field> {
        let such = |field: &&Field| report.kind_of(field) == Some(kind) && waits(report.base(), field);
        self.staying().iter().find(such)
    }
}

/// Whether a field has no value and nothing else below its name.
pub(super) fn waits(base: &[u8], field: &Field) -> bool {
    let own = line::at(base, field.lines.start);
    field.value.is_empty() && own.end >= field.lines.end && !heads_list(base, &own)
}

/// Whether what a field says goes on below it: with what is nested there, with code or with a list.
pub(super) fn goes_on(report: &Report, bug: BugIx, field: &Field) -> bool {
    let (base, end) = (report.base(), report.bug(bug).block.end);
    let own = line::at(base, field.lines.start);
    let nested = Span::new(own.end.min(field.lines.end), field.lines.end).of(base);
    let below = Span::new(field.lines.end.min(end), end);
    let mut next = line::lines(base, below).enumerate().filter(|(_, line)| !line.text.trim(base).is_empty());
    let heads = next.next().is_some_and(|(at, line)| {
        is_fence(line.text.of(base)) || at == 0 && is_list_item(&line, base) && !is_list_item(&own, base)
    });
    let opens = [&b":"[..], "：".as_bytes()].iter().any(|colon| field.value.of(base).ends_with(colon));
    !field.in_cell && (!nested.trim_ascii().is_empty() || heads || opens)
}

/// Whether a line begins code.
fn is_fence(line: &[u8]) -> bool {
    let text = line.trim_ascii_start();
    text.starts_with(b"```") || text.starts_with(b"~~~")
}

/// Whether a line that is no item stands above one, with nothing but blank lines between: the list is what it names.
fn heads_list(base: &[u8], own: &line::Line) -> bool {
    let below = Span::new(own.end, base.len() as u32);
    let next = || line::lines(base, below).find(|line| !line.text.trim(base).is_empty());
    !is_list_item(own, base) && next().is_some_and(|next| is_list_item(&next, base))
}

fn is_list_item(line: &line::Line, base: &[u8]) -> bool {
    let text = line.text.of(base).trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mark = text.get(digits).is_some_and(|mark| match digits {
        0 => b"-*+".contains(mark),
        _ => b".)".contains(mark),
    });
    mark && text.get(digits + 1) == Some(&b' ')
}

/// Whether a change may take a field away.
fn clears(change: &Change) -> bool {
    let Change { severity, scope, status, fields, .. } = change;
    *severity == To::Clear
        || matches!(status, To::Value(_))
        || [scope, status].into_iter().chain(fields.iter().map(|(_, to)| to)).any(|to| *to == To::Clear)
}

/// Whether a change takes a field away. One without a value says nothing that could be taken back.
fn leaves(report: &Report, change: &Change, field: &Field) -> bool {
    if field.value.is_empty() {
        return false;
    }
    let named =
        change.fields.iter().any(|(name, to)| *to == To::Clear && field.is_named(report.base(), name));
    named
        || match report.kind_of(field) {
            Some(FieldKind::Severity) => {
                change.severity == To::Clear && field.weight(report.base(), report.methodology()).is_some()
            }
            Some(FieldKind::Scope) => change.scope == To::Clear,
            Some(FieldKind::Status) => match &change.status {
                To::Value(status) => {
                    let is_noted = || report.notes(change.bug).contains(field);
                    let is_boxed = is_box(status) || report.boxed(status).is_some() && is_noted();
                    is_boxed && report.task(change.bug).is_some()
                }
                status => *status == To::Clear,
            },
            _ => false,
        }
}

/// The line end in use around an offset.
pub(super) fn newline(base: &[u8], at: u32) -> &[u8] {
    let here = line::at(base, at).ending().of(base);
    if here.is_empty() { first_newline(base) } else { here }
}

fn first_newline(base: &[u8]) -> &[u8] {
    let first = line::at(base, 0).ending().of(base);
    if first.is_empty() { b"\n" } else { first }
}

/// Writes a value into a field.
fn fill(field: &Field, value: &str) -> Edit {
    let value = if field.in_cell { cell::escaped(value) } else { value.to_owned() };
    match field.value.is_empty() {
        true => Edit::insert(field.value.start, format!(" {value}")),
        false => Edit::replace(field.value, value),
    }
}

/// What a value reads as that is written into a bug of this form.
pub(super) fn as_read(value: Cow<'_, str>, form: Form) -> Cow<'_, str> {
    let value = unescaped(on_one_line(value));
    if form == Form::Heading { value } else { row::bracketed(&value).into() }
}

/// The same as [`one_line`].
fn on_one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_so = text.trim().len() == text.len() && !text.contains(char::is_control);
    if is_so { text } else { one_line(&text).into() }
}

/// A text on one line: line ends and other control characters become blanks.
fn one_line(text: &str) -> String {
    text.split(char::is_control)
        .filter(|part| !part.trim().is_empty())
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
}

//! Writing a severity at all sites of a bug, in the words the report uses for levels there; in a field with what it was.
//!
//! Of a field's value only the words that name the level change, and the note beside them: its remark, and
//! whatever else stands there, is kept byte for byte.

mod note;

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::cell::{self, CellChange};
use super::{Fields, fill, row, values};
use crate::methodology::{FieldKind, LevelId};
use crate::report::dialect::{Kin, Lexicon, drawn_before};
use crate::report::field::Weight;
use crate::report::run::Run;
use crate::report::site::{Spot, Stand};
use crate::report::{BugIx, Change, Field, Form, Report, Source, To, Writing, remark_apart};
use crate::text::Span;
use crate::text::edit::Edit;
use note::{Note, closed, end_of_note, note_text, opened};
pub(in crate::report) use note::{noted, words_before};

/// Puts the edits behind others that write the new severity of a bug at all its sites; cells are left to `cells`.
pub(super) fn put_edits<'a>(
    report: &'a Report,
    change: &'a Change,
    fields: &Fields,
    writing: Writing,
    (edits, cells): (&mut Vec<Edit>, &mut Vec<CellChange>),
    remembered: &mut Remembered<'a>,
) {
    let To::Value(to) = change.severity else { return };
    let mut rewrite = |field: &Field, edits: &mut Vec<Edit>| {
        let asked = Asked::of(report, change, field, to);
        let edit = |(part, text): &Part| Edit::replace(field.value.part(part.clone()), text.as_str());
        let find = || rewritten(report, &asked, fields.lexicon, writing);
        // What is remembered is in the language of the report.
        match fields.lexicon.own() {
            Some(_) => edits.extend(find().iter().map(edit)),
            None => edits.extend(remembered.parts(asked, find).iter().map(edit)),
        }
    };
    if let Some(field) = report.sole_field(change.bug) {
        return rewrite(&field, edits);
    }
    let spots = spots(report, change.bug, fields);
    let told = fields.moves() || report.is_told_by_section(change.bug, to);
    let own: Vec<&Spot> = spots.iter().filter(|spot| !is_of_section(spot)).collect();
    for spot in &own {
        match spot.stand {
            Stand::Field(field) => rewrite(&field, edits),
            _ if change.out_of_line => {}
            Stand::Note(note) if told && own.len() == 1 => gone(report, change, &note, edits, cells),
            _ if spot.site.level == Some(to) => {}
            _ => {
                let (spot, words) = match fields.lexicon.in_cell(spot, to) {
                    Some(whole) => (whole_cell(report, spot), whole.to_owned()),
                    None => (**spot, reworded(report, spot, fields, to)),
                };
                place(report, change, &spot, &words, edits, cells);
            }
        }
    }
    if own.is_empty() && !told && !change.out_of_line {
        insert(report, change, (fields, writing), to, edits, cells);
    }
}

/// The words for its severity that a bug has once it is changed, where it speaks, or its section does; `None` for a section that
/// is made for it.
pub(super) fn words_after(
    report: &Report,
    change: &Change,
    fields: &Fields,
    writing: Writing,
) -> Option<String> {
    let To::Value(to) = change.severity else { return None };
    let spots = spots(report, change.bug, fields);
    let told = fields.moves() || report.is_told_by_section(change.bug, to);
    let own: Vec<&Spot> = spots.iter().filter(|spot| !is_of_section(spot)).collect();
    let is_one = own.len() == 1;
    let written = |span: Span| report.text(span).into_owned();
    match own.first().map(|spot| (spot, spot.stand)) {
        Some((_, Stand::Field(field))) => {
            let asked = Asked::of(report, change, &field, to);
            let mut value = field.value.of(report.base()).to_vec();
            for (part, text) in rewritten(report, &asked, fields.lexicon, writing).into_iter().rev() {
                value.splice(part, text.into_bytes());
            }
            Some(String::from_utf8_lossy(&value).into_owned())
        }
        Some((spot, _)) if change.out_of_line || spot.site.level == Some(to) => Some(written(spot.run)),
        Some((spot, stand)) if !(told && is_one && matches!(stand, Stand::Note(_))) => {
            Some(reworded(report, spot, fields, to))
        }
        _ if fields.moves() => {
            let section = fields.plan.section_after(change.bug)?;
            report.sections()[section.at()].level?;
            Some(written(report.sections()[section.at()].word))
        }
        _ if told => spots.iter().find(|spot| is_of_section(spot)).map(|spot| written(spot.run)),
        _ => {
            let column = report.row(change.bug).filter(|row| row.table.columns.severity.is_some());
            let kin = column.map_or(Kin::Field, |row| Kin::Column(row.table.head.start));
            Some(fields.lexicon.word(kin, to))
        }
    }
}

/// The sites of a bug whose fields are known, but for a row's.
fn spots(report: &Report, bug: BugIx, fields: &Fields) -> Vec<Spot> {
    let own = report.bug(bug);
    let states = |field: &&Field| field.value.covers(own.severity);
    match own.form {
        Form::Row => report.spots(bug),
        _ if own.source != Source::Field => report.spots_by(bug, None),
        _ => report.spots_by(bug, fields.staying().iter().chain(fields.leaving()).find(states).copied()),
    }
}

pub(super) fn is_of_section(spot: &Spot) -> bool {
    spot.stand == Stand::Section
}

/// A spot in a cell with all that the cell says as its words.
fn whole_cell(report: &Report, spot: &Spot) -> Spot {
    let run = match spot.stand {
        Stand::Cell { cell, .. } => cell.trim(report.base()),
        _ => spot.run,
    };
    Spot { run, ..*spot }
}

/// The words of a site for another level.
fn reworded(report: &Report, spot: &Spot, fields: &Fields, to: LevelId) -> String {
    let written = String::from_utf8_lossy(spot.run.of(report.base()));
    Kin::of(spot).map_or_else(|| written.to_string(), |kin| fields.lexicon.instead_of(&written, kin, to))
}

/// Puts words in the place of those of a site.
fn place(
    report: &Report,
    change: &Change,
    spot: &Spot,
    words: &str,
    edits: &mut Vec<Edit>,
    cells: &mut Vec<CellChange>,
) {
    let title = || row::Writer::of(report, change.bug).map(|row| row.title());
    let cell = match spot.stand {
        Stand::Cell { cell, .. } => Some(cell),
        Stand::Note(_) => title(),
        _ => None,
    };
    match cell {
        _ if spot.run.of(report.base()) == words.as_bytes() => {}
        Some(cell) => cells.push(CellChange::part(cell, spot.run, words)),
        None => edits.push(Edit::replace(spot.run, words)),
    }
}

/// Takes a note out that the section says as well.
fn gone(report: &Report, change: &Change, note: &Field, edits: &mut Vec<Edit>, cells: &mut Vec<CellChange>) {
    match row::Writer::of(report, change.bug) {
        Some(row) => cells.push(CellChange::part(row.title(), note.lines, "")),
        None => edits.push(Edit::delete(note.lines)),
    }
}

/// Writes a severity that stands nowhere yet.
fn insert(
    report: &Report,
    change: &Change,
    (fields, writing): (&Fields, Writing),
    to: LevelId,
    edits: &mut Vec<Edit>,
    cells: &mut Vec<CellChange>,
) {
    if let Some(row) = row::Writer::of(report, change.bug) {
        return cells.push(row.severity(to, fields.lexicon));
    }
    let word = fields.lexicon.word(Kin::Field, to);
    let waiting = fields.waiting(report, FieldKind::Severity);
    let word = match waiting.is_some() || report.bug(change.bug).form == Form::Heading {
        true => word.clone() + &note_of_what_stays(report, change, (fields, writing), &word, to),
        false => word,
    };
    edits.push(match waiting {
        Some(field) => fill(field, &word),
        None if is_unheard(report, change, fields) => values::insert_first(report, change.bug, fields, &word),
        None => values::insert(report, change.bug, fields, FieldKind::Severity, &word),
    });
}

/// The note behind the words of a new field: what the section counts the bug as, else what its id says, where that goes on
/// saying so.
fn note_of_what_stays(
    report: &Report,
    change: &Change,
    (fields, writing): (&Fields, Writing),
    word: &str,
    to: LevelId,
) -> String {
    let section = report.leveled_section(change.bug).and_then(|at| report.sections()[at.at()].level);
    let counted = section.map(|level| (level, fields.lexicon.instead_of(word, Kin::Field, level)));
    let is_told = report.bug(change.bug).source == Source::Id;
    let told = || Some((report.level(change.bug)?, report.severity(change.bug)?.into_owned()));
    let origin = counted.or_else(|| told().filter(|_| is_told)).map(|(level, words)| (level, closed(&words)));
    origin.map_or_else(String::new, |origin| note_text(&origin, to, change, (fields.lexicon, writing)))
}

/// Whether a bug has headings below it that say how severe something is and do not speak for it: one more of them
/// would not either.
fn is_unheard(report: &Report, change: &Change, fields: &Fields) -> bool {
    let (base, methodology) = (report.base(), report.methodology());
    let rates = |field: &Field| field.weight(base, methodology) == Some(Weight::Severity);
    report.bug(change.bug).form == Form::Heading && fields.staying().iter().any(rates)
}

/// A severity field that is to say another level.
#[derive(Clone, Copy)]
struct Asked<'a> {
    value: &'a [u8],
    in_cell: bool,
    change: &'a Change,
    to: LevelId,
    /// What the section of the bug counts it as.
    section: Option<LevelId>,
}

impl<'a> Asked<'a> {
    fn of(report: &'a Report, change: &'a Change, field: &Field, to: LevelId) -> Asked<'a> {
        let section = report.counted_as(change.bug, change.first.unwrap_or(to));
        Asked { value: field.value.of(report.base()), in_cell: field.in_cell, change, to, section }
    }

    /// A number that is the same where the same is asked for.
    fn number(&self) -> u64 {
        xxh3_64_with_seed(self.value, self.section.map_or(0, |section| 1 + u64::from(section.0)))
    }

    /// Whether the same is written into both.
    fn is_like(&self, other: &Asked<'_>) -> bool {
        let told = |asked: &Asked<'_>| (asked.in_cell, asked.to, asked.section);
        let meant = |asked: &Asked<'_>| (asked.change.reported, asked.change.out_of_line);
        told(self) == told(other)
            && meant(self) == meant(other)
            && self.value == other.value
            && self.change.rationale == other.change.rationale
    }
}

/// A part of a value, and what is written in its place.
type Part = (Range<usize>, String);

/// How many fields that say something else each are remembered.
const MOST: usize = 512;

/// What was written into severity fields, each at a place that follows from what it says: those of a report say but a few
/// things.
pub(super) struct Remembered<'a>(Vec<Option<(Asked<'a>, Vec<Part>)>>);

impl Default for Remembered<'_> {
    fn default() -> Self {
        Remembered(std::iter::repeat_with(|| None).take(MOST).collect())
    }
}

impl<'a> Remembered<'a> {
    /// What is written into a field, found anew where the last of its place asked for something else.
    fn parts(&mut self, asked: Asked<'a>, find: impl FnOnce() -> Vec<Part>) -> &[Part] {
        let known = &mut self.0[asked.number() as usize % MOST];
        if known.as_ref().is_some_and(|(before, _)| !before.is_like(&asked)) {
            *known = None;
        }
        &known.get_or_insert_with(|| (asked, find())).1
    }
}

/// What is written into a severity field.
fn rewritten(report: &Report, asked: &Asked<'_>, lexicon: &Lexicon<'_>, writing: Writing) -> Vec<Part> {
    let Asked { value, in_cell, change, to, section } = *asked;
    let methodology = report.methodology();
    let note = Note::find(value, methodology);
    let before = &value[..note.as_ref().map_or(value.len(), |note| note.span.start)];
    let Some(run) = Run::first(before, methodology) else {
        let known = remark_apart(&String::from_utf8_lossy(value)).0.len().min(value.len());
        return vec![(0..known, lexicon.word(Kin::Field, to))];
    };
    let drawn = if in_cell { 0 } else { drawn_before(before, run.span.start) };
    let all = run.span.start - drawn..run.span.end;
    let written = String::from_utf8_lossy(&value[all.clone()]).into_owned();
    if run.level() == to && note.is_some() && !change.out_of_line {
        return Vec::new();
    }
    let origin = match (&note, section) {
        (Some(note), _) => (note.level, note.word.clone()),
        (None, Some(level)) => (level, closed(&lexicon.instead_of(&written, Kin::Field, level))),
        (None, None) => match change.reported.filter(|reported| *reported != run.level()) {
            Some(reported) => (reported, closed(&lexicon.instead_of(&written, Kin::Field, reported))),
            None => (run.level(), closed(&written)),
        },
    };
    let new = match run.level() == to {
        true => written,
        false if origin.0 == to => opened(&origin.1, methodology).to_owned(),
        false => lexicon.instead_of(&written, Kin::Field, to),
    };
    let said = note_text(&origin, to, change, (lexicon, writing));
    let said = if in_cell { cell::escaped(&said) } else { said };
    let place = note.map_or_else(|| end_of_note(all.clone(), value), |note| note.span);
    let is_new = |(part, text): &Part| value[part.clone()] != *text.as_bytes();
    [(all, new), (place, said)].into_iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;
    use crate::report::render::edits;
    use crate::report::{Annotate, Moving};

    /// A report with the severity of its only bug rewritten.
    fn rewritten(text: &str, to: LevelId) -> String {
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let change = Change { severity: To::Value(to), ..Change::of(BugIx(0)) };
        let writing = Writing { annotate: Annotate::Short, ..Writing::default() };
        let edits = edits(&report, &[change], writing).expect("edits that do not meet");
        String::from_utf8(edits.apply(report.base())).expect("text")
    }

    /// A report in one language would get notes of another, and one that was left would not be found again.
    #[test]
    fn a_note_is_in_the_language_of_the_report() {
        let text = |severity: &str| {
            format!("# Errores\n\n## BUG-1: No funciona\n- **Gravedad:** {severity}\n- **Estado:** abierto\n")
        };
        assert_eq!(rewritten(&text("Alta"), LevelId(3)), text("Baja (rebajado desde Alta)"));
        assert_eq!(
            rewritten(&text("Baja (rebajado desde Alta)"), LevelId(2)),
            text("Media (rebajado desde Alta)")
        );
        assert_eq!(rewritten(&text("Baja (rebajado desde Alta)"), LevelId(1)), text("Alta"));
        assert_eq!(rewritten(&text("Baja (downgraded from Alta)"), LevelId(1)), text("Alta"));
    }

    /// The id would go on saying what the bug was, and nothing tell that it was decided otherwise.
    #[test]
    fn what_the_id_alone_said_is_noted_in_the_field_that_says_otherwise() {
        let text = |field: &str| {
            format!("### HIGH-1: The hull leaks\n\n{field}It is so.\n\n### HIGH-2: Rot\n\nSo is this.\n")
        };
        let field = "**Severity:** P3 (downgraded from HIGH)\n\n";
        assert_eq!(rewritten(&text(""), LevelId(3)), text(field));
        assert_eq!(rewritten(&text(field), LevelId(1)), text("**Severity:** HIGH\n\n"));
    }

    #[test]
    fn a_remark_stays_and_the_note_goes_again_without_a_trace() {
        for (high, low) in [
            ("High (Major, for a week)", "Low (Major, for a week) (downgraded from High)"),
            ("🟠 High (see Critical)", "🟢 Low (see Critical) (downgraded from 🟠 High)"),
            ("P1 (High)", "P3 (Low) (downgraded from P1 (High))"),
            ("P1 (High) - slow", "P3 (Low) - slow (downgraded from P1 (High))"),
            ("P1 (High). It is slow.", "P3 (Low) (downgraded from P1 (High)). It is slow."),
            ("P1 (High", "P3 (Low (downgraded from P1 (High))"),
            ("High.", "Low (downgraded from High)."),
            ("High（严重）", "Low（低） (downgraded from High（严重）)"),
            ("HIGH - P1", "LOW - P3 (downgraded from HIGH - P1)"),
            ("Major / **P1**", "Trivial / **P3** (downgraded from Major / **P1**)"),
            ("🟠 **High** (once)", "🟢 **Low** (once) (downgraded from 🟠 **High**)"),
            ("High - Warning", "Low - Warning (downgraded from High)"),
            ("High — Warning: loud", "Low — Warning: loud (downgraded from High)"),
            ("High - low risk of rain", "Low - low risk of rain (downgraded from High)"),
            ("High - regressed in 2.1", "Low - regressed in 2.1 (downgraded from High)"),
        ] {
            let report = |value: &str| format!("### A-1: One\n\n**Severity:** {value}\n\nIt is so.\n");
            let after = rewritten(&report(high), LevelId(3));
            assert_eq!(after, report(low));
            assert_eq!(rewritten(&after, LevelId(1)), report(high));
        }
    }

    /// A heading or a row would go on saying what the bug was.
    #[test]
    fn a_sole_field_is_all_that_says_a_severity_but_for_the_section() {
        let index = "| Bug | Severity |\n|-|-|\n| A-1 | P0 |\n\n";
        let bug = |(at, head): (usize, &str)| {
            let field = [
                "**Severity:** P0",
                "- **Severity:** P0 - slow",
                "| Severity | Value |\n|-|-|\n| Severity | P0 |",
            ][at % 3];
            format!("### A-{at}: {head}\n\n{field}\n- **Owner:** Ada\n\n")
        };
        let heads = [
            "One",
            "One",
            "🔴 One",
            "One [P0]",
            "One (P0)",
            "One (CRITICAL)",
            "One (Linux)",
            "One - High",
            "One",
        ];
        let bugs: String = heads.into_iter().enumerate().map(bug).collect();
        let text = format!("{index}## P0\n\n{bugs}## P1\n\n### B-1: Two\n\n**Severity:** P0\n");
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let mut sole = 0;
        for bug in report.indexes() {
            let Some(field) = report.sole_field(bug) else { continue };
            let stands =
                report.spots(bug).into_iter().filter(|spot| !is_of_section(spot)).map(|spot| spot.stand);
            assert_eq!(stands.collect::<Vec<_>>(), [Stand::Field(field)], "{}", report.handle(bug));
            let level = report.level(bug).expect("what its field says");
            let sites = report.sites(bug);
            let agree = sites.iter().all(|site| site.level == Some(level));
            assert_eq!(report.agrees(bug, &To::Value(level)), agree, "{}", report.handle(bug));
            sole += 1;
        }
        assert!((2..heads.len() - 2).contains(&sole), "{sole} of {}", heads.len());
    }

    /// Of many bugs each would get the words and the note of another.
    #[test]
    fn many_bugs_are_written_as_each_is_by_itself() {
        let values = ["P0", "P0", "High", "P0 - slow", "P1 (downgraded from P0)", "P1", "High (Major)", "P0"];
        let line = |(at, value)| format!("### A-{at}: One\n\n**Severity:** {value}\n\n");
        let table =
            |(at, value)| format!("### B-{at}: One\n\n| Field | Value |\n|-|-|\n| Severity | {value} |\n\n");
        let bugs = || (0..).zip(values).flat_map(|value| [line(value), table(value)]);
        let text: String = ["## P1\n\n", "## P2\n\n", "## Rest\n\n"]
            .map(|section| section.to_owned() + &bugs().collect::<String>())
            .concat();
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        let writing = Writing { annotate: Annotate::Rationale, sections: Moving::Keep };
        let change = |bug: BugIx| Change {
            severity: To::Value(LevelId(1 + u8::from(bug.0.is_multiple_of(5)))),
            rationale: Some(format!("Because a | b of {}", bug.0 / 12)),
            reported: bug.0.is_multiple_of(3).then_some(LevelId(3)),
            out_of_line: bug.0.is_multiple_of(7),
            ..Change::of(bug)
        };
        let changes: Vec<Change> = report.indexes().map(change).collect();
        let inner = |changes: &[Change]| {
            edits(&report, changes, writing).expect("edits that do not meet").into_edits()
        };
        let alone: Vec<Edit> =
            changes.iter().flat_map(|change| inner(std::slice::from_ref(change))).collect();
        let one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        assert_eq!(one_core.install(|| inner(&changes)), alone);
        assert!(alone.len() > values.len());
    }
}

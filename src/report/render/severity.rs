//! Writing a severity into a bug's field, in the words the report uses for levels, with what it was.
//!
//! Of the value only the words that name the level change, and the note beside them: its remark, and
//! whatever else stands there, is kept byte for byte.

use std::ops::Range;

use super::{Fields, fill, one_line, values};
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::{Annotate, Change, Field, Moving, Report, Source, To, Writing, dialect, without_remark};
use crate::text::edit::{Edit, Piece};

/// How a note begins, by whether the level went down.
const LEADS: [&str; 2] = ["(downgraded from ", "(upgraded from "];

/// The edits that write the new severity of a bug into its block, if it is to be written there.
pub(super) fn edits(report: &Report, change: &Change, fields: &Fields, writing: Writing) -> Vec<Edit> {
    let To::Value(level) = change.severity else { return Vec::new() };
    let states = |field: &&Field| field.weight(report.base(), report.methodology()).is_some();
    if let Some(field) = fields.staying.iter().find(states) {
        return rewritten(report, change, field, level, writing);
    }
    if is_told_by_section(report, change, writing) {
        return Vec::new();
    }
    let word = dialect::word_for(report, level);
    let waiting = fields.waiting(report, FieldKind::Severity);
    vec![match waiting {
        Some(field) => fill(field, &word),
        None => values::insert(report, change.bug, fields, FieldKind::Severity, &word),
    }]
}

/// Whether moving the block says all there is to say.
fn is_told_by_section(report: &Report, change: &Change, writing: Writing) -> bool {
    report.bug(change.bug).source == Source::Section && writing.sections == Moving::Move
}

/// The edits of the value of a severity field.
fn rewritten(report: &Report, change: &Change, field: &Field, to: LevelId, writing: Writing) -> Vec<Edit> {
    let (methodology, value) = (report.methodology(), field.value.of(report.base()));
    let note = Note::find(value, methodology);
    let Some(words) =
        Words::find(&value[..note.as_ref().map_or(value.len(), |note| note.span.start)], methodology)
    else {
        let known = without_remark(&String::from_utf8_lossy(value)).len().min(value.len());
        return vec![Edit::replace(field.value.part(0..known), dialect::word_for(report, to))];
    };
    let written = String::from_utf8_lossy(&value[words.span.clone()]).into_owned();
    let origin = note.as_ref().map_or((words.level, written.clone()), |note| (note.level, note.word.clone()));
    let new = if origin.0 == to { origin.1.clone() } else { words.reworded(&written, to, methodology) };
    let said = note_text(&origin, to, change, writing);
    let place = note.map_or_else(|| words.end_of_note(value), |note| note.span);
    let words = Edit::replace(field.value.part(words.span), new);
    [words, Edit::replace(field.value.part(place), said)]
        .into_iter()
        .filter(|edit| !is_idle(report, edit))
        .collect()
}

/// Whether an edit puts back what it takes away.
fn is_idle(report: &Report, edit: &Edit) -> bool {
    edit.pieces.iter().all(|piece| matches!(piece, Piece::New(new) if new == edit.span.of(report.base())))
}

/// The note that goes behind the words, with a blank before it; nothing where none is wanted.
fn note_text((level, word): &(LevelId, String), to: LevelId, change: &Change, writing: Writing) -> String {
    if *level == to || writing.annotate == Annotate::None {
        return String::new();
    }
    let lead = LEADS[usize::from(to < *level)];
    let why = change.rationale.as_deref().map(one_line).filter(|why| !why.is_empty());
    match why.filter(|_| writing.annotate == Annotate::Rationale) {
        Some(why) => format!(" {lead}{word}: {why})"),
        None => format!(" {lead}{word})"),
    }
}

/// The words that name the level in a value: `P0`, `CRITICAL - P0`, `Major / P1`.
struct Words {
    level: LevelId,
    span: Range<usize>,
    /// Whether they are a range of levels, such as `Low–Medium`.
    differ: bool,
}

impl Words {
    fn find(value: &[u8], methodology: &Methodology) -> Option<Words> {
        let first = methodology.read_level(value)?;
        let mut words = Words { level: first.level, span: first.span, differ: false };
        while let Some(next) = methodology.read_level(&value[words.span.end..]) {
            let (start, end) = (words.span.end + next.span.start, words.span.end + next.span.end);
            let follows = value[end..].iter().find(|byte| !byte.is_ascii_whitespace());
            let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
            if value[words.span.end..start].iter().any(u8::is_ascii_alphanumeric)
                || follows.is_some_and(is_word)
            {
                break;
            }
            words.differ |= next.level != words.level;
            words.span.end = end;
        }
        Some(words)
    }

    /// The words for another level.
    fn reworded(&self, written: &str, to: LevelId, methodology: &Methodology) -> String {
        match methodology.read_level(written.as_bytes()) {
            Some(first) if self.differ => dialect::word(methodology, &written[first.span], to),
            _ => dialect::reword(methodology, written, self.level, to),
        }
    }

    /// Where a new note goes: at the end of the value, or right behind the words where another sentence or field
    /// follows them.
    fn end_of_note(&self, value: &[u8]) -> Range<usize> {
        let rest = &value[self.span.end..];
        let goes_on = [&b"**"[..], b". ", b"|"].iter().any(|mark| memchr::memmem::find(rest, mark).is_some());
        let at = if goes_on { self.span.end } else { value.len() };
        at..at
    }
}

/// A note that an earlier decision left: `(downgraded from P0)`.
struct Note {
    /// With the blanks before it.
    span: Range<usize>,
    level: LevelId,
    word: String,
}

impl Note {
    fn find(value: &[u8], methodology: &Methodology) -> Option<Note> {
        LEADS.iter().find_map(|lead| {
            let start = memchr::memmem::rfind(value, lead.as_bytes())?;
            let inside = start + lead.len();
            let end = inside + closing(&value[inside..])?;
            let said = String::from_utf8_lossy(&value[inside..end]).into_owned();
            let word = said.split_once(": ").map_or(said.as_str(), |(word, _)| word).to_owned();
            let level = methodology.read_level(word.as_bytes())?.level;
            let blanks = value[..start].iter().rev().take_while(|byte| **byte == b' ').count();
            Some(Note { span: start - blanks..end + 1, level, word })
        })
    }
}

/// Where the bracket closes that was open before a text.
fn closing(text: &[u8]) -> Option<usize> {
    let mut open = 1;
    text.iter().position(|byte| {
        open += i32::from(*byte == b'(') - i32::from(*byte == b')');
        open == 0
    })
}

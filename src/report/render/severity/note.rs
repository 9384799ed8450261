//! The note beside a severity that says what it was: `(downgraded from P0)`.

use std::ops::Range;

use crate::methodology::{Joints, LevelId, Methodology};
use crate::report::dialect::{Lexicon, drawn_before};
use crate::report::render::one_line;
use crate::report::run::{self, Run};
use crate::report::site::Stand;
use crate::report::{Annotate, BugIx, Change, Field, Report, Source, Writing};
use crate::text::{Span, display, line};

/// The level that the note in the field of a bug says it had before. Fields are found only where the line of the severity has
/// what a note begins with: this is asked of all bugs of a decision.
pub(in crate::report) fn noted(report: &Report, bug: BugIx) -> Option<LevelId> {
    let own = report.bug(bug);
    if own.source != Source::Field || !may_have_note(line_around(report, own.severity)) {
        return None;
    }
    let note = report.spots(bug).into_iter().find_map(|spot| match spot.stand {
        Stand::Field(field) => Note::find(field.value.of(report.base()), report.methodology()),
        _ => None,
    });
    note.map(|note| note.level)
}

/// The level that a note in the value of a field says a bug had before, and the words for it, as a field has them.
pub(in crate::report) fn words_before(value: &[u8], methodology: &Methodology) -> Option<(LevelId, String)> {
    let note = Note::find(value, methodology)?;
    Some((note.level, opened(&note.word, methodology).to_owned()))
}

/// Words as a note has them: with the brackets and the bold closed that close behind the words of a field.
pub(super) fn closed(words: &str) -> String {
    words.to_owned() + &run::closing(words)
}

/// Words of a note as a field has them.
pub(super) fn opened<'w>(words: &'w str, methodology: &Methodology) -> &'w str {
    let start = |run: &Run| run.span.start - drawn_before(words.as_bytes(), run.span.start);
    Run::first(words.as_bytes(), methodology).map_or(words, |run| &words[start(&run)..run.span.end])
}

/// Where a new note goes: at the end of the value, or right behind the words and what closes their brackets and bold where
/// a stop, another sentence or a field follows them. What only looks like a field because nothing sets it off from the
/// words stays like that.
pub(super) fn end_of_note(words: Range<usize>, value: &[u8]) -> Range<usize> {
    let closing = run::closing(&String::from_utf8_lossy(&value[words.clone()]));
    let rest = &value[words.end..];
    let (rest, end) = match rest.strip_prefix(closing.as_bytes()) {
        Some(rest) => (rest, words.end + closing.len()),
        None => (rest, words.end),
    };
    let marks = || [&b"**"[..], b". ", b"|"].iter().any(|mark| memchr::memmem::find(rest, mark).is_some());
    let goes_on = memchr::memchr3(b'*', b'.', b'|', rest).is_some() && marks();
    let names = || Field::read(rest, Span::whole(rest), Span::whole(rest)).is_some();
    let would_set_off = rest.trim_ascii_start().starts_with(b"**") && names();
    let is_stop = [&b"."[..], "。".as_bytes()].contains(&rest.trim_ascii_end());
    let goes_on = goes_on || opens(rest);
    let at = if is_stop || goes_on && !would_set_off { end } else { value.len() };
    at..at
}

/// Whether a bracket opens in a text that closes on another line.
fn opens(text: &[u8]) -> bool {
    let count = |bracket| memchr::memchr_iter(bracket, text).count();
    count(b'(') > count(b')')
}

/// The note that goes behind the words, with a blank before it; nothing where none is wanted.
pub(super) fn note_text(
    (level, word): &(LevelId, String),
    to: LevelId,
    change: &Change,
    (lexicon, writing): (&Lexicon<'_>, Writing),
) -> String {
    if *level == to || change.out_of_line || writing.annotate == Annotate::None {
        return String::new();
    }
    let lead = lexicon.joints().before[usize::from(to < *level)];
    let why = change.rationale.as_deref().filter(|_| writing.annotate == Annotate::Rationale);
    let why = why.map(one_line).map(|why| display::visible_str(&why).into_owned());
    match why.filter(|why| !why.is_empty()) {
        Some(why) => [" ", lead, word, ": ", &why, ")"].concat(),
        None => [" ", lead, word, ")"].concat(),
    }
}

/// The line that a text stands on, which goes across none.
fn line_around(report: &Report, text: Span) -> &[u8] {
    let base = report.base();
    let start = line::start(base, text.start) as usize;
    &base[start..line::at(base, text.end).text.range().end]
}

/// Whether a note begins anywhere in a text.
fn may_have_note(text: &[u8]) -> bool {
    leads(text).next().is_some()
}

/// Where notes begin in a text, from its end, and what is said in each behind its first words.
fn leads(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    memchr::memrchr_iter(b'(', text).filter_map(|at| {
        let mut known = Joints::all().flat_map(|joints| joints.before);
        let lead = known.find(|lead| text[at..].starts_with(lead.as_bytes()))?;
        Some((at, at + lead.len()))
    })
}

/// A note that an earlier decision left: `(downgraded from P0)`.
pub(super) struct Note {
    /// Where it stands, with the blanks before it.
    pub(super) span: Range<usize>,
    /// The level that the bug had.
    pub(super) level: LevelId,
    /// The words for that.
    pub(super) word: String,
}

impl Note {
    pub(super) fn find(value: &[u8], methodology: &Methodology) -> Option<Note> {
        leads(value).find_map(|(start, inside)| {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A note within a remark would be one of that.
    #[test]
    fn a_note_stands_before_a_bracket_that_closes_on_another_line() {
        assert_eq!(end_of_note(0..4, b"HIGH (it sticks, and"), 4..4);
        assert_eq!(end_of_note(0..4, b"HIGH (it sticks)"), 16..16);
    }
}

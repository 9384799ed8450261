//! The files that a bug names: in its heading, text, fields, links, code and tracebacks, and in rows elsewhere that
//! speak of it.
//!
//! Nothing here looks at a disk: a file is what is written as one. A doubtful word is none, for suggestions go by
//! what kind of files a bug names. However long a bug is, no more than its first [`MOST`] bytes are read.

mod line;
mod name;
mod same;
mod word;

use std::borrow::Cow;

use super::{BugIx, Field, Report};
use crate::methodology::{FieldKind, PathKind};
use crate::text::Span;
use word::Word;

/// How many bytes of a bug are read.
pub const MOST: u32 = 64 * 1024;

/// How many files are told.
const FILES: usize = 256;

/// How many rows elsewhere are read.
const ROWS: usize = 16;

/// A file, a folder or a pattern of files that a bug names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The path as written, without escapes of Markdown, line numbers and names of tests.
    pub path: String,
    /// Where it stands in the report.
    pub span: Span,
    /// The 1-based line that is named with it; of several, the first.
    pub line: Option<u32>,
    /// What it is for, under the path rules.
    pub kind: Option<PathKind>,
}

/// The files that a bug names, in the order in which they appear, each once. A file that is written shorter and
/// longer (`auth.py`, `src/auth.py`) is the one that tells more.
pub fn evidence(report: &Report, bug: BugIx) -> Vec<Evidence> {
    let base = report.base();
    let places = Places::of(report, bug);
    let mut found: Vec<Evidence> = Vec::new();
    for text in places.texts {
        for word in word::files(base, text, &places.named) {
            if found.len() < FILES {
                same::add(&mut found, word);
            }
        }
    }
    for one in &mut found {
        one.kind = report.methodology().paths().kind_of(&inside(&one.path));
    }
    lend_line(report, bug, &mut found);
    found
}

/// A path whose kind is that of a path: a folder's kind is that of what stands in it.
fn inside(path: &str) -> Cow<'_, str> {
    if path.ends_with(['/', '\\']) { format!("{path}_").into() } else { path.into() }
}

/// Where files are looked for.
struct Places {
    texts: Vec<Span>,
    /// The values that are there to name files: what is a path by its shape alone is one here.
    named: Vec<Span>,
}

impl Places {
    fn of(report: &Report, bug: BugIx) -> Places {
        let block = report.bug(bug).block;
        let own = Span::new(block.start, block.end.min(block.start.saturating_add(MOST)));
        let rows = report.mentions(bug).iter().take(ROWS).map(|mention| mention.row);
        let rows = rows.filter(|row| !own.covers(*row) && row.len() <= MOST as usize);
        let names =
            |kind| matches!(kind, Some(FieldKind::File | FieldKind::Test | FieldKind::RegressionTest));
        let fields = report.fields(bug).into_iter().filter(|field| names(report.kind_of(field)));
        let whole = |field: Field| match field.lines.covers(field.name) {
            true => field.lines,
            false => field.value,
        };
        Places { texts: [own].into_iter().chain(rows).collect(), named: fields.map(whole).collect() }
    }
}

/// Gives the line that a field of its own states (`- **Line:** 42`) to the first file, if that has none.
fn lend_line(report: &Report, bug: BugIx, found: &mut [Evidence]) {
    let Some(first) = found.first_mut().filter(|first| first.line.is_none()) else { return };
    let is_line = |name: &[u8]| name.eq_ignore_ascii_case(b"line") || name.eq_ignore_ascii_case(b"lines");
    let base = report.base();
    let fields = report.fields(bug);
    let mut values = fields.iter().filter(|field| is_line(field.name.of(base))).map(|field| field.value);
    first.line = values.find_map(|value| line::stated(value.of(base)));
}

#[cfg(test)]
mod tests;

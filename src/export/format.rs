//! What decisions are exported as: names, files, and writing them one after the other.
//!
//! Whatever is written is written decision by decision, so that many of them take no more room than one.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Decided, csv, json, table};
use crate::deviation::BugRecord;

/// How many rows are put into words one after the other on one core, and how many there are at a time.
const TOGETHER: usize = 256;
const AT_A_TIME: usize = 64 * TOGETHER;

/// What decisions are exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A document.
    Summary,
    /// A table for spreadsheets.
    Csv,
    /// One JSON document.
    Json,
    /// JSON, an object a line.
    Jsonl,
    /// YAML, as the log has it.
    Yaml,
    /// A table in Markdown.
    Markdown,
}

impl Format {
    /// Every one there is, the one for people first.
    pub const ALL: [Format; 6] =
        [Format::Summary, Format::Csv, Format::Json, Format::Jsonl, Format::Yaml, Format::Markdown];

    /// The format of this name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// What it is, in words.
    pub fn about(self) -> &'static str {
        self.row().2
    }

    /// The file beside a report that it goes to where nobody names another.
    pub fn beside(self, report: &Path) -> PathBuf {
        let mut name = report.file_stem().unwrap_or_default().to_owned();
        name.push(self.row().1);
        report.with_file_name(name)
    }

    /// Its name, what the file's name ends in, and what it is.
    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Format::Summary => (
                "summary",
                ".summary.md",
                "A document: what was decided, found, fixed, left out, and what it means",
            ),
            Format::Csv => ("csv", ".decisions.csv", "A row for each bug of each decision, for spreadsheets"),
            Format::Json => ("json", ".decisions.json", "One JSON document"),
            Format::Jsonl => ("jsonl", ".decisions.jsonl", "One JSON object a line"),
            Format::Yaml => ("yaml", ".decisions.yaml", "YAML, as the log has it"),
            Format::Markdown => ("markdown", ".decisions.md", "A Markdown table"),
        }
    }
}

/// How many bugs [`write()`] tells of: one of each decision at least.
pub fn steps(decided: &[Decided<'_>]) -> usize {
    decided.iter().map(of_one).sum()
}

fn of_one(one: &Decided<'_>) -> usize {
    one.entry.bugs.len().max(1)
}

/// Writes decisions one after the other, in tables bug by bug. A summary is a document of its own, see
/// [`super::summary()`]: what is written of it here is nothing. `each` is told of how many more bugs was written, and
/// asked whether to go on; see [`steps`].
///
/// # Errors
/// Those of the writer, and that of `each`.
pub fn write(
    format: Format,
    decided: &[Decided<'_>],
    out: &mut dyn Write,
    each: &mut dyn FnMut(usize) -> io::Result<()>,
) -> io::Result<()> {
    let (before, between, after) = around(format, decided.is_empty());
    out.write_all(before.as_bytes())?;
    for (at, one) in decided.iter().enumerate() {
        let between = if at == 0 { "" } else { between };
        out.write_all(between.as_bytes())?;
        match format {
            Format::Csv => rows(one, csv::told, out, each)?,
            Format::Markdown => rows(one, table::told, out, each)?,
            _ => {
                out.write_all(text(format, one).as_bytes())?;
                each(of_one(one))?;
            }
        }
    }
    out.write_all(after.as_bytes())
}

/// A row of a table, for one of the bugs of a decision or for none.
type Row = fn(&Decided<'_>, Option<&BugRecord>) -> String;

fn rows(
    one: &Decided<'_>,
    row: Row,
    out: &mut dyn Write,
    each: &mut dyn FnMut(usize) -> io::Result<()>,
) -> io::Result<()> {
    let bugs = &one.entry.bugs;
    if bugs.is_empty() {
        out.write_all(row(one, None).as_bytes())?;
        each(1)?;
    }
    let told = |bugs: &[BugRecord]| bugs.iter().map(|bug| row(one, Some(bug))).collect::<String>();
    for some in bugs.chunks(AT_A_TIME) {
        let texts: Vec<String> = some.par_chunks(TOGETHER).map(told).collect();
        for (text, bugs) in texts.iter().zip(some.chunks(TOGETHER)) {
            out.write_all(text.as_bytes())?;
            each(bugs.len())?;
        }
    }
    Ok(())
}

/// What stands before, between and after decisions.
fn around(format: Format, is_empty: bool) -> (String, &'static str, &'static str) {
    match format {
        Format::Csv => (csv::head(), "", ""),
        Format::Json if is_empty => (String::from("["), "", "]\n"),
        Format::Json => (String::from("[\n"), ",\n", "\n]\n"),
        Format::Markdown => (table::head(), "", ""),
        Format::Summary | Format::Jsonl | Format::Yaml => (String::new(), "", ""),
    }
}

fn text(format: Format, one: &Decided<'_>) -> String {
    match format {
        Format::Summary | Format::Csv | Format::Markdown => String::new(),
        Format::Json => json::member(one),
        Format::Jsonl => json::line(one),
        Format::Yaml => yaml(one),
    }
}

/// A decision as it stands in a log; one that is not saved says so.
fn yaml(one: &Decided<'_>) -> String {
    match one.is_saved {
        true => one.entry.document(),
        false => format!("{}saved: false\n", one.entry.document()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Two formats in one file would write over each other.
    #[test]
    fn every_format_has_a_name_and_a_file_of_its_own() {
        let report = Path::new("/a/bugs.found.md");
        let files: BTreeSet<PathBuf> = Format::ALL.map(|format| format.beside(report)).into();
        assert_eq!(files.len(), Format::ALL.len());
        assert_eq!(Format::Summary.beside(report), Path::new("/a/bugs.found.summary.md"));
        assert!(Format::ALL.into_iter().all(|format| Format::named(format.name()) == Some(format)));
    }
}

//! Small reports, one for each way in which people lay bugs out, and what is read in them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use regrade::report::{BugIx, Report};

use crate::parsed::parse;

/// A line for each bug: its line, id, title, severity with its level and source, and status.
fn read(text: &[u8]) -> String {
    let report = parse(text);
    report.indexes().fold(String::new(), |mut out, bug| {
        writeln!(out, "{}", line(&report, bug)).unwrap();
        out
    })
}

fn line(report: &Report, bug: BugIx) -> String {
    let shown = |text: Option<std::borrow::Cow<'_, str>>| text.map_or_else(|| "-".to_owned(), Into::into);
    let level = report.level(bug).map_or("-", |level| &report.methodology().level(level).key);
    format!(
        "{} | {} | {} | {} = {level}, {} | {}",
        report.line_of(report.bug(bug).block.start),
        shown(report.id(bug)),
        report.title(bug),
        shown(report.severity(bug)),
        report.bug(bug).source.name(),
        shown(report.status(bug)),
    )
}

#[test]
fn every_layout_is_read_as_a_person_reads_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let read = files.iter().map(|file| {
        let name = file.file_stem().unwrap().to_string_lossy();
        format!("{name}\n{}\n", read(&fs::read(file).unwrap()))
    });
    insta::assert_snapshot!("layouts", read.collect::<String>());
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layouts");
    for file in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(text.as_bytes()), read(other.as_bytes()), "{text}");
    }
}

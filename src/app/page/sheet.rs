//! What is on a page: lines made when they are asked for, in parts.

use std::borrow::Cow;

use super::{FindingsSheet, Line, LogSheet};
use crate::report::BugIx;
use crate::text::Diff;
use crate::text::diff::Sort;
use crate::text::display;

/// How many bytes of a line of a diff are shown; how many more there are is said.
const LONGEST: usize = 8 * 1024;

/// What is on a page.
#[derive(Debug)]
pub enum Sheet {
    /// Lines that are made already.
    Lines(Lines),
    /// A difference; its parts are its hunks.
    Diff(Diff),
    /// The deviation log; its parts are its entries.
    Log(LogSheet),
    /// What does not fit together; its parts are its findings.
    Findings(FindingsSheet),
}

/// Lines in parts.
#[derive(Debug, Default)]
pub struct Lines {
    lines: Vec<Line>,
    starts: Vec<usize>,
}

impl Lines {
    /// One line that stands for what is not there.
    pub fn quiet(text: &str) -> Lines {
        let mut lines = Lines::default();
        lines.push(Line::of("quiet", text));
        lines
    }

    /// Begins a part under a heading, apart from the one before it.
    pub fn part(&mut self, heading: &str) {
        if !self.lines.is_empty() {
            self.push(Line::default());
        }
        self.starts.push(self.lines.len());
        self.push(Line::of("detail.heading", heading));
    }

    /// Adds a line.
    pub fn push(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// All of them.
    pub fn all(&self) -> &[Line] {
        &self.lines
    }
}

impl Sheet {
    /// How many lines there are.
    pub fn len(&self) -> usize {
        match self {
            Sheet::Lines(lines) => lines.lines.len(),
            Sheet::Diff(diff) => diff.len(),
            Sheet::Log(log) => log.len(),
            Sheet::Findings(findings) => findings.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A line; empty past the end.
    pub fn line(&self, at: usize) -> Line {
        match self {
            Sheet::Lines(lines) => lines.lines.get(at).cloned().unwrap_or_default(),
            Sheet::Diff(diff) => diff.line(at).map(|(sort, bytes)| of_diff(sort, &bytes)).unwrap_or_default(),
            Sheet::Log(log) => log.line(at),
            Sheet::Findings(findings) => findings.line(at),
        }
    }

    /// A line as it is shown: of a difference, with what of it is other than before, or that it has only moved.
    pub fn shown(&self, at: usize) -> Line {
        match self {
            Sheet::Diff(diff) => diff.line(at).map(|line| of_shown(diff, at, line)).unwrap_or_default(),
            _ => self.line(at),
        }
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        match self {
            Sheet::Lines(lines) => lines.starts.len(),
            Sheet::Diff(diff) => diff.hunks(),
            Sheet::Log(log) => log.entries(),
            Sheet::Findings(findings) => findings.len(),
        }
    }

    /// The first line of a part.
    pub fn start(&self, part: usize) -> usize {
        match self {
            Sheet::Lines(lines) => lines.starts.get(part).copied().unwrap_or(0),
            Sheet::Diff(diff) => diff.hunk_start(part).unwrap_or(0),
            Sheet::Log(log) => log.start(part),
            Sheet::Findings(_) => part,
        }
    }

    /// The part that a line is in; the first for what stands before it.
    pub fn part_of(&self, line: usize) -> usize {
        match self {
            Sheet::Lines(lines) => last_before(&lines.starts, line),
            Sheet::Diff(diff) => diff.hunk_of(line),
            Sheet::Log(log) => log.entry_of(line),
            Sheet::Findings(findings) => findings.nearest(line),
        }
    }

    /// The bug that a part is about, where it is about one.
    pub fn about(&self, part: usize) -> Option<BugIx> {
        match self {
            Sheet::Log(log) => log.about(part),
            Sheet::Findings(findings) => findings.about(part),
            Sheet::Lines(_) | Sheet::Diff(_) => None,
        }
    }
}

fn last_before(starts: &[usize], line: usize) -> usize {
    starts.partition_point(|start| *start <= line).saturating_sub(1)
}

/// The role of a line of a difference, of one that has only moved, and of what is other in one.
fn roles(sort: Sort) -> [&'static str; 3] {
    match sort {
        Sort::File => ["diff.file"; 3],
        Sort::Place => ["diff.hunk"; 3],
        Sort::Gone => ["diff.removed", "diff.removed.moved", "diff.removed.changed"],
        Sort::New => ["diff.added", "diff.added.moved", "diff.added.changed"],
        Sort::Same | Sort::Open => ["diff"; 3],
    }
}

fn of_shown(diff: &Diff, at: usize, (sort, bytes): (Sort, Cow<'_, [u8]>)) -> Line {
    let [own, moved, changed] = roles(sort);
    let mut line = of_diff(sort, &bytes);
    if own == moved {
        return line;
    }
    if diff.is_moved(at) {
        line.runs.iter_mut().for_each(|run| run.role = moved.into());
        return line;
    }
    let ranges = diff.changed(at);
    if ranges.is_empty() || bytes.len() > LONGEST {
        return line;
    }
    line.runs = vec![super::Run { role: own.into(), text: sort.sign().to_owned() }];
    let mut from = 0;
    for range in ranges {
        for (role, part) in [(own, from..range.start), (changed, range.clone())] {
            line.runs.push(super::Run { role: role.into(), text: display::visible(&bytes[part]) });
        }
        from = range.end;
    }
    let rest = bytes[from..].strip_suffix(b"\r").unwrap_or(&bytes[from..]);
    line.runs.push(super::Run { role: own.into(), text: display::visible(rest) });
    line
}

fn of_diff(sort: Sort, bytes: &[u8]) -> Line {
    let [role, ..] = roles(sort);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    let head = &bytes[..bytes.len().min(LONGEST)];
    let mut text = sort.sign().to_owned() + &display::visible(head);
    if head.len() < bytes.len() {
        text.push_str(&format!(" … and {} more bytes", bytes.len() - head.len()));
    }
    Line { runs: vec![super::Run { role: role.into(), text }], hang: 1 }
}

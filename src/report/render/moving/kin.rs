//! What a bug stands among: headings, the rows of a table, the items of a list.

use super::leaving::gap;
use crate::report::table::{cells, plain};
use crate::report::{BugIx, Form, Report, item};
use crate::text::{Span, line};

/// What bugs stand among.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kin {
    Headings,
    /// The rows of tables with this header.
    Rows(Vec<String>),
    /// The items of lists with this bullet, or the paragraphs that begin in bold.
    Items(u8, Spacing),
    /// Items that stay where they are.
    Others,
}

/// What stands between the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spacing {
    Lines,
    BlankLines,
    /// It has but one.
    Nothing,
}

/// What stands for a bullet where paragraphs begin in bold.
const BOLD: u8 = b'B';

/// The same where lines are printed by scanners.
const PRINTED: u8 = b'P';

/// The first byte of the signs that some of those begin with.
const CROSS: u8 = 0xe2;

impl Kin {
    pub(super) fn of(report: &Report, bug: BugIx) -> Kin {
        let (base, own) = (report.base(), report.bug(bug));
        match own.form {
            Form::Heading => Kin::Headings,
            Form::Row => {
                let head = report.table_at(own.block.start).map(|table| cells(base, table.head));
                let name = |cell: &Span| String::from_utf8_lossy(plain(base, *cell).of(base)).to_lowercase();
                Kin::Rows(head.unwrap_or_default().iter().map(name).collect())
            }
            Form::Item => match marker(own.block.of(base).trim_ascii_start()) {
                Some(BOLD) => Kin::Items(BOLD, Spacing::BlankLines),
                Some(bullet @ (b'-' | b'*' | b'+')) => {
                    spacing(report, bug).map_or(Kin::Others, |spacing| Kin::Items(bullet, spacing))
                }
                Some(b'[' | b'#' | CROSS) if item::is_printed(base, own.block, report.methodology()) => {
                    spacing_of_printed(report, bug)
                }
                _ => Kin::Others,
            },
        }
    }

    /// Whether it is one of paragraphs, which blank lines part.
    pub(super) fn is_paragraph(&self) -> bool {
        matches!(self, Kin::Items(BOLD | PRINTED, Spacing::BlankLines))
    }

    /// Whether a bug of this kin can stand beside one of another.
    pub(super) fn goes_with(&self, other: &Kin) -> bool {
        match (self, other) {
            (Kin::Items(one, spacing), Kin::Items(two, others)) => {
                one == two && (spacing == others || [spacing, others].contains(&&Spacing::Nothing))
            }
            _ => self == other,
        }
    }
}

/// The bullet that a text begins with, or what stands for one.
fn marker(text: &[u8]) -> Option<u8> {
    if text.starts_with(b"**") { Some(BOLD) } else { text.first().copied() }
}

/// What stands between an item and those beside it; `None` where its coming would change how another list is set.
fn spacing(report: &Report, bug: BugIx) -> Option<Spacing> {
    let base = report.base();
    let is_blank = |span: Span| line::lines(base, span).skip(1).any(|line| line.text.trim(base).is_empty());
    let pairs = [(bug.0.wrapping_sub(1), bug.0), (bug.0, bug.0.wrapping_add(1))];
    let known = pairs.into_iter().map(|(a, b)| (BugIx(a), BugIx(b)));
    let known = known.filter(|(a, b)| a.at() < report.len() && b.at() < report.len());
    let gaps: Vec<Span> =
        known.filter(|(a, b)| adjoin(report, *a, *b)).map(|(a, b)| gap(report, a, b)).collect();
    match (gaps.iter().any(|gap| is_blank(*gap)), is_blank(report.bug(bug).block)) {
        (true, _) => Some(Spacing::BlankLines),
        (false, true) => gaps.is_empty().then_some(Spacing::BlankLines),
        (false, false) if gaps.is_empty() => Some(Spacing::Nothing),
        (false, false) => Some(Spacing::Lines),
    }
}

/// What a printed line and those below it stand among: lines like it, or paragraphs.
fn spacing_of_printed(report: &Report, bug: BugIx) -> Kin {
    let is_line = line::lines(report.base(), report.bug(bug).block).nth(1).is_none();
    let spacing = match spacing(report, bug) {
        Some(Spacing::Nothing) | None if !is_line => Spacing::BlankLines,
        spacing => spacing.unwrap_or(Spacing::Nothing),
    };
    Kin::Items(PRINTED, spacing)
}

/// Whether two items stand in one list, one right after the other.
pub(super) fn adjoin(report: &Report, a: BugIx, b: BugIx) -> bool {
    let (base, first, second) = (report.base(), report.bug(a), report.bug(b));
    let marker = |block: Span| marker(block.of(base));
    (first.form, second.form) == (Form::Item, Form::Item)
        && first.section == second.section
        && marker(first.block) == marker(second.block)
        && gap(report, a, b).of(base).trim_ascii().is_empty()
}

//! What a bug stands among: headings, the rows of a table, the items of a list.

use super::leaving::gap;
use crate::report::table::{cells, plain};
use crate::report::{BugIx, Form, Report};
use crate::text::{Span, line};

/// What bugs stand among.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kin {
    Headings,
    /// The rows of tables with this header.
    Rows(Vec<String>),
    /// The items of lists with this bullet, with blank lines between them or not.
    Items(u8, bool),
    /// Items that stay where they are.
    Others,
}

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
            Form::Item => match own.block.of(base).trim_ascii_start().first() {
                Some(bullet @ (b'-' | b'*' | b'+')) => {
                    is_spaced(report, bug).map_or(Kin::Others, |spaced| Kin::Items(*bullet, spaced))
                }
                _ => Kin::Others,
            },
        }
    }
}

/// Whether blank lines stand between an item and those beside it; `None` where its leaving or the coming of
/// another would change how the rest of the list is set.
pub(super) fn is_spaced(report: &Report, bug: BugIx) -> Option<bool> {
    let base = report.base();
    let is_blank = |span: Span| line::lines(base, span).skip(1).any(|line| line.text.trim(base).is_empty());
    let has_blank = is_blank(report.bug(bug).block);
    let pairs = [(bug.0.wrapping_sub(1), bug.0), (bug.0, bug.0.wrapping_add(1))];
    let known = pairs.into_iter().map(|(a, b)| (BugIx(a), BugIx(b)));
    let known = known.filter(|(a, b)| a.at() < report.len() && b.at() < report.len());
    let gaps: Vec<Span> =
        known.filter(|(a, b)| adjoin(report, *a, *b)).map(|(a, b)| gap(report, a, b)).collect();
    match gaps.iter().any(|gap| is_blank(*gap)) {
        false => (!has_blank).then_some(false),
        true => (gaps.len() > 1 || has_several(report, bug)).then_some(true),
    }
}

/// Whether the item before the one before, or after the one after, is of the same list.
pub(super) fn has_several(report: &Report, bug: BugIx) -> bool {
    let before = [2, 1, 0].map(|back| bug.0.checked_sub(back).map(BugIx));
    let after = [0, 1, 2].map(|on| bug.0.checked_add(on).map(BugIx));
    [before, after].iter().any(|bugs| {
        bugs.windows(2)
            .all(|pair| matches!(pair, [Some(a), Some(b)] if b.at() < report.len() && adjoin(report, *a, *b)))
    })
}

/// Whether two items stand in one list, one right after the other.
pub(super) fn adjoin(report: &Report, a: BugIx, b: BugIx) -> bool {
    let (base, first, second) = (report.base(), report.bug(a), report.bug(b));
    let marker = |block: Span| block.of(base).first().copied();
    (first.form, second.form) == (Form::Item, Form::Item)
        && first.section == second.section
        && marker(first.block) == marker(second.block)
        && gap(report, a, b).of(base).trim_ascii().is_empty()
}

//! A number that a report states about its bugs.
//!
//! Claims are read from tables outside the bugs: a row whose first cells name a level, and a column of
//! counts. A claim is what the report says, true or not.

use super::index::Rows;
use super::section;
use super::table::{cells, plain};
use crate::methodology::{LevelId, Methodology};
use crate::text::Span;

/// What the column of counts is called, in lower case.
const COUNT_NAMES: [&str; 24] = [
    "count",
    "counts",
    "number",
    "total",
    "bugs",
    "issues",
    "findings",
    "qty",
    "数量",
    "件数",
    "anzahl",
    "nombre",
    "количество",
    "всего",
    "合计",
    "개수",
    "건수",
    "cantidad",
    "número",
    "quantidade",
    "antal",
    "sayı",
    "sayi",
    "adet",
];

/// What the row of all bugs is called, in lower case.
pub(super) const TOTALS: [&str; 7] = ["total", "sum", "all", "итого", "合计", "合計", "summe"];

/// How a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// `22`
    Exact(u64),
    /// `15+`
    AtLeast(u64),
    /// `~12`
    About(u64),
    /// `TBD`, `-`: no number.
    Unknown,
}

impl Count {
    /// What a cell counts.
    pub(super) fn read(text: &[u8]) -> Count {
        let digits = text.iter().position(u8::is_ascii_digit);
        let Some((start, rest)) = digits.map(|start| (start, &text[start..])) else { return Count::Unknown };
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[..length]).ok().and_then(|digits| digits.parse().ok());
        match (number, &text[..start], &rest[length..]) {
            (Some(n), b"", b"") => Count::Exact(n),
            (Some(n), b"", b"+") => Count::AtLeast(n),
            (Some(n), b"~", b"") => Count::About(n),
            _ => Count::Unknown,
        }
    }

    /// The count with `by` bugs more, or fewer; never below none.
    #[must_use]
    pub fn shifted(self, by: i64) -> Count {
        match self {
            Count::Exact(n) => Count::Exact(n.saturating_add_signed(by)),
            Count::AtLeast(n) => Count::AtLeast(n.saturating_add_signed(by)),
            Count::About(n) => Count::About(n.saturating_add_signed(by)),
            Count::Unknown => Count::Unknown,
        }
    }

    /// As it is written; `None` for [`Count::Unknown`], which can be written in many ways.
    pub fn text(self) -> Option<String> {
        match self {
            Count::Exact(n) => Some(n.to_string()),
            Count::AtLeast(n) => Some(format!("{n}+")),
            Count::About(n) => Some(format!("~{n}")),
            Count::Unknown => None,
        }
    }
}

/// A number that a report states about its bugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where the number stands, without blanks and emphasis around it.
    pub span: Span,
    /// The cell it stands in, from one pipe to the next.
    pub cell: Span,
    /// Whether that cell is as wide as its column, so that it should stay so.
    pub aligned: bool,
    /// The level that it counts; `None` for a total.
    pub level: Option<LevelId>,
    /// What it says.
    pub count: Count,
}

/// The claims of a table; none where a level has several rows, for then the rows count something else.
pub(super) fn of_table(base: &[u8], table: &Rows, methodology: &Methodology) -> Vec<Claim> {
    let head = cells(base, table.head);
    let Some(column) = head.iter().position(|cell| is_count_name(plain(base, *cell).of(base))) else {
        return Vec::new();
    };
    let wide = cells(base, table.delimiter).get(column).map_or(0, |cell| cell.len());
    let rows = table.rows.iter().filter_map(|row| of_row(base, &cells(base, *row), column, methodology));
    let claims: Vec<Claim> = rows.map(|claim| Claim { aligned: claim.cell.len() == wide, ..claim }).collect();
    let mut levels: Vec<_> = claims.iter().filter_map(|claim| claim.level).collect();
    levels.sort_unstable();
    if levels.windows(2).any(|pair| pair[0] == pair[1]) { Vec::new() } else { claims }
}

fn of_row(base: &[u8], row: &[Span], column: usize, methodology: &Methodology) -> Option<Claim> {
    let cell = *row.get(column)?;
    let span = plain(base, cell);
    let level =
        row[..column].iter().find_map(|cell| section::level_of(base, plain(base, *cell), methodology));
    let is_total = || {
        let first = String::from_utf8_lossy(plain(base, row[0]).of(base)).to_lowercase();
        column > 0 && TOTALS.contains(&first.as_str())
    };
    let counts = !span.is_empty() && (level.is_some() || is_total());
    counts.then(|| Claim {
        span,
        cell,
        aligned: false,
        level: level.map(|(level, _)| level),
        count: Count::read(span.of(base)),
    })
}

/// Whether a column of this name holds counts.
pub(super) fn is_count_name(text: &[u8]) -> bool {
    let name = String::from_utf8_lossy(text).to_lowercase();
    COUNT_NAMES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, count) in [
            ("22", Count::Exact(22)),
            ("15+", Count::AtLeast(15)),
            ("~12", Count::About(12)),
            ("TBD", Count::Unknown),
            ("3 of 7", Count::Unknown),
            ("", Count::Unknown),
        ] {
            assert_eq!(Count::read(text.as_bytes()), count, "{text}");
        }
        assert_eq!(Count::AtLeast(15).shifted(1).text().as_deref(), Some("16+"));
        assert_eq!(Count::Exact(1).shifted(-3), Count::Exact(0));
        assert_eq!(Count::Unknown.shifted(4).text(), None);
    }
}

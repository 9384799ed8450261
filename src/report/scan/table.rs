//! Pipe tables: a header row and the delimiter row under it agree about their columns.
//!
//! The bytes given are the rests of lines after the containers.

use memchr::{memchr, memchr_iter};

use super::cursor::{is_blank, is_blank_byte, run};

/// How many columns a header row has; none when it has no pipe.
pub(super) fn header_columns(row: &[u8]) -> Option<usize> {
    let mut count = 0;
    let mut last = 0;
    for pipe in memchr_iter(b'|', row).filter(|at| *at == 0 || row[at - 1] != b'\\') {
        count += 1;
        last = pipe;
    }
    let indent = row.iter().take_while(|byte| is_blank_byte(**byte)).count();
    let leading = usize::from(count > 0 && row.get(indent) == Some(&b'|'));
    let trailing = usize::from(is_blank(row.get(last + 1..)?));
    (count > 0).then(|| count + 1 - leading - trailing)
}

/// How many columns a delimiter row (`|---|:--:|`) has; none when it is not one.
pub(super) fn delimiter_columns(rest: &[u8]) -> Option<usize> {
    let indent = run(rest, b' ');
    let row = &rest[indent..];
    let shaped = indent < 4 && row.iter().all(|byte| matches!(byte, b' ' | b':' | b'-' | b'|'));
    if !shaped || memchr(b'-', row).is_none() || memchr(b'|', row).is_none() {
        return None;
    }
    let cells = row.strip_prefix(b"|").unwrap_or(row);
    let closed = cells.iter().rposition(|byte| *byte == b'|').map_or(0, |last| last + 1);
    let open = usize::from(cells[closed..].iter().any(|byte| *byte != b' '));
    closed_cells(&cells[..closed]).map(|count| count + open)
}

/// Whether the line that starts here, containers included, can be a delimiter row, by its first bytes;
/// it spares most paragraphs a search for pipes.
pub(super) fn may_delimit(ahead: &[u8]) -> bool {
    let fits = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>' | b'|' | b':' | b'-' | b'\r' | b'\n');
    !matches!(ahead.first(), None | Some(b'\r' | b'\n')) && ahead.iter().take(3).all(fits)
}

/// Whether a line is a row of a table that stands open: it has at least one cell.
pub(super) fn is_row(rest: &[u8]) -> bool {
    !is_blank(rest.strip_prefix(b"|").unwrap_or(rest))
}

/// How many cells end with a pipe here, if each has a dash.
fn closed_cells(cells: &[u8]) -> Option<usize> {
    let mut start = 0;
    let mut count = 0;
    for pipe in memchr_iter(b'|', cells) {
        memchr(b'-', &cells[start..pipe])?;
        start = pipe + 1;
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_with_and_without_outer_pipes() {
        for row in [&b"a | b"[..], b"| a | b |", b"| a | b", b"a | b | ", b"a \\| | b"] {
            assert_eq!(header_columns(row), Some(2), "{}", row.escape_ascii());
        }
        for row in [&b"--|--"[..], b"|:-|-:|", b" | - | - | ", b"|--|:"] {
            assert_eq!(delimiter_columns(row), Some(2), "{}", row.escape_ascii());
        }
        assert_eq!((header_columns(b"a \\| b"), header_columns(b"")), (None, None));
    }

    #[test]
    fn what_only_looks_like_a_delimiter_row_is_none() {
        for row in [&b"---"[..], b"|:|", b"|-||-|", b"    |-|", b"|-|\t", b"|-|x", b""] {
            assert_eq!(delimiter_columns(row), None, "{}", row.escape_ascii());
        }
    }
}

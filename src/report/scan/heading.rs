//! Headings and thematic breaks, each judged from the text of one line.
//!
//! The bytes given start after the containers and after at most three columns of blanks.

use super::cursor::{is_blank, run};

/// The level of the ATX heading that `rest` is, 1 to 6.
pub(super) fn atx(rest: &[u8]) -> Option<u8> {
    let level = run(rest, b'#');
    let follows = rest.get(level).is_none_or(|byte| is_blank(&[*byte]));
    (follows && (1..=6).contains(&level)).then_some(level as u8)
}

/// Where in `rest` the text of an ATX heading of this level lies: without the `#`s on both sides and
/// without blanks.
pub(super) fn atx_text(rest: &[u8], level: u8) -> (usize, usize) {
    let start = usize::from(level);
    let start = start + blanks(rest[start..].iter());
    if !matches!(rest.last(), Some(b' ' | b'\t' | b'#')) {
        return (start, rest.len());
    }
    let end = rest.len() - blanks(rest[start..].iter().rev());
    let closed = end - rest[start..end].iter().rev().take_while(|byte| **byte == b'#').count();
    let gap = blanks(rest[start..closed].iter().rev());
    if closed == start || gap > 0 { (start, closed - gap) } else { (start, end) }
}

/// The level of the setext heading that `rest` underlines, 1 or 2.
pub(super) fn setext(rest: &[u8]) -> Option<u8> {
    let level = match rest.first()? {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    is_blank(&rest[run(rest, rest[0])..]).then_some(level)
}

/// Whether `rest` is a thematic break; if not, how many of its bytes no thematic break can start in.
pub(super) fn is_rule(rest: &[u8]) -> Result<(), usize> {
    let Some(mark @ (b'*' | b'-' | b'_')) = rest.first() else { return Err(0) };
    let other = rest.iter().position(|byte| byte != mark && !matches!(byte, b' ' | b'\t'));
    let count = || rest.iter().filter(|byte| *byte == mark).take(3).count();
    match other {
        Some(at) => Err(at),
        None if count() < 3 => Err(rest.len()),
        None => Ok(()),
    }
}

fn blanks<'a>(bytes: impl Iterator<Item = &'a u8>) -> usize {
    bytes.take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_heading_has_no_marks_and_no_blanks() {
        let cases: [(&[u8], &[u8]); 7] = [
            (b"## BUG-1: a # b ##  ", b"BUG-1: a # b"),
            (b"# a#", b"a#"),
            (b"### ###", b""),
            (b"#", b""),
            (b"#\t a \t#\t", b"a"),
            (b"# #5 breaks", b"#5 breaks"),
            (b"##  ", b""),
        ];
        for (line, text) in cases {
            let level = atx(line).expect("a heading");
            let (start, end) = atx_text(line, level);
            assert_eq!(&line[start..end], text, "{}", line.escape_ascii());
        }
    }

    #[test]
    fn what_only_looks_like_a_heading_or_a_break_is_none() {
        assert_eq!((atx(b"#a"), atx(b"####### a"), setext(b"== ="), setext(b"")), (None, None, None, None));
        assert_eq!((is_rule(b"- -"), is_rule(b"--- a"), is_rule(b"* * *\t")), (Err(3), Err(4), Ok(())));
    }
}

//! Which words of a line another one in its place does not have.

use std::ops::Range;

/// Up to how many pairs of words are compared; beyond that all between what is the same at both ends is other.
const PAIRS: usize = 1 << 14;

/// The stretches of a line that the one in its place does not have; `None` where the two have less than a third in common,
/// and so are no line and what became of it.
pub(super) fn changed(line: &[u8], other: &[u8]) -> Option<Vec<Range<usize>>> {
    let (own, others) = (words(line), words(other));
    let text = |range: &Range<usize>| &line[range.clone()];
    let is_same = |(a, b): &(&Range<usize>, &Range<usize>)| text(a) == &other[(*b).clone()];
    let head = own.iter().zip(&others).take_while(is_same).count();
    let (mine, theirs) = (&own[head..], &others[head..]);
    let tail = mine.iter().rev().zip(theirs.iter().rev()).take_while(is_same).count();
    let (mine, theirs) = (&mine[..mine.len() - tail], &theirs[..theirs.len() - tail]);
    let kept = common(mine, theirs, |a, b| text(a) == &other[b.clone()]);
    let gone = mine.iter().zip(&kept).filter(|(_, kept)| !**kept).map(|(range, _)| range.clone());
    let mut ranges: Vec<Range<usize>> = gone.collect();
    let missing: usize = ranges.iter().map(|range| weight(text(range))).sum();
    ranges.dedup_by(|next, before| {
        // A blank between two of them makes them one.
        let adjoins = line[before.end..next.start].iter().all(|byte| *byte == b' ');
        before.end = if adjoins { next.end } else { before.end };
        adjoins
    });
    let same = weight(line).saturating_sub(missing);
    (3 * same >= weight(line).max(weight(other))).then_some(ranges)
}

/// How much of a text says something.
fn weight(text: &[u8]) -> usize {
    text.iter().filter(|byte| is_of_word(**byte) || !byte.is_ascii()).count()
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Words of ASCII letters and digits, and all other characters by themselves: scripts without blanks have no words that bytes
/// tell.
fn words(line: &[u8]) -> Vec<Range<usize>> {
    let goes_on = |byte: u8| (0x80..0xc0).contains(&byte);
    let mut at = 0;
    let chunks = line.chunk_by(|a, b| is_of_word(*a) && is_of_word(*b) || goes_on(*b));
    chunks.map(|word| (at, at += word.len()).0..at).collect()
}

/// Which of some words are in the longest sequence that others have, too.
fn common<T>(own: &[T], others: &[T], is_same: impl Fn(&T, &T) -> bool) -> Vec<bool> {
    let mut kept = vec![false; own.len()];
    let width = others.len() + 1;
    if own.len().saturating_mul(others.len()) > PAIRS {
        return kept;
    }
    let mut longest = vec![0_u16; (own.len() + 1) * width];
    for (at, a) in own.iter().enumerate().rev() {
        for (to, b) in others.iter().enumerate().rev() {
            let (right, below) = (longest[at * width + to + 1], longest[(at + 1) * width + to]);
            let both = longest[(at + 1) * width + to + 1] + 1;
            longest[at * width + to] = if is_same(a, b) { both } else { right.max(below) };
        }
    }
    let (mut at, mut to) = (0, 0);
    while at < own.len() && to < others.len() {
        if is_same(&own[at], &others[to]) {
            kept[at] = true;
            (at, to) = (at + 1, to + 1);
        } else if longest[(at + 1) * width + to] >= longest[at * width + to + 1] {
            at += 1;
        } else {
            to += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(line: &str, other: &str) -> Option<String> {
        let ranges = changed(line.as_bytes(), other.as_bytes())?;
        Some(ranges.into_iter().map(|range| &line[range]).collect::<Vec<_>>().join("|"))
    }

    /// Whoever verifies a wide row would have to find the cell that is another.
    #[test]
    fn the_words_that_the_other_line_does_not_have_are_told() {
        let [old, new] = ["| B-1 | login loops | P0 | open |", "| B-1 | login loops | P2 | resolved |"];
        assert_eq!(marked(old, new).as_deref(), Some("P0|open"));
        assert_eq!(marked(new, old).as_deref(), Some("P2|resolved"));
        let [old, new] =
            ["- **Severity:** P0 - ImportError", "- **Severity:** P1 - ImportError (downgraded from P0)"];
        assert_eq!(marked(old, new).as_deref(), Some("P0"));
        assert_eq!(marked(new, old).as_deref(), Some("P1| (downgraded from P0)"));
        assert_eq!(marked("状态：未修复 now", "状态：已修复 now").as_deref(), Some("未"));
    }

    #[test]
    fn lines_that_have_little_in_common_are_two_lines() {
        assert_eq!(marked("- **Status:** Open", "## Another section altogether"), None);
        assert_eq!(marked("same as it was", "same as it was").as_deref(), Some(""));
        let long = |last: &str| format!("{}{last}", "a b c ".repeat(4000));
        assert_eq!(marked(&long("x"), &long("y")).as_deref(), Some("x"));
    }
}

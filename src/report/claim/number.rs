//! The number that a text begins with, and what sort of count it makes.

use std::ops::Range;

use super::Count;
use super::words::{Role, role, words};
use crate::text::lossy;

/// How many digits a count of bugs has at most.
const DIGITS: usize = 9;

/// What stands before a number that is only about right.
const ABOUT: [&str; 9] = ["~", "≈", "约", "約", "ca. ", "ca ", "about ", "around ", "approx. "];

/// A number at the start of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its digits, separators of thousands included.
    pub(super) digits: Range<usize>,
    /// What it says.
    pub(super) count: Count,
    /// Where the text goes on, emphasis passed over.
    pub(super) end: usize,
}

impl Number {
    /// The number that a text begins with, emphasis and blanks passed over; `None` where the digits are part
    /// of something else: a time, a share, a version, a range, a fraction.
    pub(super) fn leading(text: &[u8]) -> Option<Number> {
        let lead = skip(text, 0);
        let about = about(&text[lead..]);
        let start = skip(text, lead + about);
        let length = digits(&text[start..]);
        let plain: String =
            text[start..start + length].iter().filter(|b| **b != b',').map(|b| char::from(*b)).collect();
        let is_number = (1..=DIGITS).contains(&plain.len()) && (plain.len() == 1 || !plain.starts_with('0'));
        let number: u64 = plain.parse().ok().filter(|_| is_number)?;
        let after = start + length;
        let plus = usize::from(text.get(after) == Some(&b'+'));
        ends(&text[after + plus..]).then(|| Number {
            digits: start..after,
            count: match (about > 0, plus > 0) {
                (true, _) => Count::About(number),
                (_, true) => Count::AtLeast(number),
                _ => Count::Exact(number),
            },
            end: skip(text, after + plus),
        })
    }
}

/// Whether a text begins with a number of bugs.
pub(in crate::report) fn counts_bugs(text: &[u8]) -> bool {
    let text = &text[..text.len().min(DIGITS * 8)];
    let Some(number) = Number::leading(text) else { return false };
    words(&lossy(&text[number.end..])).take(2).any(|(_, word)| role(&word) == Role::Noun)
}

/// Behind blanks and emphasis.
fn skip(text: &[u8], from: usize) -> usize {
    from + text[from..].iter().take_while(|byte| b" \t*_`".contains(byte)).count()
}

fn about(text: &[u8]) -> usize {
    let is_lead =
        |mark: &&&str| text.get(..mark.len()).is_some_and(|lead| lead.eq_ignore_ascii_case(mark.as_bytes()));
    ABOUT.iter().find(is_lead).map_or(0, |mark| mark.len())
}

/// The length of digits, with commas before groups of three.
fn digits(text: &[u8]) -> usize {
    let run = |from: usize| text[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = run(0);
    while (1..=3).contains(&end) || end > 3 && text[..end].contains(&b',') {
        if text.get(end) != Some(&b',') || run(end + 1) != 3 {
            break;
        }
        end += 4;
    }
    end
}

/// Whether a number is over here.
fn ends(rest: &[u8]) -> bool {
    let follows = |at: usize| rest.get(at).is_some_and(|byte| byte.is_ascii_digit());
    match rest.first() {
        None => true,
        Some(byte) if byte.is_ascii_alphanumeric() || b"%$".contains(byte) => false,
        Some(b'.' | b'/' | b'-' | b':' | b',' | b'+') => !follows(1),
        Some(b' ') => !rest.trim_ascii_start().starts_with(b"%") && !is_share(rest),
        _ => !rest.starts_with("–".as_bytes()) || !follows("–".len()),
    }
}

/// ` of 7`, ` / 7`: a part of something.
fn is_share(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let after = [&b"of "[..], b"/ ", b"out of "].iter().find_map(|mark| rest.strip_prefix(*mark));
    after.is_some_and(|after| after.first().is_some_and(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, count) in [
            ("22", Some(Count::Exact(22))),
            ("**25**", Some(Count::Exact(25))),
            ("15+", Some(Count::AtLeast(15))),
            ("~12", Some(Count::About(12))),
            ("About 12 bugs", Some(Count::About(12))),
            ("1,204 bugs", Some(Count::Exact(1204))),
            ("17 条", Some(Count::Exact(17))),
            ("17条", Some(Count::Exact(17))),
            ("0", Some(Count::Exact(0))),
            ("TBD", None),
            ("3 of 7", None),
            ("7/10", None),
            ("24h", None),
            ("90%", None),
            ("90 %", None),
            ("2.5", None),
            ("2-4", None),
            ("2–4", None),
            ("03", None),
            ("2026-01-01", None),
            ("", None),
        ] {
            assert_eq!(Number::leading(text.as_bytes()).map(|number| number.count), count, "{text}");
        }
        assert_eq!(
            Number::leading(b" **~1,200+** x").map(|number| (number.digits, number.end)),
            Some((4..9, 13))
        );
    }
}

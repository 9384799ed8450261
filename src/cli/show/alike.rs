//! The bugs that somebody may have meant who called one as none is called.

use crate::report::Report;
use crate::text::closest;

/// How many bugs are looked at.
const MOST: usize = 100_000;

/// How many are told.
const TOLD: usize = 3;

/// What those are called whose names are the same but for signs, zeros before a number and the case of letters, `BUG-007` for
/// `bug7`; else those that are a slip of the finger away, with the same numbers.
pub(super) fn handles(report: &Report, wanted: &str) -> Vec<String> {
    let known = || report.indexes().take(MOST).map(|bug| report.handle(bug).into_owned());
    let same: Vec<String> = known().filter(|handle| plain(handle) == plain(wanted)).take(TOLD).collect();
    if !same.is_empty() {
        return same;
    }
    let numbered: Vec<String> = known().filter(|handle| digits(handle) == digits(wanted)).collect();
    closest(wanted, numbered.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
}

/// The letters and numbers of a name, numbers without the zeros before them.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase) {
        if letter.is_ascii_digit() && ends_with_zeros(&plain) {
            plain.pop();
        }
        plain.push(letter);
    }
    plain
}

/// Whether nothing but a zero stands at the end of a text as a number.
fn ends_with_zeros(text: &str) -> bool {
    text.strip_suffix('0').is_some_and(|before| !before.ends_with(|letter: char| letter.is_ascii_digit()))
}

fn digits(name: &str) -> String {
    plain(name).chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    #[test]
    fn a_bug_is_found_by_what_its_name_comes_to() {
        let bug = |id: &str| format!("### {id}\n- **Severity:** P1\n\n");
        let ids = ["BUG-007: Login loops", "BUG-010: Slow", "BUG-070: Odd", "The mast bends"].map(bug);
        let text = format!("# Rig\n\n{}", ids.concat());
        let report = Report::parse(text.as_bytes().into(), &Arc::new(Methodology::embedded()));
        for (wanted, handles) in [
            ("BUG-07", &["BUG-007"][..]),
            ("bug7", &["BUG-007"]),
            ("BGU-10", &["BUG-010"]),
            ("the-mats-bends", &["the-mast-bends"]),
            ("BUG-8", &[]),
            ("weather", &[]),
        ] {
            assert_eq!(super::handles(&report, wanted), handles, "{wanted}");
        }
    }
}

//! Titles that say that there is no bug: `No critical issues`, `No known bugs at this time`.

use crate::methodology::{HeadingWord, Methodology};

/// What such a title begins with.
const NO: [&str; 11] =
    ["no ", "нет ", "keine ", "aucun ", "aucune ", "sin ", "ningún ", "sem ", "nenhum ", "brak ", "没有"];

/// What may follow the word for bugs.
pub(super) const TAIL: [&str; 22] = [
    "currently",
    "identified",
    "found",
    "open",
    "known",
    "reported",
    "remaining",
    "detected",
    "at",
    "this",
    "time",
    "yet",
    "so",
    "far",
    "left",
    "were",
    "have",
    "been",
    "are",
    "present",
    "logged",
    "recorded",
];

/// Whether a title says so: it names bugs, and after that says no more than that there are none.
pub(super) fn denies_bugs(title: &[u8], methodology: &Methodology) -> bool {
    // None of them is as long in any spelling.
    let head = String::from_utf8_lossy(&title[..title.len().min(32)]).to_lowercase();
    if !NO.iter().any(|no| head.starts_with(no)) {
        return false;
    }
    let lower = String::from_utf8_lossy(title).to_lowercase();
    let text = without_tail(lower.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let denies = NO.iter().any(|no| text.starts_with(no));
    denies && methodology.headings().trailing(text.as_bytes()) == Some(HeadingWord::Bug)
}

fn without_tail(text: &str) -> &str {
    let mut text = text;
    while let Some((before, _)) = text.rsplit_once(' ').filter(|(_, last)| TAIL.contains(last)) {
        text = before.trim_end();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_says_that_there_are_none_is_no_bug() {
        let methodology = Methodology::embedded();
        let denies = |title: &str| denies_bugs(title.as_bytes(), &methodology);
        for title in [
            "No critical issues",
            "No high priority bugs currently identified",
            "No known bugs at this time.",
        ] {
            assert!(denies(title), "{title}");
        }
        for title in ["No error message on login", "No issues page is shown", "Known bugs", "No limit"] {
            assert!(!denies(title), "{title}");
        }
    }
}

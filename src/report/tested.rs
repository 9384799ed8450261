//! What tests came to: titles of such that found nothing (`TC-1: Login [P1] — PASS (by hand)`), and values that say so.

use super::inline::{trailing_bracketed, without_marks};
use crate::methodology::{HeadingWord, Methodology};

/// How a test says that all went well.
const PASSED: [&str; 4] = ["PASS", "PASSED", "Pass", "Passed"];

/// And that it did not.
const FAILED: [&str; 4] = ["FAIL", "FAILED", "FAILS", "FAILING"];

/// What sets that off from the title.
const ENDS: [&str; 5] = ["-", ":", "|", "*", "["];

/// Whether a title ends with what says so, be it before a remark in brackets.
pub(super) fn has_passed(title: &[u8]) -> bool {
    let title = &title[..trailing_bracketed(title).map_or(title.len(), |(start, _)| start)];
    let title = &title[..without_marks(title)];
    let mut words = PASSED.into_iter().filter_map(|word| title.strip_suffix(word.as_bytes()));
    words.any(|before| {
        let before = before.trim_ascii_end();
        ENDS.iter().any(|end| before.ends_with(end.as_bytes())) || ends_in_sign(before)
    })
}

/// Whether what a test came to is that all went well; `None` where a text tells of no such thing.
pub(super) fn outcome(text: &[u8]) -> Option<bool> {
    let start = text.iter().position(u8::is_ascii_alphabetic)?;
    let word = &text[start..];
    let word = &word[..word.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(word.len())];
    let is_any = |words: &[&str]| words.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word));
    if is_any(&PASSED) { Some(true) } else { is_any(&FAILED).then_some(false) }
}

/// Whether an id calls what it names a bug, which then is one that was tested again, whatever that came to.
pub(super) fn calls_a_bug(id: &[u8], methodology: &Methodology) -> bool {
    methodology.headings().leading(id).is_some_and(|(word, _)| word == HeadingWord::Bug)
}

/// Whether the last character of a text is a dash or a sign.
fn ends_in_sign(text: &[u8]) -> bool {
    let last = text.utf8_chunks().last().and_then(|chunk| chunk.valid().chars().next_back());
    last.is_some_and(|letter| !letter.is_ascii() && !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_ends_with_pass_is_of_a_test_that_found_nothing() {
        for title in ["Login — PASS", "Login [P1] - PASSED", "Login ✅ PASS (by hand)", "Login: **PASS**"]
        {
            assert!(has_passed(title.as_bytes()), "{title}");
        }
        for title in ["Login breaks the PASS", "Login — FAIL", "Password — bypassed", "BYPASS"] {
            assert!(!has_passed(title.as_bytes()), "{title}");
        }
    }
}

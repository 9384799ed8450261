//! Titles that call all that stands below them bugs: `Known bugs`, `Bugs & edge cases`, `Gefundene Fehler`.

use crate::methodology::{HeadingWord, Methodology};

/// How many words may say which bugs these are before they are named.
const LED_BY: usize = 3;

/// How many letters such a title has at most where it is of a script without blanks.
const UNSPACED_MOST: usize = 24;

/// Words that say which bugs stand somewhere.
const WHICH: [&str; 46] = [
    "known",
    "open",
    "current",
    "active",
    "found",
    "remaining",
    "outstanding",
    "existing",
    "fixed",
    "resolved",
    "closed",
    "new",
    "discovered",
    "identified",
    "detected",
    "reported",
    "confirmed",
    "all",
    "major",
    "minor",
    "priority",
    "again",
    "bekannte",
    "offene",
    "gefundene",
    "behobene",
    "conocidos",
    "encontrados",
    "abiertos",
    "resueltos",
    "connus",
    "trouvés",
    "ouverts",
    "corrigés",
    "conhecidos",
    "abertos",
    "znane",
    "znalezione",
    "известные",
    "найденные",
    "открытые",
    "bilinen",
    "bulunan",
    "kända",
    "bekende",
    "noti",
];

/// Words that join what else stands there.
const JOINTS: [&str; 10] = ["and", "und", "et", "y", "e", "och", "en", "i", "и", "ve"];

/// Words behind which stands what has the bugs.
const OF: [&str; 13] =
    ["with", "in", "of", "mit", "von", "con", "del", "avec", "dans", "com", "em", "в", "с"];

/// What tests are called that did not go well, without their case.
const FAILED_TESTS: [&str; 18] = [
    "failing tests",
    "failed tests",
    "tests failing",
    "tests failed",
    "failing test cases",
    "failed test cases",
    "test failures",
    "fehlgeschlagene tests",
    "pruebas fallidas",
    "tests échoués",
    "tests en échec",
    "testes com falha",
    "test falliti",
    "упавшие тесты",
    "mislukte tests",
    "başarısız testler",
    "失败的测试",
    "失敗したテスト",
];

/// Whether a title says no more than what reports call their entries, and which these are; what is done about them has a word of
/// its own, as in `Reporting bugs`, `Bug report`.
pub(super) fn calls_bugs(title: &[u8], methodology: &Methodology) -> bool {
    let title = String::from_utf8_lossy(title).to_lowercase();
    let says = |word: &&str| word.chars().any(char::is_alphabetic);
    let words: Vec<&str> = title.split_whitespace().map(bare).filter(says).collect();
    let is_name = |word: &str| {
        let found = methodology.headings().leading(word.as_bytes());
        found.is_some_and(|(kind, length)| kind == HeadingWord::Bug && length == word.len())
    };
    if calls_failed_tests(&title) {
        return true;
    }
    if let [only] = words.as_slice()
        && is_unspaced(only)
    {
        return only.char_indices().take(UNSPACED_MOST).any(|(at, _)| is_name(&only[at..]));
    }
    let Some(at) = words.iter().position(|word| is_name(word)) else { return false };
    let is_led = at <= LED_BY && words[..at].iter().all(|word| WHICH.contains(word));
    let goes_on = |next: &&str| WHICH.contains(next) || JOINTS.contains(next) || OF.contains(next);
    let is_joined = title.contains('&') || title.contains('/');
    is_led && (is_joined || words.get(at + 1).is_none_or(goes_on))
}

/// Whether a title says no more than that tests failed.
pub(super) fn calls_failed_tests(title: &str) -> bool {
    let title = title.to_lowercase();
    let words = title.split_whitespace().map(bare).filter(|word| word.chars().any(char::is_alphabetic));
    FAILED_TESTS.contains(&words.collect::<Vec<_>>().join(" ").as_str())
}

/// Whether a word is of a script that sets no blanks between words: `已知问题`, `修正したバグ`.
fn is_unspaced(word: &str) -> bool {
    word.chars().all(|letter| !letter.is_alphanumeric() || letter >= '\u{3040}')
}

/// A word without the marks and signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_says_which_bugs_stand_below_calls_them_so() {
        let methodology = Methodology::embedded();
        let calls = |title: &str| calls_bugs(title.as_bytes(), &methodology);
        for title in [
            "Known bugs",
            "🐞 Bugs & Edge Cases",
            "Issues found",
            "Gefundene Fehler",
            "Bugs",
            "\"Again?\" bugs",
            "7. 修正したバグ",
            "Known issues with Old-Sails",
            "❌ Failing Tests:",
        ] {
            assert!(calls(title), "{title}");
        }
        for title in [
            "Reporting bugs",
            "Bug report",
            "How to use",
            "Bug fix history",
            "Error handling",
            "Issue tracker",
            "Test failures are rare",
        ] {
            assert!(!calls(title), "{title}");
        }
    }
}

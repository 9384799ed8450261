//! The word for one level that is of the same kind as a word for another.

use super::{LevelId, Methodology};

impl Methodology {
    /// The word for level `to` that goes with `word`, which names a level: a key for a key, a name for a name,
    /// a sign for a sign, `S3` for `S2`; the name where nothing goes with it. Capitals are the methodology's.
    pub fn word_like(&self, word: &str, to: LevelId) -> &str {
        let to = self.level(to);
        let from = self.level_named(word).map(|from| self.level(from));
        if from.is_some_and(|from| from.key.eq_ignore_ascii_case(word)) {
            return &to.key;
        }
        if from.is_some_and(|from| from.name.eq_ignore_ascii_case(word)) {
            return &to.name;
        }
        let shape = shape(word);
        to.aliases.iter().find(|alias| shape.is_some() && self::shape(alias) == shape).unwrap_or(&to.name)
    }
}

/// What words for different levels have in common: that they are signs; all but the digits of words that
/// count up. Other words have no shape.
fn shape(word: &str) -> Option<String> {
    if !word.chars().any(char::is_alphanumeric) {
        return Some(String::new());
    }
    let digits = |c: char| c.is_ascii_digit();
    word.contains(digits).then(|| word.to_lowercase().replace(digits, "#").replace(['-', '_'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_written_in_the_kind_of_word_the_report_uses() {
        let methodology = Methodology::embedded();
        let low = |word| methodology.word_like(word, LevelId(3));
        assert_eq!([low("P0"), low("critical"), low("🔴"), low("Urgent")], ["P3", "Low", "🟢", "Low"]);
        assert_eq!(methodology.word_like("S2", LevelId(2)), "S3");
        assert_eq!(methodology.word_like("SEV-2", LevelId(2)), "Sev 3");
    }
}

//! The word for one level that is of the same kind as a word for another.
//!
//! What is chosen always names the level that was asked for: a key or a name as the methodology has it, or one of its
//! aliases, never one that is only guessed.

mod scales;

use super::{Level, LevelId, Methodology};
use scales::{GRADES, scales};

/// What a text tells of its language that its words for levels do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// Nothing.
    #[default]
    Any,
    /// It has no letters but those of ASCII, in whatever language: `Yuksek`, `Critico`.
    Ascii,
    /// It has kana.
    Japanese,
}

impl Tongue {
    /// The tongue of a text.
    pub fn of(text: &[u8]) -> Tongue {
        let mut tongue = Tongue::Ascii;
        if text.is_ascii() {
            return tongue;
        }
        for letter in text.utf8_chunks().flat_map(|chunk| chunk.valid().chars()) {
            match letter {
                '\u{3041}'..='\u{30fa}' => return Tongue::Japanese,
                _ if !letter.is_ascii() && letter.is_alphabetic() => tongue = Tongue::Any,
                _ => {}
            }
        }
        tongue
    }
}

impl Methodology {
    /// The word for level `to` that goes with `word`, which names a level: a key for a key, a name for a name, `S3` for
    /// `S2`; where nothing goes with it, the key for a code and the name for another word. Capitals are the methodology's.
    pub fn word_like(&self, word: &str, to: LevelId, tongue: Tongue) -> &str {
        if let Some(own) = self.own_like(word, to) {
            return own;
        }
        match shape(word) {
            Some(shape) => self.code_like(word, &shape, to),
            None => self.counterpart(word, to, tongue).unwrap_or(&self.level(to).name),
        }
    }

    /// The sign for level `to` that goes with `sign`, which names a level, if it has one.
    pub fn sign_like(&self, sign: &str, to: LevelId) -> Option<&str> {
        let known = || spellings(self.level(to)).find(|word| is_sign(word));
        self.own_like(sign, to).or_else(known)
    }

    /// Whether a word for a level has counterparts for other levels: a key, a name, `S2`, or one of a known scale.
    pub fn is_of_scale(&self, word: &str) -> bool {
        let own = self.level_named(word).map(|level| self.level(level));
        let is_own =
            |level: &Level| [&level.key, &level.name].iter().any(|own| own.eq_ignore_ascii_case(word));
        own.is_some_and(is_own) || is_sign(word) || is_grade(word)
    }

    /// The key for a key, the name for a name.
    fn own_like(&self, word: &str, to: LevelId) -> Option<&str> {
        let (from, to) = (self.level(self.level_named(word)?), self.level(to));
        match word {
            key if from.key.eq_ignore_ascii_case(key) => Some(&to.key),
            name if from.name.eq_ignore_ascii_case(name) => Some(&to.name),
            _ => None,
        }
    }

    /// The word for a level that counts up as another does: its key before all others, else that which is as far from
    /// the other as the levels are from each other.
    fn code_like(&self, word: &str, shape: &str, to: LevelId) -> &str {
        let level = self.level(to);
        let alike = |own: &&str| self::shape(own).as_deref() == Some(shape);
        let from = self.level_named(word).unwrap_or(to);
        let far = || Some(number(word)? + i64::from(to.0) - i64::from(from.0));
        let counted =
            || spellings(level).filter(alike).find(|own| number(own).is_some() && number(own) == far());
        let key = Some(level.key.as_str()).filter(alike);
        key.or_else(counted).or_else(|| spellings(level).find(alike)).unwrap_or(&level.key)
    }

    /// The word for a level in the scale that another word belongs to, of several scales in that of the tongue.
    fn counterpart(&self, word: &str, to: LevelId, tongue: Tongue) -> Option<&'static str> {
        let from = self.level_named(word);
        let word = word.to_lowercase();
        let level = |word: &&str| self.level_named(word);
        let has_it = |scale: &&scales::Scale| scale.iter().any(|own| *own == word && level(own) == from);
        let found = |scale: &scales::Scale| scale.iter().find(|other| level(other) == Some(to)).copied();
        let mut fitting = scales(tongue).filter(has_it).filter_map(found);
        match tongue {
            Tongue::Ascii => {
                let all: Vec<&str> = fitting.collect();
                all.iter().find(|word| word.is_ascii()).or(all.first()).copied()
            }
            Tongue::Any | Tongue::Japanese => fitting.next(),
        }
    }
}

/// Whether a word goes with those for grades, as `Medium` does in `Medium Priority` and `Wish` does not: it counts up, or
/// is of a known scale.
pub fn is_grade(word: &str) -> bool {
    let lower = word.to_lowercase();
    number(word).is_some()
        || GRADES.contains(&lower.as_str())
        || scales(Tongue::Any).any(|scale| scale.contains(&lower.as_str()))
}

/// What reports write for a level, but for its name.
fn spellings(level: &Level) -> impl Iterator<Item = &str> {
    std::iter::once(&level.key).chain(&level.aliases).map(String::as_str)
}

/// Whether a word is a sign: an emoji, an arrow.
fn is_sign(word: &str) -> bool {
    !word.chars().any(char::is_alphanumeric)
}

/// The number in a word that counts up.
fn number(word: &str) -> Option<i64> {
    let digits = |c: char| c.is_ascii_digit();
    let start = word.find(digits)?;
    let number = &word[start..];
    number[..number.find(|c| !digits(c)).unwrap_or(number.len())].parse().ok()
}

/// What words for different levels have in common that count up: all but the digits. Other words have no shape.
fn shape(word: &str) -> Option<String> {
    let digits = |c: char| c.is_ascii_digit();
    word.contains(digits).then(|| word.to_lowercase().replace(digits, "#").replace(['-', '_'], " "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn changed(text: &str) -> Methodology {
        Methodology::from_yaml(text, Path::new("m.yaml")).expect("good")
    }

    fn word<'m>(methodology: &'m Methodology, word: &str, to: u8) -> &'m str {
        methodology.word_like(word, LevelId(to), Tongue::Any)
    }

    #[test]
    fn a_level_is_written_in_the_kind_of_word_the_report_uses() {
        let methodology = Methodology::embedded();
        let low = |text| word(&methodology, text, 3);
        assert_eq!([low("P0"), low("critical"), low("Urgent")], ["P3", "Low", "Low"]);
        assert_eq!(methodology.sign_like("🔴", LevelId(3)), Some("🟢"));
        assert_eq!(word(&methodology, "S2", 2), "S3");
        assert_eq!(word(&methodology, "SEV-2", 2), "Sev 3");
        assert_eq!(word(&methodology, "P4", 1), "P1");
    }

    /// What counts up to `P4` may mean another level by then, and is another's key for a reader of the defaults.
    #[test]
    fn a_code_is_answered_by_the_code_of_the_level_and_not_by_one_that_is_guessed() {
        let one = changed("levels:\n  P2: {key: S3}\n");
        assert_eq!([word(&one, "P2", 3), word(&one, "P2", 0), word(&one, "P1", 2)], ["P3", "P0", "S3"]);
        let top = changed("levels:\n  P0: {key: BLK}\n");
        assert_eq!([word(&top, "P0", 3), word(&top, "P0", 2), word(&top, "P1", 0)], ["P3", "P2", "BLK"]);
        let all = changed(
            "levels:\n  P0: {name: Showstopper}\n  P1: {aliases: [Blocker]}\n  P2: {key: S3}\n  P4: {name: Wish}\n",
        );
        assert_eq!([word(&all, "P2", 3), word(&all, "P2", 4), word(&all, "P2", 0)], ["P3", "P4", "P0"]);
        let ends = changed("levels:\n  P0: {key: BLK}\n  P3: {key: Bits}\n");
        assert_eq!(word(&ends, "P0", 3), "P3", "the key that it had, and not the one behind it");
        let wish = changed("levels:\n  P0: {key: BLK}\n  WISH: {name: Some day}\n");
        assert_eq!(word(&wish, "P0", 4), "WISH");
        assert_eq!(wish.sign_like("🔴", LevelId(4)), None);
    }

    #[test]
    fn a_level_is_written_in_the_language_of_the_word_before() {
        let methodology = Methodology::embedded();
        let low = |text| word(&methodology, text, 3);
        assert_eq!([low("高"), low("Alta"), low("Hoch"), low("Major")], ["低", "baja", "niedrig", "trivial"]);
        assert_eq!([low("ВЫСОКАЯ"), low("yüksek"), low("무관")], ["низкая", "düşük", "Low"]);
    }

    #[test]
    fn a_word_that_languages_share_is_answered_in_that_of_the_text() {
        let methodology = Methodology::embedded();
        let top = |word, text: &str| methodology.word_like(word, LevelId(0), Tongue::of(text.as_bytes()));
        assert_eq!([top("高", "高い"), top("高", "高级")], ["致命的", "严重"]);
        assert_eq!([top("Alta", "Dano: sim → ja"), top("Alta", "não")], ["critica", "crítica"]);
        assert_eq!(top("YUKSEK", "Seviye"), "kritik");
    }

    /// A word of a scale that is no level would be written and not be read again.
    #[test]
    fn every_word_of_a_scale_names_a_level() {
        let methodology = Methodology::embedded();
        for scale in scales(Tongue::Any) {
            let levels = scale.map(|word| methodology.level_named(word).expect(word));
            assert!(levels.is_sorted(), "{scale:?}");
        }
    }
}

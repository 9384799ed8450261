//! The word for one level that is of the same kind as a word for another.
//!
//! What is chosen always names the level that was asked for: a key or a name as the methodology has it, or one of its
//! aliases, never one that is only guessed.

mod languages;
mod tongue;

pub use languages::Joints;
use languages::{ENGLISH, GRADES, LANGUAGES, Language, Scale};
pub use tongue::Tongue;

use super::{FieldKind, Level, LevelId, Methodology, ScopeId, StatusId};

/// How many letters the stem of a word has at the least.
const STEM: usize = 3;

/// How many letters the ending of a word has at the most.
const ENDING: usize = 2;

impl Methodology {
    /// The word for level `to` that goes with `word`, which names a level: a key for a key, a name for a name, `S3` for
    /// `S2`; where nothing goes with it, the key for a code and the name for another word. Capitals are the methodology's.
    pub fn word_like<'t>(&self, word: &str, to: LevelId, tongue: impl FnOnce() -> &'t Tongue) -> &str {
        if let Some(own) = self.own_like(word, to) {
            return own;
        }
        match shape(word) {
            Some(shape) => self.code_like(word, &shape, to),
            None => {
                let tongue = tongue();
                let other = || self.spoken_in(tongue, to).filter(|_| !word.is_ascii());
                self.counterpart(word, to, tongue).or_else(other).unwrap_or(&self.level(to).name)
            }
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

    /// Whether a word for the least severe level may as well say something else: `Note`, `Optional`. It goes with no words for others.
    pub fn is_remark(&self, word: &str) -> bool {
        let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        self.level_named(word) == self.level_ids().next_back() && !self.is_of_scale(word)
    }

    /// The languages, by their places, in which a word, inflected perhaps, goes with others for other levels: `Kritische`.
    pub fn scales_of(&self, word: &str) -> Vec<usize> {
        let (level, word) = (self.level_named(word), word.to_lowercase());
        let is_it = |own: &&str| self.level_named(own) == level && is_inflected(&word, own);
        let has_it = |(_, scale): &(usize, &Scale)| scale.iter().any(is_it);
        scales().filter(has_it).map(|(language, _)| language).collect()
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

    /// The word for a level in the scale that another word belongs to; of several scales in one of the language that the
    /// text has most of.
    fn counterpart(&self, word: &str, to: LevelId, tongue: &Tongue) -> Option<&'static str> {
        let from = self.level_named(word);
        let word = word.to_lowercase();
        let level = |word: &&str| self.level_named(word);
        let has_it = |scale: &&Scale| scale.iter().any(|own| *own == word && level(own) == from);
        let found = |scale: &Scale| scale.iter().find(|other| level(other) == Some(to)).copied();
        let of_language = |(at, scale)| Some((at, Some(scale).filter(has_it).and_then(found)?));
        let fitting: Vec<(usize, &str)> = scales().filter_map(of_language).collect();
        let best = fitting.iter().map(|(language, _)| tongue.rank(*language)).max()?;
        let mut words = fitting.iter().filter(|(language, _)| tongue.rank(*language) == best);
        let plain = words.clone().find(|(_, word)| tongue.is_ascii && word.is_ascii());
        plain.or(words.next()).map(|(_, word)| *word)
    }

    /// The word for a level in a scale that has this word for `from`, which it names only there: `一般` for `严重` where that is the
    /// level below `致命`.
    pub fn graded_like(&self, word: &str, from: LevelId, to: LevelId) -> Option<&'static str> {
        let (from, to) = (usize::from(from.0), usize::from(to.0));
        let fitting = scales().filter(|(_, scale)| scale.get(from).is_some_and(|own| *own == word));
        fitting.filter_map(|(_, scale)| scale.get(to).copied()).next()
    }

    /// The word for a level, of several letters, that a text begins with in a script that sets no blanks between words: `严重` of
    /// `严重问题`.
    pub fn leading_grade<'t>(&self, text: &'t str) -> Option<&'t str> {
        let is_glued =
            |letter: char| letter.is_alphabetic() && !letter.is_lowercase() && !letter.is_uppercase();
        let known = self.levels().iter().flat_map(spellings).chain(scales().flat_map(|(_, scale)| *scale));
        let leading = known.filter(|word| text.starts_with(word) && word.chars().all(is_glued));
        let longest = leading.filter(|word| self.level_named(word).is_some()).map(str::len).max()?;
        Some(&text[..longest]).filter(|word| word.chars().nth(1).is_some())
    }

    /// The usual word for a level in the language that a text has most of.
    fn spoken_in(&self, tongue: &Tongue, to: LevelId) -> Option<&'static str> {
        let usual = LANGUAGES[tongue.foreign()?].scales.first()?;
        usual.iter().find(|word| self.level_named(word) == Some(to)).copied()
    }

    /// The word for a status in the language that a text has most of; `None` for English, and where the methodology
    /// means something else by it.
    pub fn status_in(&self, status: StatusId, tongue: &Tongue) -> Option<&'static str> {
        let language = &LANGUAGES[tongue.foreign()?];
        let key = &self.status(status).key;
        let word = language.statuses.iter().find(|(own, _)| own == key).map(|(_, word)| *word)?;
        (self.status_named(word) == Some(status)).then_some(word)
    }

    /// The word for a scope in the language that a text has most of, as for a status.
    pub fn scope_in(&self, scope: ScopeId, tongue: &Tongue) -> Option<&'static str> {
        let language = &LANGUAGES[tongue.foreign()?];
        let key = &self.scope(scope).key;
        let word = language.scopes.iter().find(|(own, _)| own == key).map(|(_, word)| *word)?;
        (self.scope_named(word) == Some(scope)).then_some(word)
    }

    /// What a field of a kind is called in the language that a text has most of, as for a status.
    pub fn label_in(&self, kind: FieldKind, tongue: &Tongue) -> Option<&'static str> {
        let label = LANGUAGES[tongue.foreign()?].label(kind)?;
        (self.fields.kind_of(label.as_bytes()) == Some(kind)).then_some(label)
    }

    /// What the field for a fix that was made is called beside one that is recommended, in the language that a text has most of.
    pub fn done_in(&self, tongue: &Tongue) -> Option<&'static str> {
        let label = LANGUAGES[tongue.foreign()?].done();
        (self.fields.kind_of(label.as_bytes()) == Some(FieldKind::Fix)).then_some(label)
    }

    /// Whether a field is called so that tells of a fix that was made, in any language.
    pub fn names_what_was_done(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        LANGUAGES.iter().any(|language| language.done().to_lowercase() == name)
    }

    /// Whether this is what a field of a kind is called in any language.
    pub fn is_label(&self, kind: FieldKind, name: &[u8]) -> bool {
        let is_it = |label: &str| label.as_bytes() == name;
        let done = |language: &Language| kind == FieldKind::Fix && is_it(language.done());
        LANGUAGES.iter().any(|language| language.label(kind).is_some_and(is_it) || done(language))
    }

    /// Whether a field is called by the plain word for severity, in any language: whatever it says is one.
    pub fn names_severity(&self, name: &str) -> bool {
        let first = self.fields.names(FieldKind::Severity).first();
        let known =
            |lower: &str| LANGUAGES.iter().flat_map(|language| language.severity).any(|own| *own == lower);
        first.is_some_and(|first| first.eq_ignore_ascii_case(name)) || known(&name.to_lowercase())
    }

    /// Whether words begin, signs and marks left out, with one that is English: a level, a status, or the name of a field.
    pub fn is_english(&self, words: &str) -> bool {
        let english = &LANGUAGES[ENGLISH];
        let mut own = words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let first = own.next().unwrap_or_default().to_lowercase();
        let scale = english.scales.iter().flatten().chain(&GRADES);
        scale.chain(&english.labels).copied().chain(english.common.split(' ')).any(|own| own == first)
    }
}

impl Joints {
    /// Those of the language that a text has most of.
    pub fn of_tongue(tongue: &Tongue) -> &'static Joints {
        &LANGUAGES[tongue.foreign().unwrap_or(ENGLISH)].joints
    }

    /// Those of English.
    pub fn english() -> &'static Joints {
        &LANGUAGES[ENGLISH].joints
    }

    /// Those of all languages.
    pub fn all() -> impl Iterator<Item = &'static Joints> {
        LANGUAGES.iter().map(|language| &language.joints)
    }
}

/// All scales, each with its language.
fn scales() -> impl Iterator<Item = (usize, &'static Scale)> {
    LANGUAGES
        .iter()
        .enumerate()
        .flat_map(|(at, language)| language.scales.iter().map(move |scale| (at, scale)))
}

/// Whether a word goes with those for grades, as `Medium` does in `Medium Priority` and `Wish` does not: it counts up, or
/// is of a known scale.
pub fn is_grade(word: &str) -> bool {
    let lower = word.to_lowercase();
    number(word).is_some()
        || GRADES.contains(&lower.as_str())
        || scales().any(|(_, scale)| scale.contains(&lower.as_str()))
}

/// Whether two words differ in their endings at most.
fn is_inflected(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let ends = [one, other].map(|word| word.chars().count() - alike);
    alike >= STEM && ends.iter().all(|end| *end <= ENDING)
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
        methodology.word_like(word, LevelId(to), || const { &Tongue::UNKNOWN })
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
        let top = |word, text: &str| {
            let tongue = Tongue::of(text.as_bytes());
            methodology.word_like(word, LevelId(0), || &tongue)
        };
        assert_eq!([top("高", "高い"), top("高", "高级")], ["致命的", "严重"]);
        assert_eq!([top("Alta", "Dano: sim → ja"), top("Alta", "não")], ["critica", "crítica"]);
        assert_eq!(top("YUKSEK", "Seviye"), "kritik");
    }

    /// A report would get words of another language than those that it is written in.
    #[test]
    fn words_that_languages_share_are_told_apart_by_what_else_a_text_says() {
        let methodology = Methodology::embedded();
        for (text, word, low, open, severity) in [
            ("Gravità: alta, Stato: risolto", "alta", "bassa", "aperto", "Gravità"),
            ("**Gravedad:** alta y media", "alta", "baja", "abierto", "Gravedad"),
            ("Gravidade: alta e média", "alta", "baixa", "aberto", "Severidade"),
            ("優先度: 高、対応済み", "高", "低", "未対応", "重要度"),
            ("嚴重程度：高，還沒有處理", "高", "低", "未修復", "嚴重程度"),
            ("严重程度：高，这个问题", "高", "低", "未修复", "严重程度"),
            ("Mức độ: cao, đã sửa", "cao", "thấp", "chưa sửa", "Mức độ"),
            ("Ważność: wysoka i nie działa", "wysoka", "niska", "otwarty", "Ważność"),
            ("Критичність: висока, що це", "висока", "низька", "відкрито", "Критичність"),
            ("Tingkat: tinggi dan tidak jalan", "tinggi", "rendah", "belum diperbaiki", "Tingkat"),
            ("Ernst: hoog en niet opgelost", "hoog", "laag", "open", "Ernst"),
            ("Die Schwere ist hoch und nicht behoben", "hoch", "niedrig", "offen", "Schweregrad"),
            ("주요 문제가 있습니다", "주요", "낮음", "미해결", "심각도"),
        ] {
            let tongue = Tongue::of(text.as_bytes());
            let status = methodology.status_named("open").expect("a status");
            assert_eq!(methodology.word_like(word, LevelId(3), || &tongue), low, "{text}");
            assert_eq!(methodology.status_in(status, &tongue), Some(open), "{text}");
            assert_eq!(methodology.label_in(FieldKind::Severity, &tongue), Some(severity), "{text}");
        }
        let english = Tongue::of(b"Severity: High. It is not fixed.");
        assert_eq!(methodology.label_in(FieldKind::Severity, &english), None);
    }

    /// A status or a name that is read as another, or as none, would never be written.
    #[test]
    fn every_word_of_a_language_means_what_it_stands_for() {
        let methodology = Methodology::embedded();
        for language in &LANGUAGES {
            for (key, word) in language.statuses {
                assert_eq!(methodology.status_named(word), methodology.status_named(key), "{word}");
            }
            for (key, word) in language.scopes {
                assert_eq!(methodology.scope_named(word), methodology.scope_named(key), "{word}");
            }
            let labels = FieldKind::ALL.iter().filter_map(|(kind, _)| Some((*kind, language.label(*kind)?)));
            for (kind, label) in labels.chain([(FieldKind::Fix, language.done())]) {
                assert_eq!(methodology.fields().kind_of(label.as_bytes()), Some(kind), "{label}");
            }
        }
    }

    /// A status would be read as another for the words that follow it, and a note as another's.
    #[test]
    fn what_joins_words_to_others_leaves_them_what_they_are() {
        let methodology = Methodology::embedded();
        let mut begun: Vec<&str> = Vec::new();
        for language in &LANGUAGES {
            let Joints { of, until: [before, behind], before: notes } = language.joints;
            let word = |key: &str| {
                let own = language.statuses.iter().find(|(own, _)| *own == key);
                own.map_or(key.to_owned(), |(_, word)| (*word).to_owned())
            };
            for (key, said) in
                [("duplicate", format!("{of} BUG-7")), ("deferred", format!("{before} 2026-12-01{behind}"))]
            {
                let text = format!("{} {}", word(key), said.trim());
                let found = methodology.read_status(text.as_bytes());
                assert_eq!(found.map(|found| found.status), methodology.status_named(key), "{text}");
            }
            assert!(notes.iter().all(|note| note.starts_with('(') && !begun.contains(note)), "{notes:?}");
            begun.extend(notes);
        }
    }

    /// A word of a scale that is no level would be written and not be read again.
    #[test]
    fn every_word_of_a_scale_names_a_level() {
        let methodology = Methodology::embedded();
        for (_, scale) in scales() {
            let levels = scale.map(|word| methodology.level_named(word).expect(word));
            assert!(levels.is_sorted(), "{scale:?}");
        }
    }
}

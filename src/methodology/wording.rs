//! The word for one level that is of the same kind as a word for another.

use super::{Level, LevelId, Methodology};

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
        let alike = to.aliases.iter().find(|alias| shape.is_some() && self::shape(alias) == shape);
        alike.map(String::as_str).or_else(|| self.counterpart(word, to)).unwrap_or(&to.name)
    }

    /// Whether a word for a level has counterparts for other levels: a key, a name, `S2`, or one of a known scale.
    pub fn is_of_scale(&self, word: &str) -> bool {
        let own = self.level_named(word).map(|level| self.level(level));
        let is_own =
            |level: &Level| [&level.key, &level.name].iter().any(|own| own.eq_ignore_ascii_case(word));
        own.is_some_and(is_own)
            || shape(word).is_some()
            || SCALES.iter().any(|scale| scale.contains(&word.to_lowercase().as_str()))
    }

    /// The word for a level in the scale that another word belongs to.
    fn counterpart(&self, word: &str, to: &Level) -> Option<&'static str> {
        let from = self.level_named(word);
        let word = word.to_lowercase();
        let scale = SCALES.iter().find(|scale| scale.contains(&word.as_str()))?;
        let level = |word: &&str| self.level_named(word);
        let means_so = scale.iter().any(|own| *own == word && level(own) == from);
        let found =
            scale.iter().find(|other| level(other).is_some_and(|level| self.level(level).key == to.key));
        found.copied().filter(|_| means_so)
    }
}

/// Words that go together, of which one for another level is chosen: each from the most to the least severe, in
/// lower case.
const SCALES: [[&str; 4]; 40] = [
    ["blocker", "major", "minor", "trivial"],
    ["严重", "高", "中", "低"],
    ["致命", "严重", "一般", "轻微"],
    ["紧急", "高危", "中危", "低危"],
    ["严重", "高级", "中级", "低级"],
    ["最高", "高优先级", "中优先级", "低优先级"],
    ["致命", "主要", "次要", "轻微"],
    ["关键", "重要", "普通", "可选"],
    ["嚴重", "高級", "中級", "低級"],
    ["致命的", "高い", "中程度", "低い"],
    ["致命的", "重大", "中度", "軽微"],
    ["致命的", "重度", "中度", "軽度"],
    ["クリティカル", "ハイ", "ミディアム", "ロー"],
    ["심각", "높음", "중간", "낮음"],
    ["치명적", "높음", "보통", "낮음"],
    ["긴급", "상", "중", "하"],
    ["crítico", "alto", "medio", "bajo"],
    ["crítica", "alta", "media", "baja"],
    ["crítico", "alto", "médio", "baixo"],
    ["crítica", "alta", "média", "baixa"],
    ["bloqueante", "mayor", "menor", "leve"],
    ["critico", "alto", "medio", "basso"],
    ["critica", "alta", "media", "bassa"],
    ["critique", "élevé", "moyen", "faible"],
    ["critique", "élevée", "moyenne", "faible"],
    ["critique", "haute", "moyenne", "basse"],
    ["bloquant", "majeur", "mineur", "trivial"],
    ["bloquante", "majeure", "mineure", "triviale"],
    ["kritisch", "hoch", "mittel", "niedrig"],
    ["kritische", "hohe", "mittlere", "niedrige"],
    ["kritisch", "schwer", "mittelschwer", "leicht"],
    ["kritiek", "hoog", "gemiddeld", "laag"],
    ["kritisk", "hög", "medel", "låg"],
    ["критический", "высокий", "средний", "низкий"],
    ["критическая", "высокая", "средняя", "низкая"],
    ["критическое", "высокое", "среднее", "низкое"],
    ["критические", "высокие", "средние", "низкие"],
    ["критично", "высоко", "средне", "низко"],
    ["блокер", "серьёзный", "незначительный", "тривиальный"],
    ["kritik", "yüksek", "orta", "düşük"],
];

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

    #[test]
    fn a_level_is_written_in_the_language_of_the_word_before() {
        let methodology = Methodology::embedded();
        let low = |word| methodology.word_like(word, LevelId(3));
        assert_eq!([low("高"), low("Alta"), low("Hoch"), low("Major")], ["低", "baja", "niedrig", "trivial"]);
        assert_eq!([low("ВЫСОКАЯ"), low("yüksek"), low("무관")], ["низкая", "düşük", "Low"]);
    }

    /// A word of a scale that is no level would be written and not be read again.
    #[test]
    fn every_word_of_a_scale_names_a_level() {
        let methodology = Methodology::embedded();
        for scale in SCALES {
            let levels = scale.map(|word| methodology.level_named(word).expect(word));
            assert!(levels.is_sorted(), "{scale:?}");
        }
    }
}

//! Which language a text is in, as far as its words and letters tell.

use std::collections::HashMap;

use super::languages::{ENGLISH, JAPANESE, KOREAN, LANGUAGES, SIMPLIFIED, TRADITIONAL};

/// How many bytes of a text are looked at.
const SAMPLE: usize = 1 << 16;

/// How much more a word for a level, a status or a field tells than one of those that are everywhere.
const TELLING: u32 = 2;

/// Characters that are written so in simplified Chinese alone.
const SIMPLIFIED_ONLY: &str =
    "这个为时间问题误严级优开关处现务单线实测试认证权限设态络护页库应对发没应复轻议运输";

/// In traditional Chinese alone.
const TRADITIONAL_ONLY: &str = "這嚴關處沒對發應單實證權狀錯圖會將從來檔啟後變讀寫數據輸總號點顯錄當";

/// And in Japanese alone.
const JAPANESE_ONLY: &str = "対応発済厳権単処読変図総関続検";

/// What a text tells of the language that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// How often it has a word of each language.
    hits: [u32; LANGUAGES.len()],
    /// Whether it has no letters but those of ASCII, in whatever language: `Yuksek`, `Critico`.
    pub(super) is_ascii: bool,
}

impl Tongue {
    /// What nothing tells.
    pub const UNKNOWN: Tongue = Tongue { hits: [0; LANGUAGES.len()], is_ascii: false };

    /// The tongue of a text.
    pub fn of(text: &[u8]) -> Tongue {
        let text = String::from_utf8_lossy(&text[..text.len().min(SAMPLE)]);
        let mut tongue = Tongue { is_ascii: text.is_ascii(), ..Tongue::UNKNOWN };
        tongue.count_words(&text.to_lowercase());
        if !tongue.is_ascii {
            tongue.is_ascii = !text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
            tongue.count_letters(&text);
        }
        tongue
    }

    /// How much a text has of a language.
    pub(super) fn rank(&self, language: usize) -> u32 {
        self.hits[language]
    }

    /// The language that it has most of, but for English.
    pub(super) fn foreign(&self) -> Option<usize> {
        self.language().filter(|language| *language != ENGLISH)
    }

    /// Whether it is in another language than a text that it is part of, and has nothing of that. English words are in any
    /// text, and what is written in Chinese characters is told apart by more than a few words.
    pub fn is_apart_from(&self, around: &Tongue) -> bool {
        let (own, around) = (self.foreign(), around.language());
        let is_han = |language: usize| matches!(language, SIMPLIFIED | TRADITIONAL | JAPANESE);
        let both =
            own.zip(around).filter(|(own, around)| own != around && !(is_han(*own) && is_han(*around)));
        both.is_some_and(|(_, around)| self.rank(around) == 0)
    }

    /// The language that it has most of.
    fn language(&self) -> Option<usize> {
        let most = self.hits.iter().max().copied().filter(|most| *most > 0)?;
        self.hits.iter().position(|hits| *hits == most)
    }

    fn count_words(&mut self, text: &str) {
        let mut known: HashMap<&str, Vec<(usize, u32)>> = HashMap::new();
        for (at, language) in LANGUAGES.iter().enumerate() {
            let told = language.scales.iter().flatten().chain(language.statuses.iter().map(|(_, word)| word));
            let telling = told.filter(|word| !word.contains(' ')).map(|word| (*word, TELLING));
            for (word, weight) in telling.chain(language.common.split(' ').map(|word| (word, 1))) {
                let entry = known.entry(word).or_default();
                if entry.iter().all(|(other, _)| *other != at) {
                    entry.push((at, weight));
                }
            }
        }
        let labels: Vec<(String, usize)> = (LANGUAGES.iter().enumerate())
            .flat_map(|(at, language)| language.labels.map(|label| (label.to_lowercase(), at)))
            .collect();
        for (label, at) in labels.iter().filter(|(label, _)| !label.contains(' ')) {
            known.entry(label).or_default().push((*at, TELLING));
        }
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        for (language, weight) in words.filter_map(|word| known.get(word)).flatten() {
            self.hits[*language] += weight;
        }
    }

    /// Counts what the letters tell, several as much as a word. Kana are what no Chinese text has many of.
    fn count_letters(&mut self, text: &str) {
        let (mut han, mut kana) = (0, 0);
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            match letter {
                '\u{3041}'..='\u{30fa}' => kana += 1,
                '\u{ac00}'..='\u{d7a3}' => self.hits[KOREAN] += 1,
                '\u{4e00}'..='\u{9fff}' => {
                    han += 1;
                    let alone = [
                        (SIMPLIFIED, SIMPLIFIED_ONLY),
                        (TRADITIONAL, TRADITIONAL_ONLY),
                        (JAPANESE, JAPANESE_ONLY),
                    ];
                    for (language, letters) in alone {
                        self.hits[language] += u32::from(letters.contains(letter));
                    }
                }
                _ => {}
            }
        }
        let is_japanese = kana * 10 > han;
        let scripts =
            [SIMPLIFIED, TRADITIONAL].map(|language| (language, if is_japanese { 0 } else { han / 4 }));
        for (language, hits) in
            scripts.into_iter().chain([(JAPANESE, if is_japanese { (han + kana) / 3 } else { 0 })])
        {
            self.hits[language] += hits;
        }
        let labels = |language: usize| {
            LANGUAGES[language].common.split(' ').filter(|word| text.contains(word)).count()
        };
        for language in [SIMPLIFIED, TRADITIONAL, JAPANESE] {
            self.hits[language] += labels(language) as u32;
        }
    }
}

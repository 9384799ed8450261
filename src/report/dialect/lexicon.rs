//! The words that a report has for each level, learnt from where they stand: fields may say `High` where
//! the cells of a table have `🟠`.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::{EXAMPLES, language};
use crate::methodology::{Joints, LevelId, Tongue};
use crate::report::Report;
use crate::report::inline::{is_sign, signs};
use crate::report::render::severity;
use crate::report::run::Run;
use crate::report::section::has_words;
use crate::report::site::{Spot, Stand};
use crate::text::Span;

/// The sort of place that words were written at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::report) enum Kin {
    Field,
    Heading,
    Item,
    Note,
    /// The column of severities of the table that starts there.
    Column(u32),
}

impl Kin {
    /// The sort of place that a spot is; `None` for a section.
    pub(in crate::report) fn of(spot: &Spot) -> Option<Kin> {
        Some(match spot.stand {
            Stand::Field(_) => Kin::Field,
            Stand::Heading => Kin::Heading,
            Stand::Item => Kin::Item,
            Stand::Note(_) => Kin::Note,
            Stand::Cell { table, .. } => Kin::Column(table),
            Stand::Section => return None,
        })
    }
}

/// The words of a report; looked up when they are first asked for.
pub(in crate::report) struct Lexicon<'a> {
    report: &'a Report,
    /// The language that words are wanted in where that is not the report's.
    own: Option<Tongue>,
    examples: Arc<OnceLock<Vec<Example>>>,
    /// What is written instead of what, by sort of place and level, once it was asked for: of a million bugs most ask for
    /// the same.
    instead: RwLock<HashMap<(Kin, LevelId), HashMap<String, String>>>,
    /// What columns of severities say in whole, where that goes with the levels.
    whole: OnceLock<Vec<Example>>,
    joints: OnceLock<&'static Joints>,
}

struct Example {
    kin: Kin,
    level: LevelId,
    words: String,
}

impl<'a> Lexicon<'a> {
    pub(in crate::report) fn of(report: &'a Report) -> Lexicon<'a> {
        Lexicon {
            report,
            own: None,
            examples: Arc::default(),
            instead: RwLock::default(),
            whole: OnceLock::new(),
            joints: OnceLock::new(),
        }
    }

    /// The same for a bug that is in another language than the report.
    pub(in crate::report) fn of_language(&self, tongue: Tongue) -> Lexicon<'a> {
        let examples = Arc::clone(&self.examples);
        let (instead, whole, joints) = (RwLock::default(), OnceLock::new(), OnceLock::new());
        Lexicon { own: Some(tongue), examples, instead, whole, joints, ..*self }
    }

    /// The language that words are wanted in where that is not the report's.
    pub(in crate::report) fn own(&self) -> Option<&Tongue> {
        self.own.as_ref()
    }

    fn tongue(&self) -> &Tongue {
        self.own.as_ref().unwrap_or_else(|| self.report.tongue())
    }

    /// What joins its words to what they are about.
    pub(in crate::report) fn joints(&self) -> &'static Joints {
        self.joints.get_or_init(|| match &self.own {
            Some(tongue) => Joints::of_tongue(tongue),
            None => language::joints(self.report),
        })
    }

    /// What is written for a level instead of these words at such a place: as the report writes it, else by
    /// analogy. It always names the level.
    pub(in crate::report) fn instead_of(&self, written: &str, kin: Kin, to: LevelId) -> String {
        let known = self.instead.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&(kin, to)).and_then(|known| known.get(written)) {
            return known.clone();
        }
        drop(known);
        let found = self.find_instead_of(written, kin, to);
        let mut known = self.instead.write().unwrap_or_else(PoisonError::into_inner);
        known.entry((kin, to)).or_default().insert(written.to_owned(), found.clone());
        found
    }

    fn find_instead_of(&self, written: &str, kin: Kin, to: LevelId) -> String {
        let methodology = self.report.methodology();
        let Some(run) = Run::first(written.as_bytes(), methodology) else { return self.word(kin, to) };
        let lead = &written[..run.span.start];
        let analogous = lead.to_owned() + &run.reworded(written, to, methodology, &|| self.tongue());
        if self.own.is_some() {
            return self.naming(&analogous, to);
        }
        // A level that the team calls otherwise has words here that are written as these are, and not as its new name is.
        let shapes = [shape(written), shape(&analogous)];
        let found = shapes.iter().find_map(|shape| {
            let alike = |example: &&Example| self::shape(&example.words) == *shape;
            let here = self.usual(self.such(kin, to).filter(alike), &analogous);
            here.or_else(|| self.anywhere(shape, &analogous, to))
        });
        self.naming(found.unwrap_or(&analogous), to)
    }

    /// What the cell of a spot says in whole for another level, where the words beside a sign go with it in its column: `🟡 Should be
    /// mended` instead of `🔴 Must be mended`.
    pub(in crate::report) fn in_cell(&self, spot: &Spot, to: LevelId) -> Option<&str> {
        let Stand::Cell { cell, table } = spot.stand else { return None };
        let cell = cell.trim(self.report.base());
        let (said, level) = (cell.of(self.report.base()), spot.site.level?);
        if has_words(spot.run.of(self.report.base())) || !has_words(said) {
            return None;
        }
        let column = || self.whole().iter().filter(|example| example.kin == Kin::Column(table));
        let words = |level: LevelId| column().filter(move |example| example.level == level);
        let are_one = |level: LevelId| {
            let mut words = words(level).map(|example| &example.words);
            words.next().is_some_and(|first| words.all(|other| other == first))
        };
        let are_told = |level: LevelId| words(level).nth(1).is_some() && are_one(level);
        let levels: HashSet<LevelId> = column().map(|example| example.level).collect();
        let goes = levels.iter().all(|level| are_one(*level))
            && levels.iter().filter(|level| are_told(**level)).nth(1).is_some()
            && words(level).next().is_some_and(|example| example.words.as_bytes() == said);
        words(to).next().filter(|_| goes).map(|example| example.words.as_str())
    }

    fn whole(&self) -> &[Example] {
        self.whole.get_or_init(|| {
            let report = self.report;
            let step = report.len().div_ceil(EXAMPLES).max(1);
            let spots = report.indexes().step_by(step).flat_map(|bug| report.spots(bug));
            let whole = |spot: Spot| {
                let Stand::Cell { cell, .. } = spot.stand else { return None };
                let words = std::str::from_utf8(cell.trim(report.base()).of(report.base())).ok()?.to_owned();
                Some(Example { kin: Kin::of(&spot)?, level: spot.site.level?, words })
            };
            spots.filter_map(whole).collect()
        })
    }

    /// Words of the title of a section for another level: as the report writes it anywhere, else by analogy.
    pub(in crate::report) fn in_title(&self, run: &Run, title: &str, to: LevelId) -> String {
        let analogous = run.reworded(title, to, self.report.methodology(), &|| self.report.tongue());
        let shapes = [shape(&title[run.span.clone()]), shape(&analogous)];
        let found = shapes.iter().find_map(|shape| self.anywhere(shape, &analogous, to));
        found.map_or_else(|| analogous.clone(), str::to_owned)
    }

    /// The word for another level that goes with this one, in the language of the report.
    pub(in crate::report) fn like(&self, word: &str, to: LevelId) -> &str {
        self.report.methodology().word_like(word, to, || self.tongue())
    }

    /// What is written for a level at such a place where nothing stands yet.
    pub(in crate::report) fn word(&self, kin: Kin, to: LevelId) -> String {
        let methodology = self.report.methodology();
        let same = self.usual(self.such(kin, to), "").or_else(|| self.of_fields(kin, to));
        if let Some(same) = same {
            return self.naming(same, to);
        }
        let of_kin = self.all().find(|example| example.kin == kin);
        let model = of_kin.or_else(|| self.all().next()).map(|model| model.words.clone());
        let model = model.or_else(|| self.of_sections());
        let run = model.and_then(|model| Some((Run::first(model.as_bytes(), methodology)?, model)));
        let word = run.map(|(run, model)| run.reworded(&model, to, methodology, &|| self.tongue()));
        let word = word.unwrap_or_default();
        self.naming(self.heading(&shape(&word), to).unwrap_or(&word), to)
    }

    /// The words for a level that are written in this shape, wherever they stand; those that are preferred, if they are there.
    fn anywhere(&self, shape: &str, preferred: &str, to: LevelId) -> Option<&str> {
        let alike = self.all().filter(|example| example.level == to && self::shape(&example.words) == shape);
        self.usual(alike, preferred).or_else(|| self.heading(shape, to))
    }

    /// The words for a level that a section of it has in this shape.
    fn heading(&self, shape: &str, to: LevelId) -> Option<&str> {
        let of_level = self.report.sections().iter().filter(|section| section.level == Some(to));
        let words =
            of_level.filter_map(|section| std::str::from_utf8(section.word.of(self.report.base())).ok());
        words.into_iter().find(|words| self::shape(words) == shape)
    }

    /// The words of fields and the like, where a field is to be written and the report has no other.
    fn of_fields(&self, kin: Kin, to: LevelId) -> Option<&str> {
        let has_own = self.all().any(|example| example.kin == kin);
        self.usual(self.all().filter(|example| example.level == to && !has_own), "")
    }

    /// The words of the first section that names a level.
    fn of_sections(&self) -> Option<String> {
        let leveled = self.report.sections().iter().find(|section| section.level.is_some())?;
        Some(String::from_utf8_lossy(leveled.word.of(self.report.base())).into_owned())
    }

    /// These words if they name the level, else its key.
    fn naming(&self, words: &str, to: LevelId) -> String {
        let methodology = self.report.methodology();
        let names = Run::first(words.as_bytes(), methodology).is_some_and(|run| run.level() == to);
        if names { words.to_owned() } else { methodology.level(to).key.clone() }
    }

    fn such(&self, kin: Kin, to: LevelId) -> impl Iterator<Item = &Example> {
        self.all().filter(move |example| example.kin == kin && example.level == to)
    }

    /// The preferred words if they are among these, else the most frequent, else the first.
    fn usual<'e>(&self, examples: impl Iterator<Item = &'e Example>, preferred: &str) -> Option<&'e str> {
        let words: Vec<&str> = examples.map(|example| example.words.as_str()).collect();
        let count = |word: &str| words.iter().filter(|other| **other == word).count();
        let preferred = words.iter().find(|word| **word == preferred);
        preferred.or_else(|| words.iter().rev().max_by_key(|word| count(word))).copied()
    }

    fn all(&self) -> impl Iterator<Item = &Example> {
        self.examples.get_or_init(|| self.learn()).iter()
    }

    /// What stands at the sites of bugs, and then what notes say has stood there: words that every bug has lost that
    /// had them are still the report's own.
    fn learn(&self) -> Vec<Example> {
        let report = self.report;
        let step = report.len().div_ceil(EXAMPLES).max(1);
        let spots: Vec<Spot> = report.indexes().step_by(step).flat_map(|bug| report.spots(bug)).collect();
        let now = spots.iter().filter_map(|spot| self.example(spot));
        now.chain(spots.iter().filter_map(|spot| self.example_before(spot))).collect()
    }

    fn example(&self, spot: &Spot) -> Option<Example> {
        let base = self.report.base();
        let run = match spot.stand {
            Stand::Field(field) if !field.in_cell => {
                let before = spot.run.start.saturating_sub(field.value.start) as usize;
                Span::new(spot.run.start - drawn_before(field.value.of(base), before) as u32, spot.run.end)
            }
            _ => spot.run,
        };
        let words = std::str::from_utf8(run.of(base)).ok()?;
        self.made(Kin::of(spot)?, spot.site.level?, words)
    }

    /// What the note in a field says.
    fn example_before(&self, spot: &Spot) -> Option<Example> {
        let Stand::Field(field) = spot.stand else { return None };
        let value = field.value.of(self.report.base());
        let (level, words) = severity::words_before(value, self.report.methodology())?;
        self.made(Kin::Field, level, &words)
    }

    /// These words for a level, where they say nothing else.
    fn made(&self, kin: Kin, level: LevelId, words: &str) -> Option<Example> {
        let run = Run::first(words.as_bytes(), self.report.methodology())?;
        let start = drawn_before(words.as_bytes(), run.span.start);
        let whole =
            run.span.start == start && run.span.end == words.len() && !run.is_range() && run.level() == level;
        whole.then(|| Example { kin, level, words: words.to_owned() })
    }
}

/// How many of the bytes before an offset are a sign that the text begins with, which is none of a level, and the marks behind it:
/// `ℹ️ **` of `ℹ️ **Low**`. None where anything else stands there.
pub(in crate::report) fn drawn_before(text: &[u8], end: usize) -> usize {
    let before = &text[..end.min(text.len())];
    let sign = signs(before);
    let is_all = sign > 0 && before[sign..].iter().all(|byte| b" *".contains(byte));
    if is_all { before.len() } else { 0 }
}

/// What words for different levels have in common that are written alike: signs, codes, capitals, scripts, and
/// what stands between them.
fn shape(words: &str) -> String {
    let mut shape = String::new();
    let mut capitals = 0;
    for letter in words.chars().filter(|letter| *letter != '\u{fe0f}') {
        let class = class(letter);
        capitals = if class.is_alphabetic() && letter.is_uppercase() { capitals + 1 } else { capitals };
        if class == ' ' && shape.ends_with(' ') {
            continue;
        }
        if class.is_alphanumeric() && shape.strip_suffix(' ').is_some_and(|before| before.ends_with(class)) {
            shape.pop();
        } else if !shape.ends_with(class) || !class.is_alphanumeric() && class != '*' {
            shape.push(class);
        }
    }
    let is_letter = |letter: &char| letter.is_alphabetic() && !is_sign(*letter);
    let letters = words.chars().filter(is_letter).count();
    let first = words.chars().find(is_letter).is_some_and(char::is_uppercase);
    shape.push(match (capitals, first) {
        (0, _) => 'a',
        (some, _) if some == letters => 'A',
        (_, true) => 'T',
        _ => 'm',
    });
    shape
}

/// One letter for all letters of a script, for all digits, and for all signs.
fn class(letter: char) -> char {
    match letter {
        letter if letter.is_ascii_digit() => '0',
        letter if is_sign(letter) => 's',
        letter if letter.is_alphabetic() => match letter as u32 {
            0..=0x24f | 0x1e00..=0x1eff => 'l',
            0x400..=0x52f => 'c',
            0xac00..=0xd7af => 'h',
            _ => 'z',
        },
        letter if letter.is_ascii() || "–—（）".contains(letter) => letter,
        _ => 's',
    }
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn words_that_are_written_alike_have_one_shape() {
        for (a, b) in [
            ("🔴 High", "🟡 Medium"),
            ("P0", "P3"),
            ("HIGH - P1", "LOW - P3"),
            ("高", "低"),
            ("Thấp", "Trung bình"),
        ] {
            assert_eq!(shape(a), shape(b), "{a} {b}");
        }
        for (a, b) in
            [("🔴 High", "Medium"), ("HIGH", "Medium"), ("High", "medium"), ("高", "High"), ("P1", "High")]
        {
            assert_ne!(shape(a), shape(b), "{a} {b}");
        }
    }
}

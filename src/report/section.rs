//! A part of a report under a heading that is not a bug's.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;
use std::ops::{Range, RangeInclusive};

use super::bug::{Bug, Source};
use super::entry::decoration::{level_at, nouns, status_of_sign, untied};
use super::inline::{is_sign, is_unspaced, marks, signs, trailing_bracketed};
use super::render::severity::words_before;
use crate::methodology::{HeadingWord, LevelId, Methodology, StatusId};
use crate::text::{Span, line};

/// A word for a status that tells of bugs that they are such, too.
const DOUBTFUL: &[u8] = b"Verified";

/// Words before a status that say when something came to have it.
const ADVERBS: [&str; 21] = [
    "already",
    "recently",
    "previously",
    "now",
    "newly",
    "bereits",
    "kürzlich",
    "déjà",
    "récemment",
    "ya",
    "recientemente",
    "já",
    "recentemente",
    "già",
    "уже",
    "недавно",
    "redan",
    "nyligen",
    "już",
    "ostatnio",
    "zaten",
];

/// Words that a question begins with.
const QUESTIONS: [&str; 14] = [
    "why",
    "what",
    "how",
    "warum",
    "wieso",
    "por qué",
    "pourquoi",
    "por que",
    "perché",
    "почему",
    "waarom",
    "varför",
    "dlaczego",
    "neden",
];

/// What sections beside each other have in common.
type Place = (Option<SectionIx>, u8);

/// How long the number of a part and what sets it off may be, in bytes.
const PART_MOST: usize = 12;

/// How many characters the word for a level has at most that nothing sets off from what follows it.
const COMPOUND_MOST: usize = 6;

/// The place of a section among those of its report, in document order. Every bug has one or none, so none takes no room
/// of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionIx(NonZeroU32);

impl SectionIx {
    /// The section at this place, counted from 0.
    pub fn new(at: usize) -> SectionIx {
        SectionIx(NonZeroU32::MIN.saturating_add(at as u32))
    }

    /// As an index into a slice.
    pub fn at(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A part of a report under a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// From its heading to the next of the same depth or above.
    pub span: Span,
    /// The line or lines of its heading, with their end.
    pub heading: Span,
    /// The text of its heading.
    pub title: Span,
    /// How deep it is: 1 for `#`.
    pub depth: u8,
    /// The level that the bugs in it have by standing there.
    pub level: Option<LevelId>,
    /// The words that name a level: of its title, or of a field right below it that rates all bugs in it. Empty where none do.
    pub word: Span,
    /// The words of its title that name the status that the bugs in it have by standing there; empty where none does.
    pub status: Span,
    /// The section around it.
    pub parent: Option<SectionIx>,
}

/// The level that a section's title gives to the bugs below it, and the words that name it: one that it starts with, after numbers
/// and decoration (`## 🔴 P0 Bugs (Critical)`) or the name of a part (`## Part 2: High`), or ends with (`## Bugs,
/// high`), or that grades the word for bugs before it (`## Problems of high priority`).
pub(super) fn level_of(base: &[u8], text: Span, methodology: &Methodology) -> Option<(LevelId, Span)> {
    let title = text.of(base);
    let Some(found) = methodology.read_level(title) else {
        return level_of_compound(text, title, methodology);
    };
    let behind = &title[found.span.end..];
    if !has_words(&title[found.span.clone()])
        && status_of_sign(&behind[marks(behind)..], methodology).is_some()
    {
        return None;
    }
    let is_set_off = |word: &[u8]| word.is_empty() || !word[word.len() - 1].is_ascii_alphanumeric();
    let is_remark = || methodology.is_remark(&String::from_utf8_lossy(&title[found.span.clone()]));
    if is_remark() && tells_which(behind) {
        return None;
    }
    let asks = || QUESTIONS.iter().any(|word| starts_with_word(&title[..found.span.start], word));
    let trails = !asks()
        && !has_words(&title[found.span.end..])
        && (!is_remark() || is_set_off(title[..found.span.start].trim_ascii_end()) && !title.ends_with(b")"));
    let bare_word_follows = title.get(found.span.end) == Some(&b'-');
    let run = level_at(&title[found.span.start..], methodology).map_or(found.span.len(), |(_, run)| run.end);
    let run = run.max(shared_signs(&title[found.span.start..], methodology));
    let spoken = spoken_behind(&title[found.span.start..], run, methodology);
    let (level, run) = spoken.unwrap_or((found.level, 0..run));
    let word = text.part(found.span.start + run.start..found.span.start + run.end);
    let before = without_part(without_number(&title[..found.span.start]), methodology);
    let after = title[found.span.end..].trim_ascii_start();
    let leads = |text: &[u8]| methodology.headings().leading(text).map(|(word, _)| word);
    let grades = || leads(before) == Some(HeadingWord::Bug) && leads(after) == Some(HeadingWord::Grade);
    ((!has_words(before) || trails || grades()) && !bare_word_follows).then_some((level, word))
}

/// Whether a text begins with the letter or the number of one of several such things: ` A: ` of `Suggestion A: faster`.
fn tells_which(text: &[u8]) -> bool {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = if text.first().is_some_and(u8::is_ascii_uppercase) { 1 } else { digits };
    let rest = &text[length..];
    length > 0 && (rest.is_empty() || rest.starts_with(b":") || rest.starts_with("：".as_bytes()))
}

/// The level that a title begins with where no blank sets it off from what reports call their entries: `高危问题`.
fn level_of_compound(text: Span, title: &[u8], methodology: &Methodology) -> Option<(LevelId, Span)> {
    let start = title.len() - without_number(title).len();
    let rest = &title[start..];
    let letters = rest.utf8_chunks().next()?.valid();
    let glued = letters.char_indices().take_while(|(_, letter)| is_unspaced(*letter));
    let mut ends = glued.take(COMPOUND_MOST + 1).map(|(end, _)| end).skip(1);
    ends.find_map(|end| {
        let level = methodology.level_named(&letters[..end])?;
        let (noun, _) = methodology.headings().leading(&rest[end..])?;
        let goes = matches!(noun, HeadingWord::Bug | HeadingWord::Grade);
        goes.then(|| (level, text.part(start..start + end)))
    })
}

/// Finds out which sections say by their titles what has become of the bugs below them: `## Fixed`, `## ✅ Resolved bugs (3)`. One
/// that says that something is still to be done about them does beside one of another status only: `Known issues` heads
/// all bugs. The title of the whole report says nothing of the kind.
pub(super) fn name_statuses(base: &[u8], sections: &mut [Section], methodology: &Methodology) {
    let titles = sections.iter().filter(|section| section.depth == 1).count();
    let mut beside: HashMap<Place, Vec<(usize, StatusId, Span)>> = HashMap::new();
    for (at, section) in sections.iter().enumerate().filter(|(_, one)| one.depth > 1 || titles > 1) {
        if let Some((status, word)) = status_of(base, section.title, methodology) {
            beside.entry(section.place()).or_default().push((at, status, word));
        }
    }
    for named in beside.into_values() {
        let are_several = named.iter().any(|(_, status, _)| *status != named[0].1);
        for (at, status, word) in named {
            if are_several || methodology.status(status).closes {
                sections[at].status = word;
            }
        }
    }
}

/// The status that a title names, and the words for it with their sign, unless that is one of a level. What was verified is no
/// less a bug for that.
pub(super) fn status_of(base: &[u8], title: Span, methodology: &Methodology) -> Option<(StatusId, Span)> {
    let text = title.of(base);
    let numbered = text.len() - without_number(text).len();
    let numbered = if text[..numbered].iter().any(u8::is_ascii_digit) { numbered } else { 0 };
    let rest = &text[numbered..];
    let lead = marks(rest);
    let sign = lead + signs(&rest[lead..]);
    let start = sign + nouns(&rest[sign..], methodology);
    let start = start + marks(&rest[start..]);
    let start = start + adverb(&rest[start..]);
    let length = status_of_sign(&rest[start..], methodology)?;
    let status = methodology.leading_status(&rest[start..start + length])?.status;
    let is_doubtful = rest[start..start + length].eq_ignore_ascii_case(DOUBTFUL);
    let goes_along = start == sign && methodology.leading_level(&rest[lead..]).is_none();
    let from = if goes_along { lead } else { start };
    (!is_doubtful).then(|| (status, title.part(numbered + from..numbered + start + length)))
}

/// The length of the word that a text begins with where that only says when something was done: `Recently ` of `Recently fixed`.
fn adverb(text: &[u8]) -> usize {
    let end = text.iter().position(|byte| *byte == b' ').unwrap_or(0);
    let word = String::from_utf8_lossy(&text[..end]).to_lowercase();
    if ADVERBS.contains(&word.as_str()) { end + 1 } else { 0 }
}

/// Whether a text begins with a word, whatever its case, and a blank behind it.
fn starts_with_word(text: &[u8], word: &str) -> bool {
    let text = String::from_utf8_lossy(text).to_lowercase();
    text.trim_start().trim_start_matches('¿').strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether a title says what reports call their entries.
pub(super) fn names_bugs(title: &[u8], methodology: &Methodology) -> bool {
    let has = |text: &[u8]| methodology.headings().has(text, HeadingWord::Bug);
    has(title) || untied(title).is_some_and(|(_, noun)| has(noun))
}

/// A text without the number and the signs that it begins with.
fn without_number(text: &[u8]) -> &[u8] {
    let is_sign = |byte: &&u8| byte.is_ascii() && !byte.is_ascii_alphabetic();
    &text[text.iter().take_while(is_sign).count()..]
}

/// A text without the name of a part that it begins with and what sets it off: `Part 2: `.
fn without_part<'a>(text: &'a [u8], methodology: &Methodology) -> &'a [u8] {
    let counts = |word: HeadingWord| matches!(word, HeadingWord::Step | HeadingWord::Part);
    let Some((_, length)) = methodology.headings().leading(text).filter(|(word, _)| counts(*word)) else {
        return text;
    };
    let rest = &text[length..];
    let ends = [&b": "[..], "：".as_bytes(), "— ".as_bytes()].into_iter();
    let ends = ends.filter_map(|sign| Some(memchr::memmem::find(rest, sign)? + sign.len()));
    ends.filter(|end| *end < PART_MOST).min().map_or(text, |end| &rest[end..])
}

/// The level that ends what a sign stands before, and the word for it, where nothing but what bugs are called stands between: `🔴
/// BUGS CRITIQUES`.
fn spoken_behind(text: &[u8], sign: usize, methodology: &Methodology) -> Option<(LevelId, Range<usize>)> {
    let behind = sign + nouns(&text[sign..], methodology);
    let behind = behind + marks(&text[behind..]);
    let found = methodology.leading_level(&text[behind..]).filter(|_| !has_words(&text[..sign]))?;
    let word = behind + found.span.start..behind + found.span.end;
    (!has_words(&text[word.end..])).then_some((found.level, word))
}

/// The length of the signs that a text begins with where they are for several levels: `🔴🟠`. Else 0.
fn shared_signs(text: &[u8], methodology: &Methodology) -> usize {
    let signs = &text[..signs(text)];
    let (mut end, mut count) = (0, 0);
    while let Some(found) = methodology.leading_level(&signs[end..]) {
        (end, count) = (end + found.span.end, count + 1);
    }
    if count > 1 { end } else { 0 }
}

/// Whether words that name levels name several: `Moderate to Minor`, or two words of one that no scale has side by side:
/// `LOW / INFORMATIONAL`, but not `P0 / Critical`.
pub(super) fn is_range(base: &[u8], word: Span, methodology: &Methodology) -> bool {
    let is_word = |part: &[u8]| {
        !part.iter().any(u8::is_ascii_digit) && methodology.leading_level(part.trim_ascii()).is_some()
    };
    let parts = || word.of(base).split(|byte| *byte == b'/').filter(|part| is_word(part)).count();
    let levels = levels_of(base, word, methodology);
    levels.is_some_and(|levels| levels.start() != levels.end() || parts() > 1)
}

/// From the most to the least severe of the levels that words name.
fn levels_of(base: &[u8], word: Span, methodology: &Methodology) -> Option<RangeInclusive<LevelId>> {
    let mut rest = word.of(base);
    let mut levels: Option<RangeInclusive<LevelId>> = None;
    while let Some(found) = methodology.read_level(rest) {
        rest = &rest[found.span.end..];
        let level = found.level;
        let with = |levels: RangeInclusive<LevelId>| level.min(*levels.start())..=level.max(*levels.end());
        levels = Some(levels.map_or(level..=level, with));
    }
    levels
}

impl Section {
    /// What it has in common with those beside it: the section around them, and how deep they are.
    pub(super) fn place(&self) -> Place {
        (self.parent, self.depth)
    }

    /// Whether its title names a status and says nothing behind that.
    pub(super) fn is_a_status(&self, base: &[u8]) -> bool {
        !self.status.is_empty() && !has_words(Span::new(self.status.end, self.title.end).of(base))
    }

    /// Whether a field of its own, and not its title, says how severe the bugs in it are. It is called by something else, so
    /// no bug comes to it or leaves it for its level.
    pub(crate) fn is_rated(&self) -> bool {
        !self.title.covers(self.word)
    }

    /// Whether it says how severe the bugs in it are, be it by a word that is no level.
    pub(super) fn grades(&self) -> bool {
        self.level.is_some() || self.is_rated()
    }

    /// Whether bugs of a level stand in it by what it says of itself; it may name several.
    pub(super) fn holds(&self, base: &[u8], level: LevelId, methodology: &Methodology) -> bool {
        let is_between = || levels_of(base, self.word, methodology).is_some_and(|all| all.contains(&level));
        self.level.is_some_and(|own| own == level || is_between())
    }
}

/// Whether there is more than digits, punctuation, blanks and signs in a text.
pub(super) fn has_words(text: &[u8]) -> bool {
    text.iter().any(u8::is_ascii_alphabetic)
        || !text.is_ascii() && text.utf8_chunks().any(|chunk| chunk.valid().chars().any(is_letter))
}

/// Whether a character is one that words are made of.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !is_sign(letter)
}

/// The words of a title that name no level, in lower case; a remark in brackets at its end is none of them.
fn other_words(title: &[u8], methodology: &Methodology) -> Vec<String> {
    let title = &title[..trailing_bracketed(title).map_or(title.len(), |(start, _)| start)];
    let title = String::from_utf8_lossy(title).to_lowercase();
    let words =
        title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().any(char::is_alphabetic));
    words.filter(|word| methodology.level_named(word).is_none()).map(str::to_owned).collect()
}

/// Keeps the levels of those sections that bugs have them from: sections that hold bugs, and sections
/// beside such with titles alike. The title of the whole report names no level.
pub(super) fn settle_levels(
    base: &[u8],
    sections: &mut [Section],
    holds_bugs: &[bool],
    methodology: &Methodology,
) {
    let titles = sections.iter().filter(|section| section.depth == 1).count();
    let words = |section: &Section| other_words(section.title.of(base), methodology);
    let mut models: HashMap<Place, HashSet<String>> = HashMap::new();
    let is_titled = |section: &Section| section.level.is_some() && !section.is_rated();
    for (section, _) in
        sections.iter().zip(holds_bugs).filter(|(section, holds)| **holds && is_titled(section))
    {
        models.entry(section.place()).or_default().extend(words(section));
    }
    let is_alike = |section: &Section| {
        let model = models.get(&section.place());
        let words = words(section);
        model.is_some_and(|model| words.is_empty() || words.iter().any(|word| model.contains(word)))
    };
    for (section, holds) in sections.iter_mut().zip(holds_bugs).filter(|(section, _)| is_titled(section)) {
        let is_title = section.depth == 1 && titles == 1;
        if is_title || !holds && !is_alike(section) {
            section.level = None;
        }
    }
}

/// What the bugs of a section that names a level say of theirs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread {
    /// How many have it by standing there.
    relying: u32,
    /// How many say themselves what its title says.
    agreeing: u32,
    /// How many say otherwise.
    differing: u32,
    /// From the most to the least severe level that they say.
    levels: Option<(LevelId, LevelId)>,
}

impl Spread {
    /// Counts a bug of the section. Gives whether it says otherwise than the title.
    pub(super) fn add(
        &mut self,
        base: &[u8],
        bug: &Bug,
        section: &Section,
        methodology: &Methodology,
    ) -> bool {
        let Some(level) = bug.level else {
            *(if bug.source == Source::Nothing { &mut self.relying } else { &mut self.differing }) += 1;
            return false;
        };
        let (most, least) = self.levels.unwrap_or((level, level));
        self.levels = Some((most.min(level), least.max(level)));
        let agrees = section.holds(base, level, methodology);
        let counts = agrees || stood_by(base, bug, section, methodology);
        *(if counts { &mut self.agreeing } else { &mut self.differing }) += 1;
        !agrees
    }

    /// Counts the bugs that further ones were counted as.
    pub(super) fn join(&mut self, further: Spread) {
        self.relying += further.relying;
        self.agreeing += further.agreeing;
        self.differing += further.differing;
        let levels = [self.levels, further.levels].into_iter().flatten();
        self.levels = levels.reduce(|(most, least), (more, less)| (most.min(more), least.max(less)));
    }

    /// Whether the bugs there say that the word for a level in the title means none: each says its own, and most another.
    fn denies(&self) -> bool {
        let is_spread = self.levels.is_some_and(|(most, least)| most != least);
        self.relying == 0 && self.differing > self.agreeing && is_spread
    }

    /// Whether any bug stands there.
    pub(super) fn holds_bugs(&self) -> bool {
        self.relying + self.agreeing + self.differing > 0
    }

    /// Whether any bug says otherwise than the title.
    pub(super) fn differs(&self) -> bool {
        self.differing > 0
    }
}

/// Whether a note in the field of a bug tells that it said what its section says before it was set anew.
fn stood_by(base: &[u8], bug: &Bug, section: &Section, methodology: &Methodology) -> bool {
    let rest = Span::new(bug.severity.start, line::at(base, bug.severity.end).text.end);
    let before = || words_before(rest.of(base), methodology);
    bug.source == Source::Field && before().is_some_and(|(level, _)| section.holds(base, level, methodology))
}

/// Takes the levels from those sections whose bugs say that they have none, as below `Major findings`, unless sections of
/// other levels beside them say that the report is sorted by severity.
pub(super) fn settle_spread(sections: &mut [Section], spread: &[Spread]) {
    let is_denied =
        |at: &usize| sections[*at].level.is_some() && !sections[*at].is_rated() && spread[*at].denies();
    let denied: Vec<usize> = (0..sections.len()).filter(is_denied).collect();
    if denied.is_empty() {
        return;
    }
    let mut sorted: HashMap<Place, HashSet<LevelId>> = HashMap::new();
    let kept =
        sections.iter().zip(spread).filter(|(section, spread)| !section.is_rated() && !spread.denies());
    for (section, _) in kept {
        sorted.entry(section.place()).or_default().extend(section.level);
    }
    for at in denied {
        let beside = sorted.get(&sections[at].place());
        if !beside.is_some_and(|levels| levels.iter().any(|level| Some(*level) != sections[at].level)) {
            sections[at].level = None;
        }
    }
}

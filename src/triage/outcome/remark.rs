//! What stands beside the words of a status in one value with them, and what becomes of it when another status is decided.
//!
//! The words are those that the methodology knows, with the sign before and the emphasis around them, and whom or what a status
//! names by its meaning: which bug is repeated, until when. Where a sign alone is known, or nothing is, a few words are the status, up to
//! a dash, brackets or a full stop. All else was added by somebody: a remark, whatever joins it, a dash,
//! brackets or nothing. It speaks of the status that it stands beside, so it stays as long as that does; with another it goes,
//! which is told beforehand, and the log has it. What stands there under a name of its own, as in `Open. Owner: Ada`, speaks of
//! no status and stays with whichever comes; so does who has to do with the bug, however that is set off: `Open (owner: Ada)`.

use std::ops::Range;

use crate::methodology::{Asks, FieldKind, FoundStatus, Joints, Methodology};
use crate::report::remark_apart;

/// How many words may be a status that the methodology does not know.
const FEW: usize = 3;

/// In how many bytes a name and its colon stand, at the most.
const NAME: usize = 64;

/// What is set off from a status by one of these is none of its words. A full stop sets off where a blank or nothing follows.
const MARKS: [char; 17] =
    ['(', '[', ',', ';', '|', '·', '"', '`', '→', '，', '、', '；', '。', '（', '【', '「', '：'];

/// What sets a name off that has something of its own behind it.
const BEFORE_NAMES: [&str; 6] = [". ", "; ", " | ", " · ", "。", "；"];

/// What else may set it off where it tells who has to do with a bug.
const BEFORE_PEOPLE: [&str; 8] = [", ", "，", "、", " (", "（", " - ", " – ", " — "];

/// A status as it is written, by its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written<'s> {
    /// What stands before the words where they are in the midst of others.
    before: &'s str,
    /// The words, without what they name.
    words: &'s str,
    /// What they name: ` of BUG-1`, ` until 2026-12-01`.
    names: &'s str,
    /// The remark, and what sets it off.
    tail: &'s str,
    /// What stands behind it under names of its own, and what sets that off.
    pub(super) apart: &'s str,
}

impl<'s> Written<'s> {
    /// The parts of a status.
    pub(super) fn of(status: &'s str, methodology: &Methodology) -> Written<'s> {
        let (own, apart) = status.split_at(named_apart(status, methodology));
        let found = methodology.read_status(own.as_bytes());
        let Range { start, end } = words(own, found.as_ref());
        let named =
            found.filter(|_| end > start).map_or(end, |found| end + names(own, end, &found, methodology));
        let tail = if says_something(&own[named..]) { &own[named..] } else { "" };
        Written { before: &own[..start], words: &own[start..end], names: &own[end..named], tail, apart }
    }

    /// Whether it is but the words for a status, with what they name.
    pub(super) fn is_bare(&self) -> bool {
        self.before.is_empty() && self.tail.is_empty() && self.apart.is_empty()
    }

    /// Whether the same stands beside the words of another.
    pub(super) fn is_beside_as(&self, other: &Written<'_>) -> bool {
        (self.before, self.tail) == (other.before, other.tail)
    }

    /// All that stands beside the words, without what sets it off.
    pub(super) fn remark(&self) -> String {
        let parts = [self.before, self.tail].map(without_marks);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" … ")
    }

    /// The same status in other words, which name nothing else where they do not: what stands beside them stays. `None` where
    /// the words cannot be taken out of what is around them.
    pub(super) fn reworded(&self, status: &str, methodology: &Methodology) -> Option<String> {
        let names = if Written::of(status, methodology).names.is_empty() { self.names } else { "" };
        let is_whole = |text: &str| ["**", "__", "`"].iter().all(|mark| text.matches(mark).count() % 2 == 0);
        let stands_alone = self.before.is_empty() && self.words.contains(char::is_alphanumeric);
        (stands_alone && is_whole(self.words)).then(|| [status, names, self.tail].concat())
    }
}

/// The words that are the status; none where it is told in a sentence.
fn words(status: &str, found: Option<&FoundStatus>) -> Range<usize> {
    let phrase = phrase(status);
    let words = |text: &str| {
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).count()
    };
    let is_few = |text: &str| words(text) <= FEW;
    let goes_on = status[phrase..].trim_start().starts_with([',', ';', '，', '；', '、']);
    let has_digits = status[..phrase].contains(|letter: char| letter.is_ascii_digit());
    let may_be_all = is_few(&status[..phrase]) && !goes_on && !has_digits;
    let end = match found {
        Some(found) if !says_something(&status[..found.span.start]) => {
            let is_sign = !says_something(&status[found.span.clone()]);
            let is_all = is_sign && phrase >= found.span.end && may_be_all;
            if is_all { phrase } else { emphasised(status, found.span.end) }
        }
        Some(found) if found.span.end > phrase || !is_few(&status[..found.span.end]) => {
            return status.len()..status.len();
        }
        Some(found) => emphasised(status, found.span.end),
        None if may_be_all => phrase,
        None => return status.len()..status.len(),
    };
    0..end
}

/// Where the first mark stands that sets something off behind the beginning of a status.
fn phrase(status: &str) -> usize {
    let begun = status.find(char::is_alphanumeric).unwrap_or(status.len());
    let sets_off = |(at, letter): (usize, char)| {
        let behind = &status[at + letter.len_utf8()..];
        MARKS.contains(&letter)
            || matches!(letter, '.' | '!') && (behind.is_empty() || behind.starts_with(' '))
    };
    let marks = status[begun..].char_indices().map(|(at, letter)| (begun + at, letter));
    let first = marks.into_iter().find(|mark| sets_off(*mark)).map_or(status.len(), |(at, _)| at);
    let end = first.min(remark_apart(status).0.len());
    status[..end].trim_end().len()
}

/// Where words end with the marks that close what is open in them.
fn emphasised(status: &str, end: usize) -> usize {
    let is_open = |mark: &str| match mark {
        "]" => status[..end].contains('['),
        ")" => status[..end].contains('('),
        mark => status[..end].matches(mark).count() % 2 == 1,
    };
    let closing = ["**", "__", "*", "_", "`", "]", ")"].into_iter().find(|mark| is_open(mark));
    closing.filter(|mark| status[end..].starts_with(mark)).map_or(end, |mark| end + mark.len())
}

/// How much of what stands behind the words of a status, which end there, it names by its meaning.
fn names(status: &str, end: usize, found: &FoundStatus, methodology: &Methodology) -> usize {
    let asks = &methodology.status(found.status).asks;
    let (words, behind) = status.split_at(end);
    let joints = Joints::all().flat_map(|joints| [joints.of, joints.until[0]]);
    let said = behind.trim_start();
    let is_joined = joints.filter(|joint| !joint.is_empty()).any(|joint| {
        let is_behind = said.strip_prefix(joint).is_some_and(|named| named.starts_with(' '));
        is_behind || words.strip_suffix(joint).is_some_and(|own| own.ends_with(' '))
    });
    let first = said.split_whitespace().next().unwrap_or_default();
    let is_named = is_joined || first.contains(|c: char| c.is_ascii_digit()) && !first.starts_with(MARKS);
    if is_named && matches!(asks, Asks::Original | Asks::Date) { phrase(behind) } else { 0 }
}

/// Where something begins that stands behind a status under a name of its own. What tells what was done stands for a status
/// itself.
fn named_apart(status: &str, methodology: &Methodology) -> usize {
    use FieldKind::{Commit, Fix, Owner, Reporter, Status, Verification};
    let kind = |name: &str| methodology.fields().kind_of(name.as_bytes());
    let is_own = |name: &str| {
        let tells = matches!(kind(name), Some(Commit | Fix | Status | Verification));
        let letters = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '_' | '*');
        let is_name = name.split(' ').count() <= FEW && name.chars().all(letters);
        is_name
            && name.starts_with(char::is_uppercase)
            && !tells
            && methodology.read_status(name.as_bytes()).is_none()
    };
    let tells_who = |name: &str| matches!(kind(name), Some(Owner | Reporter));
    let begins = |at: &usize| {
        let apart = &status[*at..];
        let named = |marks: &[&str]| marks.iter().find_map(|mark| name(apart.strip_prefix(mark)?));
        let by_name = named(&BEFORE_NAMES);
        by_name.is_some_and(|name| is_own(name) || tells_who(name))
            || named(&BEFORE_PEOPLE).is_some_and(tells_who) && is_in_whole_brackets(apart)
    };
    let places = status.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    places.into_iter().find(begins).unwrap_or(status.len())
}

/// The name that something stands under, if it does.
fn name(text: &str) -> Option<&str> {
    let beginning = &text[..text.floor_char_boundary(NAME)];
    let (name, _) = beginning.split_once(": ").or_else(|| beginning.split_once('：'))?;
    let said = text[name.len()..].trim_start_matches([':', '：', ' ']);
    (!said.is_empty()).then(|| name.trim())
}

/// Whether brackets that are opened in a text are closed, and nothing stands behind them.
fn is_in_whole_brackets(text: &str) -> bool {
    let opened = text.matches(['(', '（']).count();
    opened == text.matches([')', '）']).count() && (opened == 0 || text.ends_with([')', '）']))
}

/// A remark without what sets it off: ` - in main`, ` (in main)`.
fn without_marks(text: &str) -> &str {
    let text = text.trim_matches([' ', ':', '-', '–', '—', ',', ';', '→', '，', '；', '。', '*', '_']);
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let text = inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(text);
    text.strip_prefix(". ").unwrap_or(text)
}

fn says_something(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    /// Words, remark and what stands apart of a status.
    fn parts(status: &str) -> [String; 3] {
        let written = Written::of(status, &METHODOLOGY);
        [written.words.to_owned(), written.remark(), written.apart.to_owned()]
    }

    /// What somebody has added to a status would go with it unsaid wherever no dash sets it off.
    #[test]
    fn whatever_stands_beside_the_words_of_a_status_is_a_remark() {
        for (status, words, remark) in [
            ("✅ FIXED", "✅ FIXED", ""),
            ("Fixed.", "Fixed", ""),
            ("✅ FIXED - in main", "✅ FIXED", "in main"),
            ("✅ FIXED (Sail Patched)", "✅ FIXED", "Sail Patched"),
            ("Fixed on shore, sea trial not sailed.", "Fixed", "on shore, sea trial not sailed."),
            ("**Fixed** by Ada on Monday", "**Fixed**", "by Ada on Monday"),
            ("Corrigé par Ada le 3 mai", "Corrigé", "par Ada le 3 mai"),
            ("RESOLVED 2027-01-02", "RESOLVED", "2027-01-02"),
            ("✅ Rigged anew, sails dried", "✅", "Rigged anew, sails dried"),
            ("✅ Session 41", "✅", "Session 41"),
            ("⚓ Moored for good", "⚓ Moored for good", ""),
            ("On the slip", "On the slip", ""),
            ("On the slip (berth B)", "On the slip", "berth B"),
            ("It may be that it is fixed", "", "It may be that it is fixed"),
            ("🔁 DUPLICATE of BUG-1 - one cause", "🔁 DUPLICATE of", "one cause"),
            ("DUPLICATE of the-leak", "DUPLICATE of", ""),
            ("Deferred until 2027-01-02, no wind", "Deferred", "no wind"),
            ("Deferred (no wind)", "Deferred", "no wind"),
        ] {
            assert_eq!(parts(status), [words, remark, ""], "{status}");
        }
    }

    /// The owner would be lost with the status, or a fix be told of for a bug that is open.
    #[test]
    fn what_has_a_name_of_its_own_stands_apart_unless_it_tells_what_was_done() {
        for (status, remark, apart) in [
            ("Open. Owner: Ada.", "", ". Owner: Ada."),
            ("Open at sea; Berth: B 4", "at sea", "; Berth: B 4"),
            ("Fixed - in main. Owner: Ada", "in main", ". Owner: Ada"),
            ("Fixed. Fix: new mast", "Fix: new mast", ""),
            ("Fixed. Verified: yesterday", "Verified: yesterday", ""),
            ("Open. see also: all others", "see also: all others", ""),
            ("Open. owner: ada", "", ". owner: ada"),
            ("Open, owner: ada", "", ", owner: ada"),
            ("Open (owner: Ada)", "", " (owner: Ada)"),
            ("Open — Assigned to: Ada (shore)", "", " — Assigned to: Ada (shore)"),
            ("Fixed - in main, reported by: Ada", "in main", ", reported by: Ada"),
            ("未着手（担当：田中）", "", "（担当：田中）"),
            ("Open (owner: Ada) - no wind", "(owner: Ada) - no wind", ""),
            ("Open (no wind, owner: Ada)", "no wind, owner: Ada", ""),
            ("Open, reason: no wind", "reason: no wind", ""),
            ("Open, owner: ", "owner", ""),
        ] {
            assert_eq!(parts(status)[1..], [remark, apart], "{status}");
        }
    }

    proptest! {
        /// No part of a status may get lost between the others.
        #[test]
        fn the_parts_of_a_status_are_all_of_it(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "✅", "Fixed", "open", "**", " ", " ", ". ", ", ", " - ", "(", ")", "Owner: Ada", "owner: ada", "until 2027-01-02", "of BUG-1",
                "Duplicate", "Deferred", "Ada", "修复", "。", "by", "`x`", "[", "]", "_", "41",
            ]), 0..9),
        ) {
            let status = pieces.concat();
            let Written { before, words, names, tail, apart } = Written::of(&status, &METHODOLOGY);
            let all = [before, words, names, tail, apart].concat();
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&all), letters(&status), "{:?}", status);
            prop_assert!(status.starts_with(before) && status.ends_with(apart));
        }
    }
}

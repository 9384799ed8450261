//! How much a field says of how severe its bug is.

use std::collections::HashSet;
use std::ops::Range;

use super::Field;
use crate::methodology::{FieldKind, Found, LevelId, Methodology};
use crate::report::inline::{bracketed, marks};
use crate::report::section::has_words;
use crate::report::table;
use crate::text::{Span, lossy};

/// How many levels a value names one beside the other that tells which there are.
const LEGEND: usize = 3;

/// How many of the words beside them may be no levels.
const STRANGE: usize = 1;

/// What stands between levels that are listed, and between the remarks on them.
const BESIDE: [&str; 7] = [",", "/", "|", "·", ";", "、", "，"];

/// How much a field says of how severe its bug is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It rates a risk: anything else that names a level speaks before it.
    Risk,
    /// It rates a priority: a severity speaks before it.
    Priority,
    /// It rates the severity.
    Severity,
}

impl Field {
    /// How much it says of how severe the bug is: it is named for it, and its value begins with a level. Where
    /// its name is the plain word for severity, any value does, be it one that no methodology knows.
    pub fn weight(&self, base: &[u8], methodology: &Methodology) -> Option<Weight> {
        self.rated(base, methodology).map(|(weight, _)| weight)
    }

    /// Its weight, and the first level that its value names.
    pub(in crate::report) fn rated(
        &self,
        base: &[u8],
        methodology: &Methodology,
    ) -> Option<(Weight, Option<Found>)> {
        let names = methodology.fields();
        let value = self.value.of(base);
        let weight = match names.rating_of(self.name.of(base))? {
            FieldKind::Severity => Weight::Severity,
            FieldKind::Priority => Weight::Priority,
            FieldKind::Risk => Weight::Risk,
            FieldKind::Impact if self.rates_impact(base, methodology) => Weight::Risk,
            _ => return None,
        };
        let found = methodology.read_level(value);
        if found.as_ref().is_some_and(|found| lists_levels(base, self.value, found, methodology)) {
            return None;
        }
        let leads = found.as_ref().is_some_and(|found| !has_words(&value[..found.span.start]));
        let is_plain =
            || weight == Weight::Severity && methodology.names_severity(&lossy(self.name.of(base)));
        (leads || !value.is_empty() && is_plain()).then_some((weight, found))
    }

    /// Whether an impact is rated: by a word of a scale, and no sentence begins with that.
    fn rates_impact(&self, base: &[u8], methodology: &Methodology) -> bool {
        let graded = table::grade(base, self.value, methodology).filter(|graded| graded.alone);
        graded.is_some_and(|graded| methodology.is_of_scale(&lossy(graded.word.of(base))))
    }

    /// Whether it is named for the severity and says a level and nothing but that.
    pub(in crate::report) fn rates_alone(&self, base: &[u8], methodology: &Methodology) -> bool {
        self.weight(base, methodology) == Some(Weight::Severity) && self.is_rating(base, methodology)
    }

    /// Whether it says a level or a status by its name, and nothing but that, remarks in brackets aside: no sentence goes on
    /// from there.
    pub(super) fn is_rating(&self, base: &[u8], methodology: &Methodology) -> bool {
        use FieldKind::{Priority, Risk, Severity, Status};
        let value = self.value.of(base);
        let is_all = |found: Range<usize>| {
            let mut rest = value[found.end..].trim_ascii_start();
            while let Some((_, end)) = bracketed(rest) {
                rest = rest[end..].trim_ascii_start();
            }
            !has_words(&value[..found.start]) && !has_words(rest)
        };
        match methodology.fields().kind_of(self.name.of(base)) {
            Some(Severity | Priority | Risk) => {
                methodology.read_level(value).is_some_and(|found| is_all(found.span))
            }
            Some(Status) => methodology.read_status(value).is_some_and(|found| is_all(found.span)),
            _ => false,
        }
    }
}

/// Whether a value that names this level first lists several of the scale, or says what it means, as a legend does:
/// `critical (crash), major, minor`; `**High** = nobody can work`.
fn lists_levels(base: &[u8], value: Span, first: &Found, methodology: &Methodology) -> bool {
    let rest = &value.of(base)[first.span.end..];
    if rest[marks(rest)..].starts_with(b"=") {
        return true;
    }
    let may_list = |byte: &u8| b",/|;".contains(byte) || !byte.is_ascii();
    if rest.len() < LEGEND * 2 || !rest.iter().any(may_list) {
        return false;
    }
    let text = lossy(value.of(base)).into_owned();
    let mut depth = 0_i32;
    let set_apart = |letter: char| {
        depth += i32::from("(（[".contains(letter)) - i32::from(")）]".contains(letter));
        depth <= 0 && BESIDE.iter().any(|mark| mark.starts_with(letter))
    };
    let named = |part: &str| {
        let part = part.rsplit(": ").next().unwrap_or(part);
        let graded = table::grade(part.as_bytes(), Span::whole(part.as_bytes()), methodology)?;
        graded.alone.then_some(graded.level)
    };
    let levels: Vec<Option<LevelId>> = text
        .trim_start_matches(['[', '{', '<', '('])
        .split(set_apart)
        .map(|part| named(part.trim_end_matches([']', '}', '>', ')', '.'])))
        .collect();
    let distinct: HashSet<&LevelId> = levels.iter().flatten().collect();
    distinct.len() >= LEGEND && levels.iter().filter(|level| level.is_none()).count() <= STRANGE
}

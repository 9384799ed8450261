//! Severity levels and how soon each wants its bugs fixed.

use std::fmt;

use jiff::SignedDuration;

/// A level by its rank: 0 is the most severe, so a lesser id is a more severe level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelId(pub u8);

/// One level of severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The short word reports are written with: `P0`.
    pub key: String,
    /// The long word: `Critical`.
    pub name: String,
    /// What belongs here, in a sentence or two.
    pub definition: String,
    /// How soon a bug of this level is to be fixed.
    pub sla: Option<Sla>,
    /// The role that the theme colours it by: `severity.p0`.
    pub colour: String,
    /// The key that sets it on the desk, unless the key map says otherwise.
    pub hotkey: Option<char>,
    /// Further words that reports use for it.
    pub aliases: Vec<String>,
}

/// A time within which something is to be done, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sla {
    text: String,
    hours: u32,
}

impl Sla {
    /// Reads `24h`, `72 hours`, `3 days`, `1 week` and the like, with or without a `<` before it.
    pub fn parse(text: &str) -> Option<Sla> {
        let text = text.trim();
        let amount = text.trim_start_matches(['<', '≤', ' ']);
        let digits = amount.find(|letter: char| !letter.is_ascii_digit())?;
        let number: u32 = amount[..digits].parse().ok()?;
        let hours = number.checked_mul(hours_in(amount[digits..].trim())?)?;
        Some(Sla { text: text.to_owned(), hours })
    }

    /// The time as a duration, to be added to the moment a bug was found.
    pub fn duration(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.hours))
    }
}

/// The time as it was written.
impl fmt::Display for Sla {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

fn hours_in(unit: &str) -> Option<u32> {
    match unit.to_ascii_lowercase().as_str() {
        "h" | "hour" | "hours" => Some(1),
        "d" | "day" | "days" => Some(24),
        "w" | "week" | "weeks" => Some(7 * 24),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_a_bug_may_wait_is_read_as_people_write_it() {
        let hours = |text| Sla::parse(text).map(|sla| sla.hours);
        assert_eq!(
            [hours("24h"), hours("<72h"), hours("3 days"), hours("2 Weeks")],
            [24, 72, 72, 336].map(Some)
        );
        assert_eq!(Sla::parse(" 1 week ").expect("a week").to_string(), "1 week");
        assert_eq!(Sla::parse("1 week").expect("a week").duration(), SignedDuration::from_hours(168));
    }

    #[test]
    fn a_time_without_sense_is_no_time() {
        for text in ["", "24", "soon", "h", "24 moons", "-3h", "99999999999h", "4294967295 weeks"] {
            assert_eq!(Sla::parse(text), None, "{text:?}");
        }
    }
}

//! Dates as people write them. What day it is, is not asked here.

use jiff::civil::Date;

/// The months as dates name them, by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The date that a text begins with and what follows it: `2026-02-12`, `2026/02/12`, `12.02.2026`, `12 Feb 2026`,
/// `12. February 2026`, `February 12, 2026`.
pub fn leading(text: &str) -> Option<(Date, &str)> {
    numbered(text).or_else(|| named(text))
}

fn numbered(text: &str) -> Option<(Date, &str)> {
    let (first, rest) = number(text)?;
    let mark = rest.chars().next().filter(|mark| "-/.".contains(*mark))?;
    let (second, rest) = number(&rest[1..])?;
    let (third, rest) = number(rest.strip_prefix(mark)?)?;
    let date = match mark {
        '.' => Date::new(i16::try_from(third).ok()?, i8::try_from(second).ok()?, i8::try_from(first).ok()?),
        _ => Date::new(i16::try_from(first).ok()?, i8::try_from(second).ok()?, i8::try_from(third).ok()?),
    };
    date.ok().filter(|date| date.year() >= 1000).map(|date| (date, rest))
}

fn named(text: &str) -> Option<(Date, &str)> {
    let (day, month, rest) = match number(text) {
        Some((day, rest)) => {
            let (month, rest) = month(rest.trim_start_matches(['.', ' ']))?;
            (day, month, rest)
        }
        None => {
            let (month, rest) = month(text)?;
            let (day, rest) = number(rest.trim_start())?;
            (day, month, rest)
        }
    };
    let (year, rest) = number(rest.trim_start_matches([',', ' ']))?;
    let date = Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()?;
    (date.year() >= 1000).then_some((date, rest))
}

fn month(text: &str) -> Option<(i8, &str)> {
    let length = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(length);
    let short = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == short)?;
    Some((at as i8 + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The number that a text begins with, and what follows it.
pub fn number(text: &str) -> Option<(u16, &str)> {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..length].parse().ok()?, &text[length..]))
}

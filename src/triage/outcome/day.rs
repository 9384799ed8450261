//! The day that a person means, as people type it.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Time, ToSpan};

/// How a day may be written, for whoever is asked for one.
pub const DAYS: &str = "2026-12-01, 2w, 14 days or friday";

/// The day that a person means: `2026-12-01`; so long after today, as in `+2w`, `14d`, `in 3 days` or `next month`; or the next
/// that is called so, `friday` or `tomorrow`.
///
/// # Errors
/// In words, where it is no day, or none to come.
pub fn day(text: &str, today: Date) -> Result<Date, String> {
    let text = text.trim().to_lowercase();
    let date = match text.replace('/', "-").parse() {
        Ok(date) => date,
        Err(_) => {
            let span = weekday(&text, today).or_else(|| span(&text));
            let span = span.ok_or_else(|| format!("no date, such as {DAYS}"))?;
            today.checked_add(span).map_err(|_| "too far away")?
        }
    };
    if date <= today { Err(format!("{date} has passed")) } else { Ok(date) }
}

/// How long it is until the next day of the week that is called so, by three letters at least.
fn weekday(text: &str, today: Date) -> Option<Time> {
    let name = ["next ", "on ", "this "].into_iter().find_map(|before| text.strip_prefix(before));
    let name = name.unwrap_or(text).trim();
    let known = Weekday::Sunday.cycle_forward().take(7);
    let day = known
        .into_iter()
        .find(|day| name.len() >= 3 && format!("{day:?}").to_lowercase().starts_with(name))?;
    let left = i64::from(today.weekday().until(day));
    Some((if left == 0 { 7 } else { left }).days())
}

fn span(text: &str) -> Option<Time> {
    let text = ["+", "in "].into_iter().find_map(|before| text.strip_prefix(before)).unwrap_or(text).trim();
    if text == "tomorrow" {
        return Some(1.day());
    }
    if let Some(unit) = text.strip_prefix("next ") {
        return of_unit(1, unit.trim());
    }
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let number: i32 = text[..digits].parse().ok().filter(|number| *number <= 10_000)?;
    of_unit(number, text[digits..].trim())
}

fn of_unit(number: i32, unit: &str) -> Option<Time> {
    match unit {
        "d" | "day" | "days" => Some(number.days()),
        "w" | "wk" | "week" | "weeks" => Some(number.weeks()),
        "m" | "mo" | "month" | "months" => Some(number.months()),
        "y" | "yr" | "year" | "years" => Some(number.years()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Saturday.
    const TODAY: Date = Date::constant(2026, 1, 31);

    fn said(text: &str) -> Result<String, String> {
        day(text, TODAY).map(|date| date.to_string())
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        for (text, read) in [
            ("2026-12-01", "2026-12-01"),
            ("2026/12/01", "2026-12-01"),
            ("+2w", "2026-02-14"),
            ("2w", "2026-02-14"),
            ("14d", "2026-02-14"),
            ("+14 d", "2026-02-14"),
            ("3 days", "2026-02-03"),
            ("in 3 Days", "2026-02-03"),
            ("1 month", "2026-02-28"),
            ("1d", "2026-02-01"),
            (" +1 y ", "2027-01-31"),
            ("tomorrow", "2026-02-01"),
            ("next week", "2026-02-07"),
            ("next month", "2026-02-28"),
            ("friday", "2026-02-06"),
            ("Fri", "2026-02-06"),
            ("next friday", "2026-02-06"),
            ("on Sunday", "2026-02-01"),
            ("saturday", "2026-02-07"),
        ] {
            assert_eq!(said(text).as_deref(), Ok(read), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_day_to_come_is_refused_in_words() {
        assert_eq!(said("2026-01-31").unwrap_err(), "2026-01-31 has passed");
        assert_eq!(said("soon").unwrap_err(), "no date, such as 2026-12-01, 2w, 14 days or friday");
        for text in
            ["", "v4.3", "2026-13-01", "-2w", "99999999999w", "2", "0d", "+", "fr", "next", "in", "on "]
        {
            assert!(said(text).is_err(), "{text:?}");
        }
    }
}

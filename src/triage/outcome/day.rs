//! The day that a person means, as people type it.

use std::cmp::Ordering;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span as Time, ToSpan};

use crate::text::date::{leading, number};

/// How a day may be written, for whoever is asked for one.
pub const DAYS: &str = "2026-12-01, 24 dec, 2w, friday or end of month";

/// Numbers in words; the first is also `a`.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// What begins words for a day to come.
const AHEAD: [&str; 4] = ["+", "in ", "next ", "tomorrow"];

/// The day that a person means: one of the calendar, `2026-12-01`, `24.12.2026`, `24/12/2026` or `24 dec`; so long after today, as in
/// `+2w`, `14d`, `in two weeks` or `next month`; the next that is called so, `friday` or `tomorrow`; the first of a year, a quarter,
/// a month or a week, `Q1 2027` or `2026-W51`; or the last, `end of month`.
///
/// # Errors
/// In words, where it is no day, or none to come.
pub fn day(text: &str, today: Date) -> Result<Date, String> {
    let text = text.trim().to_lowercase();
    let called = || ending(&text, today).or_else(|| first(&text, today));
    let date = match dated(&text, today).or(slashed(&text)?).or_else(called) {
        Some(date) => date,
        None => {
            let span = weekday(&text, today).or_else(|| span(&text));
            let span = span.ok_or_else(|| format!("no day, such as {DAYS}"))?;
            today.checked_add(span).map_err(|_| "too far away")?
        }
    };
    match date.cmp(&today) {
        Ordering::Less => Err(format!("{date} has passed")),
        Ordering::Equal => Err(format!("{date} is today")),
        Ordering::Greater => Ok(date),
    }
}

/// The day from which on something is meant that has been: one of the calendar, `today`, `yesterday`, so long before today, `1w` or
/// `2 weeks ago`, the last that was called so, `monday`, or the first of a year, a quarter, a month or a week, `2026-W51`. `None` for
/// what is no day, or is none that has come.
pub fn past_day(text: &str, today: Date) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if AHEAD.iter().any(|word| text.starts_with(word)) {
        return None;
    }
    let ago = |text: &str| today.checked_sub(span(text)?).ok();
    let date = match text.as_str() {
        "today" => Some(today),
        "yesterday" => today.yesterday().ok(),
        text => {
            let one = text.strip_prefix("last ").map(|unit| format!("1 {unit}"));
            let long = one.as_deref().or_else(|| text.strip_suffix(" ago")).unwrap_or(text);
            let named =
                || whole(text).or_else(|| slashed(text).ok().flatten()).or_else(|| first(text, today));
            let weekday = || weekday(text.strip_prefix("last ").unwrap_or(text), today);
            let of_week = || {
                let day = today.checked_add(weekday()?).ok()?.checked_sub(1.week()).ok()?;
                if one.is_some() && day == today { day.checked_sub(1.week()).ok() } else { Some(day) }
            };
            named().or_else(of_week).or_else(|| ago(long))
        }
    };
    date.filter(|date| *date <= today)
}

/// A day of the calendar; without a year the next that is called so.
fn dated(text: &str, today: Date) -> Option<Date> {
    let years = [today.year(), today.year().saturating_add(1)].into_iter();
    let of_year = |year: i16| whole(&format!("{text} {year}"));
    whole(text).or_else(|| years.filter_map(of_year).find(|date| *date > today))
}

/// A date that is all of a text.
fn whole(text: &str) -> Option<Date> {
    leading(text).filter(|(_, behind)| behind.is_empty()).map(|(date, _)| date)
}

/// A day with its number first, or its month, with slashes between.
///
/// # Errors
/// In words, where either may be meant.
fn slashed(text: &str) -> Result<Option<Date>, String> {
    let numbers: Option<Vec<i16>> = text.split('/').map(|part| part.parse().ok()).collect();
    let Some(&[one, two, year]) = numbers.as_deref() else { return Ok(None) };
    let date = |day: i16, month: i16| {
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(date).filter(|date| date.year() >= 1000)
    };
    match (date(one, two), date(two, one)) {
        (Some(one), Some(two)) if one != two => Err(format!("may be {one} or {two}")),
        (one, two) => Ok(one.or(two)),
    }
}

/// The first day of a year, a quarter, a month or a week that is named: `2027`, `Q1 2027`, `jan 2027`, `2026-W51`; of a quarter without
/// a year, the next that is called so.
fn first(text: &str, today: Date) -> Option<Date> {
    if let Some(monday) = week(text) {
        return Some(monday);
    }
    let year = |text: &str| text.parse().ok().filter(|year| (1000..10_000).contains(year));
    let (one, two) = text.split_once([' ', '-', '/']).unwrap_or((text, ""));
    let quarter = |text: &str| text.strip_prefix('q')?.parse().ok().filter(|number| (1..=4).contains(number));
    let month = |(year, quarter): (i16, i8)| Date::new(year, quarter * 3 - 2, 1).ok();
    if let Some(whole) = year(text) {
        return month((whole, 1));
    }
    match (quarter(one), quarter(two)) {
        (Some(quarter), None) if two.is_empty() => {
            let years = [today.year(), today.year().saturating_add(1)].into_iter();
            years.filter_map(|year| month((year, quarter))).find(|date| *date > today)
        }
        (Some(quarter), _) => month((year(two)?, quarter)),
        (None, Some(quarter)) => month((year(one)?, quarter)),
        (None, None) => whole(&format!("1 {text}")).or_else(|| whole(&format!("{text}-01"))),
    }
}

/// The Monday of a week by its number: `2026-w51`.
fn week(text: &str) -> Option<Date> {
    let (year, number) = text.split_once("-w").or_else(|| text.split_once('w'))?;
    let is_whole = year.len() == 4 && number.len() == 2;
    let week = ISOWeekDate::new(year.parse().ok()?, number.parse().ok()?, Weekday::Monday).ok();
    week.filter(|_| is_whole).map(ISOWeekDate::date)
}

/// The last day of a week, a month, a quarter or a year.
fn ending(text: &str, today: Date) -> Option<Date> {
    let period = match text {
        "eow" => "week",
        "eom" => "month",
        "eoq" => "quarter",
        "eoy" => "year",
        text => text.strip_prefix("end of ")?,
    };
    let period =
        ["the ", "this "].into_iter().find_map(|before| period.strip_prefix(before)).unwrap_or(period);
    let (ahead, unit) = period.strip_prefix("next ").map_or((0, period), |unit| (1, unit));
    let Some(ahead) = of_unit(ahead, unit) else { return last(period, today) };
    let within = today.checked_add(ahead).ok()?;
    match unit {
        "week" => within.checked_add(i64::from(within.weekday().until(Weekday::Sunday)).days()).ok(),
        "month" => Some(within.last_of_month()),
        "quarter" => last_of_quarter(within),
        "year" => Some(within.last_of_year()),
        _ => None,
    }
}

/// The last day of what is named, see [`first`].
fn last(period: &str, today: Date) -> Option<Date> {
    let first = first(period, today)?;
    match () {
        () if week(period).is_some() => first.checked_add(6.days()).ok(),
        () if period.contains('q') => last_of_quarter(first),
        () if period.parse::<i16>().is_ok() => Some(first.last_of_year()),
        () => Some(first.last_of_month()),
    }
}

fn last_of_quarter(within: Date) -> Option<Date> {
    let month = (within.month() + 2) / 3 * 3;
    Date::new(within.year(), month, 1).ok().map(Date::last_of_month)
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
    let (number, unit) = match number(text) {
        Some((number, unit)) => (i32::from(number), unit),
        None => {
            let (word, unit) = text.split_once(' ')?;
            let at = NUMBERS.iter().position(|number| *number == word);
            (at.or(matches!(word, "a" | "an").then_some(0))? as i32 + 1, unit)
        }
    };
    of_unit(Some(number).filter(|number| *number <= 10_000)?, unit.trim())
}

fn of_unit(number: i32, unit: &str) -> Option<Time> {
    match unit {
        "d" | "day" | "days" => Some(number.days()),
        "w" | "wk" | "week" | "weeks" => Some(number.weeks()),
        "q" | "quarter" | "quarters" => Some((number * 3).months()),
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
            ("2026-2-1", "2026-02-01"),
            ("24.12.2026", "2026-12-24"),
            ("24 Dec 2026", "2026-12-24"),
            ("24. December 2026", "2026-12-24"),
            ("Dec 24, 2026", "2026-12-24"),
            ("24 dec", "2026-12-24"),
            ("Jan 30", "2027-01-30"),
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
            ("in two weeks", "2026-02-14"),
            ("a month", "2026-02-28"),
            ("end of next month", "2026-02-28"),
            ("end of the year", "2026-12-31"),
            ("eoy", "2026-12-31"),
            ("next month", "2026-02-28"),
            ("friday", "2026-02-06"),
            ("Fri", "2026-02-06"),
            ("next friday", "2026-02-06"),
            ("on Sunday", "2026-02-01"),
            ("saturday", "2026-02-07"),
            ("24/12/2026", "2026-12-24"),
            ("12/24/2026", "2026-12-24"),
            ("5/5/2026", "2026-05-05"),
            ("end of week", "2026-02-01"),
            ("end of next week", "2026-02-08"),
            ("eow", "2026-02-01"),
            ("end of quarter", "2026-03-31"),
            ("eoq", "2026-03-31"),
            ("end of next quarter", "2026-06-30"),
            ("next quarter", "2026-04-30"),
            ("2 quarters", "2026-07-31"),
            ("Q1 2027", "2027-01-01"),
            ("2027-Q2", "2027-04-01"),
            ("2027 q4", "2027-10-01"),
            ("q1", "2027-01-01"),
            ("Q2", "2026-04-01"),
            ("end of Q1 2027", "2027-03-31"),
            ("end of q1", "2027-03-31"),
            ("dec 2026", "2026-12-01"),
            ("January 2027", "2027-01-01"),
            ("2027-03", "2027-03-01"),
            ("end of Feb 2027", "2027-02-28"),
            ("2027", "2027-01-01"),
            ("end of 2027", "2027-12-31"),
            ("2026-W51", "2026-12-14"),
            ("2026w07", "2026-02-09"),
            ("end of 2026-W53", "2027-01-03"),
        ] {
            assert_eq!(said(text).as_deref(), Ok(read), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_day_to_come_is_refused_in_words() {
        assert_eq!(said("2026-01-30").unwrap_err(), "2026-01-30 has passed");
        assert_eq!(said("end of month").unwrap_err(), "2026-01-31 is today");
        assert_eq!(said("04/05/2026").unwrap_err(), "may be 2026-05-04 or 2026-04-05");
        assert_eq!(said("Q1 2026").unwrap_err(), "2026-01-01 has passed");
        assert_eq!(
            said("soon").unwrap_err(),
            "no day, such as 2026-12-01, 24 dec, 2w, friday or end of month"
        );
        for text in [
            "",
            "v4.3",
            "2026-13-01",
            "2026-W54",
            "2026-W5",
            "26-W51",
            "-2w",
            "99999999999w",
            "2",
            "0d",
            "+",
            "fr",
            "next",
            "in",
            "on ",
            "dec",
            "24",
            "24/13/2026",
            "24/12",
            "Q5 2027",
            "q",
            "Q1 27",
            "end of",
            "end of 2w",
            "a",
            "one",
        ] {
            assert!(said(text).is_err(), "{text:?}");
        }
    }
    #[test]
    fn a_day_that_has_been_is_read_as_people_type_it() {
        let past = |text: &str| past_day(text, TODAY).map(|date| date.to_string());
        for (text, read) in [
            ("2026-01-31", "2026-01-31"),
            ("24/12/2025", "2025-12-24"),
            ("today", "2026-01-31"),
            (" Yesterday ", "2026-01-30"),
            ("1w", "2026-01-24"),
            ("last week", "2026-01-24"),
            ("two weeks ago", "2026-01-17"),
            ("3 days", "2026-01-28"),
            ("last month", "2025-12-31"),
            ("monday", "2026-01-26"),
            ("saturday", "2026-01-31"),
            ("last saturday", "2026-01-24"),
            ("2026-W03", "2026-01-12"),
            ("jan 2026", "2026-01-01"),
            ("2025", "2025-01-01"),
        ] {
            assert_eq!(past(text).as_deref(), Some(read), "{text:?}");
        }
        for text in ["", "soon", "2026-02-01", "tomorrow", "next week", "+1w", "in 2 days", "2026-W51"] {
            assert_eq!(past(text), None, "{text:?}");
        }
    }
}

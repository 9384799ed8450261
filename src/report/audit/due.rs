//! When a bug is to be fixed by, as its report says.

use jiff::civil::{Date, DateTime};

use crate::methodology::Sla;
use crate::text::date::{leading, number};

/// When a bug is due: at the date that its field names, else so long after it was found as the field, or the
/// level, allows. A day is over at its end. `None` where that cannot be told.
pub(super) fn due(field: &str, found: Option<&str>, level: Option<&Sla>) -> Option<DateTime> {
    if let Some((date, rest)) = date(field) {
        return Some(moment(date, rest));
    }
    let (day, rest) = date(found?)?;
    let start = moment(day, rest);
    let allowed = spans(field).map(|sla| sla.duration()).or_else(|| level.map(Sla::duration))?;
    start.checked_add(allowed).ok()
}

/// Until when something is put off: the last date in a text, for the day on which that was decided may stand before it.
pub(super) fn until(text: &str) -> Option<DateTime> {
    let mut rest = text;
    let dates = std::iter::from_fn(|| {
        let (date, behind) = date(rest)?;
        rest = behind;
        Some(moment(date, behind))
    });
    dates.last()
}

/// A date at the time that follows it in a text, else at its end.
fn moment(date: Date, rest: &str) -> DateTime {
    let (hour, minute, second) = time(rest).map_or((23, 59, 59), |(hour, minute)| (hour, minute, 0));
    date.at(hour, minute, second, 0)
}

/// The first date in a text and what follows it.
fn date(text: &str) -> Option<(Date, &str)> {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_ascii_alphanumeric() && !text[..*at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    starts.map(|(at, _)| &text[at..]).find_map(leading)
}

/// The time right behind a date: ` 18:00`, `T18:00`.
fn time(rest: &str) -> Option<(i8, i8)> {
    let rest = rest.strip_prefix(['T', ' ', ','])?.trim_start_matches(' ');
    let (hour, rest) = number(rest)?;
    let (minute, _) = number(rest.strip_prefix(':')?)?;
    (hour < 24 && minute < 60).then_some((hour as i8, minute as i8))
}

/// The first time span in a text: `24h`, `< 3 days`.
fn spans(text: &str) -> Option<Sla> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    starts.map(|(at, _)| &text[at..]).find_map(|rest| {
        let mut words = rest.split_whitespace();
        let (first, second) = (words.next()?, words.next().unwrap_or_default());
        let bare = |word: &str| word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
        Sla::parse(&bare(first)).or_else(|| Sla::parse(&format!("{first} {}", bare(second))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(field: &str, found: Option<&str>) -> Option<String> {
        let level = Sla::parse("1 week").unwrap();
        due(field, found, Some(&level)).map(|due| due.to_string())
    }

    #[test]
    fn a_date_is_read_as_people_write_it() {
        for (text, due) in [
            ("Fix by 2026-02-12 18:00", "2026-02-12T18:00:00"),
            ("2026-02-12T06:30:00Z", "2026-02-12T06:30:00"),
            ("until 2026/02/12", "2026-02-12T23:59:59"),
            ("12.02.2026", "2026-02-12T23:59:59"),
            ("Feb 12, 2026", "2026-02-12T23:59:59"),
            ("12 February 2026, 08:00", "2026-02-12T08:00:00"),
        ] {
            assert_eq!(told(text, None).as_deref(), Some(due), "{text}");
        }
        for text in ["soon", "24h", "v1.2.3", "2026-13-40", "next release", "1.2.3"] {
            assert_eq!(told(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_span_runs_from_when_the_bug_was_found() {
        assert_eq!(told("< 24h", Some("2026-02-11 08:00")).as_deref(), Some("2026-02-12T08:00:00"));
        assert_eq!(told("within 3 days", Some("2026-02-11")).as_deref(), Some("2026-02-14T23:59:59"));
        assert_eq!(told("as the policy has it", Some("2026-02-11")).as_deref(), Some("2026-02-18T23:59:59"));
        assert_eq!(told("24h", Some("yesterday")), None);
    }
}

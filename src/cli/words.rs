//! The words that a person gives to a command, as what they stand for; and bugs in words.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::show;
use super::world::{self, World};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::{Asks, Methodology, StatusId};
use crate::report::{BugIx, Report, To, without_remark};
use crate::text::display;
use crate::triage::outcome;

/// How many columns of a title tell a bug from others of its id.
const TITLE: usize = 40;

/// The bugs of a decision by handle, with its title where others have the same id, as many as a line has room for.
pub(super) fn called(report: &Report, bugs: impl ExactSizeIterator<Item = BugIx>) -> String {
    let count = bugs.len();
    let name = |bug: BugIx| match report.is_twin(bug) {
        true => titled(&report.handle(bug), &report.title(bug)),
        false => report.handle(bug).into_owned(),
    };
    listed(bugs.take(3).map(name).collect(), count)
}

/// The first of so many names, and how many more there are: `1, 2, 3 and 2 more`.
pub(super) fn listed(first: Vec<String>, all: usize) -> String {
    let more = all - first.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    first.join(", ") + &more
}

/// A question for who misspelt one of these: `did you mean test?`
pub(super) fn meant(near: &[&str]) -> String {
    format!("did you mean {}?", near.join(" or "))
}

/// A bug with its title: `BUG-001 “Login fails”`.
pub(super) fn titled(handle: &str, title: &str) -> String {
    format!("{handle} “{}”", display::clip(&display::visible_str(title), TITLE))
}

/// That these bugs have all that they would get.
pub(super) fn so_already(report: &Report, bugs: &[BugIx]) -> String {
    if bugs.is_empty() {
        return "there is nothing to change: the log tells this of the report already".to_owned();
    }
    let verb = if bugs.len() == 1 { "has" } else { "have" };
    let who = called(report, bugs.iter().copied());
    format!("there is nothing to change: {who} {verb} all of it already")
}

/// What day it is, by UTC as everywhere.
pub(super) fn today(world: &World) -> Date {
    TimeZone::UTC.to_datetime(world.now()).date()
}

/// The number of a deviation rule.
pub(super) fn rule(text: &str) -> std::result::Result<u8, String> {
    text.parse()
        .map_err(|_| "a rule is named by its number, such as 2; `regrade methodology` tells them".to_owned())
}

/// What is to become of the scope: `none` takes it away, where no scope is called so.
pub(super) fn scope(methodology: &Methodology, word: &str) -> Result<To<String>> {
    let known = methodology.scopes().iter().map(|scope| scope.key.clone());
    match methodology.scope_named(word) {
        Some(id) => Ok(To::Value(methodology.scope(id).name.clone())),
        None if word.eq_ignore_ascii_case("none") => Ok(To::Clear),
        None => Err(world::unknown("scope", word, known)),
    }
}

/// The status as the report writes it, with the bug, the day or the remark that was given.
pub(super) fn status(report: &Report, text: &str, today: Date) -> Result<String> {
    let methodology = report.methodology();
    let text = &spoken(&display::one_line(text), methodology);
    if let Some((status, id)) = asking(methodology, text, " of ", &Asks::Original) {
        return Ok(outcome::duplicate(report, status, show::find(report, id)?));
    }
    if let Some((status, day)) = asking(methodology, text, " until ", &Asks::Date) {
        let unread = |why| Fault::new(Kind::Usage, format!("deferred until “{day}”: {why}"));
        let day = outcome::day(day, today).map_err(unread)?;
        return Ok(outcome::until(report, status, day));
    }
    let word = without_remark(text);
    let known = methodology.statuses().iter().map(|status| status.key.clone());
    let id = methodology.status_named(word).ok_or_else(|| world::unknown("status", word, known))?;
    Ok(format!("{}{}", report.status_words_like(id, word), &text[word.len()..]))
}

/// A status as a person says it: without the sign and the emphasis that a report has around it, or in the place of a sign
/// alone.
pub(super) fn spoken(text: &str, methodology: &Methodology) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let rest = text.trim_start_matches(is_mark);
    let (word, remark) = rest.split_at(without_remark(rest).len());
    let bare = word.trim_end_matches(is_mark);
    if methodology.status_named(bare).is_some() {
        return format!("{bare}{remark}");
    }
    let sign = methodology.leading_status(text.as_bytes());
    match sign.filter(|found| text[found.span.clone()].chars().all(is_mark)) {
        Some(found) => format!("{}{}", methodology.status(found.status).name, &text[found.span.end..]),
        None => rest.to_owned(),
    }
}

/// A status that asks for this, and what stands behind it and `by`.
fn asking<'a>(
    methodology: &Methodology,
    text: &'a str,
    by: &str,
    asks: &Asks,
) -> Option<(StatusId, &'a str)> {
    let (word, what) = text.split_once(by)?;
    let status = methodology.status_named(word)?;
    (methodology.status(status).asks == *asks).then_some((status, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A status that is copied from a report, or an export of its log, would be no status.
    #[test]
    fn a_status_is_known_with_its_sign_and_emphasis_and_by_its_sign() {
        let methodology = Methodology::embedded();
        let said = |text| spoken(text, &methodology);
        assert_eq!(said("✅ FIXED - in main"), "FIXED - in main");
        assert_eq!(said("✅ **FIXED** - done it"), "FIXED - done it");
        assert_eq!(said("**RESOLVED**"), "RESOLVED");
        assert_eq!(said("🔁 DUPLICATE of BUG-1"), "DUPLICATE of BUG-1");
        assert_eq!(said("✅ - in main"), "Resolved - in main");
        assert_eq!((said("✅"), said("resolved")), ("Resolved".to_owned(), "resolved".to_owned()));
    }
}

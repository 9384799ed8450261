//! What scopes and statuses mean, however they are written.

use crate::methodology::Methodology;
use crate::report::To;
use crate::triage::{Kind, Set};

/// Whether two texts name the same scope; where the methodology does not know one of them, in the same words.
pub fn is_scope(one: &str, other: &str, methodology: &Methodology) -> bool {
    match (methodology.scope_named(one.trim()), methodology.scope_named(other.trim())) {
        (Some(one), Some(other)) => one == other,
        _ => folded(one) == folded(other),
    }
}

/// The same for statuses, and with the same remark where that counts.
pub fn is_status(one: &str, other: &str, remark_counts: bool, methodology: &Methodology) -> bool {
    let read = |text: &str| methodology.read_status(text.as_bytes()).map(|found| found.status);
    match (read(one), read(other)) {
        (Some(one_is), Some(other_is)) => {
            one_is == other_is && (!remark_counts || remark(one, methodology) == remark(other, methodology))
        }
        _ => folded(one) == folded(other),
    }
}

/// What stands beside the words of a status, marks at its ends left out.
pub fn remark(text: &str, methodology: &Methodology) -> String {
    let Some(found) = methodology.read_status(text.as_bytes()) else { return folded(text) };
    let (before, behind) = (&text[..found.span.start], &text[found.span.end..]);
    let bare = |text: &str| folded(text.trim_matches(|c: char| !c.is_alphanumeric()));
    format!("{} {}", bare(before), bare(behind)).trim().to_owned()
}

/// Words without regard to blanks and capitals.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a decision of this kind comes to that gives `set` and says `words`, in words by which the same is known again: not
/// why, but for a remark.
pub fn of(kind: Kind, set: &Set, words: &str, methodology: &Methodology) -> String {
    let level = |level| methodology.level(level).key.clone();
    let severity = ("severity", given(&set.severity, |to| level(*to)));
    let scope = ("scope", given(&set.scope, |text| scope(text, methodology)));
    let status = ("status", given(&set.status, |text| status(text, methodology)));
    let fields = set.fields.iter().map(|(name, to)| (name.as_str(), given(to, String::clone)));
    let values = [severity, scope, status].into_iter().chain(fields);
    let values = values.filter_map(|(name, to)| to.map(|to| format!("{name}: {to}")));
    let remark = (kind == Kind::Note).then(|| words.trim().to_owned());
    let all = [kind.name().to_owned()].into_iter().chain(values).chain(remark);
    all.collect::<Vec<_>>().join(", ")
}

fn given<T>(to: &To<T>, text: impl FnOnce(&T) -> String) -> Option<String> {
    match to {
        To::Keep => None,
        To::Clear => Some("none".to_owned()),
        To::Value(value) => Some(text(value)),
    }
}

fn scope(text: &str, methodology: &Methodology) -> String {
    let known = methodology.scope_named(text.trim());
    known.map_or_else(|| folded(text), |scope| methodology.scope(scope).key.clone())
}

fn status(text: &str, methodology: &Methodology) -> String {
    let Some(found) = methodology.read_status(text.as_bytes()) else { return folded(text) };
    let known = methodology.status(found.status);
    match remark(text, methodology) {
        remark if remark.is_empty() => known.key.clone(),
        remark => format!("{}, {remark}", known.key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What somebody else has settled would be settled again, or what has changed be overwritten.
    #[test]
    fn a_status_is_the_same_by_meaning_and_remark_and_an_unknown_one_by_its_words() {
        let methodology = Methodology::embedded();
        let same = |one: &str, other: &str| is_status(one, other, true, &methodology);
        assert!(same("✅ FIXED", "resolved"));
        assert!(same("✅ FIXED - in main", "Resolved: in  MAIN"));
        assert!(!same("✅ FIXED - in main", "resolved"));
        assert!(!same("🔁 DUPLICATE of BUG-1", "🔁 DUPLICATE of BUG-2"));
        assert!(!same("partly fixed", "fixed"));
        assert!(is_status("✅ FIXED - in main", "resolved", false, &methodology));
        assert!(same("On the bench", " on the  Bench") && !same("on the bench", "elsewhere"));
        assert!(is_scope("test", "Test infrastructure", &methodology));
        assert!(is_scope("My own", "my  own", &methodology) && !is_scope("mine", "yours", &methodology));
    }

    /// A program that proposes the same in other words would bring back all that was declined.
    #[test]
    fn the_same_is_known_again_in_other_words_of_the_report() {
        let methodology = Methodology::embedded();
        let said = |scope: &str, status: &str| {
            let to = |text: &str| To::Value(text.to_owned());
            let set = Set { scope: to(scope), status: to(status), ..Set::default() };
            of(Kind::Status, &set, "why", &methodology)
        };
        assert_eq!(said("test", "✅ FIXED"), said("Test infrastructure", "resolved"));
        assert_ne!(said("test", "Deferred until 2026-02-16"), said("test", "Deferred until 2026-02-17"));
        assert_ne!(said("test", "Resolved - in main"), said("test", "Resolved - elsewhere"));
        let note = |words: &str| of(Kind::Note, &Set::default(), words, &methodology);
        assert_ne!(note("Seen."), note("Seen again."));
    }
}

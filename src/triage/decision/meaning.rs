//! What scopes and statuses mean, however they are written.

use std::collections::BTreeMap;

use crate::methodology::{LevelId, Methodology};
use crate::report::To;
use crate::text::single_spaced;
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
    single_spaced(text).to_lowercase()
}

/// What a decision comes to, by which the same is known again in other words and in another order: not why, but for a remark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Meaning {
    kind: Kind,
    severity: To<LevelId>,
    scope: To<String>,
    status: To<String>,
    fields: BTreeMap<String, To<String>>,
    remark: Option<String>,
}

impl Meaning {
    /// That of a decision of this kind that gives `set` and says `words`.
    pub fn of(kind: Kind, set: &Set, words: &str, methodology: &Methodology) -> Meaning {
        Meaning {
            kind,
            severity: set.severity,
            scope: meant(&set.scope, |text| scope(text, methodology)),
            status: meant(&set.status, |text| status(text, methodology)),
            fields: set.fields.iter().cloned().collect(),
            remark: (kind == Kind::Note).then(|| words.trim().to_owned()),
        }
    }
}

fn meant(to: &To<String>, meaning: impl FnOnce(&str) -> String) -> To<String> {
    match to {
        To::Value(text) => To::Value(meaning(text)),
        to => to.clone(),
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
            Meaning::of(Kind::Status, &set, "why", &methodology)
        };
        assert_eq!(said("test", "✅ FIXED"), said("Test infrastructure", "resolved"));
        assert_ne!(said("test", "Deferred until 2026-02-16"), said("test", "Deferred until 2026-02-17"));
        assert_ne!(said("test", "Resolved - in main"), said("test", "Resolved - elsewhere"));
        let note = |words: &str| Meaning::of(Kind::Note, &Set::default(), words, &methodology);
        assert_ne!(note("Seen."), note("Seen again."));
    }
    /// A value could be written so that it reads as several.
    #[test]
    fn fields_are_the_same_in_any_order_and_none_is_two() {
        let methodology = Methodology::embedded();
        let said = |fields: &[(&str, &str)]| {
            let fields = fields.iter().map(|(name, to)| ((*name).to_owned(), To::Value((*to).to_owned())));
            let set = Set { fields: fields.collect(), ..Set::default() };
            Meaning::of(Kind::Fixed, &set, "why", &methodology)
        };
        let two = [("Owner", "x"), ("Team", "y")];
        assert_eq!(said(&two), said(&[two[1], two[0]]));
        assert_ne!(said(&two), said(&[("Owner", "x, Team: y")]));
    }
}

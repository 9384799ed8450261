//! Fields: the names under which reports write what they say about a bug.

use super::vocabulary::Vocabulary;

/// What a field says about its bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    /// The bug's id.
    Id,
    /// Its title.
    Title,
    /// Its severity.
    Severity,
    /// Its priority, which reports write in the words of severities without meaning them.
    Priority,
    /// How risky it is, which reports rate in the words of severities, or tell in prose.
    Risk,
    /// What it really affects.
    Scope,
    /// What has become of it.
    Status,
    /// By when it is to be fixed.
    Sla,
    /// The kind of bug.
    Category,
    /// The part of the product.
    Component,
    /// The error message.
    Error,
    /// The tests that show it.
    Test,
    /// The files it is in.
    File,
    /// Why it happens.
    Cause,
    /// What it does to whom.
    Impact,
    /// What it is.
    Description,
    /// How to see it.
    Reproduction,
    /// What is or would be done about it.
    Fix,
    /// The commit of the fix.
    Commit,
    /// How the fix was verified.
    Verification,
    /// The test that keeps it fixed.
    RegressionTest,
    /// The bug it repeats.
    Duplicate,
    /// Until when it is put off.
    Deferred,
    /// Who is to fix it.
    Owner,
    /// Who found it.
    Reporter,
    /// When it was found.
    Found,
    /// Why it has its severity.
    Rationale,
}

impl FieldKind {
    /// Every kind with the key it has in a methodology.
    pub const ALL: [(FieldKind, &'static str); 27] = [
        (FieldKind::Id, "id"),
        (FieldKind::Title, "title"),
        (FieldKind::Severity, "severity"),
        (FieldKind::Priority, "priority"),
        (FieldKind::Risk, "risk"),
        (FieldKind::Scope, "scope"),
        (FieldKind::Status, "status"),
        (FieldKind::Sla, "sla"),
        (FieldKind::Category, "category"),
        (FieldKind::Component, "component"),
        (FieldKind::Error, "error"),
        (FieldKind::Test, "test"),
        (FieldKind::File, "file"),
        (FieldKind::Cause, "cause"),
        (FieldKind::Impact, "impact"),
        (FieldKind::Description, "description"),
        (FieldKind::Reproduction, "reproduction"),
        (FieldKind::Fix, "fix"),
        (FieldKind::Commit, "commit"),
        (FieldKind::Verification, "verification"),
        (FieldKind::RegressionTest, "regression-test"),
        (FieldKind::Duplicate, "duplicate"),
        (FieldKind::Deferred, "deferred"),
        (FieldKind::Owner, "owner"),
        (FieldKind::Reporter, "reporter"),
        (FieldKind::Found, "found"),
        (FieldKind::Rationale, "rationale"),
    ];

    /// Whether it is one of those that decisions set by themselves, or that go with one.
    pub fn is_value(self) -> bool {
        use FieldKind::{Priority, Risk, Scope, Severity, Status};
        matches!(self, Severity | Priority | Risk | Scope | Status)
    }

    /// The key it has in a methodology.
    pub fn key(self) -> &'static str {
        FieldKind::ALL[self as usize].1
    }

    /// The kind with this key.
    pub fn of_key(key: &str) -> Option<FieldKind> {
        FieldKind::ALL.iter().find(|(_, known)| *known == key).map(|(kind, _)| *kind)
    }
}

/// The names of fields in every language the methodology knows.
#[derive(Clone, Debug, Default)]
pub struct FieldNames {
    names: Vec<(FieldKind, Vec<String>)>,
    vocabulary: Vocabulary<FieldKind>,
    /// Those of values and impacts alone, which few other names begin like.
    values: Vocabulary<FieldKind>,
}

impl FieldNames {
    pub(super) fn new(names: Vec<(FieldKind, Vec<String>)>, vocabulary: Vocabulary<FieldKind>) -> FieldNames {
        let mut values = Vocabulary::default();
        for (kind, name) in names.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, name)))
        {
            if (kind.is_value() || kind == FieldKind::Impact)
                && vocabulary.named(name.as_bytes()) == Some(kind)
            {
                values.add(name, kind);
            }
        }
        FieldNames { names, vocabulary, values }
    }

    /// The same as [`FieldNames::kind_of`] where it is the kind of a [value](FieldKind::is_value), else `None`.
    pub fn value_of(&self, name: &[u8]) -> Option<FieldKind> {
        self.rating_of(name).filter(|kind| kind.is_value())
    }

    /// The same, or that it tells an impact, which some reports rate in the words of severities.
    pub fn rating_of(&self, name: &[u8]) -> Option<FieldKind> {
        if self.values.may_lead(name) { self.values.named(name) } else { None }
    }

    /// Whether a field of this name is of a kind.
    pub fn is_of(&self, name: &[u8], kind: FieldKind) -> bool {
        let found = if kind.is_value() { self.value_of(name) } else { self.kind_of(name) };
        found == Some(kind)
    }

    /// Whether a field of this name tells of a fix: what it is, its commit, its verification, its test.
    pub fn tells_of_a_fix(&self, name: &str) -> bool {
        use FieldKind::{Commit, Fix, RegressionTest, Verification};
        matches!(self.kind_of(name.as_bytes()), Some(Commit | Fix | RegressionTest | Verification))
    }

    /// What a field of this name says; case does not matter, and the colon is already gone.
    pub fn kind_of(&self, name: &[u8]) -> Option<FieldKind> {
        self.vocabulary.named(name)
    }

    /// Whether a name of such a kind stands anywhere in a text.
    pub fn has(&self, text: &[u8], is_such: impl Fn(FieldKind) -> bool) -> bool {
        self.vocabulary.has(text, is_such)
    }

    /// The names of this kind of field; the first is the one to write where a report has none.
    pub fn names(&self, kind: FieldKind) -> &[String] {
        self.names.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, names)| names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_own_key() {
        for (kind, key) in FieldKind::ALL {
            assert_eq!((kind.key(), FieldKind::of_key(key)), (key, Some(kind)));
        }
    }
}

//! What a bug says in further fields: neither of its severity, its scope and its status, nor what it is called.
//!
//! It is what a save is held to, so it is compared as it is read back, in whatever order: a field that a decision gave
//! must be there once with its value, one that it took away must be gone, and every other must be as it was.

use std::borrow::Cow;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};

use super::bug::{Bug, Source};
use super::status::StatusStand;
use super::{BugIx, Field, Form, Report, To, Values, render};
use crate::methodology::FieldKind;
use crate::text::{Span, lossy};

/// A field: its name in lower case, and its value as it is read back.
pub type Further = (String, String);

/// How long a name is at most that is put into lower case without asking for memory.
const NAME: usize = 64;

/// What a bug says but for its severity, and what it is called.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    /// See [`Values::scope`].
    pub scope: Option<Cow<'a, str>>,
    /// See [`Values::status`].
    pub status: Option<Cow<'a, str>>,
    /// See [`sum_of`].
    pub further: u128,
}

/// A number that tells further fields apart from any others, in whatever order they stand.
pub fn sum_of(further: &[Further]) -> u128 {
    let numbers = further.iter().map(|(name, value)| number(name.as_bytes(), value.as_bytes()));
    numbers.fold(0, u128::wrapping_add)
}

/// The number of a field, given its name in lower case.
fn number(name: &[u8], value: &[u8]) -> u128 {
    xxh3_128_with_seed(value, xxh3_64(name))
}

/// Whether a value of a headed bug without blanks around it is read as it stands there, as most are. Without a way out it is
/// looked at many bytes at a time.
fn is_read_so(value: &[u8]) -> bool {
    value.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'[' | b']'..=b'~'))
}

impl<'a> Values<'a> {
    /// All of it. Each field of a headed bug is looked at once.
    pub fn told(&self) -> Told<'a> {
        if self.form() != Form::Heading {
            return Told { scope: self.scope(), status: self.status(), further: sum_of(&self.further()) };
        }
        let (mut scope, mut status, mut further) = (None, None, 0_u128);
        for field in self.fields.iter().filter(|field| !field.value.is_empty()) {
            match self.value_kind(field) {
                Some(FieldKind::Scope) => scope = scope.or(Some(field)),
                Some(FieldKind::Status) => status = status.or(Some(field)),
                Some(_) => {}
                None => further = further.wrapping_add(self.number(field)),
            }
        }
        let scope = scope.map(|field| field.text(&self.report.base)).filter(|text| !text.is_empty());
        let status = match status {
            Some(field) => {
                Some(self.report.status_at(field.value, StatusStand::Field { in_cell: field.in_cell }))
            }
            None => self.status(),
        };
        Told { scope, status, further }
    }

    /// What a field says that is no further one: a value that is compared by itself, or that goes with one.
    fn value_kind(&self, field: &Field) -> Option<FieldKind> {
        let Bug { severity, source, .. } = *self.report.bug(self.bug);
        // Be it that it is called an impact.
        if source == Source::Field && !severity.is_empty() && field.value.covers(severity) {
            return Some(FieldKind::Severity);
        }
        match field.lines.covers(field.name) {
            true => self.report.methodology.fields().value_of(field.name.of(&self.report.base)),
            false => self.report.kind_of(field).filter(|kind| kind.is_value()),
        }
    }

    /// The number of a field.
    fn number(&self, field: &Field) -> u128 {
        let base = &self.report.base;
        let (name, value) = (field.name.of(base), field.value.of(base));
        let mut lower = [0; NAME];
        match lower.get_mut(..name.len()) {
            Some(lower) if name.is_ascii() && !field.in_cell && is_read_so(value) => {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                number(lower, value)
            }
            _ => {
                let (name, value) = self.further_of(field);
                number(name.as_bytes(), value.as_bytes())
            }
        }
    }
}

impl Report {
    /// Whether a bug [tells](Values::told) the same as one of another report, as it does where no more than a field for its
    /// severity is written otherwise. It is no answer where it does not: that may take reading both to know.
    pub fn tells_as(&self, bug: BugIx, (other, theirs): (&Report, BugIx)) -> bool {
        let is_severity = |name: &[u8]| {
            let kind = self.methodology.fields().value_of(name);
            kind.is_some_and(|kind| !matches!(kind, FieldKind::Scope | FieldKind::Status))
        };
        let text = |report: &Report, bug: BugIx| Span::new(report.bug(bug).body, report.bug(bug).block.end);
        self.is_headed_alone(bug)
            && other.is_headed_alone(theirs)
            && self.heading(bug) == other.heading(theirs)
            && Field::are_same(
                (&self.base, text(self, bug)),
                (&other.base, text(other, theirs)),
                is_severity,
                &self.methodology,
            )
    }

    /// Whether a bug is a heading with what is below it, of which no other part of the report speaks, and short enough that
    /// all its fields count.
    fn is_headed_alone(&self, bug: BugIx) -> bool {
        self.bug(bug).form == Form::Heading && !self.giants.has(bug) && self.mentions(bug).is_empty()
    }

    fn heading(&self, bug: BugIx) -> &[u8] {
        let own = self.bug(bug);
        Span::new(own.block.start, own.body).of(&self.base)
    }
}

impl Values<'_> {
    /// What it says in further fields, sorted.
    pub fn further(&self) -> Vec<Further> {
        let mut said: Vec<Further> = self.stated().map(|field| self.further_of(field)).collect();
        said.sort();
        said
    }

    /// The same once these fields have been set.
    pub fn further_after<'s>(&self, set: impl IntoIterator<Item = (&'s str, To<&'s str>)>) -> Vec<Further> {
        let mut said: Vec<Further> = self.stated().map(|field| self.further_of(field)).collect();
        for (name, to) in set.into_iter().filter(|(name, _)| self.may_be_further(name)) {
            let name = render::as_read(name.into(), Form::Heading).to_lowercase();
            match to {
                To::Keep => {}
                To::Value(value) if !self.report.is_nothing(self.bug, value.as_bytes()) => {
                    self.put(&mut said, (name, render::as_read(value.into(), self.form()).into_owned()));
                }
                To::Clear | To::Value(_) => said.retain(|(other, _)| *other != name),
            }
        }
        said.sort();
        said
    }

    /// Writes a value where the report has one of that name: of several cells into the last, else into the first.
    fn put(&self, said: &mut Vec<Further>, (name, value): Further) {
        let is_so = |(other, _): &Further| *other == name;
        let at = match self.form() {
            Form::Row => said.iter().rposition(is_so),
            _ => said.iter().position(is_so),
        };
        match at {
            Some(at) => said[at].1 = value,
            None => said.push((name, value)),
        }
    }

    /// The further fields that have a value.
    fn stated(&self) -> impl Iterator<Item = &Field> {
        let places = self.places();
        let is_apart = move |field: &&Field| !places.iter().any(|place| meet(*place, field.value));
        self.fields.iter().filter(|field| self.is_further(field) && !self.is_empty(field)).filter(is_apart)
    }

    /// Whether a field of this name would be a further one.
    fn may_be_further(&self, name: &str) -> bool {
        let places = self.places();
        let mut named = self.fields.iter().filter(|field| field.is_named(&self.report.base, name));
        self.report.methodology.fields().value_of(name.as_bytes()).is_none()
            && named
                .all(|field| self.is_further(field) && !places.iter().any(|place| meet(*place, field.value)))
    }

    fn is_further(&self, field: &Field) -> bool {
        self.value_kind(field).is_none()
    }

    fn is_empty(&self, field: &Field) -> bool {
        self.report.is_nothing(self.bug, field.value.of(&self.report.base))
    }

    fn further_of(&self, field: &Field) -> Further {
        let value = render::as_read(field.text(&self.report.base), self.form());
        (lossy(field.name.of(&self.report.base)).to_lowercase(), value.into_owned())
    }

    /// Where a row or an item says what it is called, how severe it is, and what has become of it.
    fn places(&self) -> Vec<Span> {
        let own = self.report.bug(self.bug);
        if own.form == Form::Heading {
            return Vec::new();
        }
        let sites = self.report.sites(self.bug).into_iter().map(|site| site.span);
        let status = self.report.status_stand(self.bug).map(|(span, _)| span);
        [own.id, own.title].into_iter().chain(sites).chain(status).filter(|span| !span.is_empty()).collect()
    }

    fn form(&self) -> Form {
        self.report.bug(self.bug).form
    }
}

fn meet(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::methodology::Methodology;

    static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

    const LINES: &[&str] = &[
        "- **Severity:** P0 - ImportError",
        "- **Scope:** production",
        "- **Scope:**",
        "- **Affects:** tests only",
        "- **Status:** ✅ FIXED - **renamed",
        "- **status:** Open",
        "- **Owner:** Ben  Ames",
        "- **OWNER:** a\\|b \\* c",
        "- **Größe:** 3 µm",
        "- **Priority:** High | **Fix:** `x`",
        "- **Tests:**",
        "| Field | Value |\n|---|---|\n| Status | Open |\n| Owner | a \\| b |",
        "Status: waits",
        "",
    ];

    proptest! {
        /// A good save would be refused, or a bad one believed.
        #[test]
        fn what_is_told_at_once_is_what_is_asked_for_one_by_one(lines in prop::collection::vec(prop::sample::select(LINES), 0..8)) {
            let text = format!("# Bugs\n\n### BUG-1: It breaks (Status: Open)\n{}\n\n| ID | Severity | Status | Note |\n|---|---|---|---|\n| X-1 | P1 | Open | a \\| b |\n| X-2 | P2 | – | c |\n", lines.join("\n"));
            let report = Report::parse(text.as_bytes().into(), &METHODOLOGY);
            prop_assert!(!report.is_empty(), "{text}");
            for bug in report.indexes() {
                let values = report.values(bug);
                let Told { scope, status, further } = values.told();
                let asked = (values.scope(), values.status(), sum_of(&values.further()));
                prop_assert_eq!((scope, status, further), asked, "{}", text);
            }
        }

        /// A save would be believed to leave what it does not.
        #[test]
        fn what_is_seen_to_be_told_as_well_is_told(
            lines in prop::collection::vec(prop::sample::select(LINES), 0..6),
            at in 0_usize..6,
            other in prop::sample::select(LINES),
            (heading, other_heading, row) in any::<(bool, bool, bool)>(),
        ) {
            let report = |lines: &[&str], is_open: bool| {
                let heading = if is_open { "BUG-1: It breaks (Status: Open)" } else { "BUG-1: It breaks" };
                let row = if row { "\n## Index\n\n| ID | Severity | Status |\n|---|---|---|\n| BUG-1 | P0 | Open |\n" } else { "" };
                let text = format!("# Bugs\n\n### {heading}\n- **Severity:** P2\n{}\n{row}", lines.join("\n"));
                Report::parse(text.as_bytes().into(), &METHODOLOGY)
            };
            let mut others = lines.clone();
            if let Some(line) = others.get_mut(at) {
                *line = other;
            }
            let (one, other) = (report(&lines, heading), report(&others, other_heading));
            let told = |report: &Report| {
                let Told { scope, status, further } = report.values(BugIx(0)).told();
                (scope.map(Cow::into_owned), status.map(Cow::into_owned), further)
            };
            if one.tells_as(BugIx(0), (&other, BugIx(0))) {
                prop_assert_eq!(told(&one), told(&other), "{:?} {:?}", lines, others);
            }
        }
    }

    #[test]
    fn a_bug_that_gets_a_severity_is_seen_to_tell_what_it_told() {
        let report = |severity: &str, status: &str| {
            let text =
                format!("# Bugs\n\n### X-1: It breaks\n- **Severity:** {severity}\n- **Status:** {status}\n");
            Report::parse(text.as_bytes().into(), &METHODOLOGY)
        };
        let (one, bug) = (report("P0", "Open"), BugIx(0));
        assert!(one.tells_as(bug, (&report("P1 (downgraded from P0)", "Open"), bug)));
        assert!(!one.tells_as(bug, (&report("P0", "Closed"), bug)));
    }
}

//! Fields that are for something else and say how severe their bug is all the same: a status that is a level, a priority where
//! a heading rates the bug. No decision changes them, so what they say of it is told where it is another level.

use super::{Finding, Kind};
use crate::methodology::{FieldKind, Found};
use crate::report::field::Weight;
use crate::report::run::Run;
use crate::report::section::has_words;
use crate::report::{BugIx, Field, Report, Source};
use crate::text::lossy;

/// Those of a bug that say another level than it has.
pub(super) fn findings(report: &Report, bug: BugIx, fields: &[Field]) -> Vec<Finding> {
    let Some(level) = report.level(bug) else { return Vec::new() };
    let (base, own) = (report.base(), report.bug(bug));
    let finding = |field: &Field| {
        let found = said(report, bug, field).filter(|found| found.level != level)?;
        let (name, word) = (field.name.of(base), field.value.part(found.span).of(base));
        let what = format!(
            "{} says {}, but its {} says {}",
            report.handle(bug),
            report.methodology().level(level).key,
            lossy(name),
            lossy(word).replace("**", "")
        );
        Some(Finding { kind: Kind::Severity, at: field.name.start, bug: Some(bug), claim: None, what })
    };
    let others = fields.iter().filter(|field| !field.value.is_empty() && !field.value.covers(own.severity));
    others.filter_map(finding).collect()
}

/// The level that such a field says.
fn said(report: &Report, bug: BugIx, field: &Field) -> Option<Found> {
    let (methodology, value) = (report.methodology(), field.value.of(report.base()));
    match report.kind_of(field)? {
        FieldKind::Status => {
            let run = Run::first(value, methodology)?;
            let is_status = || {
                let status = methodology.read_status(value);
                status.is_some_and(|status| has_words(&value[status.span]))
            };
            let is_all = !has_words(&value[..run.span.start]) && !has_words(&value[run.span.end..]);
            let found = Found { level: run.level(), span: run.span };
            (is_all && has_words(&value[found.span.clone()]) && !is_status()).then_some(found)
        }
        FieldKind::Priority if !matches!(report.bug(bug).source, Source::Field | Source::Table) => {
            let (weight, found) = field.rated(report.base(), methodology)?;
            found.filter(|_| weight == Weight::Priority)
        }
        _ => None,
    }
}

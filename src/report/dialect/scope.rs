//! The words for a scope: those of the methodology, in the language of the field that they stand in.

use std::borrow::Cow;

use super::{language, like};
use crate::methodology::FieldKind;
use crate::report::{BugIx, Report};

/// What is written in a field of this name for a scope that is to be written in these words: where they are the methodology's own
/// name for it, and neither the field nor the scopes of other bugs are in English, its word in that language.
pub(in crate::report) fn scope_words<'w>(
    report: &Report,
    bug: BugIx,
    label: &str,
    words: &'w str,
) -> Cow<'w, str> {
    let methodology = report.methodology();
    let named = methodology.scope_named(words).filter(|scope| methodology.scope(*scope).name == words);
    let Some(scope) = named.filter(|_| !is_english(report, label)) else { return words.into() };
    let own = language::own(report, bug);
    let tongue = own.as_ref().unwrap_or_else(|| report.tongue());
    methodology.scope_in(scope, tongue).map_or(words.into(), |word| like(words, word).into())
}

/// Whether a field is called in English, or scopes of bugs are.
fn is_english(report: &Report, label: &str) -> bool {
    let names = report.methodology().fields().names(FieldKind::Scope);
    let is_first = names.first().is_some_and(|name| name.eq_ignore_ascii_case(label));
    is_first || report.methodology().is_english(label) || *report.scoped.get_or_init(|| has_english(report))
}

/// Whether a bug has a scope by the methodology's own name for it.
fn has_english(report: &Report) -> bool {
    let methodology = report.methodology();
    let name = |text: &str| methodology.scope_named(text).map(|scope| &methodology.scope(scope).name);
    let is_name = |text: &str| name(text).is_some_and(|name| name.eq_ignore_ascii_case(text));
    language::sample(report).any(|bug| report.scope(bug).is_some_and(|scope| is_name(&scope)))
}

//! Which language a report has its words and its labels in: that of what its bugs say, and only then that of its text. A bug
//! whose own fields are in another language than the report has that.

use std::collections::BTreeSet;

use crate::methodology::{FieldKind, Joints, Tongue};
use crate::report::{BugIx, Report, without_remark};
use crate::text::lossy;

/// How many bugs are looked at.
const BUGS: usize = 50;

/// What tells the language of the words for levels and statuses; `None` where they are English. A report in another may
/// have English words for both, and a table of codes has none.
pub(super) fn of_words(report: &Report) -> Option<&Tongue> {
    let methodology = report.methodology();
    let levels = sample(report).map(|bug| lossy(report.bug(bug).severity.of(report.base())));
    let statuses = sample(report).filter_map(|bug| report.status(bug));
    let is_word =
        |word: &str| word.contains(char::is_alphabetic) && !word.contains(|c: char| c.is_ascii_digit());
    let words: Vec<String> =
        levels.chain(statuses).filter(|word| is_word(word)).map(|word| word.into_owned()).collect();
    match words.iter().any(|word| methodology.is_english(word)) {
        true => None,
        false if words.is_empty() => of_labels(report),
        false => Some(report.tongue()),
    }
}

/// The language of the labels of a report none of whose bugs has a status, and which words one in that language.
pub(super) fn of_labels_alone(report: &Report) -> Option<&Tongue> {
    let has_status = || sample(report).any(|bug| report.status(bug).is_some());
    (has_labels(report) && !has_status()).then(|| of_labels(report)).flatten()
}

/// What a field of a kind is called that no bug has, in the language of the labels that bugs have, else of their words.
pub(in crate::report) fn label(report: &Report, kind: FieldKind) -> Option<&'static str> {
    let tongue = || if has_labels(report) { of_labels(report) } else { of_words(report) };
    let has_own = *report.labels.get_or_init(|| tongue().is_some());
    if has_own { report.methodology().label_in(kind, report.tongue()) } else { None }
}

/// What joins words for levels to what they are about, in the language of the labels of the report where that is not English,
/// else in that of its words.
pub(in crate::report) fn joints(report: &Report) -> &'static Joints {
    let labels = || has_labels(report).then(|| of_labels(report)).flatten();
    labels().or_else(|| of_words(report)).map_or(Joints::english(), Joints::of_tongue)
}

/// The language of the fields of a bug where that is another than the report's.
pub(in crate::report) fn own(report: &Report, bug: BugIx) -> Option<Tongue> {
    let is_mixed = report.mixed.get_or_init(|| is_mixed(report));
    is_mixed.then(|| told(report, bug)).filter(|tongue| tongue.is_apart_from(report.tongue()))
}

/// Whether the names of the fields of a bug are in another language than the report.
fn is_mixed(report: &Report) -> bool {
    let base = report.base();
    let names = |bug| report.fields(bug).into_iter().filter(|field| report.kind_of(field).is_some());
    let names = |bug| names(bug).map(|field| lossy(field.name.of(base)).into_owned()).collect::<Vec<_>>();
    let all: BTreeSet<Vec<String>> = sample(report).map(names).filter(|names| !names.is_empty()).collect();
    if all.iter().flatten().all(|name| report.methodology().is_english(name)) {
        return false;
    }
    let mut tongues = all.iter().map(|names| Tongue::of(names.join(" ").as_bytes()));
    tongues.any(|tongue| tongue.is_apart_from(report.tongue()))
}

/// What the names of the fields of a bug that the methodology knows, its severity and its status tell of its language.
fn told(report: &Report, bug: BugIx) -> Tongue {
    let base = report.base();
    let fields = report.fields(bug);
    let names =
        fields.iter().filter(|field| report.kind_of(field).is_some()).map(|field| field.name.of(base));
    let status = report.status_in(bug, &fields);
    let words = [
        report.bug(bug).severity.of(base),
        status.as_deref().map_or(&b""[..], |status| without_remark(status).as_bytes()),
    ];
    let text: Vec<&[u8]> = names.chain(words).collect();
    Tongue::of(&text.join(&b' '))
}

/// The same for a status in these words, which may be in another language than those of other bugs.
pub(in crate::report) fn joints_of(report: &Report, words: &str) -> &'static Joints {
    match words.contains(char::is_alphabetic) {
        true if report.methodology().is_english(words) => Joints::english(),
        true => Joints::of_tongue(report.tongue()),
        false => joints(report),
    }
}

fn of_labels(report: &Report) -> Option<&Tongue> {
    let (mut all, mut english) = (0, 0);
    for label in labels(report) {
        all += 1;
        english += usize::from(report.methodology().is_english(&label));
    }
    (english == 0 || english * 2 < all).then(|| report.tongue())
}

/// Whether bugs have a field whose name tells a language: not one that the report's shares with English, as `Status` in German.
fn has_labels(report: &Report) -> bool {
    let methodology = report.methodology();
    let is_shared = |kind: FieldKind, label: &str| {
        let own = methodology.label_in(kind, report.tongue());
        own.is_some_and(|own| own.eq_ignore_ascii_case(label)) && methodology.is_english(label)
    };
    known(report).any(|(kind, label)| !is_shared(kind, &label))
}

/// The names of the fields of bugs that the methodology knows.
fn labels(report: &Report) -> impl Iterator<Item = String> {
    known(report).map(|(_, label)| label)
}

fn known(report: &Report) -> impl Iterator<Item = (FieldKind, String)> {
    let fields = sample(report).flat_map(move |bug| report.fields(bug));
    fields.filter_map(move |field| {
        Some((report.kind_of(&field)?, lossy(field.name.of(report.base())).into_owned()))
    })
}

/// The first bugs of a report.
pub(super) fn sample(report: &Report) -> impl Iterator<Item = BugIx> {
    report.indexes().take(BUGS)
}

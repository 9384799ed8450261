//! What the text below a heading states of the severity of its bug.

use crate::methodology::{FieldKind, Found, LevelId, Methodology};
use crate::report::entry::decoration::run;
use crate::report::field::{Field, Weight};
use crate::report::said::Said;
use crate::text::{Span, line};

/// What a field says of the severity of its bug.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Stated {
    pub(in crate::report) weight: Weight,
    /// The words that name the level, or all of a value that names none.
    pub(in crate::report) word: Span,
    pub(in crate::report) level: Option<LevelId>,
}

impl Stated {
    pub(in crate::report) fn read(base: &[u8], field: &Field, methodology: &Methodology) -> Option<Stated> {
        let (weight, found) = field.rated(base, methodology)?;
        Some(match found {
            Some(Found { level, span }) => {
                let run = run(field.value.of(base), span, methodology);
                Stated { weight, word: field.value.part(run), level: Some(level) }
            }
            None => Stated { weight, word: field.value, level: None },
        })
    }
}

/// What the weightiest field of a text without headings says of the severity, and whether several state one.
pub(super) fn stated(said: &mut Said<'_>, own: Span) -> (Option<Stated>, bool) {
    let glance = glance(said, own);
    let (base, methodology) = (said.base, said.methodology);
    match glance {
        Glance::Told(stated) => return (stated, false),
        Glance::Unsure if !may_state(base, own, methodology) => return (None, false),
        Glance::Unsure => {}
    }
    let mut severities = 0;
    let count = |stated: &Stated| severities += u32::from(stated.weight == Weight::Severity);
    let fields = Field::all(base, own, own.start, methodology);
    let read = |field: &Field| Stated::read(base, field, methodology);
    let stated = weightiest(fields.iter().filter_map(read).inspect(count));
    (stated, severities > 1)
}

/// Whether a line that a field could stand on, by its colon or bar, holds a name that states a severity. It spares
/// most texts a scan.
fn may_state(base: &[u8], own: Span, methodology: &Methodology) -> bool {
    let states = |kind| matches!(kind, FieldKind::Severity | FieldKind::Priority | FieldKind::Risk);
    line::lines(base, own).any(|line| {
        let text = line.text.of(base);
        let names = methodology.fields();
        let rates_impact =
            || names.has(text, |kind| kind == FieldKind::Impact) && methodology.read_level(text).is_some();
        memchr::memchr3(b':', b'|', 0xef, text).is_some() && (names.has(text, states) || rates_impact())
    })
}

/// The first of the weightiest.
fn weightiest(all: impl Iterator<Item = Stated>) -> Option<Stated> {
    all.fold(None, |best: Option<Stated>, next| match best {
        Some(best) if best.weight >= next.weight => Some(best),
        _ => Some(next),
    })
}

/// What a look at the first bytes of lines tells.
enum Glance {
    Told(Option<Stated>),
    /// There is structure that only a scan can tell apart.
    Unsure,
}

/// Looks for a field among lines that are blank or plain bullets, which needs no scan.
fn glance(said: &mut Said<'_>, body: Span) -> Glance {
    let mut best: Option<Stated> = None;
    for line in line::lines(said.base, body) {
        match line.text.of(said.base) {
            [] => {}
            [b'-' | b'*' | b'+', b' ', first, ..] if *first == b'*' || first.is_ascii_alphabetic() => {
                let text = Span::new(line.text.start + 2, line.text.end);
                let item = said.by(text);
                best = weightiest(best.into_iter().chain(item.stated));
                if best.is_some_and(|best| best.weight == Weight::Severity) {
                    return Glance::Told(best);
                }
                if !item.is_field && text.of(said.base).starts_with(b"* ") {
                    return Glance::Unsure;
                }
            }
            _ => return Glance::Unsure,
        }
    }
    Glance::Told(best)
}

//! What a bug is called whose heading does not say it all: by fields below it, or by its first sentence.

use super::Stated;
use crate::methodology::{FieldKind, HeadingWord, Methodology};
use crate::report::entry::{IdKind, Named};
use crate::report::field::Field;
use crate::report::{section, table};
use crate::text::{Span, line};

/// How many lines may stand before the sentence in bold that a bug is called by.
const BEFORE_TITLE: usize = 12;

/// Gives what a heading does not name, or names by a number alone, the id that a field has above what states the severity;
/// and the title of a field, where the heading only calls it a bug: `Bug Report 1`.
pub(super) fn named_by_fields(
    base: &[u8],
    own: Span,
    stated: Option<Stated>,
    entry: &mut Named,
    methodology: &Methodology,
) {
    let end = stated.map_or(own.start, |stated| line::at(base, stated.word.start).end);
    let kind = |name: Span| table::kind_of(base, name, methodology);
    let may_name = |line: line::Line| {
        let text = line.text.of(base);
        let may_be = memchr::memchr3(b':', b'|', 0xef, text).is_some();
        may_be && methodology.fields().has(text, |kind| kind == FieldKind::Id)
    };
    let above = Span::new(own.start, end.min(own.end));
    if !line::lines(base, above).any(may_name) {
        return;
    }
    let fields = Field::all(base, own, own.start, methodology);
    // A reference or a key may be that of something else.
    let calls = |name: Span| {
        let name = String::from_utf8_lossy(name.of(base)).to_lowercase();
        !name.is_ascii() || name.ends_with("id") || name.ends_with("identifier")
    };
    let of_kind = |wanted| {
        let such = move |field: &&Field| {
            let is_called = wanted != FieldKind::Id || calls(field.name);
            kind(field.name) == Some(wanted) && is_called && !field.value.is_empty()
        };
        fields.iter().filter(such).map(|field| table::plain(base, field.value))
    };
    let is_telling = |value: &Span| {
        let id = table::identify(base, *value);
        id == Some(*value) && value.of(base).first().is_some_and(u8::is_ascii_alphabetic)
    };
    let mut ids = of_kind(FieldKind::Id);
    // Several are those of several bugs, which stand below the heading.
    let (Some(id), None) = (ids.next().filter(is_telling), ids.next()) else { return };
    (entry.id, entry.id_kind) = (id, IdKind::Name);
    if is_neutral(entry.title.of(base), methodology) {
        entry.title = of_kind(FieldKind::Title).next().unwrap_or(entry.title);
    }
}

/// Whether a title only calls what it heads a bug, and counts it: `Bug Report 001`.
fn is_neutral(title: &[u8], methodology: &Methodology) -> bool {
    let mut words = title.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let is_number = |word: &&[u8]| word.iter().all(|byte| byte.is_ascii_digit() || b"#.:".contains(byte));
    let names = methodology.headings().leading(title).is_some_and(|(word, _)| word == HeadingWord::Bug);
    let (count, last) = (words.clone().count(), words.next_back());
    title.is_empty() || names && (count == 1 || count <= 3 && last.is_some_and(|last| is_number(&last)))
}

/// The title that a field of a text says.
pub(super) fn title_field(base: &[u8], own: Span, methodology: &Methodology) -> Option<Span> {
    let fields = Field::all(base, own, own.start, methodology);
    let is_title =
        |field: &&Field| methodology.fields().kind_of(field.name.of(base)) == Some(FieldKind::Title);
    fields.iter().find(is_title).map(|field| field.value)
}

/// The sentence in bold that a text begins with, be it behind fields, without its stop: what a heading with nothing but an id
/// or a place is of.
pub(super) fn opening_sentence(base: &[u8], own: Span) -> Option<Span> {
    let is_opening = |text: &Span| !text.is_empty() && Field::read(base, *text, *text).is_none();
    let mut lines = line::lines(base, own).map(|line| line.text.trim(base)).take(BEFORE_TITLE);
    let text = lines.find(is_opening)?;
    let bytes = text.of(base).strip_prefix(b"**")?;
    let end = memchr::memmem::find(bytes, b"**")?;
    let said = text.part(2..2 + end).trim(base);
    let stop = said.of(base).ends_with(b".") && !said.of(base).ends_with(b"..");
    let said = Span::new(said.start, said.end - u32::from(stop));
    section::has_words(said.of(base)).then_some(said)
}

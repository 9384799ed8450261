//! Sections that a field of their own rates: `## Calls in loops`, `Impact: Low`, and below that what was found.
//!
//! The title of such a heading is called by no level, so it looks like a bug that says how severe it is, or like text. It
//! heads bugs where nothing but fields stands before items that count up by an id each, which nothing else is called by, and
//! where so do most headings beside it that are rated.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::Around;
use super::tree::Tree;
use crate::methodology::{FieldKind, LevelId, Methodology};
use crate::report::entry::IdKind;
use crate::report::field::Field;
use crate::report::inline::before_number;
use crate::report::mention::Name;
use crate::report::part::{Fielded, Flat, Part, Stated, level_of_heading};
use crate::report::section::has_words;
use crate::report::table::{grade, is_chance};
use crate::text::{Span, line, lossy};

/// What rates bugs, the weightiest first.
const KINDS: [FieldKind; 4] = [FieldKind::Severity, FieldKind::Priority, FieldKind::Risk, FieldKind::Impact];

/// How far into an item its id may reach, in bytes.
const ID_REACH: usize = 64;

/// Gives such headings the level that their field says. Whether there are any that may be such by themselves.
pub(super) fn settle(
    base: &[u8],
    parts: &mut [Part],
    doubtful: &[usize],
    (tree, around): (&Tree, &impl Around),
    methodology: &Methodology,
) -> bool {
    let may_head = |at: &usize| tree.below(*at).is_empty() && heads_items(base, &parts[*at], methodology);
    let open: Vec<usize> = doubtful.par_iter().copied().filter(may_head).collect();
    let read = |at: &usize| Rated::of(base, *at, &parts[*at], around, methodology);
    let rated: Vec<Rated<'_>> = open.par_iter().filter_map(read).collect();
    if rated.is_empty() {
        return false;
    }
    for Rated { at, rating, .. } in such(base, parts, tree, rated, methodology) {
        let part = &mut parts[at];
        (part.stated, part.states_several) = (None, false);
        (part.level, part.level_word) = (rating.level, rating.word);
    }
    true
}

/// Those that head bugs by what the others are.
fn such<'a>(
    base: &'a [u8],
    parts: &[Part],
    tree: &Tree,
    mut rated: Vec<Rated<'a>>,
    methodology: &Methodology,
) -> Vec<Rated<'a>> {
    drop_told_elsewhere(base, parts, &mut rated);
    drop_uncounted(&mut rated);
    drop_unknown(base, &mut rated);
    drop_odd(base, parts, tree, &mut rated, methodology);
    rated
}

/// Leaves out those of which an item has the id of something else: it only speaks of that.
fn drop_told_elsewhere(base: &[u8], parts: &[Part], rated: &mut Vec<Rated<'_>>) {
    let headed = parts.iter().filter(|part| has_id(base, part));
    let mut called: HashMap<&[u8], u32> = HashMap::new();
    headed.for_each(|part| *called.entry(part.entry.id.of(base)).or_insert(0) += 1);
    rated.iter().flat_map(|one| &one.ids).copied().for_each(|id| *called.entry(id).or_insert(0) += 1);
    let told: HashSet<&[u8]> = called.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id).collect();
    rated.retain(|one| !one.ids.iter().any(|id| told.contains(id)));
}

/// Leaves out those of a single item that no other goes on from, unless its id has a line of its own.
fn drop_uncounted(rated: &mut Vec<Rated<'_>>) {
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    rated.iter().for_each(|one| *counts.entry(before_number(one.ids[0])).or_insert(0) += one.ids.len());
    rated.retain(|one| one.is_set_off || counts[before_number(one.ids[0])] > 1);
}

/// Leaves out those that are rated by a word that is no level, where others say none under the same name.
fn drop_unknown(base: &[u8], rated: &mut Vec<Rated<'_>>) {
    let name = |one: &Rated<'_>| lossy(one.rating.name.of(base)).to_lowercase();
    let known: HashSet<String> = rated.iter().filter(|one| one.rating.level.is_some()).map(name).collect();
    rated.retain(|one| known.contains(&name(one)));
}

/// Leaves out those that half or more of the headings beside them which are rated are unlike.
fn drop_odd(base: &[u8], parts: &[Part], tree: &Tree, rated: &mut Vec<Rated<'_>>, methodology: &Methodology) {
    let place = |at: usize| (tree.parent(at), parts[at].heading.level);
    let mut beside: HashMap<_, (usize, usize)> = HashMap::new();
    rated.iter().for_each(|one| beside.entry(place(one.at)).or_default().0 += 1);
    for (at, part) in parts.iter().enumerate() {
        if let Some((_, all)) = beside.get_mut(&place(at)) {
            *all += usize::from(opens_with_rating(base, part, methodology));
        }
    }
    rated.retain(|one| {
        let (alike, all) = beside[&place(one.at)];
        alike * 2 > all
    });
}

/// A heading whose text is fields that rate it and items with ids.
struct Rated<'a> {
    at: usize,
    rating: Rating,
    /// The ids of the items.
    ids: Vec<&'a [u8]>,
    /// Whether the ids stand on lines of their own.
    is_set_off: bool,
}

/// A field that rates what stands below a heading.
#[derive(Clone, Copy)]
struct Rating {
    name: Span,
    /// The words for the level; all of a value that names none.
    word: Span,
    level: Option<LevelId>,
}

impl<'a> Rated<'a> {
    fn of(
        base: &'a [u8],
        at: usize,
        part: &Part,
        around: &impl Around,
        methodology: &Methodology,
    ) -> Option<Rated<'a>> {
        let (before, items) = around.named_items(part)?;
        let fields = Field::all(base, before, before.start, methodology);
        let is_told = |line: line::Line| {
            let in_field = |field: &Field| field.lines.covers(line.text) && !field.value.is_empty();
            line.text.trim(base).is_empty() || fields.iter().any(in_field)
        };
        if !line::lines(base, before).all(is_told) {
            return None;
        }
        let rating = rating(base, &fields, methodology)?;
        let ids: Vec<&[u8]> = items.iter().map(|(id, _)| id.of(base)).collect();
        let is_below = |(id, title): &Name| {
            memchr::memchr2(b'\n', b'\r', Span::new(id.end, title.start).of(base)).is_some()
        };
        let is_set_off = items.iter().all(is_below);
        count_up(&ids).then_some(Rated { at, rating, ids, is_set_off })
    }
}

/// Whether a heading without an id and a level has fields right below it of which one rates, and an item further down.
fn heads_items(base: &[u8], part: &Part, methodology: &Methodology) -> bool {
    let mut below = line::lines(base, part.own()).map(|line| line.text.of(base).trim_ascii_start());
    opens_with_rating(base, part, methodology)
        && part.entry.level.is_none()
        && below.find(|line| is_item(line)).is_some_and(may_have_id)
        && level_of_heading(base, part.heading.text, methodology).is_none()
}

/// Whether the first paragraph below a heading without an id begins with fields of which one rates.
fn opens_with_rating(base: &[u8], part: &Part, methodology: &Methodology) -> bool {
    if has_id(base, part)
        || part.entry.id_kind == IdKind::Range
        || part.field != Fielded::Nothing
        || part.flat != Flat::No
    {
        return false;
    }
    let lines = line::lines(base, part.own()).map(|line| line.text.trim(base));
    let lines = lines.skip_while(|line| line.is_empty()).take_while(|line| !is_item(line.of(base)));
    let mut fields =
        lines.map_while(|line| Field::read(base, line, line).map(|_| Field::of_line(base, line, line)));
    fields.any(|fields| fields.iter().any(|field| kind_of(base, field, methodology).is_some()))
}

/// Whether a heading has an id. Words joined by hyphens are a title, be the last a number: `check-after-erc20`.
fn has_id(base: &[u8], part: &Part) -> bool {
    let entry = &part.entry;
    let is_title = || entry.title.is_empty() && entry.id.of(base).first().is_some_and(u8::is_ascii_lowercase);
    entry.id_kind > IdKind::Number && !is_title()
}

/// Whether a line begins as an item of a list does.
fn is_item(text: &[u8]) -> bool {
    matches!(text, [b'-' | b'*' | b'+', b' ', ..] | [b'0'..=b'9', ..])
}

/// Whether an item may begin with an id: one that has no number has none. It spares most lists a scan.
fn may_have_id(item: &[u8]) -> bool {
    let marker = item.iter().take_while(|byte| byte.is_ascii_digit()).count();
    item[marker..].iter().take(ID_REACH).any(u8::is_ascii_digit)
}

/// What a field rates by its name.
fn kind_of(base: &[u8], field: &Field, methodology: &Methodology) -> Option<FieldKind> {
    methodology.fields().rating_of(field.name.of(base)).filter(|kind| KINDS.contains(kind))
}

/// The field that rates what stands below a heading. An impact does where no chance is weighed against it.
fn rating(base: &[u8], fields: &[Field], methodology: &Methodology) -> Option<Rating> {
    let is_weighed = fields.iter().any(|field| is_chance(&lossy(field.name.of(base))));
    let of_kind = |kind: FieldKind| {
        let mut such = fields.iter().filter(|field| kind_of(base, field, methodology) == Some(kind));
        such.find_map(|field| Rating::of(base, field, kind, methodology))
    };
    let mut kinds = KINDS.into_iter().filter(|kind| *kind != FieldKind::Impact || !is_weighed);
    kinds.find_map(of_kind)
}

impl Rating {
    /// An impact is rated by a level and nothing else; what names none rates by a single word.
    fn of(base: &[u8], field: &Field, kind: FieldKind, methodology: &Methodology) -> Option<Rating> {
        let Field { name, value, .. } = *field;
        let leveled = match kind {
            FieldKind::Impact => {
                let graded = grade(base, value, methodology).filter(|graded| graded.alone);
                graded.map(|graded| (graded.word, graded.level))
            }
            _ => Stated::read(base, field, methodology)
                .and_then(|stated| stated.level.map(|level| (stated.word, level))),
        };
        let is_word = || !value.of(base).contains(&b' ') && has_words(value.of(base));
        match leveled {
            Some((word, level)) => Some(Rating { name, word, level: Some(level) }),
            None => is_word().then_some(Rating { name, word: value, level: None }),
        }
    }
}

/// Whether ids of the same letters count up.
fn count_up(ids: &[&[u8]]) -> bool {
    let number = |id: &[u8]| std::str::from_utf8(&id[before_number(id).len()..]).ok()?.parse::<u64>().ok();
    let follows = |pair: &[&[u8]]| {
        before_number(pair[0]) == before_number(pair[1]) && number(pair[0]) < number(pair[1])
    };
    ids.iter().all(|id| number(id).is_some()) && ids.windows(2).all(follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_behind_the_same_letters() {
        let counts = |ids: &[&str]| count_up(&ids.iter().map(|id| id.as_bytes()).collect::<Vec<_>>());
        assert!(counts(&["ID-9", "ID-10", "ID-30"]) && counts(&["#7"]) && counts(&["A.1-2", "A.1-3"]));
        for ids in [&["ID-2", "ID-1"][..], &["ID-1", "ID-1"], &["A-1", "B-2"], &["ID"], &["A-1", "A-x"]] {
            assert!(!counts(ids), "{ids:?}");
        }
    }

    #[test]
    fn an_item_without_a_number_has_no_id() {
        assert!(may_have_id(b"- [ ] ID-3") && may_have_id(b"2. **BUG-1** it breaks"));
        assert!(!may_have_id(b"- [ ] it breaks") && !may_have_id(b"12. it breaks"));
    }

    #[test]
    fn the_weightiest_field_that_says_a_level_rates() {
        let methodology = Methodology::embedded();
        let read = |text: &'static str| {
            let base = text.as_bytes();
            let fields = Field::all(base, Span::whole(base), 0, &methodology);
            let rating = rating(base, &fields, &methodology)?;
            Some((&text[rating.word.range()], rating.level.map(|level| level.0)))
        };
        for (text, told) in [
            ("Impact: Low\nConfidence: High\n", Some(("Low", Some(3)))),
            ("Impact: Low\nRisk: High\n", Some(("High", Some(1)))),
            ("Risk: Low\nSeverity: High - at once\n", Some(("High", Some(1)))),
            ("**Priority:** P2 | **Impact:** High\n", Some(("P2", Some(2)))),
            ("Impact: Tidying\n", Some(("Tidying", None))),
            ("Impact: Low\nLikelihood: High\n", None),
            ("Impact: High for all at sea\n", None),
            ("Confidence: High\n", None),
        ] {
            assert_eq!(read(text), told, "{text}");
        }
    }
}

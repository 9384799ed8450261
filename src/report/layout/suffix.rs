//! Ids with letters behind their number: `B9sim` among `B8` and `B10`. What has no such neighbours is a word, such as `K8s`.

use std::collections::HashSet;

use rayon::prelude::*;

use crate::report::entry::IdKind;
use crate::report::inline::separator;
use crate::report::part::Part;
use crate::text::Span;

/// How many letters may stand behind a number.
const LETTERS_MOST: usize = 4;

/// Makes ids of the first words of titles that are counted together with the ids of headings as deep. Whether there are any.
pub(super) fn settle(base: &[u8], parts: &mut [Part], doubtful: &[usize]) -> bool {
    let open: Vec<usize> =
        doubtful.par_iter().copied().filter(|at| word(base, &parts[*at]).is_some()).collect();
    if open.is_empty() {
        return false;
    }
    let counted = parts.iter().filter(|part| part.entry.id_kind == IdKind::Short);
    let known: HashSet<(u8, &[u8])> =
        counted.map(|part| (part.heading.level, letters(part.entry.id.of(base)))).collect();
    let is_known =
        |at: &usize| known.contains(&(parts[*at].heading.level, letters(parts[*at].entry.title.of(base))));
    let found: Vec<usize> = open.into_iter().filter(is_known).collect();
    for at in &found {
        if let Some((id, title)) = word(base, &parts[*at]) {
            let entry = &mut parts[*at].entry;
            (entry.id, entry.id_kind, entry.title) = (id, IdKind::Short, title);
        }
    }
    !found.is_empty()
}

/// The letters that a text begins with.
fn letters(text: &[u8]) -> &[u8] {
    &text[..text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()]
}

/// The first word of a title without an id where it could be one, and what is set off behind it.
fn word(base: &[u8], part: &Part) -> Option<(Span, Span)> {
    let entry = Some(&part.entry).filter(|entry| entry.id.is_empty())?;
    let title = entry.title.of(base);
    let letters = letters(title).len();
    if !(1..=LETTERS_MOST).contains(&letters) || !title[0].is_ascii_uppercase() {
        return None;
    }
    let digits = title[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = letters + digits;
    let suffix = title[number..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let end = number + suffix;
    let is_id = digits > 0 && (1..=LETTERS_MOST).contains(&suffix);
    let length = separator(&title[end..]).filter(|length| is_id && end + length < title.len())?;
    Some((entry.title.part(0..end), entry.title.part(end + length..title.len())))
}

//! Texts that are an id and words, as most headings of a long report are: `BUG-12: The sail rips`. That nothing decorates one is
//! told at once, without looking for each thing that might.

use super::Entry;
use super::decoration::may_be_marked_at_end;
use super::id::{self, IdKind};
use crate::methodology::Methodology;
use crate::report::inline::trailing_bracketed;
use crate::text::Span;

/// What separates the id from the title.
const SEPARATOR: &[u8] = b": ";

/// The entry that such a text is; `None` where there is more to look at.
pub(super) fn read(base: &[u8], whole: Span, methodology: &Methodology) -> Option<Entry> {
    let text = whole.of(base);
    let end = id::joined(text)?;
    let title = text[end..].strip_prefix(SEPARATOR)?;
    let says_more =
        |text: &[u8]| methodology.leading_level(text).is_some() || methodology.leading_status(text).is_some();
    let is_of_title = |inside: &[u8]| {
        inside.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            && inside.iter().all(|byte| byte.is_ascii() && !b":|,-\\".contains(byte))
            && !says_more(inside)
    };
    let is_bare = title.first()?.is_ascii_alphanumeric()
        && memchr::memchr3(b'*', b'_', b'~', text).is_none()
        && !may_be_marked_at_end(title)
        && trailing_bracketed(title).is_none_or(|(_, inside)| is_of_title(&title[inside]));
    if !is_bare || methodology.headings().have_digits() || says_more(text) || says_more(title) {
        return None;
    }
    let id = whole.part(0..end);
    let is_name = text[..end].iter().filter(|byte| byte.is_ascii_alphabetic()).nth(2).is_some();
    let id_kind = if is_name { IdKind::Name } else { IdKind::Short };
    Some(Entry { id, id_kind, title: whole.part(end + SEPARATOR.len()..text.len()), ..Entry::bare(whole) })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    fn shortly(text: &str) -> Option<Entry> {
        read(text.as_bytes(), Span::whole(text.as_bytes()), &METHODOLOGY)
    }

    proptest! {
        /// A bug would lose its level for being read faster.
        #[test]
        fn what_is_told_at_once_is_what_is_told_by_looking_at_all(
            id in "[A-Za-z]{1,4}-[0-9]{1,7}",
            separator in prop::sample::select(vec![": ", ":", " - ", ":  "]),
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "sail", "High", "high", "P1", "FIXED", "Resolved", "priority", "sev-1", " ", " ", " ", "-", " - ", ": ",
                    "(", ")", "[", "]", "*", "**", "~~", "_", "🔴", "✅", "—", "ä", "高", "`", ".", "7", "\\", "#", "/", ",",
                ]),
                0..8,
            ),
        ) {
            let text = format!("{id}{separator}{}", pieces.concat());
            let text = text.trim();
            if let Some(entry) = shortly(text) {
                prop_assert_eq!(entry, Entry::looked_through(text.as_bytes(), Span::whole(text.as_bytes()), &METHODOLOGY));
            }
        }
    }

    #[test]
    fn an_id_and_words_are_told_at_once_and_nothing_else() {
        for text in [
            "BUG-000012: The sail rips at once",
            "B-1: sail, torn (twice) in a well-known way, at 4 knots",
            "B-2: the sail rips (#4711)",
        ] {
            assert!(shortly(text).is_some(), "{text}");
        }
        for text in [
            "BUG-1: High: it rips",
            "BUG-1: it rips (HIGH)",
            "BUG-1: it rips (by design, low)",
            "BUG-1: it rips - high",
            "BUG-1: it rips ✅",
            "BUG-1: **it rips**",
            "BUG-1: Fixed",
            "BUG-1 it rips",
            "SEV-1: it rips",
            "1: it rips",
        ] {
            assert_eq!(shortly(text), None, "{text}");
        }
    }
}

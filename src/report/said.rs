//! What the items below headings say of the severity, the same words read once.
//!
//! Bug after bug says `**Severity:** P1`, and comparing that with what was read before takes less than reading it. What is
//! remembered are places in the report: it is told by its bytes alone, so it is what reading them again would say.

use xxhash_rust::xxh3::xxh3_64;

use super::field::Field;
use super::part::Stated;
use crate::methodology::Methodology;
use crate::text::Span;

/// How many texts are remembered, a power of two.
const KNOWN: usize = 64;

/// How long a text is at most that is remembered: longer ones are hardly ever the same.
const MOST: usize = 128;

/// What an item says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Item {
    /// Whether it is a field.
    pub(super) is_field: bool,
    /// What that states of the severity.
    pub(super) stated: Option<Stated>,
}

/// The items of a report that were read last.
#[derive(Debug)]
pub(super) struct Said<'a> {
    pub(super) base: &'a [u8],
    pub(super) methodology: &'a Methodology,
    /// Each text where its hash says; at first nothing, which is what an empty text says.
    known: [(Span, Item); KNOWN],
}

impl<'a> Said<'a> {
    /// Nothing was read yet.
    pub(super) fn new(base: &'a [u8], methodology: &'a Methodology) -> Said<'a> {
        Said { base, methodology, known: [(Span::empty(0), Item::default()); KNOWN] }
    }

    /// What an item says that has this text on its line.
    pub(super) fn by(&mut self, text: Span) -> Item {
        let bytes = text.of(self.base);
        if bytes.len() > MOST {
            return self.read(text);
        }
        let place = xxh3_64(bytes) as usize % KNOWN;
        let (known, item) = self.known[place];
        if known.of(self.base) == bytes {
            return item.moved(known.start, text.start);
        }
        let item = self.read(text);
        self.known[place] = (text, item);
        item
    }

    fn read(&self, text: Span) -> Item {
        let in_bold = || Field::rating_in_bold(self.base, text, text, self.methodology);
        let field = Field::read(self.base, text, text).or_else(in_bold);
        let stated = field.as_ref().and_then(|field| Stated::read(self.base, field, self.methodology));
        Item { is_field: field.is_some(), stated }
    }
}

impl Item {
    /// What the same text says elsewhere.
    fn moved(self, from: u32, to: u32) -> Item {
        let place = |at: u32| to + (at - from);
        let moved = |stated: Stated| {
            let word = Span::new(place(stated.word.start), place(stated.word.end));
            Stated { word, ..stated }
        };
        Item { stated: self.stated.map(moved), ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::text::line;

    static METHODOLOGY: LazyLock<Methodology> = LazyLock::new(Methodology::embedded);

    proptest! {
        /// A bug would have the severity of another, or one that stands elsewhere.
        #[test]
        fn what_was_read_before_says_the_same_again(
            texts in prop::collection::vec(
                "(\\*\\*(Severity|Priority|Risk|Note):\\*\\* )?(P[0-3]|High|高|x)?( - [a-z]{0,2}| ){0,2}|.{0,9}", 1..200),
        ) {
            let base = texts.join("\n").into_bytes();
            let mut said = Said::new(&base, &METHODOLOGY);
            for line in line::lines(&base, Span::whole(&base)) {
                let (again, new) = (said.by(line.text), said.read(line.text));
                prop_assert_eq!(format!("{again:?}"), format!("{new:?}"));
            }
        }
    }
}

//! The tree of folded characters: a node for each beginning of a known word.

use super::letter::Class;

/// A beginning of known words.
#[derive(Clone, Debug)]
pub(super) struct Node<T> {
    /// What the word means that is this beginning.
    pub(super) value: Option<T>,
    /// The ASCII character that the first of `ascii` is for.
    least: u8,
    /// The nodes below for the ASCII characters from `least` on; 0 where there is none.
    ascii: Vec<u32>,
    /// Those for other characters, sorted by them.
    wide: Vec<(char, u32)>,
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node { value: None, least: 0, ascii: Vec::new(), wide: Vec::new() }
    }
}

impl<T> Node<T> {
    /// The node below for a folded character.
    pub(super) fn below(&self, folded: char) -> Option<u32> {
        match u8::try_from(folded) {
            Ok(byte) if byte.is_ascii() => self.below_ascii(byte),
            _ => self.wide_below(folded).ok().map(|index| self.wide[index].1),
        }
    }

    #[inline]
    pub(super) fn below_ascii(&self, folded: u8) -> Option<u32> {
        // What is less than the least wraps round to beyond the last.
        let below = self.ascii.get(usize::from(folded.wrapping_sub(self.least)));
        below.copied().filter(|below| *below != 0)
    }

    /// What a word means that ends here with this character, and whether it is a sign; `None` where none does.
    #[inline]
    pub(super) fn ends(&self, last: char, text: &[u8], end: usize) -> Option<(T, bool)>
    where
        T: Copy,
    {
        let value = self.value?;
        let last = Class::of(last);
        last.ends_before(text, end).then_some((value, last == Class::Between))
    }

    fn wide_below(&self, folded: char) -> Result<usize, usize> {
        self.wide.binary_search_by_key(&folded, |(known, _)| *known)
    }

    /// Puts a node below for a folded character that has none.
    pub(super) fn put(&mut self, folded: char, below: u32) {
        match u8::try_from(folded) {
            Ok(byte) if byte.is_ascii() => *self.room_for(byte) = below,
            _ => {
                let index = self.wide_below(folded).unwrap_or_else(|index| index);
                self.wide.insert(index, (folded, below));
            }
        }
    }

    fn room_for(&mut self, byte: u8) -> &mut u32 {
        if self.ascii.is_empty() {
            self.least = byte;
        }
        let before = self.least.saturating_sub(byte);
        self.ascii.splice(0..0, std::iter::repeat_n(0, usize::from(before)));
        self.least -= before;
        let index = usize::from(byte - self.least);
        self.ascii.resize(self.ascii.len().max(index + 1), 0);
        &mut self.ascii[index]
    }
}

//! The tree of folded characters: a node for each beginning of a known word.

use super::letter::{Class, FOLDED};

/// How many nodes may follow a node by an ASCII character: those of no column are none, so that one look tells.
const COLUMNS: usize = 68;

/// The column of each ASCII character in any case; 0 for control characters, which few words hold.
const COLUMN: [u8; 128] = {
    let (mut columns, mut of_folded, mut next) = ([0; 128], [0; 128], 1);
    let mut byte = b' ';
    while byte < 127 {
        let folded = FOLDED[byte as usize] as usize;
        if of_folded[folded] == 0 {
            of_folded[folded] = next;
            next += 1;
        }
        columns[byte as usize] = of_folded[folded];
        byte += 1;
    }
    assert!(next as usize == COLUMNS, "each has a column");
    columns
};

/// A beginning of known words.
#[derive(Clone, Debug)]
pub(super) struct Node<T> {
    /// What the word means that is this beginning.
    pub(super) value: Option<T>,
    /// The nodes below for ASCII characters, by column; 0 where there is none.
    ascii: [u32; COLUMNS],
    /// Those for other characters, folded, sorted by them.
    wide: Vec<(char, u32)>,
}

impl<T> Default for Node<T> {
    fn default() -> Node<T> {
        Node { value: None, ascii: [0; COLUMNS], wide: Vec::new() }
    }
}

impl<T> Node<T> {
    /// The node below for a folded character.
    pub(super) fn below(&self, folded: char) -> Option<u32> {
        match column(folded) {
            Some(column) => Some(self.ascii[column]).filter(|below| *below != 0),
            None => self.wide_below(folded).ok().map(|index| self.wide[index].1),
        }
    }

    /// The node below for an ASCII character, folded or not.
    #[inline]
    pub(super) fn below_ascii(&self, byte: u8) -> Option<u32> {
        let column = usize::from(COLUMN[usize::from(byte)]);
        match self.ascii[column] {
            0 if column == 0 => self.below(char::from(byte)),
            0 => None,
            below => Some(below),
        }
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
        match column(folded) {
            Some(column) => self.ascii[column] = below,
            None => {
                let index = self.wide_below(folded).unwrap_or_else(|index| index);
                self.wide.insert(index, (folded, below));
            }
        }
    }
}

/// The column of a folded character, where it has one.
fn column(folded: char) -> Option<usize> {
    let column = COLUMN.get(folded as usize).map(|column| usize::from(*column));
    column.filter(|column| *column > 0)
}

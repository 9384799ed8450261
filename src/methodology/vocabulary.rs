//! The fast reader of words: which known word does a text begin with, hold first, or consist of?
//!
//! A vocabulary is a tree of folded characters, built once. Reading never allocates, takes time
//! in the length of the text alone, and takes any bytes: those that are not UTF-8 stand between
//! words. Only whole words count: letters and digits end where another kind of character begins,
//! and the scripts written without blanks end where they end.

mod letter;
mod node;

use std::ops::Range;

use letter::{Class, EMOJI_STYLE, after_style, bits, fold, letter_at, wide_letter_at};
use node::Node;

/// A word that was found: what it means, and its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<T> {
    /// What it means.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
    /// Whether it is an emoji or another sign rather than a word.
    pub sign: bool,
}

/// Words in many languages and what they mean.
#[derive(Clone, Debug)]
pub struct Vocabulary<T> {
    nodes: Vec<Node<T>>,
    /// The ASCII characters, in any case, that known words begin with, a bit each.
    first: u128,
    /// The ASCII characters, in any case, that may follow each of them at the root in a known word, a bit each.
    second: [[u64; 2]; 128],
    /// Whether a known word has a digit in it.
    digits: bool,
}

impl<T> Default for Vocabulary<T> {
    fn default() -> Vocabulary<T> {
        Vocabulary { nodes: vec![Node::default()], first: 0, second: [[0; 2]; 128], digits: false }
    }
}

impl<T: Copy + PartialEq> Vocabulary<T> {
    /// Adds a word, blanks at its ends left out. Gives back what the word already means if that is
    /// something else; then nothing is added. An empty word is no word.
    pub(super) fn add(&mut self, word: &str, value: T) -> Option<T> {
        let mut node = 0;
        for letter in word.trim().chars().filter(|letter| *letter != EMOJI_STYLE) {
            node = self.below_or_new(node, fold(letter));
        }
        self.expect(word.trim());
        self.digits |= word.contains(char::is_numeric);
        match self.nodes[node].value {
            Some(known) if known != value => Some(known),
            _ if node == 0 => None,
            _ => {
                self.nodes[node].value = Some(value);
                None
            }
        }
    }

    /// Notes how a word begins. One of a single character may go on with any, which then is not of the word.
    fn expect(&mut self, word: &str) {
        let mut letters = word.chars().filter(|letter| *letter != EMOJI_STYLE).map(fold);
        let (Some(first), second) = (letters.next(), letters.next()) else { return };
        let (mut firsts, seconds) = (bits(first), second.map_or(u128::MAX, bits));
        self.first |= firsts;
        while firsts != 0 {
            let [low, high] = &mut self.second[firsts.trailing_zeros() as usize];
            (*low, *high) = (*low | seconds as u64, *high | (seconds >> 64) as u64);
            firsts &= firsts - 1;
        }
    }

    /// Whether a known word may begin at this byte, by its first two characters.
    #[inline]
    fn may_be_at(&self, text: &[u8], start: usize) -> bool {
        match text[start..] {
            [first @ 0..=0x7f, second @ 0..=0x7f, ..] => {
                self.second[usize::from(first)][usize::from(second / 64)] >> (second % 64) & 1 == 1
            }
            [first @ 0..=0x7f, ..] => self.first >> first & 1 == 1,
            _ => true,
        }
    }

    /// Whether a known word may be all of a text, by its first two characters.
    pub(super) fn may_lead(&self, text: &[u8]) -> bool {
        let text = text.trim_ascii();
        !text.is_empty() && self.may_be_at(text, 0)
    }

    /// Whether a known word has a digit in it.
    pub(super) fn has_digits(&self) -> bool {
        self.digits
    }

    /// What the whole text means, blanks at its ends left out.
    pub fn named(&self, text: &[u8]) -> Option<T> {
        let text = text.trim_ascii();
        let mut node = &self.nodes[0];
        for (at, byte) in text.iter().enumerate() {
            if !byte.is_ascii() {
                return self.named_from(node, text, at);
            }
            node = self.below_ascii(node, *byte)?;
        }
        node.value
    }

    /// What the whole text means whose beginning led to a node.
    fn named_from(&self, from: &Node<T>, text: &[u8], at: usize) -> Option<T> {
        let (mut node, mut at) = (from, at);
        while at < text.len() {
            let next = after_style(text, at);
            if next == at {
                (node, _, at) = self.step(node, text, at)?;
            } else {
                at = next;
            }
        }
        node.value
    }

    /// The first whole word of the text that is known; of those that begin there, the longest.
    pub fn first(&self, text: &[u8]) -> Option<Hit<T>> {
        self.leading(text).or_else(|| self.starts(text).find_map(|start| self.at(text, start)))
    }

    /// Whether a whole word that means such stands in the text, be it at the start of a longer one that is known.
    pub fn has(&self, text: &[u8], is_such: impl Fn(T) -> bool) -> bool {
        let means_such = |start: usize| self.words_at(text, start).any(|hit| is_such(hit.value));
        self.starts(text).any(|start| self.may_be_at(text, start) && means_such(start))
    }

    /// Where known words may begin.
    fn starts(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let (mut before, mut at) = (Class::Between, 0);
        std::iter::from_fn(move || {
            while at < text.len() {
                let start = at;
                let (letter, length) = letter_at(text, at);
                let class = Class::of(letter);
                let begins = class.begins_after(before) && self.may_begin(letter);
                (before, at) = (class, at + length);
                if begins {
                    return Some(start);
                }
            }
            None
        })
    }

    /// Whether some word begins with a letter; a guess where it is not ASCII.
    fn may_begin(&self, letter: char) -> bool {
        !letter.is_ascii() || self.first >> letter as u32 & 1 == 1
    }

    /// The first known word or sign. A word that follows a sign after nothing but blanks says more than
    /// the sign; what is found then spans both.
    pub fn first_spoken(&self, text: &[u8]) -> Option<Hit<T>> {
        let hit = self.first(text)?;
        Some(self.spoken(text, hit))
    }

    /// What was found, with the word that follows it where it is a sign.
    fn spoken(&self, text: &[u8], hit: Hit<T>) -> Hit<T> {
        if !hit.sign {
            return hit;
        }
        let blanks = text[hit.span.end..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match self.at(text, hit.span.end + blanks) {
            Some(word) if !word.sign => Hit { span: hit.span.start..word.span.end, ..word },
            _ => hit,
        }
    }

    /// The longest known word or sign that the text begins with.
    #[inline]
    pub fn leading(&self, text: &[u8]) -> Option<Hit<T>> {
        if text.is_empty() { None } else { self.at(text, 0) }
    }

    /// The word or sign that the text begins with, spoken as for [`Vocabulary::first_spoken`].
    #[inline]
    pub fn leading_spoken(&self, text: &[u8]) -> Option<Hit<T>> {
        let hit = self.leading(text)?;
        Some(self.spoken(text, hit))
    }

    /// The longest known word that begins at this byte, where a word can begin.
    #[inline]
    fn at(&self, text: &[u8], start: usize) -> Option<Hit<T>> {
        if self.may_be_at(text, start) { self.longest_at(text, start) } else { None }
    }

    fn longest_at(&self, text: &[u8], start: usize) -> Option<Hit<T>> {
        let (mut node, mut at, mut found) = (&self.nodes[0], start, None);
        while let Some(byte) = text.get(at) {
            let below = match byte.is_ascii() {
                true => self.below_ascii(node, *byte).map(|below| (below, char::from(*byte), at + 1)),
                false => self.wide_step(node, text, at),
            };
            let Some((below, letter, end)) = below else { break };
            (node, at) = (below, after_style(text, end));
            if let Some(hit) = node.ends(letter, text, at) {
                found = Some((hit, at));
            }
        }
        let ((value, sign), end) = found?;
        Some(Hit { value, span: start..end, sign })
    }

    /// The known words that begin at this byte, from the shortest to the longest.
    fn words_at(&self, text: &[u8], start: usize) -> impl Iterator<Item = Hit<T>> {
        let (mut node, mut at) = (&self.nodes[0], start);
        std::iter::from_fn(move || {
            while at < text.len() {
                let (below, letter, end) = self.step(node, text, at)?;
                (node, at) = (below, after_style(text, end));
                if let Some((value, sign)) = node.ends(letter, text, at) {
                    return Some(Hit { value, span: start..at, sign });
                }
            }
            None
        })
    }

    /// Goes from a node over the character at a byte: to the node below, with the character and where the next begins.
    #[inline]
    fn step(&self, node: &Node<T>, text: &[u8], at: usize) -> Option<(&Node<T>, char, usize)> {
        let byte = text[at];
        match byte.is_ascii() {
            true => Some((self.below_ascii(node, byte)?, char::from(byte), at + 1)),
            false => self.wide_step(node, text, at),
        }
    }

    /// The same where the character is no ASCII.
    fn wide_step(&self, node: &Node<T>, text: &[u8], at: usize) -> Option<(&Node<T>, char, usize)> {
        let (letter, length) = wide_letter_at(text, at, text[at]);
        Some((&self.nodes[node.below(fold(letter))? as usize], letter, at + length))
    }

    /// The node below for an ASCII character.
    #[inline]
    fn below_ascii(&self, node: &Node<T>, byte: u8) -> Option<&Node<T>> {
        Some(&self.nodes[node.below_ascii(byte)? as usize])
    }

    fn below_or_new(&mut self, node: usize, letter: char) -> usize {
        if let Some(known) = self.nodes[node].below(letter) {
            return known as usize;
        }
        let new = self.nodes.len();
        self.nodes.push(Node::default());
        let id = u32::try_from(new).expect("files of words are far smaller than 4 GiB");
        self.nodes[node].put(letter, id);
        new
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn vocabulary() -> Vocabulary<u8> {
        let mut vocabulary = Vocabulary::default();
        for (word, value) in [
            ("P0", 0),
            ("Critical", 0),
            ("🔴", 0),
            ("⚠️", 4),
            ("P1", 1),
            ("High", 1),
            ("S1", 0),
            ("高", 1),
            ("高优先级", 5),
            ("Высокий", 1),
            ("won't fix", 7),
            ("Non-Critical", 3),
            ("A级", 6),
            ("높음", 1),
        ] {
            assert_eq!(vocabulary.add(word, value), None);
        }
        vocabulary
    }

    fn first(text: &str) -> Option<(u8, &str)> {
        vocabulary().first(text.as_bytes()).map(|hit| (hit.value, &text[hit.span]))
    }

    #[test]
    fn the_first_whole_word_counts() {
        assert_eq!(first("P0 - ImportError"), Some((0, "P0")));
        assert_eq!(first(" 🔴 Critical"), Some((0, "🔴")));
        assert_eq!(first("Bugs (Critical), high"), Some((0, "Critical")));
        assert_eq!(first("_P1_ and **S1**"), Some((1, "P1")));
        assert_eq!(first("ВЫСОКИЙ риск"), Some((1, "ВЫСОКИЙ")));
        assert_eq!(first("⚠️ x"), Some((4, "⚠️")));
        assert_eq!(first("⚠ x"), Some((4, "⚠")));
    }

    #[test]
    fn a_part_of_a_longer_word_is_no_level() {
        for text in ["P10", "Highlight", "AP0", "Çritical", "highé", "S1a", "Высокийя", "", "🔴\u{200d}x"]
        {
            assert_eq!(first(text), None, "{text:?}");
        }
    }

    #[test]
    fn scripts_without_blanks_end_where_they_end() {
        assert_eq!(first("【高】x"), Some((1, "高")));
        assert_eq!(first("P1级"), Some((1, "P1")));
        assert_eq!(first("A高"), Some((1, "高")));
        assert_eq!(first("高优先级：x"), Some((5, "高优先级")));
        assert_eq!(first("x a级："), Some((6, "a级")));
        for text in ["高效", "提高", "高い", "높음이"] {
            assert_eq!(first(text), None, "{text:?}");
        }
    }

    #[test]
    fn words_of_several_words_are_joined_by_anything_that_joins() {
        for text in ["won't fix", "Won’t-Fix", "WON'T_FIX"] {
            assert_eq!(first(text).map(|hit| hit.0), Some(7), "{text:?}");
        }
        assert_eq!(first("non-critical"), Some((3, "non-critical")));
    }

    #[test]
    fn a_name_is_the_whole_text() {
        let known = |text: &str| vocabulary().named(text.as_bytes());
        assert_eq!(
            [known(" critical "), known("CRITICAL"), known("⚠"), known("⚠️")],
            [Some(0), Some(0), Some(4), Some(4)]
        );
        assert_eq!([known("critical bug"), known("crit"), known("")], [None; 3]);
    }

    #[test]
    fn a_word_is_there_also_where_a_longer_one_begins_with_it() {
        let has = |text: &str, value| vocabulary().has(text.as_bytes(), |known| known == value);
        assert_eq!([has("not P0, but high", 1), has("x 高优先级", 5), has("Non-Critical", 0)], [true; 3]);
        assert_eq!([has("Highlight", 1), has("P10 P0", 1), has("", 0)], [false; 3]);
        let mut vocabulary = vocabulary();
        assert_eq!(vocabulary.add("high load", 8), None);
        assert!(vocabulary.has(b"High load", |known| known == 1));
    }

    #[test]
    fn a_word_keeps_its_first_meaning() {
        let mut vocabulary = vocabulary();
        assert_eq!(vocabulary.add("HIGH", 9), Some(1));
        assert_eq!(vocabulary.add("", 9), None);
        assert_eq!(vocabulary.named(b"high"), Some(1));
        assert_eq!(vocabulary.named(b""), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_every_hit_is_a_whole_word(
            text in prop::collection::vec(any::<u8>(), 0..40),
            cut in 0..8usize,
        ) {
            let mut bytes = text;
            bytes.extend_from_slice(&"高P0🔴Hi".as_bytes()[..cut]);
            if let Some(hit) = vocabulary().first(&bytes) {
                prop_assert_eq!(vocabulary().named(&bytes[hit.span]), Some(hit.value));
            }
        }
    }
}

//! A word to look for, as letters in their order: whether a text has them, what the matcher would give it, and what at
//! most.
//!
//! None tells other than the matcher does; all take a small part of its time.

use memchr::{memchr, memchr2};

/// What the matcher gives for a letter, and takes where its case differs or a gap is before it.
const LETTER: i64 = 16;
const OTHER_CASE: i64 = 2;
const BEFORE: i64 = 1;

/// What it adds where a letter begins a word, comes after a sign, or is a capital within a word.
const HEAD: i64 = 8;
const BREAK: i64 = 7;
const CAMEL: i64 = 6;

/// What it adds for a letter right behind the one before, and at most for one after a gap.
const BESIDE: i64 = 4;

/// What a gap of one letter takes; each further letter of it takes 1 more.
const GAP: i64 = 4;

/// Less than any score, and far enough from the least number to be added to twice.
const NEVER: i64 = i64::MIN / 4;

/// A word, as its letters.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    text: String,
    letters: Vec<char>,
    respects_case: bool,
    /// What the letters behind the first are given at most.
    rest: i64,
}

impl Letters {
    /// The letters of a word; with a capital among them they match only as they stand.
    pub(super) fn of(word: &str) -> Letters {
        let letters: Vec<char> = word.chars().collect();
        let rest = letters.windows(2).map(|pair| LETTER + behind(pair[0], pair[1])).sum();
        let respects_case = word.chars().any(|c| c.is_ascii_uppercase());
        Letters { text: word.to_owned(), letters, respects_case, rest }
    }

    /// The word.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether a text has them in their order.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        if !self.text.is_ascii() {
            let mut rest = text.chars();
            return self.text.chars().all(|letter| rest.any(|c| self.equal(letter, c)));
        }
        self.are_in([text.as_bytes()])
    }

    /// Whether a text of these parts may have them, which need not be known to be text: a letter of ASCII is a byte of
    /// its own whatever is around it.
    pub(super) fn may_stand_in(&self, parts: [&[u8]; 2]) -> bool {
        !self.text.is_ascii() || self.are_in(parts)
    }

    /// Whether these parts, one after the other, have all letters in their order.
    fn are_in<const PARTS: usize>(&self, parts: [&[u8]; PARTS]) -> bool {
        let mut parts = parts.into_iter();
        let mut rest = parts.next().unwrap_or_default();
        self.text.bytes().all(|letter| {
            loop {
                let found = match self.respects_case || !letter.is_ascii_alphabetic() {
                    true => memchr(letter, rest),
                    false => memchr2(letter, letter.to_ascii_uppercase(), rest),
                };
                if let Some(at) = found {
                    rest = &rest[at + 1..];
                    return true;
                }
                let Some(next) = parts.next() else { return false };
                rest = next;
            }
        })
    }

    /// What a text is given; `None` where it does not have them.
    pub(super) fn score(&self, text: &str) -> Option<i64> {
        let mut stood = vec![Stood::default(); self.letters.len()];
        let (mut reached, mut best, mut before) = (0, NEVER, None);
        for (at, c) in (0..).zip(text.chars()) {
            reached += usize::from(self.letters.get(reached).is_some_and(|letter| self.equal(*letter, c)));
            for nth in (0..reached).rev().filter(|nth| self.equal(self.letters[*nth], c)) {
                let behind = nth.checked_sub(1).map(|last| stood[last]);
                let case = if c == self.letters[nth] { 0 } else { OTHER_CASE };
                stood[nth].stand(at, LETTER - case + Stood::leads(behind, at, place(before, c)));
            }
            best = best.max(stood.last()?.given);
            before = Some(c);
        }
        (reached == self.letters.len()).then_some(best)
    }

    fn equal(&self, letter: char, c: char) -> bool {
        letter == c || !self.respects_case && letter.eq_ignore_ascii_case(&c)
    }

    /// What a text that has them is given at most: what the best place for the first of them is worth, and the others
    /// at their best.
    pub(super) fn bound(&self, text: &str) -> i64 {
        let Some(&first) = self.letters.first() else { return 0 };
        let mut before = None;
        let mut best = -OTHER_CASE;
        for c in text.chars() {
            if self.equal(first, c) {
                let case = if c == first { 0 } else { OTHER_CASE };
                best = best.max(place(before, c) - case);
            }
            before = Some(c);
        }
        LETTER - BEFORE + best + self.rest
    }
}

/// Where the letters up to one of them have stood so far, the last of them where that one did.
#[derive(Clone, Copy)]
struct Stood {
    /// The last place, and what they are given there.
    at: i64,
    given: i64,
    /// The most that they are given at any place before, as if that were the first of the text.
    earlier: i64,
}

impl Default for Stood {
    fn default() -> Stood {
        Stood { at: -1, given: NEVER, earlier: NEVER }
    }
}

impl Stood {
    fn stand(&mut self, at: i64, given: i64) {
        *self = Stood { at, given, earlier: self.earlier.max(self.given + self.at) };
    }

    /// What the letters before one are given, with what that one is given for standing at a place that is worth so much.
    fn leads(before: Option<Stood>, at: i64, place: i64) -> i64 {
        let Some(before) = before else { return place - BEFORE };
        let last = before.given + before.at;
        let (beside, earlier) = match before.at + 1 == at {
            true => (before.given + place.max(BESIDE), before.earlier),
            false => (NEVER, before.earlier.max(last)),
        };
        beside.max(earlier - (at - 2) - GAP + place)
    }
}

/// What a letter is given at most for standing where it does, behind another of its word or after a gap.
fn behind(before: char, letter: char) -> i64 {
    match before {
        _ if before.is_ascii_punctuation() => HEAD,
        _ if letter.is_ascii_uppercase() => CAMEL,
        _ => BESIDE,
    }
}

/// What the first letter is given for its place.
fn place(before: Option<char>, c: char) -> i64 {
    match before {
        None => 2 * HEAD,
        Some('\0' | ' ' | '/' | '\\' | '|' | '(' | ')' | '[' | ']' | '{' | '}') => HEAD,
        Some('!'..='\'' | '*'..='.' | ':'..='@' | '^'..='`' | '~') => BREAK,
        Some(before) if c.is_ascii_uppercase() && !before.is_ascii_uppercase() => CAMEL,
        _ => 0,
    }
}

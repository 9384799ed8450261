//! The characters of a text: where each ends, what it is once it is folded, and what it is to the words around it.

/// Asks for the coloured form of the character before it; means nothing itself.
pub(super) const EMOJI_STYLE: char = '\u{fe0f}';

/// What a character is to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters and digits of scripts that put blanks between words.
    Word,
    /// Scripts that do not, and Hangul, whose words grow endings.
    Run,
    /// Blanks, punctuation, signs, emoji.
    Between,
}

/// What each ASCII character is.
const CLASSES: [Class; 128] = {
    let mut classes = [Class::Between; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            classes[byte as usize] = Class::Word;
        }
        byte += 1;
    }
    classes
};

impl Class {
    #[inline]
    pub(super) fn of(letter: char) -> Class {
        if letter.is_ascii() { CLASSES[letter as usize] } else { Class::of_wide(letter) }
    }

    fn of_wide(letter: char) -> Class {
        match letter {
            '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' => Class::Run,
            '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{9fff}' => Class::Run,
            '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Run,
            '\u{300}'..='\u{36f}' => Class::Word,
            // Signs that look like letters in a frame.
            '\u{2139}' | '\u{24c2}' | '\u{1f130}'..='\u{1f1ff}' => Class::Between,
            _ if letter.is_alphanumeric() => Class::Word,
            _ => Class::Between,
        }
    }

    #[inline]
    pub(super) fn begins_after(self, before: Class) -> bool {
        self == Class::Between || self != before
    }

    /// Whether a word whose last character is of this class is over at this byte.
    #[inline]
    pub(super) fn ends_before(self, text: &[u8], end: usize) -> bool {
        if end >= text.len() {
            return true;
        }
        match (self, text[end]) {
            (Class::Between, ..0x80) => true,
            (Class::Between, _) => letter_at(text, end).0 != '\u{200d}',
            _ => Class::of(letter_at(text, end).0) != self,
        }
    }
}

/// The simple lower case of a character; all that may join two words is a blank.
#[inline]
pub(super) fn fold(letter: char) -> char {
    if letter.is_ascii() { char::from(FOLDED[letter as usize]) } else { fold_any(letter) }
}

/// Each ASCII character, folded.
pub(super) const FOLDED: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0_u8;
    while byte < 128 {
        folded[byte as usize] = match byte {
            b'-' | b'_' => b' ',
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

fn fold_any(letter: char) -> char {
    match letter {
        '\u{a0}' | '\u{2010}' | '\u{2011}' => ' ',
        '\u{2019}' => '\'',
        // Turkish has capitals of its own for both; elsewhere people write one for the other.
        'ı' => 'i',
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// For each ASCII character those that are this one once they are folded, a bit each.
const SAME: [u128; 128] = {
    let mut same = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        same[FOLDED[byte] as usize] |= 1 << byte;
        byte += 1;
    }
    same
};

/// The ASCII characters that are this one once they are folded, a bit each.
pub(super) fn bits(folded: char) -> u128 {
    SAME.get(folded as usize).copied().unwrap_or_default()
}

/// The character at a byte and its length; a byte that begins none counts as a sign of its own.
#[inline]
pub(super) fn letter_at(text: &[u8], at: usize) -> (char, usize) {
    match text[at] {
        first @ 0..=0x7f => (char::from(first), 1),
        first => wide_letter_at(text, at, first),
    }
}

/// The same where the first byte is known, and is no ASCII.
pub(super) fn wide_letter_at(text: &[u8], at: usize, first: u8) -> (char, usize) {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    let letter = text.get(at..at + length).and_then(|bytes| std::str::from_utf8(bytes).ok());
    match letter.and_then(|letter| letter.chars().next()) {
        Some(letter) => (letter, length),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

/// The byte behind the sign that asks for a coloured form, where that stands here.
#[inline]
pub(super) fn after_style(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(0xef) if text[at..].starts_with("\u{fe0f}".as_bytes()) => at + EMOJI_STYLE.len_utf8(),
        _ => at,
    }
}

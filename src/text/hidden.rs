//! Characters that a terminal obeys or a reader does not see: which they are, and where they are meant.
//!
//! A zero-width joiner is meant between emoji and between letters of scripts that join, a variation
//! selector behind what it varies, a tag in a flag. Anywhere else they hide something, as all others do
//! everywhere. What is asked of a character depends on those before it alone, so that a text can be read
//! piece by piece.

/// What sort of hidden character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hidden {
    /// What begins a command to the terminal.
    Escape,
    /// Any other control character.
    Control,
    /// What turns the order of the characters behind it.
    Override,
    /// What hints at the order of those around it.
    Mark,
    /// What takes no room, or shows nothing in the room it takes.
    ZeroWidth,
    /// A variation selector with nothing to vary.
    Selector,
    /// A tag that belongs to no flag.
    Tag,
    /// What every font shows as it likes.
    Private,
    /// What is no character and never will be.
    Noncharacter,
    /// More marks or joined characters on one than are shown; no single character is that.
    Flood,
}

impl Hidden {
    /// What it is, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Hidden::Escape => "an escape sequence",
            Hidden::Control => "a control character",
            Hidden::Override => "a bidirectional override",
            Hidden::Mark => "a bidirectional mark",
            Hidden::ZeroWidth => "a zero-width character",
            Hidden::Selector => "a stray variation selector",
            Hidden::Tag => "a tag character",
            Hidden::Private => "a private-use character",
            Hidden::Noncharacter => "a noncharacter",
            Hidden::Flood => "a flood of marks on one character",
        }
    }

    /// What sort of hidden character this is wherever it stands.
    fn of(c: char) -> Option<Hidden> {
        Some(match c {
            c if is_printed(c) => return None,
            '\u{1B}' | '\u{90}' | '\u{98}' | '\u{9B}' | '\u{9D}'..='\u{9F}' => Hidden::Escape,
            '\u{00}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Hidden::Control,
            '\u{61C}' | '\u{200E}' | '\u{200F}' => Hidden::Mark,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Hidden::Override,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' => Hidden::ZeroWidth,
            '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200D}' | '\u{2028}' | '\u{2029}' => Hidden::ZeroWidth,
            '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' => Hidden::ZeroWidth,
            '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' => Hidden::ZeroWidth,
            '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => Hidden::ZeroWidth,
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Hidden::Selector,
            '\u{E0000}'..='\u{E0FFF}' => Hidden::Tag,
            '\u{FDD0}'..='\u{FDEF}' => Hidden::Noncharacter,
            c if u32::from(c) & 0xFFFE == 0xFFFE => Hidden::Noncharacter,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Hidden::Private,
            _ => return None,
        })
    }
}

/// How many tags a flag has at most, the one that ends it included.
const TAGS: usize = 7;

/// Reads a text, character by character.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader {
    before: Option<char>,
    tags: usize,
}

impl Reader {
    /// A reader that has read this text.
    pub fn after(text: &str) -> Reader {
        let mut reader = Reader::default();
        let start = text.char_indices().rev().nth(TAGS).map_or(0, |(at, _)| at);
        for c in text[start..].chars() {
            reader.next(c);
        }
        reader
    }

    /// Reads the next character; gives what sort of hidden one it is, unless it is none or is meant.
    pub fn next(&mut self, c: char) -> Option<Hidden> {
        if is_printed(c) {
            (self.before, self.tags) = (Some(c), 0);
            return None;
        }
        let hidden = Hidden::of(c).filter(|hidden| !self.means(*hidden, c));
        self.tags = if hidden.is_none() && is_tag(c) { self.tags + 1 } else { 0 };
        self.before = Some(if hidden.is_none() { c } else { '\0' });
        hidden
    }

    /// Whether a character of this sort is meant where it stands.
    fn means(&self, hidden: Hidden, c: char) -> bool {
        let Some(before) = self.before else { return false };
        match hidden {
            Hidden::ZeroWidth => match c {
                '\u{200D}' => joins(before) || is_pictured(before),
                '\u{200C}' => joins(before),
                '\u{180B}'..='\u{180F}' => ('\u{1820}'..='\u{18AA}').contains(&before),
                _ => false,
            },
            Hidden::Selector => varies(before),
            Hidden::Tag => before == '\u{1F3F4}' || is_tag(before) && self.tags < TAGS,
            _ => false,
        }
    }
}

/// Whether it is one of those that most texts are of, none of which hides anything.
fn is_printed(c: char) -> bool {
    matches!(c, ' '..='~')
}

fn is_tag(c: char) -> bool {
    ('\u{E0020}'..='\u{E007F}').contains(&c)
}

/// Whether a letter is of a script that joins its letters.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1700}'..='\u{1AFF}' | '\u{A800}'..='\u{ABFF}')
        || matches!(c, '\u{FB50}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(c, '\u{10A00}'..='\u{11FFF}')
}

/// Whether it may be part of an emoji.
fn is_pictured(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{A9}' | '\u{AE}')
}

/// Whether a variation selector behind it varies something: anything seen but letters of Latin and the like.
fn varies(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*' | '\u{A9}' | '\u{AE}' | '\u{1000}'..='\u{109F}' | '\u{1820}'..)
        && Hidden::of(c).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Hidden> {
        let mut reader = Reader::default();
        text.chars().filter_map(|c| reader.next(c)).collect()
    }

    /// A reviewer whose language needs joiners would be told of attacks in every line.
    #[test]
    fn what_a_script_or_an_emoji_needs_is_not_hidden() {
        for text in [
            "👩‍💻 👩🏽‍❤️‍💋‍👨🏻 🏳️‍🌈 ⚠️ 1️⃣ ©️ ☎︎",
            "می‌خواهم",
            "क्‍ष ശ്‍രീ",
            "葛\u{E0100}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "é e\u{301} Ελληνικά Привет 日本語 한국어 שלום",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_hides_is_known_by_its_sort() {
        let sorts = [
            ("a\u{1b}[31m\u{9b}0m", vec![Hidden::Escape, Hidden::Escape]),
            ("\0\u{7F}\u{85}", vec![Hidden::Control; 3]),
            ("x\u{202E}\u{2066}y\u{200F}", vec![Hidden::Override, Hidden::Override, Hidden::Mark]),
            ("P\u{200D}0\u{200C}\u{200B}\u{FEFF}\u{AD}\u{3164}", vec![Hidden::ZeroWidth; 6]),
            ("a\u{FE0F} \u{FE0F}", vec![Hidden::Selector; 2]),
            ("⚠\u{FE0F}\u{FE0F}", vec![Hidden::Selector]),
            ("a\u{E0041}\u{E0042}", vec![Hidden::Tag; 2]),
            ("\u{E000}\u{10FFFF}\u{FDD0}", vec![Hidden::Private, Hidden::Noncharacter, Hidden::Noncharacter]),
        ];
        for (text, sorts) in sorts {
            assert_eq!(found(text), sorts, "{text:?}");
        }
    }

    /// A message of any length could be smuggled behind a flag.
    #[test]
    fn a_flag_carries_no_more_tags_than_flags_have() {
        let message = format!("🏴{}", "\u{E0041}".repeat(40));
        assert_eq!(found(&message).len(), 40 - TAGS);
    }

    #[test]
    fn a_text_read_in_pieces_is_read_alike() {
        let flag = "🏴\u{E0067}\u{E0062}";
        assert_eq!(Reader::after(flag).next('\u{E007F}'), None);
        assert_eq!(Reader::after("").next('\u{200D}'), Some(Hidden::ZeroWidth));
        assert_eq!(Reader::after("👩").next('\u{200D}'), None);
    }
}

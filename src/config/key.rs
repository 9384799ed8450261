//! Keys as people write them: `Ctrl-d`, `Alt-Enter`, `Space`, `G`.
//!
//! Two ways of pressing the same key are equal: the shift of a letter is in the letter itself, a letter
//! pressed with Ctrl is a small one, and `Ctrl-_` and `Ctrl-7` are `Ctrl-/`, since terminals send the same
//! byte for them.

use std::fmt;

/// A key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// A key by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character; the blank is the space bar.
    Char(char),
    /// A function key, 1 to 24.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
}

const NAMES: [(&str, Code); 15] = [
    ("Space", Code::Char(' ')),
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
];

impl Key {
    /// A key with Ctrl, Alt and Shift as they were held.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Key {
        match code {
            Code::Char(letter) => {
                Key { code: Code::Char(letter_of(letter, ctrl, shift)), ctrl, alt, shift: false }
            }
            _ => Key { code, ctrl, alt, shift },
        }
    }

    /// A key by itself.
    pub fn plain(code: Code) -> Key {
        Key::new(code, false, false, false)
    }

    /// Reads a key: a character or the name of a key, with `Ctrl-`, `Alt-` or `Shift-` before it.
    pub fn parse(text: &str) -> Option<Key> {
        let (mut rest, mut ctrl, mut alt, mut shift) = (text, false, false, false);
        while let Some((held, after)) =
            rest.split_once('-').filter(|(held, after)| !held.is_empty() && !after.is_empty())
        {
            let flag = match held.to_ascii_lowercase().as_str() {
                "ctrl" => &mut ctrl,
                "alt" => &mut alt,
                "shift" => &mut shift,
                _ => return None,
            };
            *flag = true;
            rest = after;
        }
        Some(Key::new(code(rest)?, ctrl, alt, shift))
    }

    /// The key without what is held down beside it.
    pub fn code(self) -> Code {
        self.code
    }

    /// Whether Ctrl is held.
    pub fn ctrl(self) -> bool {
        self.ctrl
    }

    /// Whether Alt is held.
    pub fn alt(self) -> bool {
        self.alt
    }

    /// Whether it is Ctrl-c, which interrupts whatever the key map says.
    pub fn interrupts(self) -> bool {
        self.ctrl && self.code == Code::Char('c')
    }

    /// Whether Shift is held; never said of a character.
    pub fn shift(self) -> bool {
        self.shift
    }
}

/// As it is parsed.
impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            out.write_str(if held { name } else { "" })?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => out.write_str(name),
            (None, Code::F(number)) => write!(out, "F{number}"),
            (None, Code::Char(letter)) => write!(out, "{letter}"),
            (None, code) => write!(out, "{code:?}"),
        }
    }
}

fn letter_of(letter: char, ctrl: bool, shift: bool) -> char {
    match (ctrl, shift) {
        (true, _) if matches!(letter, '_' | '7') => '/',
        (true, _) => letter.to_ascii_lowercase(),
        (false, true) => letter.to_ascii_uppercase(),
        (false, false) => letter,
    }
}

fn code(text: &str) -> Option<Code> {
    let mut letters = text.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(Code::Char(letter)).filter(|_| !letter.is_control() && !letter.is_whitespace());
    }
    let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, code)| *code);
    named.or_else(|| {
        let number = text.strip_prefix(['F', 'f'])?.parse().ok()?;
        Some(Code::F(number)).filter(|_| (1..=24).contains(&number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_as_it_can_be_written() {
        for text in [
            "j",
            "G",
            "Ctrl-d",
            "Alt-Enter",
            "Space",
            "Ctrl-Alt-x",
            "Shift-Tab",
            "F12",
            "-",
            "Ctrl--",
            "é",
            "?",
            "PageDown",
        ] {
            assert_eq!(Key::parse(text).map(|key| key.to_string()).as_deref(), Some(text));
        }
        for (name, code) in NAMES {
            assert_eq!(Key::plain(code).to_string(), name);
        }
    }

    #[test]
    fn the_same_key_written_otherwise_is_the_same_key() {
        assert_eq!(Key::parse("Shift-g"), Key::parse("G"));
        assert_eq!(Key::parse("ctrl-D"), Key::parse("Ctrl-d"));
        assert_eq!(Key::parse("Ctrl-7"), Key::parse("Ctrl-/"));
        assert_eq!(Key::parse("space").map(Key::code), Some(Code::Char(' ')));
        assert_eq!(Key::parse("G"), Some(Key::new(Code::Char('G'), false, false, true)));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "gg", "Hyper-x", "Ctrl-", "F0", "F25", "Fx", "\u{1b}", " ", "Ctrl-Nope"] {
            assert_eq!(Key::parse(text), None, "{text:?}");
        }
    }
}

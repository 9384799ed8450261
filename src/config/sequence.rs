//! Sequences: what is pressed for an action, one key or several: `w`, `y i`, `Ctrl-x Ctrl-s`.

use std::fmt;

use super::{Code, Key};

/// Keys that are pressed one after the other; one at least.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Reads keys with blanks between them.
    ///
    /// # Errors
    /// What is wrong with the text, for whoever wrote it.
    pub fn parse(text: &str) -> Result<Sequence, String> {
        let no_key = |word: &str| {
            format!("`{word}` is no key; expected a character or a name such as `Enter`, `Ctrl-d`, `F5`")
        };
        let key = |word| Key::parse(word).ok_or_else(|| no_key(word));
        let keys: Vec<Key> = text.split_whitespace().map(key).collect::<Result<_, _>>()?;
        match keys.split_first() {
            None => Err(no_key(text)),
            Some((first, _)) if first.interrupts() => {
                Err(format!("`{first}` always interrupts, and cannot begin anything else"))
            }
            Some((_, rest)) if rest.contains(&Key::plain(Code::Esc)) => {
                Err(format!("`{text}`: Esc leaves what was begun, and cannot go on with it"))
            }
            Some(_) => Ok(Sequence(keys)),
        }
    }

    /// The keys in their order.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Sequence {
        Sequence(vec![key])
    }
}

/// As it is parsed.
impl fmt::Display for Sequence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&written(&self.0))
    }
}

/// Keys as they are written for a sequence of them.
pub fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_shown_as_it_can_be_written() {
        for text in ["w", "y i", "Ctrl-x Ctrl-c", "Space Space f", "Esc"] {
            assert_eq!(Sequence::parse(text).map(|sequence| sequence.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(Sequence::parse("  y   i ").map(|sequence| sequence.to_string()).as_deref(), Ok("y i"));
    }

    /// A key that is bound and never arrives looks broken.
    #[test]
    fn what_could_never_be_pressed_is_refused() {
        let refused = |text: &str| Sequence::parse(text).expect_err("refused");
        assert!(refused("y Ctlr-x").starts_with("`Ctlr-x` is no key"));
        assert!(refused("").starts_with("`` is no key"));
        assert!(refused("Ctrl-c i").starts_with("`Ctrl-c` always interrupts"));
        assert!(refused("y Esc").contains("Esc leaves what was begun"));
    }
}

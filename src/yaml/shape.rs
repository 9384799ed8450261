//! Shapes that people's files share: words that may look like numbers, maps in their order, and
//! lists that may be a single value.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// How many entries a map may have, and words a list.
const MANY: usize = 10_000;

/// How long a word may be, in bytes.
const LONGEST: usize = 256;

/// A word; `0`, `3` and `true` need no quotes to be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word(pub String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = Word;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a word")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Word, E> {
                short(word)
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Word, E> {
                Ok(Word(number.to_string()))
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Word, E> {
                Ok(Word(value.to_string()))
            }
        }
        deserializer.deserialize_any(Words)
    }
}

/// A map in the order of the file. A key without a value has the default one; a key that stands
/// twice is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Entries<T> {
        Entries(Vec::new())
    }
}

impl<T> Entries<T> {
    /// The value of this key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Keys and values in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<T>, D::Error> {
        struct Pairs<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for Pairs<T> {
            type Value = Entries<T>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a map")
            }
            fn visit_unit<E: Error>(self) -> Result<Entries<T>, E> {
                Ok(Entries::default())
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Entries::default();
                while let Some(Word(key)) = map.next_key()? {
                    if entries.get(&key).is_some() {
                        return Err(A::Error::custom(format!("`{key}` stands here twice")));
                    }
                    let value: Option<T> = map.next_value()?;
                    few::<A::Error>(entries.0.len())?;
                    entries.0.push((key, value.unwrap_or_default()));
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_any(Pairs(PhantomData))
    }
}

/// A list of words; a single word needs no brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        struct Words;
        impl<'de> Visitor<'de> for Words {
            type Value = OneOrMany;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a word or a list of words")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<OneOrMany, E> {
                short(word).map(|Word(word)| OneOrMany(vec![word]))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![number.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
                let mut words = Vec::new();
                while let Some(Word(word)) = list.next_element()? {
                    few::<A::Error>(words.len())?;
                    words.push(word);
                }
                Ok(OneOrMany(words))
            }
        }
        deserializer.deserialize_any(Words)
    }
}

fn short<E: Error>(word: &str) -> Result<Word, E> {
    match word.len() > LONGEST {
        true => Err(E::custom(format!("a word of more than {LONGEST} bytes is not read here"))),
        false => Ok(Word(word.to_owned())),
    }
}

/// Takes time in the square of them: every key is compared with those before it, every word with others.
fn few<E: Error>(already: usize) -> Result<(), E> {
    match already < MANY {
        true => Ok(()),
        false => Err(E::custom(format!("more than {MANY} entries are not read here"))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read<T: serde::de::DeserializeOwned>(text: &str) -> crate::fault::Result<T> {
        crate::yaml::read(text, Path::new("a.yaml"))
    }

    #[test]
    fn a_digit_key_needs_no_quotes() {
        let keys: Entries<OneOrMany> = read("scope: s\nsecond: 2\nboth: [2, G]\nnone:\n").expect("words");
        let words: Vec<_> =
            keys.iter().map(|(key, OneOrMany(words))| format!("{key}={}", words.join(","))).collect();
        assert_eq!(words, ["scope=s", "second=2", "both=2,G", "none="]);
    }

    #[test]
    fn a_key_given_twice_is_not_silently_dropped() {
        let fault = read::<Entries<OneOrMany>>("a: x\nb: y\na: z\n").expect_err("a stands twice");
        assert!(fault.to_string().contains("`a` stands here twice"), "{fault}");
    }

    /// Each is compared with all before it: a file of millions would hang.
    #[test]
    fn a_file_of_more_than_anybody_writes_is_refused() {
        let keys: String = (0..20_000).map(|at| format!("k{at}: x\n")).collect();
        let fault = read::<Entries<OneOrMany>>(&keys).expect_err("too many");
        assert!(fault.to_string().contains("more than 10000 entries are not read here"), "{fault}");
        assert!(read::<OneOrMany>(&format!("[{}]", "x, ".repeat(20_000))).is_err());
        let fault = read::<OneOrMany>(&"x".repeat(300)).expect_err("too long");
        assert_eq!(fault.to_string(), "a.yaml:1: a word of more than 256 bytes is not read here");
    }
}

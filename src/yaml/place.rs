//! Where in a document a key or an item stands.
//!
//! The reader beneath forgets places once it has read; it names them only in errors. So the document
//! is read once more by a probe that walks to the wanted place and fails there.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One step down into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into the value of this key of a map.
    Key(&'a str),
    /// Into the item with this index of a list.
    Item(usize),
}

/// The 1-based line and column of a place: where its key stands, or where its item begins.
pub(super) fn place(text: &str, steps: &[Step<'_>]) -> Option<(usize, usize)> {
    let error = Probe(steps).deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    let place = error.location().filter(|_| error.to_string().contains(FOUND))?;
    Some((place.line(), place.column()))
}

const FOUND: &str = "\u{1}the place\u{1}";

struct Probe<'a>(&'a [Step<'a>]);

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_empty() { FOUND } else { "a map or a list" })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((Step::Key(wanted), rest)) = self.0.split_first() else {
            return Err(self.missed());
        };
        while let Some(here) = map.next_key_seed(Name { wanted, last: rest.is_empty() })? {
            if here {
                return map.next_value_seed(Probe(rest));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Err(A::Error::custom("no such key"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((Step::Item(index), rest)) = self.0.split_first() else {
            return Err(self.missed());
        };
        for _ in 0..*index {
            if list.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
        }
        list.next_element_seed(Probe(rest))?.ok_or_else(|| A::Error::custom("no such item"))
    }
}

impl Probe<'_> {
    fn missed<E: Error>(&self) -> E {
        E::custom(if self.0.is_empty() { FOUND } else { "another shape" })
    }
}

/// A key: whether it is the wanted one; the last one is the place itself.
struct Name<'a> {
    wanted: &'a str,
    last: bool,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        match key == self.wanted {
            true if self.last => Err(E::custom(FOUND)),
            here => Ok(here),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Item, Key};
    use super::{Step, place};

    fn line(text: &str, steps: &[Step<'_>]) -> Option<usize> {
        place(text, steps).map(|(line, _)| line)
    }

    const TEXT: &str = "# top\nlevels:\n  P0:\n    name: Critical\n    aliases: [a,\n      b]\n1: x\n";

    #[test]
    fn a_key_is_on_its_own_line_and_not_on_that_of_its_value() {
        assert_eq!(line(TEXT, &[Key("levels")]), Some(2));
        assert_eq!(line(TEXT, &[Key("levels"), Key("P0")]), Some(3));
        assert_eq!(line(TEXT, &[Key("levels"), Key("P0"), Key("name")]), Some(4));
        assert_eq!(line(TEXT, &[Key("1")]), Some(7));
    }

    #[test]
    fn an_item_is_where_it_begins() {
        let aliases = [Key("levels"), Key("P0"), Key("aliases"), Item(1)];
        assert_eq!(line(TEXT, &aliases), Some(6));
        assert_eq!(line("a:\n- x: 1\n- y: 2\n", &[Key("a"), Item(1)]), Some(3));
        assert_eq!(line("a:\n- [1]\n- [2]\n", &[Key("a"), Item(1)]), Some(3));
    }

    #[test]
    fn a_place_that_is_not_there_has_no_line() {
        assert_eq!(line(TEXT, &[Key("level")]), None);
        assert_eq!(line(TEXT, &[Key("levels"), Item(0)]), None);
        assert_eq!(line(TEXT, &[Key("levels"), Key("P0"), Key("aliases"), Item(2)]), None);
        assert_eq!(line("", &[Key("a")]), None);
    }
}

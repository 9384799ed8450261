//! Refuses what nobody writes into settings on purpose: hidden characters, which would be shown all over the
//! desk, and giant texts. A walk over every text of the document, keys included.

use std::fmt;

use serde::de::{Deserialize, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};

use crate::text::hidden::Reader;

/// How long a text may be, in bytes.
const LONGEST: usize = 16 * 1024;

/// What is refused of a document, and its line in it.
pub(super) fn refused(text: &str) -> Option<(usize, String)> {
    let error = Plain::deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    let said = error.to_string();
    let what = said.split(FOUND).nth(1).unwrap_or(&said).to_owned();
    Some((error.location().map_or(1, |place| place.line()), what))
}

const FOUND: &str = "\u{1}";

/// A document of texts that are all plain.
struct Plain;

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Plain, D::Error> {
        deserializer.deserialize_any(Plain)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = Plain;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("anything")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_none<E: Error>(self) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_unit<E: Error>(self) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Plain, E> {
        what(text).map_or(Ok(Plain), |what| Err(E::custom(format!("{FOUND}{what}{FOUND}"))))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Plain, E> {
        Ok(Plain)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Plain, A::Error> {
        Err(A::Error::custom(format!("{FOUND}a tag (`!name`) is not read here{FOUND}")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Plain, A::Error> {
        while list.next_element::<Plain>()?.is_some() {}
        Ok(Plain)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Plain, A::Error> {
        while map.next_entry::<Plain, Plain>()?.is_some() {}
        Ok(Plain)
    }
}

fn what(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return Some(format!("a text of more than {} KiB is not read here", LONGEST >> 10));
    }
    let mut reader = Reader::default();
    let mut hidden = text.chars().filter(|c| !matches!(c, '\n' | '\t')).map(|c| (reader.next(c), c));
    let (sort, c) = hidden.find_map(|(sort, c)| Some((sort?, c)))?;
    Some(format!("{} (U+{:04X}) is not read here", sort.name(), u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_hidden_on_screen_is_refused_with_its_line() {
        let told = |text| refused(text).map(|(line, what)| format!("{line}: {what}"));
        assert_eq!(told("a: [x, 1, 2.5, -3, true, null]\nb: |\n  one\n  ⚠️ 👩‍💻\n"), None);
        let escape = "2: an escape sequence (U+001B) is not read here";
        assert_eq!(told("a: x\nb: {c: [\"\\e[31m\"]}\n").as_deref(), Some(escape));
        assert!(told("a: 1\n\"b\\u202E\": 2\n").is_some_and(|told| told.contains("override")));
        assert!(told("a: !x \"\\e\"\n").is_some_and(|told| told.contains("a tag")));
        assert!(told(&format!("a: {}", "x".repeat(20_000))).is_some_and(|told| told.contains("16 KiB")));
    }
}

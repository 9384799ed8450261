//! What shapes look like to an editor: JSON schemas, made from the types that read.

use serde::de::{DeserializeOwned, Deserializer, Error, Visitor, value};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value as Json, json};

use super::{Entries, OneOrMany, Word};

/// Something that is read from YAML, and can say what it takes.
pub trait Outline {
    /// What it takes, as a JSON schema.
    fn outline() -> Json;
}

impl Outline for Word {
    fn outline() -> Json {
        json!({ "type": ["string", "integer", "boolean"] })
    }
}

impl Outline for String {
    fn outline() -> Json {
        json!({ "type": "string" })
    }
}

impl Outline for bool {
    fn outline() -> Json {
        json!({ "type": "boolean" })
    }
}

impl Outline for usize {
    fn outline() -> Json {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl Outline for OneOrMany {
    fn outline() -> Json {
        json!({ "anyOf": [
            { "type": ["string", "integer"] },
            { "type": "array", "items": Word::outline() },
        ] })
    }
}

impl<T: Outline> Outline for Option<T> {
    fn outline() -> Json {
        T::outline()
    }
}

impl<T: Outline> Outline for Vec<T> {
    fn outline() -> Json {
        json!({ "type": "array", "items": T::outline() })
    }
}

impl<T: Outline> Outline for Entries<T> {
    fn outline() -> Json {
        let entry = json!({ "anyOf": [T::outline(), { "type": "null" }] });
        json!({ "type": ["object", "null"], "additionalProperties": entry })
    }
}

/// A map of these members and no others.
pub fn map<'a>(about: &str, members: impl IntoIterator<Item = (&'a str, Json)>) -> Json {
    let members: Map<String, Json> = members.into_iter().map(|(name, of)| (name.to_owned(), of)).collect();
    json!({ "description": about, "type": ["object", "null"], "properties": members, "additionalProperties": false })
}

/// One of the words that this type reads.
pub fn words<T: DeserializeOwned>() -> Json {
    let mut words = Vec::new();
    drop(T::deserialize(Probe(&mut words)));
    json!({ "enum": words })
}

/// Reads nothing, and notes the words that a type would take.
struct Probe<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, value::Error> {
        Err(value::Error::custom("nothing is read here"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, value::Error> {
        self.0.extend(variants);
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Odd {
        OneWay,
        #[serde(rename = "other")]
        Another,
    }

    #[test]
    fn the_words_are_those_that_are_read() {
        assert_eq!(words::<Odd>(), json!({ "enum": ["one-way", "other"] }));
        let read = |word| super::super::read::<Odd>(word, std::path::Path::new("a.yaml"));
        assert!(matches!((read("one-way"), read("other")), (Ok(Odd::OneWay), Ok(Odd::Another))));
        assert_eq!(words::<bool>(), json!({ "enum": [] }));
    }
}

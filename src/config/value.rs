//! What a setting can be: how it is read, what it is called, and what editors are told that it takes.

use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde_json::{Value as Json, json};

use super::{Column, Preset};
use crate::report::{Annotate, Moving};
use crate::triage::Gate;
use crate::yaml::Word;

/// The value of a setting.
pub(super) trait Value: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What was expected in its place.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// As it is said in JSON.
    fn json(&self) -> Json;

    /// What it may be, as a JSON schema.
    fn schema() -> Json;

    /// What it means in a file of this folder.
    #[must_use]
    fn seen_from(self, _folder: &Path) -> Self {
        self
    }
}

/// A value that is one of a few words.
pub(super) trait Choice: Copy + PartialEq + 'static {
    /// Every choice by its word, in the order in which they are named.
    const ALL: &'static [(&'static str, Self)];

    /// The word for it.
    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, choice)| *choice == self).map_or("", |(word, _)| word)
    }
}

impl Choice for Annotate {
    const ALL: &'static [(&'static str, Annotate)] =
        &[("none", Annotate::None), ("short", Annotate::Short), ("rationale", Annotate::Rationale)];
}

impl Choice for Moving {
    const ALL: &'static [(&'static str, Moving)] = &[("move", Moving::Move), ("keep", Moving::Keep)];
}

impl Choice for Preset {
    const ALL: &'static [(&'static str, Preset)] =
        &[("vim", Preset::Vim), ("emacs", Preset::Emacs), ("arrows", Preset::Arrows)];
}

impl Choice for Column {
    const ALL: &'static [(&'static str, Column)] = &[
        ("id", Column::Id),
        ("severity", Column::Severity),
        ("scope", Column::Scope),
        ("title", Column::Title),
        ("status", Column::Status),
        ("badges", Column::Badges),
    ];
}

impl<T: Choice> Value for T {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let Word(word) = Word::deserialize(deserializer)?;
        let chosen = T::ALL.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        chosen.ok_or_else(|| {
            let known: Vec<String> = T::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            D::Error::custom(format!("unknown variant `{word}`, expected one of {}", known.join(", ")))
        })
    }

    fn json(&self) -> Json {
        self.word().into()
    }

    fn schema() -> Json {
        json!({ "enum": T::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>() })
    }
}

/// Some of the choices, each once, in an order that counts.
impl<T: Choice> Value for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: Choice> Visitor<'de> for Items<T> {
            type Value = Vec<T>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list of words")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(Given(item)) = list.next_element::<Given<T>>()? {
                    if items.contains(&item) {
                        return Err(A::Error::custom(format!("`{}` stands here twice", item.word())));
                    }
                    items.push(item);
                }
                match items.is_empty() {
                    true => Err(A::Error::custom("expected one word at least")),
                    false => Ok(items),
                }
            }
        }
        deserializer.deserialize_any(Items(PhantomData))
    }

    fn json(&self) -> Json {
        self.iter().map(Value::json).collect()
    }

    fn schema() -> Json {
        json!({ "type": "array", "items": T::schema(), "uniqueItems": true, "minItems": 1 })
    }
}

/// How many bugs may match a filter: `sev:P0 scope:production=0`.
impl Value for Gate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Gate, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Gate;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a gate, such as 'sev:P0 scope:production=0'")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Gate, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }

    fn json(&self) -> Json {
        self.to_string().into()
    }

    fn schema() -> Json {
        json!({ "type": "string", "pattern": "[^:<>=]\\s*=\\s*[0-9]+\\s*$" })
    }
}

/// Any number of gates.
impl Value for Vec<Gate> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Gate>, D::Error> {
        struct Gates;
        impl<'de> Visitor<'de> for Gates {
            type Value = Vec<Gate>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list of gates, such as ['sev:P0 scope:production=0']")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Gate>, A::Error> {
                let next = std::iter::from_fn(|| list.next_element::<Given<Gate>>().transpose());
                next.map(|gate| gate.map(|Given(gate)| gate)).collect()
            }
        }
        deserializer.deserialize_any(Gates)
    }

    fn json(&self) -> Json {
        self.iter().map(Value::json).collect()
    }

    fn schema() -> Json {
        json!({ "type": "array", "items": Gate::schema() })
    }
}

impl Value for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        bool::deserialize(deserializer)
    }

    fn json(&self) -> Json {
        (*self).into()
    }

    fn schema() -> Json {
        json!({ "type": "boolean" })
    }
}

impl Value for String {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
        Word::deserialize(deserializer).map(|Word(word)| word)
    }

    fn json(&self) -> Json {
        self.as_str().into()
    }

    fn schema() -> Json {
        json!({ "type": "string" })
    }
}

/// A text that may be left out.
impl Value for Option<String> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
        String::read(deserializer).map(Some)
    }

    fn json(&self) -> Json {
        self.as_deref().into()
    }

    fn schema() -> Json {
        json!({ "type": ["string", "null"] })
    }
}

/// A file that may be left out.
impl Value for Option<PathBuf> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
        String::read(deserializer).map(|path| Some(PathBuf::from(path)))
    }

    fn json(&self) -> Json {
        self.as_deref().map(Path::to_string_lossy).into()
    }

    fn schema() -> Json {
        json!({ "type": ["string", "null"] })
    }

    fn seen_from(self, folder: &Path) -> Option<PathBuf> {
        self.map(|path| folder.join(path))
    }
}

/// A value that a file gives.
#[derive(Clone, Debug)]
pub(super) struct Given<T>(pub(super) T);

impl<'de, T: Value> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Given<T>, D::Error> {
        T::read(deserializer).map(Given)
    }
}

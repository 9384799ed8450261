//! The one door to YAML: people's settings and methodologies in, log entries in and out.
//!
//! Everything that goes wrong here names the file, its 1-based line and what was expected. Aliases
//! (`*name`) are refused, nesting is limited by the reader beneath to 128, and a file of a person
//! to [`LIMIT`] bytes, texts that can be shown, and as many entries as somebody may have written. A report never comes through this door: rendering YAML again is not lossless.

mod alias;
mod closest;
mod document;
pub mod outline;
mod places;
mod plain;
mod quoted;
mod salvage;
mod shape;
mod tower;

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
/// YAML of any shape, its members in their order.
pub use serde_yaml::{Mapping, Value as Tree};

pub use closest::did_you_mean;
pub use document::{Document, Documents};
pub use outline::Outline;
pub use places::{Places, Step};
pub use quoted::write_quoted;
pub use salvage::{Salvaged, salvage};
pub use shape::{Entries, OneOrMany, Word};
pub use tower::is_tower;

use crate::fault::{Fault, Kind, Result};

/// The size in bytes up to which a file of settings is read: 16 MiB.
pub const LIMIT: usize = 16 << 20;

/// Reads a text that holds one document.
///
/// # Errors
/// [`Kind::Unreadable`] with the line, when the text is longer than [`LIMIT`], is not YAML, holds
/// several documents or aliases, or does not have the shape of a `T`.
pub fn read<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T> {
    if text.len() > LIMIT {
        let what = format!("{} MiB of YAML is more than the {} MiB read here", text.len() >> 20, LIMIT >> 20);
        return Err(Fault::new(Kind::Unreadable, what).at(path));
    }
    let document = Document::new(text, path);
    let value = document.read()?;
    match plain::refused(document.text()) {
        Some((line, what)) => Err(Fault::new(Kind::Unreadable, what).at(path).line(line)),
        None => Ok(value),
    }
}

/// Reads a text of the program's own, which a test has read with [`read`]: what that refuses is not looked for.
///
/// # Errors
/// [`Kind::Unreadable`] when the text is no YAML or does not have the shape of a `T`.
pub fn read_own<T: DeserializeOwned>(text: &str, path: &Path) -> Result<T> {
    serde_yaml::from_str(text).map_err(|error| Fault::new(Kind::Unreadable, error.to_string()).at(path))
}

/// The documents of a stream in order, of any size, none read yet.
///
/// Only blank lines, comments and directives may stand before the first `---` without making a
/// document of their own.
pub fn documents<'a>(text: &'a str, path: &'a Path) -> Documents<'a> {
    Documents::new(text, path)
}

/// A value as YAML of any shape.
///
/// # Errors
/// [`Kind::Unwritable`] as for [`write()`].
pub fn tree<T: Serialize>(value: &T) -> Result<Tree> {
    serde_yaml::to_value(value).map_err(unwritable)
}

/// One document of a stream, from its `---` to its last newline.
///
/// # Errors
/// [`Kind::Unwritable`] when the value has no YAML form (a map with a map for a key, say).
pub fn write<T: Serialize>(value: &T) -> Result<String> {
    let body = serde_yaml::to_string(value).map_err(unwritable)?;
    Ok(format!("---\n{body}"))
}

/// A tree as a `T`, or what keeps it from being one.
///
/// # Errors
/// What the reader says, without a place.
pub fn shaped<T: DeserializeOwned>(tree: &Tree) -> std::result::Result<T, String> {
    T::deserialize(tree).map_err(|error| document::in_words(&error.to_string()))
}

/// A key as it is read, see [`Word`]; nothing where it is more than a word.
pub fn key_of(key: &Tree) -> Option<String> {
    let number = || key.as_u64().map(|number| number.to_string());
    key.as_str().map(str::to_owned).or_else(number).or_else(|| key.as_bool().map(|word| word.to_string()))
}

fn unwritable(error: serde_yaml::Error) -> Fault {
    Fault::new(Kind::Unwritable, "cannot write this as YAML").because(error)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::{Duration, Instant};

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        name: String,
        #[serde(default)]
        count: usize,
    }

    fn fault(text: &str) -> Fault {
        read::<Entry>(text, Path::new("a.yaml")).expect_err("the text is wrong")
    }

    #[test]
    fn a_misspelt_member_is_found_by_its_line_and_the_right_word() {
        let fault = fault("# mine\nname: x\ncuont: 2\n");
        assert_eq!(fault.to_string(), "a.yaml:3: unknown field `cuont`, expected `name` or `count`");
        assert_eq!(fault.hints(), ["did you mean `count`?"]);
        assert_eq!(fault.kind(), Kind::Unreadable);
    }

    #[test]
    fn a_wrong_value_says_what_was_expected_and_where() {
        let said = fault("name: x\ncount: many\n").to_string();
        assert_eq!(said, "a.yaml:2: count: invalid type: string \"many\", expected a whole number");
    }

    /// Two lines would be told, and one of them counts from elsewhere.
    #[test]
    fn broken_yaml_says_its_line_once() {
        let said = read::<serde_yaml::Value>("name: x\ncount: [1\n", Path::new("a.yaml"));
        let said = said.expect_err("the list has no end").to_string();
        assert!(said.starts_with("a.yaml:") && !said.contains("line"), "{said}");
        assert!(said.contains(", while parsing a flow sequence"), "{said}");
    }

    #[test]
    fn a_key_that_stands_twice_is_found_by_its_second_line() {
        assert_eq!(fault("name: x\n# mine\nname: y\n").to_string(), "a.yaml:3: duplicate field `name`");
        let said = read::<serde_yaml::Value>("a: {b: 1}\nc:\n  d: 1\n  e: 2\n  d: 3\n", Path::new("a.yaml"));
        let said = said.expect_err("d stands twice").to_string();
        assert!(said.starts_with("a.yaml:5: ") && said.contains("\"d\""), "{said}");
    }

    #[test]
    fn a_list_in_the_place_of_names_is_told_without_a_word_of_the_program() {
        let said = fault("- name\n- count\n").to_string();
        assert_eq!(said, "a.yaml:1: invalid type: sequence, expected a mapping (lines of `name: value`)");
    }

    #[test]
    fn a_bomb_of_aliases_is_refused_at_once() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..30 {
            let before = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
        }
        let start = Instant::now();
        let fault = read::<BTreeMap<String, serde_yaml::Value>>(&bomb, Path::new("a.yaml"));
        let said = fault.expect_err("aliases are refused").to_string();
        assert_eq!(said, "a.yaml:2: an alias (`*name`) is not read here");
        assert!(start.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn stars_and_ampersands_in_words_are_no_aliases() {
        let text = "name: |\n  * one & *two\n  &three *three\n  'x' \"y\n";
        let entry: Entry = read(text, Path::new("a.yaml")).expect("plain text");
        assert_eq!(entry.name, "* one & *two\n&three *three\n'x' \"y\n");
    }

    #[test]
    fn deep_nesting_ends_in_a_fault_and_not_in_a_crash() {
        let deep = format!("name: {}", "[".repeat(100_000));
        let start = Instant::now();
        assert_eq!(fault(&deep).to_string(), "a.yaml:1: nested more than 128 deep");
        let closed = format!("{}{}", "[".repeat(200), "]".repeat(200));
        let said = read::<serde_yaml::Value>(&closed, Path::new("a.yaml")).expect_err("too deep").to_string();
        assert_eq!(said, "a.yaml:1: nested more than 128 deep");
        assert!(start.elapsed() < Duration::from_secs(1));
    }

    #[test]
    fn more_than_the_limit_is_not_even_looked_at() {
        let said = fault(&" ".repeat(LIMIT + 1)).to_string();
        assert_eq!(said, "a.yaml: 16 MiB of YAML is more than the 16 MiB read here");
    }

    #[test]
    fn an_empty_file_is_nothing_rather_than_an_error_where_nothing_will_do() {
        for text in ["", "\n", "# only a comment\n", "---\n", "\u{feff}"] {
            assert_eq!(read::<Option<Entry>>(text, Path::new("a.yaml")).expect("empty"), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back_unchanged(
            text in "\\PC*|(?s).{0,40}|[ \t\r\n|>&*#:'\"yesno0-9.~-]{0,12}",
        ) {
            let written = write(&BTreeMap::from([("name", text.as_str())])).expect("a map of strings");
            let stream = format!("{written}{written}");
            let back: Vec<Entry> = documents(&stream, Path::new("a.yaml"))
                .map(|document| document.read().expect("just written"))
                .collect();
            prop_assert_eq!(back.len(), 2);
            prop_assert_eq!(&back[1].name, &text);
        }
    }
}

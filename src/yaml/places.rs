//! Where the keys and items of a document stand, as far down as is asked for, found by reading it once.
//!
//! The reader beneath names a place only in an error. One that is asked for an enum where it has a map, a list or a
//! text refuses with the place and stays where it is, so that everything can be asked for its place on the way.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::{self, Display};
use std::path::Path;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

use super::Document;
use crate::fault::Fault;

/// One step down into a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Into the value of this key of a map.
    Key(&'a str),
    /// Into the item with this index of a list.
    Item(usize),
}

/// The places of a document.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    path: &'a Path,
    line: usize,
    root: Spot,
}

impl<'a> Places<'a> {
    /// Those of so many steps down. What cannot be read any more has none.
    pub fn of(document: &Document<'a>, steps: usize) -> Places<'a> {
        let mut root = Spot { line: 1, column: 1, ..Spot::default() };
        let text = serde_yaml::Deserializer::from_str(document.text());
        // Whether it was read to its end is told by whoever reads it for what it says.
        let _places_so_far = Walk { spot: &mut root, steps }.deserialize(text);
        Places { path: document.path(), line: document.line(), root }
    }

    /// The 1-based line and column of the file at which this stands, or the nearest above it that there is.
    pub fn nearest(&self, steps: &[Step<'_>]) -> (usize, usize) {
        let mut spot = &self.root;
        for step in steps {
            let Some(below) = spot.below(step) else { break };
            spot = below;
        }
        self.of_file(spot)
    }

    /// The same where there is such a place: where its key stands, or where its item begins.
    pub fn exact(&self, steps: &[Step<'_>]) -> Option<(usize, usize)> {
        let spot = steps.iter().try_fold(&self.root, |spot, step| spot.below(step))?;
        Some(self.of_file(spot))
    }

    /// The line on which this stands, or the nearest above it; nothing where that would be the whole document.
    pub fn line(&self, steps: &[Step<'_>]) -> Option<usize> {
        let exact = |length: usize| self.exact(&steps[..length]);
        (1..=steps.len()).rev().find_map(exact).map(|(line, _)| line)
    }

    /// The keys that stand in a map once more, each with its line.
    pub fn twice(&self) -> Vec<(String, usize)> {
        let (mut all, mut spots) = (Vec::new(), vec![&self.root]);
        while let Some(spot) = spots.pop() {
            all.extend(spot.twice.iter().map(|(key, line)| (key.clone(), self.line + line - 1)));
            spots.extend(spot.items.iter().chain(spot.keys.values()));
        }
        all
    }

    /// The file they are of.
    pub fn path(&self) -> &'a Path {
        self.path
    }

    fn of_file(&self, spot: &Spot) -> (usize, usize) {
        (self.line + spot.line - 1, spot.column)
    }

    /// A fault at this place, or at the nearest above it.
    pub fn fault(&self, steps: &[Step<'_>], fault: Fault) -> Fault {
        let (line, column) = self.nearest(steps);
        fault.at(self.path).line(line).column(column)
    }
}

/// A place in a document, and those below it.
#[derive(Clone, Debug, Default)]
struct Spot {
    line: usize,
    column: usize,
    items: Vec<Spot>,
    keys: HashMap<String, Spot>,
    /// The keys that stand here once more, and on which lines.
    twice: Vec<(String, usize)>,
}

impl Spot {
    /// The place of what was asked for below this one; `None` where there was nothing any more.
    fn of(&self, asked: Result<Option<Spot>, impl Display>) -> Option<Spot> {
        asked.unwrap_or_else(|told| Some(self.told(&told)))
    }

    /// The place that an error names at its end. The beginning of a document and what has a tag are not named, and
    /// stand where this does.
    fn told(&self, error: &impl Display) -> Spot {
        let said = error.to_string();
        let numbers = said.rsplit_once(" at line ").and_then(|(_, numbers)| numbers.split_once(" column "));
        let numbers = numbers.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
        let (line, column) = numbers.unwrap_or((self.line, self.column));
        Spot { line, column, ..Spot::default() }
    }

    fn below(&self, step: &Step<'_>) -> Option<&Spot> {
        match step {
            Step::Key(name) => self.keys.get(*name),
            Step::Item(at) => self.items.get(*at),
        }
    }
}

/// Goes through a value, and keeps the places of what is in it.
struct Walk<'s> {
    spot: &'s mut Spot,
    steps: usize,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.steps {
            0 => deserializer.deserialize_ignored_any(IgnoredAny).map(drop),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(mut spot) = self.spot.of(map.next_key_seed(Asked)) {
            let Some(name) = map.next_key::<String>()? else { break };
            map.next_value_seed(Walk { spot: &mut spot, steps: self.steps - 1 })?;
            match self.spot.keys.entry(name) {
                Entry::Vacant(entry) => drop(entry.insert(spot)),
                Entry::Occupied(entry) => self.spot.twice.push((entry.key().clone(), spot.line)),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(spot) = self.spot.of(list.next_element_seed(Asked)) {
            self.spot.items.push(spot);
            let Some(spot) = self.spot.items.last_mut() else { break };
            if list.next_element_seed(Walk { spot, steps: self.steps - 1 })?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// What has a tag.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<(), A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant::<IgnoredAny>().map(drop)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Asks the reader for what is never there, so that it says where it is; nothing is read.
struct Asked;

impl<'de> DeserializeSeed<'de> for Asked {
    type Value = Spot;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Spot, D::Error> {
        deserializer.deserialize_enum("", &[], self)
    }
}

impl Visitor<'_> for Asked {
    type Value = Spot;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("what is never there")
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Item, Key};
    use super::*;

    const TEXT: &str = "# top\nby: me\ndecisions:\n- bug: a\n  from: {severity: P0, scope: null}\n- {bug: b, 7: x}\n\
                        -\n  - 1\n  - [2, 3]\n- plain\n- ~\n- !tagged 5\nnext: |\n  more\nlast: [{a: b}, {}]\n";

    /// An error would be looked for in the wrong line.
    #[test]
    fn a_key_is_where_it_stands_and_an_item_where_it_begins() {
        let places = Places::of(&Document::new(TEXT, Path::new("a.yaml")), 3);
        let decision = |at, more: &[Step<'static>]| [&[Key("decisions"), Item(at)], more].concat();
        for (steps, place) in [
            (vec![Key("by")], (2, 1)),
            (vec![Key("decisions")], (3, 1)),
            (decision(0, &[]), (4, 3)),
            (decision(0, &[Key("bug")]), (4, 3)),
            (decision(0, &[Key("from")]), (5, 3)),
            (decision(1, &[]), (6, 3)),
            (decision(1, &[Key("7")]), (6, 12)),
            (decision(2, &[]), (8, 3)),
            (decision(2, &[Item(1)]), (9, 5)),
            (decision(3, &[]), (10, 3)),
            (decision(4, &[]), (11, 3)),
            (vec![Key("next")], (13, 1)),
            (vec![Key("last"), Item(0)], (15, 8)),
            (vec![Key("last"), Item(0), Key("a")], (15, 9)),
            (vec![Key("last"), Item(1)], (15, 16)),
        ] {
            assert_eq!(places.exact(&steps), Some(place), "{steps:?}");
            assert_eq!(places.nearest(&steps), place, "{steps:?}");
        }
        assert_eq!(places.nearest(&decision(5, &[])), (3, 1), "what has a tag");
    }

    #[test]
    fn what_goes_on_over_lines_stands_where_it_begins() {
        let text = "# top\nlevels:\n  P0:\n    name: Critical\n    aliases: [a,\n      b]\n1: x\n";
        let places = Places::of(&Document::new(text, Path::new("a.yaml")), 4);
        let aliases = |at| [Key("levels"), Key("P0"), Key("aliases"), Item(at)];
        let line = |steps: &[Step<'_>]| places.exact(steps).map(|(line, _)| line);
        assert_eq!((line(&aliases(1)), line(&aliases(2))), (Some(6), None));
        assert_eq!((line(&[Key("1")]), line(&[Key("level")])), (Some(7), None));
        assert_eq!((line(&[Key("levels"), Item(0)]), line(&aliases(0)[..2])), (None, Some(3)));
    }

    #[test]
    fn what_is_not_there_stands_where_the_nearest_above_it_does() {
        let document = crate::yaml::documents("---\na: 1\n---\nb:\n- c: 2\n", Path::new("a.yaml")).nth(1);
        let places = Places::of(&document.expect("two documents"), 3);
        assert_eq!(places.nearest(&[Key("b"), Item(0), Key("d")]), (5, 3));
        assert_eq!(places.nearest(&[Key("b"), Item(9), Key("c")]), (4, 1));
        assert_eq!(places.nearest(&[Key("x")]), (3, 1));
        let empty = Places::of(&Document::new("", Path::new("a.yaml")), 3);
        assert_eq!((empty.nearest(&[Key("x")]), empty.exact(&[Key("x")])), ((1, 1), None));
    }
}

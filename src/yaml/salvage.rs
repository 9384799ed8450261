//! All that is wrong with the shape of a document, told at once, and what can be read of it all the same.
//!
//! The reader beneath stops at the first thing that it does not expect. Here each part of the document is read by
//! itself, as if it stood alone: what fails so is wrong, and left out of the rest. So this is for shapes whose members
//! may all be missing. A part that is left out is in no value, and what comes of its absence is for the caller to tell
//! from what is wrong besides.

mod whole;

use std::marker::PhantomData;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value as Tree};

use self::whole::Whole;
use super::places::{Places, Step};
use super::{Document, key_of, read};
use crate::fault::{Fault, Kind};

/// What could be read of a document.
#[derive(Debug)]
pub struct Salvaged<T> {
    /// What it says, without what is wrong; nothing where it is no document at all.
    pub value: Option<T>,
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
    /// The keys that lead to each part that is left out; a list is left out for one of its items.
    pub left_out: Vec<Vec<String>>,
}

/// Reads as much as can be read of a text that holds one document. Takes time in the size of the text and the number
/// of parts that are wrong.
pub fn salvage<T: DeserializeOwned>(text: &str, path: &Path) -> Salvaged<T> {
    let first = match read::<T>(text, path) {
        Ok(value) => return Salvaged { value: Some(value), faults: Vec::new(), left_out: Vec::new() },
        Err(fault) => fault,
    };
    let Ok(Whole(whole)) = read::<Whole>(text, path) else {
        return Salvaged { value: None, faults: vec![first], left_out: Vec::new() };
    };
    let places = Places::of(&Document::new(text, path), usize::MAX);
    let twice = places.twice().into_iter().map(|(key, line)| twice(&key, path, line)).collect();
    let mut search = Search { places, faults: twice, left_out: Vec::new(), of: PhantomData::<T> };
    let kept = search.kept(&mut Vec::new(), &whole).unwrap_or(Tree::Null);
    let Search { mut faults, left_out, .. } = search;
    faults.sort_by_key(Fault::line_number);
    Salvaged { value: alone::<T>(&[], &kept, path).ok(), faults, left_out }
}

/// The way through a document.
struct Search<'a, T> {
    places: Places<'a>,
    faults: Vec<Fault>,
    left_out: Vec<Vec<String>>,
    of: PhantomData<T>,
}

impl<T: DeserializeOwned> Search<'_, T> {
    /// As much of what stands at a place as can be read there; nothing where not even its absence can.
    fn kept(&mut self, place: &mut Vec<Step<'_>>, tree: &Tree) -> Option<Tree> {
        let path = self.places.path();
        let Err(said) = alone::<T>(place, tree, path) else { return Some(tree.clone()) };
        let before = self.faults.len();
        let rest = match tree {
            Tree::Mapping(members) if !says::<T>(place, Tree::Mapping(Mapping::new()), &said, path) => {
                self.members(place, members)
            }
            Tree::Sequence(items) if !says::<T>(place, Tree::Sequence(Vec::new()), &said, path) => {
                self.items(place, items)
            }
            _ => Tree::Null,
        };
        if self.faults.len() == before {
            self.tell(place, said);
        } else if alone::<T>(place, &rest, path).is_ok() {
            return Some(rest);
        }
        let keys = place.iter().map_while(|step| match step {
            Step::Key(key) => Some((*key).to_owned()),
            Step::Item(_) => None,
        });
        self.left_out.push(keys.collect());
        alone::<T>(place, &Tree::Null, path).is_ok().then_some(Tree::Null)
    }

    fn members(&mut self, place: &[Step<'_>], members: &Mapping) -> Tree {
        let mut kept = Mapping::new();
        for (key, value) in members {
            let Some(name) = key_of(key) else { continue };
            let mut place = [place, &[Step::Key(&name)]].concat();
            if let Some(value) = self.kept(&mut place, value) {
                kept.insert(key.clone(), value);
            }
        }
        kept.into()
    }

    fn items(&mut self, place: &[Step<'_>], items: &[Tree]) -> Tree {
        let kept = items.iter().enumerate().filter_map(|(at, item)| {
            let mut place = [place, &[Step::Item(at)]].concat();
            self.kept(&mut place, item)
        });
        kept.collect::<Vec<_>>().into()
    }

    fn tell(&mut self, place: &[Step<'_>], said: Fault) {
        let said = said.worded(|what| match what.strip_prefix(&written(place, false)) {
            Some(rest) => written(place, true) + rest,
            None => what.to_owned(),
        });
        self.faults.push(said.line(self.places.line(place).unwrap_or(1)));
    }
}

/// A place as the reader names it; where its items do not count, each is the first of its list.
fn written(place: &[Step<'_>], items_count: bool) -> String {
    let mut text = String::new();
    for step in place {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => text.push_str(&format!(".{key}")),
            Step::Item(at) => text.push_str(&format!("[{}]", if items_count { *at } else { 0 })),
        }
    }
    text
}

fn twice(key: &str, path: &Path, line: usize) -> Fault {
    let fault = Fault::new(Kind::Unreadable, format!("`{key}` stands here twice")).at(path).line(line);
    fault.hint("put what both say under one of them")
}

/// What stands at a place, read as if there were nothing else; what is wrong with it is on no line.
fn alone<T: DeserializeOwned>(place: &[Step<'_>], tree: &Tree, path: &Path) -> Result<T, Fault> {
    let whole = place.iter().rev().fold(tree.clone(), |tree, step| match step {
        Step::Key(key) => Mapping::from_iter([((*key).into(), tree)]).into(),
        Step::Item(_) => vec![tree].into(),
    });
    let text = serde_yaml::to_string(&whole).map_err(super::unwritable)?;
    Document::new(&text, path).read().map_err(|fault: Fault| fault.line(1))
}

/// Whether this in the place of what stands there would be told the same.
fn says<T: DeserializeOwned>(place: &[Step<'_>], tree: Tree, said: &Fault, path: &Path) -> bool {
    alone::<T>(place, &tree, path).is_err_and(|fault| fault.to_string() == said.to_string())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::{Entries, OneOrMany, Word};
    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, default, expecting = "a map of members")]
    struct Shape {
        name: Option<Word>,
        count: Option<usize>,
        words: OneOrMany,
        inner: Entries<Inner>,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, default, expecting = "an inner map")]
    struct Inner {
        size: Option<usize>,
        text: Option<String>,
    }

    fn told(text: &str) -> (Vec<String>, Salvaged<Shape>) {
        let salvaged = salvage::<Shape>(text, Path::new("a.yaml"));
        (salvaged.faults.iter().map(ToString::to_string).collect(), salvaged)
    }

    /// Who mends a file would be told of its mistakes one run after the other.
    #[test]
    fn all_that_is_wrong_is_told_and_the_rest_is_read() {
        let text = "nam: x\nname: good\ncount: many\ninner:\n  a: {size: 1, txt: x}\n  b: word\n  c:\n    text: 5\n    \
                    size: -1\nwords: [one, {a: b}, two, [x]]\n";
        let (faults, salvaged) = told(text);
        assert_eq!(
            faults,
            [
                "a.yaml:1: unknown field `nam`, expected one of `name`, `count`, `words`, `inner`",
                "a.yaml:3: count: invalid type: string \"many\", expected a whole number",
                "a.yaml:5: inner.a: unknown field `txt`, expected `size` or `text`",
                "a.yaml:6: inner.b: invalid type: string \"word\", expected an inner map",
                "a.yaml:9: inner.c.size: invalid type: integer `-1`, expected a whole number",
                "a.yaml:10: words[1]: invalid type: map, expected a word",
                "a.yaml:10: words[3]: invalid type: sequence, expected a word",
            ]
        );
        assert_eq!(salvaged.faults[0].hints(), ["did you mean `name`?"]);
        let read = salvaged.value.expect("the rest");
        assert_eq!((read.name, read.count), (Some(Word("good".into())), None));
        assert_eq!(read.words, OneOrMany(vec!["one".into(), "two".into()]));
        let inner: Vec<_> =
            read.inner.iter().map(|(key, one)| (key, one.size, one.text.as_deref())).collect();
        assert_eq!(inner, [("a", Some(1), None), ("b", None, None), ("c", None, Some("5"))]);
        let places: Vec<String> = salvaged.left_out.iter().map(|keys| keys.join(".")).collect();
        assert_eq!(places, ["nam", "count", "inner.a.txt", "inner.b", "inner.c.size", "words", "words"]);
    }

    #[test]
    fn a_key_that_stands_twice_is_told_along_with_the_others() {
        let (faults, salvaged) = told("count: 1\ninner: {a: {size: x}}\ncount: 2\ninner:\n  b:\n");
        assert_eq!(
            faults,
            [
                "a.yaml:2: inner.a.size: invalid type: string \"x\", expected a whole number",
                "a.yaml:3: `count` stands here twice",
                "a.yaml:4: `inner` stands here twice",
            ]
        );
        assert_eq!(salvaged.value.expect("the first of both").count, Some(1));
    }

    #[test]
    fn what_is_no_document_is_told_once_and_what_is_right_is_read() {
        for (text, said) in [("a: [1\n", "a.yaml:"), ("- a\n- b\n", "a.yaml:1: invalid type: sequence")] {
            let (faults, salvaged) = told(text);
            assert!(faults.len() == 1 && faults[0].starts_with(said), "{faults:?}");
            assert!(salvaged.value.is_none_or(|value| value == Shape::default()));
        }
        let (faults, salvaged) = told("name: x\n");
        assert_eq!((faults.len(), salvaged.value.and_then(|read| read.name)), (0, Some(Word("x".into()))));
    }
}

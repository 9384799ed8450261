//! A decision as a person writes it into a file: members of known names and shapes, whatever they mean together.

use super::member::{FROM, KINDS, Member, Shape, TABLE};
use super::{HOW, Item, Place, What};
use crate::fault::{Fault, Kind as Trouble};
use crate::triage::Kind;
use crate::yaml::Tree;

/// A decision as a person writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    members: Vec<(&'static str, Value)>,
}

/// What a member says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// A number.
    Number(u8),
    /// What sort of decision it is.
    Kind(Kind),
    /// Texts by name; `None` where there is none, or is to be none.
    Fields(Vec<(String, Option<String>)>),
}

impl Said {
    /// The names of what it says, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.members.iter().map(|(name, _)| *name)
    }

    /// What this member says.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The text of this member.
    pub fn text(&self, name: &str) -> Option<&str> {
        if let Some(Value::Text(text)) = self.get(name) { Some(text) } else { None }
    }

    /// The texts of this member, which may be a single one.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => vec![text],
            Some(Value::Texts(texts)) => texts.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The texts by name of this member.
    pub fn fields(&self, name: &str) -> &[(String, Option<String>)] {
        if let Some(Value::Fields(fields)) = self.get(name) { fields } else { &[] }
    }
}

/// Reads a decision; `by` proposes it where it names nobody.
pub(super) fn read<'a>(place: Place<'a>, tree: &Tree, by: Option<&str>) -> Result<Item<'a>, Vec<Fault>> {
    let Tree::Mapping(members) = tree else {
        let fault = Fault::new(Trouble::Unreadable, "this is no decision").hint(HOW);
        return Err(vec![place.fault(None, fault)]);
    };
    let (mut said, mut faults) = (Said::default(), Vec::new());
    for (name, value) in members {
        let name = name.as_str().unwrap_or_default();
        match Member::named(name) {
            None => faults.push(place.stranger(name, TABLE.iter().map(|member| member.name))),
            Some(member) => match self::value(member.shape, value) {
                Some(value) => said.members.push((member.name, value)),
                None => faults.push(place.fault(Some(member.name), misshapen(member, value))),
            },
        }
    }
    let by = said.text("by").or(by).map(|by| by.trim().to_owned()).filter(|by| !by.is_empty());
    if faults.is_empty() { Ok(Item { place, by, what: What::Said(said) }) } else { Err(faults) }
}

fn misshapen(member: &Member, value: &Tree) -> Fault {
    let fault = |what: String| Fault::new(Trouble::Unreadable, what);
    if value.as_sequence().is_some_and(Vec::is_empty) && member.shape == Shape::Texts {
        return fault(format!("{}: is an empty list", member.name))
            .hint("name some, or leave it out: a decision about the report as a whole has no `bugs`");
    }
    fault(format!("{}: is not {}", member.name, member.shape.words()))
        .hint("quote what is to be taken for a text")
}

/// What a member says, where that has its shape.
fn value(shape: Shape, tree: &Tree) -> Option<Value> {
    match (shape, tree) {
        (Shape::Texts, Tree::Sequence(texts)) if !texts.is_empty() => {
            Some(Value::Texts(texts.iter().map(text).collect::<Option<_>>()?))
        }
        (Shape::Text | Shape::Texts, _) => text(tree).map(Value::Text),
        (Shape::Number, _) => Some(Value::Number(tree.as_u64()?.try_into().ok()?)),
        (Shape::Kind, _) => {
            KINDS.iter().find(|(name, _)| Some(*name) == tree.as_str()).map(|(_, kind)| Value::Kind(*kind))
        }
        (Shape::Fields, Tree::Mapping(_)) => fields(tree, |_| true),
        (Shape::From, Tree::Mapping(_)) => fields(tree, |name| FROM.contains(&name)),
        (Shape::Fields | Shape::From, _) => None,
    }
}

fn fields(tree: &Tree, is_known: impl Fn(&str) -> bool) -> Option<Value> {
    let field = |(name, value): (&Tree, &Tree)| {
        let name = name.as_str().filter(|name| is_known(name))?;
        let value = if value.is_null() { None } else { Some(text(value)?) };
        Some((name.to_owned(), value))
    };
    Some(Value::Fields(tree.as_mapping()?.iter().map(field).collect::<Option<_>>()?))
}

fn text(tree: &Tree) -> Option<String> {
    let number = || tree.as_i64().map(|number| number.to_string());
    tree.as_str().map(str::to_owned).or_else(number)
}

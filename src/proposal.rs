//! Decisions that are proposed elsewhere, by an agent or a colleague, as a file says them. Nothing here knows the
//! report that they are about, or decides anything.
//!
//! A file says them as a person writes them, below `decisions:`, or as the log and its exports have them: YAML, JSON
//! or JSON Lines. What is wrong with one decision hides no other, so that all of it is told at once.

mod logged;
mod member;
mod said;

use std::path::Path;

use serde_json::{Value as Json, json};

/// The size in bytes up to which a file of decisions is read.
pub use crate::yaml::LIMIT;
pub use logged::{Logged, LoggedBug, LoggedClaim};
pub use member::{KINDS, Member};
pub use said::{Said, Value};

use crate::fault::{Fault, Kind, Result};
use crate::yaml::{self, Document, Step, Tree, did_you_mean};

/// A decision that a file proposes, and where it stands there.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    document: Document<'a>,
    steps: Vec<Step<'a>>,
    /// Who proposes it.
    pub by: Option<String>,
    /// What it proposes.
    pub what: What,
}

/// What is proposed, and how it is said.
#[derive(Clone, Debug)]
pub enum What {
    /// As a person writes it.
    Said(Said),
    /// As the log has it.
    Logged(Box<Logged>),
}

impl Item<'_> {
    /// Its 1-based line.
    pub fn line(&self) -> usize {
        self.document.line_of(&self.steps).unwrap_or(self.document.line())
    }

    /// A fault of this member of it, or of all of it.
    pub fn fault(&self, member: Option<&str>, fault: Fault) -> Fault {
        let mut steps = self.steps.clone();
        steps.extend(member.map(Step::Key));
        placed(&self.document, &steps, fault)
    }
}

/// The decisions of a file in their order; for one that cannot be read, all that is wrong with it.
///
/// # Errors
/// [`Kind::Unreadable`] where the file is no YAML, or holds no decisions.
pub fn read<'a>(text: &'a str, path: &'a Path) -> Result<Items<'a>> {
    if text.len() > yaml::LIMIT {
        return Err(Fault::new(Kind::Unreadable, "more than 16 MiB of decisions are not read here").at(path));
    }
    let mut items = Vec::new();
    for document in documents(text, path) {
        match document.read::<Option<Tree>>()? {
            None => {}
            Some(tree) => whole(document, &tree, &mut items)?,
        }
    }
    if items.is_empty() {
        return Err(Fault::new(Kind::Unreadable, "there are no decisions in it").at(path).hint(HOW));
    }
    Ok(items)
}

/// The JSON schema of a file of decisions, pretty, with a newline at its end.
pub fn schema() -> String {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Decisions for regrade apply",
        "type": "object",
        "properties": {
            "by": { "description": BY, "type": "string" },
            "decisions": { "description": "The decisions, in their order.", "type": "array", "items": item() },
        },
        "required": ["decisions"],
        "additionalProperties": false,
    });
    format!("{schema:#}\n")
}

const BY: &str = "Who proposes them, where a decision names nobody else.";
const HOW: &str = "`decisions:` is a list of decisions; regrade apply --schema says what each may have";

fn item() -> Json {
    let described = |member: &Member| {
        let mut schema = member.shape.outline();
        schema["description"] = member.help.into();
        (member.name.to_owned(), schema)
    };
    let members: serde_json::Map<String, Json> = member::TABLE.iter().map(described).collect();
    json!({ "type": "object", "properties": members, "additionalProperties": false })
}

/// The documents of a file: its lines, where each is a JSON object.
fn documents<'a>(text: &'a str, path: &'a Path) -> Vec<Document<'a>> {
    let lines = Document::lines(text, path);
    let is_object =
        |line: &Document<'_>| line.text().starts_with('{') && line.text().trim_end().ends_with('}');
    match lines.len() > 1 && lines.iter().all(is_object) {
        true => lines,
        false => yaml::documents(text, path).collect(),
    }
}

/// The decisions of a file in their order; for one that cannot be read, all that is wrong with it.
pub type Items<'a> = Vec<std::result::Result<Item<'a>, Vec<Fault>>>;

/// The decisions of one document.
fn whole<'a>(document: Document<'a>, tree: &Tree, items: &mut Items<'a>) -> Result<()> {
    match tree {
        Tree::Sequence(entries) => {
            let entries = entries.iter().enumerate();
            items.extend(entries.map(|(at, entry)| logged::read(document, vec![Step::Item(at)], entry)));
        }
        Tree::Mapping(members) if members.contains_key("id") && members.contains_key("kind") => {
            items.push(logged::read(document, Vec::new(), tree));
        }
        Tree::Mapping(members) => {
            let (by, faults) = author(&document, members);
            items.extend((!faults.is_empty()).then_some(Err(faults)));
            let Some(Tree::Sequence(entries)) = members.get("decisions") else {
                let fault = Fault::new(Kind::Unreadable, "there is no list of decisions").hint(HOW);
                return Err(placed(&document, &[Step::Key("decisions")], fault));
            };
            let steps = |at| vec![Step::Key("decisions"), Step::Item(at)];
            let entries = entries.iter().enumerate();
            items.extend(entries.map(|(at, entry)| said::read(document, steps(at), entry, by.as_deref())));
        }
        _ => {
            return Err(placed(
                &document,
                &[],
                Fault::new(Kind::Unreadable, "these are no decisions").hint(HOW),
            ));
        }
    }
    Ok(())
}

/// Who proposes all of a file, and what is wrong beside its decisions.
fn author(document: &Document<'_>, members: &yaml::Mapping) -> (Option<String>, Vec<Fault>) {
    let by = members.get("by");
    let unknown = members.keys().filter_map(Tree::as_str).filter(|name| !["by", "decisions"].contains(name));
    let mut faults: Vec<Fault> =
        unknown.map(|name| stranger(document, &[], name, ["by", "decisions"])).collect();
    if by.is_some_and(|by| !by.is_string()) {
        let fault = Fault::new(Kind::Unreadable, "by: is no text").hint("name who proposes the decisions");
        faults.push(placed(document, &[Step::Key("by")], fault));
    }
    (by.and_then(Tree::as_str).map(str::to_owned), faults)
}

/// The fault of a member that there is not.
fn stranger<'a>(
    document: &Document<'_>,
    steps: &[Step<'_>],
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Fault {
    let fault = Fault::new(Kind::Unreadable, format!("there is no member `{name}` here"));
    let fault = did_you_mean(fault, name, known);
    let steps: Vec<Step<'_>> = steps.iter().copied().chain([Step::Key(name)]).collect();
    placed(document, &steps, if fault.hints().is_empty() { fault.hint(HOW) } else { fault })
}

/// The fault at this place, or at the nearest above it that the document has.
fn placed(document: &Document<'_>, steps: &[Step<'_>], fault: Fault) -> Fault {
    let place = (0..=steps.len()).rev().find_map(|length| document.place_of(&steps[..length]));
    let (line, column) = place.unwrap_or((document.line(), 1));
    fault.at(document.path()).line(line).column(column)
}

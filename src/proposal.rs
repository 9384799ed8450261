//! Decisions that are proposed elsewhere, by an agent or a colleague, as a file says them. Nothing here knows the
//! report that they are about, or decides anything.
//!
//! A file says them as a person writes them, below `decisions:`, or as the log and its exports have them: YAML, JSON
//! or JSON Lines. What is wrong with one decision hides no other, so that all of it is told at once.

mod logged;
mod member;
mod said;
mod surrogate;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value as Json, json};

/// The size in bytes up to which a file of decisions is read.
pub use crate::yaml::LIMIT;
pub use logged::{Became, Logged, LoggedBug, LoggedClaim};
pub use member::{KINDS, Member};
pub use said::{Said, Value};
pub use surrogate::joined;

use crate::fault::{Fault, Kind, Result};
use crate::yaml::{self, Document, Places, Step, Tree, did_you_mean};

/// A decision that a file proposes, and where it stands there.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    place: Place<'a>,
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
    /// Who thought of it first: of a decision that a log has, who had proposed it there, else who decided.
    pub fn proposer(&self) -> Option<&str> {
        let earlier = match &self.what {
            What::Logged(logged) => logged.suggested_by.as_deref(),
            What::Said(_) => None,
        };
        earlier.or(self.by.as_deref())
    }

    /// Its 1-based line.
    pub fn line(&self) -> usize {
        self.place.places.nearest(&self.place.steps).0
    }

    /// A fault of this member of it, or of all of it.
    pub fn fault(&self, member: Option<&str>, fault: Fault) -> Fault {
        self.place.fault(member, fault)
    }
}

/// Where a decision stands.
#[derive(Clone, Debug)]
struct Place<'a> {
    places: Arc<Places<'a>>,
    steps: Vec<Step<'a>>,
}

impl<'a> Place<'a> {
    fn of(places: &Arc<Places<'a>>, steps: &[Step<'a>]) -> Place<'a> {
        Place { places: Arc::clone(places), steps: steps.to_vec() }
    }

    /// A fault of this member of it, or of all of it.
    fn fault(&self, member: Option<&str>, fault: Fault) -> Fault {
        let steps: Vec<Step<'_>> = self.steps.iter().copied().chain(member.map(Step::Key)).collect();
        self.places.fault(&steps, fault)
    }

    /// The fault of a member that there is not.
    fn stranger<'n>(&self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Fault {
        let fault = Fault::new(Kind::Unreadable, format!("there is no member `{name}` here"));
        let fault = did_you_mean(fault, name, known);
        self.fault(Some(name), if fault.hints().is_empty() { fault.hint(HOW) } else { fault })
    }
}

/// How far down a member of a decision stands.
const DEPTH: usize = 3;

/// The decisions of a file in their order; for one that cannot be read, all that is wrong with it.
///
/// # Errors
/// [`Kind::Unreadable`] where the file is no YAML, or holds something else.
pub fn read<'a>(text: &'a str, path: &'a Path) -> Result<Items<'a>> {
    if text.len() > yaml::LIMIT {
        return Err(too_long(path));
    }
    let mut items = Vec::new();
    for document in documents(text, path) {
        match document.read::<Option<Tree>>()? {
            None => {}
            Some(tree) => whole(document, &tree, &mut items)?,
        }
    }
    Ok(items)
}

/// The fault of a file that holds no decisions.
pub fn none(path: &Path) -> Fault {
    Fault::new(Kind::Unreadable, "there are no decisions in it").at(path).hint(HOW)
}

/// Whether a text that is no YAML looks like CSV: by the name of its file, or since it begins as an export does.
pub fn is_csv(text: &str, path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"))
        || text.starts_with("entry,at,by,kind,")
}

/// The fault of a file that is CSV.
pub fn no_csv(path: &Path) -> Fault {
    Fault::new(Kind::Unreadable, "CSV is not read: it tells too little of a decision")
        .at(path)
        .hint("regrade export REPORT --to yaml (or json, jsonl) writes what is read here")
}

/// The fault of a file that is longer than [`LIMIT`].
pub fn too_long(path: &Path) -> Fault {
    Fault::new(Kind::Unreadable, "more than 16 MiB of decisions are not read here").at(path)
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
const ABOVE: &str =
    "write `decisions:` on a line above it; only what regrade export writes is a list by itself";
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
    let places = Arc::new(Places::of(&document, DEPTH));
    let place = |steps: &[Step<'a>]| Place::of(&places, steps);
    match tree {
        Tree::Sequence(entries) if !entries.is_empty() && !entries.iter().any(|entry| has(entry, "id")) => {
            let fault = Fault::new(Kind::Unreadable, "this is a list, and it stands below no `decisions:`");
            return Err(places.fault(&[Step::Item(0)], fault.hint(ABOVE)));
        }
        Tree::Sequence(entries) => {
            let entries = entries.iter().enumerate();
            items.extend(entries.map(|(at, entry)| logged::read(place(&[Step::Item(at)]), entry)));
        }
        Tree::Mapping(_) if has(tree, "id") && has(tree, "kind") => {
            items.push(logged::read(place(&[]), tree));
        }
        Tree::Mapping(members) => {
            let (by, faults) = author(&place(&[]), members);
            items.extend((!faults.is_empty()).then_some(Err(faults)));
            let Some(Tree::Sequence(entries)) = members.get("decisions") else {
                let fault = Fault::new(Kind::Unreadable, "there is no list of decisions").hint(HOW);
                return Err(places.fault(&[Step::Key("decisions")], fault));
            };
            let place = |at| place(&[Step::Key("decisions"), Step::Item(at)]);
            let entries = entries.iter().enumerate();
            items.extend(entries.map(|(at, entry)| said::read(place(at), entry, by.as_deref())));
        }
        _ => {
            let fault = Fault::new(Kind::Unreadable, "these are no decisions").hint(HOW);
            return Err(places.fault(&[], fault));
        }
    }
    Ok(())
}

fn has(tree: &Tree, member: &str) -> bool {
    tree.as_mapping().is_some_and(|members| members.contains_key(member))
}

/// Who proposes all of a file, and what is wrong beside its decisions.
fn author(place: &Place<'_>, members: &yaml::Mapping) -> (Option<String>, Vec<Fault>) {
    let by = members.get("by");
    let unknown = members.keys().filter_map(Tree::as_str).filter(|name| !["by", "decisions"].contains(name));
    let mut faults: Vec<Fault> = unknown.map(|name| place.stranger(name, ["by", "decisions"])).collect();
    if by.is_some_and(|by| !by.is_string()) {
        let fault = Fault::new(Kind::Unreadable, "by: is no text").hint("name who proposes the decisions");
        faults.push(place.fault(Some("by"), fault));
    }
    (by.and_then(Tree::as_str).map(str::to_owned), faults)
}

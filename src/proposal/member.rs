//! What a decision in a file may say, member by member: the table that both the reader and the schema go by.

use serde_json::{Value as Json, json};

use crate::triage::Kind;

/// Something that a decision may say.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// What it is called.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub help: &'static str,
    /// What it takes.
    pub(super) shape: Shape,
}

/// What a member takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text, which a number is too.
    Text,
    /// A text or a list of some.
    Texts,
    /// A number from 0 to 255.
    Number,
    /// One of [`KINDS`].
    Kind,
    /// Texts by name; nothing takes a field away.
    Fields,
    /// The severity, scope and status as they were.
    From,
}

/// What sort of decision the word of a file means; the commands of `regrade record` have words of their own.
pub const KINDS: [(&str, Kind); 9] = [
    ("reclassified", Kind::Reclassified),
    ("confirmed", Kind::Confirmed),
    ("status", Kind::Status),
    ("fixed", Kind::Fixed),
    ("fix", Kind::Fixed),
    ("not-executed", Kind::NotExecuted),
    ("finding", Kind::Finding),
    ("recommendation", Kind::Recommendation),
    ("note", Kind::Note),
];

/// The values that `from` may name.
pub(super) const FROM: [&str; 3] = ["severity", "scope", "status"];

const fn member(name: &'static str, shape: Shape, help: &'static str) -> Member {
    Member { name, help, shape }
}

pub(super) const TABLE: [Member; 27] = [
    member("bug", Shape::Text, "The bug, by id or handle as `regrade list` names it."),
    member("bugs", Shape::Texts, "The bugs, by id or handle; without any it is about the report as a whole."),
    member("by", Shape::Text, "Who proposes it."),
    member("kind", Shape::Kind, "What sort of decision it is, where that does not follow from the rest."),
    member(
        "from",
        Shape::From,
        "How the bugs stood when it was proposed, null for nothing; else it is stale.",
    ),
    member("severity", Shape::Text, "The new severity: a key, name or alias of a level."),
    member("scope", Shape::Text, "What the bugs really affect; `none` takes it away."),
    member("status", Shape::Text, "The new status, with a remark behind ` - ` if there is one."),
    member("duplicate-of", Shape::Text, "The bug that they repeat, in place of a status."),
    member("until", Shape::Text, "The day to which they are put off, in place of a status."),
    member("fields", Shape::Fields, "Any other field by name; null or `-` takes it away."),
    member("note", Shape::Text, "A remark, which changes nothing."),
    member("rationale", Shape::Text, "Why."),
    member("override", Shape::Text, "Why it is made although the policy warns of it."),
    member("rule", Shape::Number, "The deviation rule that it stands under."),
    member("fix", Shape::Text, "What was done about it."),
    member("commit", Shape::Text, "The commit that the fix is in."),
    member("verification", Shape::Text, "What shows that the fix helped."),
    member("regression-test", Shape::Text, "The test that keeps the bugs from coming back."),
    member("title", Shape::Text, "Of a fix outside the bugs: the fix in a few words."),
    member("issue", Shape::Text, "Of a fix outside the bugs: what was wrong."),
    member("found-during", Shape::Text, "Of a fix outside the bugs: over which work it was found."),
    member("file", Shape::Texts, "Of a fix outside the bugs: the files that were changed for it."),
    member("task", Shape::Text, "Of a task not executed: the task, as the plan names it."),
    member("why", Shape::Text, "Of a task not executed: why it was not."),
    member("decision", Shape::Text, "Of a task not executed: what is done in its place."),
    member("text", Shape::Text, "Of a finding, a recommendation or a note: what it says."),
];

impl Member {
    pub(super) fn named(name: &str) -> Option<&'static Member> {
        TABLE.iter().find(|member| member.name == name)
    }
}

impl Shape {
    /// What it takes, in words.
    pub(super) fn words(self) -> String {
        match self {
            Shape::Text => "a text".to_owned(),
            Shape::Texts => "a text or a list of texts".to_owned(),
            Shape::Number => "a number from 0 to 255".to_owned(),
            Shape::Kind => format!("one of {}", KINDS.map(|(name, _)| name).join(", ")),
            Shape::Fields => "texts by name".to_owned(),
            Shape::From => format!("texts for {}", FROM.join(", ")),
        }
    }

    /// What it takes, as a JSON schema.
    pub(super) fn outline(self) -> Json {
        let text = || json!({ "type": ["string", "integer"] });
        let text_or_none = || json!({ "type": ["string", "integer", "null"] });
        match self {
            Shape::Text => text(),
            Shape::Texts => json!({ "anyOf": [text(), { "type": "array", "items": text(), "minItems": 1 }] }),
            Shape::Number => json!({ "type": "integer", "minimum": 0, "maximum": 255 }),
            Shape::Kind => json!({ "enum": KINDS.map(|(name, _)| name) }),
            Shape::Fields => {
                json!({ "type": "object", "additionalProperties": text_or_none() })
            }
            Shape::From => {
                let members: serde_json::Map<String, Json> =
                    FROM.iter().map(|name| ((*name).to_owned(), text_or_none())).collect();
                json!({ "type": "object", "properties": members, "additionalProperties": false })
            }
        }
    }
}

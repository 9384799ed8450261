//! The shape of a methodology in YAML. Every member may be missing, so that a file can say only what
//! it changes.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Value as Json, json};

use crate::yaml::{Entries, OneOrMany, Outline, Word, outline};

use super::merge::Over;

macro_rules! record {
    ($(#[$about:meta])* $name:ident, $expecting:tt { $($member:ident: $type:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, default, expecting = $expecting)]
        pub(super) struct $name {
            $(pub(super) $member: $type,)*
        }

        impl Outline for $name {
            fn outline() -> Json {
                outline::map($expecting, [$((stringify!($member), <$type>::outline()),)*])
            }
        }

        impl Over for $name {
            fn over(self, base: $name) -> $name {
                $name { $($member: self.$member.over(base.$member),)* }
            }
        }
    };
}

record!(
    /// A methodology, or what a file changes of one.
    Record, "a map of levels, scopes, statuses, rules, …" {
        name: Option<Word>,
        only: Vec<Part>,
        levels: Entries<LevelRecord>,
        scopes: Entries<ScopeRecord>,
        statuses: Entries<StatusRecord>,
        rules: Entries<RuleRecord>,
        rationale: RationaleRecord,
        fields: Entries<OneOrMany>,
        headings: Entries<OneOrMany>,
        paths: Entries<OneOrMany>,
        policy: Entries<GuardRecord>,
        suggestions: Entries<SuggestionRecord>,
    }
);

/// A part of a methodology of which only what the file lists is to remain.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Part {
    Levels,
    Scopes,
    Statuses,
    Rules,
    Templates,
    Fields,
    Headings,
    Paths,
    Policy,
    Suggestions,
}

record!(
    LevelRecord, "a level: {name, definition, sla, …}" {
        key: Option<Word>,
        name: Option<Word>,
        definition: Option<String>,
        sla: Option<Word>,
        colour: Option<String>,
        hotkey: Option<Word>,
        aliases: OneOrMany,
    }
);

record!(
    ScopeRecord, "a scope: {name, definition, hotkey, aliases}" {
        key: Option<Word>,
        name: Option<Word>,
        definition: Option<String>,
        hotkey: Option<Word>,
        aliases: OneOrMany,
    }
);

record!(
    StatusRecord, "a status: {name, definition, hotkey, emoji, closes, asks, aliases}" {
        key: Option<Word>,
        name: Option<Word>,
        definition: Option<String>,
        hotkey: Option<Word>,
        emoji: Option<Word>,
        closes: Option<bool>,
        asks: Option<OneOrMany>,
        aliases: OneOrMany,
    }
);

record!(
    RuleRecord, "a deviation rule: {name, definition}" {
        name: Option<Word>,
        definition: Option<String>,
    }
);

record!(
    RationaleRecord, "rationale rules: {minimum, templates}" {
        minimum: Option<usize>,
        templates: Entries<TemplateRecord>,
    }
);

record!(
    TemplateRecord, "a template: {text, severity, scope, status, direction}" {
        text: Option<String>,
        severity: Option<Word>,
        scope: Option<Word>,
        status: Option<Word>,
        direction: Option<DirectionRecord>,
    }
);

record!(
    GuardRecord, "a guard: {when, act, message}" {
        when: Option<ConditionRecord>,
        act: Option<ActRecord>,
        message: Option<String>,
    }
);

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ActRecord {
    Note,
    Warn,
    Block,
}

record!(
    ConditionRecord, "conditions: {severity, scope, status, change, seen, count, rationale}" {
        severity: Option<AmongRecord>,
        scope: Option<AmongRecord>,
        status: Option<AmongRecord>,
        change: Option<ChangeRecord>,
        seen: Option<bool>,
        count: Option<BoundsRecord>,
        rationale: Option<BoundsRecord>,
    }
);

record!(
    ChangeRecord, "a change: {from, to, direction}" {
        from: Option<AmongRecord>,
        to: Option<AmongRecord>,
        direction: Option<DirectionRecord>,
    }
);

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum DirectionRecord {
    Up,
    Down,
}

record!(
    BoundsRecord, "bounds: {at_least, at_most}" {
        at_least: Option<usize>,
        at_most: Option<usize>,
    }
);

record!(
    SuggestionRecord, "a suggestion rule: {when, then}" {
        when: Option<WhenRecord>,
        then: Option<ProposalRecord>,
    }
);

record!(
    WhenRecord, "conditions: {fields, text, severity, scope, status, paths}" {
        fields: Entries<String>,
        text: Option<String>,
        severity: Option<AmongRecord>,
        scope: Option<AmongRecord>,
        status: Option<AmongRecord>,
        paths: Option<PathsRecord>,
    }
);

record!(
    PathsRecord, "paths: {all, some, none, count}" {
        all: Option<OneOrMany>,
        some: Option<OneOrMany>,
        none: Option<OneOrMany>,
        count: Option<BoundsRecord>,
    }
);

record!(
    ProposalRecord, "a proposal: {confirm, severity, scope, status, rationale}" {
        confirm: Option<bool>,
        severity: Option<Word>,
        scope: Option<Word>,
        status: Option<Word>,
        rationale: Option<String>,
    }
);

/// `P0`, `[P0, P1]`, or `{not: [P0]}`.
#[derive(Clone, Debug, Default)]
pub(super) struct AmongRecord {
    pub(super) listed: Vec<String>,
    pub(super) but: bool,
}

impl<'de> Deserialize<'de> for AmongRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AmongRecord, D::Error> {
        deserializer.deserialize_any(AmongVisitor)
    }
}

struct AmongVisitor;

impl<'de> Visitor<'de> for AmongVisitor {
    type Value = AmongRecord;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a word, a list of words, or {not: …}")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<AmongRecord, E> {
        Ok(AmongRecord { listed: vec![word.to_owned()], but: false })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<AmongRecord, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AmongRecord, A::Error> {
        let mut listed = Vec::new();
        while let Some(Word(word)) = list.next_element()? {
            listed.push(word);
        }
        Ok(AmongRecord { listed, but: false })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AmongRecord, A::Error> {
        let mut listed = Vec::new();
        while let Some(Word(key)) = map.next_key()? {
            if key != "not" {
                return Err(A::Error::unknown_field(&key, &["not"]));
            }
            listed = map.next_value::<OneOrMany>()?.0;
        }
        Ok(AmongRecord { listed, but: true })
    }
}

impl Outline for AmongRecord {
    fn outline() -> Json {
        let but = outline::map("all but these", [("not", OneOrMany::outline())]);
        json!({ "anyOf": [OneOrMany::outline(), but] })
    }
}

macro_rules! of_words {
    ($($name:ident)*) => {$(
        impl Outline for $name {
            fn outline() -> Json {
                outline::words::<$name>()
            }
        }
    )*};
}

of_words!(Part ActRecord DirectionRecord);

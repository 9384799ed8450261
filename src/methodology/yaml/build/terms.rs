//! Levels, scopes and statuses out of their records, each with its own words and hotkey.

use super::super::super::vocabulary::Vocabulary;
use super::super::super::{
    Ask, Asks, FieldKind, FieldNames, Level, LevelId, Scope, ScopeId, Sla, Status, StatusId,
};
use super::super::record::{LevelRecord, ScopeRecord, StatusRecord};
use super::{Built, Problem, Wrong};
use crate::yaml::{Entries, OneOrMany, Step, Word};

/// All of a kind, and the words that reports write for them.
pub(super) struct Terms<T, Id> {
    pub(super) all: Vec<T>,
    pub(super) words: Vocabulary<Id>,
    pub(super) keys: Vec<String>,
}

/// Where a term stands, and what may be wrong with any of them.
#[derive(Clone, Copy)]
struct Entry<'a> {
    part: &'static str,
    key: &'a str,
}

impl<'a> Entry<'a> {
    fn place(self, member: &'static str) -> Vec<Step<'a>> {
        vec![Step::Key(self.part), Step::Key(self.key), Step::Key(member)]
    }

    fn hotkey(self, word: Option<&Word>) -> Built<'a, Option<char>> {
        let Some(Word(word)) = word else { return Ok(None) };
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if !letter.is_whitespace() && !letter.is_control() => Ok(Some(letter)),
            _ => Err(Problem::new(
                self.place("hotkey"),
                format!("`{word}` is no hotkey; expected one character"),
            )),
        }
    }
}

pub(super) fn levels<'a>(entries: &'a Entries<LevelRecord>, wrong: &mut Wrong<'a>) -> Terms<Level, LevelId> {
    if entries.0.is_empty() {
        wrong.0.push(Problem::new(vec![Step::Key("levels")], "a methodology needs one level at least"));
    }
    let mut all = Vec::new();
    for (index, (key, record)) in entries.iter().enumerate() {
        all.push(level(index, Entry { part: "levels", key }, record, wrong));
    }
    free_digits(&mut all);
    let hotkeys = all.iter().zip(entries.iter()).map(|(level, (key, _))| (key, level.hotkey));
    unique_hotkeys("levels", hotkeys, wrong);
    let words = entries.iter().map(|(key, record)| (key, record.name.as_ref(), None, &record.aliases.0));
    gather("levels", all, words, LevelId, wrong)
}

fn level<'a>(index: usize, entry: Entry<'a>, record: &LevelRecord, wrong: &mut Wrong<'a>) -> Level {
    let time = |Word(text): &Word| {
        Sla::parse(text).ok_or_else(|| {
            let what =
                format!("`{text}` is no time; expected hours, days or weeks: `24h`, `3 days`, `1 week`");
            Problem::new(entry.place("sla"), what)
        })
    };
    let sla = record.sla.as_ref().and_then(|text| wrong.take(time(text)));
    Level {
        key: entry.key.to_owned(),
        name: named(record.name.as_ref(), entry.key),
        definition: record.definition.clone().unwrap_or_default(),
        sla,
        colour: record.colour.clone().unwrap_or_else(|| format!("severity.p{index}")),
        hotkey: wrong.take(entry.hotkey(record.hotkey.as_ref())).flatten(),
        aliases: record.aliases.0.clone(),
    }
}

/// A level without a hotkey gets the digit of its rank, if no other level has it.
fn free_digits(levels: &mut [Level]) {
    for (index, digit) in ('0'..='9').enumerate().take(levels.len()) {
        let free = levels.iter().all(|level| level.hotkey != Some(digit));
        if free && levels[index].hotkey.is_none() {
            levels[index].hotkey = Some(digit);
        }
    }
}

pub(super) fn scopes<'a>(entries: &'a Entries<ScopeRecord>, wrong: &mut Wrong<'a>) -> Terms<Scope, ScopeId> {
    let mut all = Vec::new();
    for (key, record) in entries.iter() {
        all.push(Scope {
            key: key.to_owned(),
            name: named(record.name.as_ref(), key),
            definition: record.definition.clone().unwrap_or_default(),
            hotkey: wrong.take(Entry { part: "scopes", key }.hotkey(record.hotkey.as_ref())).flatten(),
            aliases: record.aliases.0.clone(),
        });
    }
    let hotkeys = all.iter().zip(entries.iter()).map(|(scope, (key, _))| (key, scope.hotkey));
    unique_hotkeys("scopes", hotkeys, wrong);
    let words = entries.iter().map(|(key, record)| (key, record.name.as_ref(), None, &record.aliases.0));
    gather("scopes", all, words, ScopeId, wrong)
}

pub(super) fn statuses<'a>(
    entries: &'a Entries<StatusRecord>,
    fields: &FieldNames,
    wrong: &mut Wrong<'a>,
) -> Terms<Status, StatusId> {
    let mut all = Vec::new();
    for (key, record) in entries.iter() {
        all.push(Status {
            key: key.to_owned(),
            name: named(record.name.as_ref(), key),
            definition: record.definition.clone().unwrap_or_default(),
            hotkey: wrong.take(Entry { part: "statuses", key }.hotkey(record.hotkey.as_ref())).flatten(),
            emoji: record.emoji.as_ref().map(|Word(emoji)| emoji.clone()),
            closes: record.closes.unwrap_or(false),
            asks: asks(key, record.asks.as_ref(), fields, wrong),
            aliases: record.aliases.0.clone(),
        });
    }
    let hotkeys = all.iter().zip(entries.iter()).map(|(status, (key, _))| (key, status.hotkey));
    unique_hotkeys("statuses", hotkeys, wrong);
    let words = entries
        .iter()
        .map(|(key, record)| (key, record.name.as_ref(), record.emoji.as_ref(), &record.aliases.0));
    gather("statuses", all, words, StatusId, wrong)
}

/// What a status asks for: `duplicate` or `date` alone, or fields by kind or name, and `remark`.
fn asks<'a>(key: &'a str, listed: Option<&'a OneOrMany>, fields: &FieldNames, wrong: &mut Wrong<'a>) -> Asks {
    let listed: &[String] = listed.map_or(&[], |OneOrMany(listed)| listed);
    match listed {
        [] => Asks::Nothing,
        [one] if one == "duplicate" => Asks::Original,
        [one] if one == "date" => Asks::Date,
        many => Asks::Words(many.iter().filter_map(|one| wrong.take(ask(key, one, fields))).collect()),
    }
}

/// A field, and behind a colon what it wants to hear: `Asked: who can answer`.
fn ask<'a>(key: &'a str, whole: &str, fields: &FieldNames) -> Built<'a, Ask> {
    let (one, means) = whole.split_once(": ").unwrap_or((whole, ""));
    let field = |name: &str| Ask::Field { name: name.to_owned(), means: means.trim().to_owned() };
    let refused = |why: &str| {
        let place = Entry { part: "statuses", key }.place("asks");
        Err(Problem::new(place, format!("`{one}` {why}")))
    };
    let kind = FieldKind::of_key(&one.trim().to_lowercase().replace([' ', '_'], "-"));
    let kind = kind.or_else(|| fields.kind_of(one.as_bytes()));
    match (one, kind) {
        ("remark", _) => Ok(Ask::Remark),
        ("duplicate" | "date", _) => refused("is asked for alone"),
        ("", _) => refused("names no field"),
        (
            _,
            Some(
                FieldKind::Id | FieldKind::Title | FieldKind::Severity | FieldKind::Scope | FieldKind::Status,
            ),
        ) => refused("is not asked for along with a status"),
        (_, Some(kind)) if kind.key() == one.to_lowercase().replace([' ', '_'], "-") => {
            Ok(field(fields.names(kind).first().map_or(one, String::as_str)))
        }
        _ => Ok(field(one)),
    }
}

fn named(name: Option<&Word>, key: &str) -> String {
    name.map_or(key, |Word(name)| name).to_owned()
}

fn unique_hotkeys<'a>(
    part: &'static str,
    hotkeys: impl Iterator<Item = (&'a str, Option<char>)>,
    wrong: &mut Wrong<'a>,
) {
    let mut taken: Vec<(char, &str)> = Vec::new();
    for (key, hotkey) in hotkeys.filter_map(|(key, hotkey)| Some((key, hotkey?))) {
        if let Some((_, other)) = taken.iter().find(|(letter, _)| *letter == hotkey) {
            let what = format!("`{hotkey}` is the hotkey of both `{other}` and `{key}`");
            let place = |key| Entry { part, key }.place("hotkey");
            wrong.0.push(Problem::new(place(key), what).or_at(place(other)));
        }
        taken.push((hotkey, key));
    }
}

/// Key, name, emoji and aliases of a term.
type Spelled<'a> = (&'a str, Option<&'a Word>, Option<&'a Word>, &'a Vec<String>);

fn gather<'a, T, Id: Copy + PartialEq>(
    part: &'static str,
    all: Vec<T>,
    terms: impl Iterator<Item = Spelled<'a>>,
    id: impl Fn(u8) -> Id,
    wrong: &mut Wrong<'a>,
) -> Terms<T, Id> {
    let mut words = Vocabulary::default();
    let mut spoken: Vec<(&str, &str, Vec<Step<'a>>)> = Vec::new();
    let mut keys = Vec::new();
    for (index, (key, name, emoji, aliases)) in terms.enumerate() {
        let Ok(index) = u8::try_from(index) else {
            wrong
                .0
                .push(Problem::new(vec![Step::Key(part), Step::Key(key)], format!("more than 256 {part}")));
            break;
        };
        for (word, place) in spellings(Entry { part, key }, name, emoji, aliases) {
            if word.trim().is_empty() {
                wrong.0.push(
                    Problem::new(place.clone(), "nothing is called by an empty word")
                        .or_at(vec![Step::Key(part)]),
                );
            }
            if words.add(word, id(index)).is_some() {
                wrong.0.push(clash(word, key, place.clone(), &spoken));
            }
            spoken.push((word, key, place));
        }
        keys.push(key.to_owned());
    }
    Terms { all, words, keys }
}

fn spellings<'a>(
    entry: Entry<'a>,
    name: Option<&'a Word>,
    emoji: Option<&'a Word>,
    aliases: &'a [String],
) -> Vec<(&'a str, Vec<Step<'a>>)> {
    let mut all = vec![(entry.key, vec![Step::Key(entry.part), Step::Key(entry.key)])];
    all.extend(name.map(|Word(name)| (name.as_str(), entry.place("name"))));
    all.extend(emoji.map(|Word(emoji)| (emoji.as_str(), entry.place("emoji"))));
    all.extend(aliases.iter().map(|alias| (alias.as_str(), entry.place("aliases"))));
    all
}

fn clash<'a>(
    word: &str,
    key: &str,
    place: Vec<Step<'a>>,
    spoken: &[(&str, &str, Vec<Step<'a>>)],
) -> Problem<'a> {
    let lower = word.trim().to_lowercase();
    let earlier = spoken.iter().find(|(known, ..)| known.trim().to_lowercase() == lower);
    let other = earlier.map_or("another", |(_, key, _)| key);
    let problem = Problem::new(place, format!("`{word}` means both `{other}` and `{key}`"));
    match earlier {
        Some((.., place)) => problem.or_at(place.clone()),
        None => problem,
    }
}

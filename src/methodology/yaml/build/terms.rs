//! Levels, scopes and statuses out of their records, each with its own words and hotkey.

use super::super::super::vocabulary::Vocabulary;
use super::super::super::{
    Ask, Asks, FieldKind, FieldNames, Level, LevelId, Scope, ScopeId, Sla, Status, StatusId,
};
use super::super::record::{LevelRecord, ScopeRecord, StatusRecord};
use super::{Built, Problem};
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

pub(super) fn levels(entries: &Entries<LevelRecord>) -> Built<'_, Terms<Level, LevelId>> {
    if entries.0.is_empty() {
        return Err(Problem::new(vec![Step::Key("levels")], "a methodology needs one level at least"));
    }
    let mut all = Vec::new();
    for (index, (key, record)) in entries.iter().enumerate() {
        all.push(level(index, Entry { part: "levels", key }, record)?);
    }
    free_digits(&mut all);
    unique_hotkeys("levels", all.iter().zip(entries.iter()).map(|(level, (key, _))| (key, level.hotkey)))?;
    let words = entries.iter().map(|(key, record)| (key, record.name.as_ref(), None, &record.aliases.0));
    gather("levels", all, words, LevelId)
}

fn level<'a>(index: usize, entry: Entry<'a>, record: &LevelRecord) -> Built<'a, Level> {
    let sla = match &record.sla {
        Some(Word(text)) => Some(Sla::parse(text).ok_or_else(|| {
            let what =
                format!("`{text}` is no time; expected hours, days or weeks: `24h`, `3 days`, `1 week`");
            Problem::new(entry.place("sla"), what)
        })?),
        None => None,
    };
    Ok(Level {
        key: entry.key.to_owned(),
        name: named(record.name.as_ref(), entry.key),
        definition: record.definition.clone().unwrap_or_default(),
        sla,
        colour: record.colour.clone().unwrap_or_else(|| format!("severity.p{index}")),
        hotkey: entry.hotkey(record.hotkey.as_ref())?,
        aliases: record.aliases.0.clone(),
    })
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

pub(super) fn scopes(entries: &Entries<ScopeRecord>) -> Built<'_, Terms<Scope, ScopeId>> {
    let mut all = Vec::new();
    for (key, record) in entries.iter() {
        all.push(Scope {
            key: key.to_owned(),
            name: named(record.name.as_ref(), key),
            definition: record.definition.clone().unwrap_or_default(),
            hotkey: Entry { part: "scopes", key }.hotkey(record.hotkey.as_ref())?,
            aliases: record.aliases.0.clone(),
        });
    }
    unique_hotkeys("scopes", all.iter().zip(entries.iter()).map(|(scope, (key, _))| (key, scope.hotkey)))?;
    let words = entries.iter().map(|(key, record)| (key, record.name.as_ref(), None, &record.aliases.0));
    gather("scopes", all, words, ScopeId)
}

pub(super) fn statuses<'a>(
    entries: &'a Entries<StatusRecord>,
    fields: &FieldNames,
) -> Built<'a, Terms<Status, StatusId>> {
    let mut all = Vec::new();
    for (key, record) in entries.iter() {
        all.push(Status {
            key: key.to_owned(),
            name: named(record.name.as_ref(), key),
            definition: record.definition.clone().unwrap_or_default(),
            hotkey: Entry { part: "statuses", key }.hotkey(record.hotkey.as_ref())?,
            emoji: record.emoji.as_ref().map(|Word(emoji)| emoji.clone()),
            closes: record.closes.unwrap_or(false),
            asks: asks(key, record.asks.as_ref(), fields)?,
            aliases: record.aliases.0.clone(),
        });
    }
    unique_hotkeys(
        "statuses",
        all.iter().zip(entries.iter()).map(|(status, (key, _))| (key, status.hotkey)),
    )?;
    let words = entries
        .iter()
        .map(|(key, record)| (key, record.name.as_ref(), record.emoji.as_ref(), &record.aliases.0));
    gather("statuses", all, words, StatusId)
}

/// What a status asks for: `duplicate` or `date` alone, or fields by kind or name, and `remark`.
fn asks<'a>(key: &'a str, listed: Option<&'a OneOrMany>, fields: &FieldNames) -> Built<'a, Asks> {
    let listed: &[String] = listed.map_or(&[], |OneOrMany(listed)| listed);
    match listed {
        [] => Ok(Asks::Nothing),
        [one] if one == "duplicate" => Ok(Asks::Original),
        [one] if one == "date" => Ok(Asks::Date),
        many => many.iter().map(|one| ask(key, one, fields)).collect::<Built<'_, _>>().map(Asks::Words),
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
) -> Built<'a, ()> {
    let mut taken: Vec<(char, &str)> = Vec::new();
    for (key, hotkey) in hotkeys.filter_map(|(key, hotkey)| Some((key, hotkey?))) {
        if let Some((_, other)) = taken.iter().find(|(letter, _)| *letter == hotkey) {
            let what = format!("`{hotkey}` is the hotkey of both `{other}` and `{key}`");
            let place = |key| Entry { part, key }.place("hotkey");
            return Err(Problem::new(place(key), what).or_at(place(other)));
        }
        taken.push((hotkey, key));
    }
    Ok(())
}

/// Key, name, emoji and aliases of a term.
type Spelled<'a> = (&'a str, Option<&'a Word>, Option<&'a Word>, &'a Vec<String>);

fn gather<'a, T, Id: Copy + PartialEq>(
    part: &'static str,
    all: Vec<T>,
    terms: impl Iterator<Item = Spelled<'a>>,
    id: impl Fn(u8) -> Id,
) -> Built<'a, Terms<T, Id>> {
    let mut words = Vocabulary::default();
    let mut spoken: Vec<(&str, &str, Vec<Step<'a>>)> = Vec::new();
    let mut keys = Vec::new();
    for (index, (key, name, emoji, aliases)) in terms.enumerate() {
        let Ok(index) = u8::try_from(index) else {
            return Err(Problem::new(vec![Step::Key(part), Step::Key(key)], format!("more than 256 {part}")));
        };
        for (word, place) in spellings(Entry { part, key }, name, emoji, aliases) {
            if words.add(word, id(index)).is_some() {
                return Err(clash(word, key, place, &spoken));
            }
            spoken.push((word, key, place));
        }
        keys.push(key.to_owned());
    }
    Ok(Terms { all, words, keys })
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

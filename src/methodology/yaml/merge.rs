//! Laying one record over another: what the upper one says holds, the rest stays.
//!
//! Words are the exception: those of the upper record are added, and are taken away from whatever
//! they meant below, so that moving an alias to another level takes one line.
//!
//! An entry stays under the key that it came with, whatever it asks to be known by, until all that is laid over it is
//! there: each file may call it as it is called by then, or as it was called before.

use super::super::vocabulary::Vocabulary;
use super::record::{LevelRecord, Part, Record, ScopeRecord, StatusRecord};
use crate::yaml::{Entries, OneOrMany, Word};

/// Something that can be laid over another of its kind.
pub(super) trait Over: Sized {
    /// Itself where it says something, the base elsewhere.
    fn over(self, base: Self) -> Self;
}

/// A whole record over another, with its `only` obeyed; entries are not renamed yet.
pub(super) fn over(mut upper: Record, mut base: Record) -> Record {
    call_as(&mut upper.levels, &mut base.levels);
    call_as(&mut upper.scopes, &mut base.scopes);
    call_as(&mut upper.statuses, &mut base.statuses);
    take_words(&upper.levels, &mut base.levels);
    take_words(&upper.scopes, &mut base.scopes);
    take_words(&upper.statuses, &mut base.statuses);
    keep_names(&upper.levels, &mut base.levels);
    keep_names(&upper.scopes, &mut base.scopes);
    keep_names(&upper.statuses, &mut base.statuses);
    take_words(&upper.fields, &mut base.fields);
    take_words(&upper.headings, &mut base.headings);
    let only = upper.only.clone();
    let listed = Listed::of(&upper);
    let known = keys(&base.suggestions);
    let mut merged = upper.over(base);
    put_first(&mut merged.suggestions, &known);
    for part in only {
        listed.alone(&mut merged, part);
    }
    merged
}

/// A record with its entries under the keys that they ask for. The old ones become aliases, so that old reports are
/// read, where no other entry has them by now.
pub(super) fn renamed(mut record: Record) -> Record {
    rename(&mut record.levels);
    rename(&mut record.scopes);
    rename(&mut record.statuses);
    record
}

/// The key under which an entry stands that is called so, or was called so before.
pub(super) fn key_of<'e, T: Spoken>(entries: &'e Entries<T>, called: &str) -> Option<&'e str> {
    let now = entries.iter().find(|(key, entry)| entry.new_key().unwrap_or(key) == called);
    now.or_else(|| entries.iter().find(|(key, _)| *key == called)).map(|(key, _)| key)
}

/// Puts entries under the keys under which those that they are laid over stand. What those were renamed to is another
/// word for them, where they are renamed again.
fn call_as<T: Spoken>(upper: &mut Entries<T>, base: &mut Entries<T>) {
    for (key, entry) in &mut upper.0 {
        let Some(known) = key_of(base, key).map(str::to_owned) else { continue };
        let lower = base.0.iter_mut().find(|(key, _)| *key == known).map(|(_, lower)| lower);
        let renamed = lower.filter(|_| entry.new_key().is_some());
        if let Some((former, lower)) = renamed.and_then(|lower| Some((lower.new_key()?.to_owned(), lower))) {
            lower.aliases().push(former);
        }
        *key = known;
    }
}

/// The keys that a record lists, part by part.
struct Listed {
    levels: Vec<String>,
    scopes: Vec<String>,
    statuses: Vec<String>,
    rules: Vec<String>,
    templates: Vec<String>,
    fields: Vec<String>,
    headings: Vec<String>,
    paths: Vec<String>,
    policy: Vec<String>,
    suggestions: Vec<String>,
}

impl Listed {
    fn of(record: &Record) -> Listed {
        Listed {
            levels: keys(&record.levels),
            scopes: keys(&record.scopes),
            statuses: keys(&record.statuses),
            rules: keys(&record.rules),
            templates: keys(&record.rationale.templates),
            fields: keys(&record.fields),
            headings: keys(&record.headings),
            paths: keys(&record.paths),
            policy: keys(&record.policy),
            suggestions: keys(&record.suggestions),
        }
    }

    /// Leaves only what is listed of this part, in the order of the list.
    fn alone(&self, merged: &mut Record, part: Part) {
        match part {
            Part::Levels => keep(&mut merged.levels, &self.levels),
            Part::Scopes => keep(&mut merged.scopes, &self.scopes),
            Part::Statuses => keep(&mut merged.statuses, &self.statuses),
            Part::Rules => keep(&mut merged.rules, &self.rules),
            Part::Templates => keep(&mut merged.rationale.templates, &self.templates),
            Part::Fields => keep(&mut merged.fields, &self.fields),
            Part::Headings => keep(&mut merged.headings, &self.headings),
            Part::Paths => keep(&mut merged.paths, &self.paths),
            Part::Policy => keep(&mut merged.policy, &self.policy),
            Part::Suggestions => keep(&mut merged.suggestions, &self.suggestions),
        }
    }
}

/// Puts the entries that are new before those that were known: of suggestion rules the first that holds speaks, and what
/// a team says itself comes before what it has not written.
fn put_first<T>(entries: &mut Entries<T>, known: &[String]) {
    entries.0.sort_by_key(|(key, _)| known.contains(key));
}

fn keys<T>(entries: &Entries<T>) -> Vec<String> {
    entries.iter().map(|(key, _)| key.to_owned()).collect()
}

fn keep<T>(entries: &mut Entries<T>, keys: &[String]) {
    let rank = |key: &String| keys.iter().position(|listed| listed == key);
    entries.0.retain(|(key, _)| rank(key).is_some());
    entries.0.sort_by_key(|(key, _)| rank(key));
}

/// An entry with words that reports write.
pub(super) trait Spoken {
    fn words(&self) -> Vec<&str>;
    fn aliases(&mut self) -> &mut Vec<String>;

    /// What it is called, where it says so.
    fn name(&self) -> Option<&str> {
        None
    }

    /// The key it asks to be known by instead.
    fn new_key(&self) -> Option<&str> {
        None
    }
}

macro_rules! spoken {
    ($($record:ty { $($member:ident),* })*) => {$(
        impl Spoken for $record {
            fn words(&self) -> Vec<&str> {
                let mut words: Vec<&str> = self.aliases.0.iter().map(String::as_str).collect();
                $(words.extend(self.$member.as_ref().map(spelled));)*
                words
            }

            fn aliases(&mut self) -> &mut Vec<String> {
                &mut self.aliases.0
            }

            fn name(&self) -> Option<&str> {
                self.name.as_ref().map(spelled)
            }

            fn new_key(&self) -> Option<&str> {
                self.key.as_ref().map(spelled)
            }
        }
    )*};
}

spoken! {
    LevelRecord { key, name }
    ScopeRecord { key, name }
    StatusRecord { key, name, emoji }
}

fn spelled(Word(word): &Word) -> &str {
    word
}

impl Spoken for OneOrMany {
    fn words(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }

    fn aliases(&mut self) -> &mut Vec<String> {
        &mut self.0
    }
}

/// Takes every word of the upper entries away from the aliases below.
fn take_words<T: Spoken>(upper: &Entries<T>, base: &mut Entries<T>) {
    let taken = said(upper);
    for (_, entry) in &mut base.0 {
        entry.aliases().retain(|alias| taken.named(alias.as_bytes()).is_none());
    }
}

/// Makes the names below that upper entries replace aliases, so that old reports are read; but for those that the upper
/// record uses itself.
fn keep_names<T: Spoken>(upper: &Entries<T>, base: &mut Entries<T>) {
    let taken = said(upper);
    for (key, entry) in &mut base.0 {
        let is_replaced = upper.get(key).is_some_and(|upper| upper.name().is_some());
        let name = entry.name().filter(|name| is_replaced && taken.named(name.as_bytes()).is_none());
        if let Some(name) = name.map(str::to_owned) {
            entry.aliases().push(name);
        }
    }
}

/// All words of entries.
fn said<T: Spoken>(entries: &Entries<T>) -> Vocabulary<()> {
    let mut said = Vocabulary::default();
    for (key, entry) in entries.iter() {
        said.add(key, ());
        for word in entry.words() {
            said.add(word, ());
        }
    }
    said
}

fn rename<T: Spoken>(entries: &mut Entries<T>) {
    for at in 0..entries.0.len() {
        let Some(new) = entries.0[at].1.new_key().map(str::to_owned) else { continue };
        let old = std::mem::replace(&mut entries.0[at].0, new);
        let is_it = |word: &str| word.eq_ignore_ascii_case(&old);
        let is_free =
            !entries.0.iter().any(|(key, entry)| is_it(key) || entry.words().into_iter().any(is_it));
        if is_free {
            entries.0[at].1.aliases().push(old);
        }
    }
}

impl<T: Over> Over for Entries<T> {
    fn over(self, base: Entries<T>) -> Entries<T> {
        let mut entries = base.0;
        for (key, upper) in self.0 {
            match entries.iter().position(|(known, _)| *known == key) {
                Some(index) => {
                    let (_, lower) = entries.remove(index);
                    entries.insert(index, (key, upper.over(lower)));
                }
                None => entries.push((key, upper)),
            }
        }
        Entries(entries)
    }
}

impl<T> Over for Option<T> {
    fn over(self, base: Option<T>) -> Option<T> {
        self.or(base)
    }
}

impl Over for OneOrMany {
    fn over(mut self, base: OneOrMany) -> OneOrMany {
        self.0.splice(0..0, base.0);
        self
    }
}

impl Over for String {
    fn over(self, _: String) -> String {
        self
    }
}

/// `only` is obeyed once, by the record that says it.
impl Over for Vec<Part> {
    fn over(self, _: Vec<Part>) -> Vec<Part> {
        Vec::new()
    }
}

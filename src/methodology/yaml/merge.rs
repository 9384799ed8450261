//! Laying one record over another: what the upper one says holds, the rest stays.
//!
//! Words are the exception: those of the upper record are added, and are taken away from whatever
//! they meant below, so that moving an alias to another level takes one line.

use super::super::vocabulary::Vocabulary;
use super::record::{LevelRecord, Part, Record, ScopeRecord, StatusRecord};
use crate::yaml::{Entries, OneOrMany, Word};

/// Something that can be laid over another of its kind.
pub(super) trait Over: Sized {
    /// Itself where it says something, the base elsewhere.
    fn over(self, base: Self) -> Self;
}

/// A whole record over another, with its `only` obeyed.
pub(super) fn over(upper: Record, mut base: Record) -> Record {
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
    let mut merged = upper.over(base);
    for part in only {
        listed.alone(&mut merged, part);
    }
    rename(&mut merged.levels);
    rename(&mut merged.scopes);
    rename(&mut merged.statuses);
    merged
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

fn keys<T>(entries: &Entries<T>) -> Vec<String> {
    entries.iter().map(|(key, _)| key.to_owned()).collect()
}

fn keep<T>(entries: &mut Entries<T>, keys: &[String]) {
    let rank = |key: &String| keys.iter().position(|listed| listed == key);
    entries.0.retain(|(key, _)| rank(key).is_some());
    entries.0.sort_by_key(|(key, _)| rank(key));
}

/// An entry with words that reports write.
trait Spoken {
    fn words(&self) -> Vec<&str>;
    fn aliases(&mut self) -> &mut Vec<String>;

    /// What it is called, where it says so.
    fn name(&self) -> Option<&str> {
        None
    }

    /// Takes out the key it asks to be known by instead.
    fn new_key(&mut self) -> Option<Word> {
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

            fn new_key(&mut self) -> Option<Word> {
                self.key.take()
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

/// Gives entries the keys they ask for; the old ones stay as aliases, so that old reports are read.
fn rename<T: Spoken>(entries: &mut Entries<T>) {
    for (key, entry) in &mut entries.0 {
        if let Some(Word(new)) = entry.new_key() {
            let old = std::mem::replace(key, new);
            entry.aliases().push(old);
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

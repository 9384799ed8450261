//! Names that a file gives no value: guards and suggestion rules are taken out so, and nothing else can be.
//!
//! Where `only:` names the part, a name alone keeps its entry as it is.

use super::build::{Problem, Wrong};
use super::merge;
use super::record::{Part, Record};
use crate::yaml::{Document, Entries, Step, Tree, key_of};

/// The parts in which a name without a value could be meant to take an entry out.
const PARTS: [(&str, Part); 6] = [
    ("levels", Part::Levels),
    ("scopes", Part::Scopes),
    ("statuses", Part::Statuses),
    ("rules", Part::Rules),
    ("policy", Part::Policy),
    ("suggestions", Part::Suggestions),
];

/// A part, and the names in it that have no value.
pub(super) type Bare = (&'static str, Part, Vec<String>);

/// The names without a value that stand under this place of a document.
pub(super) fn of(document: &Document<'_>, place: &[Step<'_>]) -> Vec<Bare> {
    let Ok(whole) = document.read::<Tree>() else { return Vec::new() };
    let inner = place.iter().try_fold(&whole, |tree, step| match step {
        Step::Key(key) => tree.get(*key),
        Step::Item(index) => tree.get(*index),
    });
    let part = |(name, part): (&'static str, Part)| {
        let members = inner?.get(name)?.as_mapping()?.iter();
        let bare = members.filter(|(_, value)| value.is_null()).filter_map(|(key, _)| key_of(key));
        Some((name, part, bare.collect()))
    };
    PARTS.into_iter().filter_map(part).collect()
}

/// Takes guards and suggestion rules that have no value out of the record below and out of what is laid over it.
/// Wrong is a name of either that is not there, and a level, a scope, a status or a rule, which are not taken out so.
pub(super) fn taken_out<'a>(bare: &'a [Bare], upper: &mut Record, base: &mut Record, wrong: &mut Wrong<'a>) {
    for (name, part, keys) in bare.iter().filter(|(_, part, _)| !upper.only.contains(part)) {
        for key in keys {
            let taken = match part {
                Part::Policy => take(name, key, "guard", &mut upper.policy, &mut base.policy),
                Part::Suggestions => {
                    take(name, key, "suggestion rule", &mut upper.suggestions, &mut base.suggestions)
                }
                _ => refuse(name, *part, key, base),
            };
            wrong.take(taken);
        }
    }
}

fn take<'a, T>(
    part: &'a str,
    key: &'a str,
    sort: &str,
    upper: &mut Entries<T>,
    base: &mut Entries<T>,
) -> Result<(), Problem<'a>> {
    upper.0.retain(|(known, _)| known != key);
    if base.get(key).is_none() {
        let known: Vec<String> = base.iter().map(|(known, _)| known.to_owned()).collect();
        return Err(Problem::unknown(vec![Step::Key(part), Step::Key(key)], sort, key, known));
    }
    base.0.retain(|(known, _)| known != key);
    Ok(())
}

fn refuse<'a>(name: &'a str, part: Part, key: &'a str, base: &Record) -> Result<(), Problem<'a>> {
    let is_there = match part {
        Part::Levels => merge::key_of(&base.levels, key).is_some(),
        Part::Scopes => merge::key_of(&base.scopes, key).is_some(),
        Part::Statuses => merge::key_of(&base.statuses, key).is_some(),
        _ => base.rules.get(key).is_some(),
    };
    let what = format!(
        "`{key}` has no value, which takes out guards and suggestion rules alone; to do without it list those that remain \
         under `{name}:`, and say `only: [{name}]`"
    );
    if is_there { Err(Problem::new(vec![Step::Key(name), Step::Key(key)], what)) } else { Ok(()) }
}

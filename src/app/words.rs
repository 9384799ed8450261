//! Decisions, bugs and levels in a few words, as toasts, titles and pages say them.

use super::App;
use crate::methodology::LevelId;
use crate::report::To;
use crate::text::{counted, display};
use crate::triage::{BugSet, Draft, Set, name_of};

/// How many columns of the name of a bug are said at least, and how many of a row are left for what is said of it.
const CALLED: usize = 32;
const SAID: usize = 24;

impl App {
    /// What a decision does, in a few words.
    pub fn described(&self, draft: &Draft) -> String {
        self.describe(draft, |bugs| self.called(bugs))
    }

    /// The same with the whole name of its bug, for where that is kept.
    pub(super) fn described_in_full(&self, draft: &Draft) -> String {
        self.describe(draft, |bugs| self.named(bugs))
    }

    fn describe(&self, draft: &Draft, called: impl Fn(&BugSet) -> String) -> String {
        let Some(part) = draft.parts.first() else { return self.of_report(draft) };
        let bugs = draft.touched();
        let mut said = vec![called(&bugs)];
        let common = common(draft);
        if let To::Value(level) = common.severity {
            let one = bugs.first().filter(|_| bugs.len() == 1);
            let from = one.and_then(|bug| self.session.report().level_before(bug, level));
            let to = self.level_key(Some(level));
            said[0].push_str(&match from {
                Some(from) if from == level => format!(" stays {to}"),
                from => format!(" {}→{to}", from.map_or("", |from| self.level_key(Some(from)))),
            });
        }
        said.extend(texts(&common));
        said.extend(accepted(draft.suggestion.as_deref(), draft.suggested_by.as_deref()));
        said.extend(common.fields.iter().map(|(name, _)| name.clone()));
        if draft.brings_back.is_some() {
            said.push("brought back".to_owned());
        } else if draft.goes_back() || part.set.is_empty() {
            said.push(draft.kind.name().to_owned());
        }
        said.join(" · ")
    }

    /// The saved decision that stands again once what took it back is gone, in a few words.
    pub(super) fn standing_again(&self, draft: &Draft) -> String {
        let past = self.session.past().iter().find(|past| Some(&past.entry) == draft.reverts.as_ref());
        match past.filter(|_| !draft.is_empty()) {
            Some(past) if past.changed.is_empty() => {
                format!("{} · {}", self.called(&draft.touched()), past.kind.name())
            }
            Some(past) => format!("{} · {}", self.called(&draft.touched()), past.changed),
            None => self.described(draft),
        }
    }

    /// The values that a decision gives, a few words each.
    pub fn values(&self, set: &Set) -> Vec<String> {
        let severity = match set.severity {
            To::Value(level) => Some(format!("→ {}", self.level_key(Some(level)))),
            _ => None,
        };
        let field = |(name, to): &(String, To<String>)| match to {
            To::Value(value) => format!("{name}: {value}"),
            _ => format!("no {name}"),
        };
        severity.into_iter().chain(texts(set)).chain(set.fields.iter().map(field)).collect()
    }

    /// What a set of bugs is called: by its handle where it is one, so much of that as leaves room for what is said.
    pub fn called(&self, bugs: &BugSet) -> String {
        let room = CALLED.max(self.ui.drawn.width.saturating_sub(SAID));
        display::clip_middle(&self.named(bugs), room).into_owned()
    }

    /// The same in full.
    pub fn named(&self, bugs: &BugSet) -> String {
        match (bugs.len(), bugs.first()) {
            (1, Some(bug)) => self.session.report().handle(bug).into_owned(),
            (many, _) => counted(many, "bug"),
        }
    }

    /// The key of a level, or what stands for none.
    pub fn level_key(&self, level: Option<LevelId>) -> &str {
        let levels = self.session.methodology().levels();
        level.and_then(|level| levels.get(usize::from(level.0))).map_or("–", |level| level.key.as_str())
    }
}

/// What all bugs of a decision get: what takes one on many back gives each what it had.
fn common(draft: &Draft) -> Set {
    let mut sets = draft.parts.iter().map(|part| &part.set);
    let mut common = sets.next().cloned().unwrap_or_default();
    for set in sets {
        same(&mut common.severity, &set.severity);
        same(&mut common.scope, &set.scope);
        same(&mut common.status, &set.status);
        common.fields.retain(|field| set.fields.contains(field));
    }
    common
}

fn same<T: PartialEq>(common: &mut To<T>, other: &To<T>) {
    if common != other {
        *common = To::Keep;
    }
}

/// Scope and status, where they are given or taken away.
fn texts(set: &Set) -> impl Iterator<Item = String> {
    let given = [("scope", &set.scope), ("status", &set.status)].into_iter();
    given.filter_map(|(name, to)| match to {
        To::Keep => None,
        To::Clear => Some(format!("no {name}")),
        To::Value(text) => Some(text.clone()),
    })
}

/// Whose suggestion a decision accepts, in words: `as missing-module suggests`.
pub fn accepted(suggestion: Option<&str>, by: Option<&str>) -> Option<String> {
    let proposed = by.map(|by| format!("as {} proposes", name_of(by)));
    proposed.or_else(|| suggestion.map(|rule| format!("as {rule} suggests")))
}

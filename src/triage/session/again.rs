//! What a saved decision gives that stands again: what its bugs had before it was taken back. Where the report said by then
//! already what was before the decision, as after a checkout of the report alone, nothing of it was taken back, and its bugs get
//! what it gave them when it was made.

use std::borrow::Cow;

use super::Session;
use crate::report::To;
use crate::triage::decision::meaning::{folded, is_scope, is_status};
use crate::triage::{Kind, Past, Set, Sides};

impl Session {
    /// An entry that took a decision back, as if the report had said then what was decided. Borrowed where it did, and where the
    /// entry took none back.
    pub(super) fn as_decided<'p>(&self, past: &'p Past) -> Cow<'p, Past> {
        let stands = self.past.iter().find(|of| Some(&of.entry) == past.reverts.as_ref());
        let Some(stands) = stands.filter(|_| past.kind == Kind::Reverted) else { return Cow::Borrowed(past) };
        let mut sides = Sides::default();
        for (bug, before, after) in past.sides.iter() {
            let made = stands.about(bug).map(|(_, made)| made);
            let given = made.map_or_else(|| before.clone(), |made| self.given_again((before, after), made));
            sides.put(bug.0..bug.0 + 1, &given, after);
        }
        if sides == past.sides { Cow::Borrowed(past) } else { Cow::Owned(Past { sides, ..past.clone() }) }
    }

    /// What a bug gets that had something before a decision was taken back and something after, and that the decision gave this.
    fn given_again(&self, (before, after): (&Set, &Set), made: &Set) -> Set {
        let methodology = self.methodology();
        let is_scope = |one: &str, other: &str| is_scope(one, other, methodology);
        let is_status = |one: &str, other: &str| is_status(one, other, true, methodology);
        let field = |(name, before): &(String, To<String>)| {
            let [after, made] = [after, made].map(|set| of_field(set, name));
            let is_field = |one: &str, other: &str| folded(one) == folded(other);
            (name.clone(), given(before, after, made, |one, other| alike(one, other, is_field)))
        };
        Set {
            severity: given(&before.severity, &after.severity, &made.severity, |one, other| one == other),
            scope: given(&before.scope, &after.scope, &made.scope, |one, other| alike(one, other, is_scope)),
            status: given(&before.status, &after.status, &made.status, |one, other| {
                alike(one, other, is_status)
            }),
            fields: before.fields.iter().map(field).collect(),
        }
    }
}

fn of_field<'s>(set: &'s Set, name: &str) -> &'s To<String> {
    set.fields.iter().find(|(of, _)| of == name).map_or(&To::Keep, |(_, to)| to)
}

/// A value before a decision was taken back; what the decision made it where it was by then what it became.
fn given<T: Clone>(
    before: &To<T>,
    after: &To<T>,
    made: &To<T>,
    is_same: impl Fn(&To<T>, &To<T>) -> bool,
) -> To<T> {
    let is_told = [before, after, made].iter().all(|to| !to.is_keep());
    let was_back = is_told && is_same(before, after) && !is_same(before, made);
    if was_back { made.clone() } else { before.clone() }
}

fn alike(one: &To<String>, other: &To<String>, is_same: impl Fn(&str, &str) -> bool) -> bool {
    match (one, other) {
        (To::Value(one), To::Value(other)) => is_same(one, other),
        _ => one == other,
    }
}

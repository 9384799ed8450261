//! What somebody has written over a saved decision: where the report says another thing than the decision made of a bug,
//! taking it back would put what was before it over words that nobody here has judged.
//!
//! A scope and a status are held against it by what they mean, whatever their words and remarks. A bug that says again what
//! it said before the decision has nothing to lose.

use std::borrow::Cow;

use rayon::prelude::*;

use super::Past;
use crate::methodology::{Asks, LevelId, Methodology};
use crate::report::{BugIx, Report, To};
use crate::text::display;
use crate::triage::decision::meaning::{folded, is_scope, is_status, remark};
use crate::triage::decision::same::is_given;
use crate::triage::outcome::remark_beside;
use crate::triage::{Draft, Session, Set, or_written};

/// A value of a bug that is another by now than a saved decision made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Which bug.
    pub bug: BugIx,
    /// Which value: `severity`, `scope`, `status`, or the name of a field.
    pub name: String,
    /// What it was before the decision; `None` where there was none.
    pub before: Option<String>,
    /// What the decision made it.
    pub made: Option<String>,
    /// What it is now, pending decisions included.
    pub now: Option<String>,
}

/// How many bugs are told one by one, and how much of a value is.
const NAMED: usize = 3;
const SAID: usize = 60;

impl Edited {
    /// `severity P2, the report says P3`
    fn said(&self) -> String {
        let [made, now] = [&self.made, &self.now]
            .map(|text| text.as_deref().map_or_else(|| "none".into(), |text| display::clip(text, SAID)));
        format!("{} {made}, the report says {now}", self.name)
    }
}

/// What was edited, bug by bug as far as there is room: `BUG-1: severity P2, the report says P3; …`. Of one bug without its
/// name.
pub fn said(values: &[Edited], report: &Report) -> String {
    let of_bug = |values: &[Edited]| values.iter().map(Edited::said).collect::<Vec<_>>().join(" · ");
    let of_bugs = || values.chunk_by(|one, next| one.bug == next.bug);
    let count = of_bugs().count();
    if count == 1 {
        return of_bug(values);
    }
    let told = |values: &[Edited]| format!("{}: {}", report.handle(values[0].bug), of_bug(values));
    let more = (count > NAMED).then(|| format!("and {} more", count - NAMED));
    of_bugs().take(NAMED).map(told).chain(more).collect::<Vec<_>>().join("; ")
}

/// Whose values these are, of a decision about so many bugs: `BUG-1 was changed`, `2 of its 7 bugs were changed`.
pub fn changed(values: &[Edited], bugs: usize, report: &Report) -> String {
    let count = values.chunk_by(|one, next| one.bug == next.bug).count();
    match values {
        [first, ..] if count == 1 => format!("{} was changed", report.handle(first.bug)),
        _ => format!("{count} of its {bugs} bugs were changed"),
    }
}

impl Session {
    /// The values that a saved decision gave, and that are neither so any more nor as they were before it, in document order.
    pub(in crate::triage) fn edited(&self, past: &Past) -> Vec<Edited> {
        let edited = |(bug, before, after)| self.edited_of(bug, past, (before, after));
        past.sides.par_iter().flat_map_iter(edited).collect()
    }

    fn edited_of(&self, bug: BugIx, past: &Past, (before, after): (&Set, &Set)) -> Vec<Edited> {
        let severity = match past.given_unknown(bug) {
            Some(made) => self.edited_unknown(bug, before.severity, made),
            None => self.edited_severity(bug, before.severity, after.severity),
        };
        let others = self.edited_others(bug, before, after);
        severity.into_iter().chain(others).map(|edited| Edited { bug, ..edited }).collect()
    }

    /// Of everything but the severity.
    fn edited_others(&self, bug: BugIx, before: &Set, after: &Set) -> Vec<Edited> {
        if after.is_empty() {
            return Vec::new();
        }
        let (report, net, methodology) = (self.report(), self.net(bug), self.methodology());
        let is_scope =
            |now: &str, to: &str| report.says(bug, (now, to), |now, to| is_scope(now, to, methodology));
        let is_status = |now: &str, to: &str| {
            let is_same = |now: &str, to: &str| is_status(now, to, asks(to, methodology), methodology);
            let mut forms = [to, report.values(bug).status_after(to)].into_iter();
            forms.any(|to| report.says(bug, (now, to), is_same))
        };
        let is_field = |now: &str, to: &str| report.says(bug, (now, to), |now, to| folded(now) == folded(to));
        let scope = || or_written(net.scope, || report.scope(bug));
        let status = || or_written(net.status, || report.status(bug));
        let known = [
            edited(("scope", &before.scope, &after.scope), scope, is_scope),
            edited(("status", &before.status, &after.status), status, is_status),
        ];
        let fields = before.fields.iter().zip(&after.fields).map(|((name, before), (_, after))| {
            let now = || or_written(net.field(name), || report.field(bug, name));
            edited((name, before, after), now, is_field)
        });
        known.into_iter().chain(fields).flatten().collect()
    }

    fn edited_severity(&self, bug: BugIx, before: To<LevelId>, after: To<LevelId>) -> Option<Edited> {
        let is_so = after.is_keep() || self.is_of_level(bug, after) || self.is_of_level(bug, before);
        let made = || self.level_key(after.after(None));
        (!is_so).then(|| self.severity_edited(bug, before, made(), self.level_key(self.level(bug))))
    }

    /// The same where no level is called any more as the severity that the decision gave.
    fn edited_unknown(&self, bug: BugIx, before: To<LevelId>, made: &str) -> Option<Edited> {
        let level = self.level(bug);
        let written = self.report().severity(bug).filter(|_| level.is_none());
        let is_so = self.is_of_level(bug, before)
            || written.as_deref().is_some_and(|written| folded(written) == folded(made));
        let now = || self.level_key(level).or_else(|| written.as_deref().map(str::to_owned));
        (!is_so).then(|| self.severity_edited(bug, before, Some(made.to_owned()), now()))
    }

    fn severity_edited(
        &self,
        bug: BugIx,
        before: To<LevelId>,
        made: Option<String>,
        now: Option<String>,
    ) -> Edited {
        Edited { bug, name: "severity".to_owned(), before: self.level_key(before.after(None)), made, now }
    }

    fn is_of_level(&self, bug: BugIx, to: To<LevelId>) -> bool {
        !to.is_keep() && to.after(None) == self.level(bug)
    }

    fn level_key(&self, level: Option<LevelId>) -> Option<String> {
        level.map(|level| self.methodology().level(level).key.clone())
    }

    /// The remarks that somebody has put behind statuses since a saved decision gave those, and that go with them where this
    /// takes it back.
    pub fn remarks_written_since(&self, draft: &Draft) -> Vec<(BugIx, String)> {
        let past =
            draft.reverts.as_ref().and_then(|entry| self.past().iter().find(|past| past.entry == *entry));
        let Some(past) = past else { return Vec::new() };
        let gives = draft.bugs().filter(|(_, set)| !set.status.is_keep());
        let written = |(bug, set): (BugIx, &Set)| {
            let (now, (_, after)) = (self.status(bug)?, past.about(bug)?);
            let is_same = |now: &str, to: &str| self.remarks_alike(now, to);
            let is_of =
                |to: &To<String>| matches!(to, To::Value(to) if self.report().says(bug, (&now, to), is_same));
            let remark = remark_beside(&now, self.methodology());
            (!remark.is_empty() && !is_of(&after.status) && !is_of(&set.status)).then_some((bug, remark))
        };
        gives.filter_map(written).collect()
    }

    /// What a person should know beside a decision that takes a saved one back or brings it back: which remarks go, and what
    /// of it the report no longer has. A sentence each.
    pub fn told_beside(&self, draft: &Draft) -> Vec<String> {
        let (gone, report) = (self.remarks_written_since(draft), self.report());
        let told = gone.iter().take(NAMED).map(|(bug, remark)| {
            format!("the remark of {} goes: {}", report.handle(*bug), display::clip(remark, SAID))
        });
        let more = (gone.len() > NAMED).then(|| format!("so do {} more", gone.len() - NAMED));
        told.chain(more).chain(self.absent_beside(draft)).collect()
    }

    fn remarks_alike(&self, one: &str, other: &str) -> bool {
        remark(one, self.methodology()) == remark(other, self.methodology())
    }
}

/// Whether a status says more than its words, such as which bug is repeated: what stands behind it is no mere remark.
fn asks(status: &str, methodology: &Methodology) -> bool {
    let found = methodology.read_status(status.as_bytes());
    found.is_some_and(|found| matches!(methodology.status(found.status).asks, Asks::Original | Asks::Date))
}

/// A value whose name, whose text before a decision and whose text after it these are, where it is neither now.
fn edited<'n>(
    (name, before, after): (&str, &To<String>, &To<String>),
    now: impl Fn() -> Option<Cow<'n, str>>,
    is_same: impl Fn(&str, &str) -> bool,
) -> Option<Edited> {
    if after.is_keep() || is_given(after, &now, &is_same) {
        return None;
    }
    let is_before = !before.is_keep() && is_given(before, &now, &is_same);
    let text = |to: &To<String>| to.clone().after(None);
    (!is_before).then(|| Edited {
        bug: BugIx(0),
        name: name.to_owned(),
        before: text(before),
        made: text(after),
        now: now().map(Cow::into_owned),
    })
}

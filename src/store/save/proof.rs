//! The proof, before anything is written, that a report reads back as what was decided.
//!
//! Bugs that no edit has touched and that are read as before need no other proof ([`Kept`]) than that nothing else was
//! decided about them. Of all others, those that are called the same are compared: what they have in common byte for byte is
//! not read where it says the same on both sides, whatever it says; all that is left is read, and compared as sums.

mod pairs;

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::deviation::Handles;
use crate::methodology::LevelId;
use crate::report::{
    self, Bug, BugIx, Claim, Edited, Further, Kept, Paragraph, Report, Restated, Told, Writing, paragraph,
    render, unescaped,
};
use crate::triage::Session;

/// What would be read otherwise than it was decided.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misread {
    /// The handle of a bug, a claim, or a text.
    pub(super) what: String,
    /// How it would be read, where that can be said.
    pub(super) why: Option<String>,
}

impl Misread {
    fn of(what: impl Into<String>) -> Misread {
        Misread { what: what.into(), why: None }
    }
}

/// Whether the edited report has exactly the bugs of the session, as decided, in whatever order. Bugs that no decision
/// names must be there byte for byte; of the others, what a decision can change is compared.
///
/// # Errors
/// A bug that reads otherwise.
pub(super) fn says_what_was_decided(edited: &Edited, session: &Session) -> Result<(), Misread> {
    let (before, after) = (session.report(), &edited.report);
    let named = Named::of(session);
    let decided = |bug| match named.has(before, bug) {
        true => sum_decided(session, bug),
        false => whole(before, bug),
    };
    let read = |bug| match named.has(after, bug) {
        true => sum_read(after, bug),
        false => whole(after, bug),
    };
    let rated = Rated::of(session);
    let is_seen = |bug, now| match named.has(before, bug) {
        true => rated.has(bug) && is_seen_to_say(session, bug, (after, now)),
        false => is_seen_to_stay(before, bug, (after, now)),
    };
    let others = (edited.others_before(before.len()), edited.others_now());
    let left = pairs::left((before, others.0), (after, others.1), is_seen);
    if sum(&left.0, decided) == sum(&left.1, read) && keeps_what_was_decided(edited, session, &rated) {
        return Ok(());
    }
    Err(first_differing(after, session).unwrap_or_else(|| Misread::of("a bug that was not there before")))
}

/// Whether decisions about bugs that were kept leave them as they are.
fn keeps_what_was_decided(edited: &Edited, session: &Session, rated: &Rated<'_>) -> bool {
    let touched = session.touched();
    let is_told = |kept: &Kept, at: u32| {
        let (before, now) = (BugIx(kept.before.0 + at), BugIx(kept.now.0 + at));
        !touched.contains(before)
            || rated.has(before) && is_seen_to_say(session, before, (&edited.report, now))
            || sum_decided(session, before) == sum_read(&edited.report, now)
    };
    edited.kept.iter().all(|kept| (0..kept.count).into_par_iter().all(|at| is_told(kept, at)))
}

/// Whether a bug that is given no more than a severity is seen to say what was decided without reading all of it. It is no
/// answer where it is not.
fn is_seen_to_say(session: &Session, bug: BugIx, (after, now): (&Report, BugIx)) -> bool {
    let before = session.report();
    after.level(now) == session.level(bug)
        && is_called(before, bug, (after, now))
        && before.tells_as(bug, (after, now))
}

/// Whether a bug is seen to be there as it was.
fn is_seen_to_stay(before: &Report, bug: BugIx, (after, now): (&Report, BugIx)) -> bool {
    after.level(now) == before.level(bug)
        && is_called(before, bug, (after, now))
        && before.block(bug) == after.block(now)
}

/// Whether two bugs are called the same.
fn is_called(report: &Report, bug: BugIx, (other, theirs): (&Report, BugIx)) -> bool {
    let (own, their) = (report.bug(bug), other.bug(theirs));
    own.id.of(report.base()) == their.id.of(other.base())
        && own.title.of(report.base()) == their.title.of(other.base())
}

/// Whether `after` states the numbers that decisions set its claims to.
///
/// # Errors
/// The line, before the save, of a claim that reads otherwise.
pub(super) fn claims_what_was_decided(
    after: &Report,
    session: &Session,
    writing: Writing,
) -> Result<(), Misread> {
    let (before, restated) = (session.report(), session.restated());
    if restated.is_empty() {
        return Ok(());
    }
    let shifts = render::shifts(before, &session.changes(), writing);
    let key = |claim: &Claim, number: Option<u64>| (claim.place.name(), claim.level, claim.of, number);
    let mut left: HashMap<_, usize> = HashMap::new();
    after.claims().iter().for_each(|claim| *left.entry(key(claim, claim.count.number())).or_default() += 1);
    for Restated { claim, from, to } in restated {
        let old = &before.claims()[claim.at()];
        let by = shifts[claim.at()].saturating_add(Restated { claim, from, to }.by());
        let number = old.count.number().map(|number| number.saturating_add_signed(by));
        match left.get_mut(&key(old, number)) {
            Some(count @ 1..) => *count -= 1,
            _ => return Err(Misread::of(format!("the claim on line {}", before.line_of(old.span.start)))),
        }
    }
    Ok(())
}

/// Whether `after` has the paragraphs that decisions put into it.
///
/// # Errors
/// What a paragraph says that is not there.
pub(super) fn states_what_was_found(after: &Report, session: &Session) -> Result<(), Misread> {
    let lost = |paragraph: &Paragraph| match paragraph {
        Paragraph::New(text) => paragraph::find(after, text).is_none().then(|| text.clone()),
        Paragraph::Gone(_) => None,
    };
    session.paragraphs().iter().find_map(lost).map_or(Ok(()), |text| Err(Misread::of(text)))
}

/// The names of the bugs that decisions are about; `None` where they are about all.
struct Named(Option<HashSet<u128>>);

impl Named {
    fn of(session: &Session) -> Named {
        let (report, touched) = (session.report(), session.touched());
        let some = touched.len() < report.len();
        Named(some.then(|| touched.iter().map(|bug| name(report, bug)).collect()))
    }

    fn has(&self, report: &Report, bug: BugIx) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(&name(report, bug)))
    }
}

/// The bugs that decisions give no more than a severity.
struct Rated<'a> {
    session: &'a Session,
    /// Whether none gives more to any.
    are_all: bool,
}

impl Rated<'_> {
    fn of(session: &Session) -> Rated<'_> {
        let mut sets =
            session.pending().iter().flat_map(|decision| &decision.draft.parts).map(|part| &part.set);
        let are_all = sets.all(|set| set.scope.is_keep() && set.status.is_keep() && set.fields.is_empty());
        Rated { session, are_all }
    }

    fn has(&self, bug: BugIx) -> bool {
        self.are_all || {
            let net = self.session.net(bug);
            net.scope.is_keep() && net.status.is_keep() && net.fields.is_empty()
        }
    }
}

/// What a bug is known by in both reports, whatever is decided about it.
fn name(report: &Report, bug: BugIx) -> u128 {
    let Bug { id, title, .. } = report.bug(bug);
    xxh3_128(id.of(report.base())) ^ xxh3_128(title.of(report.base())).rotate_left(1)
}

/// All of a bug, and what it is known by.
fn whole(report: &Report, bug: BugIx) -> u128 {
    let level = report.level(bug).map_or(0, |level| 1 + u128::from(level.0));
    xxh3_128(report.block(bug)).wrapping_add(level).wrapping_add(name(report, bug).rotate_left(2))
}

/// What of a bug a save may change or must keep.
#[derive(PartialEq, Eq)]
struct Said {
    id: Option<String>,
    title: String,
    level: Option<LevelId>,
    scope: Option<String>,
    status: Option<String>,
    /// All its other fields.
    further: Vec<Further>,
}

fn decided(session: &Session, bug: BugIx) -> Said {
    let (level, report, net) = (session.level(bug), session.report(), session.net(bug));
    let values = report.values(bug);
    let scope = net.scope_or(|| values.scope()).map(|scope| meant(report, &scope));
    let status =
        net.status_or(|| values.status()).map(|status| unescaped(values.status_after(&status).into()).into());
    let further = values.further_after(net.fields.iter().copied());
    let (id, title) = (report.id(bug).map(Into::into), report.title(bug).into_owned());
    Said { id, title, level, scope, status, further }
}

/// The name of the scope that a text means: the log has names for keys, so what it leads back to may be the other.
fn meant(report: &Report, scope: &str) -> String {
    let methodology = report.methodology();
    let known = methodology.scope_named(scope.trim()).map(|known| methodology.scope(known).name.clone());
    known.unwrap_or_else(|| unescaped(scope.into()).into())
}

fn read(report: &Report, bug: BugIx) -> Said {
    let values = report.values(bug);
    let scope = values.scope().map(|scope| meant(report, &scope));
    let status = values.status().map(|status| unescaped(status).into());
    let (id, title) = (report.id(bug).map(Into::into), report.title(bug).into_owned());
    Said { id, title, level: report.level(bug), scope, status, further: values.further() }
}

/// A sum that does not depend on the order of the bugs.
fn sum(bugs: &[BugIx], sum_of: impl Fn(BugIx) -> u128 + Sync) -> u128 {
    bugs.par_iter().map(|bug| sum_of(*bug)).reduce(|| 0, u128::wrapping_add)
}

/// What a bug of the session is to say, as a number.
fn sum_decided(session: &Session, bug: BugIx) -> u128 {
    let (level, report, net) = (session.level(bug), session.report(), session.net(bug));
    let values = report.values(bug);
    let Told { scope, status, further } = values.told();
    let further = match net.fields.is_empty() {
        true => further,
        false => report::sum_of(&values.further_after(net.fields.iter().copied())),
    };
    let status = net.status_or(|| status).map(|status| values.status_after(&status).to_owned().into());
    sum_of(report, bug, (level, Told { scope: net.scope_or(|| scope), status, further }))
}

/// What a bug of a report says, as a number.
fn sum_read(report: &Report, bug: BugIx) -> u128 {
    sum_of(report, bug, (report.level(bug), report.values(bug).told()))
}

fn sum_of(report: &Report, bug: BugIx, (level, told): (Option<LevelId>, Told<'_>)) -> u128 {
    let text = |text: Option<&str>| text.map_or(0, |text| xxh3_128(text.as_bytes()).wrapping_add(1));
    let scope = text(told.scope.map(|scope| meant(report, &scope)).as_deref());
    let status = text(told.status.map(unescaped).as_deref());
    let level = level.map_or(0, |level| 1 + u128::from(level.0));
    let numbers = [name(report, bug), level, scope, status, told.further].map(u128::to_le_bytes);
    xxh3_128(numbers.as_flattened())
}

fn first_differing(after: &Report, session: &Session) -> Option<Misread> {
    let (before, handles) = (session.report(), Handles::of(after));
    let misread = |bug: BugIx| {
        let found = handles.find(&before.handle(bug)).map(|found| read(after, found));
        let why = otherwise(found, decided(session, bug), session)?;
        Some(Misread { what: before.handle(bug).into_owned(), why: Some(why) })
    };
    before.indexes().find_map(misread)
}

/// How a bug would be read that is to say something else; nothing where it would say that.
fn otherwise(read: Option<Said>, decided: Said, session: &Session) -> Option<String> {
    let Some(read) = read else {
        return Some("no bug would be called so any more".to_owned());
    };
    let level = |level: Option<LevelId>| level.map(|level| session.methodology().level(level).key.clone());
    let values = [
        ("severity", level(read.level), level(decided.level)),
        ("scope", read.scope, decided.scope),
        ("status", read.status, decided.status),
        ("title", Some(read.title), Some(decided.title)),
        ("id", read.id, decided.id),
    ];
    let further = differing(&read.further, &decided.further);
    let mut all = values.into_iter().map(|(name, is, wanted)| (name.to_owned(), is, wanted)).chain(further);
    let (name, is, wanted) = all.find(|(_, is, wanted)| is != wanted)?;
    let said = |value: Option<String>| value.map_or("none".to_owned(), |value| format!("“{value}”"));
    Some(format!("its {name} would be read as {}, not as {}", said(is), said(wanted)))
}

/// The first field that is read otherwise, or more or less often, than decided: its name, how it is read, and how it was
/// decided.
fn differing(read: &[Further], decided: &[Further]) -> Option<(String, Option<String>, Option<String>)> {
    let count = |fields: &[Further], field: &Further| fields.iter().filter(|other| *other == field).count();
    let differs = |field: &&Further| count(read, field) != count(decided, field);
    let (name, _) = decided.iter().chain(read).find(differs)?;
    let said = |fields: &[Further]| {
        let such = fields.iter().filter(|(other, _)| other == name);
        let values: Vec<&str> = such.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("” and “"))
    };
    Some((name.clone(), said(read), said(decided)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::To;
    use crate::store::rig::Rig;
    use crate::triage::{BugSet, Decision, Draft, Event, Set};

    /// Why the report of a session in which a bug gets this would be refused where these words were written in the place
    /// of others.
    fn refused(set: Set, slips: &[(&str, &str)]) -> Option<String> {
        let rig = Rig::new();
        let report = rig
            .report()
            .replace("P0 - ImportError", "P0 - ImportError\n- **Owner:** Bob\n- **Berth:** build");
        std::fs::write(rig.path(), report).unwrap();
        let mut session = rig.open().session();
        let draft = Draft::new(set.kind(session.methodology().fields()), BugSet::from(BugIx(0)), set);
        let at = "2026-02-11T20:25:48Z".parse().unwrap();
        session.apply(Event::Decided(Decision { at, by: String::from("Ada"), draft }));
        let edits = session.edits(Writing::default()).unwrap();
        let mut new = String::from_utf8(edits.apply(session.report().base())).unwrap();
        for (old, with) in slips {
            assert!(new.contains(old), "{old} is not in {new}");
            new = new.replacen(old, with, 1);
        }
        let report = Report::parse(new.as_bytes().into(), session.methodology());
        let misread =
            says_what_was_decided(&Edited { report: report.into(), kept: Vec::new() }, &session).err()?;
        Some(misread.why.unwrap_or(misread.what))
    }

    /// A log would say of a severity what the report does not, or a save would change more than that.
    #[test]
    fn a_severity_that_is_not_written_as_decided_and_alone_is_refused() {
        let refused = |slips: &[(&str, &str)]| refused(Set::severity(LevelId(1)), slips);
        assert_eq!(refused(&[]), None);
        for (old, with, why) in [
            ("**Severity:** P1", "**Severity:** P2", "its severity would be read as “P2”, not as “P1”"),
            ("- **Berth:** build\n", "", "its berth would be read as none, not as “build”"),
            (
                "- **Berth:** build",
                "- **Berth:** tests",
                "its berth would be read as “tests”, not as “build”",
            ),
            ("- **Owner:**", "- **Status:** Closed\n- **Owner:**", "its status would be read as “Closed”"),
            ("- **Owner:**", "  ```\n- **Scope:** tests\n- **Owner:**", "its scope would be read as"),
        ] {
            let refused = refused(&[(old, with)]).unwrap_or_default();
            assert!(refused.starts_with(why), "{refused} is not {why}");
        }
    }

    /// A log would say of a fix what the report does not.
    #[test]
    fn a_field_that_is_not_written_as_decided_is_refused() {
        let fields =
            vec![("Fix".to_owned(), To::Value("Pinned it".to_owned())), ("Owner".to_owned(), To::Clear)];
        let refused =
            |slips: &[(&str, &str)]| refused(Set { fields: fields.clone(), ..Set::default() }, slips);
        assert_eq!(refused(&[]), None);
        let twice = "- **Fix:** Pinned it\n- **Fix:** Pinned it";
        for (old, with, is, wanted) in [
            ("Pinned it", "Pinned", "its fix would be read as “Pinned”", "“Pinned it”"),
            ("- **Fix:** Pinned it\n", "", "its fix would be read as none", "“Pinned it”"),
            (
                "- **Fix:** Pinned it",
                twice,
                "its fix would be read as “Pinned it” and “Pinned it”",
                "“Pinned it”",
            ),
            ("- **Berth:** build\n", "", "its berth would be read as none", "“build”"),
            ("- **Berth:** build", "- **Berth:** tests", "its berth would be read as “tests”", "“build”"),
            ("- **Berth:**", "- **Owner:** Bob\n- **Berth:**", "its owner would be read as “Bob”", "none"),
        ] {
            assert_eq!(refused(&[(old, with)]), Some(format!("{is}, not as {wanted}")), "{with}");
        }
    }
}

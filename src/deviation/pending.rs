//! The entries that a save would append for the pending decisions.
//!
//! What they say of bugs follows from the decisions alone, and is most of them: it is made and put into YAML before the report
//! is written. Which entries they follow, and which way leads back, comes to that later.

use std::borrow::Cow;
use std::sync::Arc;

use compact_str::CompactString;
use rayon::prelude::*;

use super::chain;
use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::log::Log;
use super::short;
use super::term;
use super::ways::Ways;
use super::yaml;
use crate::report::{BugIx, Report, Restated, To, Writing};
use crate::text::WayBack;
use crate::text::edit::Edits;
use crate::triage::{Decision, Draft, Net, Session, Set};

/// One entry for each pending decision, oldest first, chained to the log and to each other.
///
/// A bug's values are those just before and just after that decision, and only those it touches.
pub fn entries(session: &Session, log: &Log) -> Vec<Entry> {
    chained(drafted(session, &[]), log, |_| None).0
}

/// What the entries of the pending decisions say, whatever they follow and however the report is written.
pub struct Drafted<'s> {
    session: &'s Session,
    writing: Writing,
    entries: Vec<(Entry, String)>,
}

impl Drafted<'_> {
    /// Those of a session, with the claims that say less than nothing as nothing.
    pub fn of(session: &Session, writing: Writing) -> Drafted<'_> {
        Drafted { session, writing, entries: drafted(session, &short::of(session, writing)) }
    }

    /// The entries once the report is written, as `after`, which these edits make of it, with the ways back that values do not
    /// tell; and their documents one after the other.
    pub fn entries(self, log: &Log, (after, edits): (&Arc<Report>, &Edits)) -> (Vec<Entry>, String) {
        let mut ways = Ways::of(self.session, self.writing, (after, edits));
        chained(self.entries, log, |entry| ways.next(entry))
    }
}

/// The entries of the pending decisions without what they follow, each with what its document says behind that.
fn drafted(session: &Session, short: &[Vec<ClaimRecord>]) -> Vec<(Entry, String)> {
    let drafted = |(before, decision): (usize, &Decision)| {
        let mut entry = entry(session, decision, before);
        entry.claims.extend(short.get(before).into_iter().flatten().cloned());
        let mut body = String::new();
        yaml::put_told(&mut body, &entry);
        (entry, body)
    };
    session.pending().par_iter().enumerate().map(drafted).collect()
}

/// The entries, each with the way back that `way` knows for it, and their documents one after the other.
fn chained(
    drafted: Vec<(Entry, String)>,
    log: &Log,
    mut way: impl FnMut(&Entry) -> Option<WayBack>,
) -> (Vec<Entry>, String) {
    let mut prev = log.heads();
    let (mut entries, mut documents) = (Vec::with_capacity(drafted.len()), String::new());
    for (mut entry, mut body) in drafted {
        let link = yaml::link(&prev);
        let sum = chain::Sum::of(link.as_bytes()).and(body.as_bytes());
        (entry.id, entry.prev) = (sum.id(), prev);
        if let Some(way) = way(&entry) {
            let told = body.len();
            yaml::put_way(&mut body, &way);
            (entry.id, entry.way_back) = (sum.and(&body.as_bytes()[told..]).id(), Some(way));
        }
        prev = vec![entry.id.clone()];
        let head = yaml::head(&entry.id) + &link;
        if documents.is_empty() {
            // The first is mostly the only one and may be most of a save, so it is not copied.
            body.insert_str(0, &head);
            documents = body;
        } else {
            documents.reserve(head.len() + body.len());
            documents.extend([head, body]);
        }
        entries.push(entry);
    }
    (entries, documents)
}

/// The entry of a pending decision with so many before it, without its id and those before it.
fn entry(session: &Session, decision: &Decision, before: usize) -> Entry {
    let draft = &decision.draft;
    let bugs = in_order(decision).into_par_iter();
    Entry {
        id: String::new(),
        prev: Vec::new(),
        at: decision.at,
        by: decision.by.clone(),
        kind: draft.kind,
        bugs: bugs
            .map(|(bug, set)| {
                let seen = draft.seen.contains(bug);
                BugRecord { seen, ..record(session, bug, (decision, set), &session.net_of(bug, before)) }
            })
            .collect(),
        claims: set_anew(draft, session.report()),
        details: draft.facts.iter().map(|(fact, text)| (fact.name().to_owned(), text.clone())).collect(),
        rationale: draft.rationale.clone(),
        rule: draft.rule,
        suggestion: draft.suggestion.clone(),
        suggested_by: draft.suggested_by.clone(),
        policy: draft.answers.clone(),
        reverts: draft.reverts.clone(),
        way_back: None,
    }
}

/// The claims that a decision sets anew; what one that takes back a decision about bugs does to them follows from that.
fn set_anew(draft: &Draft, report: &Report) -> Vec<ClaimRecord> {
    let claims = draft.claims.iter().filter(|_| draft.parts.is_empty());
    let set = |restated: &Restated| {
        let record = claim(report, restated);
        let stated = report.claims()[restated.claim.at()].count.number();
        ClaimRecord { reported: stated.filter(|stated| i64::try_from(*stated) != Ok(record.from)), ..record }
    };
    claims.map(set).collect()
}

/// A claim that a decision sets anew.
pub(super) fn claim(report: &Report, restated: &Restated) -> ClaimRecord {
    let methodology = report.methodology();
    let claim = report.claims()[restated.claim.at()];
    let status = |status| methodology.status(status).key.clone();
    ClaimRecord {
        line: report.line_of(claim.span.start),
        place: claim.place.name().to_owned(),
        level: claim.level.map(|level| methodology.level(level).key.clone()),
        status: claim.of.status().map(status),
        from: restated.from.max(0),
        to: u64::try_from(restated.to).unwrap_or(0),
        reported: None,
    }
}

/// The bugs of a decision in document order.
fn in_order(decision: &Decision) -> Vec<(BugIx, &Set)> {
    let mut bugs: Vec<(BugIx, &Set)> = decision.draft.bugs().collect();
    bugs.sort_by_key(|(bug, _)| *bug);
    bugs
}

/// What a decision makes of a bug that earlier ones had made this of; whether it was seen aside.
fn record(session: &Session, bug: BugIx, (decision, set): (&Decision, &Set), before: &Net<'_>) -> BugRecord {
    let report = session.report();
    let methodology = session.methodology();
    let scope = |text: CompactString| term::scope_logged(methodology, &text).into();
    let fields = set.fields.iter().filter_map(|(name, to)| {
        let before = before.field(name);
        Some((name.clone(), text(to, before, || report.field(bug, name))?))
    });
    let (severity, written) = severity(session, bug, (decision, set), before).unzip();
    BugRecord {
        id: report.handle(bug).into(),
        title: report.title(bug).into_owned(),
        severity,
        written: written.flatten(),
        scope: text(&set.scope, before.scope, || report.scope(bug))
            .map(|value| FromTo { from: value.from.map(scope), to: value.to.map(scope) }),
        status: text(&set.status, before.status, || report.status(bug)),
        fields: fields.collect(),
        seen: false,
    }
}

/// A text before and after; `None` where the decision does not touch it.
fn text<'a>(
    to: &To<String>,
    before: To<&str>,
    report: impl FnOnce() -> Option<Cow<'a, str>>,
) -> Option<FromTo> {
    let to = match to {
        To::Keep => return None,
        To::Clear => None,
        To::Value(value) => Some(value.into()),
    };
    let from = match before {
        To::Keep => report().map(Into::into),
        To::Clear => None,
        To::Value(value) => Some(value.into()),
    };
    Some(FromTo { from, to })
}

/// What becomes of a severity, and what the bug's own words say of it where its section counts it as another.
fn severity(
    session: &Session,
    bug: BugIx,
    (decision, set): (&Decision, &Set),
    before: &Net<'_>,
) -> Option<(FromTo, Option<CompactString>)> {
    let key = |level| CompactString::new(&session.methodology().level(level).key);
    let to = match set.severity {
        To::Keep => return None,
        To::Clear => None,
        To::Value(level) => Some(key(level)),
    };
    let report = session.report();
    let from = match before.severity {
        To::Keep => report.level(bug).map(key).or_else(|| report.severity(bug).map(Into::into)),
        To::Clear => None,
        To::Value(level) => Some(key(level)),
    };
    let counted = match (before.severity, set.severity) {
        (To::Keep, To::Value(level)) => report.counted_as(bug, level).map(key),
        _ => None,
    };
    let again = session.counted_again(bug, decision).map(key);
    let written = counted.as_ref().or(again.as_ref()).and_then(|_| to.clone());
    Some((FromTo { from: counted.or(from), to: again.or(to) }, written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deviation::past;
    use crate::methodology::Methodology;
    use crate::report::Report;
    use crate::triage::{BugSet, Event, Kind, Part};

    const REPORT: &str = "\
## A-1: One

- **Severity:** P0
- **Scope:** Production

## A-2: Two

- **Severity:** P1
- **Scope:** my own
- **Owner:** Ada
";

    fn session(text: &str, drafts: Vec<Draft>) -> Session {
        let methodology = Arc::new(Methodology::embedded());
        let report = Arc::new(Report::parse(text.as_bytes().into(), &methodology));
        let mut session = Session::new(report, methodology, Vec::new());
        for draft in drafts {
            let (at, by) = ("2026-02-11T20:25:48Z".parse().unwrap(), String::from("Ada"));
            session.apply(Event::Decided(Decision { at, by, draft }));
        }
        session
    }

    fn value(text: &str) -> To<String> {
        To::Value(text.to_owned())
    }

    /// Scope, status and owner set on both bugs.
    fn sets() -> Vec<Draft> {
        let fields = vec![(String::from("Owner"), To::Clear)];
        let set =
            Set { scope: value("Test infrastructure"), status: value("Done"), fields, ..Set::default() };
        vec![Draft::new(Kind::Status, BugSet::all(2), set)]
    }

    #[test]
    fn an_entry_says_what_was_there_and_what_is_there_now() {
        let entries = entries(&session(REPORT, sets()), &Log::default());
        let [entry] = entries.as_slice() else { panic!("one decision, one entry") };
        assert_eq!(
            entry.document().split_once("bugs:\n").unwrap().1,
            "\
- id: A-1
  title: One
  scope: {from: production, to: test}
  status: {from: null, to: Done}
  fields:
  - {name: Owner, from: null, to: null}
  seen: false
- id: A-2
  title: Two
  scope: {from: my own, to: test}
  status: {from: null, to: Done}
  fields:
  - {name: Owner, from: Ada, to: null}
  seen: false
"
        );
    }

    /// A saved decision could not be taken back to what the report had said.
    #[test]
    fn what_the_log_says_leads_back_to_what_was_written() {
        let session = session(REPORT, sets());
        let past = past(&entries(&session, &Log::default()), session.report(), session.methodology());
        let before = |at: u32| past[0].about(BugIx(at)).unwrap().0;
        assert_eq!((&before(0).scope, &before(1).scope), (&value("Production"), &value("my own")));
        assert_eq!((&before(0).status, &before(0).severity), (&To::Clear, &To::Keep));
        assert_eq!(before(1).fields, [(String::from("Owner"), value("Ada"))]);
    }

    #[test]
    fn bugs_stand_in_document_order_whatever_part_they_are_of() {
        let part = |bug: u32, to: &str| Part {
            bugs: BugSet::from(BugIx(bug)),
            set: Set { status: value(to), ..Set::default() },
        };
        let draft = Draft { parts: vec![part(1, "b"), part(0, "a")], ..Draft::of(Kind::Reverted) };
        let entries = entries(&session(REPORT, vec![draft]), &Log::default());
        let ids: Vec<&str> = entries[0].bugs.iter().map(|bug| bug.id.as_str()).collect();
        assert_eq!(ids, ["A-1", "A-2"]);
    }

    #[test]
    fn bugs_that_the_report_no_longer_has_are_left_out_of_the_past() {
        let all = entries(&session(REPORT, sets()), &Log::default());
        let other = session("## A-2: Two\n\n- **Severity:** P1\n", Vec::new());
        let past = past(&all, other.report(), other.methodology());
        assert_eq!(past[0].sides.iter().map(|(bug, ..)| bug.0).collect::<Vec<_>>(), [0]);
    }
}

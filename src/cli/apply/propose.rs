//! `regrade apply --propose`: what a file proposes is kept as suggestions of its authors. Nobody decides.
//!
//! What an author proposes is judged on what the same author proposes before it, as if that were accepted. What was
//! accepted before of a file that is sent again stays as it was.

mod earlier;

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Args;
use super::already::Already;
use super::judge::{self, Ground, Names};
use super::taken_back::TakenBack;
use super::told::{self, Fate, Kept, Row};
use crate::cli::out::Out;
use crate::cli::world::{Open, World};
use crate::cli::{policy, words};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::proposal::{self, Item, What};
use crate::report::{BugIx, To, Writing};
use crate::store::Proposals;
use crate::triage::suggest::{self, Decisions, Proposed, Stood};
use crate::triage::{BugSet, Decision, Draft, Event, Session, Set};
use earlier::{Earlier, Known};

/// What becomes of the reason of a file for going against the policy.
const ASKED: &str = "its reason for that is not kept: whoever accepts it is asked for one";

/// What of a bug must not change until a proposal is accepted, where that does not say so itself.
const ALL: [&str; 3] = ["severity", "scope", "status"];

/// Judges what a file proposes and keeps it, all or nothing unless that is asked for.
///
/// # Errors
/// [`Trouble::Refused`] with all that is refused; those of the store.
pub(super) fn run(
    items: &proposal::Items<'_>,
    args: &Args,
    open: &Open,
    world: &World,
    out: &mut Out,
) -> Result<u8> {
    let session = open.opened.session();
    let mut run = Run::new(&session, open, world);
    run.over(items);
    run.finish(args, out)
}

/// What has become of what a file proposes.
struct Run<'a> {
    session: &'a Session,
    open: &'a Open,
    names: Names<'a>,
    writing: Writing,
    at: Timestamp,
    today: Date,
    /// How many decisions stand on bugs.
    decisions: HashMap<BugIx, Decisions>,
    authors: Vec<Author>,
    /// Their places, by name.
    places: HashMap<String, usize>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

/// Somebody who proposes something in the file.
struct Author {
    by: String,
    proposals: Vec<Proposed>,
    /// The report as it is once all of that is accepted.
    session: Session,
    /// The places in the list of rows of what happened on it.
    rows: Vec<usize>,
    /// For each of the proposals, the place of its row.
    rows_of: Vec<usize>,
}

impl<'a> Run<'a> {
    fn new(session: &'a Session, open: &'a Open, world: &World) -> Run<'a> {
        Run {
            session,
            open,
            names: Names::of(&open.opened.report),
            writing: open.terms.settings.writing(),
            at: world.now(),
            today: words::today(world),
            decisions: suggest::decisions(session),
            authors: Vec::new(),
            places: HashMap::new(),
            rows: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn over(&mut self, items: &proposal::Items<'_>) {
        let taken_back = TakenBack::of(items);
        let mut earlier = Earlier::of(self.session, self.writing);
        let is_left = |item: &&Item<'_>| !taken_back.has(item);
        let known = items
            .iter()
            .map(|item| item.as_ref().ok().filter(is_left).and_then(|item| earlier.known(item, &self.names)));
        let known: Vec<Option<Known>> = known.collect();
        let accepted = earlier::accepted(&known);
        let already = Already::of(items, &taken_back, self.on(self.session));
        for (place, (item, known)) in items.iter().zip(known).enumerate() {
            match item {
                Err(faults) => self.refused(Row::unread(faults), faults.clone()),
                Ok(item) if taken_back.has(item) => {
                    if let Some(by) = &item.by {
                        self.author(by);
                    }
                    self.rows.push(Row { fate: Fate::TakenBack, ..Row::of(item) });
                }
                Ok(item) => {
                    let is_so = already.has(place, item, self.on(self.session));
                    self.item(item, known.unwrap_or_default(), &accepted, is_so);
                }
            }
        }
    }

    fn item(&mut self, item: &Item<'_>, known: Known, accepted: &earlier::Accepted, is_so: bool) {
        let Some(by) = item.by.clone().filter(|by| !by.trim().is_empty()) else {
            let fault = Fault::new(Trouble::Refused, "nobody is named who proposes this");
            let fault = fault.hint("say `by:` at the head of the file, or here");
            return self.refused(Row::of(item), vec![item.fault(None, fault)]);
        };
        let handles = known.bugs().iter().map(|bug| self.session.report().handle(bug).into_owned()).collect();
        let row = Row { kind: known.kind(), accepted: handles, ..Row::of(item) };
        if known.is_all() {
            return self.kept(&by, known.proposals(), Row { fate: Fate::Accepted, ..row });
        }
        let so = self.on(self.session).having(item);
        let but = known.bugs().union(&so);
        if is_so || judge::names_only(item, &self.names, &but) {
            return self.kept(&by, known.proposals(), Row { fate: Fate::Same, ..row });
        }
        let session = self.ground(item, &by, &but);
        let draft = self.on(session).draft(item, &but);
        match draft.and_then(|draft| guarded(draft, item, session).map_err(|fault| vec![fault])) {
            Err(faults) if known.is_none() => self.refused(row, faults),
            Err(faults) => {
                self.kept(&by, known.proposals(), row.refused(&faults));
                self.faults.extend(faults);
            }
            Ok((draft, policy)) => {
                let proposals = self.proposed(&draft, item, session, known, accepted);
                let decision = Decision { at: self.at, by: by.clone(), draft };
                let (place, at) = (self.rows.len(), self.author(&by));
                self.authors[at].session.apply(Event::Decided(decision));
                self.authors[at].rows.push(place);
                self.kept(&by, proposals, Row { fate: Fate::Proposed, policy, ..row });
            }
        }
    }

    fn on<'s>(&'s self, session: &'s Session) -> Ground<'s, 'a> {
        Ground { names: &self.names, session, writing: self.writing, today: self.today }
    }

    /// The session that an item is judged on for all bugs but these: what its author proposes before it, where that has not made it so
    /// already.
    fn ground(&self, item: &Item<'_>, by: &str, but: &BugSet) -> &Session {
        let foreseen = self.places.get(by).map(|at| &self.authors[*at].session);
        let is_left = |session: &&Session| {
            !judge::names_only(item, &self.names, &self.on(session).having(item).union(but))
        };
        foreseen.filter(is_left).unwrap_or(self.session)
    }

    /// What an item proposes as bugs stand before it: one proposal for all that get the same. Those for which it was accepted
    /// already are among them, as they were.
    fn proposed(
        &self,
        draft: &Draft,
        item: &Item<'_>,
        session: &Session,
        known: Known,
        accepted: &earlier::Accepted,
    ) -> Vec<Proposed> {
        let by = item.by.clone().unwrap_or_default();
        let names = asked(item);
        let stood = |bug| {
            let Decisions { all, judging } = self.decisions.get(&bug).copied().unwrap_or_default();
            let decisions = Decisions { all, judging: judging.saturating_sub(accepted.count(&by, bug)) };
            Stood { bug, at: self.at, set: stands(session, bug, &names), decisions }
        };
        let mut all = known.proposals();
        for part in draft.parts.iter().filter(|part| !part.bugs.is_empty()) {
            let bugs: Vec<Stood> = part.bugs.iter().map(stood).collect();
            match all.iter_mut().find(|known| known.set == part.set) {
                Some(known) => known.bugs.extend(bugs),
                None => all.push(Proposed {
                    by: by.clone(),
                    kind: draft.kind,
                    set: part.set.clone(),
                    rationale: draft.rationale.clone(),
                    rule: draft.rule,
                    suggestion: draft.suggestion.clone(),
                    bugs,
                }),
            }
        }
        all.iter_mut().for_each(|proposed| proposed.bugs.sort_by_key(|stood| stood.bug));
        all
    }

    fn author(&mut self, by: &str) -> usize {
        if let Some(at) = self.places.get(by) {
            return *at;
        }
        let (by, session) = (by.to_owned(), self.session.clone());
        self.places.insert(by.clone(), self.authors.len());
        let (proposals, rows, rows_of) = (Vec::new(), Vec::new(), Vec::new());
        self.authors.push(Author { by, proposals, session, rows, rows_of });
        self.authors.len() - 1
    }

    fn kept(&mut self, by: &str, proposals: Vec<Proposed>, row: Row) {
        let (at, place) = (self.author(by), self.rows.len());
        self.authors[at].rows_of.extend(proposals.iter().map(|_| place));
        self.authors[at].proposals.extend(proposals);
        self.rows.push(row);
    }

    fn refused(&mut self, row: Row, faults: Vec<Fault>) {
        self.rows.push(row.refused(&faults));
        self.faults.extend(faults);
    }

    /// Keeps what is to be kept, and says what has become of each.
    fn finish(mut self, args: &Args, out: &mut Out) -> Result<u8> {
        for Author { session, rows, .. } in &self.authors {
            told::changes(&mut self.rows, rows, session);
        }
        self.declined();
        let is_refused = told::refused(&self.rows) > 0;
        let end = self.end(args, is_refused && !args.partial)?;
        match out.is_json() {
            true => told::tell_kept_json(&self.rows, &end, out),
            false => told::tell_kept(&self.rows, &end, out),
        }
        let others = ("proposed", end.kept);
        let path = &self.open.opened.path;
        told::refusal(&self.rows, others, args.partial, path, self.faults)
    }

    /// Tells of what is proposed which of it was declined before: all of a decision, or for which of its bugs.
    fn declined(&mut self) {
        let (store, opened) = (&self.open.store, &self.open.opened);
        for Author { proposals, rows_of, .. } in &self.authors {
            for (at, bug, made) in store.declined_of(&opened.path, &opened.report, proposals) {
                let handle = opened.report.handle(bug).into_owned();
                let row = &mut self.rows[rows_of[at]];
                if !row.accepted.contains(&handle) && !row.declined.contains(&handle) {
                    row.declined.push(handle);
                    row.declined_by.push(made.by);
                }
            }
            let mut bugs: HashMap<usize, usize> = HashMap::new();
            for (place, proposed) in rows_of.iter().zip(proposals) {
                *bugs.entry(*place).or_default() += proposed.bugs.len();
            }
            for (place, bugs) in bugs {
                let row = &mut self.rows[place];
                let left = bugs.saturating_sub(row.accepted.len() + row.declined.len());
                if row.fate == Fate::Proposed && left == 0 && !row.declined.is_empty() {
                    row.fate = Fate::Declined;
                }
            }
        }
    }

    fn end(&mut self, args: &Args, is_refused: bool) -> Result<Kept> {
        let authors = self.authors.drain(..).filter(|_| !is_refused);
        let these: Vec<Proposals> = authors.map(|author| (author.by, author.proposals)).collect();
        let (store, opened) = (&self.open.store, &self.open.opened);
        let kept = !args.doing.dry_run && !these.is_empty();
        let laid = match kept {
            true => store.propose(&opened.path, &opened.report, &these)?,
            false => store.would_propose(&opened.path, &opened.report, &these)?,
        };
        Ok(Kept { kept, laid })
    }
}

/// Refuses what nobody could accept, or does not stand at a bug; gives what the policy will say when it is accepted.
///
/// # Errors
/// [`Trouble::Refused`], with its place.
fn guarded(mut draft: Draft, item: &Item<'_>, session: &Session) -> Result<(Draft, Vec<String>)> {
    let refused = |what: &str, hint: &str| {
        Err(item.fault(None, Fault::new(Trouble::Refused, what.to_owned()).hint(hint)))
    };
    if draft.is_empty() {
        let hint = "apply it without --propose";
        return refused(
            "this is about the report as a whole, and has no bug to stand at as a suggestion",
            hint,
        );
    }
    judge::allow(&draft, item, session)?;
    let methodology = session.methodology();
    let unknown = draft.parts.iter().find_map(|part| suggest::unknown(&part.set, draft.rule, methodology));
    if let Some(word) = unknown {
        let hint = "regrade methodology shows what it knows; --propose needs words that can be decided by";
        return refused(&format!("the methodology does not know {word}"), hint);
    }
    draft.suggested_by.clone_from(&item.by);
    let mut said = policy::foreseen(&draft, session).map_err(|fault| item.fault(None, fault))?;
    let has_reason = judge::reasons(item, None)?.is_any();
    said.extend((has_reason && !said.is_empty()).then(|| ASKED.to_owned()));
    Ok((draft, said))
}

/// What of its bugs must not change: what it says of how they stood, else all that it could say.
fn asked<'i>(item: &'i Item<'_>) -> Vec<&'i str> {
    match &item.what {
        What::Said(said) if !said.fields("from").is_empty() => {
            said.fields("from").iter().map(|(name, _)| name.as_str()).collect()
        }
        _ => ALL.to_vec(),
    }
}

/// How a bug stands in these.
fn stands(session: &Session, bug: BugIx, names: &[&str]) -> Set {
    let has = |name: &str| names.contains(&name);
    let text = |name: &str, text: Option<std::borrow::Cow<'_, str>>| match has(name) {
        true => To::from_option(text.map(Into::into)),
        false => To::Keep,
    };
    Set {
        severity: if has("severity") { To::from_option(session.level(bug)) } else { To::Keep },
        scope: text("scope", session.scope(bug)),
        status: text("status", session.status(bug)),
        fields: Vec::new(),
    }
}

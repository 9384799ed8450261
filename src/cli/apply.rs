//! `regrade apply`: decisions that somebody else proposes in a file, under the same guards as those of `regrade set`.
//!
//! All of them are saved at once, or none unless `--partial` says so. Who runs it decides; who proposed them is logged
//! beside. With `--propose` nobody decides: they are kept as suggestions, under the same terms.

mod claims;
mod judge;
mod propose;
mod source;
mod told;
mod unwritten;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

use super::out::Out;
use super::set::{self, Doing};
use super::world::{Open, World};
use super::{log, policy};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::git::Made;
use crate::proposal::{self, Item, Logged, What};
use crate::report::{BugIx, Report};
use crate::store::{Opened, Store};
use crate::text::Diff;
use crate::triage::suggest::{self, Proposed};
use crate::triage::{BugSet, Decision, Draft, Event, Kind, Session};
use told::{End, Fate, Proposals, Row};
use unwritten::Unwritten;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    #[arg(required_unless_present = "schema")]
    report: Option<PathBuf>,
    /// The decisions, as YAML or JSON, or as `regrade export` writes them; `-` is standard input
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Save those that can be, where others are refused
    #[arg(long)]
    partial: bool,
    /// Why they are made although the policy warns of some; logged with the guard's name
    #[arg(long = "override", value_name = "REASON", allow_hyphen_values = true)]
    reason: Option<String>,
    /// Decide nothing: keep them as suggestions of their authors, to be accepted or declined one by one at the desk, in
    /// the place of what the same authors proposed before
    #[arg(long, conflicts_with_all = ["reason", "commit"])]
    propose: bool,
    /// Print the JSON schema of a file of decisions, for editors and agents
    #[arg(long, exclusive = true)]
    schema: bool,
    #[command(flatten)]
    doing: Doing,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let (Some(report), Some(file)) = (&args.report, &args.file) else {
        proposal::schema().lines().for_each(|line| out.line(line));
        return Ok(0);
    };
    let mut open = world.open(report)?;
    log::warn(&open.opened.log_problems, args.doing.json, out);
    if !args.propose {
        set::refuse_pending(&open.opened.session())?;
    }
    let (text, file) = source::text(file, &open.store)?;
    let text = proposal::joined(text);
    let items = proposal::read(&text, &file).map_err(|fault| match is_swapped(&text, &open) {
        true => fault.hint(format!(
            "the report comes first: regrade apply {} {}",
            file.display(),
            report.display()
        )),
        false => fault,
    })?;
    if items.is_empty() {
        let hint = "regrade suggest REPORT --forget AUTHOR takes back what somebody proposes";
        let fault = proposal::none(&file);
        return Err(if args.propose { fault.hint(hint) } else { fault });
    }
    let log = open.store.log_path(&open.opened.path)?;
    let (run, end) = Run::ended(&items, args, &mut open, &log, world);
    run.finish(end, args, &open.opened.path, &log, out)
}

/// What has become of the decisions of a file.
struct Run {
    /// What they are judged on: one after the other, but what is proposed only on what the same author does. The first
    /// is for nobody alone.
    grounds: Vec<Ground>,
    /// The places of those of authors.
    authors: HashMap<String, usize>,
    events: Vec<Event>,
    /// The places in the file of those that happened.
    places: Vec<usize>,
    proposals: Vec<Proposed>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

/// What decisions of a file are judged on.
#[derive(Clone)]
struct Ground {
    session: Session,
    /// The places in the list of rows of those that have happened on it.
    rows: Vec<usize>,
    /// How many decisions stand on bugs, where something is proposed.
    decisions: HashMap<BugIx, usize>,
}

/// What becomes of all decisions of a file, and what kept those that are saved from being committed.
type Ended = Result<(End, Option<Fault>)>;

impl Run {
    /// Judges the decisions and saves what is to be saved. What follows one that cannot be written is judged anew, without it.
    fn ended(
        items: &proposal::Items<'_>,
        args: &Args,
        open: &mut Open,
        log: &Path,
        world: &World,
    ) -> (Run, Ended) {
        let mut unwritten = Unwritten::new();
        loop {
            let run = Run::over(items, &unwritten, args, open, world);
            let end = run.end(args, open, log);
            if args.propose || !end.as_ref().is_err_and(|fault| fault.kind() == Trouble::Refused) {
                return (run, end);
            }
            match run.unwritten(open) {
                Ok(Some((at, why))) => drop(unwritten.insert(at, why)),
                Ok(None) => return (run, end),
                Err(fault) => return (run, Err(fault)),
            }
        }
    }

    /// Lets each happen that nothing speaks against, one after the other.
    fn over(
        items: &proposal::Items<'_>,
        unwritten: &Unwritten,
        args: &Args,
        open: &Open,
        world: &World,
    ) -> Run {
        let mut run = Run::on(open.opened.session(), args.propose);
        let before = run.grounds[0].session.clone();
        let earlier = args.propose.then(|| propose::Earlier::of(&before));
        let taken_back = taken_back(items);
        let by = world.person(&open.opened.path);
        let (at, today) = (world.now(), set::today(world));
        for (place, item) in items.iter().enumerate() {
            let item = match item {
                Ok(item) => item,
                Err(faults) => {
                    let line = faults.first().and_then(Fault::line_number).unwrap_or(1);
                    run.refused(Row::of(line, None, None), faults.clone());
                    continue;
                }
            };
            let row = Row::of(item.line(), item.by.clone(), Some(judge::named(item)));
            if is_taken_back(item, &taken_back) {
                run.rows.push(Row { fate: Fate::TakenBack, ..row });
                continue;
            }
            if let Some(why) = unwritten.get(&place) {
                run.refused(row, vec![unwritten::fault(item, why)]);
                continue;
            }
            let ground = run.ground(item.by.as_ref().filter(|_| args.propose));
            let kept =
                earlier.as_ref().map(|earlier| earlier.accepted(item, open, today)).unwrap_or_default();
            run.proposals.extend(kept.proposals);
            if kept.is_all {
                run.rows.push(Row { fate: Fate::Accepted, ..row });
                continue;
            }
            match run.judged(item, ground, &kept.bugs, args, open, today) {
                Err(faults) => run.refused(row, faults),
                Ok((draft, policy)) => {
                    let proposed = args.propose.then(|| run.proposed(&draft, item, ground, at));
                    let fate = if args.propose { Fate::Proposed } else { Fate::Applied };
                    run.proposals.extend(proposed.into_iter().flatten());
                    run.places.push(place);
                    run.decided(ground, Decision { at, by: by.clone(), draft }, Row { policy, fate, ..row });
                }
            }
        }
        run
    }

    fn on(session: Session, proposes: bool) -> Run {
        let decisions = if proposes { suggest::decisions(&session) } else { HashMap::new() };
        let grounds = vec![Ground { session, rows: Vec::new(), decisions }];
        let (authors, events, places, proposals) = (HashMap::new(), Vec::new(), Vec::new(), Vec::new());
        Run { grounds, authors, events, places, proposals, rows: Vec::new(), faults: Vec::new() }
    }

    /// The place in the file of the first that cannot be written, and why, if there is one.
    fn unwritten(&self, open: &Open) -> Result<Option<(usize, Fault)>> {
        let first = unwritten::first(&self.events, open, open.terms.settings.writing())?;
        Ok(first.map(|(at, why)| (self.places[at], why)))
    }

    /// The place of what the decisions of an author are judged on; without one, those of all.
    fn ground(&mut self, by: Option<&String>) -> usize {
        let Some(by) = by else { return 0 };
        *self.authors.entry(by.clone()).or_insert_with(|| {
            self.grounds.push(self.grounds[0].clone());
            self.grounds.len() - 1
        })
    }

    /// The decision that an item proposes, and what the policy says of it.
    fn judged(
        &self,
        item: &Item<'_>,
        ground: usize,
        but: &BugSet,
        args: &Args,
        open: &Open,
        today: Date,
    ) -> std::result::Result<(Draft, Vec<String>), Vec<Fault>> {
        let session = &self.grounds[ground].session;
        let draft = judge::draft(item, session, open.terms.settings.writing(), today, but)?;
        let guarded = match args.propose {
            true => propose::guarded(draft, item, session),
            false => guarded(draft, item, session, args, &open.opened.path),
        };
        guarded.map_err(|fault| vec![fault])
    }

    /// What an item proposes, as bugs stand before it.
    fn proposed(&self, draft: &Draft, item: &Item<'_>, ground: usize, at: Timestamp) -> Vec<Proposed> {
        let Ground { session, decisions, .. } = &self.grounds[ground];
        propose::proposed(draft, item, session, decisions, at)
    }

    fn decided(&mut self, ground: usize, decision: Decision, row: Row) {
        let ground = &mut self.grounds[ground];
        if decision.draft.kind.reviews() {
            let bugs = decision.draft.bugs();
            bugs.for_each(|(bug, _)| *ground.decisions.entry(bug).or_default() += 1);
        }
        let event = Event::Decided(decision);
        ground.session.apply(event.clone());
        ground.rows.push(self.rows.len());
        self.events.push(event);
        self.rows.push(row);
    }

    fn refused(&mut self, row: Row, faults: Vec<Fault>) {
        let why = faults.iter().map(ToString::to_string).collect();
        self.rows.push(Row { fate: Fate::Refused, why, ..row });
        self.faults.extend(faults);
    }

    /// Says what has become of each.
    fn finish(mut self, end: Ended, args: &Args, path: &Path, log: &Path, out: &mut Out) -> Result<u8> {
        for Ground { session, rows, .. } in &self.grounds {
            told::changes(&mut self.rows, rows, session);
        }
        let (end, uncommitted, unsaved) = match end {
            Ok((end, uncommitted)) => (end, uncommitted, None),
            Err(fault) => (End::Nothing, None, Some(fault)),
        };
        match args.doing.json {
            true => told::tell_json(&self.rows, &end, log, out),
            false => told::tell(&self.rows, &end, log, out),
        }
        if let Some(fault) = unsaved {
            return Err(fault.with(self.faults));
        }
        match (self.refused_in_all(), uncommitted) {
            (0, None) => Ok(0),
            (0, Some(fault)) => Err(fault),
            (refused, uncommitted) => {
                let others = match (&end, args.propose) {
                    (End::Saved(_), _) => "the others are saved",
                    (End::Proposed(Proposals { kept: true, .. }), _) => "the others are proposed",
                    (_, false) => "none is saved",
                    (_, true) => "none is proposed",
                };
                let what = format!("{refused} of {} decisions are refused, {others}", self.rows.len());
                let fault = Fault::new(Trouble::Refused, what).at(path);
                let fault = if args.partial {
                    fault
                } else {
                    fault.hint("mend them, or say --partial to go on with the others")
                };
                Err(fault.with(self.faults.into_iter().chain(uncommitted).collect()))
            }
        }
    }

    /// Keeps what is proposed, or finds out what that would be.
    fn propose(&self, kept: bool, is_refused: bool, opened: &Opened, store: &Store) -> Result<Proposals> {
        let (path, report, these) = (&opened.path, &opened.report, &self.proposals);
        let laid = match () {
            () if is_refused => Vec::new(),
            () if kept => store.propose(path, report, these)?,
            () => store.would_propose(path, report, these)?,
        };
        Ok(Proposals { kept, laid, warnings: opened.advice.troubles.clone() })
    }

    fn refused_in_all(&self) -> usize {
        self.rows.iter().filter(|row| row.fate == Fate::Refused).count()
    }

    /// What becomes of all of them, and what kept those that are saved from being committed.
    fn end(&self, args: &Args, open: &mut Open, log: &Path) -> Ended {
        let Open { terms, store, opened, .. } = open;
        let (session, writing) = (&self.grounds[0].session, terms.settings.writing());
        let is_kept = !args.doing.dry_run;
        let is_refused = self.refused_in_all() > 0 && !args.partial;
        if args.propose {
            let kept = is_kept && !is_refused && !self.proposals.is_empty();
            return Ok((End::Proposed(self.propose(kept, is_refused, opened, store)?), None));
        }
        if self.events.is_empty() {
            return Ok((End::Nothing, None));
        }
        if is_refused {
            // All that is wrong is told at once.
            return store.rehearse(&opened.journal, session, writing).map(|_| (End::Nothing, None));
        }
        if !is_kept {
            let edits = store.rehearse(&opened.journal, session, writing)?;
            let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
            return Ok((End::WouldBe(Diff::of(session.report().base(), &edits, &name)), None));
        }
        let saved = store.commit(&mut opened.journal, &self.events, session, writing)?;
        let made = Made { report: &opened.path, log, session, saved: &saved, writing };
        let mut commits = args.doing.commit(&made, &terms.settings);
        let fault = commits.fault();
        Ok((End::Saved(Box::new(commits)), fault))
    }
}

/// Whether the file of decisions is a report, and the report is none.
fn is_swapped(text: &str, open: &Open) -> bool {
    let methodology = open.opened.report.methodology();
    open.opened.report.is_empty() && !Report::parse(text.as_bytes().into(), methodology).is_empty()
}

/// The entries of a file that are taken back in it.
fn taken_back(items: &proposal::Items<'_>) -> HashSet<String> {
    let logged = || {
        items.iter().flatten().filter_map(|item| match &item.what {
            What::Logged(logged) => Some(logged),
            What::Said(_) => None,
        })
    };
    let known: HashSet<&str> = logged().map(|entry| entry.id.as_str()).collect();
    let gone = logged().filter(|entry| is_revert(entry)).filter_map(|entry| entry.reverts.clone());
    gone.filter(|id| known.contains(id.as_str())).collect()
}

/// Whether it is one of those, or takes one back.
fn is_taken_back(item: &Item<'_>, taken_back: &HashSet<String>) -> bool {
    let What::Logged(entry) = &item.what else { return false };
    let takes_back = |id: &String| is_revert(entry) && taken_back.contains(id);
    taken_back.contains(&entry.id) || entry.reverts.as_ref().is_some_and(takes_back)
}

fn is_revert(entry: &Logged) -> bool {
    Kind::named(&entry.kind) == Some(Kind::Reverted)
}

/// Asks the methodology and its policy, as for any decision.
fn guarded(
    mut draft: Draft,
    item: &Item<'_>,
    session: &Session,
    args: &Args,
    report: &Path,
) -> Result<(Draft, Vec<String>)> {
    judge::allow(&draft, item, session)?;
    draft.suggested_by.clone_from(&item.by);
    let said = policy::answer(&mut draft, session, args.reason.as_deref(), report);
    let said = said.map_err(|fault| item.fault(None, fault))?;
    Ok((draft, said))
}

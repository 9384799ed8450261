//! `regrade apply`: decisions that somebody else proposes in a file, under the same guards as those of `regrade set`.
//!
//! All of them are saved at once, or none unless `--partial` says so. Who runs it decides; who proposed them is logged
//! beside. With `--propose` nobody decides: they are kept as suggestions, under the same terms.

mod already;
mod claims;
mod judge;
mod propose;
mod taken_back;
mod told;
mod unwritten;

use std::path::PathBuf;

use super::decide::{self, Doing};
use super::decided::Gone;
use super::out::Out;
use super::world::{Open, World};
use super::{policy, renamed, source, words};
use crate::fault::{Fault, Result};
use crate::git::{Files, Made};
use crate::proposal::{self, Item, What};
use crate::report::Report;
use crate::text::Diff;
use crate::triage::{BugSet, Decision, Draft, Event, JOINED, Session, Stale, outcome};
use already::Already;
use judge::{Ground, Names};
use taken_back::TakenBack;
use told::{End, Fate, Row};
use unwritten::Unwritten;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    #[arg(required_unless_present = "schema")]
    pub(super) report: Option<PathBuf>,
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
    out.set_json(args.doing.json);
    let (Some(report), Some(file)) = (&args.report, &args.file) else {
        proposal::schema().lines().for_each(|line| out.line(line));
        return Ok(0);
    };
    let looks = args.propose || args.doing.dry_run;
    let mut open = match looks {
        true => world.looked(report, out)?,
        false => world.open(report, out)?,
    };
    if looks && !args.propose {
        // It tells what would become of the report as it is saved, whatever somebody is about to decide.
        open.opened.events.clear();
    } else if !looks {
        decide::refuse_pending(&open.opened.session())?;
    }
    let (text, file) = source::text(file, &open.store, proposal::too_long)?;
    let text = proposal::joined(text);
    let items = proposal::read(&text, &file).map_err(|fault| match is_swapped(&text, &open) {
        _ if proposal::is_csv(&text, &file) => proposal::no_csv(&file),
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
    if args.propose {
        return propose::run(&items, args, &open, world, out);
    }
    let log = open.store.log_path(&open.opened.path)?;
    let mut applying = Applying { args, world, open, log, stale: Stale::default() };
    let (run, end) = applying.ended(&items);
    applying.finish(run, end, out)
}

/// The report that decisions of a file are made on, and what was asked for.
struct Applying<'a> {
    args: &'a Args,
    world: &'a World<'a>,
    open: Open,
    log: PathBuf,
    /// What those that are saved leave untrue.
    stale: Stale,
}

/// What has become of the decisions of a file.
struct Run {
    /// The report with those that happened.
    session: Session,
    events: Vec<Event>,
    /// Their places in the file.
    places: Vec<usize>,
    /// Their places in the list of rows.
    applied: Vec<usize>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

/// What becomes of all decisions of a file, and what kept those that are saved from being committed.
type Ended = Result<(End, Option<Fault>)>;

/// A decision that nothing speaks against.
struct Judged {
    draft: Draft,
    /// What the policy says of it.
    policy: Vec<String>,
    /// What else is to be told.
    told: Vec<String>,
}

impl Applying<'_> {
    /// Judges the decisions and saves what is to be saved. What follows one that cannot be written is judged anew, without it.
    fn ended(&mut self, items: &proposal::Items<'_>) -> (Run, Ended) {
        let mut unwritten = Unwritten::new();
        loop {
            let run = self.over(items, &unwritten);
            let end = self.end(&run);
            if !end.as_ref().is_err_and(|fault| fault.kind().is_of_a_decision()) {
                return (run, end);
            }
            match self.unwritten(&run) {
                Ok(Some((at, why))) => drop(unwritten.insert(at, why)),
                Ok(None) => return (run, end),
                Err(fault) => return (run, Err(fault)),
            }
        }
    }

    /// Lets each happen that nothing speaks against, one after the other.
    fn over(&self, items: &proposal::Items<'_>, unwritten: &Unwritten) -> Run {
        let opened = self.open.opened.session();
        let mut run = Run::on(opened.clone());
        let names = Names::of(&self.open.opened.report);
        let taken_back = TakenBack::of(items);
        let (by, at) = (self.world.person(&self.open.opened.path), self.world.now());
        let (writing, today) = (self.open.terms.settings.writing(), words::today(self.world));
        let on = Ground { names: &names, session: &opened, writing, today };
        let already = Already::of(items, &taken_back, on);
        for (place, item) in items.iter().enumerate() {
            let item = match item {
                Ok(item) => item,
                Err(faults) => {
                    run.refused(Row::unread(faults), faults.clone());
                    continue;
                }
            };
            if taken_back.has(item) {
                run.rows.push(Row { fate: Fate::TakenBack, ..Row::of(item) });
                continue;
            }
            let on = Ground { session: &run.session, ..on };
            if already.has(place, item, on) {
                run.rows.push(Row { fate: Fate::Same, ..Row::of(item) });
                continue;
            }
            if let Some(why) = unwritten.get(&place) {
                run.refused(Row::of(item), vec![unwritten::fault(item, why)]);
                continue;
            }
            match self.judged(item, on) {
                Err(faults) => run.refused(Row::of(item), faults),
                Ok(Judged { draft, policy, told }) => {
                    let row = Row { policy, told, fate: Fate::Applied, ..Row::of(item) };
                    run.decided(place, Decision { at, by: by.clone(), draft }, row);
                }
            }
        }
        run
    }

    /// The decision that an item proposes, as one of several steps, what the policy says of it, and what else is to be told.
    fn judged(&self, item: &Item<'_>, on: Ground<'_, '_>) -> std::result::Result<Judged, Vec<Fault>> {
        let draft = on.draft(item, &BugSet::default())?;
        let draft = match item.what {
            What::Said(_) => outcome::without_same_severity(draft, on.session),
            What::Logged(_) => draft,
        };
        let draft = Draft { is_step: true, ..draft };
        let joined = draft.joins_lines().then(|| JOINED.to_owned());
        let gone = Gone::by(&draft, on.session).into_iter().map(|gone| gone.said());
        let told: Vec<String> = gone.chain(joined).collect();
        let (draft, policy) = self.guarded(draft, item, on.session).map_err(|fault| vec![fault])?;
        Ok(Judged { draft, policy, told })
    }

    /// Asks the methodology and its policy, as for any decision.
    fn guarded(&self, mut draft: Draft, item: &Item<'_>, session: &Session) -> Result<(Draft, Vec<String>)> {
        judge::allow(&draft, item, session)?;
        draft.suggested_by = item.proposer().map(str::to_owned);
        let reasons = judge::reasons(item, self.args.reason.as_deref())?;
        let said = policy::answer(&mut draft, session, &reasons, &self.open.opened.path);
        let said = said.map_err(|fault| item.fault(None, fault))?;
        Ok((draft, said))
    }

    /// The place in the file of the first that cannot be written, and why, if there is one.
    fn unwritten(&self, run: &Run) -> Result<Option<(usize, Fault)>> {
        let Open { terms, store, opened, .. } = &self.open;
        let (base, writing) = (opened.session(), terms.settings.writing());
        let first = store.first_refused(&opened.journal, &base, &run.events, writing)?;
        Ok(first.map(|(at, why)| (run.places[at], why)))
    }

    /// What becomes of all of them, and what kept those that are saved from being committed.
    fn end(&mut self, run: &Run) -> Ended {
        let (args, has_refused) = (self.args, told::refused(&run.rows) > 0);
        if !run.events.is_empty() || has_refused {
            args.doing.can_save(&self.open)?;
        }
        let Open { terms, store, opened, .. } = &mut self.open;
        let (session, writing) = (&run.session, terms.settings.writing());
        if run.events.is_empty() {
            return Ok((End::Nothing, None));
        }
        if has_refused && !args.partial {
            // All that is wrong is told at once.
            return store.rehearse(&opened.journal, session, writing).map(|_| (End::Nothing, None));
        }
        if args.doing.dry_run {
            let edits = store.rehearse(&opened.journal, session, writing)?;
            let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
            self.stale = Stale::with(session, &edits, writing);
            return Ok((End::WouldBe(Diff::of(session.report().base(), &edits, &name)), None));
        }
        let store = args.doing.noting(store.clone(), &terms.settings);
        let saved = store.commit(&mut opened.journal, &run.events, session, writing)?;
        self.stale = Stale::of(session, &saved.report, writing);
        let files = Files { store: &store, report: &opened.path, log: &self.log };
        let made = Made { files, session, saved: &saved, writing };
        let mut commits = args.doing.commit(&made, &terms.settings);
        let fault = commits.fault();
        let renamed = renamed::renamed(session.report(), &saved.report);
        Ok((End::Saved(Box::new(commits), renamed), fault))
    }

    /// Says what has become of each.
    fn finish(&self, mut run: Run, end: Ended, out: &mut Out) -> Result<u8> {
        told::changes(&mut run.rows, &run.applied, &run.session);
        let (end, uncommitted, unsaved) = match end {
            Ok((end, uncommitted)) => (end, uncommitted, None),
            Err(fault) => (End::Nothing, None, Some(fault)),
        };
        decide::note(&self.stale, out);
        match out.is_json() {
            true => told::tell_json(&run.rows, &end, &self.log, out),
            false => told::tell(&run.rows, &end, &self.log, out),
        }
        if let Some(fault) = unsaved {
            return Err(fault.with(run.faults));
        }
        let others = ("saved", matches!(end, End::Saved(..)));
        match (told::refused(&run.rows), uncommitted) {
            (0, Some(fault)) => Err(fault),
            (_, uncommitted) => {
                let faults = run.faults.into_iter().chain(uncommitted).collect();
                told::refusal(&run.rows, others, self.args.partial, &self.open.opened.path, faults)
            }
        }
    }
}

impl Run {
    fn on(session: Session) -> Run {
        let (events, places, applied) = (Vec::new(), Vec::new(), Vec::new());
        Run { session, events, places, applied, rows: Vec::new(), faults: Vec::new() }
    }

    fn decided(&mut self, place: usize, decision: Decision, row: Row) {
        let event = Event::Decided(decision);
        self.session.apply(event.clone());
        self.events.push(event);
        self.places.push(place);
        self.applied.push(self.rows.len());
        self.rows.push(row);
    }

    fn refused(&mut self, row: Row, faults: Vec<Fault>) {
        self.rows.push(row.refused(&faults));
        self.faults.extend(faults);
    }
}

/// Whether the file of decisions is a report, and the report is none.
fn is_swapped(text: &str, open: &Open) -> bool {
    let methodology = open.opened.report.methodology();
    open.opened.report.is_empty() && !Report::parse(text.as_bytes().into(), methodology).is_empty()
}

//! `regrade apply`: decisions that somebody else proposes in a file, under the same guards as those of `regrade set`.
//!
//! All of them are saved at once, or none unless `--partial` says so. Who runs it decides; who proposed them is logged
//! beside.

mod claims;
mod judge;
mod source;
mod told;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::out::Out;
use super::set::{self, Doing};
use super::world::{Open, World};
use super::{log, policy};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::git::Made;
use crate::proposal::{self, Item, What};
use crate::text::Diff;
use crate::triage::{Decision, Draft, Event, Session};
use told::{End, Fate, Row};

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
    let open = world.open(report)?;
    log::warn(&open.opened.log_problems, args.doing.json, out);
    set::refuse_pending(&open.opened.session())?;
    let (text, file) = source::text(file, &open.store)?;
    let items = proposal::read(&text, &file)?;
    let run = Run::over(items, args, &open, world);
    run.finish(args, open, out)
}

/// What has become of the decisions of a file.
struct Run {
    session: Session,
    events: Vec<Event>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

impl Run {
    /// Lets each happen that nothing speaks against, one after the other.
    fn over(items: proposal::Items<'_>, args: &Args, open: &Open, world: &World) -> Run {
        let session = open.opened.session();
        let mut run = Run { session, events: Vec::new(), rows: Vec::new(), faults: Vec::new() };
        let taken_back = taken_back(&items);
        let by = world.person(&open.opened.path);
        let at = world.now();
        for item in items {
            let item = match item {
                Ok(item) => item,
                Err(faults) => {
                    let line = faults.first().and_then(Fault::line_number).unwrap_or(1);
                    run.refused(Row::of(line, None, None), faults);
                    continue;
                }
            };
            let row = Row::of(item.line(), item.by.clone(), Some(judge::named(&item)));
            if is_taken_back(&item, &taken_back) {
                run.rows.push(Row { fate: Fate::TakenBack, ..row });
                continue;
            }
            match run.judged(&item, args, open, set::today(world)) {
                Err(faults) => run.refused(row, faults),
                Ok((draft, policy)) => {
                    run.decided(Decision { at, by: by.clone(), draft }, Row { policy, ..row });
                }
            }
        }
        run
    }

    /// The decision that an item proposes, and what the policy says of it.
    fn judged(
        &self,
        item: &Item<'_>,
        args: &Args,
        open: &Open,
        today: Date,
    ) -> std::result::Result<(Draft, Vec<String>), Vec<Fault>> {
        let draft = judge::draft(item, &self.session, open.terms.settings.writing(), today)?;
        let guarded = guarded(draft, item, &self.session, args, &open.opened.path);
        guarded.map_err(|fault| vec![fault])
    }

    fn decided(&mut self, decision: Decision, row: Row) {
        let event = Event::Decided(decision);
        self.session.apply(event.clone());
        self.events.push(event);
        self.rows.push(Row { fate: Fate::Applied, ..row });
    }

    fn refused(&mut self, row: Row, faults: Vec<Fault>) {
        let why = faults.iter().map(ToString::to_string).collect();
        self.rows.push(Row { fate: Fate::Refused, why, ..row });
        self.faults.extend(faults);
    }

    /// Saves what is to be saved, and says what has become of each.
    fn finish(mut self, args: &Args, open: Open, out: &mut Out) -> Result<u8> {
        told::changes(&mut self.rows, &self.session);
        let (path, log) = (open.opened.path.clone(), open.store.log_path(&open.opened.path)?);
        let (end, uncommitted) = self.end(args, open, &log)?;
        match args.doing.json {
            true => told::tell_json(&self.rows, &end, &log, out),
            false => told::tell(&self.rows, &end, &log, out),
        }
        match (self.refused_in_all(), uncommitted) {
            (0, None) => Ok(0),
            (0, Some(fault)) => Err(fault),
            (refused, uncommitted) => {
                let others =
                    if matches!(end, End::Saved(_)) { "the others are saved" } else { "none is saved" };
                let what = format!("{refused} of {} decisions are refused, {others}", self.rows.len());
                let fault = Fault::new(Trouble::Refused, what).at(path);
                let fault = if args.partial {
                    fault
                } else {
                    fault.hint("mend them, or say --partial to save the others")
                };
                Err(fault.with(self.faults.into_iter().chain(uncommitted).collect()))
            }
        }
    }

    fn refused_in_all(&self) -> usize {
        self.rows.iter().filter(|row| row.fate == Fate::Refused).count()
    }

    /// What becomes of all of them, and what kept those that are saved from being committed.
    fn end(&self, args: &Args, open: Open, log: &Path) -> Result<(End, Option<Fault>)> {
        let Open { terms, store, mut opened, .. } = open;
        let writing = terms.settings.writing();
        if self.events.is_empty() || (self.refused_in_all() > 0 && !args.partial) {
            return Ok((End::Nothing, None));
        }
        if args.doing.dry_run {
            let after = store.rehearse(&opened.journal, &self.session, writing)?;
            let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
            return Ok((
                End::WouldBe(Diff::between(self.session.report().base(), after.base(), &name)),
                None,
            ));
        }
        let saved = store.commit(&mut opened.journal, &self.events, &self.session, writing)?;
        let made = Made { report: &opened.path, log, session: &self.session, saved: &saved, writing };
        let mut commits = args.doing.commit(&made, &terms.settings);
        let fault = commits.fault();
        Ok((End::Saved(Box::new(commits)), fault))
    }
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
    let gone = logged().filter_map(|entry| entry.reverts.clone());
    gone.filter(|id| known.contains(id.as_str())).collect()
}

/// Whether it is one of those, or takes one back.
fn is_taken_back(item: &Item<'_>, taken_back: &HashSet<String>) -> bool {
    let What::Logged(entry) = &item.what else { return false };
    taken_back.contains(&entry.id) || entry.reverts.as_ref().is_some_and(|id| taken_back.contains(id))
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

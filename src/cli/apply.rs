//! `regrade apply`: decisions that somebody else proposes in a file, under the same guards as those of `regrade set`.
//!
//! All of them are saved at once, or none unless `--partial` says so. Who runs it decides; who proposed them is logged
//! beside. With `--propose` nobody decides: they are kept as suggestions, under the same terms.

mod claims;
mod judge;
mod propose;
mod source;
mod told;

use std::collections::HashSet;
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
use crate::text::Diff;
use crate::triage::suggest::Proposed;
use crate::triage::{Decision, Draft, Event, Kind, Session};
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
    let open = world.open(report)?;
    log::warn(&open.opened.log_problems, args.doing.json, out);
    if !args.propose {
        set::refuse_pending(&open.opened.session())?;
    }
    let (text, file) = source::text(file, &open.store)?;
    let text = proposal::joined(text);
    let items = proposal::read(&text, &file)?;
    let run = Run::over(items, args, &open, world);
    run.finish(args, open, out)
}

/// What has become of the decisions of a file.
struct Run {
    /// What they are judged on: one after the other, but what is proposed only on what the same author does. The first
    /// is for nobody alone.
    grounds: Vec<Ground>,
    events: Vec<Event>,
    proposals: Vec<Proposed>,
    rows: Vec<Row>,
    faults: Vec<Fault>,
}

/// What decisions of a file are judged on.
struct Ground {
    by: Option<String>,
    session: Session,
    /// How many of them have happened on it.
    count: usize,
}

impl Run {
    /// Lets each happen that nothing speaks against, one after the other.
    fn over(items: proposal::Items<'_>, args: &Args, open: &Open, world: &World) -> Run {
        let grounds = vec![Ground { by: None, session: open.opened.session(), count: 0 }];
        let (events, proposals) = (Vec::new(), Vec::new());
        let mut run = Run { grounds, events, proposals, rows: Vec::new(), faults: Vec::new() };
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
            let ground = run.ground(item.by.as_ref().filter(|_| args.propose));
            match run.judged(&item, ground, args, open, set::today(world)) {
                Err(faults) => run.refused(row, faults),
                Ok((draft, policy)) => {
                    let proposed = args.propose.then(|| run.proposed(&draft, &item, ground, at));
                    let fate = if args.propose { Fate::Proposed } else { Fate::Applied };
                    run.proposals.extend(proposed.into_iter().flatten());
                    run.decided(ground, Decision { at, by: by.clone(), draft }, Row { policy, fate, ..row });
                }
            }
        }
        run
    }

    /// The place of what the decisions of an author are judged on; without one, those of all.
    fn ground(&mut self, by: Option<&String>) -> usize {
        let known = self.grounds.iter().position(|ground| ground.by.as_ref() == by);
        known.unwrap_or_else(|| {
            let session = self.grounds[0].session.clone();
            self.grounds.push(Ground { by: by.cloned(), session, count: 0 });
            self.grounds.len() - 1
        })
    }

    /// The decision that an item proposes, and what the policy says of it.
    fn judged(
        &self,
        item: &Item<'_>,
        ground: usize,
        args: &Args,
        open: &Open,
        today: Date,
    ) -> std::result::Result<(Draft, Vec<String>), Vec<Fault>> {
        let session = &self.grounds[ground].session;
        let draft = judge::draft(item, session, open.terms.settings.writing(), today)?;
        let guarded = match args.propose {
            true => propose::guarded(draft, item, session),
            false => guarded(draft, item, session, args, &open.opened.path),
        };
        guarded.map_err(|fault| vec![fault])
    }

    /// What an item proposes, as bugs stand before it.
    fn proposed(&self, draft: &Draft, item: &Item<'_>, ground: usize, at: Timestamp) -> Vec<Proposed> {
        propose::proposed(draft, item, &self.grounds[ground].session, at)
    }

    fn decided(&mut self, ground: usize, decision: Decision, row: Row) {
        let (event, ground) = (Event::Decided(decision), &mut self.grounds[ground]);
        ground.session.apply(event.clone());
        ground.count += 1;
        self.events.push(event);
        self.rows.push(row);
    }

    fn refused(&mut self, row: Row, faults: Vec<Fault>) {
        let why = faults.iter().map(ToString::to_string).collect();
        self.rows.push(Row { fate: Fate::Refused, why, ..row });
        self.faults.extend(faults);
    }

    /// Saves what is to be saved, and says what has become of each.
    fn finish(mut self, args: &Args, open: Open, out: &mut Out) -> Result<u8> {
        for Ground { by, session, count } in &self.grounds {
            told::changes(&mut self.rows, by.as_deref(), session, *count);
        }
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
                let others = match (&end, args.propose) {
                    (End::Saved(_), _) => "the others are saved",
                    (End::Proposed(_), _) => "the others are proposed",
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

    fn refused_in_all(&self) -> usize {
        self.rows.iter().filter(|row| row.fate == Fate::Refused).count()
    }

    /// What becomes of all of them, and what kept those that are saved from being committed.
    fn end(&self, args: &Args, open: Open, log: &Path) -> Result<(End, Option<Fault>)> {
        let Open { terms, store, mut opened, .. } = open;
        let (session, writing) = (&self.grounds[0].session, terms.settings.writing());
        if self.events.is_empty() || (self.refused_in_all() > 0 && !args.partial) {
            return Ok((End::Nothing, None));
        }
        if args.propose {
            let is_kept = !args.doing.dry_run;
            let kept = is_kept.then(|| store.propose(&opened.path, &opened.report, &self.proposals));
            return Ok((kept.transpose()?.map_or(End::Nothing, End::Proposed), None));
        }
        if args.doing.dry_run {
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

//! What all commands that decide have in common: how a decision is made and saved, or only shown, and what is refused.

use super::commit;
use super::decided::{self, Gone};
use super::out::Out;
use super::words::{called, so_already};
use super::world::{Open, World};
use crate::config::Settings;
use crate::deviation;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::git::{self, Asked, Commits, Files, Made};
use crate::methodology::LevelId;
use crate::progress::Progress;
use crate::report::{BugIx, Change, To, Writing};
use crate::store::Store;
use crate::text::Diff;
use crate::triage::{BugSet, Decision, Draft, Event, JOINED, Session, Set, Stale, outcome};

/// Why something is decided.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    /// Why, needed but for --confirm and --suggested: at least as long as `rationale: minimum:` asks, 10 characters by default
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub(super) rationale: String,
}

/// What to do with a decision.
#[derive(Debug, clap::Args)]
pub(super) struct Doing {
    /// Print the difference that it would make, and save nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Say what was done as one JSON object
    #[arg(long)]
    pub(super) json: bool,
    /// Commit report and log to git once they are saved, and nothing else, with a message made from the decision
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) commit: bool,
}

impl Doing {
    /// That what is decided can be saved where it is to be: no guard need ask for a reason where it cannot.
    pub(super) fn can_save(&self, open: &Open) -> Result<()> {
        if self.dry_run { Ok(()) } else { open.store.replaceable(&open.opened.path) }
    }

    /// The store, which notes what is to be committed before it is saved, where that is asked for.
    pub(super) fn noting(&self, store: Store, settings: &Settings) -> Store {
        git::noting(store, self.asked(settings))
    }

    fn asked(&self, settings: &Settings) -> Asked {
        Asked::by(self.commit, settings.commit)
    }

    /// Commits what was saved, where that is asked for.
    pub(super) fn commit(&self, made: &Made<'_>, settings: &Settings) -> Commits {
        let commits = git::commit(made, self.asked(settings), &Progress::default());
        commit::retried_by(commits, made.files.report)
    }
}

/// How many remarks that go are told, a line each.
const TOLD: usize = 20;

fn tell(going: &[Gone], out: &mut Out) {
    going.iter().take(TOLD).for_each(|gone| out.line(gone.said()));
    let more = going.len().saturating_sub(TOLD);
    if more > 0 {
        out.line(format_args!("{more} more remarks go; --json lists them all"));
    }
}

/// Makes a decision and saves it, or prints the difference that would make.
///
/// # Errors
/// Refused, where decisions of the desk wait to be saved; those of the store.
pub(super) fn decide(draft: Draft, open: Open, world: &World, doing: &Doing, out: &mut Out) -> Result<u8> {
    let Open { terms, store, mut opened, .. } = open;
    let mut session = opened.session();
    refuse_pending(&session)?;
    let writing = terms.settings.writing();
    refuse_same(&draft, &session, writing)?;
    let going = Gone::by(&draft, &session);
    if !out.is_json() {
        tell(&going, out);
    }
    let event = Event::Decided(Decision { at: world.now(), by: world.person(&opened.path), draft });
    session.apply(event.clone());
    if doing.dry_run {
        let edits = store.rehearse(&opened.journal, &session, writing).map_err(unsaid)?;
        let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
        let diff = Diff::of(session.report().base(), &edits, &name);
        note(&Stale::with(&session, &edits, writing), out);
        let entries = match out.is_json() {
            true => {
                let log = store.look_with_log(&opened.path, opened.report.methodology())?.log;
                deviation::entries(&session, &log)
            }
            false => Vec::new(),
        };
        decided::would(&diff, entries.last(), &going, out);
        return Ok(0);
    }
    let store = doing.noting(store, &terms.settings);
    let saved = store.commit(&mut opened.journal, &[event], &session, writing).map_err(unsaid)?;
    let log = store.log_path(&opened.path)?;
    let files = Files { store: &store, report: &opened.path, log: &log };
    let made = Made { files, session: &session, saved: &saved, writing };
    let mut commits = doing.commit(&made, &terms.settings);
    if !out.is_json() && session.pending().last().is_some_and(|decision| decision.draft.joins_lines()) {
        out.line(JOINED);
    }
    note(&Stale::of(&session, &saved.report, writing), out);
    decided::said(&made, &going, &commits, out);
    commits.fault().map_or(Ok(0), Err)
}

/// Says what decisions leave untrue.
pub(super) fn note(stale: &Stale, out: &mut Out) {
    stale.said().iter().for_each(|said| out.note(said));
}

/// A command saves at once, and must not save what somebody at the desk has not.
pub(super) fn refuse_pending(session: &Session) -> Result<()> {
    match session.pending().len() + session.misfits().len() {
        0 => Ok(()),
        count => {
            let noun = if count == 1 { "decision of the desk waits" } else { "decisions of the desk wait" };
            Err(Fault::new(Trouble::Refused, format!("{count} {noun} to be saved or settled"))
                .hint("open the report at the desk and save, undo or settle them first")
                .hint("without a desk `regrade recover` shows them, and puts them out of the way with --set-aside"))
        }
    }
}

/// Refuses a bug as its own duplicate.
pub(super) fn refuse_itself(session: &Session, bugs: &BugSet, set: &Set) -> Result<()> {
    let To::Value(status) = &set.status else { return Ok(()) };
    match bugs.iter().find(|bug| outcome::repeats_itself(session, status, *bug)) {
        Some(bug) => {
            let who = called(session.report(), std::iter::once(bug));
            Err(Fault::new(Trouble::Refused, format!("{who} cannot be a duplicate of itself"))
                .hint("name a bug that is not itself a duplicate of it"))
        }
        None => Ok(()),
    }
}

/// Refuses a value for a field that a bug has no place for.
pub(super) fn refuse_homeless(session: &Session, bugs: &BugSet, set: &Set) -> Result<()> {
    let report = session.report();
    outcome::homeless(report, bugs, set).map_or(Ok(()), |homeless| {
        let what = homeless.what(&called(report, std::iter::once(homeless.bug)));
        Err(Fault::new(Trouble::Refused, what).hint(homeless.hint()))
    })
}

/// Refuses a severity by a word that a bug would not get; asked of words that the report tells from their level's own. It was asked
/// for behind these words (`option`).
pub(super) fn refuse_other_word(
    session: &Session,
    bugs: &BugSet,
    (option, word, level): (&str, &str, LevelId),
    writing: Writing,
) -> Result<()> {
    let report = session.report();
    let change = |bug| Change { severity: To::Value(level), ..Change::of(bug) };
    let changes: Vec<Change> = bugs.iter().map(change).collect();
    report.said_instead(&changes, word, writing).map_or(Ok(()), |(bug, said)| {
        let key = &report.methodology().level(level).key;
        let who = called(report, std::iter::once(bug));
        let what =
            format!("{word} is no level of its own: with {said} it is {key}, and {who} would say {said}");
        Err(Fault::new(Trouble::Refused, what)
            .hint(format!(
                "`{word}` as the name of a level in .regrade.yaml, under `methodology: levels:`, makes it one"
            ))
            .hint(format!("{option}{key} takes it for {said}")))
    })
}

/// Refuses what every bug has already, or is told of the report.
fn refuse_same(draft: &Draft, session: &Session, writing: Writing) -> Result<()> {
    if !session.is_so(draft, writing) {
        return Ok(());
    }
    let bugs: Vec<BugIx> = draft.bugs().map(|(bug, _)| bug).collect();
    let fault = Fault::new(Trouble::Refused, so_already(session.report(), &bugs));
    Err(fault.hint(match bugs.is_empty() {
        true => "regrade log REPORT shows it",
        false => "--confirm in place of a value says that it is right as it is",
    }))
}

/// What the report cannot say is told with what a command can do about it.
fn unsaid(fault: Fault) -> Fault {
    match fault.kind() {
        Trouble::Unsaid => fault.hinted(UNSAID),
        _ => fault,
    }
}

const UNSAID: &str = "nothing was written: the report has no place, or no words, for this; set something else, or write it by hand";

//! `regrade set`: decides on bugs, and saves.

mod suggested;

use std::path::PathBuf;

use clap::ArgGroup;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::fields::Fields;
use super::filter;
use super::list::FILTER;
use super::out::{Out, Patch};
use super::policy::Reasons;
use super::world::{self, Open, World};
use super::{policy, show, undo};
use crate::config::Settings;
use crate::deviation::{self, Entry};
use crate::export::Told;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::git::{self, Asked, Commits, Made};
use crate::methodology::{Asks, Methodology, StatusId};
use crate::progress::Progress;
use crate::report::{BugIx, Report, To, without_remark};
use crate::text::{Diff, counted, display};
use crate::triage::{BugSet, Decision, Draft, Event, JOINED, Kind, Session, Set, guard, outcome};

#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true))]
pub(super) struct Args {
    /// The report
    report: PathBuf,
    /// Ids or handles of bugs, as `regrade list` names them
    #[arg(required_unless_present = "filter", value_name = "ID")]
    ids: Vec<String>,
    /// All bugs that this leaves, in place of ids; `regrade list --filter` shows them
    #[arg(
        long,
        value_name = "QUERY",
        conflicts_with = "ids",
        long_help = FILTER,
        value_parser = filter::typed,
        allow_hyphen_values = true
    )]
    filter: Option<String>,
    /// The new severity: a key, name or alias of a level, such as P1 or High
    #[arg(long, value_name = "LEVEL", group = "what")]
    severity: Option<String>,
    /// What the bugs really affect, such as production or test
    #[arg(long, value_name = "SCOPE", group = "what")]
    scope: Option<String>,
    /// The new status, with a remark behind ` - ` if there is one; also `duplicate of ID`, `deferred until DATE`
    #[arg(long, value_name = "STATUS", group = "what")]
    status: Option<String>,
    #[command(flatten)]
    fields: Fields,
    /// Record that the bugs were looked at and stay as they are
    #[arg(long, group = "what", conflicts_with_all = ["severity", "scope", "status", "Fields", "note"])]
    confirm: bool,
    /// Record the rationale as a remark, and change nothing
    #[arg(long, group = "what", conflicts_with_all = ["severity", "scope", "status", "Fields"])]
    note: bool,
    /// Accept what `regrade suggest` shows first for the bugs, which must be by one rule, or one proposal
    #[arg(long, group = "what", conflicts_with_all = ["severity", "scope", "status", "Fields", "confirm", "note"])]
    suggested: bool,
    #[command(flatten)]
    why: Why,
    /// The deviation rule that the decision stands under
    #[arg(long, value_name = "N")]
    rule: Option<u8>,
    /// Why the decision is made although the policy warns of it; logged with the guard's name
    #[arg(long = "override", value_name = "REASON", allow_hyphen_values = true)]
    reason: Option<String>,
    #[command(flatten)]
    doing: Doing,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let open = world.open(&args.report, args.doing.json, out)?;
    args.doing.can_save(&open)?;
    let bugs = bugs(args, &open.opened.session(), world)?;
    let shown = args.filter.is_some() && args.doing.dry_run && !args.doing.json;
    if shown {
        let named = called(&open.opened.report, bugs.iter().collect::<Vec<_>>().into_iter());
        out.line(format_args!("{}: {named}", counted(bugs.len(), "bug")));
    }
    let mut draft = match args.suggested {
        true => suggested::accepted(args, &open.opened.session(), &bugs, today(world))?,
        false => draft(args, &open.opened.session(), bugs, today(world))?,
    };
    allow(args, &draft, &open.terms.methodology)?;
    let said = policy::answer(
        &mut draft,
        &open.opened.session(),
        &Reasons::general(args.reason.as_deref()),
        &args.report,
    )?;
    said.iter().filter(|_| !args.doing.json).for_each(|said| out.line(said));
    decide(draft, open, world, &args.doing, out)
}

/// The bugs that were named, or that the filter leaves.
fn bugs(args: &Args, session: &Session, world: &World) -> Result<BugSet> {
    let Some(filter) = &args.filter else {
        return args.ids.iter().map(|id| show::find(session.report(), id)).collect();
    };
    let bugs: BugSet = filter::some(session, filter, world.now())?.into_iter().collect();
    if bugs.is_empty() {
        return Err(Fault::new(Trouble::Refused, "no bug matches the filter")
            .at(&args.report)
            .hint("`regrade list REPORT --filter QUERY` shows which ones a filter leaves"));
    }
    Ok(bugs)
}

/// Why something is decided.
#[derive(Debug, clap::Args)]
pub(super) struct Why {
    /// Why
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

    /// Commits what was saved, where that is asked for.
    pub(super) fn commit(&self, made: &Made<'_>, settings: &Settings) -> Commits {
        let commits = git::commit(made, Asked::by(self.commit, settings.commit), &Progress::default());
        undo::retried_by(commits, made.report)
    }
}

/// Makes a decision and saves it, or prints the difference that would make.
///
/// # Errors
/// Refused, where decisions of the desk wait to be saved; those of the store.
pub(super) fn decide(draft: Draft, open: Open, world: &World, doing: &Doing, out: &mut Out) -> Result<u8> {
    let Open { terms, store, mut opened, .. } = open;
    refuse_pending(&opened.session())?;
    refuse_same(&draft, &opened.session())?;
    let going = going(&draft, &opened.session());
    going.iter().filter(|_| !doing.json).for_each(|gone| out.line(gone.said()));
    let event = Event::Decided(Decision { at: world.now(), by: world.person(&opened.path), draft });
    let mut session = opened.session();
    session.apply(event.clone());
    let writing = terms.settings.writing();
    if doing.dry_run {
        let edits = store.rehearse(&opened.journal, &session, writing).map_err(unsaid)?;
        let name = opened.path.file_name().unwrap_or_default().to_string_lossy();
        let diff = Diff::of(session.report().base(), &edits, &name);
        let entries = match doing.json {
            true => {
                let log = store.look_with_log(&opened.path, opened.report.methodology())?.log;
                deviation::entries(&session, &log)
            }
            false => Vec::new(),
        };
        told(&diff, entries.last(), &going, doing.json, out);
        return Ok(0);
    }
    let saved = store.commit(&mut opened.journal, &[event], &session, writing).map_err(unsaid)?;
    let log = store.log_path(&opened.path)?;
    let made = Made { report: &opened.path, log: &log, session: &session, saved: &saved, writing };
    let mut commits = doing.commit(&made, &terms.settings);
    if !doing.json && session.pending().last().is_some_and(|decision| decision.draft.joins_lines()) {
        out.line(JOINED);
    }
    undo::said(doing.json, &made, &going, &commits, out);
    commits.fault().map_or(Ok(0), Err)
}

/// What the report cannot say is told with what a command can do about it.
fn unsaid(fault: Fault) -> Fault {
    match fault.kind() {
        Trouble::Unsaid => fault.hinted(UNSAID),
        _ => fault,
    }
}

const UNSAID: &str = "nothing was written: the report has no place, or no words, for this; set something else, or write it by hand";

#[derive(Serialize)]
struct Difference<'a> {
    diff: Patch<'a>,
    /// As the log would have it, but for what only the save finds out.
    entry: Option<Told<'a>>,
    #[serde(rename = "remarks-gone", skip_serializing_if = "<[Gone]>::is_empty")]
    gone: &'a [Gone],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// Says what a save would change.
fn told(diff: &Diff, entry: Option<&Entry>, gone: &[Gone], json: bool, out: &mut Out) {
    match () {
        () if json => {
            let warnings = out.kept();
            out.json(&Difference { diff: Patch(diff), entry: entry.map(Told::of), gone, warnings });
        }
        () if diff.is_empty() => out.line("nothing would change in the report"),
        () => out.patch(diff),
    }
}

/// A command saves at once, and must not save what somebody at the desk has not.
pub(super) fn refuse_pending(session: &Session) -> Result<()> {
    match session.pending().len() + session.misfits().len() {
        0 => Ok(()),
        count => {
            let noun = if count == 1 { "decision of the desk waits" } else { "decisions of the desk wait" };
            Err(Fault::new(Trouble::Refused, format!("{count} {noun} to be saved or settled"))
                .hint("open the report at the desk and save, undo or settle them first"))
        }
    }
}

/// Refuses what every bug has already.
fn refuse_same(draft: &Draft, session: &Session) -> Result<()> {
    if !session.is_so(draft) {
        return Ok(());
    }
    let bugs: Vec<BugIx> = draft.bugs().map(|(bug, _)| bug).collect();
    Err(Fault::new(Trouble::Refused, so_already(session.report(), &bugs))
        .hint("--confirm in place of a value says that it is right as it is"))
}

/// That these bugs have all that they would get.
pub(super) fn so_already(report: &Report, bugs: &[BugIx]) -> String {
    let verb = if bugs.len() == 1 { "has" } else { "have" };
    let who = called(report, bugs.iter().copied());
    format!("there is nothing to change: {who} {verb} all of it already")
}

/// What day it is, by UTC as everywhere.
pub(super) fn today(world: &World) -> Date {
    TimeZone::UTC.to_datetime(world.now()).date()
}

fn draft(args: &Args, session: &Session, bugs: BugSet, today: Date) -> Result<Draft> {
    let report = session.report();
    let set = set(args, report, today)?;
    let kind = kind(args, &set, report.methodology());
    refuse_itself(session, &bugs, &set)?;
    refuse_below(session, &bugs, &set)?;
    let mut draft = Draft::new(kind, bugs, set);
    draft.rationale = args.why.rationale.trim().to_owned();
    draft.rule = rule(args, report)?;
    Ok(outcome::keeping_remarks(draft, session))
}

/// A remark that a decision takes away with its status.
#[derive(Debug, Serialize)]
pub(super) struct Gone {
    bug: String,
    remark: String,
}

impl Gone {
    /// The same in words.
    pub(super) fn said(&self) -> String {
        format!("the remark of {} goes: {}", self.bug, display::brief(&self.remark))
    }
}

/// The remarks that a decision takes away with their status. What it gives back where it takes another back says the log.
pub(super) fn going(draft: &Draft, session: &Session) -> Vec<Gone> {
    let parts = draft.parts.iter().filter(|_| draft.reverts.is_none());
    let going = parts.flat_map(|part| outcome::going(&part.bugs, &part.set, session));
    let told = |(bug, remark)| Gone { bug: session.report().handle(bug).into_owned(), remark };
    going.map(told).collect()
}

/// The deviation rule that was named.
fn rule(args: &Args, report: &Report) -> Result<Option<u8>> {
    args.rule.map_or(Ok(()), |rule| world::rule(report.methodology(), rule))?;
    Ok(args.rule)
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

/// Refuses a value for a field that has a list below its name, beside which it would be a second field.
pub(super) fn refuse_below(session: &Session, bugs: &BugSet, set: &Set) -> Result<()> {
    let report = session.report();
    outcome::below(report, bugs, set).map_or(Ok(()), |(bug, name)| {
        let what = format!("{} of {} is what stands below it", name, called(report, std::iter::once(bug)));
        Err(Fault::new(Trouble::Refused, what).hint("change that by hand, or give the field another name"))
    })
}

fn kind(args: &Args, set: &Set, methodology: &Methodology) -> Kind {
    match () {
        () if args.confirm => Kind::Confirmed,
        () if args.note => Kind::Note,
        () => set.kind(methodology.fields()),
    }
}

fn set(args: &Args, report: &Report, today: Date) -> Result<Set> {
    let methodology = report.methodology();
    let severity = args.severity.as_deref().map(|word| world::level(methodology, word)).transpose()?;
    let scope = args.scope.as_deref().map(|word| scope(methodology, word)).transpose()?;
    let status = args.status.as_deref().map(|text| status(report, text, today)).transpose()?;
    let fields = args.fields.named(methodology)?;
    let keep = |value: Option<String>| value.map_or(To::Keep, To::Value);
    Ok(Set {
        severity: severity.map_or(To::Keep, To::Value),
        scope: keep(scope),
        status: keep(status),
        fields,
    })
}

pub(super) fn scope(methodology: &Methodology, word: &str) -> Result<String> {
    let known = methodology.scopes().iter().map(|scope| scope.key.clone());
    let id = methodology.scope_named(word).ok_or_else(|| world::unknown("scope", word, known))?;
    Ok(methodology.scope(id).name.clone())
}

/// The status as the report writes it, with the bug, the day or the remark that was given.
pub(super) fn status(report: &Report, text: &str, today: Date) -> Result<String> {
    let methodology = report.methodology();
    let text = &spoken(&outcome::one_line(text), methodology);
    if let Some((status, id)) = asking(methodology, text, " of ", &Asks::Original) {
        return Ok(outcome::duplicate(report, status, show::find(report, id)?));
    }
    if let Some((status, day)) = asking(methodology, text, " until ", &Asks::Date) {
        let day = outcome::day(day, today).map_err(|why| Fault::new(Trouble::Usage, why))?;
        return Ok(outcome::until(report, status, day));
    }
    let word = without_remark(text);
    let known = methodology.statuses().iter().map(|status| status.key.clone());
    let id = methodology.status_named(word).ok_or_else(|| world::unknown("status", word, known))?;
    Ok(format!("{}{}", report.status_words_like(id, word), &text[word.len()..]))
}

/// A status as a person says it: without the sign and the emphasis that a report has around it, or in the place of a sign
/// alone.
pub(super) fn spoken(text: &str, methodology: &Methodology) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let rest = text.trim_start_matches(is_mark);
    let (word, remark) = rest.split_at(without_remark(rest).len());
    let bare = word.trim_end_matches(is_mark);
    if methodology.status_named(bare).is_some() {
        return format!("{bare}{remark}");
    }
    let sign = methodology.leading_status(text.as_bytes());
    match sign.filter(|found| text[found.span.clone()].chars().all(is_mark)) {
        Some(found) => format!("{}{}", methodology.status(found.status).name, &text[found.span.end..]),
        None => rest.to_owned(),
    }
}

/// A status that asks for this, and what stands behind it and `by`.
fn asking<'a>(
    methodology: &Methodology,
    text: &'a str,
    by: &str,
    asks: &Asks,
) -> Option<(StatusId, &'a str)> {
    let (word, what) = text.split_once(by)?;
    let status = methodology.status_named(word)?;
    (methodology.status(status).asks == *asks).then_some((status, what))
}

/// Refuses a decision without the rationale it needs.
fn allow(args: &Args, draft: &Draft, methodology: &Methodology) -> Result<()> {
    let least = guard::least_rationale(draft.kind, methodology);
    if guard::missing_rationale(draft.kind, &draft.rationale, methodology) == 0 {
        return Ok(());
    }
    let what = format!("a decision such as this needs a rationale of at least {least} characters");
    let of = if draft.len() == 1 { "the bug" } else { "the bugs" };
    Err(Fault::new(Trouble::Refused, what)
        .at(&args.report)
        .hint(format!("say with --rationale TEXT why {of} should be judged so")))
}

/// The bugs of a decision by handle, as many as a line has room for.
pub(super) fn called(report: &Report, bugs: impl ExactSizeIterator<Item = BugIx>) -> String {
    let count = bugs.len();
    let mut bugs = bugs.take(3).map(|bug| report.handle(bug).into_owned()).collect::<Vec<_>>();
    if count > bugs.len() {
        bugs.push(format!("{} more", count - bugs.len()));
    }
    bugs.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A status that is copied from a report, or an export of its log, would be no status.
    #[test]
    fn a_status_is_known_with_its_sign_and_emphasis_and_by_its_sign() {
        let methodology = Methodology::embedded();
        let said = |text| spoken(text, &methodology);
        assert_eq!(said("✅ FIXED - in main"), "FIXED - in main");
        assert_eq!(said("✅ **FIXED** - done it"), "FIXED - done it");
        assert_eq!(said("**RESOLVED**"), "RESOLVED");
        assert_eq!(said("🔁 DUPLICATE of BUG-1"), "DUPLICATE of BUG-1");
        assert_eq!(said("✅ - in main"), "Resolved - in main");
        assert_eq!((said("✅"), said("resolved")), ("Resolved".to_owned(), "resolved".to_owned()));
    }
}

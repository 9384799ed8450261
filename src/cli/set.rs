//! `regrade set`: decides on bugs, and saves.

mod suggested;

use std::path::PathBuf;

use clap::ArgGroup;
use jiff::civil::Date;

use super::decide::{self, Doing, Why, decide};
use super::fields::Fields;
use super::filter;
use super::out::Out;
use super::policy::Reasons;
use super::world::{self, World};
use super::{policy, show, words};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::methodology::Methodology;
use crate::report::{Report, To, Writing};
use crate::text::counted;
use crate::triage::{BugSet, Draft, Kind, Session, Set, guard, outcome};

#[derive(Debug, clap::Args)]
#[command(
    group = ArgGroup::new("what").multiple(true),
    override_usage = "regrade set [OPTIONS] <REPORT> <ID>... <WHAT>\n       regrade set [OPTIONS] <REPORT> --filter <QUERY> <WHAT>"
)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    /// Bugs as the first column of `regrade list` names them, or by their place in the report: `@3`
    #[arg(required_unless_present = "filter", value_name = "ID")]
    ids: Vec<String>,
    /// All bugs that this leaves, in place of ids; `regrade list --filter` shows them
    #[arg(
        long,
        value_name = "QUERY",
        conflicts_with = "ids",
        long_help = filter::HELP,
        value_parser = filter::typed,
        allow_hyphen_values = true
    )]
    filter: Option<String>,
    /// The new severity: a key, name or alias of a level, such as P1 or High
    #[arg(long, value_name = "LEVEL", group = "what")]
    severity: Option<String>,
    /// What the bugs really affect, such as production or test; none takes it away
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
    #[arg(long, value_name = "N", value_parser = words::rule)]
    rule: Option<u8>,
    /// Why the decision is made although the policy warns of it; logged with the guard's name
    #[arg(long = "override", value_name = "REASON", allow_hyphen_values = true)]
    reason: Option<String>,
    #[command(flatten)]
    doing: Doing,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    out.set_json(args.doing.json);
    let open = world.open(&args.report, out)?;
    refuse_nothing(args, &open.opened.report)?;
    let session = open.opened.session();
    let bugs = bugs(args, &session, world)?;
    let named = if args.confirm { bugs.len() } else { 0 };
    let shown = args.filter.is_some() && args.doing.dry_run && !out.is_json();
    if shown {
        let named = words::called(&open.opened.report, bugs.iter().collect::<Vec<_>>().into_iter());
        out.line(format_args!("{}: {named}", counted(bugs.len(), "bug")));
    }
    let mut draft = match args.suggested {
        true => suggested::accepted(args, &session, &bugs, words::today(world))?,
        false => draft(args, &session, bugs, words::today(world))?,
    };
    match named.saturating_sub(draft.touched().len()) {
        0 => {}
        1 => out.note("1 bug is left out that was decided before"),
        many => out.note(&format!("{many} bugs are left out that were decided before")),
    }
    args.doing.can_save(&open)?;
    refuse_other_word(args, &draft, &session, open.terms.settings.writing())?;
    allow(args, &draft, &open.terms.methodology)?;
    let reasons = Reasons::general(args.reason.as_deref());
    let said = policy::answer(&mut draft, &session, &reasons, &args.report)?;
    if !out.is_json() {
        said.iter().for_each(|said| out.line(said));
    }
    decide(draft, open, world, &args.doing, out)
}

/// Refuses a severity by a word that the bugs would not get.
fn refuse_other_word(args: &Args, draft: &Draft, session: &Session, writing: Writing) -> Result<()> {
    let word = args.severity.as_deref().filter(|word| session.report().says_level_so(word));
    let Some(word) = word else { return Ok(()) };
    let asked = ("--severity ", word, world::level(session.methodology(), word)?);
    decide::refuse_other_word(session, &draft.touched(), asked, writing)
}

/// Refuses a command that says of no part of a bug what it is to be; a word among the ids may have been meant to.
fn refuse_nothing(args: &Args, report: &Report) -> Result<()> {
    let methodology = report.methodology();
    let says = [&args.severity, &args.scope, &args.status].into_iter().any(Option::is_some);
    let decides = args.confirm || args.note || args.suggested;
    if says || decides || !args.fields.named(report)?.is_empty() {
        return Ok(());
    }
    let meant = args.ids.iter().skip(1).rev().find_map(|word| {
        let option = match (methodology.level_named(word), methodology.status_named(word)) {
            (Some(_), _) => "--severity",
            (None, Some(_)) => "--status",
            (None, None) => return None,
        };
        Some((option, word))
    });
    let Some((option, word)) = meant else {
        return Err(Fault::new(Trouble::Usage, "nothing says what the bugs are to be set to")
            .hint("say it with --severity LEVEL, --status STATUS, --scope SCOPE or another option; `regrade set --help` tells them all")
            .hint("to change nothing and write down why alone, as `c` does at the desk, say --note"));
    };
    let ids = args.ids.iter().filter(|id| *id != word).map(String::as_str).collect::<Vec<_>>().join(" ");
    Err(Fault::new(Trouble::Usage, format!("{word} is no bug to set, and nothing says what to set"))
        .hint(format!("to set it, say {option}: regrade set REPORT {ids} {option} {word}")))
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

fn draft(args: &Args, session: &Session, bugs: BugSet, today: Date) -> Result<Draft> {
    let report = session.report();
    let set = set(args, report, today)?;
    let kind = kind(args, &set, report.methodology());
    let says_why = !args.why.rationale.trim().is_empty();
    let bugs = if kind == Kind::Confirmed && !says_why { unconfirmed(session, bugs)? } else { bugs };
    decide::refuse_itself(session, &bugs, &set)?;
    decide::refuse_homeless(session, &bugs, &set)?;
    let mut draft = Draft::new(kind, bugs, set);
    draft.rationale = args.why.rationale.trim().to_owned();
    draft.rule = rule(args, report)?;
    Ok(outcome::keeping_remarks(outcome::without_same_severity(draft, session), session))
}

/// Those of some bugs on which nobody has decided yet: to confirm the others without a word says nothing new.
fn unconfirmed(session: &Session, bugs: BugSet) -> Result<BugSet> {
    let free: BugSet = bugs.iter().filter(|bug| !session.reviewed().contains(*bug)).collect();
    match free.is_empty() && !bugs.is_empty() {
        false => Ok(free),
        true => {
            let verb = if bugs.len() == 1 { "was" } else { "were" };
            let who = words::called(session.report(), bugs.iter().collect::<Vec<_>>().into_iter());
            let what = format!("there is nothing to confirm: {who} {verb} decided before");
            Err(Fault::new(Trouble::Refused, what)
                .hint("with --rationale TEXT it is confirmed anew, and says why"))
        }
    }
}

/// The deviation rule that was named.
fn rule(args: &Args, report: &Report) -> Result<Option<u8>> {
    args.rule.map_or(Ok(()), |rule| world::rule(report.methodology(), rule))?;
    Ok(args.rule)
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
    let scope = args.scope.as_deref().map(|word| words::scope(methodology, word)).transpose()?;
    let status = args.status.as_deref().map(|text| words::status(report, text, today)).transpose()?;
    let fields = args.fields.named(report)?;
    Ok(Set {
        severity: severity.map_or(To::Keep, To::Value),
        scope: scope.unwrap_or_default(),
        status: status.map_or(To::Keep, To::Value),
        fields,
    })
}

/// Refuses a decision without the rationale it needs.
fn allow(args: &Args, draft: &Draft, methodology: &Methodology) -> Result<()> {
    let least = guard::least_rationale(draft.kind, methodology);
    if guard::missing_rationale(draft.kind, &draft.rationale, methodology) == 0 {
        return Ok(());
    }
    let what = format!("a decision such as this needs a rationale of at least {least} characters");
    Err(Fault::new(Trouble::Refused, what).at(&args.report).hint("say why with --rationale TEXT"))
}

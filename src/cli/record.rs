//! `regrade record`: decisions about the report as a whole, and saves.

use std::path::PathBuf;

use clap::Subcommand;

use super::decide::{self, Doing, Why};
use super::out::Out;
use super::words;
use super::world::{self, World};
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::methodology::Methodology;
use crate::triage::{Draft, Fact, Kind, guard};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report
    pub(super) report: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A fix of something that the report has no bug for
    #[command(visible_alias = "fixed")]
    Fix(Fix),
    /// A task of the plan that was not executed
    NotExecuted(NotExecuted),
    /// What was found out about the report as a whole; it is also put below its summary
    Finding(Text),
    /// What to do about the report as a whole; it is also put below its summary
    Recommendation(Text),
    /// A remark on the report as a whole, for the log; a summary has it under Issues Encountered
    Note(Text),
}

#[derive(Debug, clap::Args)]
struct Fix {
    /// What was wrong
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    issue: String,
    /// What was done about it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    fix: String,
    /// The fix in a few words
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// Over which work it was found
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    found_during: Option<String>,
    /// A file that was changed for it; can be given several times
    #[arg(long = "file", value_name = "PATH")]
    files: Vec<String>,
    /// What shows that it helped
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    verification: Option<String>,
    /// The commit that it is in
    #[arg(long, value_name = "COMMIT")]
    committed_in: Option<String>,
    #[command(flatten)]
    why: Why,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct NotExecuted {
    /// The task, as the plan names it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    task: String,
    /// Why it was not executed
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    why: String,
    /// What is done in its place
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    decision: Option<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Text {
    /// The text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Common {
    /// The deviation rule that the decision stands under
    #[arg(long, value_name = "N", value_parser = words::rule)]
    rule: Option<u8>,
    #[command(flatten)]
    doing: Doing,
}

pub(super) fn run(args: &Args, world: &World, out: &mut Out) -> Result<u8> {
    let doing = &args.what.common().doing;
    out.set_json(doing.json);
    let open = world.open(&args.report, out)?;
    let draft = draft(&args.what, &open.terms.methodology)?;
    allow(&draft, &open.terms.methodology).map_err(|fault| fault.at(&args.report))?;
    decide::decide(draft, open, world, doing, out)
}

impl What {
    fn common(&self) -> &Common {
        match self {
            What::Fix(Fix { common, .. })
            | What::NotExecuted(NotExecuted { common, .. })
            | What::Finding(Text { common, .. })
            | What::Recommendation(Text { common, .. })
            | What::Note(Text { common, .. }) => common,
        }
    }

    /// What sort of decision it is, the facts it tells, and its rationale.
    fn told(&self) -> (Kind, Vec<(Fact, String)>, &str) {
        match self {
            What::Fix(fix) => (Kind::Fixed, fix.facts(), &fix.why.rationale),
            What::NotExecuted(task) => (Kind::NotExecuted, task.facts(), &task.why),
            What::Finding(Text { text, .. }) => (Kind::Finding, Vec::new(), text),
            What::Recommendation(Text { text, .. }) => (Kind::Recommendation, Vec::new(), text),
            What::Note(Text { text, .. }) => (Kind::Note, Vec::new(), text),
        }
    }
}

impl Fix {
    fn facts(&self) -> Vec<(Fact, String)> {
        let before = [
            (Fact::Title, self.title.as_ref()),
            (Fact::Issue, Some(&self.issue)),
            (Fact::FoundDuring, self.found_during.as_ref()),
            (Fact::Fix, Some(&self.fix)),
        ];
        let files = self.files.iter().map(|file| (Fact::File, Some(file)));
        let after =
            [(Fact::Verification, self.verification.as_ref()), (Fact::Commit, self.committed_in.as_ref())];
        given(before.into_iter().chain(files).chain(after))
    }
}

impl NotExecuted {
    fn facts(&self) -> Vec<(Fact, String)> {
        given([(Fact::Task, Some(&self.task)), (Fact::Decision, self.decision.as_ref())].into_iter())
    }
}

/// The facts that say something.
fn given<'a>(facts: impl Iterator<Item = (Fact, Option<&'a String>)>) -> Vec<(Fact, String)> {
    let facts = facts.filter_map(|(fact, text)| Some((fact, text?.trim().to_owned())));
    facts.filter(|(_, text)| !text.is_empty()).collect()
}

fn draft(what: &What, methodology: &Methodology) -> Result<Draft> {
    let (kind, facts, rationale) = what.told();
    let rule = what.common().rule;
    rule.map_or(Ok(()), |rule| world::rule(methodology, rule))?;
    Ok(Draft { rationale: rationale.trim().to_owned(), rule, ..Draft::telling(kind, facts) })
}

/// Refuses a decision that does not say what it needs to.
fn allow(draft: &Draft, methodology: &Methodology) -> Result<()> {
    let Some(lacking) = guard::lacking(draft, methodology) else { return Ok(()) };
    let option = lacking.fact.map(Fact::name).or(draft.kind.told().map(|(name, _)| name));
    let hint = format!("give it with --{}", option.unwrap_or_default());
    Err(Fault::new(Trouble::Refused, lacking.said).hint(hint))
}

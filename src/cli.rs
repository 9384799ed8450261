//! The command line: everything a key can do, for scripts and agents, with the same guards.
//!
//! What a command says goes to standard output, what is wrong to standard error, both through `out`: no byte
//! of a report, a name of a file or an argument reaches a terminal raw, not even with a panic.

mod apply;
mod check;
mod commit;
mod config;
mod decide;
mod decided;
mod desk;
mod export;
mod fields;
mod filter;
mod folder;
mod gate;
mod list;
mod log;
mod manual;
mod methodology;
mod misspelt;
mod out;
pub mod panic;
mod person;
mod policy;
mod record;
mod recover;
mod renamed;
mod set;
mod show;
mod source;
mod suggest;
mod undo;
mod view;
mod words;
mod world;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Env;
use crate::fault::{Kind, Result};
use out::Out;
use world::World;

const TOUR: &str = "\
Examples:
  regrade demo                          try it on a sample, nothing of yours is touched
  regrade bugs.md                       open the desk: step through, reclassify, save
  regrade list bugs.md                  what the report says, a line a bug
  regrade check bugs.md                 what does not fit together in it
  regrade suggest bugs.md               what others and the rules suggest for its bugs, and why
  regrade set bugs.md BUG-007 --severity P2 --rationale \"a warning, nothing breaks\"
  regrade apply bugs.md decisions.yaml  what an agent or a colleague proposes, under the same guards
  regrade log bugs.md --verify          who decided what and why, and whether the log is whole

At the desk: j and k move, 0 to 3 set the severity, Enter confirms, u undoes, w saves, ? helps.";

/// A keyboard-driven workbench for triage reports
///
/// Opens a report of bugs, shows each with its evidence, takes a new severity and the reason for it, and
/// saves the report, changed only where a decision changed it, with a log of every decision beside it.
#[derive(Debug, Parser)]
#[command(name = "regrade", bin_name = "regrade", version, args_conflicts_with_subcommands = true, after_help = TOUR)]
struct Args {
    /// The report to open at the desk; the only one in this folder where none is named
    report: Option<PathBuf>,
    /// Say what is new in plain lines instead of drawing a screen: for screen readers, dumb terminals and logs
    #[arg(long)]
    linear: bool,
    /// Commit report and log to git after each save at the desk, a commit for each decision
    #[arg(long)]
    commit: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the desk on a sample report, in a scratch folder
    Demo {
        /// Say what is new in plain lines instead of drawing a screen
        #[arg(long)]
        linear: bool,
    },
    /// List the bugs of a report
    List(list::Args),
    /// Show bugs of a report with all that is known of them
    Show(show::Args),
    /// Find what does not fit together in a report: counts, levels, ids, due dates
    Check(check::Args),
    /// Show what others and the methodology's rules suggest for the bugs of a report
    Suggest(suggest::Args),
    /// Decide on bugs of a report, and save
    Set(set::Args),
    /// Apply decisions that somebody else proposes in a file, and save
    Apply(apply::Args),
    /// Record what is not about a single bug: a fix, a task not executed, a finding, a recommendation, a note
    Record(record::Args),
    /// Take back the newest saved decision
    Undo(undo::Args),
    /// Bring back the saved decision that was taken back last
    Redo(undo::Args),
    /// Commit to git what was saved to be committed (--commit, or `commit: true`) and is not, a commit for each decision
    Commit(commit::Args),
    /// Print the methodology: levels, scopes, statuses, rules, guards; check it, or begin a project's own
    Methodology(methodology::Args),
    /// Show the deviation log of a report
    Log(log::Args),
    /// Write what was decided as a summary, a table or data
    Export(export::Args),
    /// Show what is set and who says so, what could be set, and whether files of settings are right
    Config(config::Args),
    /// Find decisions that were never saved: list journals, show one, bring it back or set it aside
    Recover(recover::Args),
    /// Print what lets a shell complete commands and options
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of a command: `regrade man | man -l -`
    Man {
        /// A command
        command: Option<String>,
    },
}

impl Command {
    /// The report that it is about, where one is named.
    fn report(&self) -> Option<&Path> {
        match self {
            Command::List(args) => Some(&args.report),
            Command::Show(args) => Some(&args.report),
            Command::Check(args) => Some(&args.report),
            Command::Suggest(args) => Some(&args.report),
            Command::Set(args) => Some(&args.report),
            Command::Apply(args) => args.report.as_deref(),
            Command::Record(args) => Some(&args.report),
            Command::Undo(args) | Command::Redo(args) => Some(&args.report),
            Command::Commit(args) => Some(&args.report),
            Command::Log(args) => Some(&args.report),
            Command::Export(args) => Some(&args.report),
            _ => None,
        }
    }
}

/// Runs a command line, program name first, in these surroundings; `is_terminal` says whether `stdout` is one.
/// Never panics on what it is given.
///
/// The exit code is 0 where all is well, 1 where something was found or refused, 2 for bad usage and
/// files, 3 where the report changed underneath, 130 where it was interrupted.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    env: &Env,
    stdout: &mut dyn Write,
    is_terminal: bool,
    stderr: &mut dyn Write,
) -> ExitCode {
    let words = asked(args);
    let args = Args::try_parse_from(&words);
    let has_command = args.as_ref().map_or_else(|said| !said.use_stderr(), |args| args.command.is_some());
    let misspelt = || misspelt::neither(&words).or_else(|| misspelt::behind_report(&words));
    let mut out = Out::new(stdout, is_terminal);
    if let Some(fault) = if has_command { None } else { misspelt() } {
        out.tell(&fault, stderr);
        return ExitCode::from(fault.kind().exit_code());
    }
    let args = match args {
        Ok(args) => args,
        Err(said) => return help_or_usage(&said, stderr),
    };
    out.set_about(args.command.as_ref().and_then(Command::report));
    let done =
        dispatch(args, &World::new(env), &mut out, stderr).and_then(|code| out.finish().map(|()| code));
    // No object of JSON has come to be that could tell it.
    out.kept().iter().for_each(|note| out::say(note, stderr));
    match done {
        Ok(code) => ExitCode::from(code),
        Err(fault) => {
            out.tell(&fault, stderr);
            ExitCode::from(fault.kind().exit_code())
        }
    }
}

/// A command line; `regrade help --help` asks for what `regrade help` tells.
fn asked(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = args.into_iter().collect();
    if words.get(1).is_some_and(|word| word == "help") {
        words.retain(|word| word != "--help" && word != "-h");
    }
    words
}

fn dispatch(args: Args, world: &World, out: &mut Out, stderr: &mut dyn Write) -> Result<u8> {
    match args.command {
        None => desk::open(args.report.as_deref(), args.linear, args.commit, world, out),
        Some(Command::Demo { linear }) => desk::demo(linear, world, out),
        Some(Command::List(args)) => list::run(&args, world, out),
        Some(Command::Show(args)) => show::run(&args, world, out),
        Some(Command::Check(args)) => check::run(&args, world, out),
        Some(Command::Suggest(args)) => suggest::run(&args, world, out),
        Some(Command::Set(args)) => set::run(&args, world, out),
        Some(Command::Apply(args)) => apply::run(&args, world, out),
        Some(Command::Record(args)) => record::run(&args, world, out),
        Some(Command::Undo(args)) => undo::run(&args, undo::Way::Back, world, out),
        Some(Command::Redo(args)) => undo::run(&args, undo::Way::Forward, world, out),
        Some(Command::Commit(args)) => commit::run(&args, world, out),
        Some(Command::Methodology(args)) => methodology::run(&args, world, out),
        Some(Command::Log(args)) => log::run(&args, world, out),
        Some(Command::Export(args)) => export::run(&args, world, out, stderr),
        Some(Command::Config(args)) => config::run(&args, world, out),
        Some(Command::Recover(args)) => recover::run(&args, world, out),
        Some(Command::Completions { shell }) => Ok(manual::completions(shell, out)),
        Some(Command::Man { command }) => manual::page(command.as_deref(), out),
    }
}

/// Prints what clap has to say: help and version to standard output, errors to standard error. An error quotes
/// arguments, which may be names of files that nobody chose.
fn help_or_usage(said: &clap::Error, stderr: &mut dyn Write) -> ExitCode {
    if said.use_stderr() {
        said.to_string().lines().for_each(|line| out::say(line, stderr));
        return ExitCode::from(Kind::Usage.exit_code());
    }
    match said.print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(Kind::Unwritable.exit_code()),
    }
}

//! A word where a command or a report should be that is neither: what was meant by it, instead of what follows from taking it for
//! a report.

use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use clap::{Command, CommandFactory};

use super::Args;
use crate::fault::{Fault, Kind};

/// The fault of a command line whose first word names no command and nothing on the disk.
pub(super) fn neither(args: &[OsString]) -> Option<Fault> {
    let word = args.iter().skip(1).find(|arg| !arg.as_encoded_bytes().starts_with(b"-"))?;
    let is_given = args.iter().take_while(|arg| *arg != word).all(|arg| arg != "--");
    if !is_given || word.is_empty() || is_command(word) || !is_absent(word) {
        return None;
    }
    let what = format!("there is no command or report “{}”", word.to_string_lossy());
    let meant = meant(word).map(|command| format!("; did you mean {command}?")).unwrap_or_default();
    Some(Fault::new(Kind::Usage, what + &meant).hint("`regrade --help` tells the commands"))
}

/// The fault of a command line that goes on behind the report that it names.
pub(super) fn behind_report(args: &[OsString]) -> Option<Fault> {
    let is_word = |arg: &&OsString| !arg.as_encoded_bytes().starts_with(b"-");
    let mut words = args.iter().skip(1).filter(is_word);
    let (report, next) = (words.next()?, words.next()?);
    if is_command(report) || is_absent(report) {
        return None;
    }
    let [shown, word] = [report, next].map(|word| word.to_string_lossy());
    Some(match is_command(next) {
        true => Fault::new(Kind::Usage, format!("the command “{word}” stands before the report"))
            .hint(format!("regrade {word} {shown}")),
        false => Fault::new(Kind::Usage, format!("the desk opens one report, and “{word}” is one more"))
            .hint("name one, or the folder that they are in to choose from"),
    })
}

fn is_command(word: &OsStr) -> bool {
    *word == *"help" || Args::command().find_subcommand(word).is_some()
}

/// Whether no file is called so.
fn is_absent(path: &OsStr) -> bool {
    let found = Path::new(path).symlink_metadata();
    found.is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// The command that is written most like a word, where one is and the word is not written like the name of a file.
fn meant(word: &OsStr) -> Option<String> {
    if word.to_str()?.contains(['.', '/', '\\']) {
        return None;
    }
    let commands = Command::new("regrade").subcommands(Args::command().get_subcommands().cloned());
    let said = commands.try_get_matches_from([OsStr::new("regrade"), word]).err()?;
    match said.get(ContextKind::SuggestedSubcommand)? {
        ContextValue::Strings(names) => names.last().cloned(),
        ContextValue::String(name) => Some(name.clone()),
        _ => None,
    }
}

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
    let is_command = *word == *"help" || Args::command().find_subcommand(word).is_some();
    if !is_given || word.is_empty() || is_command || !is_absent(word) {
        return None;
    }
    let what = format!("there is no command or report “{}”", word.to_string_lossy());
    let meant = meant(word).map(|command| format!("; did you mean {command}?")).unwrap_or_default();
    Some(Fault::new(Kind::Usage, what + &meant).hint("`regrade --help` tells the commands"))
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

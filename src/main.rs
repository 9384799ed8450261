//! Hands the process's arguments and surroundings to the command line, and its exit code back.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use regrade::cli;
use regrade::config::Env;

fn main() -> ExitCode {
    cli::panic::told_safely();
    // Neither is locked: whoever gives the terminal back must be able to write to it at any time.
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let is_terminal = out.is_terminal();
    cli::run(std::env::args_os(), &Env::of_process(), &mut out, is_terminal, &mut err)
}

//! `regrade completions` and `regrade man`: what shells and readers of manuals want to know, made from the arguments themselves.

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::out::Out;
use super::world;
use crate::fault::{Fault, Kind, Result};

/// Prints what lets a shell complete commands and options.
pub(super) fn completions(shell: Shell, out: &mut Out) -> u8 {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut super::Args::command(), "regrade", &mut text);
    out.stream(&mut |out| out.write_all(&text));
    0
}

/// Prints the manual page of all, or of a command.
pub(super) fn page(command: Option<&str>, out: &mut Out) -> Result<u8> {
    let mut all = super::Args::command();
    all.build();
    let known = all.get_subcommands().map(|command| command.get_name().to_owned());
    let page = match command {
        None => &all,
        Some(name) => all.find_subcommand(name).ok_or_else(|| world::unknown("command", name, known))?,
    };
    let mut text = Vec::new();
    let version = concat!("regrade ", env!("CARGO_PKG_VERSION"));
    Man::new(Command::clone(page))
        .source(version)
        .render(&mut text)
        .map_err(|error| Fault::new(Kind::Unwritable, "the page cannot be made").because(error))?;
    out.stream(&mut |out| out.write_all(&text));
    Ok(0)
}

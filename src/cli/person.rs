//! Who decides: the identity that git commits with, else the name of the account.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::Env;
use crate::git::Git;

/// What stands for somebody who has no name anywhere.
pub(super) const UNKNOWN: &str = "unknown";

/// The person as the log names them, asked for in `folder`: `Ada Example <ada@example.org>`.
pub(super) fn name(env: &Env, folder: &Path) -> String {
    let name = env.var("GIT_AUTHOR_NAME").map(str::to_owned).or_else(|| git(folder, "user.name"));
    let mail = env.var("GIT_AUTHOR_EMAIL").map(str::to_owned).or_else(|| git(folder, "user.email"));
    match (name.or_else(|| env.user.clone()).or_else(account), mail) {
        (Some(name), Some(mail)) => format!("{name} <{mail}>"),
        (Some(name), None) => name,
        (None, Some(mail)) => format!("<{mail}>"),
        (None, None) => UNKNOWN.to_owned(),
    }
}

/// What git is configured with; `None` where there is no git or no such setting.
fn git(folder: &Path, key: &str) -> Option<String> {
    Git::at(folder).args(["config", "--get", key]).said()
}

/// The account that the system knows for this process, where no variable names one.
fn account() -> Option<String> {
    said(Command::new("id").arg("-un"))
}

/// What a program says that ends well.
fn said(program: &mut Command) -> Option<String> {
    let output = program.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !said.is_empty()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The log would name somebody by an error message, or by nothing.
    #[test]
    fn only_a_program_that_ends_well_and_says_something_names_anyone() {
        let said = |script: &str| said(Command::new("sh").args(["-c", script]));
        assert_eq!(said("echo ' Ada '").as_deref(), Some("Ada"));
        assert_eq!([said("echo Ada; exit 1"), said("echo"), said("true")], [None, None, None]);
        assert_eq!(super::said(&mut Command::new("no-such-program-here")), None);
    }

    #[test]
    fn the_environment_goes_before_what_is_configured_elsewhere() {
        let vars = [("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "ada@example.org")];
        let vars = vars.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let env = Env { vars, user: Some("eve".to_owned()), ..Env::default() };
        assert_eq!(name(&env, Path::new("")), "Ada <ada@example.org>");
    }
}

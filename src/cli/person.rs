//! Who decides: the identity that git commits with, else the name of the account.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::Env;
use crate::git::Git;

/// What stands for somebody who has no name anywhere.
pub(super) const UNKNOWN: &str = "unknown";

/// The person as the log names them, asked for in `folder`: `Ada Example <ada@example.org>`.
pub(super) fn name(env: &Env, folder: &Path) -> String {
    let own = |name| env.var(name).map(str::to_owned);
    let (name, mail) = (own("GIT_AUTHOR_NAME"), own("GIT_AUTHOR_EMAIL"));
    let is_known = name.is_some() && mail.is_some();
    let [git_name, git_mail] = if is_known { [None, None] } else { configured(folder) };
    match (name.or(git_name).or_else(|| env.user.clone()).or_else(account), mail.or(git_mail)) {
        (Some(name), Some(mail)) => format!("{name} <{mail}>"),
        (Some(name), None) => name,
        (None, Some(mail)) => format!("<{mail}>"),
        (None, None) => UNKNOWN.to_owned(),
    }
}

/// The name and the address that git is configured with, asked for at once; `None` where there is no git or no such
/// setting.
fn configured(folder: &Path) -> [Option<String>; 2] {
    let said = Git::at(folder).args(["config", "-z", "--get-regexp", r"^user\.(name|email)$"]).said();
    let said = said.unwrap_or_default();
    ["user.name", "user.email"].map(|key| {
        let mut settings = said.split('\0').filter_map(|setting| setting.split_once('\n'));
        let value = settings.rfind(|(name, _)| *name == key).map(|(_, value)| value.trim().to_owned());
        value.filter(|value| !value.is_empty())
    })
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
    fn git_is_asked_for_what_it_was_configured_with_last() {
        let folder = tempfile::tempdir().unwrap();
        let git = |args: &[&str]| Git::at(folder.path()).args(args.iter().copied()).said();
        git(&["init", "-q"]);
        for (key, value) in
            [("user.name", "Eve"), ("user.name", "Ada Example"), ("user.email", "ada@example.org")]
        {
            git(&["config", "--add", key, value]);
        }
        let told = [Some("Ada Example".to_owned()), Some("ada@example.org".to_owned())];
        assert_eq!(configured(folder.path()), told);
    }

    #[test]
    fn the_environment_goes_before_what_is_configured_elsewhere() {
        let vars = [("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "ada@example.org")];
        let vars = vars.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let env = Env { vars, user: Some("eve".to_owned()), ..Env::default() };
        assert_eq!(name(&env, Path::new("")), "Ada <ada@example.org>");
    }
}

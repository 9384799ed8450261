//! Who decides: the identity that git commits with, else the name of the account.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::Env;

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
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    said(Command::new("git").current_dir(folder).args(["config", "--get", key]))
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

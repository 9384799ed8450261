//! Who decides: the identity that git commits with, else the user name.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::config::Env;

/// The person as the log names them, asked for in `folder`: `Ada Example <ada@example.org>`.
pub(super) fn name(env: &Env, folder: &Path) -> String {
    let name = env.var("GIT_AUTHOR_NAME").map(str::to_owned).or_else(|| git(folder, "user.name"));
    let mail = env.var("GIT_AUTHOR_EMAIL").map(str::to_owned).or_else(|| git(folder, "user.email"));
    match (name.or_else(|| env.user.clone()), mail) {
        (Some(name), Some(mail)) => format!("{name} <{mail}>"),
        (Some(name), None) => name,
        (None, Some(mail)) => format!("<{mail}>"),
        (None, None) => "unknown".to_owned(),
    }
}

/// What git is configured with; `None` where there is no git or no such setting.
fn git(folder: &Path, key: &str) -> Option<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut git = Command::new("git");
    git.current_dir(folder).args(["config", "--get", key]).stdin(Stdio::null()).stderr(Stdio::null());
    let said = git.output().ok().filter(|output| output.status.success())?.stdout;
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    (!said.is_empty()).then_some(said)
}

//! The default file: everything that can be set, as it is set where nobody says otherwise.
//!
//! Put in place it changes nothing. Keys, colours and the methodology are comments in it, so that another preset,
//! another theme or a newer program still has its say.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::{Settings, binding, project, schema, settings};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;

const HEAD: &str = "\
# Settings of regrade: a person's are in config.yaml in the configuration folder, a project's in .regrade.yaml beside
# or above its reports; the project's go before the person's, and of those the nearest. All of it may be left out. What stands here is what
# holds where nobody says otherwise; `regrade config` says what holds for you, and where each value is from.
";

const PROJECT_HEAD: &str = "\
# What this project means by its severities. Take the `#` from what you change, and leave out the rest: what is not said
# stays as regrade has it. A guard or a suggestion rule that is named without a value (`missing-module:`) is taken out; how they are written
# stands above theirs. `regrade methodology` prints what holds, `regrade config --check` says whether this file is right.
";

const COLOURS: &str = "
# How roles of the theme look: a colour (a name, 0 to 255, \"#rrggbb\"), `on` and a colour behind it, and any of bold,
# dim, italic, underline, reverse.
# colours:
";

const KEYS: &str = "
# What is pressed for each action. Those given here replace those of the preset; `[]` takes them away. These are
# the keys of the vim preset.
# keys:
";

const METHODOLOGY: &str = "
# Levels, scopes, statuses and rules. A file says only what it changes.
# methodology:
";

/// The default file.
pub fn sample() -> String {
    let mut text = HEAD.to_owned();
    let defaults = Settings::default();
    for setting in settings::TABLE {
        let value = plain(&(setting.value)(&defaults));
        let line = format!("\n# {}{}\n{}: {value}", setting.help, choices(setting), setting.name);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str(COLOURS);
    commented(&mut text, include_str!("../../assets/themes/dark.yaml"));
    text.push_str(KEYS);
    commented(&mut text, binding::VIM);
    text.push_str(METHODOLOGY);
    with_comments(&mut text, Methodology::TEXT);
    text
}

/// Writes a `.regrade.yaml` with the whole methodology as comments into a folder, for a project to change; gives
/// its path.
///
/// # Errors
/// [`Kind::Refused`] where the folder has one, [`Kind::Unwritable`] where it cannot be written.
pub fn begin_project(folder: &Path) -> Result<PathBuf> {
    let path = folder.join(project::NAME);
    let mut text = format!("{PROJECT_HEAD}{METHODOLOGY}");
    with_comments(&mut text, Methodology::TEXT);
    let made = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    made.map(|()| path.clone()).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Fault::new(Kind::Refused, "there is such a file already")
            .at(&path)
            .hint("change that one; regrade config --default prints all that it may hold"),
        _ => Fault::new(Kind::Unwritable, "cannot write this").at(&path).because(error),
    })
}

/// Another file's lines as members of what the comment before opened; its own comments are left out.
fn commented(text: &mut String, file: &str) {
    let own = |line: &&str| !line.trim_start().starts_with('#');
    opened_by(text, file.lines().filter(own));
}

/// The same with its comments, which say how its members are written.
fn with_comments(text: &mut String, file: &str) {
    opened_by(text, file.lines());
}

fn opened_by<'f>(text: &mut String, lines: impl Iterator<Item = &'f str>) {
    for line in lines.filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "#   {line}");
    }
}

/// The words that a setting may have, where it has any.
fn choices(setting: &settings::Setting) -> String {
    let schema = schema::of(setting);
    let words = schema["enum"].as_array().or(schema["items"]["enum"].as_array());
    let words: Vec<String> = words.into_iter().flatten().map(plain).collect();
    if words.is_empty() { String::new() } else { format!(" One of {}.", words.join(", ")) }
}

/// A value as YAML on one line.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(items) => format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// An item of a list, in quotes where it would be several.
fn item(value: &Json) -> String {
    let text = plain(value);
    if text.contains(',') { format!("'{}'", text.replace('\'', "''")) } else { text }
}

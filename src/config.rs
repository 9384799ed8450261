//! Configuration: what the person, the project and the environment say, laid over the defaults.
//!
//! The environment goes before the project's `.regrade.yaml`, of several the nearest first, that before the
//! person's `config.yaml`, and that before what comes with the program. Nothing is read from the process but
//! through an [`Env`] that is handed in, and nothing here knows a terminal library.

mod action;
mod binding;
#[cfg(test)]
mod contrast;
mod env;
mod explain;
mod file;
mod gates;
mod key;
mod keymap;
mod project;
mod sample;
mod schema;
mod sequence;
mod settings;
mod shade;
mod style;
mod theme;
mod value;

use std::path::Path;
use std::sync::Arc;

pub use action::{Action, Group, Stake};
pub use env::Env;
pub use explain::{Effective, Origin, Source, alone, check, explain, sources};
pub use key::{Code, Key};
pub use keymap::{Follows, Found, Keymap};
pub use sample::{begin_project, sample};
pub use schema::schema;
pub use sequence::{Sequence, written};
pub use settings::{Column, Preset, Settings};
pub use shade::Shade;
pub use style::{Colour, Style};
pub use theme::Theme;

use crate::fault::{Fault, Result};
use crate::methodology::Methodology;
use crate::triage::Gate;
use crate::yaml::Step;
use file::SettingsFile;

/// Everything that can be configured, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// How decisions are written and the desk behaves. A flag on the command line goes before it.
    pub settings: Settings,
    /// Which key does what.
    pub keymap: Keymap,
    /// What things look like.
    pub theme: Theme,
    /// The severities, scopes, statuses and rules.
    pub methodology: Arc<Methodology>,
}

impl Config {
    /// What comes with the program, with nobody's changes.
    pub fn embedded() -> Config {
        Config::of(&[], None).expect("what comes with the program is checked by a test of this module")
    }

    fn of(files: &[SettingsFile], env: Option<&Env>) -> Result<Config> {
        let methodology = methodology(files)?;
        let settings = Settings::of(files, env);
        Ok(Config {
            keymap: Keymap::of(files, settings.preset, &methodology)?,
            theme: Theme::chosen(&settings.theme, files, env)?,
            settings,
            methodology,
        })
    }
}

/// What decisions go by, with a desk or without.
#[derive(Clone, Debug)]
pub struct Terms {
    /// How decisions are written. A flag on the command line goes before it.
    pub settings: Settings,
    /// The severities, scopes, statuses and rules.
    pub methodology: Arc<Methodology>,
}

/// What decisions on a report go by. Keys and themes are the desk's: what is wrong with them stops no command.
///
/// # Errors
/// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) with file and line, when a file cannot be read, or its
/// methodology does not hold together.
pub fn terms(env: &Env, report: Option<&Path>) -> Result<Terms> {
    let terms = || {
        let files = read_all(env, report)?;
        Ok(Terms { settings: Settings::of(&files, Some(env)), methodology: methodology(&files)? })
    };
    terms().map_err(|fault| pointing(fault, env, report))
}

/// The gates that are set for a report, else the one that goes without saying. What is wrong with them stops nobody else.
///
/// # Errors
/// Those of [`terms`], and [`Kind::Unreadable`](crate::fault::Kind::Unreadable) with file and line, when one asks for what the
/// methodology does not have.
pub fn gates(env: &Env, report: Option<&Path>) -> Result<Vec<Gate>> {
    let files = read_all(env, report)?;
    let methodology = methodology(&files)?;
    gates::faults(&files, &methodology).into_iter().next().map_or(Ok(()), Err)?;
    Ok(Gate::or_own(&Settings::of(&files, Some(env)).gates, &methodology))
}

/// The configuration for a report, or for the folder the program runs in.
///
/// # Errors
/// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) with file and line, when a file cannot be
/// read or does not hold together; [`Kind::Usage`](crate::fault::Kind::Usage) when the environment
/// names a theme that is not there.
pub fn load(env: &Env, report: Option<&Path>) -> Result<Config> {
    let config = || Config::of(&read_all(env, report)?, Some(env));
    config().map_err(|fault| pointing(fault, env, report))
}

/// A fault of the settings; where a file has more than one, with the command that tells all of them.
fn pointing(fault: Fault, env: &Env, report: Option<&Path>) -> Fault {
    let wrong = |source: &Source| Some((check(env, &source.path).ok()?.len(), source.path.clone()));
    let mut found = explain::sources(env, report).into_iter().filter(|source| source.found);
    match found.find_map(|source| wrong(&source).filter(|(wrong, _)| *wrong > 1)) {
        Some((wrong, path)) => {
            fault.hint(format!("regrade config --check {}  tells all {wrong} mistakes of it", path.display()))
        }
        None => fault,
    }
}

fn read_all(env: &Env, report: Option<&Path>) -> Result<Vec<SettingsFile>> {
    let mut files = Vec::new();
    for source in explain::sources(env, report) {
        let file = SettingsFile::read(&source.path)?;
        let of_project = file.iter().filter(|_| source.whose == "project");
        of_project.flat_map(not_of_a_project).try_for_each(Err)?;
        files.extend(file);
    }
    Ok(files)
}

/// What is wrong with a file as one of a project: that does not say who somebody is, and names no file that is not its own.
fn not_of_a_project(file: &SettingsFile) -> Vec<Fault> {
    let name = file.record.name.as_ref().map(|_| {
        let what = "`name` is a person's, and only read from config.yaml";
        file.document().fault(&[Step::Key("name")], what)
    });
    name.into_iter().chain(file.foreign_files()).collect()
}

fn methodology(files: &[SettingsFile]) -> Result<Arc<Methodology>> {
    laid_over(Arc::clone(Methodology::shared()), files)
}

/// A methodology with what files say of it laid over it, in their order.
fn laid_over(base: Arc<Methodology>, files: &[SettingsFile]) -> Result<Arc<Methodology>> {
    let part = [Step::Key("methodology")];
    files.iter().try_fold(base, |base, file| match &file.record.methodology {
        Some(overrides) => base.overridden(overrides, &file.document(), &part).map(Arc::new),
        None => Ok(base),
    })
}

#[cfg(test)]
mod tests;

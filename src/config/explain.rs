//! What is configured, and who says so.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use super::file::{self, SettingsFile};
use super::sample::plain;
use super::{
    Config, Env, Keymap, Settings, Theme, gates, laid_over, methodology, not_of_a_project, project, read_all,
    settings,
};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::yaml::{Salvaged, Step, salvage};

/// Who says how something is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// What comes with the program.
    Default,
    /// A file, on this line.
    File(PathBuf, Option<usize>),
    /// A variable of the environment.
    Variable(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => out.write_str("default"),
            Origin::File(path, Some(line)) => write!(out, "{}:{line}", path.display()),
            Origin::File(path, None) => write!(out, "{}", path.display()),
            Origin::Variable(name) => out.write_str(name),
        }
    }
}

/// Something that is set, and by whom.
#[derive(Clone, Debug)]
pub struct Effective {
    /// Its name, dotted: `theme`, `keys.down`.
    pub name: String,
    /// What it is set to.
    pub value: Json,
    /// Who says so.
    pub origin: Origin,
}

impl Effective {
    /// Its value on one line, as a file would say it.
    pub fn shown(&self) -> String {
        plain(&self.value)
    }
}

/// A place where settings are looked for.
#[derive(Clone, Debug)]
pub struct Source {
    /// Whose settings they are: the person's or the project's.
    pub whose: &'static str,
    /// The file; the one that would be read first where there is none.
    pub path: PathBuf,
    /// Whether it is there.
    pub found: bool,
}

/// Where settings are looked for, those that go before others last.
pub fn sources(env: &Env, report: Option<&Path>) -> Vec<Source> {
    let person = env.config_dir.as_deref().map(|folder| folder.join("config.yaml"));
    let person = person.map(|path| Source { whose: "person", found: path.exists(), path });
    let mut project: Vec<Source> = project::files(env, report)
        .into_iter()
        .map(|path| Source { whose: "project", path, found: true })
        .collect();
    if project.is_empty() {
        let path = project::folder(env, report).join(project::NAME);
        project.push(Source { whose: "project", path, found: false });
    }
    person.into_iter().chain(project).collect()
}

/// Everything that is set for a report: the settings, then the keys, the colours that files change, and the
/// parts of the methodology that they do.
///
/// # Errors
/// Those of [`load`](super::load).
pub fn explain(env: &Env, report: Option<&Path>) -> Result<Vec<Effective>> {
    let files = read_all(env, report)?;
    let config = Config::of(&files, Some(env))?;
    let by = |steps: &[Step<'_>]| origin(&files, steps).unwrap_or(Origin::Default);
    let mut set: Vec<Effective> = settings::TABLE
        .iter()
        .map(|setting| {
            let (name, value) = (setting.name.to_owned(), (setting.value)(&config.settings));
            let variable = Settings::variable(setting.name, env).map(Origin::Variable);
            Effective { name, value, origin: variable.unwrap_or_else(|| by(&[Step::Key(setting.name)])) }
        })
        .collect();
    let theme = set.iter_mut().find(|setting| setting.name == "theme");
    if let Some(theme) = theme.filter(|_| env.var("NO_COLOR").is_some()) {
        (theme.value, theme.origin) = (config.theme.name().into(), Origin::Variable("NO_COLOR"));
    }
    for (action, keys) in config.keymap.bindings() {
        let value = keys.iter().map(ToString::to_string).collect();
        let origin = by(&[Step::Key("keys"), Step::Key(action.name())]);
        set.push(Effective { name: format!("keys.{}", action.name()), value, origin });
    }
    set.extend(files.iter().flat_map(changed));
    Ok(set)
}

/// All that is wrong with a file of settings by itself, in the order of its lines. A project's changes what those in
/// the folders around it make of the methodology.
///
/// # Errors
/// [`Kind::Usage`] where there is no such file.
pub fn check(env: &Env, path: &Path) -> Result<Vec<Fault>> {
    let text = match file::text(path) {
        Ok(text) => text.ok_or_else(|| Fault::new(Kind::Usage, "there is no such file").at(path))?,
        Err(fault) => return Ok(vec![fault]),
    };
    let Salvaged { value, mut faults, left_out } = salvage::<Option<settings::Record>>(&text, path);
    if let Some(record) = value {
        let file = SettingsFile { path: path.to_owned(), text, record: record.unwrap_or_default() };
        faults.extend(wrong(&file, &left_out, beneath(env, path)));
        if is_of_a_project(path) {
            faults.extend(not_of_a_project(&file));
        }
    }
    faults.sort_by_key(Fault::line_number);
    Ok(faults)
}

/// Whether a file of settings counts as one of a project, by its name.
fn is_of_a_project(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == project::NAME)
}

/// The methodology that a file changes; what is wrong with the files that make it is told of themselves.
fn beneath(env: &Env, path: &Path) -> Arc<Methodology> {
    let mut around = if is_of_a_project(path) { project::files(env, Some(path)) } else { Vec::new() };
    around.pop();
    let files: Vec<SettingsFile> =
        around.iter().filter_map(|path| SettingsFile::read(path).ok().flatten()).collect();
    methodology(&files).unwrap_or_else(|_| Arc::clone(Methodology::shared()))
}

/// What a file of settings sets by itself, and the methodology that it comes to.
///
/// # Errors
/// What is wrong with it, or that a file that it names is not there.
pub fn alone(env: &Env, path: &Path) -> Result<(Settings, Arc<Methodology>)> {
    let files: Vec<SettingsFile> = SettingsFile::read(path)?.into_iter().collect();
    files.iter().try_for_each(SettingsFile::expect_files)?;
    Ok((Settings::of(&files, None), laid_over(beneath(env, path), &files)?))
}

/// What does not hold together in a file of settings, but for what comes of the parts that could not be read. Which
/// keys are taken by levels is not known where the methodology is wrong.
fn wrong(file: &SettingsFile, left_out: &[Vec<String>], base: Arc<Methodology>) -> Vec<Fault> {
    let of_methodology = left_out.iter().filter_map(|place| match place.split_first() {
        Some((part, rest)) if part == "methodology" => Some(rest.to_vec()),
        _ => None,
    });
    let (left_out, part) = (of_methodology.collect::<Vec<_>>(), [Step::Key("methodology")]);
    let methodology = match &file.record.methodology {
        Some(overrides) => base.checked(overrides, &file.document(), &part, &left_out).map(Arc::new),
        None => Ok(base),
    };
    let files = std::slice::from_ref(file);
    let settings = Settings::of(files, None);
    let mut faults = Keymap::faults(files, settings.preset, methodology.as_deref().ok());
    faults.extend(Theme::faults(&settings.theme, files));
    faults.extend(methodology.iter().flat_map(|methodology| gates::faults(files, methodology)));
    faults.extend(methodology.err().unwrap_or_default());
    faults
}

/// The colours and the parts of the methodology that a file changes.
fn changed(file: &SettingsFile) -> Vec<Effective> {
    let at = |steps: &[Step<'_>]| Origin::File(file.path.clone(), file.document().line_of(steps));
    let colours = file.record.colours.iter().map(|(role, style)| Effective {
        name: format!("colours.{role}"),
        value: style.as_ref().map_or("", |style| style.0.as_str()).into(),
        origin: at(&[Step::Key("colours"), Step::Key(role)]),
    });
    let methodology = file.record.methodology.iter().map(|_| Effective {
        name: "methodology".to_owned(),
        value: "changed".into(),
        origin: at(&[Step::Key("methodology")]),
    });
    colours.chain(methodology).collect()
}

/// The last file that says something at this place.
fn origin(files: &[SettingsFile], steps: &[Step<'_>]) -> Option<Origin> {
    let said = |file: &SettingsFile| {
        let line = file.document().line_of(steps)?;
        Some(Origin::File(file.path.clone(), Some(line)))
    };
    files.iter().rev().find_map(said)
}

//! A file of settings, and where it is found. Only here does configuration touch the disk.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use super::settings::Record;
use super::value::Given;
use crate::fault::{Fault, Kind, Result};
use crate::yaml::{self, Document, LIMIT, Step};

/// A file of settings: what it says, and its text for the sake of line numbers.
#[derive(Debug)]
pub(super) struct SettingsFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) record: Record,
}

impl SettingsFile {
    /// The file at this path; nothing when there is none.
    pub(super) fn read(path: &Path) -> Result<Option<SettingsFile>> {
        match text(path)? {
            Some(text) => SettingsFile::new(path, text).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn new(path: &Path, text: String) -> Result<SettingsFile> {
        let record: Option<Record> = yaml::read(&text, path)?;
        Ok(SettingsFile { path: path.to_owned(), text, record: record.unwrap_or_default() })
    }

    /// The folder that it stands in.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The files that it names, with the setting that each is the value of.
    fn named(&self) -> impl Iterator<Item = (&'static str, PathBuf)> {
        let Record { template, front_matter, .. } = &self.record;
        let named = [("template", template), ("front_matter", front_matter)];
        let path =
            |given: &Option<Given<Option<PathBuf>>>| given.as_ref().and_then(|Given(path)| path.clone());
        let of = named.into_iter().filter_map(move |(name, given)| Some((name, path(given)?)));
        of.map(|(name, path)| (name, self.folder().join(path))).collect::<Vec<_>>().into_iter()
    }

    /// A fault for each file that it names and that stands elsewhere than in the folder of these settings, also by way of a
    /// link: what a project is given to read it could put into a summary, or into an error, which others see.
    pub(super) fn foreign_files(&self) -> Vec<Fault> {
        let home = self.folder();
        let is_within = |path: &Path| match (path.canonicalize(), home.canonicalize()) {
            (Ok(path), Ok(home)) => path.starts_with(home),
            _ => path.strip_prefix(home).is_ok_and(|rest| rest.components().all(is_plain)),
        };
        let fault = |name: &'static str| {
            let what = format!("`{name}` of a project names a file in its folder, or below");
            let fault = self.document().fault(&[Step::Key(name)], what);
            fault.hint("put it beside .regrade.yaml; config.yaml may name any file")
        };
        self.named().filter(|(_, path)| !is_within(path)).map(|(name, _)| fault(name)).collect()
    }

    /// Refuses to name files that are not there.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with the line.
    pub(super) fn expect_files(&self) -> Result<()> {
        match self.named().find(|(_, path)| !path.is_file()) {
            None => Ok(()),
            Some((name, path)) => {
                let what = format!("`{name}`: there is no file {}", path.display());
                Err(self.document().fault(&[Step::Key(name)], what))
            }
        }
    }

    /// The document it holds, for pointing into it.
    pub(super) fn document(&self) -> Document<'_> {
        Document::new(&self.text, &self.path)
    }
}

fn is_plain(part: Component<'_>) -> bool {
    matches!(part, Component::Normal(_) | Component::CurDir)
}

/// The text of the file at this path; nothing when there is none.
pub(super) fn text(path: &Path) -> Result<Option<String>> {
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => {
            return Err(Fault::new(Kind::Unreadable, "cannot read the settings").at(path).because(error));
        }
    };
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + memchr::memchr_iter(b'\n', good).count();
        Fault::new(Kind::Unreadable, "not UTF-8").at(path).line(line)
    })
}

/// One byte more than is taken at most, so that too long a file is seen to be one.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    // Opening a pipe would wait until somebody writes into it.
    match std::fs::metadata(path)? {
        meta if meta.is_dir() => return Err(std::io::Error::other("this is a folder")),
        meta if !meta.is_file() => return Err(std::io::Error::other("this is no regular file")),
        _ => {}
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

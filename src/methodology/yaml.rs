//! Methodologies out of YAML: the embedded one, and people's files laid over it.
//!
//! A file overrides by key: an entry that is there already keeps what the file does not say. What
//! the file itself says must hold together, else it is refused with the line; what it inherits
//! and has made meaningless (a template for a level that is gone) is left out silently.

mod bare;
mod build;
mod merge;
mod record;

use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;

use self::build::{Problem, build};
use self::record::Record;
use super::Methodology;
use crate::fault::{Fault, Result};
use crate::yaml::{Document, Outline, Step, did_you_mean, read};

const EMBEDDED: &str = include_str!("../../assets/methodology.yaml");

/// What a file says about the methodology, not checked yet; by default it says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Overrides(Record);

impl Overrides {
    /// The place of the scope that had this key before it was renamed.
    pub(super) fn scope_formerly(&self, key: &str) -> Option<usize> {
        self.0.scopes.iter().position(|(known, _)| known == key)
    }
}

impl Outline for Overrides {
    fn outline() -> Json {
        Record::outline()
    }
}

impl Methodology {
    /// The file that the methodology of the program is read from.
    pub const TEXT: &'static str = EMBEDDED;

    /// The methodology that comes with the program.
    pub fn embedded() -> Methodology {
        Methodology::whole(EMBEDDED, Path::new("methodology.yaml"))
            .expect("the embedded methodology is checked by a test of this module")
    }

    /// The embedded methodology with this file laid over it.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](crate::fault::Kind::Unreadable) with the line, when the file is not YAML
    /// of this shape, names what is not there, or uses a word or a hotkey for two things.
    pub fn from_yaml(text: &str, path: &Path) -> Result<Methodology> {
        let overrides: Option<Overrides> = read(text, path)?;
        Methodology::embedded().overridden(&overrides.unwrap_or_default(), &Document::new(text, path), &[])
    }

    /// This methodology with overrides laid over it that stand in a document under `place`.
    ///
    /// # Errors
    /// As for [`Methodology::from_yaml`].
    pub fn overridden(
        &self,
        overrides: &Overrides,
        document: &Document<'_>,
        place: &[Step<'_>],
    ) -> Result<Methodology> {
        let layer = Layer { document, place };
        let (mut upper, mut base) = (overrides.0.clone(), self.made_from.0.clone());
        let bare = bare::of(document, place);
        bare::taken_out(&bare, &mut upper, &mut base).map_err(|problem| layer.fault(&problem))?;
        let merged = merge::over(upper, base);
        let renamed = merge::renamed(merged.clone());
        let mut built = build(&renamed, &layer).map_err(|problem| layer.fault(&problem))?;
        built.made_from = Overrides(merged);
        built.sources = [&self.sources[..], &[document.path().to_owned()]].concat();
        Ok(built)
    }

    fn whole(text: &str, path: &Path) -> Result<Methodology> {
        let overrides: Overrides = read(text, path)?;
        let layer = Layer { document: &Document::new(text, path), place: &[] };
        build(&overrides.0, &layer).map_err(|problem| layer.fault(&problem))
    }
}

/// The file that is being laid over what came before it.
struct Layer<'a> {
    document: &'a Document<'a>,
    place: &'a [Step<'a>],
}

impl Layer<'_> {
    /// Whether the file itself says something at this place.
    fn says(&self, steps: &[Step<'_>]) -> bool {
        self.document.line_of(&[self.place, steps].concat()).is_some()
    }

    fn fault(&self, problem: &Problem<'_>) -> Fault {
        let place = problem.places.iter().find(|steps| self.says(steps)).or(problem.places.first());
        let steps = [self.place, place.map_or(&[][..], Vec::as_slice)].concat();
        let fault = self.document.fault(&steps, &problem.what);
        did_you_mean(fault, &problem.wanted, problem.among.iter().map(String::as_str))
    }
}

#[cfg(test)]
mod tests;

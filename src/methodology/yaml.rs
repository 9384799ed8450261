//! Methodologies out of YAML: the embedded one, and people's files laid over it.
//!
//! A file overrides by key: an entry that is there already keeps what the file does not say. What
//! the file itself says must hold together, else it is refused with the line; what it inherits
//! and has made meaningless (a template for a level that is gone) is left out silently.

mod bare;
mod build;
mod merge;
mod record;

use std::cell::OnceCell;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use serde_json::Value as Json;

use self::build::{Problem, Wrong, build};
use self::record::Record;
use super::Methodology;
use crate::fault::{Fault, Kind, Result};
use crate::yaml::{Document, Outline, Places, Step, did_you_mean, read, read_own};

/// How many steps down something wrong is at most.
const DEEPEST: usize = 8;

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
        Methodology::clone(Methodology::shared())
    }

    /// The same, which is read once however many ask for it.
    pub fn shared() -> &'static Arc<Methodology> {
        static OWN: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::own()));
        &OWN
    }

    fn own() -> Methodology {
        let own = || {
            let path = Path::new("methodology.yaml");
            let document = Document::new(EMBEDDED, path);
            let layer = Layer::new(&document, &[], HashSet::new());
            let overrides: Overrides = read_own(EMBEDDED, path)?;
            let faults = |Wrong(wrong): Wrong<'_>| wrong.iter().map(|problem| layer.fault(problem)).collect();
            build(&overrides.0, &layer).map_err(|wrong| first(faults(wrong)))
        };
        own().expect("the embedded methodology is checked by a test of this module")
    }

    /// The embedded methodology with this file laid over it.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with the line, when the file is not YAML
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
        self.checked(overrides, document, place, &[]).map_err(first)
    }

    /// The same, where parts of the document could not be read and are not in the overrides.
    ///
    /// # Errors
    /// All that does not hold together, but for what comes of the parts that are left out.
    pub fn checked(
        &self,
        overrides: &Overrides,
        document: &Document<'_>,
        place: &[Step<'_>],
        left_out: &[Vec<String>],
    ) -> std::result::Result<Methodology, Vec<Fault>> {
        let (mut upper, mut base) = (overrides.0.clone(), self.made_from.0.clone());
        let (bare, mut wrong) = (bare::of(document, place), Wrong::default());
        bare::taken_out(&bare, &mut upper, &mut base, &mut wrong);
        let told = upper.suggestions.iter().map(|(name, _)| name.to_owned()).collect();
        let layer = Layer::new(document, place, told);
        let merged = merge::over(upper, base);
        let renamed = merge::renamed(merged.clone());
        let (mut built, more) = match build(&renamed, &layer) {
            Ok(built) => (Some(built), Vec::new()),
            Err(Wrong(more)) => (None, more),
        };
        let comes_of_it = |problem: &&Problem<'_>| left_out.iter().any(|place| problem.is_around(place));
        let problems = wrong.0.iter().chain(&more).filter(|problem| !comes_of_it(problem));
        let faults: Vec<Fault> = problems.map(|problem| layer.fault(problem)).collect();
        if let Some(built) = &mut built {
            built.made_from = Overrides(merged);
            built.sources = [&self.sources[..], &[document.path().to_owned()]].concat();
        }
        built.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

/// The file that is being laid over what came before it.
struct Layer<'a> {
    document: &'a Document<'a>,
    place: &'a [Step<'a>],
    /// Where everything in it stands, once something is asked for.
    places: OnceCell<Places<'a>>,
    /// The suggestion rules that it says something of.
    suggestions: HashSet<String>,
}

impl<'a> Layer<'a> {
    fn new(document: &'a Document<'a>, place: &'a [Step<'a>], suggestions: HashSet<String>) -> Layer<'a> {
        Layer { document, place, places: OnceCell::new(), suggestions }
    }

    /// Whether a suggestion rule is to be checked; of others that was done when they were laid.
    fn tells_suggestion(&self, name: &str) -> bool {
        self.suggestions.contains(name)
    }

    fn places(&self) -> &Places<'a> {
        self.places.get_or_init(|| Places::of(self.document, self.place.len() + DEEPEST))
    }

    /// Whether the file itself says something at this place.
    fn says(&self, steps: &[Step<'_>]) -> bool {
        self.places().exact(&[self.place, steps].concat()).is_some()
    }

    /// Whether the file itself says what is wrong.
    fn owns(&self, problem: &Problem<'_>) -> bool {
        problem.places.iter().any(|steps| self.says(steps))
    }

    fn fault(&self, problem: &Problem<'_>) -> Fault {
        let place = problem.places.iter().find(|steps| self.says(steps)).or(problem.places.first());
        let steps = [self.place, place.map_or(&[][..], Vec::as_slice)].concat();
        let fault = Fault::new(Kind::Unreadable, &problem.what).at(self.document.path());
        let fault = match self.places().line(&steps) {
            Some(line) => fault.line(line),
            None => fault,
        };
        did_you_mean(fault, &problem.wanted, problem.among.iter().map(String::as_str))
    }
}

/// The first of several faults in the order of the file, the others told along with it.
fn first(mut faults: Vec<Fault>) -> Fault {
    faults.sort_by_key(Fault::line_number);
    let rest = faults.split_off(faults.len().min(1));
    faults.pop().expect("what does not hold together has a fault at least").with(rest)
}

#[cfg(test)]
mod tests;

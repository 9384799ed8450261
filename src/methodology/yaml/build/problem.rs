//! What does not hold together in a record, and where.

use super::Built;
use crate::yaml::Step;

/// Something wrong, before the file and line it stands on are known.
#[derive(Debug)]
pub(in super::super) struct Problem<'a> {
    /// Where it stands; of several places, the file's own is the one to show.
    pub(in super::super) places: Vec<Vec<Step<'a>>>,
    /// One sentence.
    pub(in super::super) what: String,
    /// The unknown name, and those it could have been.
    pub(in super::super) wanted: String,
    pub(in super::super) among: Vec<String>,
}

/// All that is wrong with something, gathered on the way through it.
#[derive(Debug, Default)]
pub(in super::super) struct Wrong<'a>(pub(in super::super) Vec<Problem<'a>>);

impl<'a> Wrong<'a> {
    /// What was built; of what could not be, the problem is kept.
    pub(in super::super) fn take<T>(&mut self, built: Built<'a, T>) -> Option<T> {
        built.map_err(|problem| self.0.push(problem)).ok()
    }

    /// What is made of the parts, where nothing is wrong with any of them.
    pub(super) fn end<T>(self, made: impl FnOnce() -> Option<T>) -> Result<T, Wrong<'a>> {
        if self.0.is_empty() { made().ok_or(self) } else { Err(self) }
    }
}

impl<'a> Problem<'a> {
    pub(in super::super) fn new(place: Vec<Step<'a>>, what: impl Into<String>) -> Problem<'a> {
        Problem { places: vec![place], what: what.into(), wanted: String::new(), among: Vec::new() }
    }

    /// Names another place it may be mended at.
    pub(super) fn or_at(mut self, place: Vec<Step<'a>>) -> Problem<'a> {
        self.places.push(place);
        self
    }

    /// Whether it is, first of all, about what stands at this place or holds it.
    pub(in super::super) fn is_around(&self, place: &[String]) -> bool {
        let Some(own) = self.places.first() else { return false };
        let is_step = |(own, step): (&Step<'_>, &String)| matches!(own, Step::Key(key) if key == step);
        own.len() <= place.len() && own.iter().zip(place).all(is_step)
    }

    /// A name that is not one of those it must be.
    pub(in super::super) fn unknown<S: Into<String>>(
        place: Vec<Step<'a>>,
        sort: &str,
        name: &str,
        among: impl IntoIterator<Item = S>,
    ) -> Problem<'a> {
        let among: Vec<String> = among.into_iter().map(Into::into).collect();
        let what = format!("`{name}` is no {sort}; expected {}", among.join(", "));
        Problem { wanted: name.to_owned(), among, ..Problem::new(place, what) }
    }
}

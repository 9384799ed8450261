//! What does not hold together in a record, and where.

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

impl<'a> Problem<'a> {
    pub(in super::super) fn new(place: Vec<Step<'a>>, what: impl Into<String>) -> Problem<'a> {
        Problem { places: vec![place], what: what.into(), wanted: String::new(), among: Vec::new() }
    }

    /// Names another place it may be mended at.
    pub(super) fn or_at(mut self, place: Vec<Step<'a>>) -> Problem<'a> {
        self.places.push(place);
        self
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

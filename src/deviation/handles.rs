//! The bugs of a report by name, for those who look up many.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::report::{BugIx, Report};

/// The bugs of a report by handle, and by id and title.
///
/// The handle of one of several bugs with the same id says which of them it is in the order of the document,
/// and a save can change that order; id and title stay.
#[derive(Debug)]
pub struct Handles<'r> {
    handles: HashMap<Cow<'r, str>, BugIx>,
    titles: HashMap<(Cow<'r, str>, Cow<'r, str>), BugIx>,
}

impl<'r> Handles<'r> {
    /// Looks at every bug of the report once.
    pub fn of(report: &'r Report) -> Handles<'r> {
        let handles = report.indexes().map(|bug| (report.handle(bug), bug)).collect();
        let titled = |bug| Some(((report.id(bug)?, report.title(bug)), bug));
        Handles { handles, titles: report.indexes().filter_map(titled).collect() }
    }

    /// The bug that is called so.
    pub fn find(&self, handle: &str) -> Option<BugIx> {
        self.handles.get(handle).copied()
    }

    /// The bug that was called so and had this title: by id and title, else by handle.
    pub fn find_titled(&self, handle: &str, title: &str) -> Option<BugIx> {
        let id = handle
            .rsplit_once('#')
            .filter(|(_, nth)| nth.parse::<u32>().is_ok())
            .map_or(handle, |(id, _)| id);
        let of = |id: &str| self.titles.get(&(Cow::Borrowed(id), Cow::Borrowed(title))).copied();
        of(handle).or_else(|| of(id)).or_else(|| self.find(handle))
    }
}

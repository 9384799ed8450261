//! The bugs that items name. An entry of a log says what its bug was titled, so that it goes to no other bug that is called so in
//! another copy of the report.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use crate::cli::show;
use crate::deviation::Handles;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::proposal::{Item, What};
use crate::report::{BugIx, Report};
use crate::text::display;

/// The names of the bugs of a report, looked up for all items of a file.
pub(in crate::cli::apply) struct Names<'r> {
    report: &'r Report,
    /// Made once a title is another than it was.
    handles: OnceCell<Handles<'r>>,
    /// Whether the report tells words for levels from the levels' own, of those that were asked for.
    levels: RefCell<HashMap<String, bool>>,
}

impl<'r> Names<'r> {
    pub(in crate::cli::apply) fn of(report: &'r Report) -> Names<'r> {
        Names { report, handles: OnceCell::new(), levels: RefCell::default() }
    }

    /// The bugs that an item names.
    pub(super) fn of_item(&self, item: &Item<'_>) -> Vec<Result<BugIx>> {
        match &item.what {
            What::Said(said) => super::ids(said).into_iter().map(|id| show::named(self.report, id)).collect(),
            What::Logged(logged) => logged.bugs.iter().map(|bug| self.logged(&bug.id, &bug.title)).collect(),
        }
    }

    /// The bug that an entry of a log calls so.
    ///
    /// # Errors
    /// Kind usage, where no bug is called so, or another is by now.
    pub(super) fn logged(&self, id: &str, title: &str) -> Result<BugIx> {
        let called = show::named(self.report, id);
        let is_it = |bug: &BugIx| title.is_empty() || self.report.title(*bug) == title;
        if called.as_ref().is_ok_and(is_it) {
            return called;
        }
        let handles = self.handles.get_or_init(|| Handles::of(self.report));
        match handles.find_logged(id, title) {
            Some(bug) => Ok(bug),
            None => called.and_then(|bug| Err(self.another(bug, id, title))),
        }
    }

    /// Whether the report tells a word for a level from the level's own; looked up once.
    pub(super) fn says_level_so(&self, word: &str) -> bool {
        let mut levels = self.levels.borrow_mut();
        match levels.get(word) {
            Some(says) => *says,
            None => *levels.entry(word.to_owned()).or_insert(self.report.says_level_so(word)),
        }
    }

    fn another(&self, bug: BugIx, id: &str, title: &str) -> Fault {
        let is = self.report.title(bug);
        let [is, was] = [&*is, title].map(display::brief);
        Fault::new(Trouble::Usage, format!("{id} is another bug here: “{is}”, not “{was}”"))
            .hint("name the bug as it is called here, with the title that it has here")
    }
}

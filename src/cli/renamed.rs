//! Bugs with the same id, of which a save has changed the order: what each is called now.

use std::collections::HashMap;

use serde::Serialize;

use super::out::Out;
use super::words;
use crate::report::{BugIx, Report};

/// How many of them are told one by one.
const TOLD: usize = 5;

/// A bug that is called otherwise after a save.
#[derive(Debug, Serialize)]
pub(super) struct Renamed {
    bug: String,
    title: String,
    now: String,
}

/// The bugs that are called otherwise in a report than before a save, in the order of their names before. One whose title
/// another of its id has, too, cannot be told from that.
pub(super) fn renamed(before: &Report, after: &Report) -> Vec<Renamed> {
    let twins = before.twins();
    if twins.is_empty() {
        return Vec::new();
    }
    let now = by_title(after, &after.twins());
    let alone = |bugs: &Vec<BugIx>| if let [bug] = bugs[..] { Some(bug) } else { None };
    let renamed = by_title(before, &twins).into_iter().filter_map(|(named, bugs)| {
        let (was, is) = (alone(&bugs)?, alone(now.get(&named)?)?);
        let (bug, now) = (before.handle(was), after.handle(is));
        let title = named.1;
        (bug != now).then(|| Renamed { bug: bug.into_owned(), title, now: now.into_owned() })
    });
    let mut renamed: Vec<Renamed> = renamed.collect();
    renamed.sort_by(|one, other| one.bug.cmp(&other.bug));
    renamed
}

/// Bugs by id and title.
fn by_title(report: &Report, bugs: &[BugIx]) -> HashMap<(String, String), Vec<BugIx>> {
    let mut all: HashMap<(String, String), Vec<BugIx>> = HashMap::new();
    for bug in bugs.iter().copied() {
        all.entry((report.name(bug).into_owned(), report.title(bug).into_owned())).or_default().push(bug);
    }
    all
}

/// Says what each is called now.
pub(super) fn said(renamed: &[Renamed], out: &mut Out) {
    for Renamed { bug, title, now } in renamed.iter().take(TOLD) {
        out.line(format_args!("{} is called {now} now", words::titled(bug, title)));
    }
    if let Some(more @ 1..) = renamed.len().checked_sub(TOLD) {
        out.line(format_args!("{more} more with an id that others have are called otherwise now"));
    }
}

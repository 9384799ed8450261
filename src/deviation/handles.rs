//! The bugs of a report by name, for those who look up many.

mod names;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::report::{BugIx, Report};
use names::Names;

/// An id and a title.
type Named<'r> = (Cow<'r, str>, Cow<'r, str>);

/// How many handles may be looked for without taking in all bugs.
const MANY: usize = 64;

/// The bugs of a report by handle, and by id and title.
///
/// The handle of one of several bugs with the same id says which of them it is in the order of the document,
/// and a save can change that order; id and title stay.
#[derive(Debug)]
pub struct Handles<'r> {
    report: &'r Report,
    bugs: Vec<BugIx>,
    /// What each of them is called.
    handles: Names<'r>,
    /// Whether a handle may be an id with a number behind it. Where none is, and no two are the same, no two bugs have one id.
    are_numbered: bool,
    /// The bugs by id and title, once they are asked for.
    titled: OnceLock<Titled<'r>>,
    /// All titles that there are, once they are asked for.
    all: OnceLock<HashSet<Cow<'r, str>>>,
}

/// Bugs by id and title.
#[derive(Debug)]
struct Titled<'r> {
    /// The last of several.
    titles: HashMap<Named<'r>, BugIx>,
    /// Those of which there are several, in document order.
    repeated: HashMap<Named<'r>, Arc<[BugIx]>>,
}

impl<'r> Handles<'r> {
    /// Takes in every bug of the report.
    pub fn of(report: &'r Report) -> Handles<'r> {
        Handles::among(report, report.indexes().collect())
    }

    /// Takes in those that are looked for under these handles, which costs less where they are few. Where they are many, all
    /// are taken in.
    pub fn called<'n>(
        report: &'r Report,
        handles: impl IntoIterator<Item = &'n str, IntoIter: Clone>,
    ) -> Handles<'r> {
        let handles = handles.into_iter();
        if handles.clone().nth(MANY.max(report.len() / 2)).is_some() {
            return Handles::of(report);
        }
        let names: HashSet<&str> = handles.flat_map(names).collect();
        let ends = Ends::of(&names);
        let is_called = |bug: &BugIx| {
            if let Some(written) = report.written_handle(*bug)
                && let Ok(handle) = std::str::from_utf8(written)
            {
                if !ends.have(handle) && memchr::memchr(b'#', written).is_none() {
                    return false;
                }
                return names.contains(handle) || handle.contains('#') && names.contains(id(handle));
            }
            let handle = report.handle(*bug);
            report.id(*bug).is_some_and(|id| names.contains(&*id))
                || [&*handle, id(&handle)].iter().any(|name| names.contains(name))
        };
        Handles::among(report, report.named_such(is_called))
    }

    fn among(report: &'r Report, bugs: Vec<BugIx>) -> Handles<'r> {
        let named: Vec<Cow<'r, str>> = bugs.par_iter().map(|bug| report.handle(*bug)).collect();
        let is_numbered = |handle: &Cow<'r, str>| memchr::memchr(b'#', handle.as_bytes()).is_some();
        let has_number = named.par_iter().any(is_numbered);
        let handles = Names::of(named);
        let are_numbered = has_number || handles.are_repeated();
        Handles { report, bugs, handles, are_numbered, titled: OnceLock::new(), all: OnceLock::new() }
    }

    fn titled(&self) -> &Titled<'r> {
        self.titled.get_or_init(|| Titled::of(self.report, &self.bugs))
    }

    /// The bug that is called so.
    pub fn find(&self, handle: &str) -> Option<BugIx> {
        self.handles.last(handle).map(|at| self.bugs[at])
    }

    /// Whether several bugs have one id and title.
    pub(super) fn have_twins(&self) -> bool {
        self.are_numbered && !self.titled().repeated.is_empty()
    }

    /// All bugs that have the id of this handle and this title, in document order, where there are several.
    pub fn twins(&self, handle: &str, title: &str) -> Arc<[BugIx]> {
        if !self.have_twins() {
            return Arc::default();
        }
        let ids = [handle, id(handle)].into_iter();
        let mut twins = ids.filter_map(|id| self.titled().repeated.get(&named(id, title)).cloned());
        twins.next().unwrap_or_default()
    }

    /// The bug that an entry of the log calls so, with the title that it had then; never another one that has come to be called
    /// so.
    ///
    /// It is the one that has id and title, and of several the one that is called so. Where there is none, the title may have
    /// been edited: then it is the one that alone has the id, where no bug has the old title and the new one keeps most of its
    /// words. An entry without a title, as somebody may write it by hand, is about whatever is called so.
    pub fn find_logged(&self, handle: &str, title: &str) -> Option<BugIx> {
        let called = self.find(handle);
        let has_title = |bug: &BugIx| self.report.title(*bug) == title;
        if title.is_empty() || called.as_ref().is_some_and(has_title) {
            return called;
        }
        let Titled { titles, repeated } = self.titled();
        match [handle, id(handle)].into_iter().find(|id| titles.contains_key(&named(id, title))) {
            Some(id) if repeated.contains_key(&named(id, title)) => None,
            Some(id) => titles.get(&named(id, title)).copied(),
            None => called.filter(|bug| self.is_alone(handle) && self.is_edited(*bug, title)),
        }
    }

    /// Whether no two bugs have the id that is this handle.
    fn is_alone(&self, handle: &str) -> bool {
        id(handle) == handle && self.find(&format!("{handle}#2")).is_none()
    }

    /// Whether the title of a bug may have been made from this one, which no bug has any more.
    fn is_edited(&self, bug: BugIx, title: &str) -> bool {
        let titles = || self.report.indexes().map(|bug| self.report.title(bug)).collect();
        !self.all.get_or_init(titles).contains(title) && is_alike(&self.report.title(bug), title)
    }
}

impl<'r> Titled<'r> {
    fn of(report: &'r Report, bugs: &[BugIx]) -> Titled<'r> {
        let (mut titles, mut repeated) =
            (HashMap::with_capacity(bugs.len()), HashMap::<_, Vec<BugIx>>::new());
        for bug in bugs.iter().copied() {
            let id = report.id(bug).unwrap_or_else(|| Cow::Owned(id(&report.handle(bug)).to_owned()));
            let named = (id, report.title(bug));
            if let Some(before) = titles.insert(named.clone(), bug) {
                repeated.entry(named).or_insert_with(|| vec![before]).push(bug);
            }
        }
        let repeated = repeated.into_iter().map(|(named, bugs)| (named, bugs.into()));
        Titled { titles, repeated: repeated.collect() }
    }
}

/// The last two bytes of names, which tell most others apart in no time.
struct Ends(Vec<bool>);

impl Ends {
    fn of(names: &HashSet<&str>) -> Ends {
        let mut ends = vec![false; 1 << 16];
        names.iter().for_each(|name| ends[Ends::at(name)] = true);
        Ends(ends)
    }

    fn have(&self, name: &str) -> bool {
        self.0[Ends::at(name)]
    }

    fn at(name: &str) -> usize {
        let last = |nth: usize| name.len().checked_sub(nth).map_or(0, |at| usize::from(name.as_bytes()[at]));
        last(2) << 8 | last(1)
    }
}

fn named<'a>(id: &'a str, title: &'a str) -> Named<'a> {
    (Cow::Borrowed(id), Cow::Borrowed(title))
}

/// A handle, and the same without that number where it has one.
fn names(handle: &str) -> impl Iterator<Item = &str> {
    let id = id(handle);
    [handle].into_iter().chain((id.len() < handle.len()).then_some(id))
}

/// A handle without the number that tells bugs of the same id apart.
fn id(handle: &str) -> &str {
    let numbered = handle.rsplit_once('#').filter(|(_, nth)| nth.parse::<u32>().is_ok());
    numbered.map_or(handle, |(id, _)| id)
}

/// Whether two titles have two thirds of the words of the longer in common, or one has all of the other, which must be two at
/// least.
fn is_alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(words);
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let common = one.intersection(&other).count();
    3 * common >= 2 * longer.max(1) || common == shorter && common > 1
}

fn words(title: &str) -> HashSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::methodology::Methodology;

    fn found(report: &str, handle: &str, title: &str) -> Option<u32> {
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(report.as_bytes().into(), &methodology);
        Handles::of(&report).find_logged(handle, title).map(|bug| bug.0)
    }

    fn report(bugs: &[&str]) -> String {
        bugs.iter().map(|bug| format!("## {bug}\n\n- **Severity:** P1\n\n")).collect()
    }

    /// A decision would be shown at, and undone on, a bug that nobody made it on.
    #[test]
    fn an_entry_is_at_no_other_bug_that_has_come_to_be_called_so() {
        let renumbered = report(&["A-1: The gate is stuck", "A-2: Rain gets in"]);
        assert_eq!(found(&renumbered, "A-1", "The lamp is dark"), None, "gone, and its number given away");
        assert_eq!(found(&renumbered, "A-1", "Rain gets in"), None, "it is another by now");
        let moved = report(&["A-1: The gate is stuck again", "A-2: The gate is stuck"]);
        assert_eq!(found(&moved, "A-1", "The gate is stuck"), None, "another bug has the title");
    }

    #[test]
    fn an_entry_follows_its_bug_where_the_title_is_edited() {
        let edited = report(&["A-1: The gate is stuck, in winter", "A-2: Rain gets in"]);
        assert_eq!(found(&edited, "A-1", "The gate is stuck"), Some(0), "more words");
        assert_eq!(found(&edited, "A-1", "The gate is jammed in winter"), Some(0), "another word");
        assert_eq!(found(&edited, "A-2", "rain gets in!"), Some(1));
        assert_eq!(found(&edited, "A-2", ""), Some(1), "written by hand");
    }

    /// Of two bugs of one id, the last would have the decisions of both.
    #[test]
    fn of_bugs_alike_an_entry_is_at_the_one_that_is_called_so() {
        let twins = report(&["A-1: Rain gets in", "A-1: Rain gets in", "A-1: The gate is stuck"]);
        let at = |handle: &str, title: &str| found(&twins, handle, title);
        assert_eq!((at("A-1", "Rain gets in"), at("A-1#2", "Rain gets in")), (Some(0), Some(1)));
        assert_eq!(at("A-1#3", "Rain gets in"), None, "it cannot be told which");
        assert_eq!(at("A-1", "The gate is stuck"), Some(2), "it stood first then");
        assert_eq!(at("A-1", "The gate is stuck again"), None, "one of several");
    }

    /// A saved decision would be shown at another bug, or at none.
    #[test]
    fn few_handles_find_what_all_find() {
        let heads =
            ["BUG-1: One", "BUG-1: Two", "BUG-1: One", "No id", "No id", "BUG-2: Two", "BUG-1#2: Odd"];
        let text: String = heads.map(|head| format!("### {head}\n\n- **Severity:** P1\n\n")).concat();
        let methodology = Arc::new(Methodology::embedded());
        let report = Report::parse(text.into_bytes().into(), &methodology);
        let all = Handles::of(&report);
        let handles: Vec<String> = report.indexes().map(|bug| report.handle(bug).into_owned()).collect();
        assert_eq!(handles.len(), heads.len());
        for handle in handles.iter().map(String::as_str).chain(["BUG-1#9", "BUG-3", "no-id#x", ""]) {
            let few = Handles::called(&report, [handle]);
            assert_eq!(few.find(handle), all.find(handle), "{handle}");
            for title in ["One", "Two", "No id", "Odd", "Gone", "Two of them", ""] {
                let found = |handles: &Handles<'_>| {
                    (handles.twins(handle, title), handles.find_logged(handle, title))
                };
                assert_eq!(found(&few), found(&all), "{handle} {title}");
            }
        }
    }
}

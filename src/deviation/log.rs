//! A deviation log as read: whatever its bytes are, as many entries as can be made out.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use rayon::prelude::*;

use super::chain::{self, Link};
use super::entry::Entry;
use super::yaml;
use crate::fault::Fault;
use crate::text::conflict;
use crate::yaml::{Document, documents};

/// Something wrong with a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The 1-based line of the log.
    pub line: usize,
    /// What, in one sentence without a full stop.
    pub what: String,
}

/// A deviation log, read.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The entries that can be read, in the order of the file.
    pub entries: Vec<Entry>,
    /// What cannot be read. [`Log::verify`] finds what can be read and is not as it was written.
    pub problems: Vec<Problem>,
    links: Vec<Link>,
    /// The line where both sides of a merge stand.
    conflict: Option<usize>,
}

impl Log {
    /// Reads a log. Never fails: an entry that cannot be read is a problem, and reading goes on after it.
    pub fn read(bytes: &[u8]) -> Log {
        let text = std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        let (links, read) = rayon::join(|| chain::links(bytes), || entries(&text));
        let conflict = conflict::find(bytes).map(|at| 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count());
        let mut log = Log { links, conflict, ..Log::default() };
        for read in read {
            match read {
                Ok(entry) => log.entries.push(entry),
                Err(problem) => log.problems.push(problem),
            }
        }
        log
    }

    /// The ids that no entry names as before it, in the order of the file: one, but for two or more
    /// after a merge, and none in an empty log.
    pub fn heads(&self) -> Vec<String> {
        chain::heads(&self.links)
    }

    /// Whether it has the entry of this id, as it was written and to its end.
    pub fn holds(&self, id: &str) -> bool {
        self.whole().any(|known| known == id)
    }

    /// Whether it has all of these.
    pub fn holds_all(&self, ids: &[String]) -> bool {
        let known: HashSet<&str> = self.whole().collect();
        ids.iter().all(|id| known.contains(id.as_str()))
    }

    /// The ids of the entries that stand there as they were written.
    fn whole(&self) -> impl Iterator<Item = &str> {
        self.links.iter().filter_map(|link| link.id.as_deref().filter(|id| link.sum == *id))
    }

    /// Recomputes the chain and says where it is broken. Entries cut off at the end do not show, and what else is broken
    /// where a merge was left undecided follows from that.
    pub fn verify(&self) -> Vec<Problem> {
        match self.conflict {
            Some(line) => vec![Problem { line, what: UNDECIDED.to_owned() }],
            None => chain::verify(&self.links),
        }
    }
}

/// The entry of each document, or what is wrong with it.
fn entries(text: &str) -> Vec<Result<Entry, Problem>> {
    let documents: Vec<Document<'_>> = documents(text, Path::new(NAME)).collect();
    let read =
        |document: &Document<'_>| yaml::entry(document).map_err(|fault| unread(document.line(), &fault));
    documents.par_iter().map(read).collect()
}

/// That the entry which begins on this line cannot be read: the line told is the one that is to be looked at.
fn unread(begins: usize, fault: &Fault) -> Problem {
    let line = fault.line_number().unwrap_or(begins);
    let place = format!("{NAME}:{line}: ");
    let said = fault.to_string();
    let said = said.strip_prefix(&place).unwrap_or(&said);
    let entry = if line == begins { String::new() } else { format!(", which begins on line {begins},") };
    Problem { line, what: format!("this entry{entry} cannot be read: {said}") }
}

const UNDECIDED: &str = "a merge left both sides here: put the entries of both below each other, each as it was on its side, \
                         take the marks out, and save once, which joins them";

/// What an error within an entry calls the file.
const NAME: &str = "log";

#[cfg(test)]
mod tests;

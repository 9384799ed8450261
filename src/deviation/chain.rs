//! How entries are chained: ids from hashes of raw bytes, and what breaks a chain.
//!
//! A link is found without reading YAML, so that one damaged entry hides no other and no two
//! spellings of the same YAML are taken for each other.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::log::Problem;

/// The start of the line that names an entry.
pub(super) const ID: &str = "id: ";
/// The start of the line that names the entries before it.
pub(super) const PREV: &str = "prev: ";
/// The line that begins a document.
const START: &[u8] = b"---\n";

/// What the chain needs to know of one document of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The 1-based line that it begins on.
    pub(super) line: usize,
    /// The id it gives itself; `None` where it has no `id:` line.
    pub(super) id: Option<String>,
    /// The entries that it names as those before it.
    pub(super) prev: Vec<String>,
    /// The id that follows from its bytes.
    pub(super) sum: String,
}

/// The id of the entry whose document goes on with these bytes after its `id:` line.
pub(super) fn id_of(body: &[u8]) -> String {
    Sum::of(body).id()
}

/// What the id of an entry is made from, to which more can be added.
#[derive(Clone)]
pub(super) struct Sum(Sha256);

impl Sum {
    /// That of these bytes.
    pub(super) fn of(body: &[u8]) -> Sum {
        Sum(Sha256::new_with_prefix(body))
    }

    /// The same with these behind them.
    pub(super) fn and(self, more: &[u8]) -> Sum {
        Sum(self.0.chain_update(more))
    }

    /// The id that follows from it.
    pub(super) fn id(&self) -> String {
        let sum = self.0.clone().finalize();
        sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// An id as YAML takes for text: in quotes where its digits could be a number.
pub(super) fn written(id: &str) -> String {
    let number = id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'e');
    if number { format!("\"{id}\"") } else { id.to_owned() }
}

/// The links of a log, in order.
pub(super) fn links(log: &[u8]) -> Vec<Link> {
    let documents: Vec<&[u8]> = documents(log).collect();
    let read = |document: &&[u8]| (link(document), memchr::memchr_iter(b'\n', document).count());
    let read: Vec<(Link, usize)> = documents.par_iter().map(read).collect();
    let mut next = 1;
    let placed = read.into_iter().map(|(link, lines)| {
        let line = next;
        next += lines;
        Link { line, ..link }
    });
    placed.collect()
}

/// The documents of the stream, together all of its bytes; what stands before the first is one too.
fn documents(log: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts = memchr::memmem::find_iter(log, START).filter(|&at| at == 0 || log[at - 1] == b'\n');
    let mut cuts: Vec<usize> = std::iter::once(0).chain(starts).chain([log.len()]).collect();
    cuts.dedup();
    cuts.into_iter().scan(None, |last, cut| Some(last.replace(cut).map(|from| &log[from..cut]))).flatten()
}

/// What a document says of the chain, as if it began on the first line.
fn link(document: &[u8]) -> Link {
    let entry = document.strip_prefix(START).and_then(|rest| named(rest, ID));
    let (id, body) = entry.map_or((None, document), |(id, body)| (Some(id), body));
    let prev = named(body, PREV).map_or("", |(prev, _)| prev);
    let prev = prev.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or("");
    Link {
        line: 1,
        id: id.map(|id| bare(id).to_owned()),
        prev: prev.split(", ").filter(|id| !id.is_empty()).map(|id| bare(id).to_owned()).collect(),
        sum: id_of(body),
    }
}

/// The value on the first line, if that line has this name, and the bytes after it.
fn named<'a>(bytes: &'a [u8], name: &str) -> Option<(&'a str, &'a [u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    let value = std::str::from_utf8(&bytes[..end]).ok()?.strip_prefix(name)?;
    Some((value, &bytes[end + 1..]))
}

fn bare(id: &str) -> &str {
    id.strip_prefix('"').and_then(|id| id.strip_suffix('"')).unwrap_or(id)
}

/// The ids that no entry names as before it, in the order of the log.
pub(super) fn heads(links: &[Link]) -> Vec<String> {
    open(links).filter_map(|link| link.id.clone()).collect()
}

/// The entries that no other follows.
fn open(links: &[Link]) -> impl Iterator<Item = &Link> {
    let named: HashSet<&str> = links.iter().flat_map(|link| &link.prev).map(String::as_str).collect();
    links.iter().filter(move |link| link.id.as_deref().is_some_and(|id| !named.contains(id)))
}

/// Everything that breaks the chain, by line.
pub(super) fn verify(links: &[Link]) -> Vec<Problem> {
    let all: HashMap<&str, usize> =
        links.iter().filter_map(|link| Some((link.id.as_deref()?, link.line))).collect();
    let mut above: HashMap<&str, usize> = HashMap::new();
    let mut problems = Vec::new();
    let last = links.last().map_or(0, |link| link.line);
    for link in links {
        let changed = if link.line == last { CUT_OFF } else { CHANGED };
        let faults = faults(link, changed, &above, &all);
        problems.extend(faults.into_iter().map(|what| Problem { line: link.line, what }));
        above.extend(link.id.as_deref().map(|id| (id, link.line)));
    }
    let loose = open(links).filter(|link| link.line != last);
    problems.extend(loose.map(|link| Problem { line: link.line, what: LOOSE.to_owned() }));
    problems.sort_by_key(|problem| problem.line);
    problems
}

const LOOSE: &str = "no entry follows this one: either two copies of the log were merged and nothing was \
                     saved since, or it was put in by hand";

/// What may have become of an entry that is not as it was written; of the last one nobody knows where it ended.
const CHANGED: &str = "was changed after it was written";
const CUT_OFF: &str =
    "is not as it was written: cut off, changed, or with something behind it that is no entry";

fn faults(
    link: &Link,
    changed: &str,
    above: &HashMap<&str, usize>,
    all: &HashMap<&str, usize>,
) -> Vec<String> {
    let Some(id) = link.id.as_deref() else {
        return vec![String::from("this is no entry: it has no `id:` line")];
    };
    let mut faults = Vec::new();
    if link.sum != id {
        faults.push(format!("entry {id} {changed}"));
    }
    if above.contains_key(id) {
        faults.push(format!("entry {id} stands twice"));
    }
    faults.extend(link.prev.iter().filter(|prev| !above.contains_key(prev.as_str())).map(|prev| {
        match all.get(prev.as_str()) {
            Some(line) => format!("entry {prev}, which comes before {id}, stands below it on line {line}"),
            None => format!("entry {prev}, which comes before {id}, is missing"),
        }
    }));
    let lines: Vec<usize> = link.prev.iter().filter_map(|prev| above.get(prev.as_str()).copied()).collect();
    if !lines.is_sorted() {
        let before = link.prev.join(", ");
        faults.push(format!(
            "the entries before {id} do not stand in the order in which it names them: {before}"
        ));
    }
    faults
}

//! What became of a save that was interrupted, told from report, log and the new file beside the report.
//!
//! A save appends to the log first and replaces the report after that, so a report that it replaced
//! always has its entries in the log; what it appended without replacing the report is cut off again. Where
//! somebody else has changed the report since, the new file tells: it is there until it has replaced the report,
//! or until what was appended has been taken back. A save that leaves the report as it is has come to its end only when the journal says so: that its entries can be
//! read does not tell whether they would outlast the power.

use std::cmp::Ordering;
use std::path::Path;

use crate::deviation::Log;
use crate::fault::Result;
use crate::store::fingerprint::Fingerprint;
use crate::store::fs::Fs;
use crate::store::journal::record::Begun;

/// What became of an interrupted save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Verdict {
    /// It did not replace the report.
    Dropped,
    /// It did all that it was to do.
    Finished,
}

/// What became of it, given what the report on disk is now, and whether the new file waits beside it.
pub(in crate::store) fn verdict(
    begun: &Begun,
    report: Option<&Fingerprint>,
    log: &Log,
    waits: bool,
) -> Verdict {
    let logged = is_logged(begun, log);
    let others_follow = log.entries.last().map(|entry| &entry.id) != begun.ids.last();
    let is_finished = match report {
        _ if begun.old == begun.new => logged && others_follow,
        Some(report) if *report == begun.new => true,
        Some(report) if *report == begun.old => false,
        _ => logged && !waits,
    };
    if is_finished { Verdict::Finished } else { Verdict::Dropped }
}

/// Whether all entries of the save are in the log.
pub(in crate::store) fn is_logged(begun: &Begun, log: &Log) -> bool {
    log.holds_all(&begun.ids)
}

/// How much of a log stands before what a save has added to its end; `None` where nothing there is of that save.
pub(in crate::store) fn before(log: &[u8], begun: &Begun) -> Option<u64> {
    let before = begun.log.unwrap_or(0);
    let tail = log.get(usize::try_from(before).ok()?..)?;
    let has_any = begun.log.is_none() || !tail.is_empty();
    (has_any && is_ours(tail, begun)).then_some(before)
}

/// Takes what a save has added to a log off its end; a log that it made goes.
pub(in crate::store) fn take_back(fs: &dyn Fs, log: &Path, begun: &Begun) -> Result<()> {
    let Some(bytes) = fs.read(log)? else { return Ok(()) };
    match (before(&bytes, begun), begun.log) {
        (Some(_), None) => fs.remove(log),
        (Some(before), Some(_)) => fs.cut(log, before),
        _ => Ok(()),
    }
}

/// Whether these bytes are what the save appended, or what a disk may have made of it that lost its power:
/// the beginning of it, or nothing, in blocks of zeros, which no log holds otherwise.
fn is_ours(tail: &[u8], begun: &Begun) -> bool {
    let blank = tail.iter().rev().take_while(|byte| **byte == 0).count();
    let (head, written) = (begun.head.as_bytes(), &tail[..tail.len() - blank]);
    match (written.len() as u64).cmp(&begun.appended.length()) {
        Ordering::Less if tail.len() as u64 > begun.appended.length() => false,
        Ordering::Less => tail.starts_with(&[0]) || head.starts_with(written) || written.starts_with(head),
        Ordering::Equal => Fingerprint::of(tail) == begun.appended,
        Ordering::Greater => false,
    }
}

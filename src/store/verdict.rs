//! What became of a save that was interrupted, told from report and log alone.
//!
//! A save appends to the log first and replaces the report after that, so a report that it replaced
//! always has its entries in the log; what it appended without replacing the report is cut off again.

use std::path::Path;

use super::fingerprint::Fingerprint;
use super::fs::Fs;
use super::record::Begun;
use crate::deviation::Log;
use crate::fault::Result;

/// What became of an interrupted save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It did not replace the report.
    Dropped,
    /// It did all that it was to do.
    Finished,
    /// Its entries are in the log, but the report is neither what it was nor what it was to become.
    Unclear,
}

/// What became of it, given what the report on disk is now.
pub(super) fn verdict(begun: &Begun, report: Option<&Fingerprint>, log: &Log) -> Verdict {
    let logged = is_logged(begun, log);
    match report {
        Some(report) if *report == begun.new && (logged || begun.new != begun.old) => Verdict::Finished,
        Some(report) if *report == begun.old => Verdict::Dropped,
        _ if logged => Verdict::Unclear,
        _ => Verdict::Dropped,
    }
}

/// Whether all entries of the save are in the log.
pub(super) fn is_logged(begun: &Begun, log: &Log) -> bool {
    begun.ids.iter().all(|id| log.holds(id))
}

/// Cuts off the end of the log that the save appended, in whole or in part, and nothing that anyone
/// else wrote.
pub(super) fn take_back(fs: &dyn Fs, log: &Path, begun: &Begun) -> Result<()> {
    let Some(bytes) = fs.read(log)? else { return Ok(()) };
    let before = begun.log.unwrap_or(0);
    let tail = usize::try_from(before).ok().and_then(|before| bytes.get(before..));
    match (tail, begun.log) {
        (Some(tail), None) if is_ours(tail, begun) => fs.remove(log),
        (Some(tail), Some(before)) if !tail.is_empty() && is_ours(tail, begun) => fs.cut(log, before),
        _ => Ok(()),
    }
}

/// Whether these bytes are what the save appended, or the beginning of it.
fn is_ours(tail: &[u8], begun: &Begun) -> bool {
    let length = tail.len() as u64;
    if length >= begun.appended.length() {
        return Fingerprint::of(tail) == begun.appended;
    }
    begun.head.as_bytes().starts_with(tail) || tail.starts_with(begun.head.as_bytes())
}

//! Decisions of a file that nothing speaks against until they are written: the report would not say what was decided.
//!
//! Which of them it is, the proof of a save does not tell: it is found by trying the first so many of them.

use std::collections::HashMap;

use crate::cli::world::Open;
use crate::fault::{Fault, Kind as Trouble, Result};
use crate::proposal::Item;
use crate::report::Writing;
use crate::triage::Event;

/// What to do about one.
const OTHERWISE: &str =
    "the report cannot say this, alone or beside what comes before it: word it otherwise, or leave it out";

/// The items that cannot be written, by their place in the file, and why.
pub(super) type Unwritten = HashMap<usize, Fault>;

/// The first of these events with which the report would not be read back as decided, and why; `None` where it would with all of
/// them.
///
/// # Errors
/// What keeps them from being tried.
pub(super) fn first(events: &[Event], open: &Open, writing: Writing) -> Result<Option<(usize, Fault)>> {
    let Some(mut why) = refusal(events, open, writing)? else { return Ok(None) };
    let (mut sound, mut refused) = (0, events.len());
    while refused - sound > 1 {
        let middle = sound.midpoint(refused);
        match refusal(&events[..middle], open, writing)? {
            Some(fault) => (refused, why) = (middle, fault),
            None => sound = middle,
        }
    }
    Ok(Some((refused - 1, why)))
}

/// Why the report cannot be written with these alone, if so.
fn refusal(events: &[Event], open: &Open, writing: Writing) -> Result<Option<Fault>> {
    let mut session = open.opened.session();
    events.iter().for_each(|event| session.apply(event.clone()));
    match open.store.rehearse(&open.opened.journal, &session, writing) {
        Ok(_) => Ok(None),
        Err(fault) if is_refusal(&fault) => Ok(Some(fault)),
        Err(fault) => Err(fault),
    }
}

/// Whether it is what is decided that keeps the report from being written.
pub(super) fn is_refusal(fault: &Fault) -> bool {
    matches!(fault.kind(), Trouble::Refused | Trouble::Unsaid)
}

/// The fault of an item that cannot be written, at its place.
pub(super) fn fault(item: &Item<'_>, why: &Fault) -> Fault {
    item.fault(None, why.clone().hinted(OTHERWISE))
}

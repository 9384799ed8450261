//! Decisions of a file that nothing speaks against until they are written: the report would not say what was decided.

use std::collections::HashMap;

use crate::fault::Fault;
use crate::proposal::Item;

/// What to do about one.
const OTHERWISE: &str =
    "the report cannot say this, alone or beside what comes before it: word it otherwise, or leave it out";

/// The items that cannot be written, by their place in the file, and why.
pub(super) type Unwritten = HashMap<usize, Fault>;

/// The fault of an item that cannot be written, at its place.
pub(super) fn fault(item: &Item<'_>, why: &Fault) -> Fault {
    item.fault(None, why.clone().hinted(OTHERWISE))
}

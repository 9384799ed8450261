//! The reports of a folder, for who names that in the place of a report.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::words::listed;
use super::world::World;
use crate::export::{Format, is_export};
use crate::fault::{Fault, Kind, Result};
use crate::methodology::Methodology;
use crate::store::{self, Candidate, Store};
use crate::text::counted;

/// How many reports of a folder are named.
pub(super) const NAMED: usize = 8;

/// Refuses a folder where a report is to be, and names those that are in it.
///
/// # Errors
/// Kind unreadable, where it is a folder.
pub(super) fn expect_none(path: &Path, world: &World) -> Result<()> {
    if !path.is_dir() {
        return Ok(());
    }
    let methodology = world.config_in(path)?.methodology;
    let found = reports(path, &world.looker(), &methodology).unwrap_or_default();
    let named =
        |one: &Candidate| format!("{} ({})", near(&one.path, world).display(), counted(one.bugs, "bug"));
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let fault = Fault::new(Kind::Unreadable, "this is a folder").at(whole);
    Err(fault.hint(match found.is_empty() {
        true => "name a file in it".to_owned(),
        false => {
            let first = found.iter().take(NAMED).map(named).collect();
            format!("name a report in it: {}", listed(first, found.len()))
        }
    }))
}

/// The reports of a folder, without what was exported of them, which lists bugs as well.
pub(super) fn reports(
    folder: &Path,
    store: &Store,
    methodology: &Arc<Methodology>,
) -> Result<Vec<Candidate>> {
    let mut found = store::candidates(folder, store, methodology, |text| !is_export(text))?;
    let exports = |one: &Candidate| Format::ALL.map(|format| format.beside(&one.path));
    let exported: HashSet<PathBuf> = found.iter().flat_map(exports).collect();
    found.retain(|one| !exported.contains(&one.path));
    Ok(found)
}

/// A path as a person here would type it.
pub(super) fn near<'a>(path: &'a Path, world: &World) -> &'a Path {
    path.strip_prefix(&world.env.cwd).or_else(|_| path.strip_prefix(".")).unwrap_or(path)
}

//! The gates that files set, held against the methodology.

use std::sync::Arc;

use super::file::SettingsFile;
use super::value::Given;
use crate::fault::Fault;
use crate::methodology::Methodology;
use crate::yaml::Step;

/// What is wrong with those that hold: the last file that sets any says which.
pub(super) fn faults(files: &[SettingsFile], methodology: &Arc<Methodology>) -> Vec<Fault> {
    let set = files.iter().rev().find_map(|file| Some((file, file.record.gates.as_ref()?)));
    let Some((file, Given(gates))) = set else { return Vec::new() };
    let wrong = gates.iter().enumerate().filter_map(|(at, gate)| {
        let refused = gate.expect_sense(methodology).err()?;
        let place = [Step::Key("gates"), Step::Item(at)];
        Some(file.document().fault(&place, refused.what).hint(refused.hint))
    });
    wrong.collect()
}

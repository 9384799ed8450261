//! Real reports, which the project is developed beside: their bugs are found, and none of them may be
//! harmed. What must be reached is in `floors`.

mod blocks;
mod counted;
mod decided;
mod floors;
mod rewrite;
mod same;
mod saves;
mod score;
mod touched;
mod truth;
mod undone;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use regrade::methodology::LevelId;
use regrade::report::{BugIx, Report};

use crate::parsed::METHODOLOGY;
use crate::place::shared;

/// Every Markdown document of the corpus; none where it is absent.
fn corpus() -> Vec<PathBuf> {
    markdown(["corpus/md"])
}

/// Every Markdown document of the corpus and of the reference; none where they are absent.
fn documents() -> Vec<PathBuf> {
    markdown(["corpus/md", "reference/atom"])
}

fn markdown<const N: usize>(folders: [&str; N]) -> Vec<PathBuf> {
    let folders = folders.into_iter().filter_map(shared);
    let entries = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

/// Bugs of a report, about so many at most, spread over all of it.
fn spread(report: &Report, most: usize) -> impl Iterator<Item = BugIx> {
    report.indexes().step_by(report.len().div_ceil(most).max(1))
}

/// Whether more is to be tried than time allows by default.
fn tries_all() -> bool {
    std::env::var_os("REGRADE_ALL").is_some_and(|all| all == "1")
}

/// The levels that a bug has not, the most severe first.
fn other_levels(report: &Report, bug: BugIx) -> impl Iterator<Item = LevelId> {
    let level = report.level(bug);
    METHODOLOGY.level_ids().filter(move |other| level != Some(*other))
}

/// The bugs of a report that are tried, so many by default, each with each level that it has not.
fn severities(report: &Report, sample: usize) -> Vec<(BugIx, LevelId)> {
    let bugs = spread(report, if tries_all() { usize::MAX } else { sample });
    bugs.flat_map(|bug| other_levels(report, bug).map(move |level| (bug, level))).collect()
}

/// The name of a document without its ending.
fn slug(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

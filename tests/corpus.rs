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

/// The name of a document without its ending.
fn slug(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

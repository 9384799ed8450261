//! The same decisions give a real report the same bytes, however many saves they take, and also where a log of them is applied.
//!
//! By default each document is tried with one course of decisions; `REGRADE_ALL=1` tries four, about more of its bugs.

use std::fs;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{documents, slug};
use crate::saves::{applied, differences};

fn tried(path: &PathBuf) -> (String, usize, Vec<String>) {
    let document = fs::read(path).unwrap();
    let all = std::env::var_os("REGRADE_ALL").is_some_and(|all| all == "1");
    let first = slug(path).len() % 4;
    let turns = if all { first..first + 4 } else { first..first + 1 };
    let courses = turns.map(|turn| differences(&document, turn));
    let (tried, wrong) = courses.fold((0, Vec::new()), |(count, wrong), (tried, differing)| {
        (count + tried, [wrong, differing].concat())
    });
    (slug(path), tried, wrong)
}

#[test]
fn the_same_decisions_give_the_same_bytes_however_many_saves_they_take() {
    let documents = documents();
    let all: Vec<_> = documents.par_iter().map(tried).collect();
    let wrong: Vec<_> = all.iter().filter(|(_, _, wrong)| !wrong.is_empty()).collect();
    let tried: usize = all.iter().map(|(_, tried, _)| tried).sum();
    eprintln!("tried {tried}");
    assert!(wrong.is_empty(), "not the same: {wrong:#?}");
    assert!(tried >= documents.len(), "{tried} of {} documents", documents.len());
}

#[test]
fn what_was_saved_and_decided_anew_is_applied_to_a_copy_step_by_step_and_once() {
    let documents = documents();
    let tried =
        |path: &PathBuf| (slug(path), applied(&fs::read(path).unwrap(), slug(path).len() % 4, "yaml"));
    let all: Vec<_> = documents.par_iter().map(tried).collect();
    let wrong: Vec<_> = all.iter().filter(|(_, wrong)| wrong.iter().flatten().next().is_some()).collect();
    let tried = all.iter().filter(|(_, wrong)| wrong.is_some()).count();
    eprintln!("tried {tried} of {}", documents.len());
    assert!(wrong.is_empty(), "{} not the same: {wrong:#?}", wrong.len());
    assert!(tried * 10 >= documents.len() * 8, "{tried} of {} documents", documents.len());
}

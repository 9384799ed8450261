//! Everything that is tested from outside the crate, in one binary.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs, unreachable_pub)]

mod actions;
mod apply;
mod architecture;
mod behaviour;
mod changed;
mod claims;
mod coded;
mod commands;
mod committing;
mod config;
mod corpus;
mod deciding;
mod decisions;
mod desk;
mod detail;
mod docs;
mod exports;
mod filter;
mod filtering;
mod forward;
mod further;
mod fuzz;
mod generated;
mod glimpse;
mod hostile;
mod kept;
mod in_line;
mod keys;
mod kill;
mod layouts;
mod linear;
mod list;
mod lossless;
#[cfg(unix)]
mod names;
mod opening;
mod others;
mod pages;
mod place;
mod policy;
mod popups;
mod proposing;
mod recording;
mod recover;
mod review;
mod saves;
mod screens;
mod shapes;
mod sites;
mod story;
mod suggest;
mod terminal;
mod undone;
mod wording;

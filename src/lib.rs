//! regrade: a keyboard-driven terminal workbench for triage reports.
//!
//! ARCHITECTURE.md is the map of this house. Its laws in short: a report's bytes change only where a
//! decision changes them ([`report`]); decisions are events that one place applies ([`triage`]); what has
//! been decided is on the disk before it shows ([`store`]); no byte of a report reaches a terminal raw
//! ([`text::display`]).

pub mod app;
pub mod cli;
pub mod config;
pub mod deviation;
pub mod export;
pub mod fault;
pub mod git;
pub mod methodology;
pub mod progress;
pub mod proposal;
pub mod publish;
pub mod report;
pub mod store;
pub mod text;
pub mod triage;
pub mod tui;
pub mod ui;
pub mod yaml;

//! regrade: a keyboard-driven terminal workbench for triage reports.

pub mod app;
pub mod cli;
pub mod config;
pub mod deviation;
pub mod fault;
pub mod methodology;
pub mod report;
pub mod store;
pub mod text;
pub mod triage;
pub mod tui;
pub mod ui;
pub mod yaml;

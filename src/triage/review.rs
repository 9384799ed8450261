//! How a review stands: its numbers, what a save would come to, and whether it passes the gates that were set.

pub mod gate;
pub mod gist;
pub mod stale;
pub mod statistics;

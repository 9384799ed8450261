//! The reviewer's judgement: decisions over a report that never changes.
//!
//! Pure: no clock, no user, no disk. A [`Session`] is changed by [`Session::apply`] alone, and by the
//! same events whether they come from a key or from the journal.

pub mod begun;
pub mod bugset;
pub mod decision;
pub mod fact;
pub mod fuzzy;
pub mod gate;
pub mod gist;
pub mod guard;
pub mod meaning;
pub mod misfit;
pub mod net;
pub mod order;
pub mod outcome;
pub mod past;
pub mod query;
mod recommended;
mod same;
pub mod session;
pub mod states;
pub mod statistics;
pub mod suggest;

pub use begun::Begun;
pub use bugset::BugSet;
pub use decision::{Answer, Decision, Draft, Event, JOINED, Kind, Part, Set, name_of};
pub use fact::Fact;
pub use gate::{Gate, Judged};
pub use gist::Gist;
pub use misfit::{Lost, Misfit};
pub use net::{Net, or_written};
pub use order::{Arranged, By, Group, Order};
pub use past::{Edited, Gone, Past, Reworded, edited, taken_back};
pub use session::{Barred, Session};
pub use states::States;
pub use statistics::{Pace, Statistics};

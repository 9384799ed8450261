//! The reviewer's judgement: decisions over a report that never changes.
//!
//! Pure: no clock, no user, no disk. A [`Session`] is changed by [`Session::apply`] alone, and by the
//! same events whether they come from a key or from the journal.

pub mod bugset;
pub mod decision;
pub mod fuzzy;
pub mod guard;
pub mod order;
pub mod outcome;
pub mod past;
pub mod query;
pub mod review;
pub mod session;
pub mod suggest;

pub use bugset::BugSet;
pub use decision::begun::Begun;
pub use decision::fact::Fact;
pub use decision::misfit::{Lost, Misfit};
pub use decision::{Answer, Decision, Draft, Event, JOINED, Kind, Part, Set, name_of};
pub use order::{Arranged, By, Group, Order};
pub use past::{Edited, Gone, Past, Reworded, Sides, edited, taken_back};
pub use review::gate::{Gate, Judged};
pub use review::gist::Gist;
pub use review::stale::Stale;
pub use review::statistics::{Pace, Statistics};
pub use session::net::{Net, or_written};
pub use session::states::States;
pub use session::{Barred, Session};

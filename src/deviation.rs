//! The deviation log: every saved decision, in a YAML stream beside the report.
//!
//! The log is only ever appended to. An entry's id is the first 16 hexadecimal digits of the SHA-256
//! of the exact bytes of its document that follow the `id:` line, and those bytes begin with `prev`,
//! the ids of the entries before it. So [`Log::verify`], which looks at raw bytes, finds every
//! entry that was changed, removed, put in or moved. What nothing in the file can show is that its
//! newest entries were cut off: the report and its history under version control show that.
//!
//! After a merge of two copies of a log two entries are followed by none; the next one names both, in the order in
//! which they stand. Among the entries of the two copies there is no other order.
//!
//! Nothing here touches a disk: bytes come in and go out.

mod back;
mod chain;
mod cut;
mod entry;
mod exact;
mod handles;
#[cfg(test)]
mod hostile;
mod in_order;
mod lines;
mod log;
mod logged;
mod past;
mod pending;
mod reversals;
mod scalar;
mod short;
mod term;
mod ways;
mod whereabouts;
mod yaml;

pub use entry::{BugRecord, ClaimRecord, Entry, FromTo};
pub use handles::Handles;
pub use in_order::in_order;
pub use log::{Log, Problem};
pub use logged::logged;
pub use past::past;
pub use pending::{Drafted, entries};
pub use reversals::{Meant, Reversals, reversals};
pub use term::scope_logged;

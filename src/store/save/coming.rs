//! A save that is about to be made, for whoever has to know of it before it is made: what is noted then is there also where
//! the program is killed right behind it. Nothing that is done there keeps the save from being made: it has a limit of its own, and
//! until it has come to an end the save can be given up as before.

use std::path::Path;
use std::sync::Arc;

use crate::deviation::Entry;
use crate::store::Store;
use crate::text::Bytes;

/// A save that is about to be made, proven and written aside.
#[derive(Debug)]
pub struct Coming<'a> {
    /// The real path of the report.
    pub report: &'a Path,
    /// The path of its log.
    pub log: &'a Path,
    /// The bytes of report and log as they are; `None` where there is no log.
    pub before: [Option<&'a Bytes>; 2],
    /// The bytes of both as they are to be.
    pub after: [&'a [u8]; 2],
    /// The entries that the log gets, oldest first.
    pub entries: &'a [Entry],
}

/// Who is told of saves that are about to be made, if anyone is.
pub(in crate::store) type Herald = Option<Arc<dyn Fn(&Coming<'_>) + Send + Sync>>;

impl Store {
    /// The same store, which tells of each save before it makes it.
    #[must_use]
    pub fn heralded(self, told: impl Fn(&Coming<'_>) + Send + Sync + 'static) -> Store {
        Store { herald: Some(Arc::new(told)), ..self }
    }
}

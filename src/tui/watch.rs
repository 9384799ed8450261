//! Notices that files have changed on the disk. They are asked for their stamps now and then, which works on
//! every file system, also where another machine writes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::store::Stamps;

/// What may change on the disk, as it is at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The stamps of what the desk goes by.
    pub stamps: Stamps,
    /// Whether who looks on may decide, for nobody else has the report any more.
    pub is_free: bool,
}

/// How long it takes at most until a change is noticed.
const PAUSE: Duration = Duration::from_millis(500);

/// A thread that watches for as long as this value lives.
pub(super) struct Watch {
    stirred: Receiver<()>,
    _alive: Sender<()>,
}

impl Watch {
    /// Watches what this looks at. Where no thread can be started nothing is ever noticed here: the change
    /// is when saving.
    pub(super) fn over(look: Box<dyn Fn() -> Seen + Send>) -> Watch {
        let (sender, stirred) = channel();
        let (alive, ended) = channel();
        let watch = move || {
            // Who had the report may have let go of it before the first look.
            let mut last = Seen { is_free: false, ..look() };
            while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let now = look();
                if now != last && sender.send(()).is_err() {
                    return;
                }
                last = now;
            }
        };
        drop(thread::Builder::new().spawn(watch));
        Watch { stirred, _alive: alive }
    }

    /// Whether anything has changed since this was last asked.
    pub(super) fn has_stirred(&self) -> bool {
        self.stirred.try_iter().count() > 0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    fn stirs(watch: &Watch) -> bool {
        let tries = (0..20).map(|_| thread::sleep(PAUSE / 4));
        tries.into_iter().any(|()| watch.has_stirred())
    }

    /// Who looks on would do so until the end of the day.
    #[test]
    fn a_report_that_is_let_go_of_is_noticed_though_no_file_changes() {
        let is_free = Arc::new(AtomicBool::new(false));
        let look = {
            let is_free = Arc::clone(&is_free);
            move || Seen { stamps: Stamps::default(), is_free: is_free.load(Ordering::Relaxed) }
        };
        let watch = Watch::over(Box::new(look.clone()));
        assert!(!stirs(&watch));
        is_free.store(true, Ordering::Relaxed);
        assert!(stirs(&watch) && stirs(&Watch::over(Box::new(look))));
    }
}

//! Notices that files have changed on the disk. They are asked for their stamps now and then, which works on
//! every file system, also where another machine writes.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::store::Stamps;

/// How long it takes at most until a change is noticed.
const PAUSE: Duration = Duration::from_millis(500);

/// A thread that watches for as long as this value lives.
pub(super) struct Watch {
    stirred: Receiver<()>,
    _alive: Sender<()>,
}

impl Watch {
    /// Watches what these stamps are of. Where no thread can be started nothing is ever noticed here: the change
    /// is when saving.
    pub(super) fn over(stamps: Box<dyn Fn() -> Stamps + Send>) -> Watch {
        let (sender, stirred) = channel();
        let (alive, ended) = channel();
        let watch = move || {
            let mut last = stamps();
            while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let now = stamps();
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

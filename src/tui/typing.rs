//! Keeps the rationale that is being typed, beside the loop: a terminal that is gone can keep the loop inside a read
//! that never returns, and what was typed must not go with it.
//!
//! It is written a moment after a key, never by the loop, and by nobody once the desk has been left.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::Unfinished;
use crate::triage::Begun;

/// How long what is typed further is waited for before it is written.
const PAUSE: Duration = Duration::from_millis(300);

/// How long leaving waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_millis(200);

/// Keeps what is being typed.
pub(super) struct Typing {
    place: Arc<Mutex<Place>>,
    sender: Sender<Option<Begun>>,
    last: Option<Begun>,
}

/// Where it is kept, until the desk is left.
struct Place {
    unfinished: Unfinished,
    is_left: bool,
}

impl Typing {
    /// Keeps it there; what was left there is what was typed last.
    pub(super) fn new(unfinished: Unfinished) -> Typing {
        let last = unfinished.begun();
        let place = Arc::new(Mutex::new(Place { unfinished, is_left: false }));
        let (sender, receiver) = channel();
        let writer = Arc::clone(&place);
        // Where no thread can be had, leaving still writes.
        drop(thread::Builder::new().spawn(move || write(&receiver, &writer)));
        Typing { place, sender, last }
    }

    /// What was typed last.
    pub(super) fn last(&self) -> Option<Begun> {
        self.last.clone()
    }

    /// Takes note of what is typed now.
    pub(super) fn note(&mut self, begun: Option<Begun>) {
        if self.last != begun {
            self.last.clone_from(&begun);
            drop(self.sender.send(begun));
        }
    }

    /// Leaves this for the next opening, and nothing after it.
    pub(super) fn leave(&self, begun: Option<&Begun>) {
        let until = Instant::now() + PATIENCE;
        loop {
            let place = match self.place.try_lock() {
                Ok(place) => Some(place),
                Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => None,
            };
            if let Some(mut place) = place {
                place.is_left = true;
                return place.unfinished.keep(begun);
            }
            if Instant::now() > until {
                return;
            }
            thread::sleep(PAUSE / 60);
        }
    }
}

fn write(typed: &Receiver<Option<Begun>>, place: &Mutex<Place>) {
    while let Ok(mut begun) = typed.recv() {
        thread::sleep(PAUSE);
        while let Ok(newer) = typed.try_recv() {
            begun = newer;
        }
        let place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_left {
            return;
        }
        place.unfinished.keep(begun.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::Store;

    /// Where the loop hangs, or the process is killed, nobody leaves as one should.
    #[test]
    fn what_is_typed_is_kept_without_anybody_leaving_and_not_after_that() {
        let folder = tempfile::tempdir().expect("a folder");
        let report = folder.path().join("bugs.md");
        fs::write(&report, "# x\n").expect("a file");
        let unfinished = Store::new(folder.path().join("state")).unfinished(&report);
        let mut typing = Typing::new(unfinished.clone());
        let begun = |text: &str| Some(Begun::from(text.to_owned()));
        ["Half", "Half a", "Half a reason"].iter().for_each(|text| typing.note(begun(text)));
        let until = Instant::now() + Duration::from_secs(20);
        while unfinished.begun() != begun("Half a reason") && Instant::now() < until {
            thread::sleep(PAUSE / 10);
        }
        assert_eq!(unfinished.begun(), begun("Half a reason"));
        assert_eq!(Typing::new(unfinished.clone()).last(), begun("Half a reason"));
        typing.note(begun("Half a reason and more"));
        typing.leave(None);
        thread::sleep(2 * PAUSE);
        assert_eq!(unfinished.begun(), None);
    }
}

//! Keeps the rationale that is being typed, beside the loop: a terminal that is gone can keep the loop inside a read
//! that never returns, and what was typed must not go with it.
//!
//! It is written a moment after a key, never by the loop, and by nobody once the desk has been left.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::Unfinished;

/// How long what is typed further is waited for before it is written.
const PAUSE: Duration = Duration::from_millis(300);

/// How long leaving waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_millis(200);

/// Keeps what is being typed.
pub(super) struct Typing {
    place: Arc<Mutex<Place>>,
    sender: Sender<Option<String>>,
    last: Option<String>,
}

/// Where it is kept, until the desk is left.
struct Place {
    unfinished: Unfinished,
    is_left: bool,
}

impl Typing {
    /// Keeps it there; what was left there is what was typed last.
    pub(super) fn new(unfinished: Unfinished) -> Typing {
        let last = unfinished.text();
        let place = Arc::new(Mutex::new(Place { unfinished, is_left: false }));
        let (sender, receiver) = channel();
        let writer = Arc::clone(&place);
        // Where no thread can be had, leaving still writes.
        drop(thread::Builder::new().spawn(move || write(&receiver, &writer)));
        Typing { place, sender, last }
    }

    /// What was typed last.
    pub(super) fn last(&self) -> Option<String> {
        self.last.clone()
    }

    /// Takes note of what is typed now.
    pub(super) fn note(&mut self, text: Option<String>) {
        if self.last != text {
            self.last.clone_from(&text);
            drop(self.sender.send(text));
        }
    }

    /// Leaves this for the next opening, and nothing after it.
    pub(super) fn leave(&self, text: Option<&str>) {
        let until = Instant::now() + PATIENCE;
        loop {
            let place = match self.place.try_lock() {
                Ok(place) => Some(place),
                Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => None,
            };
            if let Some(mut place) = place {
                place.is_left = true;
                return place.unfinished.keep(text);
            }
            if Instant::now() > until {
                return;
            }
            thread::sleep(PAUSE / 60);
        }
    }
}

fn write(typed: &Receiver<Option<String>>, place: &Mutex<Place>) {
    while let Ok(mut text) = typed.recv() {
        thread::sleep(PAUSE);
        while let Ok(newer) = typed.try_recv() {
            text = newer;
        }
        let place = place.lock().unwrap_or_else(PoisonError::into_inner);
        if place.is_left {
            return;
        }
        place.unfinished.keep(text.as_deref());
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
        ["Half", "Half a", "Half a reason"].iter().for_each(|text| typing.note(Some((*text).to_owned())));
        let until = Instant::now() + Duration::from_secs(20);
        while unfinished.text().as_deref() != Some("Half a reason") && Instant::now() < until {
            thread::sleep(PAUSE / 10);
        }
        assert_eq!(unfinished.text().as_deref(), Some("Half a reason"));
        assert_eq!(Typing::new(unfinished.clone()).last().as_deref(), Some("Half a reason"));
        typing.note(Some("Half a reason and more".to_owned()));
        typing.leave(None);
        thread::sleep(2 * PAUSE);
        assert_eq!(unfinished.text(), None);
    }
}

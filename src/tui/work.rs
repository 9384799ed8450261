//! Threads that work beside the loop, and their answers.
//!
//! A worker that panics answers with a fault; the desk stays open.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::precedence::Sharers;
use crate::app::Msg;
use crate::fault::{Fault, Kind};

/// The threads at work.
pub(super) struct Workers {
    sender: Sender<Option<Msg>>,
    receiver: Receiver<Option<Msg>>,
    running: usize,
    searches: [Arc<AtomicBool>; 4],
    sharers: Sharers,
}

/// What is searched for; the newest of a sort overtakes the one before.
#[derive(Clone, Copy, Debug)]
pub(super) enum Search {
    /// The bugs in view.
    Filter,
    /// Bugs among which one is picked.
    Picking,
    /// What is suggested.
    Suggestions,
    /// What facets the bugs have.
    Facets,
}

impl Workers {
    /// None yet; those that share long work aside count among these.
    pub(super) fn beside(sharers: Sharers) -> Workers {
        let (sender, receiver) = channel();
        Workers { sender, receiver, running: 0, searches: Default::default(), sharers }
    }

    /// Whether an answer is still to come.
    pub(super) fn busy(&self) -> bool {
        self.running > 0
    }

    /// Begins some work; `failed` makes the answer of work that panicked or could not begin.
    pub(super) fn begin(
        &mut self,
        failed: impl FnOnce(Fault) -> Msg + Copy + Send + 'static,
        work: impl FnOnce() -> Option<Msg> + Send + 'static,
    ) {
        let sender = self.sender.clone();
        let run = move || {
            let answer =
                catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Some(failed(broken(&*panic))));
            drop(sender.send(answer));
        };
        self.running += 1;
        if let Err(error) = thread::Builder::new().spawn(run) {
            let fault = Fault::new(Kind::Unwritable, "no thread could be started").because(error);
            drop(self.sender.send(Some(failed(fault))));
        }
    }

    /// Begins some work that nobody waits for: it leaves the processors to what somebody does wait for, one of them to
    /// the loop and the terminal, and does not stand in the way of a search, which goes on on all of them.
    pub(super) fn begin_aside(
        &mut self,
        failed: impl FnOnce(Fault) -> Msg + Copy + Send + 'static,
        work: impl FnOnce() -> Option<Msg> + Send + 'static,
    ) {
        let sharers = self.sharers.clone();
        self.begin(failed, move || {
            step_back();
            match sharers.known_to(rayon::ThreadPoolBuilder::new().num_threads(aside())).build() {
                Ok(pool) => pool.install(work),
                Err(_) => work(),
            }
        });
    }

    /// The next answer that has come, if any.
    pub(super) fn done(&mut self) -> Option<Msg> {
        while let Ok(answer) = self.receiver.try_recv() {
            self.running -= 1;
            if answer.is_some() {
                return answer;
            }
        }
        None
    }

    /// Tells the search of this sort that is under way that it is overtaken; gives what tells the next one.
    pub(super) fn overtake(&mut self, search: Search) -> Arc<AtomicBool> {
        let known = &mut self.searches[search as usize];
        known.store(true, Ordering::Relaxed);
        *known = Arc::default();
        Arc::clone(known)
    }
}

/// On how many threads work aside goes on: a thread that steps back still keeps one that wakes up waiting for a moment,
/// above all one of another program, such as the terminal, where the system weighs programs and not threads.
fn aside() -> usize {
    rayon::current_num_threads().saturating_sub(1).max(1)
}

/// How much this thread, and those that it starts, step back behind others.
#[cfg(target_os = "linux")]
const BACK: i32 = 10;

/// Elsewhere it would be the whole program that steps back. Where that is not allowed nothing is lost but time.
fn step_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, BACK);
}

fn broken(panic: &(dyn Any + Send)) -> Fault {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    Fault::new(Kind::Unwritable, format!("a part of regrade broke: {text}"))
        .hint("Nothing was changed by it, and every decision is in the journal. Please report this.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The desk would wait for ever for an answer that never comes.
    #[test]
    fn work_that_breaks_answers_with_a_fault() {
        let mut workers = Workers::beside(Sharers::default());
        workers.begin(Msg::NotSaved, || std::panic::resume_unwind(Box::new("on the rocks")));
        let answer = loop {
            match workers.done() {
                Some(answer) => break answer,
                None => assert!(workers.busy()),
            }
        };
        assert!(matches!(answer, Msg::NotSaved(fault) if fault.to_string().contains("on the rocks")));
        assert!(!workers.busy());
    }

    /// Keys and searches would wait for what is found out beside them, or all that comes after would be slow too.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_done_aside_steps_back_alone() {
        use rayon::prelude::*;
        let back = || rustix::process::getpriority_process(None).expect("Linux tells");
        let (before, mut workers) = (back(), Workers::beside(Sharers::default()));
        let (sender, told) = channel();
        workers.begin_aside(Msg::NotSaved, move || {
            let all: Vec<i32> = (0..64).into_par_iter().map(|_| back()).collect();
            sender.send((all, rayon::current_num_threads())).expect("the test listens");
            None
        });
        let (all, threads) = told.recv().expect("it is done");
        assert!(all.into_iter().all(|back| back == (before + BACK).min(19)), "19 is the last");
        assert_eq!(threads, (rayon::current_num_threads() - 1).max(1));
        assert_eq!(back(), before);
    }
}

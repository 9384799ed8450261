//! Keys go before workers: those leave one processor to the loop and to the terminal for as long as keys come.
//!
//! A thread that wakes up waits until the one that has the processor has had its turn, some milliseconds, above all one of
//! another program, such as the terminal: the system weighs programs and not threads. So while keys come one soon after the
//! other, the threads that share long work go on with the other processors. Only Linux can be told so, and only where there
//! are several processors; elsewhere nothing is lost but time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;

use self::here::{Moved, Thread};

/// How long after a key workers have all processors again: longer than it takes until a key that is held comes again.
const SPELL: Duration = Duration::from_millis(100);

/// The threads that share long work, and whether they keep out of the way.
#[derive(Debug, Default)]
pub(super) struct Precedence {
    workers: Arc<Mutex<Vec<Thread>>>,
    given: Option<(Instant, Vec<Moved>)>,
}

impl Precedence {
    /// That of keys over the workers that all of the program shares, where those have not been started yet.
    pub(super) fn over_workers() -> Precedence {
        let precedence = Precedence::default();
        let started = precedence.known_to(ThreadPoolBuilder::new()).build_global();
        if started.is_ok() { precedence } else { Precedence::default() }
    }

    /// Workers that say so as they start.
    fn known_to(&self, workers: ThreadPoolBuilder) -> ThreadPoolBuilder {
        let known = Arc::clone(&self.workers);
        workers.start_handler(move |_| {
            known.lock().unwrap_or_else(PoisonError::into_inner).extend(here::this_thread());
        })
    }

    /// A key has come while others work.
    pub(super) fn give(&mut self) {
        let moved = self.given.take().map(|(_, moved)| moved);
        let moved = moved
            .unwrap_or_else(|| here::leave_one(&self.workers.lock().unwrap_or_else(PoisonError::into_inner)));
        self.given = Some((Instant::now(), moved));
    }

    /// Looks whether keys still come.
    pub(super) fn look(&mut self) {
        if let Some((_, moved)) = self.given.take_if(|(since, _)| since.elapsed() > SPELL) {
            here::give_back(&moved);
        }
    }
}

impl Drop for Precedence {
    fn drop(&mut self) {
        self.given.iter().for_each(|(_, moved)| here::give_back(moved));
    }
}

#[cfg(target_os = "linux")]
mod here {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    pub(super) type Thread = Pid;

    /// A thread that was moved from the processors that it had to those without one.
    #[derive(Debug)]
    pub(super) struct Moved {
        thread: Thread,
        had: CpuSet,
        pub(super) has: CpuSet,
    }

    pub(super) fn this_thread() -> Option<Thread> {
        Some(gettid())
    }

    /// Moves threads off the processor that this one is on; gives those that had others, too.
    pub(super) fn leave_one(threads: &[Thread]) -> Vec<Moved> {
        let here = sched_getcpu();
        let leave = |thread: &Thread| {
            let had = sched_getaffinity(Some(*thread)).ok()?;
            let mut has = had;
            has.unset(here);
            (has != had && has.count() > 0).then_some(())?;
            sched_setaffinity(Some(*thread), &has).ok()?;
            Some(Moved { thread: *thread, had, has })
        };
        threads.iter().filter_map(leave).collect()
    }

    /// Moves threads back that nobody has moved elsewhere since.
    pub(super) fn give_back(moved: &[Moved]) {
        for Moved { thread, had, has } in moved {
            if sched_getaffinity(Some(*thread)).is_ok_and(|now| now == *has) {
                // One that has ended meanwhile needs none.
                let _ = sched_setaffinity(Some(*thread), had);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod here {
    pub(super) type Thread = ();

    #[derive(Debug)]
    pub(super) struct Moved;

    pub(super) fn this_thread() -> Option<Thread> {
        None
    }

    pub(super) fn leave_one(_: &[Thread]) -> Vec<Moved> {
        Vec::new()
    }

    pub(super) fn give_back(_: &[Moved]) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rayon::ThreadPool;
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    use super::*;

    fn own() -> CpuSet {
        sched_getaffinity(None).expect("Linux tells")
    }

    fn workers(precedence: &Precedence) -> ThreadPool {
        let workers = precedence.known_to(ThreadPoolBuilder::new().num_threads(2)).build().expect("threads");
        workers.broadcast(|_| ());
        workers
    }

    fn end_spell(precedence: &mut Precedence) {
        let long_ago = Instant::now() - SPELL * 2;
        precedence.given.iter_mut().for_each(|(since, _)| *since = long_ago);
        precedence.look();
    }

    /// Workers that stayed there for good would take twice as long, and such as did not go would be in the way.
    #[test]
    fn workers_leave_a_processor_while_keys_come_and_no_longer() {
        let mut precedence = Precedence::default();
        let (workers, all) = (workers(&precedence), own());
        precedence.give();
        precedence.given.iter_mut().for_each(|(since, _)| *since += SPELL * 1000);
        precedence.look();
        let left = (all.count() - 1).max(1);
        assert!(workers.broadcast(|_| own().count()).into_iter().all(|count| count == left));
        assert_eq!(own(), all, "the loop itself stays");
        end_spell(&mut precedence);
        assert!(workers.broadcast(|_| own()).into_iter().all(|processors| processors == all));
        precedence.give();
        drop(precedence);
        assert!(workers.broadcast(|_| own()).into_iter().all(|processors| processors == all));
    }

    /// Who says which processors a program may use would find that it uses others.
    #[test]
    fn workers_that_somebody_else_has_moved_stay_there() {
        let mut precedence = Precedence::default();
        let (workers, all) = (workers(&precedence), own());
        precedence.give();
        let Some(left) = precedence.given.iter().flat_map(|(_, moved)| moved).map(|moved| moved.has).next()
        else {
            return assert_eq!(all.count(), 1, "others could be left");
        };
        let mut other = all;
        (0..CpuSet::MAX_CPU).filter(|at| left.is_set(*at)).for_each(|at| other.unset(at));
        workers.broadcast(|_| sched_setaffinity(None, &other).expect("it may use it"));
        end_spell(&mut precedence);
        assert!(workers.broadcast(|_| own()).into_iter().all(|processors| processors == other));
    }
}

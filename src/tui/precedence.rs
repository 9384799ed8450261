//! Keys go before workers: those leave one processor to the loop and to the terminal for as long as keys come.
//!
//! A thread that wakes up waits until the one that has the processor has had its turn, some milliseconds, above all one of
//! another program, such as the terminal: the system weighs programs and not threads. So while keys come one soon after the
//! other, the threads that share long work go on with the other processors. Only Linux can be told so, and only where there
//! are several processors; elsewhere nothing is lost but time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rayon::ThreadPoolBuilder;

use self::here::{Moved, Thread};

/// How long after a key workers have all processors again: longer than it takes until a key that is held comes again.
const SPELL: Duration = Duration::from_millis(100);

/// The threads that share long work, as long as they are there.
#[derive(Clone, Debug, Default)]
pub struct Sharers(Arc<Mutex<Vec<Thread>>>);

impl Sharers {
    /// Those that all of the program shares, where they have not been started yet.
    pub(super) fn of_program() -> Sharers {
        let sharers = Sharers::default();
        let is_started = sharers.known_to(ThreadPoolBuilder::new()).build_global().is_ok();
        if is_started { sharers } else { Sharers::default() }
    }

    /// Threads that count among them from when they begin until they end.
    pub(super) fn known_to(&self, threads: ThreadPoolBuilder) -> ThreadPoolBuilder {
        let (begin, end) = (self.clone(), self.clone());
        let begin = move |_| begin.all().extend(here::this_thread());
        threads.start_handler(begin).exit_handler(move |_| {
            end.all().retain(|thread| Some(*thread) != here::this_thread());
        })
    }

    fn all(&self) -> MutexGuard<'_, Vec<Thread>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether those that share long work keep out of the way.
#[derive(Debug, Default)]
pub(super) struct Precedence {
    sharers: Sharers,
    given: Option<(Instant, Vec<Moved>)>,
}

impl Precedence {
    /// That of keys over these.
    pub(super) fn over(sharers: Sharers) -> Precedence {
        Precedence { sharers, given: None }
    }

    /// Those over whom keys go.
    pub(super) fn sharers(&self) -> &Sharers {
        &self.sharers
    }

    /// A key has come while others work.
    pub(super) fn give(&mut self) {
        let (_, mut moved) = self.given.take().unwrap_or_else(|| (Instant::now(), Vec::new()));
        here::leave_one(&self.sharers.all(), &mut moved);
        self.given = Some((Instant::now(), moved));
    }

    /// Looks whether keys still come.
    pub(super) fn look(&mut self) {
        if let Some((_, moved)) = self.given.take_if(|(since, _)| since.elapsed() > SPELL) {
            here::give_back(&self.sharers.all(), &moved);
        }
    }
}

impl Drop for Precedence {
    fn drop(&mut self) {
        self.given.iter().for_each(|(_, moved)| here::give_back(&self.sharers.all(), moved));
    }
}

#[cfg(target_os = "linux")]
mod here {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    pub(super) type Thread = Pid;

    /// A thread that was moved from the processors that it had to those without the one that it left.
    #[derive(Debug)]
    pub(super) struct Moved {
        thread: Thread,
        left: usize,
        had: CpuSet,
        pub(super) has: CpuSet,
    }

    pub(super) fn this_thread() -> Option<Thread> {
        Some(gettid())
    }

    /// Moves threads that have not been moved yet off one processor: the one that this thread is on, or that those before
    /// were moved off.
    pub(super) fn leave_one(threads: &[Thread], moved: &mut Vec<Moved>) {
        let here = moved.first().map_or_else(sched_getcpu, |moved| moved.left);
        for thread in threads {
            if !moved.iter().any(|moved| moved.thread == *thread) {
                moved.extend(leave(*thread, here));
            }
        }
    }

    fn leave(thread: Thread, left: usize) -> Option<Moved> {
        let had = sched_getaffinity(Some(thread)).ok()?;
        let mut has = had;
        has.unset(left);
        (has != had && has.count() > 0).then_some(())?;
        sched_setaffinity(Some(thread), &has).ok()?;
        Some(Moved { thread, left, had, has })
    }

    /// Moves threads back that are still there and that nobody has moved elsewhere since.
    pub(super) fn give_back(threads: &[Thread], moved: &[Moved]) {
        for Moved { thread, had, has, .. } in moved.iter().filter(|moved| threads.contains(&moved.thread)) {
            if sched_getaffinity(Some(*thread)).is_ok_and(|now| now == *has) {
                // It may use these as it did before; where that has changed it keeps what it has.
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

    pub(super) fn leave_one(_: &[Thread], _: &mut Vec<Moved>) {}

    pub(super) fn give_back(_: &[Thread], _: &[Moved]) {}
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
        let threads = ThreadPoolBuilder::new().num_threads(2);
        let workers = precedence.sharers().known_to(threads).build().expect("threads");
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

    /// The number of one that has ended may be that of a thread of another program by now.
    #[test]
    fn a_worker_that_has_ended_is_not_moved() {
        let mut precedence = Precedence::default();
        let workers = workers(&precedence);
        assert_eq!(precedence.sharers.all().len(), 2);
        drop(workers);
        while !precedence.sharers.all().is_empty() {
            std::thread::yield_now();
        }
        precedence.give();
        assert!(precedence.given.as_ref().is_some_and(|(_, moved)| moved.is_empty()));
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

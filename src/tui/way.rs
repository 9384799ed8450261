//! Workers leave one processor to the loop and to the terminal for as long as keys come.
//!
//! A thread that wakes up waits until the one that has the processor has had its turn, some milliseconds, above all one of
//! another program, such as the terminal: the system weighs programs and not threads. So while keys come quicker than anybody
//! waits for an answer, all other threads share the other processors. Only Linux can be told so, and only where there are
//! several processors; elsewhere nothing is lost but time.

use std::time::{Duration, Instant};

/// How long after a key workers have all processors again. A key that is held sends the next one within it.
const SPELL: Duration = Duration::from_millis(50);

/// Whether workers keep out of the way.
#[derive(Debug, Default)]
pub(super) struct Way {
    given: Option<Given>,
}

/// What workers have while keys come.
#[derive(Debug)]
struct Given {
    since: Instant,
    all: here::Processors,
    left: here::Processors,
}

impl Way {
    /// A key has come while others work, or has set them to work.
    pub(super) fn give(&mut self) {
        let ways = self.given.take().map(|given| (given.all, given.left)).or_else(here::all_and_all_but_one);
        self.given = ways.map(|(all, left)| {
            here::move_others(&left);
            Given { since: Instant::now(), all, left }
        });
    }

    /// Looks whether keys still come.
    pub(super) fn look(&mut self) {
        if let Some(given) = self.given.take_if(|given| given.since.elapsed() > SPELL) {
            here::move_others(&given.all);
        }
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.given.iter().for_each(|given| here::move_others(&given.all));
    }
}

#[cfg(target_os = "linux")]
mod here {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    pub(super) type Processors = CpuSet;

    /// The processors that this thread may use, and those without the one that it is on, if there are others.
    pub(super) fn all_and_all_but_one() -> Option<(CpuSet, CpuSet)> {
        let all = sched_getaffinity(None).ok()?;
        let mut left = all;
        left.unset(sched_getcpu());
        (left.count() > 0).then_some((all, left))
    }

    /// Has all threads but this one use these. One that has ended meanwhile needs none.
    pub(super) fn move_others(processors: &CpuSet) {
        let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let numbers = threads.filter_map(|thread| Pid::from_raw(thread.file_name().to_str()?.parse().ok()?));
        for thread in numbers.filter(|thread| *thread != gettid()) {
            let _ = sched_setaffinity(Some(thread), processors);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod here {
    pub(super) type Processors = ();

    pub(super) fn all_and_all_but_one() -> Option<((), ())> {
        None
    }

    pub(super) fn move_others(_: &()) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use rustix::thread::{CpuSet, gettid, sched_getaffinity};

    use super::*;

    /// A worker that stayed there for good would take twice as long, and one that did not go would be in the way. Desks of
    /// other tests move threads of this program, too.
    #[test]
    fn workers_leave_a_processor_while_keys_come_and_no_longer() {
        let (tell, told) = channel();
        let (end, ended) = channel::<()>();
        let worker = thread::spawn(move || {
            tell.send(gettid()).expect("the test listens");
            ended.recv().expect_err("nothing is sent");
        });
        let number = told.recv().expect("it tells");
        let has = || sched_getaffinity(Some(number)).expect("it has not ended");
        let is_at = |wanted: u32| {
            (0..1000).any(|_| {
                thread::sleep(Duration::from_millis(1));
                has().count() == wanted
            })
        };
        let all = sched_getaffinity(None).map_or(1, |all: CpuSet| all.count());
        let mut way = Way::default();
        way.give();
        assert!(is_at((all - 1).max(1)), "{:?} of {all}", has());
        way.given.iter_mut().for_each(|given| given.since -= SPELL * 2);
        way.look();
        assert!(way.given.is_none() && is_at(all), "{:?} of {all}", has());
        drop(end);
        worker.join().expect("it ends");
    }
}

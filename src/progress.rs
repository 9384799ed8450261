//! How far long work has come, and whether whoever waits for it still wants it.
//!
//! Only the long parts of it count and can be given up: reading a report, writing the new one, and committing it. From
//! the first byte that goes to the log on, a save is not given up any more.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

/// How long a file must be for its reading to be told of, in bytes.
const LONG: u64 = 4 << 20;

/// How many bytes are read or written between two looks at whether that is still wanted.
pub const PART: usize = 1 << 20;

/// What the work is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing long.
    #[default]
    Idle,
    /// A report is being read.
    Reading,
    /// What was read is being understood.
    Finding,
    /// A new report is being written.
    Writing,
    /// What was saved is being committed.
    Committing,
}

const STAGES: [Stage; 5] = [Stage::Idle, Stage::Reading, Stage::Finding, Stage::Writing, Stage::Committing];

/// How far some work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What it is at.
    pub stage: Stage,
    /// How much of that is done, in percent.
    pub percent: u8,
}

/// How far some work has come, and whether it is still wanted; all its clones are one.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    stage: AtomicU8,
    done: AtomicU64,
    all: AtomicU64,
    given_up: AtomicBool,
}

impl Progress {
    /// How far it has come.
    pub fn share(&self) -> Share {
        let inner = &*self.0;
        let stage = STAGES[usize::from(inner.stage.load(Ordering::Relaxed))];
        let (done, all) = (inner.done.load(Ordering::Relaxed), inner.all.load(Ordering::Relaxed));
        let percent = (done.min(all) * 100).checked_div(all).unwrap_or(0);
        Share { stage, percent: u8::try_from(percent).unwrap_or(100) }
    }

    /// Gives the work up, where it has not come too far for that.
    pub fn give_up(&self) {
        self.0.given_up.store(true, Ordering::Relaxed);
    }

    /// Whether it is not given up, which [`Progress::advance`] tells as well and then forgets.
    pub fn is_wanted(&self) -> bool {
        !self.0.given_up.load(Ordering::Relaxed)
    }

    /// Begins anew, with nothing given up.
    pub fn begin(&self) {
        self.0.given_up.store(false, Ordering::Relaxed);
        self.enter(Stage::Idle, 0);
    }

    /// Enters a stage of so many bytes.
    pub fn enter(&self, stage: Stage, bytes: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.all.store(bytes, Ordering::Relaxed);
        self.0.stage.store(stage as u8, Ordering::Relaxed);
    }

    /// Begins to tell of a file that is read, where it is long.
    pub fn reading(&self, bytes: u64) -> Option<&Progress> {
        (bytes >= LONG).then(|| {
            self.enter(Stage::Reading, bytes);
            self
        })
    }

    /// So many bytes more are done.
    ///
    /// # Errors
    /// Where the work was given up, once.
    pub fn advance(&self, bytes: usize) -> io::Result<()> {
        self.0.done.fetch_add(bytes as u64, Ordering::Relaxed);
        if self.0.given_up.swap(false, Ordering::Relaxed) { Err(io::Error::other(GivenUp)) } else { Ok(()) }
    }

    /// Writes bytes as a stage of their own.
    ///
    /// # Errors
    /// Where they cannot be written, or that was given up.
    pub fn write(&self, bytes: &[u8], out: &mut dyn Write) -> io::Result<()> {
        self.enter(Stage::Writing, bytes.len() as u64);
        let mut out = Told { progress: self, out, done: 0 };
        out.write_all(bytes).and_then(|()| out.flush())
    }
}

/// What is written, part by part.
struct Told<'a> {
    progress: &'a Progress,
    out: &'a mut dyn Write,
    /// How much of a part is written.
    done: usize,
}

impl Write for Told<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(&bytes[..bytes.len().min(PART - self.done)])?;
        self.done += written;
        if self.done == PART {
            self.done = 0;
            self.progress.advance(PART)?;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.progress.advance(std::mem::take(&mut self.done))?;
        self.out.flush()
    }
}

/// The work was given up.
#[derive(Clone, Copy, Debug)]
struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("given up")
    }
}

impl Error for GivenUp {}

/// Whether an error says that the work was given up.
pub fn is_given_up(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<GivenUp>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A gauge that went back, over its end, or stood still would be worse than none.
    #[test]
    fn the_share_follows_what_is_written() {
        let (progress, mut out) = (Progress::default(), Vec::new());
        assert_eq!(progress.share(), Share::default());
        progress.write(&vec![7; 3 * PART + 1], &mut out).expect("it is written");
        assert_eq!(
            (progress.share(), out.len()),
            (Share { stage: Stage::Writing, percent: 100 }, 3 * PART + 1)
        );
        progress.enter(Stage::Reading, 200);
        progress.advance(51).expect("it is wanted");
        assert_eq!(progress.share(), Share { stage: Stage::Reading, percent: 25 });
    }

    #[test]
    fn what_is_given_up_stops_once_and_can_begin_again() {
        let (progress, mut out) = (Progress::default(), Vec::new());
        progress.clone().give_up();
        let error = progress.write(&vec![7; 3 * PART], &mut out).expect_err("it was given up");
        assert!(is_given_up(&error) && out.len() == PART);
        progress.write(b"more", &mut out).expect("once is enough");
        progress.give_up();
        progress.begin();
        progress.write(b"more", &mut out).expect("that was before");
    }

    #[test]
    fn short_files_are_not_told_of() {
        let progress = Progress::default();
        assert!(progress.reading(LONG - 1).is_none() && progress.share() == Share::default());
        assert!(progress.reading(LONG).is_some());
    }
}

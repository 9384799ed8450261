//! What becomes of each call.

use std::io;

use super::Call;

/// What goes wrong at one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Trouble {
    /// It fails, before it has done anything or after it has done all.
    Fails(Errno, When),
    /// A write writes half; what is called after that fails for want of room.
    Short,
    /// It and all that follow fail, until the disk is healed.
    Stuck(Errno),
    /// The process ends.
    Ends(When),
}

/// At what point of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum When {
    Before,
    /// Of a write, when half of it is written.
    Half,
    After,
}

/// Why a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Errno {
    Io,
    Full,
    Denied,
}

/// What the power does once the process has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Power {
    /// It stays, and with it all that the system knows.
    Stays,
    /// It goes, and with it all names and content not synced.
    Lost,
    /// It goes; names are there, content not synced is not.
    Empty,
    /// It goes; names are there, and half of what was added to files and not synced.
    Half,
    /// It goes; names are there, and zeros in place of what was added to files and not synced.
    Zeros,
}

impl Power {
    /// All that it can do.
    pub(in crate::store) const ALL: [Power; 5] =
        [Power::Stays, Power::Lost, Power::Empty, Power::Half, Power::Zeros];
}

impl Errno {
    fn error(self) -> io::Error {
        io::Error::from_raw_os_error(match self {
            Errno::Io => 5,
            Errno::Full => 28,
            Errno::Denied => 13,
        })
    }
}

/// What becomes of a call.
pub(super) enum Fate {
    Done,
    /// Nothing of it is done.
    Refused(io::Error),
    /// It is done and fails all the same.
    Late(io::Error),
    /// Half of it is written, which is told as such or as an error.
    Half(Option<io::Error>),
}

/// What has happened and is to happen to the calls of a disk.
#[derive(Clone, Default)]
pub(super) struct Fates {
    calls: Vec<Call>,
    expected: Option<(usize, Trouble)>,
    stuck: Option<Errno>,
    ended: bool,
}

impl Fates {
    pub(super) fn expect(&mut self, at: usize, trouble: Trouble) {
        self.expected = Some((self.calls.len() + at, trouble));
    }

    pub(super) fn heal(&mut self) {
        self.stuck = None;
    }

    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    pub(super) fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// What becomes of the next call.
    pub(super) fn of(&mut self, call: Call) -> Fate {
        let number = self.calls.len();
        self.calls.push(call);
        if self.ended {
            return Fate::Refused(gone());
        }
        if let Some(errno) = self.stuck {
            return Fate::Refused(errno.error());
        }
        match self.expected {
            Some((at, trouble)) if at == number => self.strikes(trouble, number),
            _ => Fate::Done,
        }
    }

    fn strikes(&mut self, trouble: Trouble, number: usize) -> Fate {
        match trouble {
            Trouble::Fails(errno, When::Before) => Fate::Refused(errno.error()),
            Trouble::Fails(errno, _) => Fate::Late(errno.error()),
            Trouble::Stuck(errno) => {
                self.stuck = Some(errno);
                Fate::Refused(errno.error())
            }
            Trouble::Short => {
                self.expected = Some((number + 1, Trouble::Fails(Errno::Full, When::Before)));
                Fate::Half(None)
            }
            Trouble::Ends(when) => {
                self.ended = true;
                match when {
                    When::Before => Fate::Refused(gone()),
                    When::Half => Fate::Half(Some(gone())),
                    When::After => Fate::Late(gone()),
                }
            }
        }
    }
}

fn gone() -> io::Error {
    io::Error::other("the process has ended")
}

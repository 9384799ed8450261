//! A new file on the real disk, whose bytes go there while it is written: who syncs it in the end waits for the last of them
//! alone.

use std::fs::File;
use std::io::{self, Write};

use super::fs::{Access, Handle};

/// How many bytes are sent on their way together.
const TOGETHER: u64 = 32 << 20;

/// A new file that is being written from its beginning.
pub(super) struct Fresh {
    file: File,
    written: u64,
    /// How many of those are on their way.
    sent: u64,
}

impl Fresh {
    pub(super) fn of(file: File) -> Fresh {
        Fresh { file, written: 0, sent: 0 }
    }

    /// Asks the system to send what was written since. Whether it does only says how long the sync takes.
    fn send(&mut self) {
        #[cfg(target_os = "linux")]
        if let Some(length) = std::num::NonZeroU64::new(self.written - self.sent) {
            // What is dirty is written and stays where it is until that is done.
            let advice = rustix::fs::Advice::DontNeed;
            let _ = rustix::fs::fadvise(&self.file, self.sent, Some(length), advice);
        }
        self.sent = self.written;
    }
}

impl Write for Fresh {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.written += written as u64;
        if self.written - self.sent >= TOGETHER {
            self.send();
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Handle for Fresh {
    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.truncate(length)
    }

    fn give(&mut self, access: Access) -> io::Result<()> {
        self.file.give(access)
    }

    fn permit(&mut self, access: Access) -> io::Result<()> {
        self.file.permit(access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is on its way would be missing, or there twice.
    #[test]
    fn what_was_sent_ahead_is_what_was_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut fresh = Fresh::of(file.reopen().unwrap());
        let part: Vec<u8> = (0..=u8::MAX).cycle().take(3 << 20).collect();
        let parts = TOGETHER as usize / part.len() + 2;
        (0..parts).for_each(|_| fresh.write_all(&part).unwrap());
        fresh.sync().unwrap();
        assert!(fresh.sent >= TOGETHER && fresh.sent < fresh.written);
        assert!(std::fs::read(file.path()).unwrap() == part.repeat(parts));
    }
}

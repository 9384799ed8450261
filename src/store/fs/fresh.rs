//! A new file on the real disk, whose bytes go there while it is written: who syncs it in the end waits for the last of them
//! alone.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::store::{Access, Handle};
use crate::text::Span;

/// How many bytes are sent on their way together.
const TOGETHER: u64 = 8 << 20;

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

    /// So many bytes more are written.
    fn has_grown(&mut self, by: usize) {
        self.written += by as u64;
        if self.written - self.sent >= TOGETHER {
            self.send();
        }
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
        self.has_grown(written);
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

    #[cfg(target_os = "linux")]
    fn copy(&mut self, from: &Path, span: Span) -> usize {
        let mut at = u64::from(span.start);
        let mut copied =
            |from| rustix::fs::copy_file_range(&from, Some(&mut at), &self.file, None, span.len());
        // What keeps it from being copied either does not keep it from being written, or is told by that.
        let copied = File::open(from).ok().and_then(|from| copied(from).ok()).unwrap_or(0);
        self.has_grown(copied);
        copied
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

    /// A report would have a part of another twice, or none.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_copied_stands_behind_what_was_written() {
        let (old, new) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
        std::fs::write(old.path(), "one two three").unwrap();
        let mut fresh = Fresh::of(new.reopen().unwrap());
        fresh.write_all(b"< ").unwrap();
        assert_eq!(fresh.copy(old.path(), Span::new(4, 8)), 4);
        assert_eq!(fresh.copy(old.path(), Span::new(8, 80)), 5);
        assert_eq!(fresh.copy(old.path(), Span::new(13, 80)), 0);
        assert_eq!(fresh.copy(&old.path().with_extension("missing"), Span::new(0, 1)), 0);
        fresh.write_all(b" >").unwrap();
        assert_eq!(
            (std::fs::read_to_string(new.path()).unwrap().as_str(), fresh.written),
            ("< two three >", 13)
        );
    }
}

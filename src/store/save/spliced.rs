//! The new report on its way to the disk: long stretches that it keeps of the one that is there are copied from file to
//! file, which is a fraction of the work of writing them from memory, and none where the disk lets files share them.

use std::io::{self, Write};
use std::path::Path;

use crate::progress::{PART, Progress, Stage};
use crate::store::fs::beside::Out;
use crate::text::Span;
use crate::text::edit::{Assembly, Edits};

/// The new report as it is written.
struct Spliced<'a> {
    base: &'a [u8],
    out: &'a mut Out,
    /// The file that has the bytes of `base`, as long as they can be copied from it.
    old: Option<&'a Path>,
    is_copied: bool,
    progress: &'a Progress,
    /// How much was written that the progress does not know of.
    untold: usize,
}

/// Writes what edits make of `base`; bytes of it may be copied from `old`. Says whether any were.
pub(super) fn write(
    edits: &Edits,
    base: &[u8],
    (old, out): (Option<&Path>, &mut Out),
    progress: &Progress,
) -> io::Result<bool> {
    progress.enter(Stage::Writing, edits.length(base) as u64);
    let mut new = Spliced { base, out, old, is_copied: false, progress, untold: 0 };
    edits.put_together(Span::whole(base), &mut new)?;
    progress.advance(new.untold)?;
    Ok(new.is_copied)
}

impl Spliced<'_> {
    /// Copies the beginning of a span, as much as is told of at a time; gives how much was copied.
    fn copy(&mut self, span: Span) -> io::Result<usize> {
        let Some(old) = self.old.filter(|_| span.len() >= PART) else { return Ok(0) };
        let copied = self.out.copy(old, span.part(0..PART))?;
        match copied {
            0 => self.old = None,
            _ => self.is_copied = true,
        }
        self.tell(copied).map(|()| copied)
    }

    fn tell(&mut self, written: usize) -> io::Result<()> {
        self.untold += written;
        if self.untold < PART { Ok(()) } else { self.progress.advance(std::mem::take(&mut self.untold)) }
    }
}

impl Assembly for Spliced<'_> {
    fn keep(&mut self, span: Span) -> io::Result<()> {
        let mut copied = 0;
        loop {
            match self.copy(span.part(copied..span.len()))? {
                0 => return self.add(span.part(copied..span.len()).of(self.base)),
                more => copied += more,
            }
        }
    }

    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        bytes.chunks(PART).try_for_each(|part| self.out.write_all(part).and_then(|()| self.tell(part.len())))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::progress::Share;
    use crate::store::fs::disk::Disk;
    use crate::store::fs::{Fs, Opening};
    use crate::text::edit::{Edit, Piece};

    /// The report would end up with bytes that nobody wrote, or that somebody wrote meanwhile.
    #[test]
    fn what_is_copied_and_what_is_written_are_the_same_bytes() {
        let base: Vec<u8> = (0..4 * PART + 7).map(|at| (at / 3 + at / PART) as u8).collect();
        let (moved, end) = (Span::new(9, PART as u32 + 20), Span::whole(&base).end);
        let edits = Edits::new(vec![
            Edit::delete(moved),
            Edit::replace(Span::new(2 * PART as u32, 2 * PART as u32 + 1), vec![7; PART + 1]),
            Edit { span: Span::empty(end), pieces: vec![Piece::Kept(moved), Piece::new("end")].into() },
        ]);
        let (edits, folder) = (edits.unwrap(), tempfile::tempdir().unwrap());
        let (old, target) = (folder.path().join("old"), folder.path().join("new"));
        let copies = cfg!(target_os = "linux");
        for (length, from, is_copied) in
            [(base.len(), Some(&old), copies), (base.len(), None, false), (PART, Some(&old), false)]
        {
            fs::write(&old, &base[..length]).unwrap();
            let (disk, progress) = (Disk::default(), Progress::default());
            let disk: &dyn Fs = &disk;
            let blank = disk.make_beside(Opening::New, &target).unwrap();
            let mut copied = false;
            let from = from.map(|from| &**from);
            let new = blank.filled_by(|out| {
                copied = write(&edits, &base, (from, out), &progress)?;
                Ok(())
            });
            new.unwrap().replace().unwrap();
            assert!(fs::read(&target).unwrap() == edits.apply(&base), "{length} {from:?}");
            assert_eq!(
                (copied, progress.share()),
                (is_copied, Share { stage: Stage::Writing, percent: 100 })
            );
        }
    }
}

//! Files that are written beside those whose place they are to take, under a name that follows from theirs.
//!
//! Whoever is killed over it leaves at most that one file, which whoever comes next takes away.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::fault::Result;
use crate::store::paths::{self, folder};
use crate::store::trouble;
use crate::store::{Fs, Handle, Opening, Status};
use crate::text::Span;

/// What writes the content of a new file.
pub(super) type Content<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// How many bytes of a new file are gathered before they are written.
const BUFFER: usize = 1 << 18;

impl dyn Fs + '_ {
    /// Writes a file beside `target` that is to take its place, and syncs it. It belongs to whom `target`
    /// does and permits what that does; a target that nothing else can take the place of is a fault.
    pub(in crate::store) fn write_beside(
        &self,
        target: &Path,
        content: Content<'_>,
    ) -> Result<Temporary<'_>> {
        self.write_beside_as(Opening::New, target, content)
    }

    /// The same; `new` says who may read it where there is no such file yet.
    pub(in crate::store) fn write_beside_as(
        &self,
        new: Opening,
        target: &Path,
        content: Content<'_>,
    ) -> Result<Temporary<'_>> {
        self.make_beside(new, target)?.filled(content)
    }

    /// Makes the file without writing it.
    pub(in crate::store) fn make_beside(&self, new: Opening, target: &Path) -> Result<Blank<'_>> {
        let path = paths::beside(target);
        // First of all: what is left may be a second name of the target.
        self.clear(&path);
        let old = self.found(target).map_err(|error| trouble::unreadable(target, error))?;
        if let Some(fault) = old.and_then(|old| trouble::irreplaceable(target, &old)) {
            return Err(fault);
        }
        let file = self.open(&path, new).map_err(|error| trouble::unmakable(&path, target, error))?;
        let new = Temporary { fs: self, path, target: target.to_owned(), is_left: false };
        Ok(Blank { new, file, old })
    }

    /// Writes a file anew in one step, in the place of any other, with its name synced.
    pub(in crate::store) fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.write_beside(path, &mut |out| out.write_all(bytes))?.replace()?;
        self.sync_folder(folder(path))
    }

    /// Takes away what a killed process may have left under the name of a new file.
    pub(in crate::store) fn clear(&self, new: &Path) {
        // Where this fails, so does making the file, which is told.
        let _ = self.unlink(new);
    }
}

/// A new file beside the one it is to replace, with nothing in it yet; gone when dropped.
pub(in crate::store) struct Blank<'f> {
    new: Temporary<'f>,
    file: Box<dyn Handle>,
    /// The one that is to be replaced.
    old: Option<Status>,
}

impl<'f> Blank<'f> {
    /// When it was made, by the clock of the disk, where that tells.
    pub(in crate::store) fn made(&self) -> Option<SystemTime> {
        self.new.fs.status(&self.new.path).ok()?.changed
    }

    /// The same file with its content, synced.
    pub(super) fn filled(self, content: Content<'_>) -> Result<Temporary<'f>> {
        self.filled_by(|out| content(out))
    }

    /// The same by what may copy other files into it.
    pub(in crate::store) fn filled_by(
        self,
        content: impl FnOnce(&mut Out) -> io::Result<()>,
    ) -> Result<Temporary<'f>> {
        let file = fill(self.file, content).map_err(|error| trouble::unwritable(&self.new.target, error))?;
        self.new.sealed(file, self.old)
    }
}

/// A file written beside the one it is to replace; gone when dropped, unless it is left.
pub(in crate::store) struct Temporary<'f> {
    fs: &'f dyn Fs,
    path: PathBuf,
    target: PathBuf,
    is_left: bool,
}

impl Temporary<'_> {
    /// Puts it in the place of its target in one step. The name lasts once the folder is synced.
    pub(in crate::store) fn replace(&self) -> Result<()> {
        self.fs.rename(&self.path, &self.target).map_err(|error| trouble::unwritable(&self.target, error))
    }

    /// Gives it the name of its target in one step, if nothing has that name by now; says whether it did.
    pub(in crate::store) fn claim(&self) -> Result<bool> {
        match self.fs.link(&self.path, &self.target) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            // Not every disk lets a file have two names.
            Err(_) if self.fs.is_there(&self.target)? => Ok(false),
            Err(_) => self.replace().map(|()| true),
        }
    }

    /// Leaves it where it is.
    pub(in crate::store) fn leave(mut self) {
        self.is_left = true;
    }

    /// Gives the file to whom the old one belongs, with its permissions, and syncs it.
    fn sealed(self, mut file: Box<dyn Handle>, old: Option<Status>) -> Result<Self> {
        let trouble = |error| trouble::unwritable(&self.target, error);
        if let Some(old) = old {
            let new = self.fs.status(&self.path).map_err(trouble)?.access;
            if !new.is_owned_like(old.access) {
                file.give(old.access).map_err(|error| trouble::unowned(&self.target, error))?;
            }
            // After the owner, a change of which takes the set-id bits away.
            file.permit(old.access).map_err(trouble)?;
        }
        file.sync().map_err(trouble)?;
        Ok(self)
    }
}

impl Drop for Temporary<'_> {
    fn drop(&mut self) {
        if !self.is_left {
            self.fs.clear(&self.path);
        }
    }
}

/// A new file while it gets its content.
pub(in crate::store) struct Out(BufWriter<Box<dyn Handle>>);

impl Out {
    /// See [`Handle::copy`].
    pub(in crate::store) fn copy(&mut self, from: &Path, span: Span) -> io::Result<usize> {
        self.0.flush().map(|()| self.0.get_mut().copy(from, span))
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn fill(
    file: Box<dyn Handle>,
    content: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<Box<dyn Handle>> {
    let mut out = Out(BufWriter::with_capacity(BUFFER, file));
    content(&mut out)?;
    out.0.into_inner().map_err(io::IntoInnerError::into_error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fs::Access;
    use crate::store::simulated::{Call, Errno, Simulated, Trouble, When};

    const ACCESS: Access = Access { user: 7, group: 8, mode: 0o640 };

    fn disk() -> Simulated {
        let disk = Simulated::new(&["/a"]);
        disk.put("/a/b.md", b"old");
        disk.give("/a/b.md", ACCESS);
        disk
    }

    fn replaced(disk: &dyn Fs) -> Result<()> {
        let path = Path::new("/a/b.md");
        disk.write_beside(path, &mut |out| out.write_all(b"new"))?.replace()
    }

    #[test]
    fn a_replaced_file_stays_whose_it_is_and_as_permissive_as_it_is() {
        let disk = disk();
        replaced(&disk).unwrap();
        assert_eq!(disk.get("/a/b.md").unwrap(), b"new");
        assert_eq!(disk.status(Path::new("/a/b.md")).unwrap().access, ACCESS);
        assert_eq!(disk.files(), [Path::new("/a/b.md")]);
    }

    /// Some disks give a file one name only, and someone else may have taken the one that is wanted.
    #[test]
    fn a_new_file_takes_a_free_name_only_and_does_so_on_every_disk() {
        let (free, taken) = (Path::new("/a/new"), Path::new("/a/b.md"));
        for has_links in [true, false] {
            for (target, claims) in [(free, true), (taken, false)] {
                let disk = disk();
                let fs: &dyn Fs = &disk;
                let new = fs.write_beside(target, &mut |out| out.write_all(b"new")).unwrap();
                if !has_links {
                    disk.expect(0, Trouble::Fails(Errno::Denied, When::Before));
                }
                assert_eq!(new.claim().unwrap(), claims, "{target:?}, links: {has_links}");
                drop(new);
                let content = if claims { b"new" } else { b"old" };
                assert_eq!(disk.get(target.to_str().unwrap()).unwrap(), content);
                assert_eq!(disk.files().len(), 1 + usize::from(claims));
            }
        }
    }

    /// Whoever may not give files away would take the report from its owner in silence.
    #[test]
    fn a_file_that_cannot_be_given_to_its_owner_is_not_replaced() {
        let calls = disk();
        replaced(&calls).unwrap();
        let writes = calls.calls().iter().position(|call| *call == Call::Write).unwrap();
        let disk = disk();
        disk.expect(writes + 2, Trouble::Fails(Errno::Denied, When::Before));
        let fault = replaced(&disk).unwrap_err();
        assert!(fault.to_string().contains("belongs to someone else"), "{fault}");
        assert_eq!(fault.hints(), ["let its owner save, or work on a copy of your own"]);
        assert_eq!((disk.get("/a/b.md").unwrap(), disk.files().len()), (b"old".to_vec(), 1));
    }
}

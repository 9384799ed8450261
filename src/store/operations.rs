//! What the store does on a disk, put together of its single calls. Every fault names the path it concerns.
//!
//! A file that is to be replaced is written anew beside it, under a name that follows from its own: whoever
//! is killed over it leaves at most that one file, which whoever comes next takes away.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::fs::{Fs, Handle, Opening, Shape, Status};
use super::paths::{self, folder};
use super::trouble;
use crate::fault::Result;
use crate::text::Bytes;

/// What writes the content of a new file.
pub(super) type Content<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// The longest file that is read, in bytes: offsets have 32 bits.
pub(super) const LONGEST: u64 = u32::MAX as u64;
/// How many bytes of a new file are gathered before they are written.
const BUFFER: usize = 1 << 18;

impl dyn Fs + '_ {
    /// The path without symbolic links; a fault where nothing is there.
    pub(super) fn real(&self, path: &Path) -> Result<PathBuf> {
        self.resolve(path).map_err(|error| trouble::unreadable(path, error))
    }

    /// The content of a file; `None` where nothing is there, a fault where it is no regular file or has
    /// 4 GiB or more.
    pub(super) fn read(&self, path: &Path) -> Result<Option<Bytes>> {
        let Some(status) = self.found(path).map_err(|error| trouble::unreadable(path, error))? else {
            return Ok(None);
        };
        if status.shape != Shape::File {
            return Err(trouble::no_file(path, status.shape));
        }
        let bytes = self.load(path).map_err(|error| trouble::unreadable(path, error))?;
        if bytes.len() as u64 > LONGEST { Err(trouble::too_long(path)) } else { Ok(Some(bytes)) }
    }

    /// Whether a regular file has exactly these bytes, of which no second copy is made; `None` where nothing is there.
    pub(super) fn holds(&self, path: &Path, bytes: &[u8]) -> Result<Option<bool>> {
        let Some(status) = self.found(path).map_err(|error| trouble::unreadable(path, error))? else {
            return Ok(None);
        };
        if status.shape != Shape::File {
            return Err(trouble::no_file(path, status.shape));
        }
        self.is_same(path, bytes).map(Some).map_err(|error| trouble::unreadable(path, error))
    }

    /// Adds bytes to the end of a file and syncs them; makes the file where it is missing.
    pub(super) fn append(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let file = self.open(path, Opening::End);
        let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync()));
        written.map_err(|error| trouble::unwritable(path, error))
    }

    /// Cuts a file to this length and syncs it.
    pub(super) fn cut(&self, path: &Path, length: u64) -> Result<()> {
        let file = self.open(path, Opening::Present);
        let cut = file.and_then(|mut file| file.truncate(length).and_then(|()| file.sync()));
        cut.map_err(|error| trouble::unwritable(path, error))
    }

    /// Syncs a file that is there, and its name.
    pub(super) fn sync(&self, path: &Path) -> Result<()> {
        let synced = self.open(path, Opening::Present).and_then(|mut file| file.sync());
        synced.map_err(|error| trouble::unwritable(path, error))?;
        self.sync_folder(folder(path))
    }

    /// Removes a file for good; one that is not there, too.
    pub(super) fn remove(&self, path: &Path) -> Result<()> {
        let absent = |done: io::Result<()>| match done {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            done => done,
        };
        let gone = absent(self.unlink(path)).and_then(|()| absent(self.sync_names(folder(path))));
        gone.map_err(|error| trouble::unwritable(path, error))
    }

    /// Writes a file beside `target` that is to take its place, and syncs it. It belongs to whom `target`
    /// does and permits what that does; a target that nothing else can take the place of is a fault.
    pub(super) fn write_beside(&self, target: &Path, content: Content<'_>) -> Result<Temporary<'_>> {
        self.write_beside_as(Opening::New, target, content)
    }

    /// The same; `new` says who may read it where there is no such file yet.
    pub(super) fn write_beside_as(
        &self,
        new: Opening,
        target: &Path,
        content: Content<'_>,
    ) -> Result<Temporary<'_>> {
        let path = paths::beside(target);
        // First of all: what is left may be a second name of the target.
        self.clear(&path);
        let old = self.found(target).map_err(|error| trouble::unreadable(target, error))?;
        if let Some(fault) = old.and_then(|old| trouble::irreplaceable(target, &old)) {
            return Err(fault);
        }
        let file = self.open(&path, new).map_err(|error| trouble::unmakable(&path, target, error))?;
        let new = Temporary { fs: self, path, target: target.to_owned(), is_left: false };
        let file = fill(file, content).map_err(|error| trouble::unwritable(target, error))?;
        new.sealed(file, old)
    }

    /// Writes a file anew in one step, in the place of any other, with its name synced.
    pub(super) fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.write_beside(path, &mut |out| out.write_all(bytes))?.replace()?;
        self.sync_folder(folder(path))
    }

    /// Takes away what a killed process may have left under the name of a new file.
    pub(super) fn clear(&self, new: &Path) {
        // Where this fails, so does making the file, which is told.
        let _ = self.unlink(new);
    }

    /// Whether anything has this name.
    pub(super) fn is_there(&self, path: &Path) -> Result<bool> {
        self.found(path).map(|found| found.is_some()).map_err(|error| trouble::unreadable(path, error))
    }

    /// What sort of thing has this name, if anything does.
    pub(super) fn shape(&self, path: &Path) -> Result<Option<Shape>> {
        let found = self.found(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.map(|found| found.shape))
    }

    /// What keeps a file that is there from being replaced, if anything does.
    pub(super) fn held(&self, path: &Path) -> Result<Option<&'static str>> {
        let found = self.found(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.as_ref().and_then(trouble::held))
    }

    /// How many bytes a file has.
    pub(super) fn length(&self, path: &Path) -> Result<u64> {
        let found = self.status(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.length)
    }

    /// Syncs the names in a folder.
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.sync_names(folder).map_err(|error| trouble::unwritable(folder, error))
    }

    /// Makes a folder and those above it where they are missing, and makes their names last: also those of
    /// folders that are there, which someone may have made without coming so far.
    pub(super) fn make_folders(&self, folder: &Path) -> Result<()> {
        self.make_missing(folder).map_err(|error| trouble::unwritable(folder, error))?;
        for above in folder.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            match self.sync_names(above) {
                // Nobody could have made anything there.
                Err(error) if error.kind() == ErrorKind::PermissionDenied => return Ok(()),
                synced => synced.map_err(|error| trouble::unwritable(above, error))?,
            }
        }
        Ok(())
    }

    fn make_missing(&self, folder: &Path) -> io::Result<()> {
        let leads_on = |path| self.found(path).map(|found| found.is_some_and(|it| it.shape != Shape::File));
        match self.make_folder(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let above = folder.parent().ok_or(error)?;
                self.make_missing(above)?;
                self.make_folder(folder)
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists && leads_on(folder)? => Ok(()),
            made => made,
        }
    }

    /// What stands at a path, if anything does.
    fn found(&self, path: &Path) -> io::Result<Option<Status>> {
        match self.status(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            found => found.map(Some),
        }
    }
}

/// A file written beside the one it is to replace; gone when dropped, unless it is left.
pub(super) struct Temporary<'f> {
    fs: &'f dyn Fs,
    path: PathBuf,
    target: PathBuf,
    is_left: bool,
}

impl Temporary<'_> {
    /// Puts it in the place of its target in one step. The name lasts once the folder is synced.
    pub(super) fn replace(&self) -> Result<()> {
        self.fs.rename(&self.path, &self.target).map_err(|error| trouble::unwritable(&self.target, error))
    }

    /// Gives it the name of its target in one step, if nothing has that name by now; says whether it did.
    pub(super) fn claim(&self) -> Result<bool> {
        match self.fs.link(&self.path, &self.target) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            // Not every disk lets a file have two names.
            Err(_) if self.fs.is_there(&self.target)? => Ok(false),
            Err(_) => self.replace().map(|()| true),
        }
    }

    /// Leaves it where it is.
    pub(super) fn leave(mut self) {
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

fn fill(file: Box<dyn Handle>, content: Content<'_>) -> io::Result<Box<dyn Handle>> {
    let mut out = BufWriter::with_capacity(BUFFER, file);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)
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

    #[test]
    fn a_full_disk_is_told_as_such() {
        let disk = disk();
        disk.expect(0, Trouble::Stuck(Errno::Full));
        let fs: &dyn Fs = &disk;
        let fault = fs.append(Path::new("/a/log"), b"entry").unwrap_err();
        assert_eq!(fault.hints(), ["make room on the disk and try again"]);
    }

    /// A journal in a folder whose name is lost is lost with it.
    #[test]
    fn folders_that_an_earlier_try_made_are_made_to_last_too() {
        let disk = Simulated::new(&["/home"]);
        let (fs, folder): (&dyn Fs, _) = (&disk, Path::new("/home/state/journals"));
        disk.expect(3, Trouble::Stuck(Errno::Io));
        assert!(fs.make_folders(folder).is_err());
        disk.heal();
        fs.make_folders(folder).unwrap();
        let after = disk.after(crate::store::simulated::Power::Lost);
        assert_eq!(after.status(folder).unwrap().shape, Shape::Folder);
    }
}

//! What the store does on a disk, put together of its single calls. Every fault names the path it concerns.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::fault::Result;
use crate::store::paths::folder;
use crate::store::trouble;
use crate::store::{Fs, Opening, Shape, Status};
use crate::text::Bytes;

/// The longest file that is read, in bytes: offsets have 32 bits.
pub(in crate::store) const LONGEST: u64 = u32::MAX as u64;

impl dyn Fs + '_ {
    /// The path without symbolic links; a fault where nothing is there.
    pub(in crate::store) fn real(&self, path: &Path) -> Result<PathBuf> {
        self.resolve(path).map_err(|error| trouble::unreadable(path, error))
    }

    /// The content of a file; `None` where nothing is there, a fault where it is no regular file or has
    /// 4 GiB or more.
    pub(in crate::store) fn read(&self, path: &Path) -> Result<Option<Bytes>> {
        let Some(status) = self.found(path).map_err(|error| trouble::unreadable(path, error))? else {
            return Ok(None);
        };
        if status.shape != Shape::File {
            return Err(trouble::no_file(path, status.shape));
        }
        let bytes = match self.load(path) {
            // It went since.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            loaded => loaded.map_err(|error| trouble::unreadable(path, error))?,
        };
        if bytes.len() as u64 > LONGEST { Err(trouble::too_long(path)) } else { Ok(Some(bytes)) }
    }

    /// Whether a regular file has exactly these bytes, of which no second copy is made; `None` where nothing is there.
    pub(in crate::store) fn holds(&self, path: &Path, bytes: &[u8]) -> Result<Option<bool>> {
        let Some(status) = self.found(path).map_err(|error| trouble::unreadable(path, error))? else {
            return Ok(None);
        };
        if status.shape != Shape::File {
            return Err(trouble::no_file(path, status.shape));
        }
        self.is_same(path, bytes).map(Some).map_err(|error| trouble::unreadable(path, error))
    }

    /// Adds bytes to the end of a file and syncs them; makes the file where it is missing.
    pub(in crate::store) fn append(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let file = self.open(path, Opening::End);
        let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync()));
        written.map_err(|error| trouble::unwritable(path, error))
    }

    /// Cuts a file to this length and syncs it.
    pub(in crate::store) fn cut(&self, path: &Path, length: u64) -> Result<()> {
        let file = self.open(path, Opening::Present);
        let cut = file.and_then(|mut file| file.truncate(length).and_then(|()| file.sync()));
        cut.map_err(|error| trouble::unwritable(path, error))
    }

    /// Syncs a file that is there, and its name.
    pub(in crate::store) fn sync(&self, path: &Path) -> Result<()> {
        let synced = self.open(path, Opening::Present).and_then(|mut file| file.sync());
        synced.map_err(|error| trouble::unwritable(path, error))?;
        self.sync_folder(folder(path))
    }

    /// Removes a file for good; one that is not there, too.
    pub(in crate::store) fn remove(&self, path: &Path) -> Result<()> {
        let absent = |done: io::Result<()>| match done {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            done => done,
        };
        let gone = absent(self.unlink(path)).and_then(|()| absent(self.sync_names(folder(path))));
        gone.map_err(|error| trouble::unwritable(path, error))
    }

    /// Whether anything has this name.
    pub(in crate::store) fn is_there(&self, path: &Path) -> Result<bool> {
        self.found(path).map(|found| found.is_some()).map_err(|error| trouble::unreadable(path, error))
    }

    /// What sort of thing has this name, if anything does.
    pub(in crate::store) fn shape(&self, path: &Path) -> Result<Option<Shape>> {
        let found = self.found(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.map(|found| found.shape))
    }

    /// What keeps a file that is there from being replaced, if anything does.
    pub(in crate::store) fn held(&self, path: &Path) -> Result<Option<&'static str>> {
        let found = self.found(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.as_ref().and_then(trouble::held))
    }

    /// How many bytes a file has.
    pub(in crate::store) fn length(&self, path: &Path) -> Result<u64> {
        let found = self.status(path).map_err(|error| trouble::unreadable(path, error))?;
        Ok(found.length)
    }

    /// Syncs the names in a folder.
    pub(in crate::store) fn sync_folder(&self, folder: &Path) -> Result<()> {
        self.sync_names(folder).map_err(|error| trouble::unwritable(folder, error))
    }

    /// Makes a folder and those above it where they are missing, and makes their names last: also those of
    /// folders that are there, which someone may have made without coming so far.
    pub(in crate::store) fn make_folders(&self, folder: &Path) -> Result<()> {
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
        // Somebody else may make it at the same time.
        let make = || match self.make_folder(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && leads_on(folder)? => Ok(()),
            made => made,
        };
        match make() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let above = folder.parent().ok_or(error)?;
                self.make_missing(above)?;
                make()
            }
            made => made,
        }
    }

    /// Does two things, both of which may wait for the disk.
    pub(in crate::store) fn together<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        let (mut one, mut other) = (Some(one), Some(other));
        let (mut first, mut second) = (None, None);
        self.both(&mut || first = one.take().map(|one| one()), &mut || {
            second = other.take().map(|other| other())
        });
        (first.expect("it was done"), second.expect("so was the other"))
    }

    /// What stands at a path, if anything does.
    pub(in crate::store) fn found(&self, path: &Path) -> io::Result<Option<Status>> {
        match self.status(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            found => found.map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::simulated::{Errno, Simulated, Trouble};

    #[test]
    fn a_full_disk_is_told_as_such() {
        let disk = Simulated::new(&["/a"]);
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

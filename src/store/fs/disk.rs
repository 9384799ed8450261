//! The real disk.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

use rayon::prelude::*;

use super::fresh::Fresh;
use super::operations::LONGEST;
use crate::progress::{PART, Progress};
use crate::store::lock::Lock;
use crate::store::{Access, Fs, Handle, Opening, Shape, Status};
use crate::text::{Bytes, Room};

/// How much of a file is compared at a time, in bytes: what a core keeps near.
const COMPARED: usize = 1 << 18;

/// From how many bytes on the memory of a file takes long to give up.
const LONG: u64 = 32 << 20;

/// How much of a long file is read on all cores together, in bytes.
const TOGETHER: usize = 32 * PART;

/// How much is read of what a lock says of its holder, in bytes.
const HOLDER_MOST: u64 = 1 << 12;

/// The real disk.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    progress: Progress,
}

impl Disk {
    /// The real disk, which tells how far the reading of a long file has come.
    pub fn telling(progress: Progress) -> Disk {
        Disk { progress }
    }
}

impl Fs for Disk {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn status(&self, path: &Path) -> io::Result<Status> {
        fs::symlink_metadata(path).map(|meta| status(&meta))
    }

    fn load(&self, path: &Path) -> io::Result<Bytes> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let length = length.min(LONGEST + 1);
        read_all(file, length, self.progress.reading(length))
    }

    fn is_same(&self, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() != bytes.len() as u64 {
            return Ok(false);
        }
        // The one more tells of a file that has grown since.
        let mut held = vec![0; COMPARED.min(bytes.len()) + 1];
        let mut rest = bytes;
        loop {
            let length = fill(&mut file, &mut held)?;
            match rest.strip_prefix(&held[..length]) {
                Some(more) if length > 0 => rest = more,
                more => return Ok(more.is_some_and(<[u8]>::is_empty)),
            }
        }
    }

    fn part(&self, path: &Path, from: u64, most: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = vec![0; most];
        let filled = fill(&mut file, &mut bytes)?;
        bytes.truncate(filled);
        Ok(bytes)
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn Handle>> {
        let mut options = OpenOptions::new();
        match how {
            Opening::End => options.append(true).create(true),
            Opening::Present => options.write(true),
            Opening::Shared => options.write(true).create_new(true),
            Opening::New => private(options.write(true).create_new(true)),
        };
        let file = options.open(path)?;
        Ok(match how {
            Opening::End | Opening::Present => Box::new(file),
            Opening::New | Opening::Shared => Box::new(Fresh::of(file)),
        })
    }

    fn lock(&self, path: &Path, holder: &[u8]) -> io::Result<Result<Lock, Vec<u8>>> {
        loop {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
            match file.try_lock() {
                // Who had it before may have taken the file away since it was opened.
                Ok(()) if !is_there(&file, path) => {}
                Ok(()) => {
                    file.set_len(0)?;
                    file.write_all(holder)?;
                    return Ok(Ok(Lock::new(Held { path: path.to_owned(), _file: file })));
                }
                Err(TryLockError::WouldBlock) => {
                    let mut said = Vec::new();
                    drop(file.take(HOLDER_MOST).read_to_end(&mut said));
                    return Ok(Err(said));
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    fn is_locked(&self, path: &Path) -> bool {
        let tried = File::open(path).map(|file| file.try_lock_shared());
        matches!(tried, Ok(Err(TryLockError::WouldBlock)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let old = long(to);
        fs::rename(from, to)?;
        // With its last name and its last opening a file gives up its memory, which nobody has to wait for.
        if let Some(old) = old {
            drop(thread::Builder::new().spawn(move || drop(old)));
        }
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_names(&self, folder: &Path) -> io::Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Some network disks know no such thing.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            done => done,
        }
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn both(&self, one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
        thread::scope(|scope| {
            scope.spawn(one);
            other();
        });
    }
}

impl Handle for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    #[cfg(unix)]
    fn give(&mut self, access: Access) -> io::Result<()> {
        std::os::unix::fs::fchown(&*self, Some(access.user), Some(access.group))
    }

    #[cfg(unix)]
    fn permit(&mut self, access: Access) -> io::Result<()> {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(access.mode);
        self.set_permissions(permissions)
    }

    #[cfg(not(unix))]
    fn give(&mut self, _: Access) -> io::Result<()> {
        Ok(())
    }

    #[cfg(not(unix))]
    fn permit(&mut self, _: Access) -> io::Result<()> {
        Ok(())
    }
}

/// A file that is held for as long as this lives, and is not there any more then.
struct Held {
    path: PathBuf,
    _file: File,
}

impl Drop for Held {
    fn drop(&mut self) {
        // While it is held: whoever waits for it sees that it is gone, and makes another.
        if cfg!(unix) {
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Whether an open file still stands under its name.
fn is_there(file: &File, path: &Path) -> bool {
    let number = |meta: io::Result<Metadata>| meta.map(|meta| status(&meta).number).ok();
    let open = number(file.metadata());
    open.is_some() && open == number(fs::symlink_metadata(path))
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

#[cfg(unix)]
fn status(meta: &Metadata) -> Status {
    use std::os::unix::fs::MetadataExt;
    let access = Access { user: meta.uid(), group: meta.gid(), mode: meta.mode() & 0o7777 };
    let since =
        Duration::new(meta.ctime().try_into().unwrap_or(0), meta.ctime_nsec().try_into().unwrap_or(0));
    let changed = UNIX_EPOCH.checked_add(since);
    Status { names: meta.nlink(), number: meta.ino(), changed, access, ..plain(meta) }
}

#[cfg(not(unix))]
fn status(meta: &Metadata) -> Status {
    plain(meta)
}

/// What every system tells.
fn plain(meta: &Metadata) -> Status {
    let shape = match meta.file_type() {
        kind if kind.is_symlink() => Shape::Link,
        kind if kind.is_dir() => Shape::Folder,
        kind if kind.is_file() => Shape::File,
        _ => Shape::Other,
    };
    let (length, written, read_only) = (meta.len(), meta.modified().ok(), meta.permissions().readonly());
    let (changed, access) = (None, Access::default());
    Status { shape, length, names: 1, written, changed, number: 0, read_only, access }
}

/// A file that takes long to give up, opened; elsewhere a file that is open may have nothing put in its place.
fn long(path: &Path) -> Option<File> {
    let file = cfg!(target_os = "linux").then(|| File::open(path).ok()).flatten();
    file.filter(|file| file.metadata().is_ok_and(|file| file.len() >= LONG))
}

/// All bytes of a file that should have this length, in one allocation if it has.
fn read_all(mut file: File, length: u64, progress: Option<&Progress>) -> io::Result<Bytes> {
    let length = usize::try_from(length).map_err(|_| io::Error::from(ErrorKind::OutOfMemory))?;
    let mut room = Room::for_bytes(length);
    loop {
        let at = room.len();
        let next = room.next(TOGETHER);
        let filled = match progress {
            Some(progress) => fill_parts(&file, at, next, progress)?,
            None => fill(&mut Behind { file: &file, at: at as u64 }, next)?,
        };
        room.grow(filled);
        if filled < TOGETHER {
            break;
        }
    }
    let mut more = Vec::new();
    file.seek(SeekFrom::Start(room.len() as u64))?;
    file.take(LONGEST).read_to_end(&mut more)?;
    if more.is_empty() { Ok(room.into()) } else { Ok([&room, &*more].concat().into()) }
}

/// The same as [`fill`] from an offset on, part by part on all cores; what was not there may be elsewhere in the buffer, behind
/// its end.
fn fill_parts(file: &File, at: usize, buffer: &mut [u8], progress: &Progress) -> io::Result<usize> {
    let read = |(nth, part): (usize, &mut [u8])| {
        let filled = fill(&mut Behind { file, at: (at + nth * PART) as u64 }, part)?;
        progress.advance(filled).map(|()| filled)
    };
    let filled: io::Result<Vec<usize>> = buffer.par_chunks_mut(PART).enumerate().map(read).collect();
    let filled = filled?;
    let whole = filled.iter().take_while(|filled| **filled == PART).count();
    Ok(whole * PART + filled.get(whole).copied().unwrap_or(0))
}

/// Reads until the buffer is full or the file at its end; gives how much was read.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A file from an offset on, wherever others read it.
struct Behind<'a> {
    file: &'a File,
    at: u64,
}

impl Read for Behind<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.at)?;
        #[cfg(not(unix))]
        let count = std::os::windows::fs::FileExt::seek_read(self.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::progress::is_given_up;

    /// A change of somebody else would be written over, be it the last byte of a long report.
    #[test]
    fn a_file_is_the_same_only_to_its_last_byte() {
        let disk = Disk::default();
        for length in [0, 1, COMPARED - 1, COMPARED, COMPARED + 1, 3 * COMPARED] {
            let mut bytes = vec![7; length];
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&bytes).unwrap();
            assert!(disk.is_same(file.path(), &bytes).unwrap(), "{length}");
            bytes.push(7);
            assert!(!disk.is_same(file.path(), &bytes).unwrap());
            file.write_all(&[8]).unwrap();
            assert!(!disk.is_same(file.path(), &bytes).unwrap());
            assert!(!disk.is_same(file.path(), &bytes[..length]).unwrap());
        }
    }

    #[test]
    fn a_file_that_grew_or_shrank_meanwhile_is_read_as_it_is() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"12345").unwrap();
        for expected in [3, 5, 9] {
            assert_eq!(&*read_all(File::open(file.path()).unwrap(), expected, None).unwrap(), b"12345");
        }
    }

    /// A report would be put together from its parts in another order, or end with what nobody wrote.
    #[test]
    fn a_long_file_is_read_part_by_part_as_it_is() {
        for length in [0, 1, PART - 1, PART, PART + 1, 3 * PART + 7] {
            let bytes: Vec<u8> = (0..length).map(|at| (at / 3 + at / PART) as u8).collect();
            let mut file = tempfile::NamedTempFile::new().unwrap();
            file.write_all(&bytes).unwrap();
            for expected in [0, length / 2, length, length + 1, length + 2 * PART] {
                let progress = Progress::default();
                let read = read_all(File::open(file.path()).unwrap(), expected as u64, Some(&progress));
                assert!(*read.unwrap() == *bytes, "{length}, of which {expected} are expected");
            }
        }
    }

    #[test]
    fn the_reading_of_a_long_file_is_given_up_once() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[7; 3 * PART]).unwrap();
        let progress = Progress::default();
        progress.give_up();
        let read = || read_all(File::open(file.path()).unwrap(), 3 * PART as u64, Some(&progress));
        assert!(is_given_up(&read().unwrap_err()));
        assert_eq!(read().unwrap().len(), 3 * PART);
    }
}

//! The real disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::iter::repeat_n;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fs::{Content, Fs, Stamp, Temporary};
use super::lock::Lock;
use crate::fault::{Fault, Kind, Result};

/// The longest file that is read, in bytes: offsets have 32 bits.
const LONGEST: u64 = u32::MAX as u64;
/// How many bytes of a new file are gathered before they are written.
const BUFFER: usize = 1 << 18;

/// How much is read of what a lock says of its holder, in bytes.
const HOLDER_MOST: u64 = 1 << 12;

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Fs for Disk {
    fn real(&self, path: &Path) -> Result<PathBuf> {
        fs::canonicalize(path).map_err(|error| unreadable(path, error))
    }

    fn read(&self, path: &Path) -> Result<Option<Arc<[u8]>>> {
        let length = match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(path, error)),
            Ok(meta) if !meta.is_file() => return Err(no_file(path, &meta)),
            Ok(meta) => meta.len(),
        };
        let bytes = File::open(path).and_then(|file| read_all(file, length.min(LONGEST + 1)));
        let bytes = bytes.map_err(|error| unreadable(path, error))?;
        if bytes.len() as u64 > LONGEST { Err(too_long(path)) } else { Ok(Some(bytes)) }
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let meta = fs::metadata(path).ok()?;
        Some(Stamp { length: meta.len(), written: meta.modified().ok(), number: number(&meta) })
    }

    fn lock(&self, path: &Path, holder: &[u8]) -> Result<std::result::Result<Lock, Vec<u8>>> {
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = opened.map_err(|error| unwritable(path, error))?;
        match file.try_lock() {
            Ok(()) => {
                let written = file.set_len(0).and_then(|()| file.write_all(holder));
                written.map_err(|error| unwritable(path, error))?;
                Ok(Ok(Lock::new(file)))
            }
            Err(TryLockError::WouldBlock) => {
                let mut said = Vec::new();
                drop(file.take(HOLDER_MOST).read_to_end(&mut said));
                Ok(Err(said))
            }
            Err(TryLockError::Error(error)) => Err(unwritable(path, error)),
        }
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let file = OpenOptions::new().append(true).create(true).open(path);
        let written = file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_data()));
        written.map_err(|error| unwritable(path, error))
    }

    fn cut(&self, path: &Path, length: u64) -> Result<()> {
        let file = OpenOptions::new().write(true).open(path);
        let cut = file.and_then(|file| file.set_len(length).and_then(|()| file.sync_all()));
        cut.map_err(|error| unwritable(path, error))
    }

    fn remove(&self, path: &Path) -> Result<()> {
        fs::remove_file(path).map_err(|error| unwritable(path, error))
    }

    fn write_beside(&self, target: &Path, content: Content<'_>) -> Result<Temporary> {
        let permissions = fs::metadata(target).ok().map(|meta| meta.permissions());
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            let what = "the file is read-only";
            return Err(Fault::new(Kind::Unwritable, what)
                .at(target)
                .hint("make it writable and save again"));
        }
        write_new(folder(target), permissions, content).map_err(|error| unwritable(target, error))
    }

    fn replace(&self, new: Temporary, target: &Path) -> Result<()> {
        new.0.persist(target).map_err(|error| unwritable(target, error.error))
    }

    fn sync_folder(&self, folder: &Path) -> Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| unwritable(folder, error))
    }

    fn make_folders(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))
    }
}

#[cfg(unix)]
fn number(meta: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(meta)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

/// The folder that a file stands in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// All bytes of a file that should have this length, in one allocation if it has.
fn read_all(mut file: File, length: u64) -> io::Result<Arc<[u8]>> {
    let length = usize::try_from(length).map_err(|_| io::Error::from(ErrorKind::OutOfMemory))?;
    let mut bytes: Arc<[u8]> = repeat_n(0, length).collect();
    let filled = fill(&mut file, Arc::get_mut(&mut bytes).expect("nobody else has it yet"))?;
    let mut more = Vec::new();
    file.take(LONGEST).read_to_end(&mut more)?;
    if filled == length && more.is_empty() {
        return Ok(bytes);
    }
    Ok([&bytes[..filled], &more].concat().into())
}

/// Reads until the buffer is full or the file at its end; gives how much was read.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
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

fn write_new(
    folder: &Path,
    permissions: Option<fs::Permissions>,
    content: Content<'_>,
) -> io::Result<Temporary> {
    let file = tempfile::Builder::new().prefix(".regrade-").tempfile_in(folder)?;
    let mut out = BufWriter::with_capacity(BUFFER, file);
    content(&mut out)?;
    let file = out.into_inner()?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(Temporary(file.into_temp_path()))
}

fn unreadable(path: &Path, error: io::Error) -> Fault {
    let hint = match error.kind() {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied => "you may not read it: ask for the permission",
        _ => "try again once the disk answers",
    };
    Fault::new(Kind::Unreadable, "cannot read this").at(path).because(error).hint(hint)
}

fn unwritable(path: &Path, error: io::Error) -> Fault {
    let hint = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk and try again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "you may not write here: ask for the permission, or work on a copy"
        }
        _ => "try again once the disk answers",
    };
    Fault::new(Kind::Unwritable, "cannot write this").at(path).because(error).hint(hint)
}

fn no_file(path: &Path, meta: &fs::Metadata) -> Fault {
    let (what, hint) = match meta.is_dir() {
        true => ("this is a folder", "name a file in it"),
        false => ("this is no regular file", "copy what it gives to a file and open that"),
    };
    Fault::new(Kind::Unreadable, what).at(path).hint(hint)
}

fn too_long(path: &Path) -> Fault {
    let what = "this has 4 GiB or more, which is longer than a report can be";
    Fault::new(Kind::Unreadable, what).at(path).hint("split it into several reports")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused_with_advice_and_never_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let fault = Disk.read(folder.path()).unwrap_err();
        assert!(fault.to_string().ends_with("this is a folder"), "{fault}");
        assert_eq!(fault.hints(), ["name a file in it"]);
        assert_eq!(Disk.read(&folder.path().join("missing")).unwrap(), None);
        assert_eq!(Disk.real(&folder.path().join("missing")).unwrap_err().hints(), ["check the path"]);
        if Path::new("/dev/zero").exists() {
            assert!(Disk.read(Path::new("/dev/zero")).is_err());
        }
    }

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        let before = fs::metadata(&path).unwrap().permissions();
        let new = Disk.write_beside(&path, &mut |out| out.write_all(b"new")).unwrap();
        Disk.replace(new, &path).unwrap();
        assert_eq!(&*Disk.read(&path).unwrap().unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions(), before);
        drop(Disk.write_beside(&path, &mut |out| out.write_all(b"never")).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_read_only_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(Disk.write_beside(&path, &mut |_| Ok(())).unwrap_err().kind(), Kind::Unwritable);
    }

    #[test]
    fn a_file_that_grew_or_shrank_meanwhile_is_read_as_it_is() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"12345").unwrap();
        for expected in [3, 5, 9] {
            assert_eq!(&*read_all(File::open(file.path()).unwrap(), expected).unwrap(), b"12345");
        }
    }
}

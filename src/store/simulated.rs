//! A disk in memory that fails, or ends its process, at any of its calls, and loses what was not synced when
//! its power goes.
//!
//! It promises less than most real ones: a new name lasts only once its folder is synced, content only once
//! its file is, and what a failed sync was to write is not written by a later one.

mod fate;
mod node;

use std::ffi::{OsStr, OsString};
use std::hash::{Hash, Hasher};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use xxhash_rust::xxh3::Xxh3Default;

pub(super) use fate::{Errno, Power, Trouble, When};

use super::fs::{Access, Fs, Handle, Opening, Shape, Status};
use super::lock::Lock;
use super::paths::folder;
use crate::text::Bytes;
use fate::{Fate, Fates};
use node::{File, Folder, Node};

/// What sort of call it was: what can happen to it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Changes nothing.
    Look,
    /// Changes something, or nothing.
    Act,
    /// Writes, perhaps a part.
    Write,
}

/// A disk in memory. Clones are the same disk.
#[derive(Clone)]
pub(super) struct Simulated {
    state: Arc<Mutex<State>>,
    others: Arc<Mutex<Option<(usize, Others)>>>,
}

/// What others do on the disk.
type Others = Box<dyn FnOnce() + Send>;

#[derive(Clone)]
struct State {
    nodes: Vec<Node>,
    fates: Fates,
}

impl Simulated {
    /// A disk with these empty folders.
    pub(super) fn new(folders: &[&str]) -> Simulated {
        let disk = Simulated::of(vec![Node::Folder(Folder::default())]);
        for folder in folders {
            let mut state = disk.state();
            let made = state.add(Path::new(folder), Node::Folder(Folder::default()));
            made.expect("the folder above is there");
            state.nodes.iter_mut().for_each(Node::sync);
        }
        disk
    }

    fn of(nodes: Vec<Node>) -> Simulated {
        let state = Arc::new(Mutex::new(State { nodes, fates: Fates::default() }));
        Simulated { state, others: Arc::default() }
    }

    /// Another disk with what this one has once the power has done this, and no trouble ahead.
    pub(super) fn after(&self, power: Power) -> Simulated {
        let mut nodes = self.state().nodes.clone();
        nodes.iter_mut().for_each(|node| node.lose(power));
        Simulated::of(nodes)
    }

    /// Lets this happen at the call of this number, counted from now.
    pub(super) fn expect(&self, at: usize, trouble: Trouble) {
        self.state().fates.expect(at, trouble);
    }

    /// Lets others do this before the call of this number, counted from the first.
    pub(super) fn meanwhile(&self, at: usize, others: impl FnOnce() + Send + 'static) {
        *self.others() = Some((at, Box::new(others)));
    }

    /// Whether others have still to do what they are to do.
    pub(super) fn waits_for_others(&self) -> bool {
        self.others().is_some()
    }

    /// Lets a disk that was stuck go on.
    pub(super) fn heal(&self) {
        self.state().fates.heal();
    }

    /// Whether the process has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.state().fates.has_ended()
    }

    /// What tells this disk from one that others would find otherwise.
    pub(super) fn sum(&self) -> u64 {
        let mut sum = Xxh3Default::new();
        self.state().nodes.hash(&mut sum);
        sum.finish()
    }

    /// The calls so far.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.state().fates.calls().to_vec()
    }

    /// Writes a file as another program does, with all it takes to last.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) {
        let mut state = self.state();
        let file = Node::File(File::new(bytes));
        match state.find(Path::new(path)) {
            Ok(at) => state.nodes[at] = file,
            Err(_) => state.add(Path::new(path), file).expect("its folder is there"),
        }
        let (at, home) = (state.find(Path::new(path)), state.find(folder(Path::new(path))));
        [at, home].into_iter().flatten().for_each(|node| state.nodes[node].sync());
    }

    /// Gives a file to somebody.
    pub(super) fn give(&self, path: &str, access: Access) {
        let mut state = self.state();
        let file = state.find(Path::new(path)).expect("it is there");
        state.nodes[file].file_mut().expect("it is a file").access = access;
    }

    /// The content of a file.
    pub(super) fn get(&self, path: &str) -> Option<Vec<u8>> {
        let state = self.state();
        let at = state.find(Path::new(path)).ok()?;
        state.nodes[at].file().ok().map(|file| file.now.clone())
    }

    /// The paths of all files, sorted.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let state = self.state();
        let mut files = Vec::new();
        state.walk(0, &PathBuf::from("/"), &mut files);
        files
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test thread breaks within a call")
    }

    fn others(&self) -> MutexGuard<'_, Option<(usize, Others)>> {
        self.others.lock().expect("no test thread breaks within a call")
    }

    fn let_others(&self) {
        let now = self.state().fates.calls().len();
        let others = self.others().take_if(|(at, _)| *at <= now);
        if let Some((_, act)) = others {
            act();
        }
    }

    /// One call, with whatever is to become of it.
    fn call<T>(&self, call: Call, act: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        self.let_others();
        let mut state = self.state();
        match state.fates.of(call) {
            Fate::Refused(error) => Err(error),
            Fate::Late(error) => act(&mut state).and(Err(error)),
            Fate::Half(_) | Fate::Done => act(&mut state),
        }
    }
}

impl State {
    fn find(&self, path: &Path) -> io::Result<usize> {
        let mut at = 0;
        for name in path.components() {
            match name {
                Component::Normal(name) => {
                    at = *self.nodes[at].folder()?.now.get(name).ok_or(ErrorKind::NotFound)?;
                }
                _ => at = 0,
            }
        }
        Ok(at)
    }

    fn home(&mut self, path: &Path) -> io::Result<&mut Folder> {
        let home = self.find(folder(path))?;
        self.nodes[home].folder_mut()
    }

    fn add(&mut self, path: &Path, node: Node) -> io::Result<()> {
        let new = self.nodes.len();
        let (home, name) = (self.home(path)?, name(path)?);
        if home.now.contains_key(&name) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        home.now.insert(name, new);
        self.nodes.push(node);
        Ok(())
    }

    fn open(&mut self, path: &Path, how: Opening) -> io::Result<usize> {
        match self.find(path) {
            Ok(at) if !matches!(how, Opening::New | Opening::Shared) => self.nodes[at].file().map(|_| at),
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() != ErrorKind::NotFound || how == Opening::Present => Err(error),
            Err(_) => {
                self.add(path, Node::File(File::default()))?;
                Ok(self.nodes.len() - 1)
            }
        }
    }

    fn walk(&self, at: usize, path: &Path, files: &mut Vec<PathBuf>) {
        match &self.nodes[at] {
            Node::File(_) => files.push(path.to_owned()),
            Node::Folder(folder) => {
                folder.now.iter().for_each(|(name, node)| self.walk(*node, &path.join(name), files));
            }
        }
    }
}

fn name(path: &Path) -> io::Result<OsString> {
    path.file_name().map(OsStr::to_owned).ok_or_else(|| ErrorKind::AlreadyExists.into())
}

impl Fs for Simulated {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.call(Call::Look, |state| state.find(path).map(|_| path.to_owned()))
    }

    fn status(&self, path: &Path) -> io::Result<Status> {
        self.call(Call::Look, |state| {
            let at = state.find(path)?;
            Ok(match &state.nodes[at] {
                Node::Folder(_) => status(Shape::Folder, 0, Access::default()),
                Node::File(file) => status(Shape::File, file.now.len() as u64, file.access),
            })
        })
    }

    fn load(&self, path: &Path) -> io::Result<Bytes> {
        self.call(Call::Look, |state| {
            let at = state.find(path)?;
            state.nodes[at].file().map(|file| file.now.as_slice().into())
        })
    }

    fn is_same(&self, path: &Path, bytes: &[u8]) -> io::Result<bool> {
        self.load(path).map(|held| *held == *bytes)
    }

    fn part(&self, path: &Path, from: u64, most: usize) -> io::Result<Vec<u8>> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        self.load(path).map(|bytes| bytes.iter().skip(from).take(most).copied().collect())
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<Box<dyn Handle>> {
        let file = self.call(Call::Act, |state| state.open(path, how))?;
        Ok(Box::new(Open { disk: self.clone(), file }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(Call::Act, |state| {
            let node = state.find(from)?;
            let (home, from, to) = (state.home(from)?, name(from)?, name(to)?);
            home.now.remove(&from);
            home.now.insert(to, node);
            Ok(())
        })
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.call(Call::Act, |state| {
            let node = state.find(from)?;
            let (home, to) = (state.home(to)?, name(to)?);
            if home.now.contains_key(&to) {
                return Err(ErrorKind::AlreadyExists.into());
            }
            home.now.insert(to, node);
            Ok(())
        })
    }

    fn unlink(&self, path: &Path) -> io::Result<()> {
        self.call(Call::Act, |state| {
            let at = state.find(path)?;
            state.nodes[at].file()?;
            state.home(path)?.now.remove(&name(path)?);
            Ok(())
        })
    }

    fn sync_names(&self, folder: &Path) -> io::Result<()> {
        self.call(Call::Act, |state| {
            let at = state.find(folder)?;
            state.nodes[at].folder_mut().map(Folder::sync)
        })
    }

    fn lock(&self, _: &Path, _: &[u8]) -> io::Result<Result<Lock, Vec<u8>>> {
        Ok(Ok(Lock::new(())))
    }

    fn is_locked(&self, _: &Path) -> bool {
        false
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(Call::Act, |state| state.add(folder, Node::Folder(Folder::default())))
    }

    /// One after the other, for what goes wrong is told by the numbers of calls.
    fn both(&self, one: &mut (dyn FnMut() + Send), other: &mut (dyn FnMut() + Send)) {
        one();
        other();
    }
}

fn status(shape: Shape, length: u64, access: Access) -> Status {
    let (written, changed, number, read_only) = (None, None, 0, false);
    Status { shape, length, names: 1, written, changed, number, read_only, access }
}

/// A file open for writing. Whatever it was opened for, writes go to its end.
struct Open {
    disk: Simulated,
    file: usize,
}

impl Open {
    fn call<T>(&self, call: Call, act: impl FnOnce(&mut File) -> T) -> io::Result<T> {
        self.disk.call(call, |state| state.nodes[self.file].file_mut().map(act))
    }
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.disk.state();
        let fate = state.fates.of(Call::Write);
        let file = state.nodes[self.file].file_mut()?;
        match fate {
            Fate::Done => Ok(file.write(bytes)),
            Fate::Refused(error) => Err(error),
            Fate::Late(error) => Err(file.write(bytes)).map_err(|_| error),
            Fate::Half(error) => {
                let half = file.write(&bytes[..bytes.len() / 2]);
                error.map_or(Ok(half), Err)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Handle for Open {
    fn sync(&mut self) -> io::Result<()> {
        let synced = self.call(Call::Act, File::sync);
        if synced.is_err() && !self.disk.has_ended() {
            self.disk.state().nodes[self.file].file_mut()?.drop_unsynced();
        }
        synced
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let length = usize::try_from(length).map_err(|_| ErrorKind::InvalidInput)?;
        self.call(Call::Act, |file| file.truncate(length))
    }

    fn give(&mut self, access: Access) -> io::Result<()> {
        self.call(Call::Act, |file| (file.access.user, file.access.group) = (access.user, access.group))
    }

    fn permit(&mut self, access: Access) -> io::Result<()> {
        self.call(Call::Act, |file| file.access.mode = access.mode)
    }
}

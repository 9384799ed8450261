//! The bytes of a file: shared, never changed, and in memory once.

use std::io::{self, Write};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::room::Room;

/// How many bytes of a document are summed up at a time while they are put into it: what a core keeps near.
const NEAR: usize = 1 << 17;

/// Bytes that whoever has them shares with others.
#[derive(Clone, Debug, Default)]
pub struct Bytes(Arc<Held>);

#[derive(Debug, Default)]
struct Held {
    bytes: Room,
    /// Made when it is first asked for.
    sum: OnceLock<String>,
}

impl Bytes {
    /// What they are known by, which takes going through them once, however often it is asked for: see [`sum`].
    pub fn sum(&self) -> &str {
        self.0.sum.get_or_init(|| sum(self))
    }
}

/// What a document is known by: its 128-bit XXH3 in hexadecimal digits.
pub fn sum(document: &[u8]) -> String {
    told(xxh3_128(document))
}

fn told(sum: u128) -> String {
    format!("{sum:032x}")
}

/// Bytes that are still being put together, and are summed up meanwhile.
pub struct Growing {
    room: Room,
    sum: Xxh3Default,
}

impl Growing {
    /// None yet, with room for so many and no more.
    pub fn with_room_for(length: usize) -> Growing {
        Growing { room: Room::for_bytes(length), sum: Xxh3Default::new() }
    }

    /// All of them.
    pub fn done(self) -> Bytes {
        let sum = OnceLock::from(told(self.sum.digest128()));
        Bytes(Arc::new(Held { bytes: self.room, sum }))
    }
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.room.next(bytes.len().min(NEAR));
        let part = &bytes[..room.len()];
        room.copy_from_slice(part);
        self.sum.update(part);
        self.room.grow(part.len());
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Bytes) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Bytes {}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Room::from(bytes).into()
    }
}

impl From<Room> for Bytes {
    fn from(bytes: Room) -> Bytes {
        Bytes(Arc::new(Held { bytes, sum: OnceLock::new() }))
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Bytes {
        bytes.to_vec().into()
    }
}

impl<const LENGTH: usize> From<&[u8; LENGTH]> for Bytes {
    fn from(bytes: &[u8; LENGTH]) -> Bytes {
        bytes.to_vec().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The next opening would take the report for another.
    #[test]
    fn bytes_are_known_by_the_same_however_they_were_put_together() {
        for length in [0, 1, 240, NEAR, 3 * NEAR + 5] {
            let all: Vec<u8> = (0..length).map(|at| (at * 7 / 3) as u8).collect();
            let mut growing = Growing::with_room_for(length);
            all.chunks(NEAR + 3).chain([&[][..]]).for_each(|part| growing.write_all(part).unwrap());
            let (grown, bytes) = (growing.done(), Bytes::from(all));
            assert_eq!((grown.sum(), grown == bytes), (bytes.sum(), true), "{length}");
        }
    }
}

//! Memory for long documents, which the system is asked for many pages at a time, right before they are filled.
//!
//! Memory that it hands out page by page, whenever one is first touched, takes longer to be given than to be filled.

use std::ops::Deref;

use memory::Memory;

/// How much memory is asked for at a time, in bytes: less than a core keeps near, so that it is filled while it is.
const STEP: usize = 1 << 18;

/// Memory for so many bytes, of which the first are there.
#[derive(Debug, Default)]
pub struct Room {
    memory: Memory,
    /// How many bytes are there.
    length: usize,
    /// For how many the system was asked.
    asked: usize,
}

impl Room {
    /// Room for so many bytes, none of which is there.
    pub fn for_bytes(count: usize) -> Room {
        Room { memory: Memory::of(count), length: 0, asked: 0 }
    }

    /// The room behind the bytes that are there, for no more than so many.
    pub fn next(&mut self, most: usize) -> &mut [u8] {
        let end = self.memory.len().min(self.length + most);
        if end > self.asked {
            let until = self.memory.len().min(end.next_multiple_of(STEP));
            self.memory.ask_for(self.asked..until);
            self.asked = until;
        }
        &mut self.memory[self.length..end]
    }

    /// So many bytes more are there, which were put into the [next](Room::next) room.
    pub fn grow(&mut self, by: usize) {
        self.length = self.memory.len().min(self.length + by);
    }
}

impl Deref for Room {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[..self.length]
    }
}

impl From<Vec<u8>> for Room {
    fn from(bytes: Vec<u8>) -> Room {
        let length = bytes.len();
        Room { memory: Memory::from(bytes), length, asked: length }
    }
}

#[cfg(target_os = "linux")]
mod memory {
    use std::ops::{Deref, DerefMut, Range};

    use memmap2::{Advice, MmapMut};
    use rayon::prelude::*;

    use super::STEP;

    /// From how many bytes on memory is asked for by itself.
    const LONG: usize = 1 << 20;

    /// Memory that belongs to one document.
    #[derive(Debug)]
    pub(super) enum Memory {
        Vector(Vec<u8>),
        /// Of no file.
        Mapped(MmapMut),
    }

    impl Memory {
        pub(super) fn of(length: usize) -> Memory {
            let mapped = (length >= LONG).then(|| MmapMut::map_anon(length).ok()).flatten();
            mapped.map_or_else(|| Memory::Vector(vec![0; length]), Memory::Mapped)
        }

        /// Has the system hand out what lies in a range. Where it does not, it does so when that is touched.
        pub(super) fn ask_for(&self, range: Range<usize>) {
            let Memory::Mapped(map) = self else { return };
            let ask = |start: usize| {
                let _ = map.advise_range(Advice::PopulateWrite, start, STEP.min(range.end - start));
            };
            range.clone().into_par_iter().step_by(STEP).for_each(ask);
        }
    }

    impl Default for Memory {
        fn default() -> Memory {
            Memory::Vector(Vec::new())
        }
    }

    impl From<Vec<u8>> for Memory {
        fn from(bytes: Vec<u8>) -> Memory {
            Memory::Vector(bytes)
        }
    }

    impl Deref for Memory {
        type Target = [u8];

        fn deref(&self) -> &[u8] {
            match self {
                Memory::Vector(bytes) => bytes,
                Memory::Mapped(map) => map,
            }
        }
    }

    impl DerefMut for Memory {
        fn deref_mut(&mut self) -> &mut [u8] {
            match self {
                Memory::Vector(bytes) => bytes,
                Memory::Mapped(map) => map,
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod memory {
    use std::ops::{Deref, DerefMut, Range};

    /// Memory as every system gives it.
    #[derive(Debug, Default)]
    pub(super) struct Memory(Vec<u8>);

    impl Memory {
        pub(super) fn of(length: usize) -> Memory {
            Memory(vec![0; length])
        }

        pub(super) fn ask_for(&self, _: Range<usize>) {}
    }

    impl From<Vec<u8>> for Memory {
        fn from(bytes: Vec<u8>) -> Memory {
            Memory(bytes)
        }
    }

    impl Deref for Memory {
        type Target = [u8];

        fn deref(&self) -> &[u8] {
            &self.0
        }
    }

    impl DerefMut for Memory {
        fn deref_mut(&mut self) -> &mut [u8] {
            &mut self.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_takes_what_it_was_made_for_in_whatever_parts_and_no_more() {
        for count in [0, 1, STEP, 5 * STEP - 1, 9 * STEP + 7] {
            for part in [1 << 10, STEP - 1, 3 * STEP] {
                let (all, mut room) =
                    ((0..count).map(|at| (at / 7) as u8).collect::<Vec<u8>>(), Room::for_bytes(count));
                for bytes in all.chunks(part) {
                    let next = room.next(bytes.len());
                    assert_eq!((next.len(), next.iter().all(|byte| *byte == 0)), (bytes.len(), true));
                    next.copy_from_slice(bytes);
                    room.grow(bytes.len());
                }
                assert!(*room == *all && room.next(1).is_empty(), "{count} by {part}");
            }
        }
    }
}

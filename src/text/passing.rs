//! Room for what is made of a long report and thrown away again.
//!
//! The C library of Linux gives memory back to the system that was mapped by itself. But once less than 32 MiB of that
//! was given back, it maps no piece of that size any more, and keeps twice as much of what is freed from then on, in the
//! arena of every thread. So what is thrown away is mapped with more than that. Room that is not used costs nothing.

use rayon::iter::{IndexedParallelIterator, repeat_n};

/// From how much room on it matters, in bytes.
const MUCH: usize = 128 << 10;

/// More than the C library maps and later keeps, in bytes.
const MAPPED: usize = (32 << 20) + (1 << 12);

/// An empty vector with room for so many, whose memory goes back to the system when it is thrown away. Elsewhere than on
/// Linux, where room that is not used may cost something, it has no more.
pub(crate) fn room<T>(count: usize) -> Vec<T> {
    let size = size_of::<T>().max(1);
    let is_much = cfg!(target_os = "linux") && count.saturating_mul(size) >= MUCH;
    Vec::with_capacity(if is_much { count.max(MAPPED.div_ceil(size)) } else { count })
}

/// What is made on all cores, in such a vector.
pub(crate) fn collected<T: Send>(all: impl IndexedParallelIterator<Item = T>) -> Vec<T> {
    let mut collected = room(all.len());
    all.collect_into_vec(&mut collected);
    collected
}

/// One value so many times, in such a vector.
pub(crate) fn filled<T: Clone + Send>(value: T, count: usize) -> Vec<T> {
    collected(repeat_n(value, count).with_min_len(MUCH))
}

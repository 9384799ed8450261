//! Bytes that lie far apart, brought from memory some at a time.
//!
//! A processor waits for memory as long as for a hundred additions, but not longer for several places that it is told of
//! at once. Where each bug of a long report is looked at in one place, that is most of the time it takes.

use std::hint::black_box;

/// How many places are brought at a time.
pub(crate) const TOGETHER: usize = 16;

/// Has the bytes at these offsets brought from memory, which takes about as long as bringing one of them.
pub(crate) fn fetch(base: &[u8], offsets: impl Iterator<Item = u32>) {
    let brought = offsets.fold(0, |all, at| all ^ base.get(at as usize).copied().unwrap_or_default());
    black_box(brought);
}

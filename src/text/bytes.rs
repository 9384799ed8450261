//! The bytes of a file: shared, never changed, and in memory once.
//!
//! They lie in a vector, which can be filled by several threads without being filled with anything before, and which
//! becomes bytes as it is.

use std::ops::Deref;
use std::sync::Arc;

/// Bytes that whoever has them shares with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(Arc<Vec<u8>>);

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Arc::new(bytes))
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

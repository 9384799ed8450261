//! What a report's bytes are told apart by: a 128-bit hash and their length.

use serde::{Deserialize, Serialize};

use crate::text::{Bytes, sum};

/// What the bytes of a file are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    sum: String,
    length: u64,
}

impl Fingerprint {
    /// That of these bytes.
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint { sum: sum(bytes), length: bytes.len() as u64 }
    }

    /// That of bytes that are gone through once however often it is asked for.
    pub fn of_shared(bytes: &Bytes) -> Fingerprint {
        Fingerprint { sum: bytes.sum().to_owned(), length: bytes.len() as u64 }
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.length
    }
}

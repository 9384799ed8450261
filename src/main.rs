//! regrade.
fn main() {}

//! The system of record, as one binary.
fn main() {}

//! Documents made from records. For now one: the printed proof of a clock.
//!
//! It formats what `incident` proved and computes nothing itself.

mod clock_proof;

pub use clock_proof::clock_proof;

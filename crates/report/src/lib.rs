//! Documents made from records. The printed proof of a clock, and what the policy says of many incidents.
//!
//! It formats what `incident` proved and judged, and computes nothing itself.

mod clock_proof;
mod policy;

pub use clock_proof::clock_proof;
pub use policy::{ByHand, Clocks, PolicyReport};

//! The drill: simulated people, clocks, networks and disks. Development only; nothing depends on it.
//!
//! It holds no rule: every verdict is `incident`'s.

#[cfg(feature = "world")]
pub mod chance;
pub mod shift;
#[cfg(feature = "world")]
pub mod world;

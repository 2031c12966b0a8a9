//! The drill: simulated people, clocks, networks and disks. Development only; nothing depends on it.
//!
//! It holds no rule: every verdict is `incident`'s.

pub mod chance;
pub mod shift;
pub mod world;

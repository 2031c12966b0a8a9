//! The incident management policy as code: pure, total, without I/O, clock or randomness.

pub mod calendar;
pub mod time;

pub use time::{Span, Timestamp};

//! Intake: signals that arrive from monitoring tools (§3.1). Phone, e-mail and portal have their own doors.
//!
//! [`reading`] reads a body; here a reading becomes a signal, counts on one, or is noted. A recovery is a
//! fact that closes nothing, and a flood is rolled up, never turned away.

mod ending;
mod flood;
pub mod reading;
mod receipt;
mod take_in;

pub(crate) use reading::BODY_BYTES_MAX;
pub use receipt::{Action, Receipt, Taken};
pub(crate) use take_in::{read, take_in};

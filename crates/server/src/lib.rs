//! The system of record: one order of the log, and everything that follows from it.
//!
//! [`Server`] is the whole of it in one process; [`store::Store`] the file beneath.
//! It computes no rule of the policy: `incident::decide` does. It knows no replica.

pub mod clock;
pub mod export;
pub mod import;
pub mod intake;
pub mod store;

mod fault;
mod frames;
mod server;
mod writer;

pub use clock::{Clock, ManualClock};
pub use server::Server;

//! The system of record: one order of the log, and everything that follows from it.
//!
//! [`Server`] is the whole of it in one process; [`store::Store`] the file beneath, [`http`] its routes.
//! It computes no rule of the policy: `incident::decide` does. It knows no replica.

pub mod cli;
pub mod clock;
pub mod deadlines;
pub mod demo;
pub mod export;
mod fault;
mod frames;
pub mod http;
pub mod import;
pub mod intake;
pub mod policy_report;
mod server;
mod sign_in;
pub mod store;
mod writer;

pub use clock::{Clock, ManualClock};
pub use frames::{advance, has_news};
pub use server::Server;
pub use sign_in::Session;

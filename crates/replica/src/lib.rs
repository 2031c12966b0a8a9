//! This desk's copy: outbox, before-images, records and cursor in one file; works offline.
//!
//! - [`Replica`]: the engine. Commands and frames in, changes out; no network, no clock of its own.
//! - [`Reader`]: reads beside it, so that a screen never waits for a write.
//! - [`sync`]: the line to the server.
//! - [`view`]: what the desk shows.

mod engine;
mod error;
mod live;
mod offset;
mod read;
mod store;
pub mod sync;
pub mod view;

pub use engine::{Applied, Changed, Done, NotDone, Replica};
pub use error::Error;
pub use live::Live;
pub use offset::ServerOffset;
pub use read::{Found, Reader};
pub use store::aside::{SetAside, set_aside, suspect};

/// A refused command with the person's own words.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The command as it was sent.
    pub envelope: protocol::Envelope,
    /// Why it was refused.
    pub refusal: incident::Refusal,
    /// When this desk learnt of it.
    pub at: incident::Timestamp,
}

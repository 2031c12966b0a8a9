//! What replica and server say to each other: commands up, frames of records down.
//!
//! It knows no transport, no store and no rule. Versions: a peer that speaks another [`PROTOCOL`] is told so
//! and keeps working offline.

pub mod command;
pub mod frame;
pub mod record_id;
pub mod session;

pub use command::{ClockClaim, Envelope, Outcome, PushReply, PushRequest, Verdict};
pub use frame::{Fill, Frame, Image, Kind, Leave, PullRequest, ScopeFill, ScopeId, Stage};
pub use session::{Fault, FaultCode, SignIn, SignedIn, TimeReply};

/// The protocol spoken here; a server speaks this one and the one before.
pub const PROTOCOL: u32 = 1;
/// Commands in one push.
pub const PUSH_MAX: usize = 100;
/// Numbers of one incident that restores of the server left behind.
pub const FORMER_NUMBERS_MAX: usize = 16;
/// Records in one frame; more arrive in the next.
pub const FRAME_RECORDS_MAX: usize = 2_000;
/// Longest wait of a pull, in milliseconds.
pub const WAIT_MS_MAX: u32 = 25_000;
/// Heartbeat of the stream, in milliseconds; twice and a half of it without a byte is a dead line.
pub const HEARTBEAT_MS: u64 = 10_000;
/// Largest request body, in bytes.
pub const BODY_MAX: usize = 1 << 20;

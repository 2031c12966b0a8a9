//! Signing in, the time, and faults of the wire.

use incident::{Actor, Timestamp};
use serde::{Deserialize, Serialize};

/// Name and password of a local account.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The account's name.
    pub name: String,
    /// The password; never logged.
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A session.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// The opaque token; the server keeps only its digest.
    pub token: String,
    /// Who signed in.
    pub actor: Actor,
    /// Name on screen.
    pub name: String,
    /// When the session ends.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("actor", &self.actor).finish_non_exhaustive()
    }
}

/// The server's clock, for measuring the desk's offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeReply {
    /// Now, there.
    pub now: Timestamp,
}

/// What went wrong on the wire; code branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultCode {
    /// Not signed in, or no longer.
    Unauthenticated,
    /// This session may not do that.
    Forbidden,
    /// Name or password is wrong.
    WrongCredentials,
    /// Too many tries; wait.
    TooMany,
    /// The body is not what this route takes.
    Malformed,
    /// The body is larger than the limit.
    TooLarge,
    /// No such route or record.
    NotFound,
    /// The route is there, and takes another method.
    MethodNotAllowed,
    /// The desk follows another history than this log.
    LogDiverged,
    /// The protocol version is not spoken here.
    ProtocolUnsupported,
    /// The same command id came with another body.
    CommandReused,
    /// The server could not do it now; try again.
    Unavailable,
}

/// A fault, as the body of every answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What to branch on.
    pub code: FaultCode,
    /// What happened and what to do next.
    pub message: String,
    /// After how many seconds trying again makes sense, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

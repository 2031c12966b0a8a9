//! The log's only words: what happened, in the past tense (§3.1).
//!
//! **Never change what is here.** Kinds, field names and meanings are hashed into the chain and read back
//! for as long as records are kept: an event may gain an optional field or a sibling kind, nothing else.

mod fact;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Timestamp};

pub use crate::records::Subject;
pub use fact::Fact;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Event {
    /// When it happened: the desk's clock corrected by its measured offset (ruling 8).
    pub at: Timestamp,
    /// When the server received it; equals `at` until then.
    pub received: Timestamp,
    /// How far `at` may be off, in milliseconds.
    #[serde(default)]
    pub uncertainty_ms: u32,
    /// Whose deed it was.
    pub actor: PersonId,
    /// What it is about.
    pub subject: Subject,
    /// What happened.
    pub fact: Fact,
}

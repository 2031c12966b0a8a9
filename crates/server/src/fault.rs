//! Faults: every answer that is no success, as one body with a code to branch on and a sentence to read.

use protocol::{Fault, FaultCode};
use uuid::Uuid;

use crate::store::Error;

/// A fault with its sentence.
pub(crate) fn fault(code: FaultCode, message: impl Into<String>) -> Fault {
    Fault { code, message: message.into(), retry_after_seconds: None }
}

/// The server cannot do it now.
pub(crate) fn unavailable() -> Fault {
    fault(
        FaultCode::Unavailable,
        "The server could not do this now and changed nothing; try again in a moment. If it stays so, tell the Administrator.",
    )
}

/// The desk knows lines that this log does not have, or has not got any more.
pub(crate) fn diverged(epoch: Uuid) -> Fault {
    let message = format!(
        "This desk follows another history than the server's log, whose epoch is {epoch}. Its unsent work is safe; it is filled anew and sends again what the server does not have."
    );
    fault(FaultCode::LogDiverged, message)
}

impl From<Error> for Fault {
    /// What a stranger may know of it: the cause goes to the server's own log.
    fn from(error: Error) -> Self {
        match error {
            Error::Asked(message) => fault(FaultCode::Malformed, message),
            Error::InUse { .. }
            | Error::NotInitialised { .. }
            | Error::Directory { .. }
            | Error::Damaged { .. }
            | Error::NewerSchema { .. }
            | Error::OldSqlite { .. }
            | Error::Sqlite(_)
            | Error::Document(_)
            | Error::Corrupt(_)
            | Error::DoesNotFold { .. }
            | Error::Randomness(_) => {
                tracing::error!(%error, "a request failed: {error}");
                unavailable()
            }
        }
    }
}

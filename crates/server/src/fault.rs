//! Faults: every answer that is no success, as one body with a code to branch on and a sentence to read.

use protocol::{Fault, FaultCode};

use crate::store::Error;

/// A fault with its sentence.
pub(crate) fn fault(code: FaultCode, message: impl Into<String>) -> Fault {
    Fault { code, message: message.into() }
}

/// The server cannot do it now.
pub(crate) fn unavailable() -> Fault {
    fault(
        FaultCode::Unavailable,
        "The server could not do this now and changed nothing; try again in a moment. If it stays so, tell the Administrator.",
    )
}

impl From<Error> for Fault {
    /// What a stranger may know of it: the cause goes to the server's own log.
    fn from(error: Error) -> Self {
        match error {
            Error::Asked(message) => fault(FaultCode::Malformed, message),
            Error::InUse { .. }
            | Error::NotInitialised { .. }
            | Error::Directory { .. }
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

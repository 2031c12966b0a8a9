//! What can fail at the desk, in words that say what was kept.

/// The world failed; the policy's *no* is a `Refusal`, never one of these.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite failed.
    #[error("this computer's copy could not be read or written: {0}. Nothing that was saved is lost")]
    Store(#[from] rusqlite::Error),
    /// A stored document is not readable.
    #[error("a record of this computer's copy is not readable: {0}")]
    Document(#[from] serde_json::Error),
    /// SQLite is too old to be trusted with a write-ahead log.
    #[error("SQLite {found} may corrupt its log; 3.51.3 or newer is needed")]
    OldSqlite {
        /// The version found.
        found: String,
    },
    /// The file was written by a newer desk.
    #[error("this copy was written by a newer desk (schema {found}); update this one")]
    NewerFile {
        /// The schema found.
        found: i64,
    },
    /// A folder could not be made or read.
    #[error("the folder of this desk's copy could not be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The outbox is at its limit.
    #[error("{limit} commands wait to be sent; connect to the server before doing more. Nothing was changed")]
    OutboxFull {
        /// The limit.
        limit: u32,
    },
    /// A command that no push could carry.
    #[error("this is {bytes} bytes, more than the {limit} that can be sent at once; shorten it")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
}

//! What can fail at the desk, in words that never claim more than is known of what was kept.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The world failed; the policy's *no* is a `Refusal`, never one of these.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite failed.
    #[error("this computer's copy could not be read or written: {0}")]
    Store(#[from] rusqlite::Error),
    /// The file itself is damaged.
    #[error(
        "this computer's copy is damaged ({cause}): {}. Sign out and sign in again: the file is kept under another \
         name, and a new copy is filled from the server",
        .file.display()
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What SQLite says of it.
        cause: String,
    },
    /// A damaged file could not be set aside.
    #[error(
        "this computer's copy is damaged and could not be set aside yet ({cause}): {}. Nothing was deleted; sign in \
         again to go on with it",
        .file.display()
    )]
    NotSetAside {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
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

impl Error {
    /// What SQLite says of a damaged file, where that is why it failed.
    pub fn damage(&self) -> Option<String> {
        match self {
            Self::Damaged { cause, .. } => Some(cause.clone()),
            Self::Store(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Some(error.to_string()),
                Some(_) | None => None,
            },
            Self::NotSetAside { .. }
            | Self::Document(_)
            | Self::OldSqlite { .. }
            | Self::NewerFile { .. }
            | Self::Folder(_)
            | Self::OutboxFull { .. }
            | Self::TooLarge { .. } => None,
        }
    }

    /// The same with the file's name, where the file is damaged.
    pub(crate) fn of(self, file: &Path) -> Self {
        match self.damage() {
            Some(cause) => Self::Damaged { file: file.to_owned(), cause },
            None => self,
        }
    }
}

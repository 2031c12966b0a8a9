//! What can go wrong with the store, in words that say what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The world failed; never a refusal of the policy.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another server or import works on this directory.
    #[error("another server or import is using {}; stop it first, then try again", dir.display())]
    InUse {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory holds no desk yet.
    #[error("{} holds no desk yet; run `holdfast-server init --data {}` first", dir.display(), dir.display())]
    NotInitialised {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory cannot be used.
    #[error("cannot use {}: {cause}; check the path and that this user may read and write there", dir.display())]
    Directory {
        /// The directory.
        dir: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The file was written by a newer release.
    #[error(
        "the data was written by a newer release (schema {found}, this one knows {known}); install that release"
    )]
    NewerSchema {
        /// Found in the file.
        found: u32,
        /// Known here.
        known: u32,
    },
    /// The SQLite in this binary has a known fault.
    #[error(
        "this binary carries SQLite {found}, which may corrupt a write-ahead log; build it with 3.51.3 or later"
    )]
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// The file is damaged, or was never a desk's.
    #[error(
        "{} is damaged or no desk's file: {what}; nothing was changed. Name another folder, or restore a backup into an empty one with `holdfast-server restore`",
        file.display()
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The database failed.
    #[error(
        "the database failed: {0}; nothing was changed. Check disk space and permissions, then try again"
    )]
    Sqlite(#[source] rusqlite::Error),
    /// A stored document does not read back.
    #[error(
        "a stored record does not read back: {0}; run `holdfast-server audit verify` and restore a backup"
    )]
    Document(#[from] serde_json::Error),
    /// Something that cannot be stored is not what it should be.
    #[error("the store does not add up: {0}; run `holdfast-server audit verify` and restore a backup")]
    Corrupt(String),
    /// An event does not fit the record it is about.
    #[error("event {place} of command {command} does not fit its record: {what}")]
    DoesNotFold {
        /// The command.
        command: incident::CommandId,
        /// Place of the event, from 0.
        place: usize,
        /// What does not fit.
        what: String,
    },
    /// The operating system gave no randomness.
    #[error("the operating system gives no randomness: {0}")]
    Randomness(getrandom::Error),
    /// What was asked for is not so.
    #[error("{0}")]
    Asked(String),
}

impl Error {
    /// The same of a file that is only just opened: it may be anything.
    pub(super) fn of_file(self, file: &Path) -> Self {
        match self {
            Self::Corrupt(what) => Self::Damaged { file: file.to_owned(), what },
            other => other,
        }
    }
}

impl From<rusqlite::Error> for Error {
    /// A damaged file is no matter of disk space.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Corrupt(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

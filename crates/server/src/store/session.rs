//! Sessions: an opaque token for the desk, its digest for the store.

use incident::{PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::column::{Hash, hex, id, instant, random};
use super::{Error, Writing};

/// How long a session lasts, in milliseconds: thirty days, so that a desk may be away for a while.
const LIFE_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How often the last sight of a session is noted, in milliseconds.
const SEEN_EVERY_MS: i64 = 5 * 60 * 1000;
/// What a token begins with, so that a leaked one is recognised.
const PREFIX: &str = "hfs_";

/// A session just opened. The token exists here and at the desk, nowhere else.
#[derive(Clone)]
pub struct Opened {
    /// The token.
    pub token: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// A session that holds.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    /// Whose.
    pub person: PersonId,
    /// The digest of its token.
    pub digest: Hash,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was seen last, to within minutes.
    pub seen_at: Timestamp,
}

/// A secret of 256 bits after a prefix.
pub(super) fn secret(prefix: &str) -> Result<String, Error> {
    Ok(format!("{prefix}{}", hex(&random::<32>()?)))
}

/// The digest of a secret.
pub(super) fn digest(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).into()
}

impl Writing<'_> {
    /// Opens a session for a person.
    pub fn open_session(&self, person: PersonId) -> Result<Opened, Error> {
        let token = secret(PREFIX)?;
        let expires_at = self.now.plus_millis(LIFE_MS);
        self.conn.execute("DELETE FROM session WHERE expires_at <= ?1", [self.now.millis()])?;
        self.conn.execute(
            "INSERT INTO session (digest, person, created_at, expires_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?3)",
            params![digest(&token), person.0.into_bytes(), self.now.millis(), expires_at.millis()],
        )?;
        Ok(Opened { token, expires_at })
    }

    /// Ends a session.
    pub fn end_session(&self, digest: &Hash) -> Result<(), Error> {
        let now = self.now.millis();
        self.conn.execute(
            "UPDATE session SET revoked_at = ?2 WHERE digest = ?1 AND revoked_at IS NULL",
            params![digest, now],
        )?;
        Ok(())
    }

    /// Ends every session of a person.
    pub fn end_sessions_of(&self, person: PersonId) -> Result<(), Error> {
        self.conn.execute(
            "UPDATE session SET revoked_at = ?2 WHERE person = ?1 AND revoked_at IS NULL",
            params![person.0.into_bytes(), self.now.millis()],
        )?;
        Ok(())
    }

    pub(crate) fn see_session(&self, digest: &Hash) -> Result<(), Error> {
        self.conn.execute(
            "UPDATE session SET seen_at = ?2 WHERE digest = ?1",
            params![digest, self.now.millis()],
        )?;
        Ok(())
    }
}

impl Live {
    /// Whether its last sight is so long ago that it is worth a write.
    pub(crate) fn is_stale(&self, now: Timestamp) -> bool {
        now.since(self.seen_at) >= SEEN_EVERY_MS
    }
}

/// The session of a token; `None` where it is unknown, ended or over.
pub(crate) fn of_token(conn: &Connection, token: &str, now: Timestamp) -> Result<Option<Live>, Error> {
    of_digest(conn, digest(token), now)
}

pub(crate) fn of_digest(conn: &Connection, digest: Hash, now: Timestamp) -> Result<Option<Live>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT person, expires_at, seen_at FROM session
         WHERE digest = ?1 AND revoked_at IS NULL AND expires_at > ?2",
    )?;
    let found = statement.query_row(params![digest, now.millis()], |row| {
        Ok(Live {
            person: PersonId(id(row, 0)?),
            digest,
            expires_at: instant(row, 1)?,
            seen_at: instant(row, 2)?,
        })
    });
    Ok(found.optional()?)
}

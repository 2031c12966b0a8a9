//! Local accounts: names, password hashes, and patience with wrong passwords.
//!
//! Nothing here tells a known name from an unknown one: both cost one hash, both are counted and locked.

use argon2::{Algorithm, Argon2, Params, Version};
use incident::command::is_hidden;
use incident::{PersonId, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use subtle::ConstantTimeEq;

use super::column::{Hash, counted, id, instant, random, stored};
use super::{Error, Store, Writing};

/// Characters of a password, at least.
pub const PASSWORD_MIN: usize = 10;
/// Bytes of a password, at most.
pub const PASSWORD_MAX: usize = 1024;
/// Characters of an account's name, at most.
pub const NAME_MAX: usize = 100;
/// Wrong passwords before a name has to wait.
const PATIENCE: u64 = 5;
/// The first wait and the longest, in milliseconds; each further failure doubles it.
const WAIT_MIN_MS: i64 = 30_000;
const WAIT_MAX_MS: i64 = 15 * 60_000;
/// After this long a failure is forgotten, in milliseconds.
const MEMORY_MS: i64 = 24 * 60 * 60_000;

/// What a sign-in is checked against; made up where the name is unknown.
#[derive(Clone)]
pub struct Check {
    salt: [u8; 16],
    hash: Hash,
    person: Option<PersonId>,
}

impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Check")
    }
}

/// An account in a list.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub person: PersonId,
    /// Since when.
    pub created_at: Timestamp,
}

/// A name as accounts are found by it.
pub fn canonical_name(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Hashes a password: argon2id with 19 MiB, two passes, one lane. Slow on purpose.
fn hash(password: &str, salt: &[u8]) -> Result<Hash, Error> {
    let failed = |error: argon2::Error| Error::Asked(format!("the password cannot be hashed: {error}"));
    let params = Params::new(19_456, 2, 1, Some(32)).map_err(failed)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, &mut out)
        .map_err(failed)?;
    Ok(out)
}

impl Check {
    /// The person, where the password is right. Takes equally long where the name is unknown.
    pub fn person(&self, password: &str) -> Result<Option<PersonId>, Error> {
        let matches: bool = hash(password, &self.salt)?.ct_eq(&self.hash).into();
        Ok(self.person.filter(|_| matches))
    }
}

/// What to check a sign-in of `name` against.
pub(crate) fn check_for(conn: &Connection, name: &str) -> Result<Check, Error> {
    let mut statement = conn.prepare_cached("SELECT salt, hash, person FROM account WHERE name = ?1")?;
    let found = statement.query_row([canonical_name(name)], |row| {
        Ok(Check { salt: row.get(0)?, hash: row.get(1)?, person: Some(PersonId(id(row, 2)?)) })
    });
    Ok(found.optional()?.unwrap_or(Check { salt: [0; 16], hash: [0; 32], person: None }))
}

/// Until when sign-ins of this name are turned away unheard.
pub(crate) fn locked_until(
    conn: &Connection,
    name: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let mut statement = conn.prepare_cached("SELECT locked_until FROM sign_in_failure WHERE name = ?1")?;
    let until = statement.query_row([canonical_name(name)], |row| instant(row, 0)).optional()?;
    Ok(until.filter(|until| *until > now))
}

/// Whether an account can have this name.
pub fn check_name(name: &str) -> Result<(), Error> {
    let name = canonical_name(name);
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(is_hidden) {
        let what = format!("an account's name has 1 to {NAME_MAX} printable characters; nobody was added");
        return Err(Error::Asked(what));
    }
    Ok(())
}

impl Writing<'_> {
    /// Adds an account. The password is checked before it is hashed.
    pub fn add_account(&self, name: &str, person: PersonId, password: &str) -> Result<(), Error> {
        check_name(name)?;
        let name = canonical_name(name);
        if self.conn.prepare_cached("SELECT 1 FROM account WHERE name = ?1")?.exists([&name])? {
            return Err(Error::Asked(format!("there is an account {name:?} already; choose another name")));
        }
        let (salt, hash) = salted(password)?;
        self.conn.execute(
            "INSERT INTO account (name, person, salt, hash, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![name, person.0.into_bytes(), salt, hash, self.now.millis()],
        )?;
        Ok(())
    }

    /// Sets a new password and ends the sessions opened with the old one.
    pub fn set_password(&self, name: &str, password: &str) -> Result<(), Error> {
        let name = canonical_name(name);
        let (salt, hash) = salted(password)?;
        let person = self
            .conn
            .query_row(
                "UPDATE account SET salt = ?2, hash = ?3 WHERE name = ?1 RETURNING person",
                params![name, salt, hash],
                |row| id(row, 0),
            )
            .optional()?;
        let Some(person) = person else {
            return Err(Error::Asked(format!("there is no account {name:?}; `account list` shows them")));
        };
        self.forget_failures(&name)?;
        self.end_sessions_of(PersonId(person))
    }

    /// Notes a wrong password; from the fifth on, the name has to wait.
    pub(crate) fn note_failure(&self, name: &str) -> Result<(), Error> {
        let name = canonical_name(name);
        let old = self.now.plus_millis(-MEMORY_MS).millis();
        self.conn.execute("DELETE FROM sign_in_failure WHERE at < ?1", [old])?;
        let before: Option<i64> = self
            .conn
            .query_row("SELECT failures FROM sign_in_failure WHERE name = ?1", [&name], |row| row.get(0))
            .optional()?;
        let failures = before.map_or(0, counted) + 1;
        let doublings = u32::try_from(failures.saturating_sub(PATIENCE)).unwrap_or(u32::MAX).min(10);
        let wait = (WAIT_MIN_MS << doublings).min(WAIT_MAX_MS);
        let until = if failures < PATIENCE { self.now } else { self.now.plus_millis(wait) };
        self.conn.execute(
            "INSERT INTO sign_in_failure (name, failures, locked_until, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET failures = excluded.failures,
                 locked_until = excluded.locked_until, at = excluded.at",
            params![name, stored(failures), until.millis(), self.now.millis()],
        )?;
        Ok(())
    }

    pub(crate) fn forget_failures(&self, name: &str) -> Result<(), Error> {
        self.conn.execute("DELETE FROM sign_in_failure WHERE name = ?1", [canonical_name(name)])?;
        Ok(())
    }
}

impl Store {
    /// All accounts by name.
    pub fn accounts(&self) -> Result<Vec<Account>, Error> {
        let mut statement =
            self.conn.prepare("SELECT name, person, created_at FROM account ORDER BY name")?;
        let rows = statement.query_map([], |row| {
            Ok(Account { name: row.get(0)?, person: PersonId(id(row, 1)?), created_at: instant(row, 2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Whether a password may be set.
pub fn check_password(password: &str) -> Result<(), Error> {
    if password.chars().count() < PASSWORD_MIN || password.len() > PASSWORD_MAX {
        return Err(Error::Asked(format!(
            "a password has at least {PASSWORD_MIN} characters and at most {PASSWORD_MAX} bytes; nothing was changed. Choose another"
        )));
    }
    Ok(())
}

fn salted(password: &str) -> Result<([u8; 16], Hash), Error> {
    check_password(password)?;
    let salt = random()?;
    Ok((salt, hash(password, &salt)?))
}

//! How ids, numbers and hashes lie in columns.

use incident::Timestamp;
use uuid::Uuid;

use super::Error;

/// A digest of SHA-256.
pub(crate) type Hash = [u8; 32];

/// Sequence numbers are counted from one by this store: they never leave the range of a column.
pub(crate) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The number that [`stored`] wrote; a negative one reads as nothing.
pub(crate) fn counted(column: i64) -> u64 {
    u64::try_from(column).unwrap_or(0)
}

pub(crate) fn id(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

pub(crate) fn number(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(counted)
}

pub(crate) fn instant(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    row.get::<_, i64>(column).map(Timestamp::from_millis)
}

/// Bytes of the operating system's randomness.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Error::Randomness)?;
    Ok(bytes)
}

/// A fresh id.
pub(crate) fn random_id() -> Result<Uuid, Error> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid())
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

//! This computer's clock and its randomness, each read in one place.

use incident::Timestamp;

/// Now, by this computer's own clock; the replica corrects it by the measured offset.
#[expect(clippy::disallowed_methods, reason = "the desk's one reading of the wall clock")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A number from 0 to 1 that differs between desks, so that they do not come back all at once.
pub(crate) fn jitter() -> f64 {
    let mut bytes = [0_u8; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

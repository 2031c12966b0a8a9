//! A share with its denominator.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// So many of so many; there is none of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Share {
    /// How many.
    pub kept: u32,
    /// Of how many; never zero.
    pub of: u32,
}

impl Share {
    /// The share, or no data.
    pub fn of(kept: usize, of: usize) -> Option<Self> {
        let count = |many| u32::try_from(many).unwrap_or(u32::MAX);
        (of > 0).then(|| Self { kept: count(kept), of: count(of) })
    }

    /// In tenths of a percent, rounded down: what was not wholly kept never reads as 100 %.
    pub const fn per_mille(self) -> u32 {
        // Both fit into 32 bits, so that the product fits into 64, and kept is never more than of.
        (self.kept as u64 * 1_000 / self.of as u64) as u32
    }
}

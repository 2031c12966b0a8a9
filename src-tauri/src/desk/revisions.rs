//! When something was drawn: the screen hears of one record by answers and by pushes, which may overtake each other.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what is drawn, for as long as the process runs; whoever is signed in, no number comes twice.
#[derive(Debug, Default)]
pub(super) struct Revisions(AtomicU64);

impl Revisions {
    /// The next one. It is taken while the copy is held, so that of two drawings the greater read the later copy.
    pub(super) fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}

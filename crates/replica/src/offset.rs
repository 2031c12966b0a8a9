//! The server's clock as seen from here: offset with an error bound (ruling 8).
//!
//! Each exchange bounds the offset by half its round trip; the tightest of the last few counts.

use std::collections::VecDeque;

use incident::Timestamp;
use protocol::ClockClaim;

/// Exchanges remembered.
const SAMPLES_MAX: usize = 8;
/// What a desk that never asked may be off by, in milliseconds: five minutes.
const UNKNOWN_MS: u32 = 300_000;

/// One exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sample {
    offset_ms: i64,
    error_ms: i64,
}

/// The measured offset.
#[derive(Debug, Clone, Default)]
pub struct ServerOffset {
    samples: VecDeque<Sample>,
    kept: Option<(i64, u32)>,
}

impl ServerOffset {
    /// As it was last known, before the first exchange of this run.
    pub fn recalled(offset_ms: i64, uncertainty_ms: u32) -> Self {
        Self { samples: VecDeque::new(), kept: Some((offset_ms, uncertainty_ms)) }
    }

    /// An exchange: asked at `sent`, answered with the server's `there`, answer seen at `seen`.
    pub fn measured(&mut self, sent: Timestamp, there: Timestamp, seen: Timestamp) {
        let round_trip = seen.since(sent).max(0);
        let middle = sent.plus_millis(round_trip / 2);
        if self.samples.len() == SAMPLES_MAX {
            self.samples.pop_front();
        }
        self.samples.push_back(Sample { offset_ms: there.since(middle), error_ms: round_trip / 2 + 1 });
        if let Some(best) = self.best() {
            self.kept = Some((best.offset_ms, u32::try_from(best.error_ms).unwrap_or(u32::MAX)));
        }
    }

    /// Milliseconds to add to this computer's clock.
    pub fn offset_ms(&self) -> i64 {
        self.kept.map_or(0, |(offset, _)| offset)
    }

    /// How far that may be off.
    pub fn uncertainty_ms(&self) -> u32 {
        self.kept.map_or(UNKNOWN_MS, |(_, error)| error)
    }

    /// This computer's `now` as the server would say it.
    pub fn corrected(&self, now: Timestamp) -> Timestamp {
        now.plus_millis(self.offset_ms())
    }

    /// What a command says of its time.
    pub fn claim(&self, now: Timestamp) -> ClockClaim {
        ClockClaim { at: self.corrected(now), uncertainty_ms: self.uncertainty_ms() }
    }

    fn best(&self) -> Option<Sample> {
        self.samples.iter().copied().min_by_key(|sample| sample.error_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(ms)
    }

    #[test]
    fn the_tightest_exchange_counts() {
        let mut offset = ServerOffset::default();
        assert_eq!(offset.uncertainty_ms(), UNKNOWN_MS);
        offset.measured(at(1_000), at(6_500), at(2_000));
        assert_eq!((offset.offset_ms(), offset.uncertainty_ms()), (5_000, 501));
        offset.measured(at(3_000), at(8_105), at(3_020));
        assert_eq!((offset.offset_ms(), offset.uncertainty_ms()), (5_095, 11));
        offset.measured(at(4_000), at(20_000), at(9_000));
        assert_eq!(offset.corrected(at(10_000)), at(15_095), "a slow exchange changes nothing");
    }

    #[test]
    fn a_clock_that_jumps_back_gives_no_negative_round_trip() {
        let mut offset = ServerOffset::default();
        offset.measured(at(9_000), at(5_000), at(1_000));
        assert_eq!((offset.offset_ms(), offset.uncertainty_ms()), (-4_000, 1));
    }
}

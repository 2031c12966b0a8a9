//! Chance with a seed: the same seed gives the same run, on every machine.

use uuid::Uuid;

/// A stream of numbers that follows from its seed alone (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The stream of a seed.
    pub const fn of(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number.
    pub const fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A place in a list of so many; 0 where there is none.
    pub fn place(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % count).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low).saturating_add(1);
        low.saturating_add(i64::try_from(self.number() % width).unwrap_or(0))
    }

    /// True so often in a hundred.
    pub const fn percent(&mut self, often: u64) -> bool {
        self.number() % 100 < often
    }

    /// One of them.
    ///
    /// # Panics
    /// Where there is none to choose.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.place(of.len())]
    }

    /// A number from 0 to 1.
    pub fn part(&mut self) -> f64 {
        f64::from(u32::try_from(self.number() >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    /// An id made at `millis`, sortable by time like those that desks make.
    pub fn id(&mut self, millis: i64) -> Uuid {
        let time = u128::from(millis.unsigned_abs() & 0xffff_ffff_ffff) << 80;
        let random = (u128::from(self.number()) << 64 | u128::from(self.number())) & !(u128::MAX << 80);
        let marked = random & !(0xf << 76) & !(0x3 << 62);
        Uuid::from_u128(time | marked | 0x7 << 76 | 0x2 << 62)
    }
}

//! What came out, as the lines that `cargo xtask bench` reads.

use std::time::{Duration, Instant};

use serde::Serialize;

/// One number with what it stands beside.
#[derive(Debug, Serialize)]
pub(crate) struct Measure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) floors: Vec<Floor>,
    pub(crate) aim: &'static str,
}

/// What the machine does at best, in the same unit.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Floor {
    pub(crate) name: String,
    pub(crate) value: f64,
}

/// Something that could not be measured here.
#[derive(Debug, Serialize)]
struct Absent<'a> {
    name: &'a str,
    why: &'a str,
}

impl Floor {
    pub(crate) fn new(name: impl Into<String>, value: f64) -> Self {
        Self { name: name.into(), value }
    }
}

impl Measure {
    /// A number without an aim or a floor.
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { name: name.into(), value, unit, floors: Vec::new(), aim: "-" }
    }

    pub(crate) const fn aim(mut self, aim: &'static str) -> Self {
        self.aim = aim;
        self
    }

    pub(crate) fn floor(mut self, floor: Floor) -> Self {
        self.floors.push(floor);
        self
    }

    /// Prints it.
    pub(crate) fn print(&self) -> anyhow::Result<()> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}

/// Says plainly that something was not measured.
pub(crate) fn absent(name: &str, why: &str) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string(&Absent { name, why })?);
    Ok(())
}

/// Elapsed time: the one place here that reads a clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a bench measures elapsed time")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    pub(crate) fn seconds(self) -> f64 {
        self.elapsed().as_secs_f64()
    }

    pub(crate) fn millis(self) -> f64 {
        self.seconds() * 1_000.0
    }
}

/// Many times of one thing, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn note(&mut self, millis: f64) {
        self.0.push(millis);
    }

    pub(crate) fn sorted(mut self) -> Sorted {
        self.0.sort_by(f64::total_cmp);
        Sorted(self.0)
    }
}

impl FromIterator<f64> for Times {
    fn from_iter<T: IntoIterator<Item = f64>>(times: T) -> Self {
        Self(times.into_iter().collect())
    }
}

/// The same in order.
#[derive(Debug)]
pub(crate) struct Sorted(Vec<f64>);

impl Sorted {
    /// The time that so many per cent do not exceed (nearest rank).
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or(f64::NAN)
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times: Times = (1..=200).rev().map(f64::from).collect();
        let sorted = times.sorted();
        assert_eq!(
            (sorted.percentile(50), sorted.percentile(99), sorted.percentile(100)),
            (100.0, 198.0, 200.0)
        );
        let one: Times = [7.0].into_iter().collect();
        assert_eq!(one.sorted().percentile(1), 7.0);
    }

    #[test]
    fn a_line_is_what_the_other_side_reads() {
        let measure = Measure::new("x", 2.0, "/s").floor(Floor::new("y", 4.0)).aim("≥ 1 /s");
        let line = serde_json::to_string(&measure).unwrap();
        assert_eq!(
            line,
            r#"{"name":"x","value":2.0,"unit":"/s","floors":[{"name":"y","value":4.0}],"aim":"≥ 1 /s"}"#
        );
    }
}

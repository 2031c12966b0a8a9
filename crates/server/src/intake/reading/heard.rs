//! What is heard of a body while it is read: its readings, and the entries of which none can be made.

use serde_json::Value;

use super::body::{ALERTS_MAX, Reason, called};
use super::{Body, Reading, rolled};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Heard {
    readings: Vec<Reading>,
    /// How many entries were passed over, with the first one's place and what it is.
    passed_over: Option<(usize, usize, &'static str)>,
}

impl Heard {
    pub(super) fn push(&mut self, reading: Reading) {
        self.readings.push(reading);
    }

    /// An entry that is no alert, at its place in its list, from 1.
    pub(super) fn pass_over(&mut self, place: usize, entry: &Value) {
        let (count, place, found) = self.passed_over.unwrap_or((0, place, called(entry)));
        self.passed_over = Some((count + 1, place, found));
    }

    /// All of it: nothing but entries that were passed over is a refusal.
    pub(super) fn into_body(self) -> Body {
        if self.readings.len() > ALERTS_MAX {
            return Body::Refused(Reason::TooMany { count: self.readings.len() });
        }
        let reason = self.passed_over.map(|(count, place, found)| Reason::PassedOver { count, place, found });
        let readings = rolled::rolled_up(self.readings);
        match reason {
            None => Body::Readings(readings),
            Some(reason) if readings.is_empty() => Body::Refused(reason),
            Some(reason) => Body::Partly { readings, reason },
        }
    }
}

//! What is heard of a body while it is read: its readings, and what of it did not fit, so that the body is kept.

use serde_json::Value;

use super::body::{ALERTS_MAX, Reason, called};
use super::{Body, Reading, ReadingKind};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Heard {
    readings: Vec<Reading>,
    /// How many there are; of more than are read none is held.
    count: usize,
    /// How many entries were passed over, with the first one's place and what it is.
    passed_over: Option<(usize, usize, &'static str)>,
    /// Where the mapping looks for a list and there is something else, and what that is.
    no_list: Option<(String, &'static str)>,
    /// How many alerts say a state that their mapping does not know, and what the first one says.
    strange: Option<(usize, String)>,
}

impl Heard {
    pub(super) fn push(&mut self, reading: Reading) {
        self.count += 1;
        if self.count <= ALERTS_MAX {
            self.readings.push(reading);
        }
    }

    /// An entry that is no alert, at its place in its list, from 1.
    pub(super) fn pass_over(&mut self, place: usize, entry: &Value) {
        let (count, place, found) = self.passed_over.unwrap_or((0, place, called(entry)));
        self.passed_over = Some((count + 1, place, found));
    }

    /// Something that is no list where the mapping looks for one.
    pub(super) fn find_no_list(&mut self, place: &str, found: &Value) {
        self.no_list.get_or_insert_with(|| (place.to_owned(), called(found)));
    }

    /// An alert whose state the mapping does not know and takes for `kind`, which raises nothing: it may be any.
    pub(super) fn find_strange(&mut self, kind: ReadingKind, state: Option<&str>) {
        match kind {
            ReadingKind::Information | ReadingKind::Recovery => {
                let first = || (0, state.unwrap_or_default().to_owned());
                self.strange.get_or_insert_with(first).0 += 1;
            }
            // It waits for a person with all that it says.
            ReadingKind::Problem | ReadingKind::Unknown => {}
        }
    }

    /// All of it: nothing but entries that were passed over is a refusal.
    pub(super) fn into_body(self) -> Body {
        if self.count > ALERTS_MAX {
            return Body::Refused(Reason::TooMany { count: self.count });
        }
        let passed_over =
            self.passed_over.map(|(count, place, found)| Reason::PassedOver { count, place, found });
        let no_list = self.no_list.map(|(place, found)| Reason::NoList { place, found });
        let strange = self.strange.map(|(count, first)| Reason::StrangeState { count, first });
        let mut reasons: Vec<Reason> = [passed_over, no_list, strange].into_iter().flatten().collect();
        match (self.readings, reasons.pop()) {
            (readings, None) => Body::Readings(readings),
            (readings, Some(reason)) if readings.is_empty() => Body::Refused(reason),
            (readings, Some(reason)) => {
                reasons.push(reason);
                Body::Partly { readings, reasons }
            }
        }
    }
}

//! The end of a flood in one body: alerts beyond the limit become one reading per kind, counted and named.
//!
//! Nothing is rejected for being many; which clients or services a flood touches is judged elsewhere.

use std::collections::BTreeMap;

use serde_json::json;

use super::body::ALERTS_EACH_MAX;
use super::drafted::{Draft, digest};
use super::{Reading, ReadingKind};

/// The first readings as they are, the rest counted.
pub(super) fn rolled_up(mut readings: Vec<Reading>) -> Vec<Reading> {
    if readings.len() <= ALERTS_EACH_MAX {
        return readings;
    }
    let mut by_kind: BTreeMap<ReadingKind, Vec<Reading>> = BTreeMap::new();
    for reading in readings.split_off(ALERTS_EACH_MAX) {
        by_kind.entry(reading.kind).or_default().push(reading);
    }
    readings.extend(by_kind.into_iter().map(|(kind, beyond)| roll(kind, &beyond)));
    readings
}

fn roll(kind: ReadingKind, beyond: &[Reading]) -> Reading {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in beyond {
        *names.entry(&reading.name).or_default() += 1;
    }
    let listed: Vec<&str> = names.keys().copied().collect();
    let count = beyond.len();
    let draft = Draft {
        tool: "flood".to_owned(),
        key: Some(digest(&listed)),
        name: "Flood of alerts in one request".to_owned(),
        kind: Some(kind),
        summary: Some(format!("{count} more alerts in the same request: {}", listed.join(", "))),
        labels: BTreeMap::from([("rolled_up".to_owned(), count.to_string())]),
        started_at: beyond.iter().filter_map(|reading| reading.started_at).min(),
        ..Draft::default()
    };
    draft.finish(&json!({ "alerts by name": names }))
}

//! Stretches put in order: what overlaps or touches becomes one, what has no length disappears.

use crate::Span;

/// Half-open stretches, sorted, disjoint and apart from one another.
pub(super) fn union(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.retain(|(from, to)| from < to);
    spans.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// Pauses as a clock of that start sees them.
pub(super) fn from_start(pauses: &[Span], start: i64) -> Vec<(i64, i64)> {
    union(pauses.iter().map(|pause| (pause.from.millis().max(start), pause.to.millis())).collect())
}

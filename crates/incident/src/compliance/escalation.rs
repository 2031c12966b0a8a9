//! Escalation (§3.5): what cannot be resolved in time, or needs more hands, goes up.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::agreement::ClockKind;
use crate::clock::Broken;

/// A resolution or restoration target that was not met was escalated before the work ended.
pub(super) fn when_late(case: &Case<'_>) -> Finding {
    let broken = [ClockKind::Restoration, ClockKind::Resolution]
        .into_iter()
        .filter_map(|kind| case.reading(kind).and_then(|reading| reading.broken))
        .min_by_key(|broken| broken.at);
    let Some(Broken { at, .. }) = broken else {
        return Finding::not_applicable("No target that calls for an escalation has passed.");
    };
    let passed = Evidence::fact("target_breached", "a target passed", at);
    match case.incident.escalations.first() {
        Some(first) => {
            let what = format!("escalated along the {} path", first.path.name());
            let went = Evidence::deed("escalated", what, first.at, first.by);
            Finding::kept("It was escalated.", vec![passed, went])
        }
        None => {
            Finding::failed(at, "A target passed, and it was not escalated.", vec![case.logged(), passed])
        }
    }
}

//! Escalation (§3.5): what cannot be resolved in time, or needs more hands, goes up.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::agreement::ClockKind;
use crate::clock::Broken;
use crate::escalation::EscalationPath;
use crate::major_incident::ResourceRequest;

/// A resolution or restoration target that was not met was escalated to management.
pub(super) fn when_late(case: &Case<'_>) -> Finding {
    let broken = [ClockKind::Restoration, ClockKind::Resolution]
        .into_iter()
        .filter_map(|kind| case.reading(kind).and_then(|reading| reading.broken))
        .min_by_key(|broken| broken.at);
    let Some(Broken { at, .. }) = broken else {
        return Finding::not_applicable("No target that calls for an escalation has passed.");
    };
    let passed = Evidence::fact("target_breached", "a target passed", at);
    // To more specialised hands it goes for their skill; that a promise breaks, management has to know.
    match case.incident.escalations.iter().find(|e| e.path == EscalationPath::Managerial) {
        Some(told) => {
            let went = Evidence::deed("escalated", "it was escalated to management", told.at, told.by);
            Finding::kept("Management was told.", vec![passed, went])
        }
        None => {
            let why = "A target passed, and it was not escalated to management.";
            case.unless_taken_over(Finding::failed(at, why, vec![case.logged(), passed]))
        }
    }
}

/// Who asked management for more hands or means got an answer while it mattered.
pub(super) fn resources(case: &Case<'_>) -> Finding {
    let requests = case.incident.major.iter().flat_map(|major| &major.resources);
    let asked = |request: &ResourceRequest| {
        Evidence::deed("resource_requested", "more was asked for", request.asked.at, request.asked.by)
    };
    let (open, answered): (Vec<_>, Vec<_>) = requests.partition(|request| request.is_open());
    match (open.first(), case.closed()) {
        (None, _) if answered.is_empty() => Finding::not_applicable("Nobody asked for more hands or means."),
        (None, _) => {
            Finding::kept("Management answered every request.", answered.into_iter().map(asked).collect())
        }
        (Some(_), None) => Finding::not_due(None, "Management has still to answer a request."),
        (Some(open), Some((at, closed))) => {
            let why = "It was closed, and management never answered a request for more.";
            Finding::failed(at, why, vec![asked(open), closed])
        }
    }
}

//! Severity and agreements (§3.3): a severity set by a person, and the promises that hang on it.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::Span;
use crate::agreement::ClockKind;
use crate::clock::{BackDated, ClockState, Reading, StopEvidence, Verdict, back_dated, evidence, off_by};
use crate::log::Incident;

/// A person has set the severity; the provisional one of the log entry does not count.
pub(super) fn severity(case: &Case<'_>) -> Finding {
    let set = case.incident.severities.get(1).filter(|_| case.incident.severity_set);
    let shown = set.map(|set| {
        let what = format!("Severity {}", set.severity.number());
        Evidence::deed("severity_changed", what, set.at, set.by)
    });
    case.by_closing(shown, "nobody set its severity after the provisional one")
}

/// The clock's own verdict, as the register says it.
pub(super) fn target(case: &Case<'_>, kind: ClockKind) -> Finding {
    let Some(reading) = case.reading(kind) else {
        return Finding::not_applicable("There is no such clock.");
    };
    let name = kind.name().to_lowercase();
    match &reading.verdict {
        Verdict::Pending => Finding::not_due(reading.due, format!("The {name} clock runs.")),
        Verdict::Met { .. } => Finding::kept(format!("The {name} target was met."), stop(case, reading)),
        Verdict::Breached { at, on_arrival } => {
            let since = if *on_arrival { ", passed already when the severity was raised" } else { "" };
            let why = match reading.corrected {
                None => format!("The {name} target was not met{since}."),
                Some(_) => {
                    format!("The {name} target is on record as not met, and that was found to be wrong.")
                }
            };
            let passed = Evidence::fact("target_breached", format!("the {name} target passed"), *at);
            if let Some(correction) = reading.corrected {
                return Finding::corrected(*at, correction, why, vec![case.logged(), passed]);
            }
            let late = Span { from: *at, to: case.ran_until(reading) };
            Finding::late(late, why, vec![case.logged(), passed])
        }
        Verdict::Excluded { at, exception } => {
            let passed = Evidence::fact("target_breached", format!("the {name} target passed"), *at);
            let why = format!("The {name} target was not met.");
            Finding::excepted(*exception, why, vec![case.logged(), passed])
        }
        Verdict::NoTarget { reason } => Finding::not_applicable(format!("No target: {reason}.")),
        Verdict::Uncertain { within_ms } => {
            Finding::for_people(doubt(case, reading, *within_ms), stop(case, reading))
        }
        Verdict::NotApplicable => {
            Finding::not_applicable(format!("It ended without a stop of the {name} clock on record."))
        }
    }
}

/// Why nobody can say whether a target was met.
fn doubt(case: &Case<'_>, reading: &Reading, within_ms: u32) -> String {
    let is_unshown = |stop: &BackDated| stop.clock == reading.kind && stop.is_in_doubt;
    if back_dated(case.incident, case.setup).iter().any(is_unshown) {
        return "It hangs on what was entered after its target had passed, and nothing shows when that was."
            .to_owned();
    }
    format!("Its stamps may be off {}, which is more than the margin.", off_by(within_ms))
}

/// The entries that stopped a clock, and what was linked to show when.
fn stop(case: &Case<'_>, reading: &Reading) -> Vec<Evidence> {
    let mut entries = stamps(case.incident, reading.kind);
    if let ClockState::Stopped { at } = reading.state {
        let linked = evidence(case.incident, reading.kind, at);
        let entry = |linked: &StopEvidence| {
            Evidence::deed("evidence_linked", linked.witness.name(), linked.at, linked.by)
        };
        entries.extend(linked.map(entry));
    }
    entries
}

fn stamps(incident: &Incident, kind: ClockKind) -> Vec<Evidence> {
    let restored = || incident.restored.as_ref().map(|s| ("service_restored", "service is back", s.at, s.by));
    let resolved = || incident.resolved.as_ref().map(|r| ("resolved", "it was resolved", r.at, r.by));
    let assessed = || incident.assessed.as_ref().map(|s| ("assessed", "it was assessed", s.at, s.by));
    match kind {
        ClockKind::Response => {
            let mut entries: Vec<_> = deeds([assessed(), None]);
            let assigned = incident.first_assigned_at;
            entries.extend(assigned.map(|at| Evidence::fact("assigned", "it was assigned to a person", at)));
            entries
        }
        ClockKind::Restoration => deeds([restored(), None]),
        ClockKind::Resolution => deeds([resolved(), restored()]),
    }
}

type Deed = (&'static str, &'static str, crate::Timestamp, crate::PersonId);

fn deeds(entries: [Option<Deed>; 2]) -> Vec<Evidence> {
    entries.into_iter().flatten().map(|(fact, what, at, by)| Evidence::deed(fact, what, at, by)).collect()
}

//! Roles (§3.2): who answers for what, by the roles of then. A person whose roles are not known here is for people to
//! judge.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::command::HANDLERS;
use crate::escalation::EscalationPath;
use crate::identification::Source;
use crate::{MINUTE, PersonId, Role, Span};

/// What was escalated along the technical path was taken up by Tier 2 or 3.
pub(super) fn tiers(case: &Case<'_>) -> Finding {
    let by_hand = case.incident.escalations.iter().filter(|one| one.path == EscalationPath::Technical);
    let by_hand =
        by_hand.map(|one| Evidence::deed("escalated", "it was escalated technically", one.at, one.by));
    let steps = case.incident.escalating.delivered(EscalationPath::Technical);
    let by_path = steps.map(|(_, step)| {
        Evidence::fact("escalation_step_taken", "more skilled hands were called along its path", step.at)
    });
    let Some(asked) = by_hand.chain(by_path).min_by_key(|asked| asked.at) else {
        return Finding::not_applicable("It was not escalated to a higher tier.");
    };
    let mut unknown = false;
    for (who, taken) in worked(case).into_iter().filter(|(_, taken)| taken.at >= asked.at) {
        match case.held(who, &[Role::Tier2, Role::Tier3], taken.at) {
            Some(true) => {
                return Finding::kept("A higher tier worked on it after the escalation.", vec![asked, taken]);
            }
            Some(false) => {}
            None => unknown = true,
        }
    }
    match case.closed() {
        _ if unknown => Finding::for_people("Who worked on it holds roles not known here.", vec![asked]),
        Some((at, closed)) => {
            Finding::failed(at, "No one of a higher tier worked on it.", vec![asked, closed])
        }
        None => Finding::not_due(None, "A higher tier has still to take it up."),
    }
}

/// Who worked on it, each with the entry that shows it.
fn worked(case: &Case<'_>) -> Vec<(PersonId, Evidence)> {
    let incident = case.incident;
    let held = incident
        .assignment
        .as_ref()
        .map(|held| (held.to, Evidence::deed("assigned", "it was assigned", held.at, held.by)));
    let diagnosed = incident
        .diagnosis
        .as_ref()
        .map(|said| (said.by, Evidence::deed("diagnosis_recorded", "it was diagnosed", said.at, said.by)));
    let resolved = incident
        .resolved
        .as_ref()
        .map(|said| (said.by, Evidence::deed("resolved", "it was resolved", said.at, said.by)));
    [held, diagnosed, resolved].into_iter().flatten().collect()
}

/// A major or high-severity incident is closed by an Incident Manager.
pub(super) fn incident_manager(case: &Case<'_>) -> Finding {
    if !case.incident.peak_severity().is_high() && case.incident.major.is_none() {
        return Finding::not_applicable("It was neither major nor of high severity.");
    }
    let Some((at, closed)) = case.closed() else {
        return Finding::not_due(None, "It is still worked on.");
    };
    match closed.by.and_then(|by| case.held(by, &[Role::IncidentManager], at)) {
        Some(true) => Finding::kept("An Incident Manager closed it.", vec![closed]),
        Some(false) => Finding::failed(at, "Somebody else than an Incident Manager closed it.", vec![closed]),
        None => Finding::for_people("Who closed it holds roles not known here.", vec![closed]),
    }
}

/// Whoever diagnosed it is of the staff that handles incidents.
pub(super) fn diagnosed_by_staff(case: &Case<'_>) -> Finding {
    let Some(said) = &case.incident.diagnosis else {
        return Finding::not_applicable("Nobody has recorded a diagnosis apart from the resolution.");
    };
    let diagnosed = Evidence::deed("diagnosis_recorded", "it was diagnosed", said.at, said.by);
    match case.held(said.by, HANDLERS, said.at) {
        Some(true) => Finding::kept("Somebody of the technical staff diagnosed it.", vec![diagnosed]),
        Some(false) => {
            let why = "Whoever diagnosed it is not of the technical staff.";
            Finding::failed(said.at, why, vec![diagnosed])
        }
        None => Finding::for_people("Who diagnosed it holds roles not known here.", vec![diagnosed]),
    }
}

/// Staff report what they see within what the house calls prompt, where the entry says when they saw it.
pub(super) fn personnel(case: &Case<'_>) -> Finding {
    let entry = &case.incident.entry;
    if entry.source != Source::Staff {
        return Finding::not_applicable("It was not staff who reported it.");
    }
    let Some(seen) = entry.detected_at else {
        return Finding::for_people("When staff first saw it is not on record.", vec![case.logged()]);
    };
    let Some(within) = case.setup.house_at(seen).and_then(|house| house.log_within_minutes) else {
        let why = "The house has set no number for \"promptly\".";
        return Finding::for_people(why, vec![case.logged()]);
    };
    let due = seen.plus_millis(i64::from(within) * MINUTE);
    if entry.reported_at > due {
        let minutes = entry.reported_at.since(seen) / MINUTE;
        let late = Span { from: due, to: entry.reported_at };
        let why = format!("It was reported {minutes} minutes after staff saw it; {within} are allowed.");
        return case.unless_taken_over(Finding::late(late, why, vec![case.logged()]));
    }
    case.unless_taken_over(Finding::kept("Staff reported it promptly.", vec![case.logged()]))
}

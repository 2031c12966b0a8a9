//! Roles (§3.2): who answers for what. A person whose roles are not known here is for people to judge.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::Role;
use crate::escalation::EscalationPath;
use crate::identification::Source;

/// What was escalated along the technical path was taken up by Tier 2 or 3.
pub(super) fn tiers(case: &Case<'_>) -> Finding {
    let technical = case.incident.escalations.iter().find(|e| e.path == EscalationPath::Technical);
    let Some(escalated) = technical else {
        return Finding::not_applicable("It was not escalated to a higher tier.");
    };
    let asked = Evidence::deed("escalated", "it was escalated technically", escalated.at, escalated.by);
    let words = [case.incident.diagnosis.as_ref().map(|said| ("diagnosis_recorded", said.at, said.by))];
    let held = case.incident.assignment.as_ref().map(|held| ("assigned", held.at, held.to));
    let resolved = case.incident.resolved.as_ref().map(|said| ("resolved", said.at, said.by));
    let deeds = words.into_iter().chain([held, resolved]).flatten().filter(|(_, at, _)| *at >= escalated.at);
    let mut unknown = false;
    for (fact, at, by) in deeds {
        match case.holds(by, &[Role::Tier2, Role::Tier3]) {
            Some(true) => {
                let taken = Evidence::deed(fact, "Tier 2 or 3 took it up", at, by);
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

/// A major or high-severity incident is closed by an Incident Manager.
pub(super) fn incident_manager(case: &Case<'_>) -> Finding {
    if !case.incident.peak_severity().is_high() && case.incident.major.is_none() {
        return Finding::not_applicable("It was neither major nor of high severity.");
    }
    let Some((at, closed)) = case.closed() else {
        return Finding::not_due(None, "It is still worked on.");
    };
    match closed.by.and_then(|by| case.holds(by, &[Role::IncidentManager])) {
        Some(true) => Finding::kept("An Incident Manager closed it.", vec![closed]),
        Some(false) => Finding::failed(at, "Somebody else than an Incident Manager closed it.", vec![closed]),
        None => Finding::for_people("Who closed it holds roles not known here.", vec![closed]),
    }
}

/// Staff report what they see promptly. When they saw it is on nobody's record.
pub(super) fn personnel(case: &Case<'_>) -> Finding {
    if case.incident.entry.source != Source::Staff {
        return Finding::not_applicable("It was not staff who reported it.");
    }
    Finding::for_people("When staff first saw it is not on record.", vec![case.logged()])
}

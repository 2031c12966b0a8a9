//! Major incidents (§3.6): Severity 1 opens the process by itself, somebody leads it, and those who work on it
//! speak with each other.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::major_incident::MajorIncident;
use crate::{MINUTE, Severity, Span};

/// Severity 1 opened the process.
pub(super) fn opened(case: &Case<'_>) -> Finding {
    let Some(critical) = case.severity_set(|severity| severity == Severity::One) else {
        return Finding::not_applicable("It was never of Severity 1.");
    };
    match &case.incident.major {
        Some(major) => {
            Finding::kept("The major incident process was opened.", vec![critical, declared(major)])
        }
        None => {
            let why = "It was of Severity 1, and no major incident process was opened.";
            Finding::failed(critical.at, why, vec![critical])
        }
    }
}

/// Whoever leads decided whether an impact that was said to be widespread is a major incident.
pub(super) fn proposal_decided(case: &Case<'_>) -> Finding {
    let incident = case.incident;
    match (&incident.major_proposal, &incident.major) {
        (Some(proposal), _) => {
            let said = &proposal.said;
            let proposed =
                Evidence::deed("major_incident_proposed", "it was said to be widespread", said.at, said.by);
            match (&proposal.declined, case.closed()) {
                (Some(no), _) => {
                    let declined =
                        Evidence::deed("major_incident_declined", "it was found to be none", no.at, no.by);
                    Finding::kept("Somebody decided that it is none.", vec![proposed, declined])
                }
                (None, Some((at, closed))) => {
                    let why = "It was said to be widespread, and closed before anybody decided.";
                    Finding::failed(at, why, vec![proposed, closed])
                }
                (None, None) => Finding::not_due(None, "Somebody has still to decide whether it is major."),
            }
        }
        (None, Some(major)) if incident.peak_severity() != Severity::One => {
            Finding::kept("The process was opened for its widespread impact.", vec![declared(major)])
        }
        (None, _) => Finding::not_applicable("Nobody said that its impact was widespread."),
    }
}

fn declared(major: &MajorIncident) -> Evidence {
    Evidence::fact("major_incident_declared", major.because.clone(), major.declared_at)
}

/// An Incident Manager took the lead, within the house's number where it has one.
pub(super) fn led(case: &Case<'_>) -> Finding {
    let Some(major) = &case.incident.major else {
        return Finding::not_applicable("It was no major incident.");
    };
    let house = case.setup.house_at(major.declared_at);
    let within = house.and_then(|house| house.major.manager_within_minutes);
    let due = within.map(|minutes| major.declared_at.plus_millis(i64::from(minutes) * MINUTE));
    let lead = case.incident.trail.led;
    let until = lead.map_or(case.until(), |lead| lead.at);
    if let Some(due) = due.filter(|due| until > *due) {
        let took =
            lead.map(|lead| Evidence::deed("major_role_accepted", "somebody led it", lead.at, lead.by));
        let evidence = std::iter::once(declared(major)).chain(took).collect();
        let late = Span { from: due, to: until };
        return case.unless_taken_over(Finding::late(late, "Nobody led it in time.", evidence));
    }
    match (lead, case.closed()) {
        (Some(lead), _) => {
            let took = Evidence::deed("major_role_accepted", "somebody led it", lead.at, lead.by);
            Finding::kept("An Incident Manager led it.", vec![declared(major), took])
        }
        (None, Some((at, closed))) => {
            let failed =
                Finding::failed(at, "It was closed, and nobody ever led it.", vec![declared(major), closed]);
            case.unless_taken_over(failed)
        }
        (None, None) => Finding::not_due(due, "Somebody has still to lead it."),
    }
}

/// Those who work on it spoke on a bridge call, or management heard how it stands.
pub(super) fn coordinated(case: &Case<'_>) -> Finding {
    let Some(major) = &case.incident.major else {
        return Finding::not_applicable("It was no major incident.");
    };
    let call = major.bridges.first().map(|call| {
        Evidence::deed("bridge_opened", "a bridge call was opened", call.opened_at, call.opened_by)
    });
    let word =
        case.incident.trail.briefed.map(|mark| {
            Evidence::deed("management_briefed", "management heard how it stands", mark.at, mark.by)
        });
    let shown: Vec<_> = [call, word].into_iter().flatten().collect();
    match case.closed() {
        _ if !shown.is_empty() => Finding::kept("Those who work on it spoke with each other.", shown),
        Some((at, closed)) => {
            let why = "It was closed without a bridge call, and without a word to management.";
            case.unless_taken_over(Finding::failed(at, why, vec![declared(major), closed]))
        }
        None => Finding::not_due(None, "Nobody has called the others together yet."),
    }
}

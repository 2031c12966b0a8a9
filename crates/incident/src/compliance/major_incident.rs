//! Major incidents (§3.6): Severity 1 opens the process by itself.

use super::Evidence;
use super::case::Case;
use super::finding::Finding;
use crate::Severity;

/// Severity 1 opened the process.
pub(super) fn opened(case: &Case<'_>) -> Finding {
    let Some(critical) = case.severity_set(|severity| severity == Severity::One) else {
        return Finding::not_applicable("It was never of Severity 1.");
    };
    match &case.incident.major {
        Some(major) => {
            let declared =
                Evidence::fact("major_incident_declared", major.because.clone(), major.declared_at);
            Finding::kept("The major incident process was opened.", vec![critical, declared])
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
            let declared =
                Evidence::fact("major_incident_declared", major.because.clone(), major.declared_at);
            Finding::kept("The process was opened for its widespread impact.", vec![declared])
        }
        (None, _) => Finding::not_applicable("Nobody said that its impact was widespread."),
    }
}

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

//! An incident at its beginning, from its log entry (§3.1 Logging).

use std::collections::BTreeSet;

use crate::clock::Stamps;
use crate::closing::Closing;
use crate::communication::Communication;
use crate::compliance::Trail;
use crate::escalation::Escalating;
use crate::event::{Event, Fact};
use crate::family::Family;
use crate::identification::{AlertTally, Identity};
use crate::log::{Incident, LogEntry, SeverityInForce, Stamp};
use crate::related::Related;
use crate::{IncidentId, Phase, review};

pub(super) fn log_incident(id: IncidentId, event: &Event) -> Option<Incident> {
    let Fact::IncidentLogged { number, entry, signal, agreement, calendars } = &event.fact else {
        return None;
    };
    let mut incident = new_incident(id, entry, event);
    incident.number = *number;
    incident.signal = *signal;
    incident.agreement = *agreement;
    incident.calendars.clone_from(calendars);
    Some(incident)
}

fn new_incident(id: IncidentId, entry: &LogEntry, event: &Event) -> Incident {
    let provisional = SeverityInForce {
        at: event.at,
        severity: entry.impact.provisional_severity(),
        by: event.actor,
        reason: String::new(),
        agreed_by: None,
    };
    Incident {
        id,
        number: None,
        former_numbers: BTreeSet::new(),
        entry: entry.clone(),
        logged: Stamp {
            at: event.at,
            received: event.received,
            uncertainty_ms: event.uncertainty_ms,
            by: event.actor,
        },
        signal: None,
        agreement: None,
        calendars: Vec::new(),
        phase: Phase::Logged,
        category: None,
        severities: vec![provisional],
        severity_set: false,
        urgency: None,
        assessed: None,
        first_assigned_at: None,
        assignment: None,
        reassignments: 0,
        diagnosis: None,
        workaround: None,
        steps: 0,
        restored: None,
        resolved: None,
        confirmation: None,
        confirmation_attempts: 0,
        pauses: Vec::new(),
        reopenings: Vec::new(),
        escalations: Vec::new(),
        escalating: Escalating::default(),
        major: None,
        major_proposal: None,
        resources: Vec::new(),
        family: Family::default(),
        related: Related::default(),
        breaches: Vec::new(),
        alerts: AlertTally::default(),
        updated_at: event.at,
        stop_uncertainty_ms: 0,
        phase_since: event.at,
        exceptions: Vec::new(),
        review: review::Need::default(),
        trail: Trail::default(),
        stamps: Stamps::default(),
        stop_evidence: Vec::new(),
        heard_late: Vec::new(),
        lowering: None,
        matrix_version: None,
        rebindings: Vec::new(),
        identity: Identity::default(),
        communication: Communication::default(),
        closing: Closing::default(),
    }
}
